import { isDeepStrictEqual } from 'node:util';
import { indexPartitions, type TaggedCalls } from '../../calls/calls.ts';
import { chainAtStart } from '../../platform/chain.ts';
import { type Clock, iso } from '../../platform/clock.ts';
import { VerbatimError } from '../../platform/errors.ts';
import { beginOnce, cancelJob, existingJob, idByTime, jobTtl, resumeJob } from '../../platform/jobs.ts';
import type { Rulebook } from '../rulebook/rulebook.ts';
import { nextPage, type PageMessage, type Retag, type RetagSlice } from './retag.ts';
import { type RulebookStore, rulebookSha256 } from './retag-rulebooks.ts';
import type { RetagStore } from './retag-store.ts';

/** What beginning and ending retags needs. */
export interface RetagsNeeds {
  readonly retags: Pick<
    RetagStore,
    'create' | 'begunBy' | 'get' | 'chainsOf' | 'countsOf' | 'cancel' | 'beginPass' | 'noteRulebook' | 'notedRulebook'
  >;
  readonly rulebooks: Pick<RulebookStore, 'put'>;
  /** The rulebook by which new calls are tagged. */
  readonly deployed: Rulebook;
  readonly send: (messages: readonly PageMessage[]) => Promise<void>;
  readonly clock: Clock;
  /** A text that no other retag of the same second has. */
  readonly randomId: () => string;
}

/** What a retag is asked with. */
export interface RequestedRetag {
  readonly rulebook: Rulebook;
  readonly dryRun: boolean;
  readonly slice: RetagSlice;
  /** Requests of the same key are one. @default each is one of its own */
  readonly key?: string | undefined;
}

/** What retags are called in errors. */
const KIND = 'retag';

/** In which partitions the calls of a slice are: an agent's or a customer's, or all. */
const partitionsOf = ({ agentId, customerId }: RetagSlice): readonly TaggedCalls[] =>
  customerId !== undefined
    ? [{ index: 'calls-by-customer', partition: customerId }]
    : agentId !== undefined
      ? [{ index: 'calls-by-agent', partition: agentId }]
      : indexPartitions('tagged');

/**
 * Begins to tag calls anew, or to find out what would change.
 *
 * @throws {VerbatimError} conflict, where the version of the rulebook is that of another one, or the key that of another retag
 */
export async function beginRetag({ rulebook, dryRun, slice, key }: RequestedRetag, needs: RetagsNeeds): Promise<Retag> {
  const { retags, rulebooks, deployed, clock } = needs;
  const { version } = rulebook;
  const sha256 = rulebookSha256(rulebook);
  await retags.noteRulebook(deployed.version, rulebookSha256(deployed));
  // Rules are tried out under one version until they are applied.
  const noted = dryRun ? await retags.notedRulebook(version) : await retags.noteRulebook(version, sha256);
  if (noted !== undefined && noted !== sha256) {
    const message = `rulebook.version: "${version}" is that of another rulebook, which calls may be tagged by: change the version`;
    throw new VerbatimError('conflict', message);
  }
  await rulebooks.put(rulebook);

  return beginOnce({
    ...{ key, jobs: retags, idOf: ({ retagId }: Retag) => retagId },
    isSame: (retag) =>
      retag.rulebookSha256 === sha256 && retag.dryRun === dryRun && isDeepStrictEqual(retag.slice, slice),
    async create() {
      const now = clock();
      const retag: Retag = {
        retagId: idByTime(iso(now), needs.randomId()),
        ...{ rulebookVersion: version, rulebookSha256: sha256, dryRun, slice },
        ...{ startedAt: iso(now), pass: 1, ttl: jobTtl(now) },
      };
      const chains = partitionsOf(slice).map((one, chain) => chainAtStart({ ...one, chain }, 1));
      await retags.create(retag, chains, [], key);
      return { job: retag, chains };
    },
    goOn: ({ retagId }, chains) => needs.send(chains.map((chain) => nextPage(retagId, chain))),
  });
}

/**
 * Takes up again what a retag left undone. Chains that broke off go on; where all calls were found, but messages of them
 * were lost, or where the retag was cancelled, all calls are gone through again, and those that are settled stay so.
 *
 * @throws {VerbatimError} not-found; conflict, where it is done
 */
export const resumeRetag = (retagId: string, needs: RetagsNeeds): Promise<Retag> =>
  resumeJob(namedRetag(retagId, needs), (chains) => needs.send(chains.map((chain) => nextPage(retagId, chain))));

/**
 * Gives a retag up: calls that were tagged anew stay so, and the others as they are.
 *
 * @throws {VerbatimError} not-found; conflict, where it is done
 */
export const cancelRetag = (retagId: string, needs: RetagsNeeds): Promise<Retag> =>
  cancelJob(namedRetag(retagId, needs), iso(needs.clock()));

/**
 * A retag, as it stands now.
 *
 * @throws {VerbatimError} not-found
 */
export const existingRetag = (retagId: string, retags: Pick<RetagStore, 'get'>): Promise<Retag> =>
  existingJob(KIND, retagId, retags);

const namedRetag = (retagId: string, { retags }: RetagsNeeds) => ({
  id: retagId,
  kind: KIND,
  name: `the retag ${retagId}`,
  jobs: retags,
});
