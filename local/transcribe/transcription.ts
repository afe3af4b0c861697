import { createWriteStream } from 'node:fs';
import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { type AudioDecoder, readSound, silence } from './audio.ts';
import { speakersOf } from './diarisation.ts';
import { JobFailure } from './errors.ts';
import type { Heard, Job } from './jobs.ts';
import { findPii } from './pii.ts';
import type { Recogniser } from './recogniser.ts';
import { redactedRanges, redactionOf } from './redaction.ts';
import type { S3Location } from './requests.ts';

/** @see https://docs.aws.amazon.com/transcribe/latest/dg/limits-guidelines.html */
const maxBytes = { TranscriptionJob: 2 * 1024 ** 3, CallAnalyticsJob: 500 * 1024 ** 2 };

/** What jobs are done with. */
export interface TranscriptionTools {
  s3: S3Client;
  recogniser: Recogniser;
  decoder: AudioDecoder;
}

/**
 * Does a job's work: reads the audio from S3, recognises it, and writes what the job asks for to S3: the document, a redacted
 * one, redacted audio. Fills in what was found out about the audio. Throws JobFailure with the reason Transcribe documents,
 * or the local recogniser gives.
 */
export async function transcribe(job: Job, tools: TranscriptionTools, signal: AbortSignal): Promise<void> {
  const { plan } = job;
  if (plan.languageCode !== 'en-US') {
    throw new JobFailure(`the local Transcribe recognises en-US only, not ${plan.languageCode}`);
  }
  const folder = await mkdtemp(join(tmpdir(), 'transcribe-'));
  try {
    const file = join(folder, 'audio');
    await download(job, tools.s3, file, signal);
    job.mediaFormat = await formatOf(file);
    if (plan.claimed.format !== undefined && family(plan.claimed.format) !== family(job.mediaFormat)) {
      throw new JobFailure('The media format provided does not match the detected media format.');
    }
    const recognition = await tools.recogniser(file, signal);
    job.sampleRateHz = recognition.sampleRateHz;
    if (plan.claimed.sampleRateHz !== undefined && plan.claimed.sampleRateHz !== job.sampleRateHz) {
      throw new JobFailure('The sample rate provided does not match the detected sample rate.');
    }
    const wavFile = join(folder, 'audio.wav');
    if (plan.maxSpeakers !== undefined || plan.redaction?.audio) await tools.decoder(file, wavFile, signal);
    const words = recognition.channels.map((channel) => channel.words);
    const speakers =
      plan.maxSpeakers === undefined
        ? undefined
        : await speakersOf(await readSound(wavFile), words.flat(), plan.maxSpeakers);
    await write({ recognition, speakers }, wavFile, job, tools.s3, signal);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function write(heard: Heard, wavFile: string, { plan }: Job, s3: S3Client, signal: AbortSignal): Promise<void> {
  const encryption = plan.outputKmsKeyId && {
    ServerSideEncryption: 'aws:kms' as const,
    SSEKMSKeyId: plan.outputKmsKeyId,
  };
  const put = async ({ bucket, key }: S3Location, type: string, body: string | Buffer) => {
    const object = { Bucket: bucket, Key: key, Body: body, ContentType: type, ...encryption };
    await s3.send(new PutObjectCommand(object), { abortSignal: signal });
  };

  const { redaction: redacting } = plan;
  if (redacting === undefined || redacting.keepsOriginal)
    await put(plan.output, 'application/json', JSON.stringify(plan.toDocument(heard)));
  if (redacting === undefined) return;

  const found = findPii(heard.recognition.channels.map((channel) => channel.words));
  const redaction = redactionOf(found, redacting.types);
  await put(redacting.transcript, 'application/json', JSON.stringify(plan.toDocument(heard, redaction)));
  if (redacting.audio === undefined) return;
  await silence(wavFile, redactedRanges(redaction));
  await put(redacting.audio, 'audio/wav', await readFile(wavFile));
}

async function download({ plan }: Job, s3: S3Client, file: string, signal: AbortSignal): Promise<void> {
  const { bucket, key } = plan.media;
  const object = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }), { abortSignal: signal });
  if ((object.ContentLength ?? 0) > maxBytes[plan.kind]) {
    throw new JobFailure('Invalid file size: file size too large.');
  }
  if (!(object.Body instanceof Readable)) throw new Error(`s3://${bucket}/${key} has no content`);
  await pipeline(object.Body, createWriteStream(file), { signal });
}

/** Transcribe's name for the format of an audio file, by its first bytes; undefined if they are not known. */
async function formatOf(file: string): Promise<string | undefined> {
  const handle = await open(file);
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(12), 0, 12, 0).finally(() => handle.close());
  const start = buffer.subarray(0, bytesRead).toString('latin1');
  if (/^(RIFF|RF64|BW64)/.test(start) && start.endsWith('WAVE')) return 'wav';
  if (start.startsWith('fLaC')) return 'flac';
  if (start.startsWith('OggS')) return 'ogg';
  if (start.startsWith('#!AMR')) return 'amr';
  if (start.startsWith('\x1a\x45\xdf\xa3')) return 'webm';
  if (start.startsWith('ftyp', 4)) return start.startsWith('M4A', 8) ? 'm4a' : 'mp4';
  return start.startsWith('ID3') || /^\xff[\xe2-\xff]/.test(start) ? 'mp3' : undefined;
}

const family = (format: string | undefined) => (format === 'm4a' ? 'mp4' : format);
