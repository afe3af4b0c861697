import * as z from 'zod';
import {
  DisputeImage,
  type DomainEvent,
  type EventType,
  eventDetails,
  ReviewImage,
  ScoreImage,
} from './domain-event.ts';
import { eventIdOf } from './event-id.ts';
import { eventsOfChange } from './events-of-change.ts';

const ItemKey = z.object({ subject: z.string(), part: z.string() });

/** An item of the table, as its stream has it. */
export type ItemImage = Readonly<Record<string, unknown>>;

/**
 * What happened when an item of the table changed: of a call, a score or a review in its partition, or a dispute. Changes of any other
 * item are no events. The same change always gives the same events.
 *
 * @param before the item as it was; undefined where there was none
 * @param after the item as it is now; undefined where there is none any more
 * @throws ZodError where the items are not what their keys say
 */
export function eventsOfItem(before: ItemImage | undefined, after: ItemImage | undefined): DomainEvent[] {
  const { subject, part } = ItemKey.parse(after ?? before);
  if (part === 'call') return eventsOfChange(before, after);
  if (part === 'dispute') return ofDispute(before, after);
  // What an agent has of scores is kept by the same parts.
  if (!subject.startsWith('call#')) return [];
  if (part.startsWith('score#')) return ofScore(before, after);
  // Its versions, and what lists it, are below `review#~`.
  if (part.startsWith('review#') && !part.startsWith('review#~')) return ofReview(before, after);
  return [];
}

const eventOf = (type: EventType, occasion: readonly unknown[], told: object): DomainEvent => ({
  type,
  detail: eventDetails[type].parse({ ...told, eventId: eventIdOf([type, ...occasion]) }),
});

function ofScore(before: ItemImage | undefined, after: ItemImage | undefined): DomainEvent[] {
  const score = ScoreImage.parse(after ?? before);
  const { callId, scorecard, scorecardVersion, scoredAt, tagging } = score;
  const state = after ? 'scored' : 'withdrawn';
  const occasion = [callId, scorecard, scorecardVersion, state, scoredAt, tagging];
  return [eventOf('Call Scored', occasion, { ...score, state, stateSince: scoredAt })];
}

/** A review goes only with its call, of which another event tells. */
function ofReview(before: ItemImage | undefined, after: ItemImage | undefined): DomainEvent[] {
  if (!after) return [];
  const review = ReviewImage.parse(after);
  if (before?.state === review.state && before.stateSince === review.stateSince) return [];
  return [eventOf('Review Changed', [review.reviewId, review.state, review.stateSince], review)];
}

/** A dispute is no more from the moment on at which its deletion begins. */
function ofDispute(before: ItemImage | undefined, after: ItemImage | undefined): DomainEvent[] {
  if (!after || before?.deletingSince !== undefined) return [];
  const dispute = DisputeImage.parse(after);
  const { disputeId, version, deletingSince } = dispute;
  if (deletingSince === undefined && before?.version === version) return [];
  const told = deletingSince === undefined ? dispute : { ...dispute, state: 'deleted', stateSince: deletingSince };
  return [eventOf('Dispute Changed', [disputeId, version, told.state], told)];
}
