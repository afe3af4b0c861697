import * as z from 'zod';
import type { ItemFilter } from '../platform/query-pages.ts';
import { CallState } from './call.ts';

const Name = z.string().min(1, 'is empty');

/** Which calls are looked up: those of which all that is named is true. */
export const CallsWanted = z.object({
  agentId: Name.optional(),
  customerId: Name.optional(),
  tag: Name.optional(),
  state: CallState.optional(),
  source: Name.optional(),
});
export type CallsWanted = z.infer<typeof CallsWanted>;

/** By what calls are found: each has an index of its own. The first that is named tells most. */
export const FOUND_BY = ['customerId', 'agentId', 'tag', 'state'] as const;
export type FoundBy = (typeof FOUND_BY)[number];

/** By what these calls are found; undefined where nothing is named that has an index. */
export const foundBy = (wanted: CallsWanted): FoundBy | undefined =>
  FOUND_BY.find((name) => wanted[name] !== undefined);

/** What else is true of them, of the items of that index; undefined where that is all. */
export function restOf(wanted: CallsWanted, by: FoundBy): ItemFilter | undefined {
  // What is kept of a call in the index of tags does not tell its state.
  const names = by === 'tag' ? (['source'] as const) : (['agentId', 'state', 'source'] as const);
  const equals: Record<string, string> = {};
  for (const name of names) {
    const value = wanted[name];
    if (name !== by && value !== undefined) equals[name] = value;
  }
  const contains: Record<string, string> = {};
  if (by !== 'tag' && wanted.tag !== undefined) contains.tags = wanted.tag;
  return Object.keys(equals).length + Object.keys(contains).length > 0 ? { equals, contains } : undefined;
}
