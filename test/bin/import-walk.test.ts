import { readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { audioType } from '../../bin/import/audio-type.ts';
import { countFiles, walk } from '../../bin/import/walk.ts';

import { directoryWith } from './import-files.ts';

const sampleBytes = (file: string) => readFile(join(import.meta.dirname, '../../samples', file));

const walked = async (directory: string) => {
  const found = await Array.fromAsync(walk(directory));
  return Object.fromEntries(
    found.map((one) => [one.path, 'outcome' in one ? one.outcome : { sizeBytes: one.sizeBytes }]),
  );
};

test('finds every file below a directory under its own name, whatever characters it has', async () => {
  const names = [
    'a.wav',
    '2019/a.wav',
    '2019/+1555 (b) 50%.wav',
    'deep/er/e\u0301.wav',
    'deep/er/\u00e9.wav',
    "o'n\ne.wav",
  ];
  const directory = await directoryWith(Object.fromEntries(names.map((name) => [name, 'xyz'])));
  expect(await walked(directory)).toEqual(Object.fromEntries(names.map((name) => [name, { sizeBytes: 3 }])));
});

test('passes over what cannot be a recording, and says why', async () => {
  const directory = await directoryWith({ 'a.wav': 'xyz', '.DS_Store': 'x', '.git/config': 'x', 'empty.wav': '' });
  await symlink('.', join(directory, 'loop'));
  await symlink('a.wav', join(directory, 'link.wav'));
  expect(await walked(directory)).toEqual({
    'a.wav': { sizeBytes: 3 },
    '.DS_Store': { kind: 'skipped', reason: 'a hidden file' },
    '.git': { kind: 'skipped', reason: 'a hidden directory' },
    'empty.wav': { kind: 'skipped', reason: 'empty' },
    loop: { kind: 'skipped', reason: 'a symbolic link' },
    'link.wav': { kind: 'skipped', reason: 'a symbolic link' },
  });
  let counted = 0;
  await countFiles(directory, new AbortController().signal, (files) => {
    counted += files;
  });
  expect(counted).toBe(6);
});

test('a name that is not UTF-8 fails with that reason, and does not end the walk', async () => {
  const directory = await directoryWith({ 'a.wav': 'xyz' });
  await writeFile(Buffer.concat([Buffer.from(`${directory}/`), Buffer.from([0xe9, 0x2e])]), 'x');
  const found = await walked(directory);
  expect(found['a.wav']).toBeDefined();
  expect(found['\uFFFD.']).toEqual({ kind: 'failed', reason: 'the name is not UTF-8, as S3 keys are' });
});

test.each([
  ['credit-within-policy.mp3', 'audio/mpeg'],
  ['complaint-escalated.ogg', 'audio/ogg'],
  ['credit-refused.flac', 'audio/flac'],
  ['mono-outage.wav', 'audio/wav'],
])('%s is audio by its bytes, under any name', async (sample, contentType) => {
  expect(await audioType('recording', await sampleBytes(sample))).toEqual({ contentType });
});

test('audio whose begin is strange goes by its extension; everything else is no audio', async () => {
  const strange = Buffer.alloc(100);
  expect(await audioType('a/b.MP3', strange)).toEqual({ contentType: 'audio/mpeg' });
  expect(await audioType('calls.csv', strange)).toEqual({
    reason: 'not audio: neither its bytes nor ".csv" are of a known format',
  });
  const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
  expect(await audioType('cover.mp3', png)).toEqual({ reason: 'not audio that Transcribe takes: it is image/png' });
});
