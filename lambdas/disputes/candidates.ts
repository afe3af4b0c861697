import * as z from 'zod';
import { type Call, CallState, type Moment } from '../calls/calls.ts';
import { DAY_MS } from '../platform/clock.ts';
import { findAmounts, findPhrase, normalise, parsePhrase, utterancesOf } from '../tagging/tagging.ts';
import type { Transcript } from '../transcription/transcription.ts';
import type { Topic } from './disputes-config.ts';

/** An amount of money, in units of its currency. */
export const ClaimedAmount = z.object({ value: z.number(), currency: z.string() });
export type ClaimedAmount = z.infer<typeof ClaimedAmount>;

/** What in a call bears on a claim. Offsets are milliseconds in the recording. */
export const BearingMoment = z.object({
  startMs: z.number().int().nonnegative(),
  endMs: z.number().int().nonnegative(),
  speaker: z.string(),
  /** The words, as the transcript has them. */
  quote: z.string(),
  /** The tag of the topic that it has. */
  tag: z.string().optional(),
  /** The phrase of the topic that was said. */
  phrase: z.string().optional(),
  /** The amount of the claim that was said. */
  amount: ClaimedAmount.optional(),
});
export type BearingMoment = z.infer<typeof BearingMoment>;

/** A reason for the rank of a call, and what it counts. */
export const RankReason = z.object({ points: z.number(), because: z.string() });
export type RankReason = z.infer<typeof RankReason>;

/** A call that may bear on a claim, with why it ranks as it does. */
export const Candidate = z.object({
  callId: z.string(),
  agentId: z.string().optional(),
  source: z.string().optional(),
  startedAt: z.iso.datetime().optional(),
  durationMs: z.number().int().nonnegative().optional(),
  state: CallState,
  tags: z.array(z.string()),
  /** The sum of the points of its reasons: calls with more come first. */
  score: z.number(),
  why: z.array(RankReason),
  /** In order of their start. */
  moments: z.array(BearingMoment),
  /** How many moments there are beside those that are told. */
  moreMoments: z.number().int().optional(),
  /** Whether it is taken into the dispute. */
  takenIn: z.boolean(),
});
export type Candidate = z.infer<typeof Candidate>;

/** What is looked for in calls. Nothing in all three means that nothing can be found: a claim without topic and amount. */
export const LookedFor = z.object({
  tags: z.array(z.string()),
  phrases: z.array(z.string()),
  amounts: z.array(ClaimedAmount),
});
export type LookedFor = z.infer<typeof LookedFor>;

/** How many words of a call are redacted, and what they were. */
const RedactedWords = z.object({ callId: z.string(), words: z.number().int(), types: z.array(z.string()) });
type RedactedWords = z.infer<typeof RedactedWords>;

/** The calls that may bear on a claim, and how far they were looked into. */
export const Candidates = z.object({
  items: z.array(Candidate),
  searched: z.object({
    for: LookedFor,
    /** The calls that have a transcript, and how long they are. */
    calls: z.number().int(),
    durationMs: z.number().int(),
    /** How many of them are in each language, where that is known: phrases, and amounts in words, are of one language. */
    languages: z.array(z.object({ language: z.string(), calls: z.number().int() })),
    /** Calls in which nothing could be looked for, as they have no transcript, and the state that they are in. */
    notTranscribed: z.array(z.object({ callId: z.string(), state: CallState })),
    /** Calls of which words are redacted, that may be those of the claim, and how many. */
    redacted: z.array(RedactedWords),
  }),
  /** There where something was looked for, in one call at least, and was found in none. */
  notSaid: z.object({ message: z.string(), calls: z.number().int(), minutes: z.number() }).optional(),
});
export type Candidates = z.infer<typeof Candidates>;

/** A claim, as calls are looked into for it. */
export interface Claim {
  readonly claim: string;
  readonly day?: string | undefined;
  readonly topic?: Topic | undefined;
}

/** A call of the customer with what is known of its words; without a transcript nothing can be found in it. */
export interface SearchedCall {
  readonly call: Call;
  readonly moments: readonly Moment[];
  readonly transcript?: Transcript | undefined;
}

/** What is known of the words of a call besides what was found in them. */
interface Heard {
  readonly durationMs: number;
  readonly language: string | undefined;
  readonly redacted: readonly RedactedWords[];
}

/** What was found in a call, without its words: those of some hundred calls are more than a function holds. */
export interface LookedInto {
  readonly call: Call;
  readonly moments: readonly BearingMoment[];
  /** Of what it was listened to; undefined where it has no transcript. */
  readonly heard: Heard | undefined;
}

/** What each reason counts: that the claimed amount is said of the topic counts for more than anything else. */
const POINTS = { amountOfTopic: 50, tag: 30, amount: 25, phrase: 20, day: 10 } as const;

/** So many moments of a call are told. */
const MAX_MOMENTS = 50;

/** The amounts of money that a claim names, "$40" or "forty dollars", each once. */
export function amountsOf(claim: string): ClaimedAmount[] {
  const words = claim
    .split(/\s+/)
    .map(normalise)
    .filter((word) => word !== '');
  const found = findAmounts(words).map(({ value, currency }) => ({ value, currency }));
  return found.filter((one, i) => found.findIndex((other) => isSame(one, other)) === i);
}

const isSame = (a: ClaimedAmount, b: ClaimedAmount): boolean => a.value === b.value && a.currency === b.currency;

/** What a claim lets look for. */
export const lookedForOf = ({ claim, topic }: Claim): LookedFor => ({
  tags: [...(topic?.tags ?? [])],
  phrases: [...(topic?.phrases ?? [])],
  amounts: amountsOf(claim),
});

/** Makes what looks into a call for all that bears on a claim. */
export function lookingFor(claim: Claim): (searched: SearchedCall) => LookedInto {
  const find = finderOf(lookedForOf(claim));
  return ({ call, moments, transcript }) => ({
    call,
    moments: transcript ? find(moments, transcript) : [],
    heard: transcript && {
      durationMs: call.durationMs ?? transcript.durationMs,
      language: transcript.language ?? call.language,
      redacted: redactedIn(call.callId, transcript),
    },
  });
}

/**
 * Ranks calls by how much in them bears on a claim: moments of the topic's tags, its phrases, the amount that is claimed, and
 * how near they are to the day. Calls without a transcript are ranked by the day alone, and told apart.
 */
export function rankCandidates(
  claim: Claim,
  looked: readonly LookedInto[],
  takenIn: ReadonlySet<string> = new Set(),
): Candidates {
  const lookedFor = lookedForOf(claim);
  const items = looked
    .map((one) => candidateOf(one, claim, takenIn))
    .toSorted((a, b) => b.score - a.score || compare(b.startedAt, a.startedAt) || compare(a.callId, b.callId));
  const listened = looked.flatMap(({ heard }) => heard ?? []);
  const durationMs = listened.reduce((sum, heard) => sum + heard.durationMs, 0);
  const redacted = listened.flatMap((heard) => heard.redacted);
  const isLookedFor = Object.values(lookedFor).some((some) => some.length > 0);
  const isFound = items.some(({ moments }) => moments.length > 0);
  return {
    items,
    searched: {
      for: lookedFor,
      calls: listened.length,
      durationMs,
      languages: languagesOf(listened),
      notTranscribed: looked.flatMap(({ call, heard }) => (heard ? [] : [{ callId: call.callId, state: call.state }])),
      redacted,
    },
    ...(isLookedFor &&
      !isFound &&
      listened.length > 0 && {
        notSaid: notSaidIn(listened, durationMs, looked.length - listened.length, redacted),
      }),
  };
}

const compare = (a = '', b = ''): number => (a < b ? -1 : a > b ? 1 : 0);

function notSaidIn(
  listened: readonly Heard[],
  durationMs: number,
  unheard: number,
  redacted: readonly { readonly words: number }[],
): NonNullable<Candidates['notSaid']> {
  const minutes = Math.round(durationMs / 6000) / 10;
  const calls = listened.length;
  // Of a call in another language than the topic's phrases, that they are not said in it tells nothing.
  const languages = languagesOf(listened);
  const words = redacted.reduce((sum, one) => sum + one.words, 0);
  const message = [
    `not said in any of these ${calls} calls, ${minutes} minutes listened`,
    ...(languages.length > 1
      ? [`they are in ${languages.map((one) => `${one.language} (${one.calls})`).join(', ')}`]
      : []),
    ...(unheard > 0 ? [`${unheard} more have no transcript and were not listened to`] : []),
    ...(words > 0 ? [`${words} words of ${redacted.length} calls are redacted and could not be compared`] : []),
  ].join('; ');
  return { message, calls, minutes };
}

function languagesOf(listened: readonly Heard[]): { language: string; calls: number }[] {
  const byLanguage = Map.groupBy(listened, ({ language }) => language ?? '');
  return [...byLanguage]
    .flatMap(([language, { length: calls }]) => (language === '' ? [] : [{ language, calls }]))
    .toSorted((a, b) => b.calls - a.calls || compare(a.language, b.language));
}

function redactedIn(callId: string, { turns }: Transcript): RedactedWords[] {
  const redactions = turns.flatMap(({ words }) => words.flatMap(({ redaction }) => redaction ?? []));
  if (redactions.length === 0) return [];
  const types = [...new Set(redactions.flatMap(({ type }) => type ?? []))].toSorted();
  return [{ callId, words: redactions.length, types }];
}

/** Makes what finds in a call all that bears on a claim, in order of its start. */
function finderOf({ tags, phrases, amounts }: LookedFor) {
  const wanted = phrases.map((phrase) => ({ phrase, parsed: parsePhrase(phrase) }));
  const amountAmong = (one: ClaimedAmount | undefined) => one && amounts.find((other) => isSame(one, other));
  return (moments: readonly Moment[], transcript: Transcript): BearingMoment[] => {
    const tagged = moments
      .filter(({ tag }) => tags.includes(tag))
      .map(({ startMs, endMs, speaker, quote, tag, amount }): BearingMoment => {
        const claimed = amountAmong(amount);
        return { startMs, endMs, speaker, quote, tag, ...(claimed && { amount: claimed }) };
      });
    const said = utterancesOf(transcript).flatMap(({ speaker, texts, words }) => {
      const at = (first: number, last: number) => ({
        startMs: words[first]?.startMs ?? 0,
        endMs: words[last]?.endMs ?? 0,
        speaker,
        quote: words
          .slice(first, last + 1)
          .map(({ text }) => text)
          .join(' '),
      });
      const ofPhrases = wanted.flatMap(({ phrase, parsed }) =>
        findPhrase(texts, parsed).map(({ first, last }): BearingMoment => ({ ...at(first, last), phrase })),
      );
      const ofAmounts = amounts.length === 0 ? [] : findAmounts(texts);
      return [
        ...ofPhrases,
        ...ofAmounts.flatMap(({ first, last, ...amount }): BearingMoment[] => {
          const claimed = amountAmong(amount);
          return claimed ? [{ ...at(first, last), amount: claimed }] : [];
        }),
      ];
    });
    return withoutInner([...tagged, ...said]).toSorted((a, b) => a.startMs - b.startMs || a.endMs - b.endMs);
  };
}

/** Of moments one within another, of one speaker, the outer is told, with all that is known of the inner: it is one thing said. */
function withoutInner(all: readonly BearingMoment[]): BearingMoment[] {
  const kept: BearingMoment[] = [];
  const widestFirst = all.toSorted((a, b) => b.endMs - b.startMs - (a.endMs - a.startMs));
  for (const one of widestFirst) {
    const outer = kept.findIndex(
      (other) =>
        other.speaker === one.speaker &&
        other.startMs <= one.startMs &&
        one.endMs <= other.endMs &&
        (one.tag === undefined || other.tag === undefined || one.tag === other.tag) &&
        (one.amount === undefined || other.amount === undefined || isSame(one.amount, other.amount)),
    );
    const other = kept[outer];
    if (other) kept[outer] = { ...one, ...other };
    else kept.push(one);
  }
  return kept;
}

function candidateOf(
  { call, moments, heard }: LookedInto,
  { day, topic }: Claim,
  takenIn: ReadonlySet<string>,
): Candidate {
  const why = [...reasonsOf(moments, topic), ...nearness(call.startedAt, day)];
  const { callId, agentId, source, startedAt, durationMs, state, tags } = call;
  return {
    ...{ callId, agentId, source, startedAt, durationMs: durationMs ?? heard?.durationMs, state, tags },
    ...{ score: why.reduce((sum, { points }) => sum + points, 0), why },
    moments: moments.slice(0, MAX_MOMENTS),
    ...(moments.length > MAX_MOMENTS && { moreMoments: moments.length - MAX_MOMENTS }),
    takenIn: takenIn.has(callId),
  };
}

function reasonsOf(moments: readonly BearingMoment[], topic: Topic | undefined): RankReason[] {
  const once = (all: readonly (string | undefined)[]) => [...new Set(all.flatMap((one) => one ?? []))];
  const textOf = ({ value, currency }: ClaimedAmount) => `${value} ${currency}`;
  const tags = once(moments.map(({ tag }) => tag));
  const phrases = once(moments.map(({ phrase }) => phrase));
  const ofTopic = once(moments.map((one) => one.amount && (one.tag ?? one.phrase) && textOf(one.amount)));
  const amounts = once(moments.map(({ amount }) => amount && textOf(amount)));
  const ofIt = `of the topic ${topic?.name}`;
  return [
    ...(ofTopic.length > 0
      ? [{ points: POINTS.amountOfTopic, because: `${ofTopic.join(', ')}, as claimed, in a moment ${ofIt}` }]
      : amounts.length > 0
        ? [{ points: POINTS.amount, because: `${amounts.join(', ')}, as claimed, is said` }]
        : []),
    ...(tags.length > 0 ? [{ points: POINTS.tag, because: `tagged ${tags.join(', ')}, ${ofIt}` }] : []),
    ...(phrases.length > 0
      ? [{ points: POINTS.phrase, because: `${phrases.map((one) => `"${one}"`).join(', ')} is said, ${ofIt}` }]
      : []),
  ];
}

/** A call of the day itself counts most, one of the day before or after a point less, and so on. */
function nearness(startedAt: string | undefined, day: string | undefined): RankReason[] {
  if (startedAt === undefined || day === undefined) return [];
  const days = Math.abs(Date.parse(startedAt.slice(0, 10)) - Date.parse(day)) / DAY_MS;
  const points = POINTS.day - days;
  if (points <= 0) return [];
  return [{ points, because: days === 0 ? 'on the day of the claim' : `${days} days from the day of the claim` }];
}
