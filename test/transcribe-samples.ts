import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The folder of real Transcribe outputs, which are not part of the repository; undefined where `TRANSCRIBE_SAMPLES`
 * does not name it. Tests that read them are skipped then, but never in CI.
 */
export const transcribeSamples = process.env.TRANSCRIBE_SAMPLES;
if (transcribeSamples === undefined && process.env.CI) {
  throw new Error('set TRANSCRIBE_SAMPLES to the folder of real Transcribe outputs');
}

/** The text of a real Transcribe output. */
export const transcribeSample = (file: string): string => readFileSync(join(transcribeSamples ?? '', file), 'utf8');
