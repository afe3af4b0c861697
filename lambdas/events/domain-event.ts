import * as z from 'zod';
import { Call, DeletionReason } from '../calls/calls.ts';

/** The `source` of every event on the bus. */
export const EVENT_SOURCE = 'verbatim';

/**
 * What every event tells of its call: ids, times and classes. A schema lets nothing through that it does not name, so no
 * word that was said, no customer and no key of a recording (keys can hold a telephone number) gets onto the bus.
 */
const eventId = z
  .string()
  .describe('The same whenever this event is delivered, and of no other event: drop what was seen before');

const Detail = z.object({
  eventId,
  callId: z.string().describe('The call: the recordings and calls URLs tell everything else of it'),
  source: z
    .string()
    .optional()
    .describe('The source that uploaded the recording; absent where no source has its prefix'),
  agentId: z.string().optional().describe('Who spoke for the company; absent until the recording was read'),
  receivedAt: z.iso.datetime().describe('When the recording was first seen'),
  startedAt: z.iso.datetime().optional().describe('When the call began; absent until the recording was read'),
  stateSince: z.iso.datetime().describe('When the call entered the state of which this event tells'),
  attempt: z.number().int().positive().describe('1, and 1 more each time that the recording is tried again'),
  durationMs: z.number().int().nonnegative().optional().describe('The length of the recording, in milliseconds'),
  language: z.string().optional().describe('The language of the call, such as en-US'),
  retentionClass: z.string().optional().describe('How long the call is kept: a class of the config'),
});

const reasonCode = z.string().describe('Why: a code of docs/operations.md. What it says in words is behind the URLs');

/** What events of scores and reviews tell of their call. */
const ofCall = {
  eventId,
  callId: z.string().describe('The call: the quality URL tells everything else of it'),
  agentId: z.string().describe('Whose call it is'),
  scorecard: z.string().describe('The name of the scorecard'),
  scorecardVersion: z.string().describe('Its version'),
};

/** What each event tells, by its `detail-type`. */
export const eventDetails = {
  'Recording Received': Detail.extend({ state: z.literal('received') }).describe(
    'A recording was seen for the first time; it is not known yet whether it can be taken up',
  ),
  'Recording Retried': Detail.extend({ state: z.literal('received') }).describe(
    'A recording that was rejected, or whose call failed, is tried again',
  ),
  'Recording Rejected': Detail.extend({ state: z.literal('rejected'), reasonCode }).describe(
    'A recording cannot be taken up as it is; it is kept until it is mended or due to be deleted',
  ),
  'Transcription Started': Detail.extend({ state: z.literal('transcribing') }).describe(
    'The transcription of a call was asked for; again, where Transcribe had no room for it or the recording was retried',
  ),
  'Call Transcribed': Detail.extend({ state: z.literal('tagged') }).describe(
    'The transcript of a call can be read. A call is tagged in the same step: Call Tagged is told with it',
  ),
  'Call Tagged': Detail.extend({
    state: z.literal('tagged'),
    tags: z
      .array(z.string())
      .describe('The tags of the call, each once, sorted; where and how often is behind the URL'),
  }).describe('A call was tagged by the rulebook'),
  'Call Retagged': Detail.extend({
    state: z.literal('tagged'),
    retaggedAt: z.iso.datetime().describe('When it was tagged anew'),
    rulebookVersion: z.string().describe('By which rulebook'),
    tags: z.array(z.string()).describe('The tags of the call from then on, each once, sorted'),
    gainedTags: z.array(z.string()).describe('Those among them that it had not before'),
    lostTags: z
      .array(z.string())
      .describe('Those that it had before and has no longer. Moments may have changed although no tag has'),
  }).describe('A call was tagged anew, by another rulebook'),
  'Call Deleted': Detail.extend({
    state: z.literal('deleted'),
    reason: DeletionReason.describe(
      'Why: it was due, its customer was erased, S3 lifecycle or somebody by hand removed its recording',
    ),
    rule: z.string().describe('What demanded it: the retention rule of the call, or the erasure'),
  }).describe(
    'A call was deleted, with every copy of it; its deletion began at stateSince. Whoever keeps something of it deletes that now',
  ),
  'Call Failed': Detail.extend({ state: z.literal('failed'), reasonCode }).describe(
    'A recording was taken up in vain; it is kept, and can be retried',
  ),
  'Call Scored': z
    .object({
      ...ofCall,
      state: z
        .enum(['scored', 'withdrawn'])
        .describe('withdrawn: the scorecard is not for the call any more, or the call is being deleted'),
      stateSince: z.iso.datetime().describe('When it was scored; of a score that is withdrawn, when it had been'),
    })
    .describe('A call was scored by what is known of it alone, or another score took the place of the one that it had'),
  'Review Changed': z
    .object({
      ...ofCall,
      reviewId: z.string().describe('The review: the quality URL tells everything else of it'),
      team: z.string().optional().describe('In whose queue the review is'),
      state: z.string().describe('waiting, draft, submitted, acknowledged, appealed or decided'),
      stateSince: z.iso.datetime().describe('When the review entered its state'),
    })
    .describe('The review of a call entered a state'),
  'Dispute Changed': z
    .object({
      eventId,
      disputeId: z.string().describe('The dispute: the disputes URL tells everything else of it'),
      topic: z.string().optional().describe('One of the topics of the config'),
      state: z.string().describe('open, decided or closed; deleted: there is nothing of it any more'),
      stateSince: z.iso.datetime().describe('When it entered its state'),
      openedAt: z.iso.datetime().describe('When it was opened'),
      version: z.number().int().positive().describe('1, and 1 more with each change'),
    })
    .describe('A dispute was opened, or changed: a call was taken in, it was decided, closed, reopened or deleted'),
} as const;

/** The `detail-type` of an event. */
export const EventType = z.enum(Object.keys(eventDetails) as [EventType, ...EventType[]]);
export type EventType = keyof typeof eventDetails;

/** What an event tells, of whichever type. */
export const EventDetail = z.union(Object.values(eventDetails));
export type EventDetail = z.infer<typeof EventDetail>;

/** Something that happened to a call, or to a dispute. */
export interface DomainEvent {
  readonly type: EventType;
  readonly detail: EventDetail;
}

/** An event of one type as EventBridge delivers it; what EventBridge itself adds is left aside. */
export const eventSchema = <T extends EventType>(type: T) =>
  z
    .object({
      source: z.literal(EVENT_SOURCE),
      'detail-type': z.literal(type),
      time: z.iso.datetime().describe('When it happened, to the second: detail.stateSince is exact'),
      detail: eventDetails[type],
    })
    .meta({ title: type, description: eventDetails[type].description });

/** The parts of a call's item of which events tell. The state is any: a newer version of us may know more of them. */
export const CallImage = Call.pick({
  callId: true,
  source: true,
  agentId: true,
  receivedAt: true,
  startedAt: true,
  stateSince: true,
  attempt: true,
  durationMs: true,
  language: true,
  retention: true,
  stateReason: true,
  tags: true,
  rulebookVersion: true,
  taggings: true,
  deletion: true,
}).extend({ state: z.string() });
export type CallImage = z.infer<typeof CallImage>;

/** The parts of a score's item of which events tell. */
export const ScoreImage = z.object({
  ...{ callId: z.string(), agentId: z.string(), scorecard: z.string(), scorecardVersion: z.string() },
  scoredAt: z.iso.datetime(),
  tagging: z.number().optional(),
});
export type ScoreImage = z.infer<typeof ScoreImage>;

/** The parts of a review's item of which events tell. */
export const ReviewImage = eventDetails['Review Changed'].omit({ eventId: true });

/** The parts of a dispute's item of which events tell. */
export const DisputeImage = eventDetails['Dispute Changed']
  .omit({ eventId: true })
  .extend({ deletingSince: z.iso.datetime().optional() });
