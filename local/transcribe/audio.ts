import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runPython } from './python-script.ts';

/** Decodes an audio file to a WAV file of 16 bit samples. Throws JobFailure with the reason if it cannot. */
export type AudioDecoder = (file: string, wavFile: string, signal: AbortSignal) => Promise<void>;

/** A range of time in a recording. */
export interface TimeRange {
  startMs: number;
  endMs: number;
}

/** One channel of sound, as samples from -1 to 1. */
export interface Sound {
  sampleRateHz: number;
  samples: Float32Array;
}

/** Where the samples of a WAV file are, in bytes, and what they are. */
interface WavLayout {
  sampleRateHz: number;
  channels: number;
  dataStart: number;
  dataLength: number;
}

/** Recognised words begin and end within so much of where their times say. */
const wordTimeErrorMs = 100;

/** The decoder that runs `decode.py`, with the same Python as the recogniser: 16 kHz, whatever the recording has. */
export function pythonDecoder(python: string): AudioDecoder {
  const script = join(import.meta.dirname, 'decode.py');
  return async (file, wavFile, signal) => {
    await runPython(python, script, [file, wavFile], signal);
  };
}

/**
 * Makes ranges of a WAV file of 16 bit samples silent, in place, on every channel: a line often carries an echo of the other
 * side. Transcribe does not document which channels it silences. A little around each range is silenced too, as times of
 * words are not exact.
 */
export async function silence(wavFile: string, ranges: readonly TimeRange[]): Promise<void> {
  const handle = await open(wavFile, 'r+');
  try {
    const head = await handle.read(Buffer.alloc(4096), 0, 4096, 0);
    const { sampleRateHz, channels, dataStart, dataLength } = layoutOf(head.buffer.subarray(0, head.bytesRead));
    const offsetOf = (ms: number) =>
      Math.min(dataLength, Math.max(0, 2 * channels * Math.round((ms * sampleRateHz) / 1000)));
    for (const { startMs, endMs } of ranges) {
      const from = offsetOf(startMs - wordTimeErrorMs);
      const zeros = Buffer.alloc(offsetOf(endMs + wordTimeErrorMs) - from);
      await handle.write(zeros, 0, zeros.length, dataStart + from);
    }
  } finally {
    await handle.close();
  }
}

/** Reads a WAV file of 16 bit samples, its channels mixed to one. */
export async function readSound(wavFile: string): Promise<Sound> {
  const file = await readFile(wavFile);
  const { sampleRateHz, channels, dataStart, dataLength } = layoutOf(file);
  const samples = new Float32Array(Math.floor(dataLength / 2 / channels));
  for (let index = 0; index < samples.length; index += 1) {
    let sum = 0;
    for (let channel = 0; channel < channels; channel += 1) {
      sum += file.readInt16LE(dataStart + 2 * (index * channels + channel));
    }
    samples[index] = sum / channels / 32768;
  }
  return { sampleRateHz, samples };
}

/** Finds the samples in the beginning of a WAV file. */
function layoutOf(file: Buffer): WavLayout {
  let sampleRateHz = 0;
  let channels = 0;
  for (let at = 12; at + 8 <= file.length; ) {
    const name = file.toString('latin1', at, at + 4);
    const length = file.readUInt32LE(at + 4);
    if (name === 'fmt ') {
      channels = file.readUInt16LE(at + 10);
      sampleRateHz = file.readUInt32LE(at + 12);
      const bits = file.readUInt16LE(at + 22);
      if (bits !== 16) throw new Error(`the WAV file has samples of ${bits} bits: only 16 are read`);
    }
    if (name === 'data' && channels > 0) return { sampleRateHz, channels, dataStart: at + 8, dataLength: length };
    at += 8 + length + (length % 2);
  }
  throw new Error('the WAV file has no samples');
}
