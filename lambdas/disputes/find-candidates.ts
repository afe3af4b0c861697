import type { Call, CallStore, CustodyStore, Moment } from '../calls/calls.ts';
import { type Clock, iso } from '../platform/clock.ts';
import type { Page, PageRequest, Position } from '../platform/cursor.ts';
import { VerbatimError } from '../platform/errors.ts';
import type { Who } from '../platform/http.ts';
import type { TranscriptStore } from '../transcription/transcription.ts';
import { type Candidates, type LookedInto, lookingFor, rankCandidates, type SearchedCall } from './candidates.ts';
import type { Dispute } from './dispute.ts';
import type { Topic } from './disputes-config.ts';

/** What looking for the calls that bear on a claim needs. */
export interface FindCandidatesNeeds {
  /** A customer's calls that began in a period, a page of them. */
  readonly callsOfCustomer: (customerId: string, request: PageRequest) => Promise<Page<Call>>;
  readonly calls: Pick<CallStore, 'momentsOf'>;
  readonly transcripts: Pick<TranscriptStore, 'get'>;
  readonly custody: Pick<CustodyStore, 'append'>;
  readonly topics: readonly Topic[];
  readonly clock: Clock;
  /** So many calls may be in the period. @default 500 */
  readonly maxCalls?: number;
}

/** So many calls are looked into for one answer. */
const MAX_CALLS = 500;

const PAGE_SIZE = 200;

/** So many transcripts are held at once: those of the longest calls, too, leave room in the memory of a function. */
const CONCURRENT = 8;

/** A function answers with 6 MB at most. Source: AWS Lambda Developer Guide, quotas. */
const MAX_BYTES = 5_000_000;

/**
 * Looks into all calls of a dispute's customer in its period, and ranks them. Each call whose words were read has that noted in
 * its custody before anything is answered; a call that goes while it is read is as one without a transcript.
 *
 * @throws {VerbatimError} bad-request, where there are too many calls in the period
 */
export async function findCandidates(
  dispute: Pick<Dispute, 'disputeId' | 'customerId' | 'claim' | 'topic' | 'day' | 'from' | 'to' | 'calls'>,
  who: Who,
  needs: FindCandidatesNeeds,
): Promise<Candidates> {
  const { claim, day } = dispute;
  const claimed = { claim, day, topic: needs.topics.find(({ name }) => name === dispute.topic) };
  const lookInto = lookingFor(claimed);
  const all = await callsOf(dispute, needs);
  const looked: LookedInto[] = [];
  for (let first = 0; first < all.length; first += CONCURRENT) {
    const some = all.slice(first, first + CONCURRENT);
    looked.push(...(await Promise.all(some.map(async (call) => lookInto(await readNoted(call, dispute, who, needs))))));
  }
  const found = rankCandidates(claimed, looked, new Set(dispute.calls.map(({ callId }) => callId)));
  if (Buffer.byteLength(JSON.stringify(found)) > MAX_BYTES)
    throw new VerbatimError('bad-request', 'from: more is said than one answer holds: narrow the period');
  return found;
}

async function callsOf(
  { customerId, from, to }: Pick<Dispute, 'customerId' | 'from' | 'to'>,
  { callsOfCustomer, maxCalls = MAX_CALLS }: FindCandidatesNeeds,
): Promise<Call[]> {
  const found: Call[] = [];
  let position: Position | undefined;
  do {
    const request = { from, to, order: 'oldest-first', limit: PAGE_SIZE, ...(position && { position }) } as const;
    const page = await callsOfCustomer(customerId, request);
    found.push(...page.items);
    if (found.length > maxCalls)
      throw new VerbatimError('bad-request', `from: more than ${maxCalls} calls are in the period: narrow the period`);
    position = page.next;
  } while (position);
  return found;
}

async function readNoted(
  call: Call,
  { disputeId }: { readonly disputeId: string },
  { by, person, byName }: Who,
  { calls, transcripts, custody, clock }: FindCandidatesNeeds,
): Promise<SearchedCall> {
  const { callId } = call;
  const transcript = call.state === 'tagged' ? await transcripts.get(callId) : undefined;
  if (!transcript) return { call, moments: [] };
  const moments: Moment[] = await calls.momentsOf(callId);
  const noted = await custody.append(callId, {
    ...{ kind: 'found-by-search', at: iso(clock()), by, person, byName },
    ...{ why: `the dispute ${disputeId}`, details: { disputeId } },
  });
  return noted ? { call, moments, transcript } : { call: { ...call, state: 'deleting' }, moments: [] };
}
