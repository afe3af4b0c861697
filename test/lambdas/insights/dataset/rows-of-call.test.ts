import { expect, it } from 'vitest';
import { rowsOfCall } from '../../../../lambdas/insights/dataset/rows-of-call.ts';
import { rowsOfDispute } from '../../../../lambdas/insights/dataset/rows-of-dispute.ts';
import { tables } from '../../../../lambdas/insights/dataset/tables.ts';
import type { ScoreOfCall } from '../../../../lambdas/quality/quality.ts';
import { Transcript } from '../../../../lambdas/transcription/transcription.ts';
import { NOW, says } from '../../builders.ts';
import { momentOf, taggedCall } from './world.ts';

const transcript = Transcript.parse({
  durationMs: 60_000,
  speakers: [
    { speaker: 'AGENT', label: 'ch_0', talkTimeMs: 12_000, sentiment: { overall: 1.5, byQuarter: [] } },
    { speaker: 'CUSTOMER', label: 'ch_1', talkTimeMs: 9000, sentiment: { overall: -2, byQuarter: [] } },
  ],
  turns: [
    { ...says('AGENT', 'hello customer-555', 1000), endMs: 13_000 },
    { ...says('CUSTOMER', 'my name is Secret', 20_000), endMs: 29_000 },
  ],
  interruptions: [{ speaker: 'AGENT', startMs: 20_000, endMs: 21_000 }],
});
const review: ScoreOfCall = {
  ...{ by: 'review', scorecard: 'greeting', scorecardVersion: 'v1', reviewId: 'r1', reviewState: 'submitted' },
  ...{ percent: 80, passed: true, failed: false, shares: { hello: 1, goodbye: 0.6 } },
};
const known = {
  call: taggedCall('call1', { durationMs: 60_000, queue: 'billing', direction: 'inbound', customerId: 'customer-555' }),
  moments: [momentOf('credit-offered')],
  ...{ transcript, scores: [review], team: 'blue', phrases: [{ phrase: 'want to cancel', times: 2 }] },
};

it('tells the numbers of a call in their units', () => {
  expect(rowsOfCall(known, 7).calls).toEqual([
    {
      ...{ call_id: 'call1', revision: 7, deleted: false, started_at: '2026-10-14T09:00:00.000Z' },
      ...{ agent_id: 'lee', team: 'blue', queue: 'billing', source: 'support', direction: 'inbound' },
      ...{ language: 'en-US', duration_seconds: 60, agent_talk_seconds: 12, customer_talk_seconds: 9 },
      ...{ silence_seconds: 39, longest_silence_seconds: 31, agent_interruptions: 1, customer_interruptions: 0 },
      ...{ agent_sentiment: 1.5, customer_sentiment: -2, rulebook_version: '1' },
    },
  ]);
});

it('tells where tags and amounts are, a row of each score and of each criterion, and phrases with how often', () => {
  const { moments, scores, phrases } = rowsOfCall(known, 7);
  const moment = { tag: 'credit-offered', start_ms: 1000, end_ms: 1500, speaker: 'AGENT', amount: 40, currency: 'USD' };
  expect(moments).toMatchObject([moment]);
  const form = { scored_by: 'review', review_state: 'submitted', percent: 80, passed: true, failed: false };
  expect(scores).toMatchObject([
    form,
    { ...form, criterion: 'hello', share: 1 },
    { ...form, criterion: 'goodbye', share: 0.6 },
  ]);
  expect(scores[0]).not.toHaveProperty('criterion');
  expect(phrases).toMatchObject([{ phrase: 'want to cancel', times: 2, queue: 'billing', team: 'blue' }]);
});

it('leaves out what is not known, such as the numbers of an agent where nobody is known to be one', () => {
  const { speakers: _, ...rest } = transcript;
  const [row] = rowsOfCall({ ...known, transcript: Transcript.parse(rest) }, 7).calls;
  expect(row).toMatchObject({ agent_talk_seconds: undefined, customer_sentiment: undefined, silence_seconds: 39 });
  const [bare] = rowsOfCall({ ...known, transcript: undefined, team: undefined }, 7).calls;
  expect(bare).toMatchObject({ duration_seconds: 60, team: undefined });
  expect(bare).not.toHaveProperty('silence_seconds');
});

const dispute = {
  ...{ disputeId: 'd1', customerId: 'customer-555', claim: 'Secret', topic: 'credits', from: NOW, to: NOW },
  ...{ state: 'decided' as const, stateSince: NOW, version: 2, openedAt: NOW, findings: [], history: [] },
  decision: { outcome: 'upheld' as const, reason: 'Secret', policies: [], at: NOW, by: 'Secret' },
  calls: ['call1', 'gone'].map((callId) => ({ callId, startedAt: NOW, at: NOW, by: 'Secret', why: 'Secret' })),
};

it('tells of a dispute with each of its calls, and once where it has none', () => {
  const calls = new Map([['call1', { call: known.call, team: 'blue' }]]);
  const told = { dispute_id: 'd1', topic: 'credits', state: 'decided', outcome: 'upheld', opened_at: NOW };
  expect(rowsOfDispute(dispute, calls, 7)).toMatchObject([
    { ...told, call_id: 'call1', agent_id: 'lee', team: 'blue', queue: 'billing' },
    { ...told, call_id: 'gone', started_at: NOW },
  ]);
  expect(rowsOfDispute({ ...dispute, calls: [] }, calls, 7)).toMatchObject([told]);
});

it('has no customer, no key, no quote and nobody who reviewed in any row, and no column that is not declared', () => {
  const rows = { ...rowsOfCall(known, 7), disputes: rowsOfDispute(dispute, new Map(), 7) };
  const text = JSON.stringify(rows);
  for (const secret of ['555', 'Secret', 'support/', 'hello customer']) expect(text).not.toContain(secret);
  for (const [table, columns] of Object.entries(tables)) {
    const names: string[] = columns.map(({ name }) => name);
    const used = Object.values(rows[table as keyof typeof rows]).flatMap((row) => Object.keys(row));
    expect(used.filter((name) => !names.includes(name))).toEqual([]);
  }
});
