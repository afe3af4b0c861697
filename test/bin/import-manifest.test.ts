import { join } from 'node:path';
import { expect, test } from 'vitest';
import type * as z from 'zod';
import { readManifest } from '../../bin/import/manifest.ts';
import { SourceConfig } from '../../lambdas/recordings/recordings.ts';
import { directoryWith, newJournal } from './import-files.ts';

async function read(csv: string, settings: Partial<z.input<typeof SourceConfig>> = {}) {
  const source = SourceConfig.parse({ name: 'support', ...settings });
  const target = { source, prefix: 'support/', sources: [source] };
  const journal = await newJournal();
  const file = join(await directoryWith({ 'calls.csv': csv }), 'calls.csv');
  const ignored = await readManifest(file, target, journal, '2026-01-01T00:00:00Z');
  return { journal, ignored };
}

test('a row gives its file the metadata of its call, as S3 has it', async () => {
  const { journal, ignored } = await read(
    [
      '\uFEFFFile,agent-id, customer-id,started-at,direction,queue,note',
      './2019/a.wav,agent-lee,customer-1,2019-04-01T09:00:00+02:00,inbound,"billing, north",x',
      'e\u0301.wav,agent-lee,customer-2,2019-04-01T10:00:00Z,,,',
    ].join('\r\n'),
  );
  expect(ignored).toEqual(['note']);
  expect(journal.takeRow('2019/a.wav')).toEqual({
    line: 2,
    metadata: {
      'agent-id': 'agent-lee',
      'customer-id': 'customer-1',
      'started-at': '2019-04-01T09:00:00+02:00',
      direction: 'inbound',
      queue: 'billing, north',
    },
  });
  // The other way to write é: what a table and a file system make of a name differs.
  expect(journal.takeRow('\u00e9.wav')?.metadata).not.toHaveProperty('direction');
  expect(journal.takeRow('other.wav')).toBeUndefined();
});

test('a manifest without a required column is refused', async () => {
  await expect(read('file,agent,customer-id\na.wav,x,y')).rejects.toThrow(
    'has no column agent-id, started-at: its header is file, agent, customer-id',
  );
  await expect(read('')).rejects.toThrow('calls.csv cannot be used: it is empty');
  await expect(read('file,agent-id,customer-id,started-at\na.wav,x')).rejects.toThrow('calls.csv cannot be used');
});

test('a row that the deployment would reject tells its line and every value at fault', async () => {
  const { journal } = await read(
    [
      'file,agent-id,customer-id,started-at,direction',
      'a.wav,,customer-1,2019-04-01T09:00:00Z,',
      'b.wav,José,customer-1,2019-04-01T09:00:00Z,',
      'c.wav,agent-lee,customer-1,2019-04-01T09:00:00Z,',
      'c.wav,agent-kim,customer-1,2019-04-01T09:00:00Z,',
      'd.wav,agent-lee,customer-1,yesterday,sideways',
    ].join('\n'),
  );
  expect(journal.takeRow('a.wav')?.problem).toBe(
    'line 2 of the manifest: agentId is missing: looked for in x-amz-meta-agent-id',
  );
  expect(journal.takeRow('d.wav')?.problem).toBe(
    'line 6 of the manifest: x-amz-meta-started-at is not an ISO 8601 time with a zone, such as 2026-10-14T09:12:00Z; x-amz-meta-direction is neither "inbound" nor "outbound"',
  );
  expect(journal.takeRow('b.wav')?.problem).toMatch(/line 3 .*agent-id has characters other than US-ASCII/);
  expect(journal.takeRow('c.wav')?.problem).toBe('lines 4 and 5 of the manifest both name it');
});

test('rows whose file was not there are told', async () => {
  const { journal } = await read(
    'file,agent-id,customer-id,started-at\na.wav,a,c,2019-04-01T09:00:00Z\nb.wav,a,c,2019-04-01T09:00:00Z',
  );
  journal.takeRow('a.wav');
  expect([...journal.rowsWithoutFile()]).toEqual([{ file: 'b.wav', line: 3 }]);
});

test('columns are named as the source names its S3 metadata, and need not give what it has from elsewhere', async () => {
  const { journal } = await read('file,agent,started-at\na.wav,agent-lee,2019-04-01 09:00', {
    metadata: [
      { from: 's3-metadata', names: { agentId: 'agent' }, startedAt: { format: 'yyyy-MM-dd HH:mm', zone: 'UTC' } },
      { from: 'sidecar', fields: { customerId: 'customer' } },
    ],
  });
  expect(journal.takeRow('a.wav')).toEqual({
    line: 2,
    metadata: { agent: 'agent-lee', 'started-at': '2019-04-01 09:00' },
  });
  const metadata = [{ from: 'sidecar' as const, fields: { startedAt: 'start' } }];
  await expect(read('file\na.wav', { metadata, requiredMetadata: ['startedAt'] })).rejects.toThrow(
    'the source "support" has its metadata from sidecar, not from S3 metadata: leave --manifest out',
  );
});
