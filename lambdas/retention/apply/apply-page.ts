import type { CallStore } from '../../calls/calls.ts';
import { isThrough } from '../../platform/chain.ts';
import { type Clock, iso } from '../../platform/clock.ts';
import type { RetentionChoices } from '../policy/redecide.ts';
import {
  type ApplyChain,
  type ApplyMessage,
  type ApplyPageMessage,
  nameOfPass,
  nextApplyPage,
  type RetentionApply,
  type Samples,
} from './apply.ts';
import { countsOfCall, countsOfPage, outcomeOf, sampleKindsOf } from './apply-counts.ts';
import type { ApplyStore } from './apply-store.ts';

/** What going on with a chain needs. */
export interface ApplyPageNeeds {
  readonly applies: Pick<ApplyStore, 'get' | 'chain' | 'advance' | 'countsOfPage'>;
  readonly calls: Pick<CallStore, 'callsOf'>;
  /** What decides: of a dry run the config that it was asked with, of any other the deployed one. */
  readonly choicesOf: (apply: RetentionApply) => Promise<RetentionChoices>;
  readonly send: (messages: readonly ApplyMessage[]) => Promise<void>;
  readonly clock: Clock;
  /** So many items of the index are read for a page. @default 200 */
  readonly pageSize?: number;
}

const PAGE_SIZE = 200;

/** So many samples of each kind a chain keeps. */
const MAX_SAMPLES = 5;

/**
 * Goes on with a chain by one page: decides its calls, and counts what would become of them, in one write with where the
 * next page begins, so that each is counted once. Unless it is a dry run, those that change are sent to the queue one by one;
 * behind them the next page: what waits in the queue is never much more than a page of each chain.
 *
 * @returns how many calls were sent
 */
export async function applyPage(message: ApplyPageMessage, needs: ApplyPageNeeds): Promise<number> {
  const { applies, calls, send, pageSize = PAGE_SIZE } = needs;
  const { applyId, pass, page } = message;
  const apply = await applies.get(applyId);
  const chain = await applies.chain(applyId, message.chain);
  if (!apply || !chain || apply.cancelledAt !== undefined || apply.pass !== pass || chain.pass !== pass) return 0;

  const announce = async (planned: ApplyChain): Promise<number> => {
    const announced = { ...planned, announced: planned.page };
    await send([
      ...planned.pending.map((callId) => ({ ...message, kind: 'call' as const, callId })),
      ...(isThrough(announced) ? [] : [nextApplyPage(applyId, announced)]),
    ]);
    await applies.advance(apply, planned, announced);
    return planned.pending.length;
  };

  if (chain.page === page + 1 && chain.announced === page) return announce(chain);
  if (chain.page !== page || chain.announced !== page || chain.ended) return 0;
  const { position, ...rest } = chain;
  const choices = await needs.choicesOf(apply);
  const now = iso(needs.clock());
  const found = await calls.callsOf(chain, pageSize, position);
  // A call that is due later now is further on in the index, and is found again: it was counted as it was before.
  const fresh = found.calls.filter((call) => call.appliedBy !== nameOfPass(apply));
  const decided = fresh.map((call) => {
    const outcome = outcomeOf(call, choices);
    return { call, outcome, keys: countsOfCall(call, outcome, now), samples: sampleKindsOf(outcome, now) };
  });
  const changing = decided.filter(({ outcome }) => 'effect' in outcome && outcome.effect !== 'unchanged');
  const pending = apply.dryRun ? [] : changing.map(({ call }) => call.callId);
  const planned = {
    ...rest,
    ...{ page: page + 1, pending, enqueued: chain.enqueued + pending.length, ended: found.next === undefined },
    samples: withSamples(chain.samples, decided),
    ...(found.next && { position: found.next }),
  };
  const counts = applies.countsOfPage(apply, chain.chain, countsOfPage(decided));
  // Where another delivery of the message was faster, it goes on with the page, or comes again itself.
  return (await applies.advance(apply, chain, planned, counts)) ? announce(planned) : 0;
}

function withSamples(
  before: Samples,
  decided: readonly { call: { callId: string }; samples: readonly (keyof Samples)[] }[],
): Samples {
  const after: { -readonly [K in keyof Samples]: Samples[K] } = { ...before };
  for (const { call, samples } of decided) {
    for (const kind of samples) {
      const some = after[kind] ?? [];
      if (some.length < MAX_SAMPLES) after[kind] = [...some, call.callId];
    }
  }
  return after;
}
