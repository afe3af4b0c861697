import type { CallStore } from '../../calls/calls.ts';
import type { Dispute } from '../../disputes/disputes.ts';
import type { RosterStore, ScoreOfCall } from '../../quality/quality.ts';
import type { Transcript, TranscriptStore } from '../../transcription/transcription.ts';
import type { PhraseTimes } from '../phrases/phrases-of.ts';
import type { KnownCall } from './rows-of-call.ts';
import type { CallOfDispute } from './rows-of-dispute.ts';

/** What a call, or a dispute, is read from. */
export interface RowsSources {
  readonly calls: Pick<CallStore, 'get' | 'momentsToReplace'>;
  readonly transcripts: Pick<TranscriptStore, 'get'>;
  /** As they stand now. */
  readonly scoresOf: (callId: string) => Promise<ScoreOfCall[]>;
  readonly roster: Pick<RosterStore, 'get'>;
  readonly disputes: { readonly get: (disputeId: string) => Promise<Dispute | undefined> };
  /** The phrases of a call that may be told. */
  readonly phrasesOf: (transcript: Transcript) => readonly PhraseTimes[];
}

/** A dispute with its calls that are there. */
export interface KnownDispute {
  readonly dispute: Dispute;
  readonly calls: ReadonlyMap<string, CallOfDispute>;
}

/**
 * What rows of a call are made of, as the table of calls says now.
 *
 * @returns `gone` where there is no such call any more; `later` where it is not tagged, is being tagged anew or deleted: an event of its
 *   own tells when it is
 */
export async function readCall(callId: string, sources: RowsSources): Promise<KnownCall | 'gone' | 'later'> {
  const call = await sources.calls.get(callId);
  if (!call) return 'gone';
  if (call.state !== 'tagged' || call.replacing !== undefined) return 'later';
  const [{ moments }, transcript, scores, team] = await Promise.all([
    sources.calls.momentsToReplace(call),
    sources.transcripts.get(callId),
    sources.scoresOf(callId),
    teamOf(call.agentId, sources),
  ]);
  const phrases = transcript ? sources.phrasesOf(transcript) : [];
  return { call, moments, transcript, scores, team, phrases };
}

/**
 * What rows of a dispute are made of, as the table says now; `gone` where there is no such dispute any more.
 *
 * @param note notes that rows of the dispute tell of a call: who takes the call away from then on has them written anew
 */
export async function readDispute(
  disputeId: string,
  sources: RowsSources,
  note: (callId: string) => Promise<void>,
): Promise<KnownDispute | 'gone'> {
  const dispute = await sources.disputes.get(disputeId);
  if (!dispute) return 'gone';
  const calls = new Map<string, CallOfDispute>();
  for (const { callId } of dispute.calls) {
    // Of a call that is gone nothing is noted: nobody would ever take that away.
    if (!(await sources.calls.get(callId))) continue;
    await note(callId);
    const call = await sources.calls.get(callId);
    if (call) calls.set(callId, { call, team: await teamOf(call.agentId, sources) });
  }
  return { dispute, calls };
}

const teamOf = async (agentId: string | undefined, { roster }: RowsSources): Promise<string | undefined> =>
  agentId === undefined ? undefined : (await roster.get(agentId))?.team;
