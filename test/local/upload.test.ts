import { access, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { contentTypeOf, keyOf, readSamples, startOf } from '../../local/upload.ts';

test('a sample call began so many UTC days ago, at its time of day', () => {
  const now = new Date('2026-03-01T23:30:00-05:00');
  expect(startOf({ daysAgo: 0, timeOfDay: '09:12:00Z' }, now)).toBe('2026-03-02T09:12:00Z');
  expect(startOf({ daysAgo: 2, timeOfDay: '09:12:00Z' }, now)).toBe('2026-02-28T09:12:00Z');
});

test('the support team files a recording under the day its call began', () => {
  expect(keyOf('late.mp3', '2026-02-28T23:59:00Z')).toBe('support/2026/02/28/late.mp3');
});

test('a recording has the media type of its extension, and a file that is no audio is refused', () => {
  expect(contentTypeOf('a.b.MP3')).toBe('audio/mpeg');
  expect(() => contentTypeOf('notes.txt')).toThrow('notes.txt has no known audio extension');
});

test('every sample of the repository is described well and has its recording', async () => {
  for (const { recording } of await readSamples()) {
    expect(contentTypeOf(recording)).toMatch(/^audio\//);
    await access(join(import.meta.dirname, '../../samples', recording));
  }
});

test('a sample that is not described well is refused with its file and field', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'samples-'));
  onTestFinished(() => rm(directory, { recursive: true }));
  await expect(readSamples(directory)).rejects.toThrow('describes no samples');
  await writeFile(join(directory, 'odd.json'), JSON.stringify({ recording: 'odd.mp3', title: 'Odd', daysAgo: 1 }));
  await expect(readSamples(directory)).rejects.toThrow(/odd\.json.*timeOfDay/s);
});
