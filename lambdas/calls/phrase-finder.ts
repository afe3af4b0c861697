import { findPhrase, parsePhrase, utterancesOf } from '../tagging/tagging.ts';
import type { Transcript, Word } from '../transcription/transcription.ts';
import type { PhraseMatch } from './search-calls.ts';

/** Whose words are looked into. */
export type SearchedSpeaker = 'AGENT' | 'CUSTOMER';

/**
 * Makes a finder of a phrase, in the notation of the rulebook: every place where it was said, in order of its start.
 * Of one speaker, the words of speakers who are not known count too, as they do for rules.
 *
 * @throws {TypeError} saying why `phrase` is none
 */
export function phraseFinder(phrase: string, speaker?: SearchedSpeaker): (transcript: Transcript) => PhraseMatch[] {
  const wanted = parsePhrase(phrase);
  return (transcript) =>
    utterancesOf(transcript)
      .filter((utterance) => speaker === undefined || utterance.speaker !== OTHER[speaker])
      .flatMap(({ speaker: said, texts, words }) =>
        findPhrase(texts, wanted).map(({ first, last }) => matchOf(said, words.slice(first, last + 1))),
      )
      .toSorted((a, b) => a.startMs - b.startMs || a.endMs - b.endMs);
}

const OTHER = { AGENT: 'CUSTOMER', CUSTOMER: 'AGENT' } as const;

const matchOf = (speaker: string, words: readonly Word[]): PhraseMatch => ({
  speaker,
  startMs: words[0]?.startMs ?? 0,
  endMs: words.at(-1)?.endMs ?? 0,
  quote: words.map((word) => word.text).join(' '),
});
