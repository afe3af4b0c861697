/**
 * Speaks the sample calls: reads every script beside this file and writes the recording it names.
 *
 *     node samples/make.ts [name …]     # all scripts, or only the named ones
 *
 * Uses the voices of `flite` and the encoders of `sox`. The same programs give the same bytes every time.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';

/** One line of a script: who says what, and the silence in milliseconds before it. */
export type SampleTurn = { speaker: string; text: string; pauseMs: number };

/** A sample call as its JSON file holds it; README.md says what each field means. */
export type SampleScript = {
  recording: string;
  title: string;
  daysAgo: number;
  timeOfDay: string;
  metadata: Record<string, string>;
  channels: string[];
  voices: Record<string, string>;
  turns: SampleTurn[];
  tags: string[];
};

const sampleRateHz = 16_000;
const leadOutMs = 400;

/** What `sox` is told per file name extension: `-C` is kbit/s for mp3 and a quality or compression level otherwise. */
const encoderOptions: Record<string, string[]> = {
  '.mp3': ['-C', '64'],
  '.ogg': ['-C', '5'],
  '.flac': ['-C', '8'],
  '.wav': ['-b', '16'],
};

const samplesOf = (durationMs: number): number => Math.round((durationMs * sampleRateHz) / 1000);

function run(program: string, args: string[], input?: Uint8Array): Buffer {
  try {
    return execFileSync(program, args, { input, stdio: ['pipe', 'pipe', 'inherit'], maxBuffer: 64 * 2 ** 20 });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      throw new Error(`${program} is not installed: apt-get install flite sox libsox-fmt-all`);
    }
    throw error;
  }
}

/** The text as 16 kHz, 16 bit, mono samples. */
function speak(voice: string, text: string, folder: string): Int16Array {
  const spoken = join(folder, 'spoken.wav');
  run('flite', ['-voice', voice, '-o', spoken, '-t', text]);
  const raw = run('sox', [spoken, '-t', 'raw', '-e', 'signed', '-b', '16', '-r', `${sampleRateHz}`, '-c', '1', '-']);
  return Int16Array.from({ length: raw.length / 2 }, (_, i) => raw.readInt16LE(i * 2));
}

/** Lays the turns one after the other, each on its speaker's channel (the only one of a mono call). */
function mix(script: SampleScript, folder: string): Buffer {
  const channelCount = script.channels.length;
  const placed: { samples: Int16Array; channel: number; start: number }[] = [];
  let end = 0;
  for (const turn of script.turns) {
    const voice = script.voices[turn.speaker];
    const channel = channelCount === 1 ? 0 : script.channels.indexOf(turn.speaker);
    if (voice === undefined || channel < 0)
      throw new Error(`${script.recording}: speaker ${turn.speaker} has no voice or no channel`);
    const samples = speak(voice, turn.text, folder);
    const start = end + samplesOf(turn.pauseMs);
    placed.push({ samples, channel, start });
    end = start + samples.length;
  }
  const pcm = Buffer.alloc((end + samplesOf(leadOutMs)) * channelCount * 2);
  for (const { samples, channel, start } of placed) {
    samples.forEach((sample, i) => {
      pcm.writeInt16LE(sample, ((start + i) * channelCount + channel) * 2);
    });
  }
  return pcm;
}

/** Speaks a script and writes its recording into `outFolder`. Throws where flite or sox is missing. */
export function makeSample(script: SampleScript, outFolder: string): void {
  const encoder = encoderOptions[extname(script.recording)];
  if (!encoder) throw new Error(`${script.recording}: use one of ${Object.keys(encoderOptions).join(' ')}`);
  const folder = mkdtempSync(join(tmpdir(), 'sample-'));
  try {
    const raw = [
      '-t',
      'raw',
      '-e',
      'signed',
      '-b',
      '16',
      '-r',
      `${sampleRateHz}`,
      '-c',
      `${script.channels.length}`,
      '-',
    ];
    // -R: without it sox gives every ogg a random serial number.
    run('sox', ['-R', ...raw, ...encoder, join(outFolder, script.recording)], mix(script, folder));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

if (import.meta.main) {
  const names = process.argv.slice(2);
  for (const file of readdirSync(import.meta.dirname)
    .filter((name) => name.endsWith('.json'))
    .sort()) {
    if (names.length > 0 && !names.includes(file.replace(/\.json$/, ''))) continue;
    const script: SampleScript = JSON.parse(readFileSync(join(import.meta.dirname, file), 'utf8'));
    makeSample(script, import.meta.dirname);
    console.log(script.recording);
  }
}
