import { expect, it } from 'vitest';
import { scoresOfCalls } from '../../../lambdas/quality/quality.ts';
import { qualityWorld } from './world.ts';

const disclosed = {
  ...{ tag: 'recording-disclosure', startMs: 1000, endMs: 3000, speaker: 'AGENT', quote: 'this call is recorded' },
  ...{ ruleId: 'disclosure', rulebookVersion: '1' },
};

it('of a review tells its state alone until it is submitted, and then numbers, no word and nobody who reviewed', async () => {
  const { as, table } = await qualityWorld({ moments: { a: [disclosed] } });
  const scores = () => scoresOfCalls(table.client, 't')('a');
  const rita = as('reviewer', 'rita');
  const { body } = await rita('/calls/a/reviews', { body: { scorecard: 'service' } });
  const { reviewId } = body as { reviewId: string };
  const path = `/calls/a/reviews/${reviewId}`;
  const act = async (method: string, action: string, sent: unknown) =>
    rita(`${path}/${action}`, { method, body: sent, headers: { 'if-match': (await rita(path)).etag } });
  const how = { answer: 'later', comment: 'customer-555 waits', startMs: 2000, endMs: 4000 };
  const answers = { greeting: { answer: 5 }, solved: { answer: 'yes' }, how };
  await act('PUT', 'answers', { answers: { ...answers, words: { answer: 'a fine call' } } });
  const begin = { by: 'review', scorecard: 'service', scorecardVersion: '1', reviewId };
  expect(await scores()).toEqual([{ ...begin, reviewState: 'draft', shares: {} }]);

  expect((await act('POST', 'submit', {})).status).toBe(200);
  const found = await scores();
  expect(found).toEqual([
    {
      ...{ ...begin, reviewState: 'submitted', percent: expect.any(Number), passed: true, failed: false },
      shares: { disclosure: 1, greeting: 1, solved: 1, how: 0.5 },
    },
  ]);
  expect(JSON.stringify(found)).not.toMatch(/555|fine|rita/);
});
