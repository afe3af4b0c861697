import type { Transcript, Word } from '../transcription/transcription.ts';

/** A word as rules compare it: lower case, without the punctuation around it. */
export interface Token {
  readonly text: string;
  readonly word: Word;
}

/** What one speaker says without a longer pause; phrases are looked for within it, across turns. */
export interface Utterance {
  readonly speaker: string;
  readonly tokens: readonly Token[];
}

/** A pause that separates what a speaker says; shorter ones are breath. */
const UTTERANCE_PAUSE_MS = 2000;

/** The utterances of a call, in order of their start. */
export function utterancesOf(transcript: Transcript): Utterance[] {
  const open = new Map<string, Token[]>();
  const utterances: { speaker: string; tokens: Token[] }[] = [];
  for (const { speaker, words } of transcript.turns) {
    for (const word of words) {
      const text = normalise(word.text);
      if (text === '') continue;
      const tokens = open.get(speaker);
      const last = tokens?.at(-1);
      if (tokens && last && word.startMs - last.word.endMs <= UTTERANCE_PAUSE_MS) {
        tokens.push({ text, word });
      } else {
        const begun = [{ text, word }];
        open.set(speaker, begun);
        utterances.push({ speaker, tokens: begun });
      }
    }
  }
  return utterances;
}

const EDGES = /^[^\p{L}\p{N}$]+|[^\p{L}\p{N}%]+$/gu;

/** `text` as rules compare it; empty where it is punctuation alone. */
export const normalise = (text: string): string => text.toLowerCase().replaceAll('’', "'").replace(EDGES, '');
