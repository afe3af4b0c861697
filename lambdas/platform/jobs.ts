import * as z from 'zod';
import { type Chain, type ChainPage, isThrough, pageToAsk } from './chain.ts';
import { DAY_MS } from './clock.ts';
import type { Key } from './cursor.ts';
import { isAwsError, VerbatimError } from './errors.ts';
import type { Job, JobStore, TransactItem } from './job-store.ts';

/** A job is done when every call that was found was looked at. */
export const JobState = z.enum(['running', 'done', 'cancelled']);
export type JobState = z.infer<typeof JobState>;

/** So long is known what a job found: {@link existingJob} says so. */
const KEPT_MS = 30 * DAY_MS;

/** Until when a job that begins now is known, in seconds since 1970. */
export const jobTtl = (now: Date): number => Math.floor((now.getTime() + KEPT_MS) / 1000);

/**
 * An id that begins with its second, so that what has such ids is listed in the order of its begin.
 *
 * @param now ISO 8601
 * @param random a text that no other of the same second has
 */
export const idByTime = (now: string, random: string): string =>
  `${now.slice(0, 19).replaceAll(/[-:]/g, '')}-${random}`;

/** How far a job is. */
export interface JobProgress {
  readonly state: JobState;
  /** Calls that were found so far, in this pass. */
  readonly found: number;
  /** Whether all calls were found. */
  readonly allFound: boolean;
}

/**
 * How far a job is: what was found in this pass, against what was taken up of it (`taken#<pass>` of the counts).
 *
 * @param chains read before the counts: once they are through, what they found is final, and counts only grow
 */
export function progressOfJob(
  { pass, cancelledAt }: Job,
  chains: readonly Chain[],
  counts: ReadonlyMap<string, number>,
): JobProgress {
  const found = chains.reduce((sum, chain) => sum + chain.enqueued, 0);
  const allFound = chains.every(isThrough);
  const done = allFound && (counts.get(`taken#${pass}`) ?? 0) >= found;
  return { state: done ? 'done' : cancelledAt === undefined ? 'running' : 'cancelled', found, allFound };
}

/**
 * A job, as it stands now.
 *
 * @param kind what jobs of its kind are called
 * @throws {VerbatimError} not-found
 */
export async function existingJob<J extends Job>(
  kind: string,
  id: string,
  jobs: { readonly get: (id: string) => Promise<J | undefined> },
): Promise<J> {
  const job = await jobs.get(id);
  if (!job) throw new VerbatimError('not-found', `there is no ${kind} ${id}: they are known for 30 days`);
  return job;
}

/** How a job is begun, once for a key. */
export interface Beginning<J extends Job, C extends Chain> {
  /** What makes requests one. @default each request begins a job */
  readonly key: string | undefined;
  readonly jobs: Pick<JobStore<J, C>, 'begunBy' | 'chainsOf'>;
  /** Whether a job is the one that is asked for. */
  readonly isSame: (job: J) => boolean;
  /** Stores the new job: refused where another one was begun by the key. */
  readonly create: () => Promise<{ readonly job: J; readonly chains: readonly Chain[] }>;
  /** Asks for the next page of each of these chains. */
  readonly goOn: (job: J, chains: readonly Chain[]) => Promise<void>;
  readonly idOf: (job: J) => string;
}

/**
 * Begins a job, or answers the one that was begun by the same key: it is taken up again where it may be asked for once more because
 * its messages were not sent.
 *
 * @throws {VerbatimError} conflict, where the key is that of another job
 */
export async function beginOnce<J extends Job, C extends Chain>(beginning: Beginning<J, C>): Promise<J> {
  const { key, jobs, create, goOn } = beginning;
  const again = async (): Promise<J | undefined> => {
    const job = key === undefined ? undefined : await jobs.begunBy(key);
    if (!job) return undefined;
    if (!beginning.isSame(job))
      throw new VerbatimError('conflict', `Idempotency-Key: is that of ${beginning.idOf(job)}, which is another one`);
    const chains = await jobs.chainsOf(beginning.idOf(job));
    if (job.cancelledAt === undefined)
      await goOn(
        job,
        chains.filter((chain) => !isThrough(chain)),
      );
    return job;
  };
  const begun = await again();
  if (begun) return begun;
  try {
    const { job, chains } = await create();
    await goOn(job, chains);
    return job;
  } catch (error) {
    const other = isAwsError(error, 'TransactionCanceledException') ? await again() : undefined;
    if (other) return other;
    throw error;
  }
}

/** A job that is to be resumed or cancelled. */
export interface NamedJob<J extends Job, C extends Chain> {
  readonly id: string;
  /** What jobs of its kind are called. */
  readonly kind: string;
  /** What this one is called. */
  readonly name: string;
  readonly jobs: Pick<JobStore<J, C>, 'get' | 'chainsOf' | 'countsOf' | 'beginPass' | 'cancel'>;
}

/**
 * Takes up again what a job left undone. Chains that broke off go on; where all calls were found, but messages of them were
 * lost, or where the job was cancelled, all calls are gone through again.
 *
 * @param goOn asks for the next page of each of these chains
 * @throws {VerbatimError} not-found; conflict, where it is done
 */
export async function resumeJob<J extends Job, C extends Chain>(
  { id, kind, name, jobs }: NamedJob<J, C>,
  goOn: (chains: readonly Chain[]) => Promise<void>,
): Promise<J> {
  const job = await existingJob(kind, id, jobs);
  const chains = await jobs.chainsOf(id);
  const { state } = progressOfJob(job, chains, await jobs.countsOf(id));
  if (state === 'done') throw new VerbatimError('conflict', `${name} is done: begin another one`);
  const broken = chains.filter((chain) => !isThrough(chain));
  if (job.cancelledAt === undefined && broken.length > 0) {
    await goOn(broken);
    return job;
  }
  const begun = await jobs.beginPass(job, chains);
  await goOn(begun ?? (await jobs.chainsOf(id)));
  return existingJob(kind, id, jobs);
}

/**
 * Gives a job up: what it did to calls stays, and the other calls stay as they are.
 *
 * @param now ISO 8601
 * @throws {VerbatimError} not-found; conflict, where it is done
 */
export async function cancelJob<J extends Job, C extends Chain>(
  { id, kind, name, jobs }: NamedJob<J, C>,
  now: string,
): Promise<J> {
  const job = await existingJob(kind, id, jobs);
  const { state } = progressOfJob(job, await jobs.chainsOf(id), await jobs.countsOf(id));
  if (state === 'done') throw new VerbatimError('conflict', `${name} is done`);
  await jobs.cancel(id, now);
  return existingJob(kind, id, jobs);
}

/** So many items of the index are read for a page: far from the 400 KB that a chain's item holds with their ids. */
export const PAGE_SIZE = 200;

/** What a page of a chain is planned to be. */
export interface PlannedPage<C extends Chain> {
  /** The calls that are sent to the queue. */
  readonly pending: string[];
  /** Behind which key the next page begins; none of the last. */
  readonly next: Key | undefined;
  /** What the chain holds from then on, besides what every chain does. */
  readonly besides?: Partial<Omit<C, keyof Chain>>;
  /** What is written together with the plan. */
  readonly along?: readonly TransactItem[];
}

/** Asks for one call of a page, in the same fields as the page's message. */
type CallOf<M> = Omit<M, 'kind'> & { readonly kind: 'call'; readonly callId: string };

/**
 * Goes on with a chain by one page: plans it (which calls, in one write with where the next page begins), sends its calls
 * to the queue and, behind them, the next page: what waits in the queue is never much more than a page of each chain. A
 * message that comes again does what is left to do of its page, which may send calls twice, but never others.
 *
 * @returns how many calls were sent
 */
export async function goOnWithChain<J extends Job, C extends Chain, M extends ChainPage & { readonly kind: 'page' }>(
  message: M,
  id: string,
  jobs: Pick<JobStore<J, C>, 'get' | 'chain' | 'advance'>,
  send: (messages: readonly (M | CallOf<M>)[]) => Promise<void>,
  plan: (job: J, chain: C) => Promise<PlannedPage<C>>,
): Promise<number> {
  const { kind: _, ...place } = message;
  const { pass, page } = message;
  const job = await jobs.get(id);
  const chain = await jobs.chain(id, message.chain);
  if (!job || !chain || job.cancelledAt !== undefined || job.pass !== pass || chain.pass !== pass) return 0;

  const announce = async (planned: C): Promise<number> => {
    const announced = { ...planned, announced: planned.page };
    await send([
      ...planned.pending.map((callId) => ({ ...place, kind: 'call' as const, callId })),
      ...(isThrough(announced) ? [] : [{ ...message, ...pageToAsk(announced) }]),
    ]);
    await jobs.advance(job, planned, announced);
    return planned.pending.length;
  };

  if (chain.page === page + 1 && chain.announced === page) return announce(chain);
  if (chain.page !== page || chain.announced !== page || chain.ended) return 0;
  const { pending, next, besides, along } = await plan(job, chain);
  const planned = {
    ...{ ...chain, ...besides },
    ...{ page: page + 1, pending, enqueued: chain.enqueued + pending.length },
    ...{ position: next, ended: next === undefined },
  };
  // Where another delivery of the message was faster, it goes on with the page, or comes again itself.
  return (await jobs.advance(job, chain, planned, along)) ? announce(planned) : 0;
}

/** So often is a call looked at again where it, or the counts, changed in the meantime: then the message comes again later. */
const ATTEMPTS = 8;

/**
 * What `work` gives, which begins anew where a transaction of it is refused.
 *
 * @param work gets the number of the attempt, from 0
 */
export async function withAttempts<T>(work: (attempt: number) => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await work(attempt);
    } catch (error) {
      if (!isAwsError(error, 'TransactionCanceledException') || attempt + 1 === ATTEMPTS) throw error;
    }
  }
}
