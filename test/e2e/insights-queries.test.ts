import { AthenaClient } from '@aws-sdk/client-athena';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { athenaStore } from '../../lambdas/insights/athena.ts';
import { parquetOf } from '../../lambdas/insights/dataset/parquet.ts';
import { dayPrefix } from '../../lambdas/insights/dataset/tables.ts';
import type { ResultRow } from '../../lambdas/insights/queries/measure.ts';
import { ask, namedQueries } from '../../lambdas/insights/queries/queries.ts';
import { generateCalls } from '../lambdas/insights/queries/generated-calls.ts';
import { expectPlain, questionsFrom } from '../lambdas/insights/queries/questions.ts';
import { aws, s3 } from './stack.ts';

/** Days on which no other test has calls. */
const generated = generateCalls(5000, '2015-03-01');
const questions = questionsFrom('2015-03-29', '2015-04-25');

const { bucket, database, workGroup } = inject('outputs').insights;
const athena = athenaStore(new AthenaClient(aws), { database, workGroup });
const settings = { minCell: 5 };

async function rowsOf(sql: string): Promise<ResultRow[]> {
  const executionId = await athena.start(sql, crypto.randomUUID());
  for (;;) {
    const execution = await athena.execution(executionId);
    if (execution?.state === 'succeeded') return (await athena.rows(executionId)) ?? [];
    if (execution?.state !== 'running') throw new Error(JSON.stringify(execution));
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

beforeAll(async () => {
  for (const { table, day, rows } of generated.files) {
    const put = {
      Bucket: bucket,
      Key: `${dayPrefix(table, day)}generated.parquet`,
      Body: parquetOf(table, rows),
    };
    await s3.send(new PutObjectCommand(put));
  }
});

describe('the answer of every query is what is computed plainly from 5,000 calls', () => {
  it.each(questions.map((question) => [question.name, JSON.stringify(question.asked), question] as const))(
    '%s %s',
    async (name, _text, { asked }) => {
      const { sql, shape } = ask(name, asked, settings);
      expectPlain(name, shape(await rowsOf(sql)), generated, asked);
    },
  );
});

it.each(namedQueries(settings).map(({ name, sql }) => [name, sql] as const))(
  'the named query %s runs, over the days before it is run',
  async (_name, sql) => {
    expect(await rowsOf(sql)).toBeInstanceOf(Array);
  },
);
