import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, GetObjectTaggingCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { ListQueuesCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { inject } from 'vitest';
import { type CallWithMoments, createVerbatimClient, type QualityClient } from '../../client/verbatim-client.ts';
import { callIdOf, callStore, type Recording } from '../../lambdas/calls/calls.ts';
import { claimsOf, tokenOf } from '../../local/identity-provider.ts';

/** The deployed stack, as an uploading team, an app and an operator reach it. */
const outputs = inject('outputs');
const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
export const aws = { endpoint: outputs.endpoint, region: outputs.region, credentials };
export const s3 = new S3Client({ ...aws, forcePathStyle: true });
export const sqs = new SQSClient(aws);
export const dynamodb = DynamoDBDocumentClient.from(new DynamoDBClient(aws), {
  marshallOptions: { removeUndefinedValues: true },
});

export const { buckets, table, urls, qualityUrls } = outputs;
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

async function tagsOf(asked: GetObjectTaggingCommand): Promise<Record<string, string>> {
  const { TagSet = [] } = await s3.send(asked);
  return Object.fromEntries(TagSet.map((tag) => [tag.Key, tag.Value ?? '']));
}

/** A recording's object tags. */
export const objectTags = ({ bucket, key, versionId }: Recording) =>
  tagsOf(new GetObjectTaggingCommand({ Bucket: bucket, Key: key, VersionId: versionId }));

/** The object tags of a call's transcript. */
export const transcriptTags = (callId: string) =>
  tagsOf(new GetObjectTaggingCommand({ Bucket: buckets.transcripts, Key: `transcripts/${callId}.json` }));

/** A JSON object from the transcripts bucket. */
export async function transcriptObject(key: string): Promise<unknown> {
  const object = await s3.send(new GetObjectCommand({ Bucket: buckets.transcripts, Key: key }));
  return JSON.parse((await object.Body?.transformToString()) ?? '');
}

/** The URL of the queue whose name contains `name`. */
async function queueUrl(name: string): Promise<string> {
  const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand({ MaxResults: 1000 }));
  const found = QueueUrls.find((url) => url.includes(name));
  if (found === undefined) throw new Error(`there is no queue ${name}`);
  return found;
}

/** Sends a message to the queue whose name contains `name`. */
export async function sendTo(name: string, body: unknown): Promise<void> {
  await sqs.send(new SendMessageCommand({ QueueUrl: await queueUrl(name), MessageBody: JSON.stringify(body) }));
}

/** Sends what a schedule would to the queue whose name contains `name`. */
export const scheduled = (name: string): Promise<void> =>
  sendTo(name, { 'detail-type': 'Scheduled Event', time: new Date().toISOString() });

/** A person of some teams who asks the quality URL of a role. */
export interface Asker {
  readonly role: keyof typeof qualityUrls;
  readonly person: string;
  readonly teams?: readonly string[];
}

/** The identity token of a person. */
export const tokenOfPerson = ({ person, teams = [] }: Pick<Asker, 'person' | 'teams'>): Promise<string> =>
  tokenOf(inject('identityProvider'), claimsOf(person, teams));

/** The quality URL of a role, as an app asks it for a person. */
export const qualityOf = (asker: Asker): QualityClient =>
  createVerbatimClient({
    ...{ urls: { quality: qualityUrls[asker.role] }, region: outputs.region, credentials },
    identityToken: () => tokenOfPerson(asker),
  }).quality;

/** What `npx verbatim` prints of the deployed stack, as an operator runs it. */
export async function cli(...parameters: string[]): Promise<string> {
  return cliWith({}, ...parameters);
}

/** The same, as a person at the quality URL of a role. */
export async function cliAs(asker: Asker, ...parameters: string[]): Promise<string> {
  const VERBATIM_IDENTITY = await tokenOfPerson(asker);
  return cliWith({ VERBATIM_IDENTITY, VERBATIM_QUALITY_URL: qualityUrls[asker.role] }, ...parameters);
}

async function cliWith(variables: Record<string, string>, ...parameters: string[]): Promise<string> {
  const named = Object.entries(urls).map(([name, url]) => [`VERBATIM_${name.toUpperCase()}_URL`, url]);
  const signing = { AWS_ACCESS_KEY_ID: credentials.accessKeyId, AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey };
  const env = { ...process.env, ...signing, ...Object.fromEntries(named), ...variables };
  const commandLine = ['bin/cli.ts', '--region', aws.region, ...parameters];
  return (await promisify(execFile)(process.execPath, commandLine, { env })).stdout;
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
