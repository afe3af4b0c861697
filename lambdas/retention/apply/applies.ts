import { CallState, indexPartitions } from '../../calls/calls.ts';
import { chainAtStart } from '../../platform/chain.ts';
import { type Clock, iso } from '../../platform/clock.ts';
import { VerbatimError } from '../../platform/errors.ts';
import { beginOnce, cancelJob, existingJob, idByTime, jobTtl, resumeJob } from '../../platform/jobs.ts';
import type { RetentionChoices } from '../policy/redecide.ts';
import { type ApplyPageMessage, choicesSha256, nextApplyPage, type RetentionApply } from './apply.ts';
import type { ApplyStore } from './apply-store.ts';

/** What beginning and ending applies needs. */
export interface AppliesNeeds {
  readonly applies: Pick<ApplyStore, 'begin' | 'begunBy' | 'get' | 'chainsOf' | 'countsOf' | 'cancel' | 'beginPass'>;
  /** What decides in the deployed config. */
  readonly deployed: RetentionChoices;
  readonly send: (messages: readonly ApplyPageMessage[]) => Promise<void>;
  readonly clock: Clock;
  /** A text that no other apply of the same second has. */
  readonly randomId: () => string;
}

/** What an apply is asked with. */
export interface RequestedApply {
  readonly dryRun: boolean;
  /** Another config than the deployed one: only a dry run goes by it. */
  readonly config?: RetentionChoices | undefined;
  /** Requests of the same key are one. @default each is one of its own */
  readonly key?: string | undefined;
}

/** What applies are called in errors. */
const KIND = 'apply';

/** The states in which a call has a retention: a call that is being deleted stays as it is. */
const DECIDED = CallState.options.filter((state) => state !== 'deleting');

/**
 * Begins to decide all calls anew, or to find out what would become of them.
 *
 * @throws {VerbatimError} bad-request, where another config than the deployed one is to be applied; conflict, where the key is that
 *   of another apply
 */
export async function beginApply(
  { dryRun, config, key }: RequestedApply,
  needs: AppliesNeeds,
): Promise<RetentionApply> {
  if (config !== undefined && !dryRun) {
    const message = 'config: only a dry run goes by a config that is not deployed; deploy it, and leave config out';
    throw new VerbatimError('bad-request', message);
  }
  const choices = config ?? needs.deployed;
  const configSha256 = choicesSha256(choices);
  return beginOnce({
    ...{ key, jobs: needs.applies, idOf: ({ applyId }: RetentionApply) => applyId },
    isSame: (apply) => apply.dryRun === dryRun && apply.configSha256 === configSha256,
    async create() {
      const now = needs.clock();
      const apply: RetentionApply = {
        applyId: idByTime(iso(now), needs.randomId()),
        ...{ dryRun, configSha256, startedAt: iso(now), pass: 1 },
        ttl: jobTtl(now),
      };
      const chains = DECIDED.flatMap(indexPartitions).map((one, chain) => chainAtStart({ ...one, chain }, 1));
      await needs.applies.begin(apply, chains, choices, key);
      return { job: apply, chains };
    },
    goOn: ({ applyId }, chains) => needs.send(chains.map((chain) => nextApplyPage(applyId, chain))),
  });
}

/**
 * Takes up again what an apply left undone. Chains that broke off go on; where all calls were found, but messages of them were
 * lost, or where it was cancelled, all calls are gone through again: those that were decided anew are as they should be.
 *
 * @throws {VerbatimError} not-found; conflict, where it is done
 */
export const resumeApply = (applyId: string, needs: AppliesNeeds): Promise<RetentionApply> =>
  resumeJob(namedApply(applyId, needs), (chains) => needs.send(chains.map((chain) => nextApplyPage(applyId, chain))));

/**
 * Gives an apply up: calls that were decided anew stay so, and the others as they are.
 *
 * @throws {VerbatimError} not-found; conflict, where it is done
 */
export const cancelApply = (applyId: string, needs: AppliesNeeds): Promise<RetentionApply> =>
  cancelJob(namedApply(applyId, needs), iso(needs.clock()));

/**
 * An apply, as it stands now.
 *
 * @throws {VerbatimError} not-found
 */
export const existingApply = (applyId: string, applies: Pick<ApplyStore, 'get'>): Promise<RetentionApply> =>
  existingJob(KIND, applyId, applies);

const namedApply = (applyId: string, { applies }: AppliesNeeds) => ({
  id: applyId,
  kind: KIND,
  name: applyId,
  jobs: applies,
});
