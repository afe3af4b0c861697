import { type Clock, systemClock } from '../../lambdas/platform/clock.ts';
import { VerbatimError } from '../../lambdas/platform/errors.ts';
import type { HttpEdge } from '../../lambdas/platform/http.ts';
import { pagedLists } from '../../lambdas/platform/listing.ts';
import { sealBy } from '../../lambdas/platform/seal.ts';

/** An edge with a key of its own, that counts no requests and knows no person but those of `identities`, by their tokens. */
export function testEdge({
  clock = systemClock,
  identities = {},
  ...others
}: Partial<HttpEdge> & {
  readonly clock?: Clock;
  readonly identities?: Readonly<Record<string, string>>;
} = {}): HttpEdge {
  const seal = sealBy(async () => new Uint8Array(32).fill(7));
  return {
    seal,
    listPage: pagedLists(seal, clock),
    maxBodyBytes: 1_048_576,
    countRequest: async () => undefined,
    identityOf: async (token) => {
      const person = identities[token];
      if (person === undefined) throw new VerbatimError('unauthenticated', 'Verbatim-Identity: it is no token');
      return { person, teams: [] };
    },
    ...others,
  };
}
