import type { CallStore } from '../../calls/calls.ts';
import { goOnWithChain, PAGE_SIZE } from '../../platform/jobs.ts';
import { isInSlice, type PageMessage, type RetagMessage } from './retag.ts';
import type { RetagStore } from './retag-store.ts';

/** What going on with a chain needs. */
export interface RetagPageNeeds {
  readonly retags: Pick<RetagStore, 'get' | 'chain' | 'advance'>;
  readonly calls: Pick<CallStore, 'taggedCalls'>;
  readonly send: (messages: readonly RetagMessage[]) => Promise<void>;
  /** So many items of the index are read for a page. @default 200 */
  readonly pageSize?: number;
}

/**
 * Goes on with a chain by one page: the calls of the slice are sent to the queue.
 *
 * @returns how many calls were sent
 */
export function retagPage(message: PageMessage, needs: RetagPageNeeds): Promise<number> {
  const { retags, calls, send, pageSize = PAGE_SIZE } = needs;
  return goOnWithChain(message, message.retagId, retags, send, async ({ slice }, chain) => {
    const found = await calls.taggedCalls(chain, pageSize, chain.position);
    const pending = found.calls.filter((call) => isInSlice(call, slice)).map((call) => call.callId);
    return { pending, next: found.next };
  });
}
