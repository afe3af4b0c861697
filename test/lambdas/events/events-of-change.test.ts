import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { enteredFrom } from '../../../lambdas/calls/call.ts';
import { type Call, CallState, receivedCall } from '../../../lambdas/calls/calls.ts';
import { eventsOfChange } from '../../../lambdas/events/events.ts';
import { plusMs } from '../../../lambdas/platform/clock.ts';
import { NOW, recordingAt, transcribingCall } from '../builders.ts';

const typesOf = (before: unknown, after: unknown) => eventsOfChange(before, after).map((event) => event.type);
const inState = (state: string, stateSince = NOW) => ({ ...transcribingCall(), state, stateSince });

describe('a change of state', () => {
  it.each([
    [undefined, 'received', ['Recording Received']],
    ['received', 'transcribing', ['Transcription Started']],
    ['queued', 'transcribing', ['Transcription Started']],
    ['transcribing', 'tagged', ['Call Transcribed', 'Call Tagged']],
    ['tagged', 'tagged', ['Call Tagged']],
    ['rejected', 'received', ['Recording Retried']],
    ['failed', 'received', ['Recording Retried']],
    ['received', 'queued', []],
    ['transcribing', 'a-state-of-a-newer-version', []],
    ['a-state-of-a-newer-version', 'tagged', ['Call Transcribed', 'Call Tagged']],
  ])('from %s to %s is told as %j', (from, to, types) => {
    expect(typesOf(from && inState(from, plusMs(NOW, -1)), inState(to))).toEqual(types);
  });

  it.each([
    ['received', 'rejected', 'Recording Rejected'],
    ['transcribing', 'failed', 'Call Failed'],
  ])('from %s to %s is told as %s, with the code of the reason but not its words', (from, to, type) => {
    const after = { ...inState(to), stateReason: { code: 'some-code', message: 'the caller 555-0100 hung up' } };
    const events = eventsOfChange(inState(from, plusMs(NOW, -1)), after);
    expect(events).toMatchObject([{ type, detail: { state: to, reasonCode: 'some-code' } }]);
    expect(JSON.stringify(events)).not.toContain('555');
  });

  it('tells of a tagged call what a subscriber needs to act on it', () => {
    const tagged = { ...inState('tagged'), tags: ['cancellation', 'escalation'] };
    expect(eventsOfChange(inState('transcribing', plusMs(NOW, -1)), tagged)[1]).toEqual({
      type: 'Call Tagged',
      detail: {
        eventId: expect.stringMatching(/^[0-9a-f]{32}$/),
        callId: 'call1',
        source: 'support',
        agentId: 'lee',
        state: 'tagged',
        stateSince: NOW,
        receivedAt: NOW,
        startedAt: '2026-10-14T09:00:00.000Z',
        attempt: 1,
        durationMs: 90_000,
        language: 'en-US',
        retentionClass: '30-days',
        tags: ['cancellation', 'escalation'],
      },
    });
  });

  it('of a recording that no source has can be told', () => {
    const call = receivedCall('call1', recordingAt('elsewhere/one.wav'), undefined, NOW);
    expect(eventsOfChange(undefined, call)).toMatchObject([
      { type: 'Recording Received', detail: { callId: 'call1' } },
    ]);
  });
});

test('a change within a state is no event', () => {
  const call = transcribingCall();
  expect(eventsOfChange(call, { ...call, dueAt: plusMs(NOW, 60_000) })).toEqual([]);
});

describe('a call that is tagged anew', () => {
  const first = { rulebookVersion: '1', at: NOW, tags: ['cancellation', 'escalation'] };
  const second = { rulebookVersion: '2', at: plusMs(NOW, 86_400_000), tags: ['escalation', 'refund'] };
  const tagged = (...taggings: (typeof first)[]) => {
    const { rulebookVersion, tags } = taggings.at(-1) ?? first;
    return { ...inState('tagged'), taggings, tags, rulebookVersion, customerId: 'customer-555' };
  };

  it('is told with the tags that it gained and lost, and the rulebook', () => {
    const [event, ...others] = eventsOfChange(tagged(first), tagged(first, second));
    expect(others).toEqual([]);
    expect(event).toMatchObject({
      type: 'Call Retagged',
      detail: {
        ...{ callId: 'call1', state: 'tagged', stateSince: NOW, retaggedAt: second.at, rulebookVersion: '2' },
        ...{ tags: ['escalation', 'refund'], gainedTags: ['refund'], lostTags: ['cancellation'] },
      },
    });
    expect(JSON.stringify(event)).not.toContain('555');
  });

  it('is told each time, as an event of its own', () => {
    const third = { ...second, rulebookVersion: '3' };
    const told = [
      ...eventsOfChange(tagged(first), tagged(first, second)),
      ...eventsOfChange(tagged(first, second), tagged(first, second, third)),
    ];
    expect(new Set(told.map(({ detail }) => detail.eventId)).size).toBe(2);
  });

  it('is not told while its moments are being replaced', () => {
    expect(eventsOfChange(tagged(first), { ...tagged(first), replacing: 'a retag' })).toEqual([]);
  });
});

describe('a call that is deleted', () => {
  const deletion = { reason: 'expired' as const, rule: 'default', requestedAt: NOW, from: 'tagged' as const };
  const deleting = { ...inState('deleting'), deletion, customerId: 'customer-555' };

  it('is told when its item is gone, and not before: then nothing is left of it', () => {
    expect(typesOf(inState('tagged', plusMs(NOW, -1)), deleting)).toEqual([]);
    const events = eventsOfChange(deleting, undefined);
    expect(events).toMatchObject([
      { type: 'Call Deleted', detail: { callId: 'call1', state: 'deleted', reason: 'expired', rule: 'default' } },
    ]);
    expect(JSON.stringify(events)).not.toMatch(/555|\.wav/);
  });

  it('is not told of one that is again what it was, nor of an item that goes otherwise', () => {
    expect(typesOf(deleting, inState('tagged', plusMs(NOW, 1)))).toEqual([]);
    expect(eventsOfChange(inState('tagged'), undefined)).toEqual([]);
  });
});

test('an item that is not that of a call is an error', () => {
  expect(() => eventsOfChange(undefined, { closed: true })).toThrow(/callId/);
});

/** A way of a call through its states, as the table would allow it: retries and waiting for Transcribe included. */
const way = fc
  .array(fc.nat(), { maxLength: 12 })
  .map((choices) => {
    const states: CallState[] = ['received'];
    for (const choice of choices) {
      const next = CallState.options.filter((state) => enteredFrom[state].includes(states.at(-1) ?? 'received'));
      const state = next[choice % next.length];
      if (state) states.push(state);
    }
    return states;
  })
  .map((states) =>
    states.map((state, i): Call => {
      const reason = { code: 'some-code', message: 'why 555-0100 was not heard' };
      const stateReason = ['rejected', 'failed'].includes(state) ? reason : undefined;
      return transcribingCall('call1', {
        ...{ state, stateReason, stateSince: plusMs(NOW, i), customerId: 'customer-555' },
        ...{ recording: recordingAt('support/+15550100.wav'), queue: 'queue-555', tags: ['escalation'] },
      });
    }),
  );
const changesOf = (calls: readonly Call[]) => calls.map((after, i) => [calls[i - 1], after] as const);

describe('whatever way a call takes', () => {
  it('tells every change of its state once, in order, except that it waits', () => {
    fc.assert(
      fc.property(way, (calls) => {
        const told = changesOf(calls).flatMap(([before, after]) => eventsOfChange(before, after));
        const entered = told.filter(({ type }) => type !== 'Call Transcribed').map(({ detail }) => detail.state);
        expect(entered).toEqual(
          calls.map((call) => call.state).filter((state) => state !== 'queued' && state !== 'deleting'),
        );
        expect(new Set(told.map(({ detail }) => detail.eventId)).size).toBe(told.length);
      }),
    );
  });

  it('gives the same events with the same ids when its changes are read again', () => {
    fc.assert(
      fc.property(way, (calls) => {
        const read = () => changesOf(calls).map(([before, after]) => eventsOfChange(before, after));
        expect(read()).toEqual(read());
      }),
    );
  });

  it('tells nothing of the customer, the key of the recording, or what was said', () => {
    fc.assert(
      fc.property(way, (calls) => {
        const told = changesOf(calls).flatMap(([before, after]) => eventsOfChange(before, after));
        const values = told.flatMap(({ detail: { eventId: _, ...detail } }) => JSON.stringify(detail));
        expect(values.join()).not.toContain('555');
      }),
    );
  });
});
