import * as z from 'zod';
import { MINUTE_MS } from '../../platform/clock.ts';
import { type Transcript, type Turn, textOf } from '../../transcription/transcription.ts';

/** A clip is no longer than this: it is an example, and not a call. */
export const MAX_CLIP_MS = 15 * MINUTE_MS;

/** A clip has so many topics at the most. */
export const MAX_TOPICS = 5;

/** Whether a clip shows how it is done, or how it is not. */
export const Example = z.enum(['good', 'bad']);
export type Example = z.infer<typeof Example>;

/** Who finds a clip in the library: persons of the agent's team, or everyone. */
export const Audience = z.enum(['team', 'everyone']);
export type Audience = z.infer<typeof Audience>;

/** What a clip is an example of. */
export const Topic = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'use lower-case letters, digits and hyphens, such as "refunds"')
  .max(60, 'is longer than 60 characters');

const Offset = z.int().nonnegative();

/** A stretch of a call that somebody can learn from. It goes with its call. Offsets are milliseconds in the recording. */
export const Clip = z.object({
  clipId: z.string(),
  callId: z.string(),
  agentId: z.string().optional(),
  /** The team of the agent when the clip was made: whose library it is in. */
  team: z.string().optional(),
  /** When the call began; where that is not known, when its recording arrived. */
  callStartedAt: z.iso.datetime(),
  startMs: Offset,
  endMs: Offset,
  title: z.string(),
  example: Example,
  /** Why it is a good example, or a bad one. */
  why: z.string(),
  topics: z.array(Topic),
  audience: Audience,
  /** Whether it has a sound of its own; without, those alone who may hear the call can hear it. */
  hasSound: z.boolean(),
  /** The person who made it, and when. */
  clippedBy: z.string(),
  clippedAt: z.iso.datetime(),
  /** 1, and 1 more with each change: the ETag. */
  version: z.int().positive(),
});
export type Clip = z.infer<typeof Clip>;

/** A clip as it is told in the library: to those who may not see its call without the agent, the time of the call and who made it. */
export const ToldClip = Clip.partial({ agentId: true, team: true, callStartedAt: true, clippedBy: true });
export type ToldClip = z.infer<typeof ToldClip>;

/** A clip, as somebody is told it who may see its call, or may not. */
export function toldClip(clip: Clip, seesCall: boolean): ToldClip {
  if (seesCall) return ToldClip.parse(clip);
  const { agentId: _agentId, team: _team, callStartedAt: _callStartedAt, clippedBy: _clippedBy, ...told } = clip;
  return ToldClip.parse(told);
}

/** What is said in a clip: offsets are milliseconds in the clip. */
export const ClipTurn = z.object({
  speaker: z.string(),
  text: z.string(),
  startMs: Offset,
  endMs: Offset,
});
export type ClipTurn = z.infer<typeof ClipTurn>;

/** A time range of a recording, in milliseconds. */
export interface Range {
  readonly startMs: number;
  readonly endMs: number;
}

/** The words of a turn that are more in a range than beside it: their middle is. */
export const wordsWithin = ({ words }: Pick<Turn, 'words'>, { startMs, endMs }: Range) =>
  words.filter((word) => {
    const middle = (word.startMs + word.endMs) / 2;
    return middle >= startMs && middle < endMs;
  });

/** What is said in a time range, turn by turn, with offsets from its begin. */
export function turnsOfRange(transcript: Pick<Transcript, 'turns' | 'language'>, range: Range): ClipTurn[] {
  const within = (ms: number) => Math.max(0, Math.min(ms, range.endMs) - range.startMs);
  return transcript.turns.flatMap((turn) => {
    const words = wordsWithin(turn, range);
    const [first, last] = [words[0], words.at(-1)];
    if (!first || !last) return [];
    const text = textOf(words, turn.language ?? transcript.language);
    return [{ speaker: turn.speaker, text, startMs: within(first.startMs), endMs: within(last.endMs) }];
  });
}
