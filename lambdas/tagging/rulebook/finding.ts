import type { Moment } from '../../calls/calls.ts';
import type { Span, Word } from '../../transcription/transcription.ts';
import { isSpokenNumber } from './amounts.ts';
import type { TaggingRule } from './rulebook.ts';
import { normalise } from './tokens.ts';

/** What a rule finds, before it is a moment of a rulebook's version. */
export type Finding = Omit<Moment, 'rulebookVersion'>;

/** What `rule` finds in a stretch of the call, and the words that are said in it. */
export const findingOf = (rule: TaggingRule, speaker: string, stretch: Span, words: readonly Word[]): Finding => ({
  tag: rule.tag,
  ruleId: rule.id,
  speaker,
  startMs: stretch.startMs,
  endMs: stretch.endMs,
  quote: words.map(({ text }) => (rule.maskNumbers ? withoutNumber(text) : text)).join(' '),
});

/** A word, unless it is a number or a part of one. */
const withoutNumber = (text: string): string => (/\d/.test(text) || isSpokenNumber(normalise(text)) ? '***' : text);

/** Whether what `speaker` does counts for `rule`. Of a speaker who is not known, everything does. */
export const countsFor = (rule: { readonly speaker?: TaggingRule['speaker'] }, speaker: string): boolean =>
  rule.speaker === undefined || speaker === rule.speaker || (speaker !== 'AGENT' && speaker !== 'CUSTOMER');
