/**
 * What became of one file:
 * - `uploaded`: under a key that held nothing
 * - `replaced`: as a new version of a key that held something else, or the same with other metadata
 * - `already-there`: with the same bytes and metadata; nothing was uploaded
 * - `skipped`: left out on purpose
 * - `failed`: it should be there and is not
 */
export type Outcome =
  | { readonly kind: 'uploaded' | 'replaced' | 'already-there' }
  | { readonly kind: 'skipped' | 'failed'; readonly reason: string };

/** The kinds of {@link Outcome}. */
export type OutcomeKind = Outcome['kind'];

/** What an error says, for a report. */
export const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message || error.name : String(error);
