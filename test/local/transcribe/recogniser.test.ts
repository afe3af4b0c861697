import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { pythonRecogniser } from '../../../local/transcribe/recogniser.ts';

const { signal } = new AbortController();
let folder: string;
let audio: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'recogniser-'));
  audio = join(folder, 'audio.wav');
  await writeFile(audio, 'sound');
});
afterEach(() => rm(folder, { recursive: true }));

/** A recogniser that runs a script of ours with Node; each run adds a line to `runs`. */
async function recogniserThat(code: string) {
  const script = join(folder, 'recognise.mjs');
  const runs = join(folder, 'runs');
  await writeFile(script, `import { appendFileSync } from 'node:fs';\nappendFileSync('${runs}', 'run\\n');\n${code}`);
  return {
    recognise: pythonRecogniser({ python: process.execPath, script, cacheDir: join(folder, 'cache') }),
    runs: async () => (await readFile(runs, 'utf8')).split('\n').length - 1,
  };
}

const hears = (word: string) =>
  `console.log(JSON.stringify({ durationMs: 900, sampleRateHz: 8000, channels: [
    { words: [{ text: '${word}', startMs: 40, endMs: 330, confidence: 0.98 }], loudness: [-20.5, null] }] }));`;

test('a recording is recognised once, and again only when it or the recogniser changes', async () => {
  const first = await recogniserThat(hears('thank'));
  const heard = await first.recognise(audio, signal);
  expect(heard.channels[0]?.words).toEqual([{ text: 'thank', startMs: 40, endMs: 330, confidence: 0.98 }]);
  expect(await first.recognise(audio, signal)).toEqual(heard);
  expect(await first.runs()).toBe(1);

  await writeFile(audio, 'other sound');
  await first.recognise(audio, signal);
  expect(await first.runs()).toBe(2);

  const second = await recogniserThat(hears('thanks'));
  expect((await second.recognise(audio, signal)).channels[0]?.words[0]?.text).toBe('thanks');
});

test.each([
  [
    'audio it cannot decode',
    `console.error(process.argv[2] + ' is no sound'); process.exit(2);`,
    /^the audio is no sound$/,
  ],
  [
    'a missing recogniser',
    `console.error('no pocketsphinx'); process.exit(3);`,
    /no pocketsphinx; install it with: .*pip/,
  ],
  ['a crash', `throw new Error('broken');`, /ended with 1/],
  ['a result of another form', `console.log('{"channels": []}');`, /printed no readable result/],
])('%s fails with the reason, and is tried again the next time', async (_, code, reason) => {
  const { recognise, runs } = await recogniserThat(code);
  await expect(recognise(audio, signal)).rejects.toThrow(reason);
  await expect(recognise(audio, signal)).rejects.toThrow(reason);
  expect(await runs()).toBe(2);
  expect(await readdir(folder)).not.toContain('cache');
});

test('a Python that cannot be started fails with the reason', async () => {
  const script = join(folder, 'recognise.py');
  await writeFile(script, '');
  const recognise = pythonRecogniser({ python: join(folder, 'no-python'), script, cacheDir: folder });
  await expect(recognise(audio, signal)).rejects.toThrow(/did not run: .*no-python/);
});

test('a recogniser that runs is ended, with all it started, when it is no longer wanted', async () => {
  const ready = join(folder, 'ready');
  const { recognise } = await recogniserThat(
    `import { spawn } from 'node:child_process';
    const forever = 'setInterval(() => {}, 1000); require("node:fs").writeFileSync("${ready}", "")';
    spawn(process.execPath, ['-e', forever], { stdio: 'inherit' });
    setInterval(() => {}, 1000);`,
  );
  const stop = new AbortController();
  // The result is awaited until every process that could still print has ended.
  const recognising = expect(recognise(audio, stop.signal)).rejects.toThrow('SIGKILL');
  await expect.poll(() => existsSync(ready)).toBe(true);
  stop.abort();
  await recognising;
});
