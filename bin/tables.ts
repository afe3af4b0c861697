import Table from 'cli-table3';
import type { Call, FoundMoment } from '../lambdas/calls/calls.ts';
import type { RecordingHistory, RecordingStatus } from '../lambdas/recordings/recordings-api.ts';
import type { Transcript } from '../lambdas/transcription/transcription.ts';
import type { CallWithMoments } from './client.ts';

/** An offset in a recording as people read it: `1:02:03.4`. */
export function offset(ms: number): string {
  const seconds = ms / 1000;
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60), (seconds % 60).toFixed(1)];
  return h > 0 ? `${h}:${String(m).padStart(2, '0')}:${s.padStart(4, '0')}` : `${m}:${s.padStart(4, '0')}`;
}

const table = (head: string[], rows: string[][]): string => {
  const drawn = new Table({ head, style: { head: [], border: [], compact: true } });
  drawn.push(...rows);
  return drawn.toString();
};

/** Calls, a row each. */
export const callTable = (calls: readonly Call[]): string =>
  table(
    ['call', 'agent', 'customer', 'start', 'length', 'state', 'tags'],
    calls.map((call) => [
      call.callId,
      call.agentId ?? '',
      call.customerId ?? '',
      call.startedAt ?? '',
      call.durationMs === undefined ? '' : offset(call.durationMs),
      call.stateReason ? `${call.state}: ${call.stateReason.code}` : call.state,
      call.tags.join('\n'),
    ]),
  );

/** Moments, a row each. */
export const momentTable = (moments: readonly FoundMoment[]): string =>
  table(
    ['call', 'agent', 'customer', 'occurred', 'at', 'speaker', 'quote'],
    moments.map((moment) => [
      moment.callId,
      moment.agentId ?? '',
      moment.customerId ?? '',
      moment.occurredAt,
      `${offset(moment.startMs)} – ${offset(moment.endMs)}`,
      moment.speaker,
      moment.quote,
    ]),
  );

/** All of a call, to be read. */
export function callDetails(call: CallWithMoments, transcript: Transcript | undefined): string {
  const { recording, stateReason, retention } = call;
  const lines = [
    `call       ${call.callId}`,
    `recording  s3://${recording.bucket}/${recording.key} (version ${recording.versionId})`,
    `agent      ${call.agentId ?? 'not known'}`,
    `customer   ${call.customerId ?? 'not known'}`,
    `started    ${call.startedAt ?? 'not known'}`,
    `state      ${call.state}${stateReason ? `: ${stateReason.message}` : ''}`,
    ...(retention ? [`kept until ${retention.expiresAt} (${retention.retentionClass}, by ${retention.rule})`] : []),
    ...call.moments.map(
      (moment) => `  ${offset(moment.startMs).padStart(9)}  ${moment.tag}  ${moment.speaker}: ${moment.quote}`,
    ),
    ...(transcript
      ? ['', ...transcript.turns.map((turn) => `${offset(turn.startMs).padStart(9)}  ${turn.speaker}: ${turn.text}`)]
      : []),
  ];
  return lines.join('\n');
}

/** What became of recordings, a row each. */
export const recordingTable = (recordings: readonly RecordingStatus[]): string =>
  table(
    ['recording', 'key', 'received', 'state', 'since', 'reason'],
    recordings.map(({ callId, recording, receivedAt, state, stateSince, stateReason }) => [
      callId,
      recording.key,
      receivedAt,
      state,
      stateSince,
      stateReason ? `${stateReason.code}: ${stateReason.message}` : '',
    ]),
  );

/** All that happened to a recording, to be read. */
export function recordingDetails({
  callId,
  recording,
  source,
  attempt,
  dueAt,
  history,
  versions,
}: RecordingHistory): string {
  return [
    `recording  ${callId}, attempt ${attempt}`,
    `object     s3://${recording.bucket}/${recording.key}`,
    `source     ${source ?? 'none'}`,
    `due        ${dueAt}`,
    ...history.map(
      ({ at, state, reason }) => `  ${at}  ${state}${reason ? `, ${reason.code}: ${reason.message}` : ''}`,
    ),
    'versions of the key',
    ...versions.map(
      (version) =>
        `  ${version.uploadedAt}  ${version.versionId}  recording ${version.callId}${version.current ? ', current' : ''}`,
    ),
  ].join('\n');
}
