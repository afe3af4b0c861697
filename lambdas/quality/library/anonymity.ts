import type { TranscriptionJob } from '../../calls/calls.ts';
import type { Transcript } from '../../transcription/transcription.ts';
import type { Range } from './clip.ts';

/**
 * What must be redacted in a call of which something is kept without it: what names somebody, or reaches them. Types of Amazon
 * Transcribe. Source: Amazon Transcribe API Reference, ContentRedaction.
 */
export const IDENTIFYING_TYPES = ['NAME', 'ADDRESS', 'EMAIL', 'PHONE', 'CREDIT_DEBIT_NUMBER', 'BANK_ACCOUNT_NUMBER'];

/** So many digits, one behind the other, can be the number of somebody or something of theirs. */
const IDENTIFYING_DIGITS = 5;

/** Digits as they are spoken, in English: recognisers write some of them so. */
const SPOKEN_DIGIT = /^(zero|oh|one|two|three|four|five|six|seven|eight|nine)$/;

/** Something in a clip by which somebody could be known: what kind of thing, and where; never the thing itself. */
export interface Identifier {
  readonly what: 'a name' | 'a number' | 'an address';
  /** In the recording. */
  readonly startMs: number;
}

/**
 * Why nothing of a call may be kept without it, whatever is said in it: it is not redacted, or not enough. Undefined where it may.
 */
export function whyNotRedacted({ redaction }: Pick<TranscriptionJob, 'redaction'>): string | undefined {
  if (!redaction) return 'its source is not redacted';
  const { piiEntityTypes } = redaction;
  const missing = piiEntityTypes ? IDENTIFYING_TYPES.filter((type) => !piiEntityTypes.includes(type)) : [];
  return missing.length > 0 ? `its source does not redact ${missing.join(', ')}` : undefined;
}

/** What somebody of a call is known by. */
export interface KnownBy {
  /** Names, of which each word tells them. */
  readonly names: readonly string[];
  /** Ids, which tell them as a whole. */
  readonly ids: readonly string[];
}

const tokensOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/** Runs of words that tell somebody; initials, and digits by themselves, tell nobody. */
const tellingRuns = ({ names, ids }: KnownBy): string[][] =>
  [...names.flatMap(tokensOf).map((token) => [token]), ...ids.map(tokensOf)].filter((run) => run.join('').length > 1);

/** Where in `tokens` one of the runs begins. */
const beginsOf = (tokens: readonly string[], runs: readonly (readonly string[])[]): number[] =>
  tokens.flatMap((_, at) => (runs.some((run) => run.every((token, i) => tokens[at + i] === token)) ? [at] : []));

const hasAddress = (text: string): boolean => text.includes('@');

/** Whether a text that was written tells somebody: by what they are known by, a number of some digits or an e-mail address. */
export function namesSomebody(text: string, known: KnownBy): boolean {
  const tokens = tokensOf(text);
  return beginsOf(tokens, tellingRuns(known)).length > 0 || numbersIn(tokens).length > 0 || hasAddress(text);
}

/**
 * What is left in a time range by which somebody could be known, although the call is redacted: a name or an id that is known of the
 * call, a number of some digits, an e-mail address. What the redaction missed, and no list knows, is not found: whoever exports listens.
 */
export function identifiersIn({ turns }: Pick<Transcript, 'turns'>, range: Range, known: KnownBy): Identifier[] {
  const runs = tellingRuns(known);
  const found = turns.flatMap((turn) => {
    // Of a word at the edge, a part is heard.
    const words = turn.words.filter(({ startMs, endMs }) => endMs > range.startMs && startMs < range.endMs);
    // What stands for something redacted ends whatever was before it.
    const said = words.flatMap(({ text, redaction, startMs }) =>
      (redaction ? [''] : tokensOf(text)).map((token) => ({ token, startMs })),
    );
    const tokens = said.map(({ token }) => token);
    const at = (i: number) => said[i]?.startMs ?? range.startMs;
    return [
      ...beginsOf(tokens, runs).map((i): Identifier => ({ what: 'a name', startMs: at(i) })),
      ...numbersIn(tokens).map((i): Identifier => ({ what: 'a number', startMs: at(i) })),
      ...words.flatMap(({ text, redaction, startMs }): Identifier[] =>
        !redaction && hasAddress(text) ? [{ what: 'an address', startMs }] : [],
      ),
    ];
  });
  return found.toSorted((a, b) => a.startMs - b.startMs);
}

/** Where in `tokens` numbers begin that are long enough to be somebody's. */
function numbersIn(tokens: readonly string[]): number[] {
  const found: number[] = [];
  for (let begin = 0; begin < tokens.length; begin++) {
    let digits = 0;
    let end = begin;
    for (let more = digitsOf(tokens[end]); more > 0; more = digitsOf(tokens[end])) {
      digits += more;
      end++;
    }
    if (digits >= IDENTIFYING_DIGITS) found.push(begin);
    begin = Math.max(begin, end);
  }
  return found;
}

const digitsOf = (token = ''): number => (SPOKEN_DIGIT.test(token) ? 1 : (token.match(/\p{N}/gu)?.length ?? 0));
