import { expect, it } from 'vitest';
import { answerOf } from '../../bin/report.ts';
import { VerbatimClientError } from '../../client/verbatim-client.ts';
import type { ReportPart } from '../../lambdas/insights/insights.ts';

const part: ReportPart = {
  ...{ title: 'By day', view: 'days', query: 'volume' },
  parameters: { from: '2026-10-05', to: '2026-10-18', by: 'day' },
};

const failing = (status: number, title: string) => ({
  answer: async () => {
    throw new VerbatimClientError(status, `volume: ${title}`, { title, detail: 'ask about fewer days' });
  },
});

it('tells in the report of a question that reads too much', async () => {
  expect(await answerOf(failing(200, 'too-much'), part)).toEqual({ failure: 'ask about fewer days' });
});

it('writes no report where a question may be answered when it is asked again', async () => {
  await expect(answerOf(failing(200, 'stopped'), part)).rejects.toThrow('volume: stopped');
  await expect(answerOf(failing(403, 'Forbidden'), part)).rejects.toThrow('volume: Forbidden');
});
