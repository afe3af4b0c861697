import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  ListBucketsCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { ListQueuesCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import {
  ListCallAnalyticsJobsCommand,
  ListTranscriptionJobsCommand,
  TranscribeClient,
} from '@aws-sdk/client-transcribe';
import { paginateScan } from '@aws-sdk/lib-dynamodb';
import { describe, expect, inject, it } from 'vitest';
import { type Call, callIdOf, type Recording } from '../../lambdas/calls/calls.ts';
import { type ListedVersion, objectVersions } from '../../lambdas/platform/object-versions.ts';
import { copyStores } from '../../lambdas/retention/expiry/copy-stores.ts';
import { declaresItem, declaresObjects } from '../../lambdas/retention/expiry/kept.ts';
import { receiptStore } from '../../lambdas/retention/expiry/receipt-store.ts';
import {
  aws,
  buckets,
  calls,
  dynamodb,
  s3,
  sampleAudio,
  scheduled,
  sendTo,
  settled,
  sqs,
  upload,
  verbatim,
} from './stack.ts';

const outputs = inject('outputs');
const transcribe = new TranscribeClient({ ...aws, endpoint: outputs.transcribeEndpoint });
const versions = objectVersions(s3);
const receipts = receiptStore(dynamodb, outputs.table, 2557);

/** A word that no other test says. */
const MARKER = 'quagmarked';
const LONG_AGO = '2024-02-03T10:00:00Z';
const ERASED_DAY = '2026-10-02';

/** Sends what the daily schedule would. */
const sweep = () => scheduled('ExpireCallsQueue');

/** Sends the event that S3 would: that of the emulator does not tell the version. */
async function deletionEvent(
  { bucket, key, versionId }: Recording,
  deletionType: string,
  reason = 'Lifecycle Expiration',
): Promise<void> {
  const detail = {
    ...{ bucket: { name: bucket }, object: { key, 'version-id': versionId } },
    ...{ reason, 'deletion-type': deletionType },
  };
  await sendTo('ExpireCallsQueue', { 'detail-type': 'Object Deleted', detail });
}

async function everyVersion(): Promise<ListedVersion[]> {
  const { Buckets = [] } = await s3.send(new ListBucketsCommand({}));
  const names = Buckets.flatMap(({ Name }) => (Name && !/^cdk-/.test(Name) ? [Name] : []));
  return (await Promise.all(names.map((name) => versions.allBelow(name, '')))).flat();
}

async function everyItem(): Promise<Record<string, unknown>[]> {
  const items: Record<string, unknown>[] = [];
  for await (const page of paginateScan({ client: dynamodb }, { TableName: outputs.table }))
    items.push(...(page.Items ?? []));
  return items;
}

/** The text of an object, its metadata and tags: all in which a word can be. */
async function textOf({ bucket, key, versionId, deleteMarker }: ListedVersion): Promise<string> {
  if (deleteMarker) return key;
  const at = { Bucket: bucket, Key: key, VersionId: versionId };
  const [object, tags] = await Promise.all([
    s3.send(new GetObjectCommand(at)),
    s3.send(new GetObjectTaggingCommand(at)),
  ]);
  const bytes = Buffer.from((await object.Body?.transformToByteArray()) ?? []);
  return `${key} ${JSON.stringify([object.Metadata, tags.TagSet])} ${bytes.toString('latin1')}`;
}

/** Where any of these words is: objects of every bucket with every version, items, messages, and jobs of Transcribe. */
async function whereIs(words: readonly string[], ofCalls: readonly string[]): Promise<string[]> {
  const has = (text: string) => words.some((word) => text.includes(word));
  const found: string[] = [];
  // Of the many calls of other tests, the recordings are not read.
  const isOthers = ({ key }: ListedVersion) =>
    /^(support|sidecars|manifests|connect)\//.test(key) && !key.includes('expiry');
  const read = (await everyVersion()).filter((version) => !isOthers(version) || has(version.key));
  for (let first = 0; first < read.length; first += 30) {
    const some = read.slice(first, first + 30);
    const texts = await Promise.all(some.map(textOf));
    found.push(...some.filter((_, i) => has(texts[i] ?? '')).map(({ bucket, key }) => `${bucket}/${key}`));
  }
  for (const item of await everyItem()) if (has(JSON.stringify(item))) found.push(`${item.subject} ${item.part}`);
  const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand({ MaxResults: 1000 }));
  for (const QueueUrl of QueueUrls.filter((url) => /DeadLetter/.test(url))) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 0 }),
    );
    for (const { Body = '' } of Messages) if (has(Body)) found.push(QueueUrl);
  }
  for (const NameContains of ofCalls) {
    const [standard, analytics] = await Promise.all([
      transcribe.send(new ListTranscriptionJobsCommand({ JobNameContains: NameContains })),
      transcribe.send(new ListCallAnalyticsJobsCommand({ JobNameContains: NameContains })),
    ]);
    found.push(
      ...(standard.TranscriptionJobSummaries ?? []).map((job) => `job ${job.TranscriptionJobName}`),
      ...(analytics.CallAnalyticsJobSummaries ?? []).map((job) => `job ${job.CallAnalyticsJobName}`),
    );
  }
  return found;
}

/** Says the marker in a call: in all that Transcribe wrote of it, and in our reading of it. */
async function sayMarker(call: Call): Promise<void> {
  const locations = Object.values(call.job?.outputs ?? {});
  const keys = [...locations.map(({ key }) => key), `transcripts/${call.callId}.json`];
  for (const Key of keys.filter((key) => key.endsWith('.json'))) {
    const object = await s3.send(new GetObjectCommand({ Bucket: buckets.transcripts, Key }));
    const text = (await object.Body?.transformToString()) ?? '';
    const said = text
      .replaceAll('"text":"', `"text":"${MARKER} `)
      .replaceAll('"transcript":"', `"transcript":"${MARKER} `);
    const Body = said.replace(/\}$/, `,"note":"${MARKER}"}`);
    await s3.send(new PutObjectCommand({ Bucket: buckets.transcripts, Key, Body }));
  }
}

const metadata = { 'agent-id': 'agent-expiry', 'customer-id': `customer-${MARKER}`, 'started-at': LONG_AGO };

let stereo: Recording;
let mono: Recording;
let withSidecar: Recording;
let withManifest: Recording;
let rejected: Recording;
let recent: Recording;
let erasable: Recording;

/** A customer of whom nobody but the marker tells. */
const erasedCustomer = `erased-${MARKER}`;

it('calls of each kind are taken up, and a word is said in all that is kept of them', async () => {
  const audio = await sampleAudio('credit-over-policy.mp3');
  const card = await readFile(join(import.meta.dirname, '../fixtures/audio/card-number.ogg'));
  stereo = await upload(`support/expiry/${MARKER}-stereo.mp3`, audio, metadata);
  mono = await upload(`support/expiry/${MARKER}-mono.ogg`, card, metadata);
  const key = `sidecars/expiry/${MARKER}.mp3`;
  const sidecar = { agent: { id: 'agent-expiry' }, customer: `customer-${MARKER}`, started: LONG_AGO };
  await upload(`${key}.json`, JSON.stringify(sidecar));
  withSidecar = await upload(key, audio);
  await upload(
    `manifests/expiry/calls.csv`,
    `file,Agent,Customer,Start\n${MARKER}.mp3,agent-expiry,customer-${MARKER},03.02.2024 10:00:00\n`,
  );
  withManifest = await upload(`manifests/expiry/${MARKER}.mp3`, audio);
  rejected = await upload(`support/expiry/${MARKER}-notes.mp3`, `these are notes of ${MARKER}`, metadata);
  recent = await upload('support/expiry/recent.mp3', audio, {
    ...metadata,
    'customer-id': 'c',
    'started-at': '2026-10-01T10:00:00Z',
  });
  erasable = await upload(`support/expiry/${MARKER}-erased.mp3`, audio, {
    ...metadata,
    'customer-id': erasedCustomer,
    'started-at': `${ERASED_DAY}T10:00:00Z`,
  });
  for (const recording of [stereo, mono, withSidecar, withManifest, recent, erasable])
    expect(await settled(recording), recording.key).toMatchObject({ state: 'tagged' });
  expect(await settled(rejected)).toMatchObject({ state: 'rejected' });
  await expect
    .poll(async () => (await calls.get(callIdOf(mono)))?.job?.outputs?.redactedAudio, {
      timeout: 60_000,
      interval: 300,
    })
    .toBeDefined();
  for (const recording of [stereo, mono, withSidecar, withManifest, erasable]) {
    const call = await calls.get(callIdOf(recording));
    if (call) await sayMarker(call);
  }
  // Tagged anew, so that there are former moments, and moments in which the marker is said.
  const { rulebook } = await verbatim.deployedRulebook();
  const next = {
    version: `expiry-${Date.now()}`,
    rules: [...rulebook.rules, { id: 'x', tag: 'recorded-said', phrases: ['recorded'] }],
  };
  const { retagId } = await verbatim.retag({ rulebook: next, dryRun: false, slice: { agentId: 'agent-expiry' } });
  await expect.poll(async () => (await verbatim.retagReport(retagId)).state, { timeout: 60_000 }).toBe('done');
  const marked = await whereIs([MARKER], []);
  for (const place of [
    /recordings.*\/support/,
    /transcribe-output/,
    /\/transcripts\//,
    / moment#/,
    / call$/,
    /^manifest#/,
  ])
    expect(
      marked.some((where) => place.test(where)),
      `${place}`,
    ).toBe(true);
}, 400_000);

describe('everything that is kept', () => {
  it('is declared: each object and each item is a copy of a call, or is told why it is none', async () => {
    const environment = { TABLE_NAME: outputs.table, TRANSCRIPTS_BUCKET: buckets.transcripts, JOB_NAME_PREFIX: 'any.' };
    const stores = copyStores({ s3, dynamodb, transcribe, environment, sources: [] });
    const nameOf = new Map([
      [buckets.recordings, 'recordings' as const],
      [buckets.transcripts, 'transcripts' as const],
      [outputs.insights.bucket, 'insights' as const],
    ]);
    const objects = (await everyVersion()).filter(({ bucket, key }) => {
      const name = nameOf.get(bucket);
      return !name || !declaresObjects(stores, name, key);
    });
    expect(objects.map(({ bucket, key }) => `${bucket}/${key}`)).toEqual([]);
    const items = (await everyItem()).map(({ subject, part }) => ({ subject: String(subject), part: String(part) }));
    expect(items.filter((item) => !declaresItem(stores, item))).toEqual([]);
    expect(items.some(({ part }) => part.startsWith('tagging#'))).toBe(true);
  });
});

/** The call of a recording is gone, with a receipt that says why. */
async function deleted(recording: Recording, reason: string): Promise<void> {
  const callId = callIdOf(recording);
  await expect
    .poll(async () => (await receipts.whole(callId))?.deletedAt, { timeout: 60_000, interval: 300 })
    .toBeDefined();
  const receipt = await receipts.whole(callId);
  expect(receipt).toMatchObject({ callId, reason });
  expect(receipt?.copies.filter((copy) => copy.outcome !== 'removed')).toEqual([]);
  expect(await calls.get(callId)).toBeUndefined();
}

/**
 * What tells of a call that is gone by its id, and holds no customer and no word: its receipt, what a retag did, its erasure, the agent's
 * score, and that the dataset has nothing of it any more.
 */
const STAYS = /^(receipts?#|retag#|erasure#|agent#\S+ score#|insights#call#)|\/calls\/day=[^/]+\/gone-/;

/** Nothing tells of calls by any of these words but {@link STAYS}, once the day of theirs is compacted, as the schedule does. */
async function nothingElseTells(words: readonly string[], ids: readonly string[], day: string): Promise<void> {
  const left = async () => {
    await sendTo('WriteDatasetQueue', { kind: 'compact', day });
    return (await whereIs(words, ids)).filter((where) => !STAYS.test(where));
  };
  await expect.poll(left, { timeout: 60_000, interval: 2000 }).toEqual([]);
}

/** Nothing tells of these recordings but {@link STAYS}, in which there is no customer and no key. */
async function leavesNothing(recordings: readonly Recording[]): Promise<void> {
  const ids = recordings.map(callIdOf);
  expect(
    await whereIs(
      recordings.map(({ key }) => key),
      ids,
    ),
  ).toEqual([]);
  await nothingElseTells(ids, ids, LONG_AGO.slice(0, 10));
  expect((await whereIs(ids, ids)).some((where) => where.startsWith('receipt#'))).toBe(true);
}

describe('a call that somebody deletes by hand', () => {
  it('stays where there is but a delete marker over its recording', async () => {
    const { bucket, key } = stereo;
    const { VersionId } = await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
    await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: key, VersionId }));
    expect(await calls.get(callIdOf(stereo))).toMatchObject({ state: 'tagged' });
  });

  it('goes with everything else of it where the version of its recording is gone', async () => {
    expect((await whereIs([callIdOf(stereo)], [callIdOf(stereo)])).length).toBeGreaterThan(5);
    const { bucket, key, versionId } = stereo;
    await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: key, VersionId: versionId }));
    await deletionEvent(stereo, 'Permanently Deleted', 'DeleteObject');
    await deleted(stereo, 'manual');
    await leavesNothing([stereo]);
  });
});

describe('a call whose recording lifecycle expires', () => {
  it('goes with everything else of it, though its version is only hidden', async () => {
    const { bucket, key } = withSidecar;
    const { VersionId = '' } = await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
    await deletionEvent({ bucket, key, versionId: VersionId }, 'Delete Marker Created');
    await deleted(withSidecar, 'lifecycle');
    await leavesNothing([withSidecar]);
  });
});

describe('a call of a customer who is erased', () => {
  it('goes with everything else of it, long before it is due, and then nobody can tell who it was', async () => {
    const { erasureId } = await verbatim.eraseCustomer(erasedCustomer, { reason: 'asked by letter' });
    await deleted(erasable, 'erased');
    const state = async () => {
      // As the message does that is delayed when an erasure is opened.
      await sendTo('EraseCallsQueue', { kind: 'begin', erasureId, again: true });
      return (await verbatim.erasure(erasureId)).state;
    };
    await expect.poll(state, { timeout: 60_000, interval: 1_000 }).toBe('done');
    const words = [erasable.key, callIdOf(erasable), erasedCustomer];
    await nothingElseTells(words, [callIdOf(erasable)], ERASED_DAY);
    expect(await whereIs([erasedCustomer], [])).toEqual([]);
  });
});

describe('calls that are due', () => {
  it('are deleted by the daily sweep', async () => {
    await sweep();
    for (const recording of [mono, withManifest, rejected]) await deleted(recording, 'expired');
    await leavesNothing([mono, withManifest, rejected]);
  });

  it('are not deleted before', async () => {
    expect(await calls.get(callIdOf(recent))).toMatchObject({ state: 'tagged' });
    const { bucket, key, versionId } = recent;
    await deletionEvent({ bucket, key, versionId }, 'Permanently Deleted');
    await sweep();
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    expect(await calls.get(callIdOf(recent))).toMatchObject({ state: 'tagged' });
    expect(await receipts.whole(callIdOf(recent))).toBeUndefined();
  });
});

it('leaves no word that was marked, in no place: of many calls, a manifest goes when it has served its time', async () => {
  const manifest = `${buckets.recordings}/manifests/expiry/calls.csv`;
  expect(await whereIs([MARKER], [])).toEqual([manifest]);
  const to = new Date(Date.now() + 31 * 86_400_000).toISOString();
  await sendTo('FindMissedQueue', { prefix: 'manifests/expiry/', from: to, to });
  await expect.poll(() => whereIs([MARKER], []), { timeout: 60_000, interval: 1_000 }).toEqual([]);
});
