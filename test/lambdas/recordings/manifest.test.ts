import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type * as z from 'zod';
import type { ManifestConvention } from '../../../lambdas/recordings/conventions.ts';
import { isManifest, ManifestError, parseManifest } from '../../../lambdas/recordings/manifest.ts';
import { kindOfObject } from '../../../lambdas/recordings/objects.ts';
import { SourceConfig } from '../../../lambdas/recordings/sources.ts';

const withManifest = (convention: Partial<z.input<typeof ManifestConvention>> = {}) =>
  SourceConfig.parse({
    name: 'support',
    requiredMetadata: ['startedAt'],
    metadata: [
      { from: 's3-metadata' },
      { from: 'manifest', file: 'manifest.csv', columns: { agentId: 'Agent', queue: 'Queue' }, ...convention },
    ],
  });

const read = (csv: Parameters<typeof parseManifest>[0], source = withManifest(), key = 'support/2026/manifest.csv') =>
  Array.fromAsync(parseManifest(csv, source, key));

const one = { audioKey: 'support/2026/one.wav', row: { Agent: 'lee', Queue: 'billing' } };

test.each([
  ['manifest.csv', 'support/manifest.csv', true],
  ['manifest.csv', 'support/2026/10/manifest.csv', true],
  ['manifest.csv', 'support/2026/my-manifest.csv', false],
  ['manifest.csv', 'sales/manifest.csv', false],
  ['calls-*.csv', 'support/calls-2026-10-14.csv', true],
  ['calls-*.csv', 'support/calls-/one.csv', false],
  ['*.csv', 'support/a/.csv', true],
  ['ab*ba', 'support/aba', false],
])('for a source whose manifests are %s, it is %s: %s', (file, key, expected) => {
  expect(isManifest(key, withManifest({ file }))).toBe(expected);
  expect(kindOfObject(key, withManifest({ file }))).toBe(expected ? 'manifest' : 'audio');
});

test('every row names a recording, and what is known of it; other columns are left where they are', async () => {
  const csv = 'file,Agent,Card number,Queue\none.wav,lee,4111,billing\n"two, again.wav", kim ,4222,\n';
  expect(await read(csv)).toEqual([one, { audioKey: 'support/2026/two, again.wav', row: { Agent: 'kim', Queue: '' } }]);
});

test.each([
  ['a byte order mark and CRLF', '\uFEFFfile,Agent,Queue\r\none.wav,lee,billing\r\n'],
  ['no end of line, and blank lines', 'file,Agent,Queue\n\none.wav,lee,billing'],
  ['columns in another order', 'Queue,file,Agent\nbilling,./one.wav,lee'],
])('a manifest may have %s', async (_, csv) => {
  expect(await read(csv)).toEqual([one]);
});

test('what stands between columns can be chosen', async () => {
  expect(await read('file;Agent;Queue\none.wav;lee;billing', withManifest({ delimiter: ';' }))).toEqual([one]);
});

test("names are relative to the manifest's folder, or to the source's prefix", async () => {
  const csv = 'file,Agent,Queue\n/2026/one.wav,lee,billing';
  expect(await read(csv, withManifest({ relativeTo: 'prefix' }))).toEqual([one]);
  expect(await read(csv.replace('/2026/', ''), withManifest())).toEqual([one]);
});

test('a manifest is read as it comes, cut anywhere', async () => {
  const bytes = Buffer.from('file,Agent,Queue\nöne🎧.wav,lee,billing\n');
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: bytes.length }), async (at) => {
      async function* parts() {
        yield bytes.subarray(0, at);
        yield bytes.subarray(at);
      }
      expect(await read(parts())).toEqual([{ ...one, audioKey: 'support/2026/öne🎧.wav' }]);
    }),
  );
});

test.each([
  ['nothing', '', /^line 1 of support\/2026\/manifest\.csv: the manifest is empty/],
  ['no column for the recording', 'name,Agent,Queue\n', /line 1 .*names no column "file": it must/],
  ['no column of the config', 'file,Agent\n', /line 1 .*names no column "Queue"/],
  ['no first line', 'secret.wav,secret,secret\n', /line 1 .*names no column "file", "Agent", "Queue"/],
  ['a row without a name', 'file,Agent,Queue\none.wav,,\n,lee,billing\n', /line 3 .*"file" is empty/],
  ['a short row', 'file,Agent,Queue\none.wav,,\nsecret\n', /line 3 .*has not as many columns as the first line$/],
  ['an open quote', 'file,Agent,Queue\n"one.wav,lee,secret\n', /a quote is not closed$/],
])('a manifest with %s is refused, with the line', async (_, csv, message) => {
  const error = await read(csv).catch((refused: unknown) => refused);
  expect(error).toBeInstanceOf(ManifestError);
  expect(error).toHaveProperty('message', expect.stringMatching(message));
  expect(error).not.toHaveProperty('message', expect.stringContaining('secret'));
});

test('all that can be read counts, before a fault and behind it', async () => {
  const seen: string[] = [];
  const reading = async () => {
    for await (const { audioKey } of parseManifest(
      'file,Agent,Queue\none.wav,,\nx\ntwo.wav,,\n',
      withManifest(),
      'support/m.csv',
    )) {
      seen.push(audioKey);
    }
  };
  await expect(reading()).rejects.toThrow('line 3');
  expect(seen).toEqual(['support/one.wav', 'support/two.wav']);
});

test('a failure of what the manifest is read from is passed on as it is', async () => {
  async function* broken() {
    yield Buffer.from('file,Agent,Queue\none.wav,lee,billing\n');
    throw new Error('connection lost');
  }
  await expect(read(broken())).rejects.toThrow('connection lost');
});
