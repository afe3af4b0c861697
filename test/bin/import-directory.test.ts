import { utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type * as z from 'zod';
import { type ImportNeeds, importDirectory } from '../../bin/import/import-directory.ts';
import { journalFile, openJournal } from '../../bin/import/journal.ts';
import { readManifest } from '../../bin/import/manifest.ts';
import { textReport } from '../../bin/import/report.ts';
import type { ImportTarget } from '../../bin/import/target.ts';
import type { ToUpload, Uploader } from '../../bin/import/uploader.ts';
import { SourceConfig } from '../../lambdas/recordings/recordings.ts';
import { directoryWith, newJournal, wave } from './import-files.ts';

const targetOf = (settings: Partial<z.input<typeof SourceConfig>> = {}): ImportTarget => {
  const source = SourceConfig.parse({ name: 'support', ...settings });
  return { source, prefix: 'support/', sources: [source] };
};
const target = targetOf();
const now = '2026-01-01T00:00:00Z';
const nothing = { uploaded: 0, replaced: 0, 'already-there': 0, skipped: 0, failed: 0 };

/** Takes note of what it is sent. */
function recorder(send: (to: ToUpload) => Promise<void> | void = () => {}) {
  const sent: ToUpload[] = [];
  const uploader: Uploader = {
    send: async (to) => {
      await send(to);
      sent.push(to);
      return { kind: 'uploaded', versionId: '1' };
    },
    plan: async () => ({ kind: 'uploaded', versionId: undefined }),
  };
  return { sent, uploader };
}

const manyFiles = (count: number) =>
  directoryWith(Object.fromEntries(Array.from({ length: count }, (_, i) => [`${i}.wav`, wave(String(i))])));

async function run(needs: Partial<ImportNeeds> & Pick<ImportNeeds, 'directory' | 'uploader'>) {
  const journal = needs.journal ?? (await newJournal());
  const summary = await importDirectory({ target, hasManifest: false, concurrency: 4, ...needs, journal });
  const remarks = [...journal.remarks('skipped'), ...journal.remarks('failed')];
  return { ...summary, reasons: Object.fromEntries(remarks.map(({ file, reason }) => [file, reason])) };
}

test('uploads what the manifest has a row for, with its metadata, and says of all else why not', async () => {
  const csv = [
    'file,agent-id,customer-id,started-at',
    ...['deep/a.wav,agent-lee', 'b.wav,', 'c.wav,agent-kim'].map((row) => `${row},customer-1,2019-04-01T09:00:00Z`),
  ].join('\n');
  const audio = { 'deep/a.wav': wave('a'), 'b.wav': wave('b'), 'no-row.wav': wave('n') };
  const directory = await directoryWith({ ...audio, 'calls.csv': csv, 'notes.txt': 'hello' });
  const journal = await newJournal();
  await readManifest(join(directory, 'calls.csv'), target, journal, now);
  const { sent, uploader } = recorder();
  const { files, reasons } = await run({ directory, uploader, journal, hasManifest: true });
  expect(sent).toEqual([
    {
      key: 'support/deep/a.wav',
      sizeBytes: 64,
      contentType: 'audio/wav',
      metadata: { 'agent-id': 'agent-lee', 'customer-id': 'customer-1', 'started-at': '2019-04-01T09:00:00Z' },
    },
  ]);
  expect(files).toEqual({ ...nothing, uploaded: 1, skipped: 3, failed: 1 });
  expect(reasons).toEqual({
    'b.wav': 'line 3 of the manifest: agentId is missing: looked for in x-amz-meta-agent-id',
    'calls.csv': 'not audio: neither its bytes nor ".csv" are of a known format',
    'no-row.wav': 'the manifest has no row for it',
    'notes.txt': 'not audio: neither its bytes nor ".txt" are of a known format',
  });
  expect([...journal.rowsWithoutFile()]).toEqual([{ file: 'c.wav', line: 4 }]);
});

test('what the source has its metadata in is uploaded with the recordings', async () => {
  const directory = await directoryWith({
    'a.wav': wave('a'),
    'a.wav.json': '{}',
    'x/calls-1.csv': 'file',
    'notes.txt': 'hello',
  });
  const sources = targetOf({
    metadata: [
      { from: 'sidecar', fields: { agentId: 'agent', customerId: 'customer' } },
      { from: 'manifest', file: 'calls-*.csv', columns: { startedAt: 'start' } },
    ],
  });
  const { sent, uploader } = recorder();
  expect((await run({ directory, uploader, target: sources })).files).toMatchObject({ uploaded: 3, skipped: 1 });
  expect(new Map(sent.map((to) => [to.key, to.contentType]))).toEqual(
    new Map([
      ['support/a.wav', 'audio/wav'],
      ['support/a.wav.json', 'application/json'],
      ['support/x/calls-1.csv', 'text/csv'],
    ]),
  );
});

test('a second run sends only what has changed since', async () => {
  const directory = await manyFiles(6);
  const journal = await newJournal();
  await run({ directory, uploader: recorder().uploader, journal });
  await utimes(join(directory, '3.wav'), 1, 1);
  const { sent, uploader } = recorder();
  expect((await run({ directory, uploader, journal })).files).toEqual({ ...nothing, uploaded: 1, 'already-there': 5 });
  expect(sent.map((to) => to.key)).toEqual(['support/3.wav']);
  expect((await run({ directory, uploader, journal, recheck: true })).files.uploaded).toBe(6);
});

test('a dry run sends nothing and notes nothing', async () => {
  const directory = await manyFiles(3);
  const journal = await newJournal();
  const { sent, uploader } = recorder();
  expect((await run({ directory, uploader, journal, dryRun: true })).files.uploaded).toBe(3);
  expect(sent).toEqual([]);
  expect((await run({ directory, uploader, journal })).files.uploaded).toBe(3);
});

test('no more files are in flight than was said', async () => {
  let [inFlight, most] = [0, 0];
  const { sent, uploader } = recorder(async () => {
    most = Math.max(most, ++inFlight);
    await sleep(1);
    inFlight -= 1;
  });
  await run({ directory: await manyFiles(40), uploader, concurrency: 4 });
  expect([sent.length, most]).toEqual([40, 4]);
});

test('an interruption finishes the files in flight, and the next run goes on from there', async () => {
  const directory = await manyFiles(40);
  const journal = await newJournal();
  const interruption = new AbortController();
  const first = recorder((to) => (to.key.length > 0 && first.sent.length === 9 ? interruption.abort() : undefined));
  const interrupted = await run({ directory, uploader: first.uploader, journal, signal: interruption.signal });
  expect(interrupted.ended).toBe('interrupted');
  expect(first.sent.length).toBeGreaterThanOrEqual(10);
  expect(first.sent.length).toBeLessThan(20);
  const second = recorder();
  await run({ directory, uploader: second.uploader, journal });
  const keys = [...first.sent, ...second.sent].map((to) => to.key);
  expect([keys.length, new Set(keys).size]).toEqual([40, 40]);
});

test('a file that fails is told with its reason, and stops nothing', async () => {
  const { uploader } = recorder((to) => {
    if (to.key === 'support/3.wav') throw new Error('Access Denied');
  });
  const { files, reasons, ended } = await run({ directory: await manyFiles(40), uploader });
  expect(files).toEqual({ ...nothing, uploaded: 39, failed: 1 });
  expect([reasons, ended]).toEqual([{ '3.wav': 'Access Denied' }, undefined]);
});

test('where every upload fails the import gives up, and does not fail through all of the files', async () => {
  const { uploader } = recorder(() => {
    throw new Error('The specified bucket does not exist');
  });
  const journal = await newJournal();
  const summary = await run({ directory: await manyFiles(100), uploader, journal });
  expect(summary.ended).toBe('too-many-failures');
  expect(summary.files.failed).toBeLessThan(30);
  const facts = { source: 'support', bucket: 'b', prefix: 'support/', directory: '/d', dryRun: false };
  const times = { startedAt: '2026-01-01T00:00:00Z', finishedAt: '2026-01-01T00:00:01Z', ignoredColumns: [] };
  expect(textReport(summary, { ...facts, ...times }, journal)).toMatch(
    /failed +2\d .*\n +2\d × The specified bucket does not exist, such as \d+\.wav\ngiven up/,
  );
});

test('a journal belongs to one import at a time, and to one bucket, prefix and directory', async () => {
  const file = join(await directoryWith({}), 'deep/journal.sqlite');
  const journal = openJournal(file);
  expect(() => openJournal(file)).toThrow('another import of this directory runs');
  journal.close();
  openJournal(file).close();
  expect(() => openJournal(import.meta.filename)).toThrow('it is no journal');
  expect(journalFile('a', '/calls', { XDG_STATE_HOME: '/state' })).toMatch(/^\/state\/verbatim\/import-[0-9a-f]{16}\./);
  expect(journalFile('a', '/calls')).not.toBe(journalFile('b', '/calls'));
});
