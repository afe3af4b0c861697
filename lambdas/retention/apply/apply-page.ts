import type { CallStore } from '../../calls/calls.ts';
import { type Clock, iso } from '../../platform/clock.ts';
import { goOnWithChain, PAGE_SIZE } from '../../platform/jobs.ts';
import type { RetentionChoices } from '../policy/redecide.ts';
import { type ApplyMessage, type ApplyPageMessage, nameOfPass, type RetentionApply, type Samples } from './apply.ts';
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

/** So many samples of each kind a chain keeps. */
const MAX_SAMPLES = 5;

/**
 * Goes on with a chain by one page: decides its calls, and counts what would become of them, in one write with where the
 * next page begins, so that each is counted once. Unless it is a dry run, those that change are sent to the queue one by one.
 *
 * @returns how many calls were sent
 */
export function applyPage(message: ApplyPageMessage, needs: ApplyPageNeeds): Promise<number> {
  const { applies, calls, send, pageSize = PAGE_SIZE } = needs;
  return goOnWithChain(message, message.applyId, applies, send, async (apply, chain) => {
    const choices = await needs.choicesOf(apply);
    const now = iso(needs.clock());
    const found = await calls.callsOf(chain, pageSize, chain.position);
    // A call that is due later now is further on in the index, and is found again: it was counted as it was before.
    const fresh = found.calls.filter((call) => call.appliedBy !== nameOfPass(apply));
    const decided = fresh.map((call) => {
      const outcome = outcomeOf(call, choices);
      return { call, outcome, keys: countsOfCall(call, outcome, now), samples: sampleKindsOf(outcome, now) };
    });
    const changing = decided.filter(({ outcome }) => 'effect' in outcome && outcome.effect !== 'unchanged');
    return {
      pending: apply.dryRun ? [] : changing.map(({ call }) => call.callId),
      next: found.next,
      besides: { samples: withSamples(chain.samples, decided) },
      along: applies.countsOfPage(apply, chain.chain, countsOfPage(decided)),
    };
  });
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
