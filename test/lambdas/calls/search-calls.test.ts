import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Call } from '../../../lambdas/calls/calls.ts';
import { searchCalls } from '../../../lambdas/calls/search-calls.ts';
import { EVER, type Page, type PageRequest, type Position } from '../../../lambdas/platform/cursor.ts';
import { says, transcribingCall, transcriptOf } from '../builders.ts';

const silence = transcriptOf(says('AGENT', 'Hello.'));

/** Calls of which each has so many matches, or no transcript where that is undefined. */
function searchOf(matchesOf: readonly (number | undefined)[]) {
  let reading = 0;
  let most = 0;
  const list = async ({ limit, position }: PageRequest): Promise<Page<Call>> => {
    const first = position?.group ?? 0;
    const items = matchesOf.slice(first, first + limit).map((_, i) => transcribingCall(String(first + i)));
    const group = first + items.length;
    return { items, next: group < matchesOf.length ? { group, progress: [] } : undefined };
  };
  const transcripts = matchesOf.map((matches) => (matches === undefined ? undefined : { ...silence }));
  const needs = {
    list,
    async transcriptOf(callId: string) {
      most = Math.max(most, ++reading);
      await new Promise(setImmediate);
      reading--;
      return transcripts[Number(callId)];
    },
    find: (transcript: typeof silence) => {
      const matches = matchesOf[transcripts.indexOf(transcript)] ?? 0;
      return Array.from({ length: matches }, (_, i) => ({ speaker: 'AGENT', startMs: i, endMs: i + 1, quote: 'a' }));
    },
  };
  const pages = async (limit: number) => {
    const found: Awaited<ReturnType<typeof searchCalls>>[] = [];
    let position: Position | undefined;
    do {
      const page = await searchCalls({ ...EVER, order: 'oldest-first', limit, position }, needs);
      found.push(page);
      position = page.next;
    } while (position);
    return found;
  };
  return { pages, most: () => most };
}

test('following the cursor finds every match once, and looks into every call', async () => {
  const calls = fc.array(fc.constantFrom(undefined, 0, 0, 1, 3), { maxLength: 60 });
  await fc.assert(
    fc.asyncProperty(calls, fc.integer({ min: 1, max: 25 }), async (matchesOf, limit) => {
      const pages = await searchOf(matchesOf).pages(limit);
      const found = pages.flatMap((page) => page.items).map((call) => [Number(call.callId), call.matches.length]);
      expect(found).toEqual([...matchesOf.entries()].filter(([, matches]) => matches));
      expect(pages.reduce((sum, page) => sum + page.searchedCalls, 0)).toBe(matchesOf.length);
      expect(pages.reduce((sum, page) => sum + page.notTranscribed, 0)).toBe(
        matchesOf.filter((matches) => matches === undefined).length,
      );
      for (const page of pages) expect(page.searchedCalls).toBeLessThanOrEqual(limit);
    }),
  );
});

test('a page with more matches than an answer holds is cut short, and the next one goes on where it ends', async () => {
  const pages = await searchOf([30_000, 30_000, 30_000, 1, 90_000]).pages(25);
  for (const { items } of pages) {
    expect(JSON.stringify(items).length < 5_000_000 || items.length === 1).toBe(true);
  }
  expect(pages.flatMap((page) => page.items.map((call) => call.callId))).toEqual(['0', '1', '2', '3', '4']);
});

test('few transcripts are held at once', async () => {
  const { pages, most } = searchOf(Array.from({ length: 25 }, () => 1));
  await pages(25);
  expect(most()).toBeLessThanOrEqual(5);
});
