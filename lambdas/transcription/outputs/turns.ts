import { type Turn, textOf, type Word } from '../transcript.ts';
import type { Utterance } from './reading.ts';

/**
 * The turns of a call: utterances in order of time, split where another's words begin between their own, so that the
 * words of all turns are in order of time.
 */
export function turnsOf(
  utterances: readonly Utterance[],
  nameOf: (label: string) => string,
  language: string | undefined,
): Turn[] {
  const inOrder = utterances.toSorted((a, b) => startOf(a) - startOf(b));
  const turns: Turn[] = [];
  const add = (utterance: Utterance, words: Word[]) => turns.push(turnOf(utterance, words, nameOf, language));
  for (let from = 0; from < inOrder.length; ) {
    let lastStartMs = 0;
    let to = from;
    for (let next = inOrder[to]; next && (to === from || startOf(next) < lastStartMs); next = inOrder[to]) {
      lastStartMs = Math.max(lastStartMs, next.words.at(-1)?.startMs ?? 0);
      to++;
    }
    const only = inOrder[from];
    if (only && to - from === 1) add(only, [...only.words]);
    else interleave(inOrder.slice(from, to), add);
    from = to;
  }
  return turns;
}

const startOf = (utterance: Utterance): number => utterance.words[0]?.startMs ?? 0;

/** Tells the pieces into which utterances that run at once fall. */
function interleave(utterances: readonly Utterance[], add: (utterance: Utterance, words: Word[]) => void): void {
  const spoken = utterances.flatMap((utterance) => utterance.words.map((word) => ({ utterance, word })));
  spoken.sort((a, b) => a.word.startMs - b.word.startMs);
  let piece: Word[] = [];
  spoken.forEach(({ utterance, word }, index) => {
    piece.push(word);
    if (spoken[index + 1]?.utterance === utterance) return;
    add(utterance, piece);
    piece = [];
  });
}

function turnOf(
  utterance: Utterance,
  words: Word[],
  nameOf: (label: string) => string,
  language: string | undefined,
): Turn {
  const startMs = words[0]?.startMs ?? 0;
  let endMs = startMs;
  for (const word of words) if (word.endMs > endMs) endMs = word.endMs;
  const turn: Turn = {
    speaker: nameOf(utterance.label),
    startMs,
    endMs,
    text: textOf(words, utterance.language ?? language),
    words,
  };
  if (utterance.sentiment) turn.sentiment = utterance.sentiment;
  if (utterance.loudness) turn.loudness = loudnessIn(utterance.loudness, utterance.startMs, startMs, endMs);
  if (utterance.language) turn.language = utterance.language;
  return turn;
}

const secondOf = (ms: number): number => Math.floor(ms / 1000);

/** The scores of a piece: there is one for each second of the call that its turn touches, as real files show. */
function loudnessIn(
  scores: readonly (number | null)[],
  turnStartMs: number,
  startMs: number,
  endMs: number,
): (number | null)[] {
  const first = secondOf(turnStartMs);
  return scores.slice(Math.max(secondOf(startMs) - first, 0), Math.max(secondOf(endMs) - first, 0) + 1);
}
