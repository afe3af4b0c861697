import { type Call, type CallStore, receivedCall } from '../calls/calls.ts';
import { type Clock, iso } from '../platform/clock.ts';
import { decideRetention, type RetentionConfig, retentionTags } from '../retention/retention.ts';
import type { JobStarter } from '../transcription/transcription.ts';
import { examineRecording } from './examine-recording.ts';
import { callIdOf, type Recording } from './recording.ts';
import type { RecordingStore } from './recording-store.ts';
import { identifySource, type SourceConfig } from './sources.ts';

/** What receiving a recording needs. */
export interface ReceiveRecordingNeeds {
  readonly sources: readonly SourceConfig[];
  readonly retention: RetentionConfig;
  readonly calls: CallStore;
  readonly recordings: RecordingStore;
  readonly jobs: JobStarter;
  readonly clock: Clock;
}

/** What became of a recording when its event came; `reason` is a code, where it went no further. */
export interface Receipt {
  readonly callId: string;
  readonly outcome: 'transcribing' | 'rejected' | 'failed' | 'already-received';
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
  // A call is `transcribing` before its job is asked for: when a crash falls between, the event that comes again asks.
  if (examined?.state === 'transcribing') return transcribe(examined, needs);
  if (examined === undefined || examined === call) return { callId, outcome: 'already-received' };
  const outcome = examined.state === 'rejected' ? 'rejected' : 'failed';
  return { callId, outcome, reason: examined.stateReason?.code };
}

/** Decides whether the call's recording is taken up, and moves the call on accordingly. */
async function examine(call: Call, needs: ReceiveRecordingNeeds): Promise<Call | undefined> {
  const { calls, recordings, sources, clock } = needs;
  const { recording } = call;
  const stored = await recordings.head(recording);
  if (!stored) {
    const message = 'this version of the recording was deleted before it was read';
    return calls.enter(call, 'failed', iso(clock()), {}, { code: 'recording-gone', message });
  }
  const { sizeBytes, metadata: s3Metadata } = stored;
  const header = sizeBytes > 0 ? await recordings.audioHeader(recording, sizeBytes) : undefined;
  const source = identifySource(recording.key, sources);
  const examination = examineRecording({ sizeBytes, s3Metadata, header }, source, sources, call.receivedAt);
  const { facts } = examination;

  const countedFrom = facts.startedAt ?? call.receivedAt;
  const retention = decideRetention({ source: source?.name, countedFrom }, needs.retention);
  await recordings.tag(recording, { ...retentionTags(retention), 'call-id': call.callId });

  if (!examination.accepted) {
    return calls.enter(call, 'rejected', iso(clock()), { ...facts, retention }, examination.rejection);
  }
  const job = needs.jobs.jobOf(call.callId, examination.facts.audio.channels);
  return calls.enter(call, 'transcribing', iso(clock()), { ...facts, retention, job });
}

/** Asks Transcribe for the call's job; asking again asks for the same one. */
async function transcribe(call: Call, needs: ReceiveRecordingNeeds): Promise<Receipt> {
  const { callId, recording, job, audio, language } = call;
  if (!job || !audio || !language)
    throw new Error(`the call ${callId} is transcribing without its job, audio or language`);
  const source = identifySource(recording.key, needs.sources);
  const refusal = await needs.jobs.start(job, {
    recording,
    language,
    format: audio.format,
    agentChannel: source?.agentChannel ?? 0,
  });
  if (refusal === undefined) return { callId, outcome: 'transcribing' };
  const reason = { code: 'transcription-refused', message: refusal };
  await needs.calls.enter(call, 'failed', iso(needs.clock()), {}, reason);
  return { callId, outcome: 'failed', reason: reason.code };
}
