import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { type Call, custodyStore, FoundMoment, type Moment } from '../../../../lambdas/calls/calls.ts';
import { Dispute } from '../../../../lambdas/disputes/dispute.ts';
import { type BuildEvidenceNeeds, buildEvidence } from '../../../../lambdas/disputes/evidence/build-evidence.ts';
import { EvidenceConfig } from '../../../../lambdas/disputes/evidence/evidence-config.ts';
import type { EvidencePackage } from '../../../../lambdas/disputes/evidence/evidence-package.ts';
import { type EvidenceSigner, fingerprintOf } from '../../../../lambdas/disputes/evidence/evidence-signer.ts';
import { evidenceStore } from '../../../../lambdas/disputes/evidence/evidence-store.ts';
import { Policies } from '../../../../lambdas/disputes/policies.ts';
import type { Transcript } from '../../../../lambdas/transcription/transcription.ts';
import { NOW, says, transcribingCall, transcriptOf } from '../../builders.ts';
import { memoryDynamodb } from '../../memory-dynamodb.ts';

/** A key pair in the place of KMS. */
export function memorySigner(): EvidenceSigner {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const pem = String(publicKey.export({ type: 'spki', format: 'pem' }));
  return {
    publicKey: async () => ({ pem, fingerprint: fingerprintOf(pem) }),
    sign: async (message) => sign('sha256', message, { key: privateKey, dsaEncoding: 'der' }),
  };
}

/** A call that was tagged, with both kinds of audio and both transcripts. */
export const taggedCall = (callId: string, changes: Partial<Call> = {}): Call => ({
  ...transcribingCall(callId),
  recording: { bucket: 'recordings', key: `support/${callId}.wav`, versionId: 'v1' },
  state: 'tagged',
  rulebookVersion: 'r2',
  tags: ['credit-offered'],
  taggings: [
    { rulebookVersion: 'r1', at: '2026-10-14T09:10:00.000Z', tags: [] },
    { rulebookVersion: 'r2', at: NOW, tags: ['credit-offered'] },
  ],
  job: {
    ...{ kind: 'call-analytics', name: `verbatim-${callId}`, agentChannel: 0 },
    redaction: { keepOriginalTranscript: true },
    outputs: {
      transcript: { bucket: 'transcripts', key: `transcribe-output/redacted-${callId}.json` },
      originalTranscript: { bucket: 'transcripts', key: `transcribe-output/${callId}.json` },
      redactedAudio: { bucket: 'transcripts', key: `transcribe-output/redacted-${callId}.wav` },
    },
  },
  ...changes,
});

export const transcript: Transcript = transcriptOf(
  says('AGENT', 'I will give you a credit of forty dollars.'),
  says('CUSTOMER', 'Thank you.', 4000),
);

export const moment: Moment = {
  ...{ tag: 'credit-offered', startMs: 300, endMs: 2700, speaker: 'AGENT' },
  quote: 'will give you a credit of forty dollars.',
  ...{ ruleId: 'credit', rulebookVersion: 'r2' },
};

const by = { at: NOW, by: 'arn:aws:iam::1:role/agents' };

/** A dispute about calls, decided. */
export const disputeOf = (...callIds: string[]): Dispute =>
  Dispute.parse({
    disputeId: 'd1',
    customerId: 'c-1',
    claim: 'I was promised a credit of 40 dollars',
    ...{ from: '2026-10-01T00:00:00.000Z', to: '2026-11-01T00:00:00.000Z' },
    ...{ state: 'decided', stateSince: NOW, version: 3, openedAt: NOW },
    calls: callIds.map((callId) => ({ ...by, callId })),
    findings: callIds.slice(0, 1).map((callId) => ({
      ...{ ...by, findingId: 'f1', callId, startMs: 300, endMs: 2700, tag: 'credit-offered', quote: moment.quote },
      conclusion: 'the agent promised it',
    })),
    decision: {
      ...{ ...by, outcome: 'upheld', reason: 'it was said' },
      policies: callIds.map((callId) => ({ callId, policy: 'credits', version: '2026/1', inForceFrom: NOW })),
    },
    history: [{ ...by, what: 'opened' }],
  });

const policies = Policies.parse([
  { name: 'credits', versions: [{ version: '2026/1', inForceFrom: '2026-01-01', text: 'At most 25 dollars.' }] },
]);

/** What a world is made of; what is not given is as a call of these tests has it. */
export interface Given {
  readonly calls?: readonly Call[];
  readonly dispute?: Dispute;
  readonly said?: Transcript;
  readonly moments?: readonly Moment[];
  /** Bytes of objects by key, in place of those that there are; `undefined` of one that is gone. */
  readonly objects?: Record<string, Buffer | undefined>;
  readonly originals?: boolean;
  readonly signer?: EvidenceSigner;
}

/** Everything that packages are built of, in memory; `zips` holds what was stored. */
export async function evidenceWorld({
  calls = [taggedCall('call1'), taggedCall('call2')],
  dispute = disputeOf(...calls.map(({ callId }) => callId)),
  said = transcript,
  moments = [moment],
  objects: given = {},
  originals = true,
  signer = memorySigner(),
}: Given = {}) {
  const { client, items } = memoryDynamodb();
  const store = evidenceStore(client, 'table');
  await client.send(new PutCommand({ TableName: 'table', Item: { subject: 'dispute#d1', part: 'dispute' } }));
  const custody = custodyStore(client, 'table', async () => undefined);
  const objects = new Map<string, Buffer | undefined>();
  for (const call of calls) {
    // Only what custody asks of a call's item.
    await putCall(client, call);
    await custody.append(call.callId, { kind: 'received', at: NOW, by: 'verbatim' });
    const { callId, recording, job } = call;
    objects.set(recording.key, Buffer.from(`the sound of ${callId}`));
    objects.set(`transcripts/${callId}.json`, Buffer.from(JSON.stringify(said)));
    if (job?.outputs?.redactedAudio) objects.set(job.outputs.redactedAudio.key, Buffer.from(`less sound of ${callId}`));
    if (job?.outputs?.originalTranscript) objects.set(job.outputs.originalTranscript.key, Buffer.from('{}'));
  }
  for (const [key, bytes] of Object.entries(given)) objects.set(key, bytes);
  const zips = new Map<string, Buffer>();
  const notes: string[] = [];
  const locks: { mode: string; until: string }[] = [];
  const needs: BuildEvidenceNeeds = {
    disputes: {
      get: async (disputeId) => (disputeId === dispute.disputeId ? dispute : undefined),
      async note(_disputeId, { what }) {
        notes.push(what);
        return true;
      },
    },
    evidence: store,
    calls: {
      get: async (callId) => calls.find((one) => one.callId === callId),
      momentsOf: async (callId) => moments.map((one) => FoundMoment.parse({ ...one, callId, occurredAt: NOW })),
      formerMoments: async () => [],
    },
    custody,
    objects: {
      async find({ bucket, key, versionId = 'current' }) {
        const bytes = objects.get(key);
        return bytes && { bucket, key, versionId, sizeBytes: bytes.length };
      },
      async *content({ key }) {
        yield objects.get(key) ?? Buffer.alloc(0);
      },
      async store(key, content, lock) {
        const bytes = Buffer.concat(await Array.fromAsync(content));
        zips.set(key, bytes);
        locks.push(lock);
        const sha256 = createHash('sha256').update(bytes).digest('hex');
        return { versionId: `z${zips.size}`, sizeBytes: bytes.length, sha256 };
      },
    },
    transcriptOf: (callId) => ({ bucket: 'transcripts', key: `transcripts/${callId}.json` }),
    signer,
    rulebookOf: async (version) => (version === 'r2' ? '{"version":"r2"}\n' : undefined),
    policies,
    config: EvidenceConfig.parse({}),
    stack: 'Verbatim in 1, eu-central-1',
    clock: () => new Date(NOW),
  };
  const request = async (requestId = 'request'): Promise<EvidencePackage> => {
    const asked: Omit<EvidencePackage, 'number'> = {
      ...{ disputeId: 'd1', state: 'requested', stateSince: NOW, requestedAt: NOW, by: by.by, byName: 'Kim' },
      ...{ reason: 'the customer asked', originals, callIds: dispute.calls.map(({ callId }) => callId) },
      ...{ attempt: 1, handedOut: [] },
    };
    const created = await store.create(asked, requestId);
    if (!created) throw new Error('there is no such dispute');
    return created.evidence;
  };
  const build = (number = 1, changes: Partial<BuildEvidenceNeeds> = {}, signal = new AbortController().signal) =>
    buildEvidence({ disputeId: 'd1', number }, { ...needs, ...changes }, signal);
  /** The ZIP of a package that is asked for and built. */
  const built = async (): Promise<Buffer> => {
    await request();
    await build();
    return zips.get('disputes/d1/evidence-00001.zip') ?? Buffer.alloc(0);
  };
  return { needs, store, custody, objects, zips, locks, notes, items, client, request, build, built, signer, dispute };
}

async function putCall(client: ReturnType<typeof memoryDynamodb>['client'], call: Call): Promise<void> {
  const Item = { ...call, subject: `call#${call.callId}`, part: 'call' };
  await client.send(new PutCommand({ TableName: 'table', Item }));
}
