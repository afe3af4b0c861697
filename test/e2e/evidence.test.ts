import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeleteObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { fromBufferPromise } from 'yauzl';
import { verifyPackage } from '../../bin/verify/verify-package.ts';
import { type Call, custodyStore } from '../../lambdas/calls/calls.ts';
import type { EvidencePackage } from '../../lambdas/disputes/evidence/evidence-package.ts';
import { hasTools, verifyByHand } from '../bin/verify/by-hand.ts';
import { buckets, cli, dynamodb, s3, sampleAudio, settled, table, upload, verbatim } from './stack.ts';

const CUSTOMER = 'customer-evidence';
const custody = custodyStore(dynamodb, table);

let folder: string;
let promised: Call;
let disputeId: string;
let evidence: EvidencePackage;
let zip: Buffer;
let fingerprint: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'evidence-'));
  const metadata = (startedAt: string) => ({ 'agent-id': 'agent-e', 'customer-id': CUSTOMER, 'started-at': startedAt });
  const [recording, other] = await Promise.all([
    upload(
      'support/evidence/promised.mp3',
      await sampleAudio('credit-over-policy.mp3'),
      metadata('2026-10-14T09:12:00Z'),
    ),
    upload('support/evidence/outage.wav', await sampleAudio('mono-outage.wav'), metadata('2026-10-15T09:12:00Z')),
  ]);
  promised = await settled(recording);
  const outage = await settled(other);
  const opened = await verbatim.openDispute({
    customerId: CUSTOMER,
    claim: 'Your agent promised me a $40 credit.',
    topic: 'credit',
    day: '2026-10-14',
  });
  disputeId = opened.disputeId;
  const taken = await verbatim.takeCalls(opened, {
    callIds: [promised.callId, outage.callId],
    why: 'the calls of that day, and the next',
  });
  const moment = (await verbatim.call(promised.callId)).moments.find(({ tag }) => tag === 'credit-over-policy');
  await verbatim.addFinding(taken, {
    callId: promised.callId,
    startMs: moment?.startMs,
    endMs: moment?.endMs,
    conclusion: 'the agent promised 40 dollars',
  });
  await verbatim.decideDispute(await verbatim.dispute(disputeId), { outcome: 'upheld', reason: 'it was said' });

  evidence = await verbatim.requestEvidence(disputeId, { reason: 'the customer asked for it', byName: 'Kim' });
  const { number } = evidence;
  const state = async () => {
    evidence = await verbatim.evidencePackage(disputeId, number);
    return evidence.state;
  };
  await vi.waitUntil(async () => (await state()) !== 'requested', { timeout: 60_000, interval: 300 });
  expect(evidence).toMatchObject({ state: 'built' });
  const { url } = await verbatim.evidenceLink(disputeId, number, { reason: 'handed to the customer' });
  zip = Buffer.from(await (await fetch(url)).arrayBuffer());
  fingerprint = (await verbatim.evidenceKey()).fingerprint;
});
afterAll(() => rm(folder, { recursive: true }));

const inFolder = async (name: string, bytes: Uint8Array): Promise<string> => {
  await writeFile(join(folder, name), bytes);
  return join(folder, name);
};

/** The bytes of a file of the package. */
async function inPackage(path: RegExp): Promise<Buffer> {
  const opened = await fromBufferPromise(zip, { lazyEntries: true });
  for await (const entry of opened.eachEntry())
    if (path.test(entry.fileName))
      return Buffer.concat(await Array.fromAsync(await opened.openReadStreamPromise(entry)));
  throw new Error(`there is no ${path} in it`);
}

describe('the evidence package of a dispute', () => {
  it('is intact, and holds the very recordings of its calls', async () => {
    const found = await verifyPackage(await inFolder('package.zip', zip), { fingerprint });
    expect(found).toMatchObject({ intact: true, altered: [], keyIsKnown: true });
    const { bucket, key, versionId } = promised.recording;
    expect(found.manifest?.files).toContainEqual(
      expect.objectContaining({
        path: expect.stringMatching(/01-.*\/recording\.mp3$/),
        from: { bucket, key, versionId },
      }),
    );
    expect(await inPackage(/01-.*\/recording\.mp3$/)).toEqual(await sampleAudio('credit-over-policy.mp3'));
    expect((await inPackage(/^index\.html$/)).toString()).toContain('the agent promised 40 dollars');
    expect((await inPackage(/^rulebooks\//)).toString()).toContain('credit-over-policy');
  });

  it('is told by the custody of each call: who asked for it and why, and who was given it', async () => {
    for (const callId of evidence.callIds) {
      const kinds = (await custody.all(callId)).filter(({ kind }) => kind.startsWith('evidence-'));
      expect(kinds.map(({ kind, why }) => [kind, why])).toEqual([
        ['evidence-requested', 'the customer asked for it'],
        ['evidence-built', 'the customer asked for it'],
        ['evidence-handed-out', 'handed to the customer'],
      ]);
      expect(kinds[1]?.details.manifestSha256).toBe(evidence.file?.manifestSha256);
    }
  });

  it('can be removed by nobody for as long as it is kept', async () => {
    const version = { Bucket: buckets.evidence, Key: evidence.file?.key, VersionId: evidence.file?.versionId };
    expect(await s3.send(new HeadObjectCommand(version))).toMatchObject({ ObjectLockMode: 'GOVERNANCE' });
    await expect(s3.send(new DeleteObjectCommand(version))).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  it('is told by the erasure of its customer: it stays', async () => {
    expect(await verbatim.planErasure(CUSTOMER, { reason: 'asked' })).toMatchObject({
      disputes: [disputeId],
      packages: [{ disputeId, number: evidence.number, lockedUntil: evidence.file?.lockedUntil }],
    });
  });

  it.skipIf(!hasTools)('is proven with unzip, openssl and sha256sum alone', async () => {
    const [key, signature, sums, ...checks] = await verifyByHand(folder, zip);
    expect(key?.stdout).toContain(fingerprint);
    expect(signature?.stdout.trim()).toBe('Verified OK');
    expect(sums?.failed).toBe(false);
    for (const { failed, stdout } of checks) expect({ failed, stdout }).toEqual({ failed: false, stdout: '' });
  });
});

describe('the command line', () => {
  it('has a package built, downloads it and proves it; and names what was altered', async () => {
    const file = join(folder, 'by-command.zip');
    expect(await cli('evidence', disputeId, '-o', file, '--reason', 'for the file', '--no-originals')).toContain(
      'intact',
    );
    expect(await cli('verify', file, '--fingerprint', fingerprint)).toContain('intact: every file is as it was signed');
    const altered = await readFile(file);
    const at = altered.indexOf('upheld');
    altered.write('denied', at);
    await expect(cli('verify', await inFolder('altered.zip', altered))).rejects.toMatchObject({
      code: 1,
      stdout: expect.stringContaining('dispute.json: its content was altered'),
    });
    expect(await cli('evidence-key')).toContain(`fingerprint ${fingerprint}`);
  });
});
