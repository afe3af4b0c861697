import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, GetObjectTaggingCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { inject } from 'vitest';
import { type CallWithMoments, createVerbatimClient } from '../../bin/client.ts';
import { callIdOf, callStore, type Recording } from '../../lambdas/calls/calls.ts';

/** The deployed stack, as an uploading team, an app and an operator reach it. */
const outputs = inject('outputs');
const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
export const aws = { endpoint: outputs.endpoint, region: outputs.region, credentials };
export const s3 = new S3Client({ ...aws, forcePathStyle: true });
const dynamodb = DynamoDBDocumentClient.from(new DynamoDBClient(aws), {
  marshallOptions: { removeUndefinedValues: true },
});

export const { buckets, urls } = outputs;
export const verbatim = createVerbatimClient({ urls, region: outputs.region, credentials });
export const calls = callStore(dynamodb, outputs.table);

/** A recording's bytes from samples/. */
export const sampleAudio = (file: string) => readFile(join(import.meta.dirname, '../../samples', file));

/** The tags that the starter rulebook gives a call of samples/, sorted. */
export const sampleTags = async (name: string): Promise<string[]> => {
  const { tags } = JSON.parse(await readFile(join(import.meta.dirname, '../../samples', `${name}.json`), 'utf8'));
  return tags.toSorted();
};

/** Uploads a recording as a team does. */
export async function upload(
  key: string,
  body: Uint8Array | string,
  metadata: Record<string, string> = {},
): Promise<Recording> {
  const { VersionId: versionId = '' } = await s3.send(
    new PutObjectCommand({ Bucket: buckets.recordings, Key: key, Body: body, Metadata: metadata }),
  );
  return { bucket: buckets.recordings, key, versionId };
}

/** A recording's object tags. */
export async function objectTags({ bucket, key, versionId }: Recording): Promise<Record<string, string>> {
  const { TagSet = [] } = await s3.send(
    new GetObjectTaggingCommand({ Bucket: bucket, Key: key, VersionId: versionId }),
  );
  return Object.fromEntries(TagSet.map((tag) => [tag.Key, tag.Value ?? '']));
}

/** A JSON object from the transcripts bucket. */
export async function transcriptObject(key: string): Promise<unknown> {
  const object = await s3.send(new GetObjectCommand({ Bucket: buckets.transcripts, Key: key }));
  return JSON.parse((await object.Body?.transformToString()) ?? '');
}

const FINAL = ['tagged', 'rejected', 'failed'];
const GIVE_UP_MS = 120_000;

/** The call of a recording, once it is in a final state. */
export async function settled(recording: Recording): Promise<CallWithMoments> {
  const callId = callIdOf(recording);
  const giveUp = Date.now() + GIVE_UP_MS;
  let state = 'not received';
  while (Date.now() < giveUp) {
    const call = await verbatim.call(callId).catch((error: { status?: number }) => {
      if (error.status === 404) return undefined;
      throw error;
    });
    if (call && FINAL.includes(call.state)) return call;
    state = call?.state ?? state;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`the call of ${recording.key} is still ${state}`);
}

/** Makes the local Transcribe go wrong on purpose; without settings, no more. */
export async function faults(settings: Record<string, unknown> = {}): Promise<void> {
  const response = await fetch(`${outputs.transcribeEndpoint}/faults`, {
    method: 'PUT',
    body: JSON.stringify(settings),
  });
  if (!response.ok) throw new Error(`the local Transcribe answered ${response.status}: ${await response.text()}`);
}
