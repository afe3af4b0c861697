import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { registerTranscript } from '../../bin/transcript.ts';
import { Transcript } from '../../lambdas/transcription/transcript.ts';
import { callAnalyticsDocument, says } from '../lambdas/builders.ts';

/** What a standard job writes of two channels in which one word each is said. */
const twoChannels = (...words: [string, string]) => {
  const items = words.map((content, i) => ({
    ...{ type: 'pronunciation', start_time: `${i}.0`, end_time: `${i}.5`, channel_label: `ch_${i}` },
    alternatives: [{ confidence: '0.9', content }],
  }));
  const channels = items.map((item) => ({ channel_label: item.channel_label, items: [item] }));
  return JSON.stringify({ results: { items, transcripts: [], channel_labels: { channels, number_of_channels: 2 } } });
};

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'verbatim-transcript-'));
});
afterAll(() => rm(directory, { recursive: true }));
afterEach(() => vi.restoreAllMocks());

async function file(text: string): Promise<string> {
  const path = join(directory, `${crypto.randomUUID()}.json`);
  await writeFile(path, text);
  return path;
}

/** What `verbatim transcript` with these arguments prints. */
async function printed(...given: string[]): Promise<string> {
  const write = vi.spyOn(process.stdout, 'write').mockReset().mockReturnValue(true);
  const program = new Command('verbatim').exitOverride();
  registerTranscript(program);
  await program.parseAsync(['transcript', ...given], { from: 'user' });
  return write.mock.calls.map(([chunk]) => String(chunk)).join('');
}

const document = callAnalyticsDocument(says('AGENT', 'Good morning.'), says('CUSTOMER', 'My bill is wrong.', 2000));

test('a file is printed to be read', async () => {
  const lines = (await printed(await file(document))).split('\n');
  expect(lines[0]).toBe('language  en-US');
  expect(lines.slice(-3)).toEqual(['0:00.0 AGENT: Good morning.', '0:02.0 CUSTOMER: My bill is wrong.', '']);
});

test('as JSON it is the model', async () => {
  const transcript = Transcript.parse(JSON.parse(await printed(await file(document), '--format', 'json')));
  expect(transcript).toMatchObject({ language: 'en-US', turns: [{ speaker: 'AGENT' }, { speaker: 'CUSTOMER' }] });
  expect(transcript.turns[1]?.words[0]).toEqual({ text: 'My', startMs: 2000, endMs: 2300, confidence: 0.9 });
});

test('as subtitles it has all that was said', async () => {
  expect(await printed(await file(document), '--format', 'vtt')).toMatch(
    /^WEBVTT\n[\s\S]*<v CUSTOMER>My bill is wrong\.\n$/,
  );
  expect(await printed(await file(document), '--format', 'srt')).toMatch(
    /^1\n[\s\S]*\nCUSTOMER: My bill is wrong\.\n$/,
  );
});

test.each(['0', '1'])('the agent is on the channel that is said: %s', async (channel) => {
  const text = await printed(await file(twoChannels('one', 'two')), '--agent-channel', channel);
  expect(text).toContain(`0:0${channel}.0 AGENT: ${channel === '0' ? 'one' : 'two'}\n`);
});

test('an error names the file, and not what was said in it', async () => {
  const cut = await file(document.slice(0, -20));
  const error = await printed(cut).catch((thrown: Error) => thrown);
  expect(String(error)).toContain(`${cut}: `);
  expect(String(error)).not.toContain('bill');
  expect(String(error)).not.toContain('\n');
});

test('a file that is not there is named', async () => {
  await expect(printed(join(directory, 'none.json'))).rejects.toThrow(
    `there is no file ${join(directory, 'none.json')}`,
  );
});

test('a directory is no file', async () => {
  await expect(printed(directory)).rejects.toThrow('is a directory: name one file');
});
