import { CallState, indexPartitions } from '../../calls/calls.ts';
import { chainAtStart, isThrough } from '../../platform/chain.ts';
import { type Clock, DAY_MS, iso } from '../../platform/clock.ts';
import { VerbatimError } from '../../platform/errors.ts';
import type { RetentionChoices } from '../policy/redecide.ts';
import { type ApplyPageMessage, choicesSha256, nextApplyPage, type RetentionApply } from './apply.ts';
import type { ApplyStore } from './apply-store.ts';

/** What beginning and ending applies needs. */
export interface AppliesNeeds {
  readonly applies: Pick<ApplyStore, 'begin' | 'get' | 'chainsOf' | 'progressOf' | 'cancel' | 'beginPass'>;
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
}

/** So long is known what an apply found. */
const KEPT_MS = 30 * DAY_MS;

/** The states in which a call has a retention: a call that is being deleted stays as it is. */
const DECIDED = CallState.options.filter((state) => state !== 'deleting');

/**
 * Begins to decide all calls anew, or to find out what would become of them.
 *
 * @throws {VerbatimError} bad-request, where another config than the deployed one is to be applied
 */
export async function beginApply({ dryRun, config }: RequestedApply, needs: AppliesNeeds): Promise<RetentionApply> {
  if (config !== undefined && !dryRun) {
    const message = 'config: only a dry run goes by a config that is not deployed; deploy it, and leave config out';
    throw new VerbatimError('bad-request', message);
  }
  const choices = config ?? needs.deployed;
  const now = needs.clock();
  const apply: RetentionApply = {
    // By time, so that applies are listed in their order.
    applyId: `${iso(now).slice(0, 19).replaceAll(/[-:]/g, '')}-${needs.randomId()}`,
    ...{ dryRun, configSha256: choicesSha256(choices), startedAt: iso(now), pass: 1 },
    ttl: Math.floor((now.getTime() + KEPT_MS) / 1000),
  };
  const chains = DECIDED.flatMap(indexPartitions).map((one, chain) => chainAtStart({ ...one, chain }, 1));
  await needs.applies.begin(apply, chains, choices);
  await needs.send(chains.map((chain) => nextApplyPage(apply.applyId, chain)));
  return apply;
}

/**
 * Takes up again what an apply left undone. Chains that broke off go on; where all calls were found, but messages of them were
 * lost, or where it was cancelled, all calls are gone through again: those that were decided anew are as they should be.
 *
 * @throws {VerbatimError} not-found; conflict, where it is done
 */
export async function resumeApply(applyId: string, needs: AppliesNeeds): Promise<RetentionApply> {
  const { applies, send } = needs;
  const apply = await existing(applyId, needs);
  if ((await applies.progressOf(apply)).state === 'done')
    throw new VerbatimError('conflict', `${applyId} is done: begin another one`);
  const chains = await applies.chainsOf(applyId);
  const broken = chains.filter((chain) => !isThrough(chain));
  if (apply.cancelledAt === undefined && broken.length > 0) {
    await send(broken.map((chain) => nextApplyPage(applyId, chain)));
    return apply;
  }
  const begun = await applies.beginPass(apply, chains);
  await send((begun ?? (await applies.chainsOf(applyId))).map((chain) => nextApplyPage(applyId, chain)));
  return existing(applyId, needs);
}

/**
 * Gives an apply up: calls that were decided anew stay so, and the others as they are.
 *
 * @throws {VerbatimError} not-found; conflict, where it is done
 */
export async function cancelApply(applyId: string, needs: AppliesNeeds): Promise<RetentionApply> {
  const apply = await existing(applyId, needs);
  if ((await needs.applies.progressOf(apply)).state === 'done')
    throw new VerbatimError('conflict', `${applyId} is done`);
  await needs.applies.cancel(applyId, iso(needs.clock()));
  return existing(applyId, needs);
}

async function existing(applyId: string, { applies }: Pick<AppliesNeeds, 'applies'>): Promise<RetentionApply> {
  const apply = await applies.get(applyId);
  if (!apply) throw new VerbatimError('not-found', `there is no apply ${applyId}: they are known for 30 days`);
  return apply;
}
