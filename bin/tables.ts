import Table from 'cli-table3';
import type { AgentMoments, CallWithMoments } from '../client/verbatim-client.ts';
import type { Call, FoundMoment } from '../lambdas/calls/calls.ts';
import type { FoundCall } from '../lambdas/calls/search-calls.ts';
import type { RecordingHistory, RecordingStatus } from '../lambdas/recordings/recordings-api.ts';
import { offsetText, type Transcript, transcriptText } from '../lambdas/transcription/transcription.ts';

/** A table of text, without colours. A column that is given a width wraps its words, any other is as wide as its text. */
export const table = (head: string[], rows: string[][], colWidths?: (number | null)[]): string => {
  const drawn = new Table({
    head,
    style: { head: [], border: [], compact: true },
    ...(colWidths && { colWidths, wordWrap: true }),
  });
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
      call.durationMs === undefined ? '' : offsetText(call.durationMs),
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
      `${offsetText(moment.startMs)} – ${offsetText(moment.endMs)}`,
      moment.speaker,
      moment.quote,
    ]),
  );

/** An agent with their moments of a tag, and where each was said, to be read. */
export const agentLines = ({ agentId, momentCount, callCount, totals, moments }: AgentMoments): string =>
  [
    [
      agentId ?? 'agent not known',
      `${momentCount} in ${callCount} ${callCount === 1 ? 'call' : 'calls'}`,
      ...totals.map(({ currency, value }) => `${value} ${currency} in all`),
    ].join('  '),
    ...moments.map(
      ({ callId, occurredAt, startMs, endMs, speaker, quote }) =>
        `  ${callId}  ${occurredAt}  ${offsetText(startMs)} – ${offsetText(endMs)}  ${speaker}: ${quote}`,
    ),
  ].join('\n');

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
    ...(call.holds?.length ? [`held by    ${call.holds.join(', ')}: not deleted until they are released`] : []),
    ...(retention ? [`kept until ${retention.expiresAt} (${retention.retentionClass}, by ${retention.rule})`] : []),
    ...call.moments.map(
      (moment) => `  ${offsetText(moment.startMs).padStart(9)}  ${moment.tag}  ${moment.speaker}: ${moment.quote}`,
    ),
    ...(transcript ? ['', transcriptText(transcript).trimEnd()] : []),
  ];
  return lines.join('\n');
}

/** A call in which a phrase was said, and where, to be read. */
export const foundCallLines = ({ callId, startedAt, agentId, customerId, matches }: FoundCall): string =>
  [
    [callId, startedAt, agentId && `agent ${agentId}`, customerId && `customer ${customerId}`]
      .filter(Boolean)
      .join('  '),
    ...matches.map(({ startMs, speaker, quote }) => `  ${offsetText(startMs).padStart(9)}  ${speaker}: ${quote}`),
  ].join('\n');

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
