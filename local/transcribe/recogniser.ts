import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { JobFailure } from './errors.ts';
import { runPython } from './python-script.ts';

const ms = z.int().min(0);
const wordSchema = z.object({ text: z.string().min(1), startMs: ms, endMs: ms, confidence: z.number().min(0).max(1) });
const recognitionSchema = z.object({
  durationMs: ms,
  sampleRateHz: z.int().positive(),
  channels: z.array(z.object({ words: z.array(wordSchema), loudness: z.array(z.number().nullable()) })).min(1),
});

/** One recognised word; offsets in milliseconds from the start of the audio, confidence from 0 to 1. */
export type Word = z.infer<typeof wordSchema>;

/** What was heard in an audio file, by channel. `loudness` is in dB below full scale, one value a second, null for silence. */
export type Recognition = z.infer<typeof recognitionSchema>;

/** Recognises the speech in a file. Throws JobFailure with the reason if it cannot; stops when the signal is aborted. */
export type Recogniser = (file: string, signal: AbortSignal) => Promise<Recognition>;

/** Where the real recogniser is, what runs it, and where its results are kept. */
export interface PythonRecogniserOptions {
  /** The Python interpreter that has the recogniser installed. */
  python: string;
  /** A folder for results; it is made if it does not exist. */
  cacheDir: string;
  /** @default recognise.py beside this file */
  script?: string;
}

/**
 * The recogniser that runs `recognise.py` once per file and keeps each result, by the content of the audio and of the
 * script: the same recording is recognised once, and again only after the recogniser changes. Failures are not kept.
 */
export function pythonRecogniser(options: PythonRecogniserOptions): Recogniser {
  const { python, cacheDir, script = join(import.meta.dirname, 'recognise.py') } = options;
  return async (file, signal) => {
    const cached = join(cacheDir, `${await sha256(file)}-${await sha256(script)}.json`);
    const known = await readRecognition(cached);
    if (known !== undefined) return known;

    const recognition = parseRecognition(await runPython(python, script, [file], signal));
    if (recognition === undefined) throw new JobFailure('the local recogniser printed no readable result');
    await mkdir(cacheDir, { recursive: true });
    const unfinished = `${cached}.${randomUUID()}`;
    await writeFile(unfinished, JSON.stringify(recognition));
    await rename(unfinished, cached);
    return recognition;
  };
}

async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk);
  return hash.digest('hex');
}

async function readRecognition(file: string): Promise<Recognition | undefined> {
  try {
    return parseRecognition(await readFile(file, 'utf8'));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function parseRecognition(text: string): Recognition | undefined {
  try {
    return recognitionSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
