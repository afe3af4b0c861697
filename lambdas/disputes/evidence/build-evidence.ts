import { createHash } from 'node:crypto';
import { BY_VERBATIM, type CustodyActInput, type CustodyStore } from '../../calls/calls.ts';
import { type Clock, DAY_MS, iso, plusMs } from '../../platform/clock.ts';
import type { Dispute } from '../dispute.ts';
import type { DisputeStore } from '../dispute-store.ts';
import type { Policies } from '../policies.ts';
import { type CallContents, type CallContentsNeeds, callContents } from './call-contents.ts';
import { type EvidenceArchive, evidenceArchive, type PackageFile, textFile } from './evidence-archive.ts';
import type { EvidenceConfig } from './evidence-config.ts';
import { evidenceKey } from './evidence-key.ts';
import type { EvidenceObjects } from './evidence-objects.ts';
import type { BuildMessage, EvidenceFile, EvidencePackage } from './evidence-package.ts';
import type { EvidenceSigner } from './evidence-signer.ts';
import type { EvidenceStore } from './evidence-store.ts';
import {
  EVIDENCE_FORMAT,
  MANIFEST,
  type Manifest,
  type ManifestFile,
  type MissingFile,
  manifestText,
  PUBLIC_KEY,
  SIGNATURE,
  SUMS,
  sumsText,
} from './manifest.ts';
import { indexPage } from './pages.ts';
import { verifyText } from './verify-text.ts';

/** What building a package needs. */
export interface BuildEvidenceNeeds extends CallContentsNeeds {
  readonly disputes: Pick<DisputeStore, 'get' | 'note'>;
  readonly evidence: Pick<EvidenceStore, 'get' | 'noteFile' | 'noteBuilt' | 'noteFailed'>;
  readonly custody: Pick<CustodyStore, 'append' | 'chain'>;
  readonly objects: Pick<EvidenceObjects, 'find' | 'content' | 'store'>;
  readonly signer: EvidenceSigner;
  /** The rulebook of a version, as it was registered; undefined where none was. */
  readonly rulebookOf: (version: string) => Promise<string | undefined>;
  readonly policies: Policies;
  readonly config: EvidenceConfig;
  /** What the stack calls itself: its name, account and region. */
  readonly stack: string;
  readonly clock: Clock;
}

/** What became of a package that was to be built: `skipped` where it was built, or failed, before. */
export interface Built {
  readonly outcome: 'built' | 'failed' | 'skipped';
  readonly reason?: string;
  readonly sizeBytes?: number;
}

/** Why a package cannot be built, in words for who asked for it. */
export class EvidenceFailure extends Error {
  override readonly name = 'EvidenceFailure';
}

/**
 * More audio goes into no package: at 30 MB a second, which a function is reckoned to read, hash and write, it is built in
 * less than the 15 minutes that Lambda gives. What takes longer fails when they are over. Of two channels at 8 kHz in WAV, it is 190 hours.
 */
export const MAX_AUDIO_BYTES = 22_000_000_000;

/** That something was done with each call of a package, for its custody: once, however often it is noted. */
export const custodyOf = (
  kind: 'evidence-requested' | 'evidence-built',
  evidence: EvidencePackage,
  act: Pick<CustodyActInput, 'at' | 'by' | 'person' | 'byName' | 'why'>,
  details: Record<string, string> = {},
): CustodyActInput => ({
  ...act,
  kind,
  details: { disputeId: evidence.disputeId, evidence: evidence.number, ...details },
  actId: `${kind}#${evidence.disputeId}#${evidence.number}`,
});

/** Notes in the custody of each call of a package that it was asked for; once, however often it is noted. */
export async function noteRequested(evidence: EvidencePackage, custody: Pick<CustodyStore, 'append'>): Promise<void> {
  const { requestedAt: at, by, person, byName, reason: why } = evidence;
  for (const callId of evidence.callIds)
    await custody.append(callId, custodyOf('evidence-requested', evidence, { at, by, person, byName, why }));
}

/**
 * Builds a package that was asked for: reads what belongs to its calls from where it is, hashes it, writes it into a ZIP and
 * stores that, all at once and in constant memory; signs the manifest, which is last; then notes it in each call's custody. It
 * may be asked for again at any time: what is done stays done, and only the first ZIP counts.
 *
 * @param signal ends it, with an {@link EvidenceFailure} as its reason
 */
export async function buildEvidence(
  { disputeId, number }: BuildMessage,
  needs: BuildEvidenceNeeds,
  signal: AbortSignal,
): Promise<Built> {
  const { evidence: store, clock } = needs;
  const asked = await store.get(disputeId, number);
  if (asked?.state !== 'requested') return { outcome: 'skipped' };
  let evidence = asked;
  if (!evidence.file) {
    try {
      const file = await storedPackage(evidence, needs, signal);
      const noted = await store.noteFile(evidence, file);
      // Another build of the same package was first: its ZIP is the one that counts.
      if (!noted) return { outcome: 'skipped' };
      evidence = noted;
    } catch (error) {
      const told = signal.aborted && signal.reason instanceof EvidenceFailure ? signal.reason : error;
      if (!(told instanceof EvidenceFailure)) throw error;
      await failed(evidence, told.message, needs);
      return { outcome: 'failed', reason: told.message };
    }
  }
  const { file } = evidence;
  if (!file) return { outcome: 'skipped' };
  const act = { at: file.builtAt, by: BY_VERBATIM, why: evidence.reason };
  for (const callId of evidence.callIds)
    await needs.custody.append(
      callId,
      custodyOf('evidence-built', evidence, act, { manifestSha256: file.manifestSha256 }),
    );
  const now = iso(clock());
  if (await store.noteBuilt(evidence, now))
    await needs.disputes.note(disputeId, { at: now, by: BY_VERBATIM, what: 'evidence-built', reason: evidence.reason });
  return { outcome: 'built', sizeBytes: file.sizeBytes };
}

/** Notes that a package cannot be built, and why; undefined where it is not asked for any more, or stored already. */
export async function failed(
  evidence: EvidencePackage,
  reason: string,
  { evidence: store, disputes, clock }: Pick<BuildEvidenceNeeds, 'evidence' | 'disputes' | 'clock'>,
): Promise<EvidencePackage | undefined> {
  const at = iso(clock());
  const noted = await store.noteFailed(evidence, at, reason);
  if (noted) await disputes.note(evidence.disputeId, { at, by: BY_VERBATIM, what: 'evidence-failed', reason });
  return noted;
}

async function storedPackage(
  evidence: EvidencePackage,
  needs: BuildEvidenceNeeds,
  signal: AbortSignal,
): Promise<EvidenceFile> {
  const dispute = await needs.disputes.get(evidence.disputeId);
  if (!dispute) throw new EvidenceFailure('the dispute is gone');
  await noteRequested(evidence, needs.custody);

  const builtAt = iso(needs.clock());
  const until = plusMs(builtAt, needs.config.keepDays * DAY_MS);
  const key = evidenceKey(evidence.disputeId, evidence.number);
  const broken = new AbortController();
  const ending = AbortSignal.any([signal, broken.signal]);
  const archive = evidenceArchive(ending);
  const write = writePackage(evidence, dispute, builtAt, needs, archive);
  const stored = needs.objects.store(key, archive.output, { mode: needs.config.mode, until }, ending);
  // Whichever breaks first ends the other.
  for (const one of [write, stored]) one.catch((error: unknown) => broken.abort(error));
  const [{ manifestSha256, signature, missing, keyFingerprint }, { versionId, sizeBytes, sha256 }] = await Promise.all([
    write,
    stored,
  ]);
  const where = { key, versionId, sizeBytes, sha256 };
  return { ...where, manifestSha256, signature, keyFingerprint, builtAt, lockedUntil: until, missing };
}

async function writePackage(
  evidence: EvidencePackage,
  dispute: Dispute,
  builtAt: string,
  needs: BuildEvidenceNeeds,
  archive: EvidenceArchive,
) {
  const { disputeId, number, originals, reason, by, person, byName, requestedAt } = evidence;
  const { pem, fingerprint } = await needs.signer.publicKey();
  const files: ManifestFile[] = [];
  const missing: MissingFile[] = [];
  const write = async (file: PackageFile) => void files.push(await archive.add(file));
  const writeText = (path: string, text: string) => write(textFile(path, text));

  await writeText('dispute.json', `${JSON.stringify(dispute, null, 2)}\n`);
  const contents: Pick<CallContents, 'told' | 'call'>[] = [];
  const versions = new Set<string>();
  let audioBytes = 0;
  for (const [i, callId] of evidence.callIds.entries()) {
    // One call after the other: the texts of one are in memory, and no more.
    const {
      told,
      call,
      files: ofCall,
      missing: ofCallMissing,
      ...size
    } = await callContents(callId, i + 1, originals, needs);
    audioBytes += size.audioBytes;
    if (audioBytes > MAX_AUDIO_BYTES) {
      const most = MAX_AUDIO_BYTES / 1e9;
      const what = `the audio of its calls is larger than ${most} GB, which can be built in time`;
      throw new EvidenceFailure(
        originals
          ? `${what}: ask without originals, or open a dispute for some of its calls`
          : `${what}: open a dispute for some of its calls`,
      );
    }
    for (const file of ofCall) await write(file);
    missing.push(...ofCallMissing);
    contents.push({ told, call });
    for (const one of [...(call?.taggings ?? []), { rulebookVersion: call?.rulebookVersion }])
      if (one.rulebookVersion !== undefined) versions.add(one.rulebookVersion);
  }

  const documents: { path: string; name: string }[] = [];
  const document = async (path: string, name: string, text: string | undefined, because: string) => {
    if (text === undefined) missing.push({ path, because });
    else {
      await writeText(path, text);
      documents.push({ path, name });
    }
  };
  for (const version of [...versions].toSorted()) {
    const because = 'calls were tagged by it before rulebooks were registered, or it is not kept any more';
    await document(
      `rulebooks/${fileName(version)}.json`,
      `rulebook ${version}`,
      await needs.rulebookOf(version),
      because,
    );
  }
  for (const { policy, version } of policiesOf(dispute)) {
    const because = 'no policy of the deployed config has this version any more';
    await document(
      `policies/${policy}-${fileName(version)}.txt`,
      `policy ${policy}, version ${version}`,
      policyText(needs.policies, policy, version),
      because,
    );
  }

  const calls = contents.map(({ told, call }) => ({ ...told, call }));
  await writeText('index.html', indexPage({ dispute, number, builtAt, reason, calls, documents, missing }));
  await writeText('VERIFY.txt', verifyText(disputeId, number, fingerprint));
  await writeText(PUBLIC_KEY, pem);
  await writeText(SUMS, sumsText(files));

  const manifest: Manifest = {
    ...{ format: EVIDENCE_FORMAT, disputeId, number, requestedAt },
    requestedBy: { by, ...(person !== undefined && { person }), ...(byName !== undefined && { byName }) },
    ...{ reason, builtAt, builtBy: needs.stack, originals, keyFingerprint: fingerprint },
    calls: contents.map(({ told }) => told),
    ...{ files, missing },
  };
  const text = manifestText(manifest);
  const signature = await needs.signer.sign(Buffer.from(text));
  const { sha256: manifestSha256 } = await archive.add(textFile(MANIFEST, text));
  await archive.add({ path: SIGNATURE, content: () => [signature] });
  archive.end();
  return {
    manifestSha256,
    signature: signature.toString('base64'),
    ...{ missing, keyFingerprint: fingerprint },
  };
}

/** The versions of policies by which a dispute was decided, each once. */
function policiesOf({ decision }: Dispute): { policy: string; version: string }[] {
  const named = (decision?.policies ?? []).flatMap(({ policy, version }) =>
    version === undefined ? [] : [{ policy, version }],
  );
  return [...new Map(named.map((one) => [JSON.stringify([one.policy, one.version]), one])).values()];
}

function policyText(policies: Policies, policy: string, version: string): string | undefined {
  const found = policies.find(({ name }) => name === policy)?.versions.find((one) => one.version === version);
  if (!found) return undefined;
  const { inForceFrom, text, summary, url } = found;
  const says = text ?? `${summary ?? ''}\n\nThe whole of it: ${url ?? ''}`;
  return `Policy: ${policy}\nVersion: ${version}\nIn force from: ${inForceFrom}\n\n${says}\n`;
}

/** A version as a part of a file's name: what a name had better not hold is replaced, and a hash tells such versions apart. */
function fileName(version: string): string {
  const harmless = version
    .replaceAll(/[^A-Za-z0-9._-]/g, '_')
    .replace(/^\./, '_')
    .slice(0, 100);
  if (harmless === version) return version;
  return `${harmless}-${createHash('sha256').update(version).digest('hex').slice(0, 8)}`;
}
