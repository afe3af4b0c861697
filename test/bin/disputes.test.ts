import { describe, expect, it } from 'vitest';
import { candidatesText, disputeText, msOf } from '../../bin/disputes.ts';

describe('an offset', () => {
  it.each([
    ['65', 65_000],
    ['1:05', 65_000],
    ['0:24.1', 24_100],
    ['1:02:03.4', 3_723_400],
    ['1h', Number.NaN],
    ['-3', Number.NaN],
    ['', Number.NaN],
  ])('written as %j is %d ms', (text, ms) => {
    expect(msOf(text)).toBe(ms);
  });
});

const searched = {
  for: { tags: ['credit-offered'], phrases: ['credit of'], amounts: [{ value: 40, currency: 'USD' }] },
  ...{ calls: 2, durationMs: 90_000, redacted: [], languages: [{ language: 'en-US', calls: 2 }] },
};

it('candidates tell why they rank so, where it was said, and what was not listened to', () => {
  const text = candidatesText({
    items: [
      {
        ...{
          callId: 'a',
          agentId: 'lee',
          startedAt: '2026-10-14T09:00:00.000Z',
          state: 'tagged',
          tags: [],
          takenIn: true,
        },
        ...{ score: 30, why: [{ points: 30, because: 'tagged credit-offered, of the topic credit' }] },
        moments: [
          {
            startMs: 24_100,
            endMs: 26_000,
            speaker: 'AGENT',
            quote: 'a credit of forty dollars',
            tag: 'credit-offered',
          },
        ],
        moreMoments: 3,
      },
    ],
    searched: { ...searched, notTranscribed: [{ callId: 'b', state: 'failed' }] },
  });
  expect(text.split('\n')).toEqual([
    'a  2026-10-14T09:00:00.000Z  agent lee  30 points, taken in',
    '     30  tagged credit-offered, of the topic credit',
    '       0:24.1  AGENT: a credit of forty dollars (credit-offered)',
    '    and 3 moments more',
    'looked for 40 USD, moments tagged credit-offered, 1 phrases of the topic',
    'listened to 2 calls, 1.5 minutes, in en-US (2)',
    'not listened to: b, which is failed',
  ]);
});

it('what was not said is the last that is read', () => {
  const notSaid = { message: 'not said in any of these 2 calls, 1.5 minutes listened', calls: 2, minutes: 1.5 };
  expect(candidatesText({ items: [], searched: { ...searched, notTranscribed: [] }, notSaid })).toMatch(/listened$/);
});

it('where there was nothing to look for, that is told: else it would seem that nothing was found', () => {
  const nothing = { ...searched, for: { tags: [], phrases: [], amounts: [] }, notTranscribed: [] };
  expect(candidatesText({ items: [], searched: nothing })).toMatch(/^looked for nothing: .* no topic.* no amount\n/);
});

it('a dispute tells its calls, what was found, and by which policy it was decided', () => {
  const by = { at: '2026-10-14T12:00:00.000Z', by: 'arn', byName: 'Ada' };
  const startedAt = '2026-10-10T09:00:00.000Z';
  const text = disputeText({
    ...{
      disputeId: 'd',
      customerId: 'c-1',
      claim: 'I was promised $40.',
      topic: 'credit',
      state: 'closed',
      version: 6,
    },
    ...{ from: '2026-10-07T00:00:00.000Z', to: '2026-10-22T00:00:00.000Z', holdId: 'dispute-d-1' },
    ...{ openedAt: by.at, stateSince: by.at },
    calls: [{ ...by, callId: 'a', startedAt, why: 'it may be the one', goneAt: by.at }],
    findings: [
      {
        ...{ ...by, person: 'https://idp|ada', findingId: 'f', callId: 'a', startMs: 24_100, endMs: 26_000 },
        ...{ speaker: 'AGENT', quote: 'forty dollars', conclusion: 'promised' },
      },
    ],
    decision: {
      ...by,
      outcome: 'upheld',
      reason: 'it was',
      policies: [
        { callId: 'a', startedAt, policy: 'credits', version: '2', inForceFrom: '2026-07-01T00:00:00.000Z' },
        { callId: 'b', startedAt, policy: 'credits' },
        { callId: 'c', policy: 'credits' },
      ],
    },
    history: [
      { ...by, what: 'opened' },
      { ...by, what: 'call-taken-in', callId: 'a', reason: 'it may be the one' },
    ],
  });
  expect(text.split('\n')).toEqual([
    'dispute    d, closed since 2026-10-14T12:00:00.000Z (version 6)',
    'customer   c-1',
    'claim      I was promised $40. (credit)',
    'period     2026-10-07T00:00:00.000Z to 2026-10-22T00:00:00.000Z',
    'hold       dispute-d-1, released',
    'call       a of 2026-10-10T09:00:00.000Z, gone (found 2026-10-14T12:00:00.000Z): it may be the one',
    'finding    a at 0:24.1 to 0:26.0: promised, says https://idp|ada, named Ada (arn)',
    '             AGENT: "forty dollars"',
    'decided    upheld: it was, says Ada (arn)',
    '             a  by credits, version 2, in force from 2026-07-01T00:00:00.000Z',
    '             b  by credits, of which no version was in force at 2026-10-10T09:00:00.000Z',
    '             c  by credits: when the call began is not known, nor which version was in force',
    'history',
    '  2026-10-14T12:00:00.000Z  opened by Ada (arn)',
    '  2026-10-14T12:00:00.000Z  call-taken-in a by Ada (arn): it may be the one',
  ]);
});
