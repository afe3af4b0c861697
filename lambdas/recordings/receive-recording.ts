import { type Call, callIdOf, type Recording, receivedCall } from '../calls/calls.ts';
import { iso } from '../platform/clock.ts';
import {
  copyTags,
  decideRetention,
  type EraseArrivedNeeds,
  eraseArrived,
  type HoldArrivedNeeds,
  holdArrived,
  objectLockOf,
  type RetentionConfig,
  retentionSubject,
} from '../retention/retention.ts';
import { type StartTranscriptionNeeds, startTranscription } from '../transcription/transcription.ts';
import { type Evidence, type Examination, examineRecording } from './examine-recording.ts';
import type { ManifestStore } from './manifest-store.ts';
import type { Rejection } from './recording.ts';
import type { RecordingStore } from './recording-store.ts';
import { sidecarKeyOf } from './sidecar.ts';
import { identifySource, type SourceConfig } from './sources.ts';

/** What receiving a recording needs. */
export interface ReceiveRecordingNeeds extends StartTranscriptionNeeds, HoldArrivedNeeds, EraseArrivedNeeds {
  readonly sources: readonly SourceConfig[];
  readonly retention: RetentionConfig;
  readonly recordings: RecordingStore;
  readonly manifests: ManifestStore;
}

/** What became of a recording when its event came; `reason` is a code, where it went no further. */
export interface Receipt {
  readonly callId: string;
  readonly outcome: 'queued' | 'transcribing' | 'rejected' | 'failed' | 'already-received';
  readonly reason?: string;
}

/**
 * Takes up a recording: writes its call, reads its metadata and audio, decides its retention, tags the object and
 * starts its transcription; or rejects it with the reason, and keeps it. Every step may be done again: the same
 * recording has the same call and the same job, however often and in whatever order its events come.
 */
export async function receiveRecording(recording: Recording, needs: ReceiveRecordingNeeds): Promise<Receipt> {
  const { calls } = needs;
  const callId = callIdOf(recording);
  const fresh = receivedCall(callId, recording, identifySource(recording.key, needs.sources)?.name, iso(needs.clock()));
  const call = (await calls.create(fresh)) ? fresh : await calls.get(callId);
  const examined = call?.state === 'received' ? await examine(call, needs) : call;
  // Also of a call that was examined before: a crash may have come in between.
  if (examined) {
    await holdArrived(examined, needs);
    await eraseArrived(examined, needs);
  }
  // A call is `transcribing` before its job is asked for: when a crash falls between, the event that comes again asks.
  if (examined?.state === 'transcribing') {
    const outcome = await startTranscription(examined, needs);
    return { callId, outcome, ...(outcome === 'failed' && { reason: 'transcription-refused' }) };
  }
  if (examined === undefined || examined === call) return { callId, outcome: 'already-received' };
  return { callId, outcome: outcomeOf(examined.state), reason: examined.stateReason?.code };
}

const outcomeOf = (state: Call['state']): Receipt['outcome'] =>
  state === 'queued' || state === 'rejected' ? state : 'failed';

/** What other objects say of a recording, where its source has such. */
async function description(
  { bucket, key }: Recording,
  source: SourceConfig,
  { recordings, manifests }: ReceiveRecordingNeeds,
): Promise<Pick<Evidence, 'sidecar' | 'manifestRow'>> {
  const sidecarKey = sidecarKeyOf(key, source);
  const hasManifests = source.metadata.some((convention) => convention.from === 'manifest');
  const [sidecar, manifestRow] = await Promise.all([
    sidecarKey === undefined ? undefined : recordings.text(bucket, sidecarKey),
    hasManifests ? manifests.get(bucket, key) : undefined,
  ]);
  return { sidecar, manifestRow };
}

/** Decides whether the call's recording is taken up, and moves the call on accordingly. */
async function examine(call: Call, needs: ReceiveRecordingNeeds): Promise<Call | undefined> {
  const { calls, recordings, sources, clock } = needs;
  const { recording } = call;
  const [stored, currentVersion] = await Promise.all([
    recordings.head(recording),
    recordings.currentVersion(recording.bucket, recording.key),
  ]);
  if (!stored || !currentVersion) {
    const message = 'this version of the recording was deleted before it was read';
    return calls.enter(call, 'failed', iso(clock()), {}, { code: 'recording-gone', message });
  }
  const { sizeBytes, metadata: s3Metadata } = stored;
  const header = sizeBytes > 0 ? await recordings.audioHeader(recording, sizeBytes) : undefined;
  const source = identifySource(recording.key, sources);
  const described = source && (await description(recording, source, needs));
  const evidence = { key: recording.key, sizeBytes, s3Metadata, header, ...described };
  const examination = examineRecording(evidence, source, sources, call.receivedAt);
  const { facts } = examination;

  const known = { ...facts, source: source?.name, receivedAt: call.receivedAt };
  const retention = decideRetention(retentionSubject(known, sources), needs.retention);
  // Transcribe reads what is current under a key: it would take a newer recording for this one.
  const rejection = currentVersion === recording.versionId ? rejectionOf(examination) : replacedBy(currentVersion);
  await recordings.tag(recording, {
    ...copyTags({ ...call, retention }),
    'call-id': call.callId,
    ...(rejection && { rejected: rejection.code }),
  });
  const lock = objectLockOf(retention, needs.retention, iso(clock()));
  if (lock) await recordings.lock(recording, lock);
  if (rejection || !examination.accepted) {
    return calls.enter(call, 'rejected', iso(clock()), { ...facts, sizeBytes, retention }, rejection);
  }
  const { redaction } = examination.source;
  const job = needs.jobs.jobOf({
    callId: call.callId,
    attempt: call.attempt,
    channels: examination.facts.audio.channels,
    agentChannel: examination.source.agentChannel,
    redaction: 'offBecause' in redaction ? undefined : redaction,
  });
  const next = (await needs.gate.isClosed()) ? 'queued' : 'transcribing';
  return calls.enter(call, next, iso(clock()), { ...facts, sizeBytes, retention, job });
}

const rejectionOf = (examination: Examination): Rejection | undefined =>
  examination.accepted ? undefined : examination.rejection;

const replacedBy = (versionId: string): Rejection => ({
  code: 'replaced',
  message: `a newer version of the key was uploaded before this one was transcribed: ${versionId}`,
});
