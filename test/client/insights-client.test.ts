import { expect, test } from 'vitest';
import { createVerbatimClient } from '../../client/verbatim-client.ts';
import { type Answer, scriptedServer } from './scripted-server.ts';

const question = { from: '2026-10-05', to: '2026-10-11', by: 'agent', tag: 'credit-offered' };
const run = { runId: 'r1', query: 'tags', parameters: question, askedAt: '2026-10-14T12:00:00.000Z' };
const answerOf = (...groups: string[]) => ({
  ...{ by: 'agent', from: question.from, to: question.to, minCell: 5, truncated: false },
  suppressed: { rows: 1, values: 0 },
  rows: groups.map((group) => ({ group, count: 10, values: {} })),
});

async function clientOf(...answers: Answer[]) {
  const { url, asked } = await scriptedServer(...answers);
  const credentials = { accessKeyId: 'AKID', secretAccessKey: 'secret' };
  const { insights } = createVerbatimClient({ urls: { insights: url }, region: 'eu-central-1', credentials });
  return { insights, asked };
}

test('an answer is waited for, and comes with all of its rows', async () => {
  const { insights, asked } = await clientOf(
    { status: 202, body: { ...run, state: 'running' } },
    { body: { ...run, state: 'running' } },
    { body: { ...run, state: 'done', answer: answerOf('kim', 'lee'), nextCursor: 'more' } },
    { body: { ...run, state: 'done', answer: answerOf('mia') } },
  );
  const { answer, ...told } = await insights.answer('tags', question, { pollMs: 1 });
  expect(answer.rows.map(({ group }) => group)).toEqual(['kim', 'lee', 'mia']);
  expect(answer.suppressed.rows).toBe(1);
  expect(told).not.toHaveProperty('nextCursor');
  expect(asked.map(({ method, path, query }) => [method, path, query.cursor])).toEqual([
    ['POST', '/queries/tags/runs', undefined],
    ['GET', '/runs/r1', undefined],
    ['GET', '/runs/r1', undefined],
    ['GET', '/runs/r1', 'more'],
  ]);
  expect(asked[0]?.body).toEqual(question);
});

test('a run that failed is an error that tells what to do about it', async () => {
  const failure = { code: 'too-much', message: 'ask about fewer days' };
  const failed = { ...run, state: 'failed', failure };
  const { insights } = await clientOf({ body: failed }, { body: failed });
  await expect(insights.answer('tags', question)).rejects.toMatchObject({
    ...{ name: 'VerbatimClientError', title: 'too-much', detail: failure.message },
    message: 'tags: ask about fewer days',
  });
});

test('waiting is given up when it is asked for', async () => {
  const running = { body: { ...run, state: 'running' } };
  const { insights } = await clientOf(running, running);
  const gaveUp = AbortSignal.abort(new Error('gave up'));
  await expect(insights.answer('tags', question, { signal: gaveUp })).rejects.toThrow('gave up');
});

test('waiting is given up at once, and not when the pause is over', async () => {
  const running = { body: { ...run, state: 'running' } };
  const { insights } = await clientOf(running, running);
  const giveUp = new AbortController();
  const answer = insights.answer('tags', question, { pollMs: 2 ** 31 - 1, signal: giveUp.signal });
  setTimeout(() => giveUp.abort(new Error('gave up')), 50);
  await expect(answer).rejects.toThrow('gave up');
});
