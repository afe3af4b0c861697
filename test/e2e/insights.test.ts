import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import type { CallWithMoments } from '../../client/verbatim-client.ts';
import { rowsOfParquet } from '../../lambdas/insights/dataset/parquet.ts';
import { dayPrefix, type Row, type TableName, tables } from '../../lambdas/insights/dataset/tables.ts';
import { cli, s3, sampleAudio, sendTo, settled, upload, verbatim } from './stack.ts';

const { bucket } = inject('outputs').insights;
const patience = { timeout: 60_000, interval: 300 };

/** A day on which no other test has calls. */
const DAY = '2026-05-20';
const agentId = 'agent-insights';
const CUSTOMER = 'customer of insights';
const FILE = 'credit-over-policy.mp3';

const keysOf = async (table: TableName): Promise<string[]> => {
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: dayPrefix(table, DAY) }));
  return Contents.flatMap(({ Key }) => Key ?? []);
};

/** All rows of the day that there are in files, whether they hold or not. */
async function rowsOf<T extends TableName>(table: T): Promise<Row<T>[]> {
  const rows: Row<T>[] = [];
  for (const Key of await keysOf(table)) {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key }));
    for await (const some of rowsOfParquet(table, (await Body?.transformToByteArray()) ?? new Uint8Array()))
      rows.push(...some);
  }
  return rows;
}

const idsOf = async (table: Exclude<TableName, 'disputes'>) =>
  new Set((await rowsOf(table)).map(({ call_id }) => call_id));

/** Asks for the day to be compacted, as the schedule does. */
const compact = () => sendTo('WriteDatasetQueue', { kind: 'compact', day: DAY });

let calls: CallWithMoments[];
beforeAll(async () => {
  const recordings = [];
  for (let i = 0; i < 5; i++) {
    const metadata = { 'agent-id': agentId, 'customer-id': `${CUSTOMER} ${i}`, 'started-at': `${DAY}T1${i}:00:00Z` };
    recordings.push(await upload(`support/insights/${i}.mp3`, await sampleAudio(FILE), metadata));
  }
  calls = await Promise.all(recordings.map(settled));
}, 300_000);

describe('the dataset', () => {
  it('has a row of every tagged call, its moments and its scores', async () => {
    const all = new Set(calls.map(({ callId }) => callId));
    await expect.poll(() => idsOf('calls'), patience).toEqual(all);
    await expect.poll(() => idsOf('moments'), patience).toEqual(all);
    await expect.poll(() => idsOf('scores'), patience).toEqual(all);
  });

  it('has each call once when a day is compacted, however often it came', async () => {
    for (const { callId } of calls)
      for (let i = 0; i < 3; i++) await sendTo('WriteDatasetQueue', { kind: 'call', callId });
    await expect
      .poll(
        async () => {
          await compact();
          const rows = await rowsOf('calls');
          return [rows.length, (await keysOf('calls')).length];
        },
        { timeout: 60_000, interval: 2000 },
      )
      .toEqual([5, 1]);
  });

  it('holds no customer, no key and none of what was said', async () => {
    // Phrases of three common words at the most are there, on purpose.
    const said = calls
      .flatMap(({ moments }) => moments.map(({ quote }) => quote))
      .filter((quote) => / .* .* /.test(quote));
    expect(said.length).toBeGreaterThan(0);
    const kept: unknown[] = [];
    for (const table of Object.keys(tables) as TableName[]) kept.push(await keysOf(table), await rowsOf(table));
    const text = JSON.stringify(kept);
    for (const hidden of [CUSTOMER, 'support/insights', ...said]) expect(text).not.toContain(hidden);
  });
});

describe('the insights URL', () => {
  it('tells what so many calls come to, with how sure that is', async () => {
    const { answer } = await verbatim.insights.answer('credits', { from: DAY, to: DAY, by: 'agent' }, { pollMs: 200 });
    expect(answer.rows).toMatchObject([{ group: agentId, count: 5 }]);
    expect(answer.suppressed).toEqual({ rows: 0, values: expect.any(Number) });
  });

  it('answers on the command line', async () => {
    const printed = await cli('insights', 'length', '--from', DAY, '--to', DAY, '--by', 'agent');
    expect(printed).toContain(agentId);
  });
});

describe('the report of a week', () => {
  const WEEK = '2026-W21';

  it('is written to S3 by its schedule', async () => {
    await sendTo('WriteReportQueue', { week: WEEK });
    const page = async () => {
      const asked = new GetObjectCommand({ Bucket: bucket, Key: `reports/${WEEK}.html` });
      return (await s3.send(asked).catch(() => undefined))?.Body?.transformToString();
    };
    await expect.poll(page, patience).toContain('<svg');
    expect(await page()).toContain(agentId);
  });

  it('is written by the command line', async () => {
    const file = join(await mkdtemp(join(tmpdir(), 'report-')), 'week.html');
    await cli('report', '--week', WEEK, '-o', file);
    expect(await readFile(file, 'utf8')).toContain(agentId);
  });
});

describe('a call that is deleted', () => {
  it('is out of every file of the dataset, and leaves too few calls to be told of', async () => {
    const [first] = calls;
    if (!first) throw new Error('there is no call');
    const { erasureId } = await verbatim.eraseCustomer(`${CUSTOMER} 0`, { reason: 'asked by letter' });
    await expect.poll(async () => (await verbatim.erasure(erasureId)).calls.erased, patience).toBe(1);
    const files = ['calls', 'moments', 'scores', 'phrases'] as const;
    await expect
      .poll(
        async () => {
          await compact();
          const rows = await Promise.all(files.map(rowsOf));
          return rows.flat().filter(({ call_id, deleted }) => call_id === first.callId && deleted !== true).length;
        },
        { timeout: 60_000, interval: 2000 },
      )
      .toBe(0);
    const asked = { from: DAY, to: DAY, by: 'source' } as const;
    expect((await verbatim.insights.answer('volume', asked, { pollMs: 200 })).answer).toMatchObject({
      ...{ rows: [], suppressed: { rows: 1 } },
    });
  });
});
