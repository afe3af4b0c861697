import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import * as z from 'zod';
import { callIdOf, type Recording } from '../lambdas/calls/calls.ts';
import { credentials } from './emulator.ts';
import type { LocalOutputs } from './outputs.ts';
import { repository } from './processes.ts';

/** A sample call, as `samples/<name>.json` describes it. It happened `daysAgo` days before it is uploaded. */
export const Sample = z.object({
  recording: z.string().min(1),
  title: z.string().min(1),
  daysAgo: z.number().int().nonnegative(),
  timeOfDay: z.string().regex(/^\d{2}:\d{2}:\d{2}Z$/, 'must be a UTC time like 09:12:00Z'),
  metadata: z.object({ 'agent-id': z.string(), 'customer-id': z.string() }).catchall(z.string()),
});

/** The shape of {@link Sample}. */
export type Sample = z.infer<typeof Sample>;

/** A sample that was uploaded: where it is, and the id of the call it records. */
export interface UploadedSample {
  sample: Sample;
  recording: Recording;
  callId: string;
  startedAt: string;
}

const contentTypes: Record<string, string> = {
  '.flac': 'audio/flac',
  '.m4a': 'audio/mp4',
  '.mp3': 'audio/mpeg',
  '.mp4': 'audio/mp4',
  '.ogg': 'audio/ogg',
  '.wav': 'audio/wav',
  '.webm': 'audio/webm',
};

/**
 * The media type of an audio file, by its extension.
 *
 * @throws Error for an extension that is no audio format Amazon Transcribe takes.
 */
export function contentTypeOf(file: string): string {
  const contentType = contentTypes[extname(file).toLowerCase()];
  if (contentType === undefined) {
    throw new Error(`${file} has no known audio extension: use one of ${Object.keys(contentTypes).join(', ')}`);
  }
  return contentType;
}

/** When a sample call began (ISO 8601 UTC): its time of day, on the UTC day that is `daysAgo` before `now`. */
export function startOf(sample: Pick<Sample, 'daysAgo' | 'timeOfDay'>, now: Date): string {
  const day = new Date(now);
  day.setUTCDate(day.getUTCDate() - sample.daysAgo);
  return `${day.toISOString().slice(0, 10)}T${sample.timeOfDay}`;
}

/** Where the support team puts a recording: `support/<yyyy>/<mm>/<dd>/<file>`, by the UTC day the call began. */
export function keyOf(file: string, startedAt: string): string {
  return `support/${startedAt.slice(0, 10).replaceAll('-', '/')}/${file}`;
}

/**
 * The samples that `directory` describes, in the order of their file names.
 *
 * @throws Error naming the file and the field that is not as {@link Sample} says, or that there are none.
 */
export async function readSamples(directory = join(repository, 'samples')): Promise<Sample[]> {
  const files = (await readdir(directory)).filter((file) => file.endsWith('.json')).sort();
  if (files.length === 0) throw new Error(`${directory} describes no samples: it has no .json file`);
  return Promise.all(
    files.map(async (file) => {
      const parsed = Sample.safeParse(JSON.parse(await readFile(join(directory, file), 'utf8')));
      if (!parsed.success) throw new Error(`${join(directory, file)}: ${z.prettifyError(parsed.error)}`);
      return parsed.data;
    }),
  );
}

/** Uploads every sample as the support team uploads its recordings: with the call's metadata on the object. */
export async function uploadSamples(outputs: LocalOutputs, now = new Date()): Promise<UploadedSample[]> {
  const { endpoint, region } = outputs;
  const s3 = new S3Client({ endpoint, region, credentials, forcePathStyle: true });
  const bucket = outputs.buckets.recordings;
  const uploaded: UploadedSample[] = [];
  for (const sample of await readSamples()) {
    const startedAt = startOf(sample, now);
    const key = keyOf(sample.recording, startedAt);
    const { VersionId: versionId } = await s3.send(
      new PutObjectCommand({
        Bucket: bucket,
        Key: key,
        Body: await readFile(join(repository, 'samples', sample.recording)),
        ContentType: contentTypeOf(sample.recording),
        Metadata: { ...sample.metadata, 'started-at': startedAt },
        ChecksumAlgorithm: 'SHA256',
      }),
    );
    if (versionId === undefined) throw new Error(`bucket ${bucket} gave ${key} no version: it must be versioned`);
    const recording = { bucket, key, versionId };
    uploaded.push({ sample, recording, callId: callIdOf(recording), startedAt });
  }
  s3.destroy();
  return uploaded;
}
