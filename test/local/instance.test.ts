import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { claimInstance } from '../../local/instance.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'instance-'));
  onTestFinished(() => rm(directory, { recursive: true }));
});

test('stacks that run at the same time do not share a directory', async () => {
  const first = await claimInstance(directory);
  const second = await claimInstance(directory);
  const third = await claimInstance(directory);
  expect([first, second, third].map((instance) => instance.directory)).toEqual([
    directory,
    join(directory, 'instance-2'),
    join(directory, 'instance-3'),
  ]);
});

test('a released directory is used again', async () => {
  await (await claimInstance(directory)).release();
  expect((await claimInstance(directory)).directory).toBe(directory);
});

test('a directory is taken over from a process that ended without releasing it', async () => {
  const { pid } = spawnSync(process.execPath, ['--version']);
  await writeFile(join(directory, 'instance.pid'), String(pid));
  expect((await claimInstance(directory)).directory).toBe(directory);
});
