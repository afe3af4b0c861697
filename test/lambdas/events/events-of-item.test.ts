import { describe, expect, it } from 'vitest';
import { eventsOfItem } from '../../../lambdas/events/events.ts';
import { plusMs } from '../../../lambdas/platform/clock.ts';
import { NOW, transcribingCall } from '../builders.ts';
import { disputeItem, reviewItem, scoreItem } from './items.ts';

const LATER = plusMs(NOW, 60_000);
const toldOf = (...change: Parameters<typeof eventsOfItem>) =>
  eventsOfItem(...change).map(({ type, detail }) => `${type}: ${detail.state}`);

describe('a change of an item', () => {
  it('of a score is told, also where it is taken back', () => {
    expect(toldOf(undefined, scoreItem)).toEqual(['Call Scored: scored']);
    expect(toldOf(scoreItem, { ...scoreItem, scoredAt: LATER })).toEqual(['Call Scored: scored']);
    expect(toldOf(scoreItem, undefined)).toEqual(['Call Scored: withdrawn']);
  });

  it('of a review is told when it enters a state, and not while it is written', () => {
    expect(toldOf(undefined, reviewItem)).toEqual(['Review Changed: submitted']);
    expect(toldOf(reviewItem, { ...reviewItem, version: 4, comments: [{ text: 'one more' }] })).toEqual([]);
    const appealed = { ...reviewItem, state: 'appealed', stateSince: LATER };
    expect(toldOf(reviewItem, appealed)).toEqual(['Review Changed: appealed']);
    expect(toldOf(reviewItem, undefined)).toEqual([]);
  });

  it('of a dispute is told with each version, and once when it is deleted', () => {
    expect(toldOf(undefined, disputeItem)).toEqual(['Dispute Changed: open']);
    const closed = { ...disputeItem, state: 'closed', stateSince: LATER, version: 2 };
    expect(toldOf(disputeItem, closed)).toEqual(['Dispute Changed: closed']);
    expect(toldOf(closed, { ...closed, pending: { changeId: 'c' } })).toEqual([]);
    const deleting = { ...closed, deletingSince: LATER };
    expect(toldOf(closed, deleting)).toEqual(['Dispute Changed: deleted']);
    expect(toldOf(deleting, undefined)).toEqual([]);
  });

  it('of a call is told as ever, and of anything else not at all', () => {
    const call = { ...transcribingCall(), subject: 'call#call1', part: 'call' };
    expect(toldOf(undefined, call)).toEqual(['Transcription Started: transcribing']);
    for (const part of ['review#~version#r1#000001', 'review#~by#greeting', 'moment#000000001#0000', 'note#n1'])
      expect(toldOf(undefined, { ...reviewItem, part })).toEqual([]);
    const ofAgent = { subject: 'agent#lee', part: 'score#automatic#greeting#x' };
    expect(toldOf(undefined, { ...scoreItem, ...ofAgent })).toEqual([]);
  });

  it('is told without a customer, a person or a word', () => {
    const told = [scoreItem, reviewItem, disputeItem].flatMap((item) => eventsOfItem(undefined, item));
    expect(JSON.stringify(told)).not.toContain('555');
  });

  it('is the same event whenever it is told', () => {
    const ids = (change: Parameters<typeof eventsOfItem>) =>
      eventsOfItem(...change).map(({ detail }) => detail.eventId);
    const changes: Parameters<typeof eventsOfItem>[] = [
      [undefined, scoreItem],
      [scoreItem, { ...scoreItem, scoredAt: LATER }],
      [scoreItem, undefined],
      [undefined, reviewItem],
      [undefined, disputeItem],
      [disputeItem, { ...disputeItem, version: 2 }],
    ];
    expect(changes.flatMap(ids)).toEqual(changes.flatMap(ids));
    expect(new Set(changes.flatMap(ids)).size).toBe(changes.length);
  });
});
