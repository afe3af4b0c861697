import { CallImage, type DomainEvent, type EventType, eventDetails } from './domain-event.ts';
import { eventIdOf } from './event-id.ts';

const Before = CallImage.pick({ state: true, stateSince: true, tags: true, taggings: true });
type Before = Pick<CallImage, 'state' | 'stateSince' | 'tags' | 'taggings'>;

/**
 * What happened when a call's item changed: the events of the state that it entered, in order; where it stayed in its
 * state, that it was tagged anew, or none. The same change always gives the same events.
 *
 * @param before the item as it was; undefined where there was none
 * @param after the item as it is now; undefined where there is none any more
 * @throws ZodError where the items are not those of a call
 */
export function eventsOfChange(before: unknown, after: unknown): DomainEvent[] {
  if (after === undefined) return eventsOfRemoval(before);
  const call = CallImage.parse(after);
  const was = before === undefined ? undefined : Before.parse(before);
  return typesOf(was, call).map((type) => eventOf(type, call, was));
}

/** An item goes only when everything else of its call is gone. */
function eventsOfRemoval(before: unknown): DomainEvent[] {
  const call = CallImage.parse(before);
  return call.state === 'deleting' ? [eventOf('Call Deleted', { ...call, state: 'deleted' }, undefined)] : [];
}

function typesOf(before: Before | undefined, { state, stateSince, taggings }: CallImage): readonly EventType[] {
  if (before?.state === state && before.stateSince === stateSince)
    return state === 'tagged' && taggings.length > before.taggings.length ? ['Call Retagged'] : [];
  // Nothing of it could be deleted: it is again what it was.
  if (before?.state === 'deleting') return [];
  switch (state) {
    case 'received':
      return [before ? 'Recording Retried' : 'Recording Received'];
    case 'rejected':
      return ['Recording Rejected'];
    case 'transcribing':
      return ['Transcription Started'];
    case 'tagged':
      return before?.state === 'tagged' ? ['Call Tagged'] : ['Call Transcribed', 'Call Tagged'];
    case 'failed':
      return ['Call Failed'];
    default:
      return [];
  }
}

function eventOf(type: EventType, call: CallImage, before: Before | undefined): DomainEvent {
  const { callId, state, stateSince, retention, stateReason, tags } = call;
  const retaggedAt = call.taggings.at(-1)?.at;
  const occasion = type === 'Call Retagged' ? [call.taggings.length, retaggedAt] : [];
  const eventId = eventIdOf([callId, type, state, stateSince, ...occasion]);
  const known = {
    ...{ ...call, eventId, retaggedAt },
    ...{ retentionClass: retention?.retentionClass, reasonCode: stateReason?.code },
    ...{ reason: call.deletion?.reason, rule: call.deletion?.rule },
    gainedTags: tags.filter((tag) => !before?.tags.includes(tag)),
    lostTags: before?.tags.filter((tag) => !tags.includes(tag)) ?? [],
  };
  return { type, detail: eventDetails[type].parse(known) };
}
