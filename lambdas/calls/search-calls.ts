import * as z from 'zod';
import type { Page, PageRequest } from '../platform/cursor.ts';
import type { Transcript } from '../transcription/transcription.ts';
import { Call } from './call.ts';

/** A place in a call where the phrase that is looked for was said. Offsets are milliseconds in the recording. */
export const PhraseMatch = z.object({
  speaker: z.string(),
  startMs: z.number().int().nonnegative(),
  endMs: z.number().int().nonnegative(),
  /** The words as they were recognised. */
  quote: z.string(),
});
export type PhraseMatch = z.infer<typeof PhraseMatch>;

/** A call in which a phrase was said, with every place where it was. */
export const FoundCall = Call.pick({
  callId: true,
  agentId: true,
  customerId: true,
  source: true,
  startedAt: true,
  durationMs: true,
  language: true,
  tags: true,
}).extend({ matches: z.array(PhraseMatch).min(1) });
export type FoundCall = z.infer<typeof FoundCall>;

/** How a search goes through calls. */
export interface SearchNeeds {
  /** A page of the calls that are searched. */
  readonly list: (request: PageRequest) => Promise<Page<Call>>;
  /** What was said in a call; undefined where that is not known (yet). */
  readonly transcriptOf: (callId: string) => Promise<Transcript | undefined>;
  readonly find: (transcript: Transcript) => PhraseMatch[];
}

/** What a search answers for one page of calls: only the calls with a match are items. */
export interface SearchedPage extends Page<FoundCall> {
  /** The calls of the page. */
  readonly searchedCalls: number;
  /** Those of them in which nothing can be found, as they have no transcript. */
  readonly notTranscribed: number;
}

/** So many transcripts are read at once: those of the longest calls, too, leave room in the memory of a function. */
const CONCURRENT = 5;

/** A function answers with 6 MB at most: so much of it may be matches. Source: AWS Lambda Developer Guide, quotas. */
const MAX_BYTES = 4_000_000;

/**
 * Searches the next page of calls, and no more: `next` is there while calls remain, also where the page has no match.
 * Following it searches every call once. A page with more matches than an answer holds is cut short.
 */
export async function searchCalls(request: PageRequest, needs: SearchNeeds): Promise<SearchedPage> {
  const page = await needs.list(request);
  const items: FoundCall[] = [];
  let bytes = 0;
  let notTranscribed = 0;
  for (let first = 0; first < page.items.length; first += CONCURRENT) {
    const calls = page.items.slice(first, first + CONCURRENT);
    for (const { call, found } of await Promise.all(calls.map((call) => searchCall(call, needs)))) {
      if (!found) notTranscribed++;
      if (!found || found.length === 0) continue;
      items.push(FoundCall.parse({ ...call, matches: found }));
      bytes += Buffer.byteLength(JSON.stringify(found));
    }
    if (bytes > MAX_BYTES && page.items.length > 1) {
      return searchCalls({ ...request, limit: Math.floor(page.items.length / 2) }, needs);
    }
  }
  return { items, next: page.next, searchedCalls: page.items.length, notTranscribed };
}

async function searchCall(call: Call, { transcriptOf, find }: SearchNeeds) {
  const transcript = await transcriptOf(call.callId);
  return { call, found: transcript && find(transcript) };
}
