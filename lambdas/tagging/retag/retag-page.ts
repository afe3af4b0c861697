import type { CallStore } from '../../calls/calls.ts';
import { type Chain, isThrough } from '../../platform/chain.ts';
import { isInSlice, nextPage, type PageMessage, type RetagMessage } from './retag.ts';
import type { RetagStore } from './retag-store.ts';

/** What going on with a chain needs. */
export interface RetagPageNeeds {
  readonly retags: Pick<RetagStore, 'get' | 'chain' | 'advance'>;
  readonly calls: Pick<CallStore, 'taggedCalls'>;
  readonly send: (messages: readonly RetagMessage[]) => Promise<void>;
  /** So many items of the index are read for a page. @default 200 */
  readonly pageSize?: number;
}

/** Far from the 400 KB that a chain's item holds with their ids. */
const PAGE_SIZE = 200;

/**
 * Goes on with a chain by one page: plans it (which calls, in one write with where the next page begins), sends its calls
 * to the queue and, behind them, the next page: what waits in the queue is never much more than a page of each chain. A
 * message that comes again does what is left to do of its page, which may send calls twice, but never others.
 *
 * @returns how many calls were sent
 */
export async function retagPage(message: PageMessage, needs: RetagPageNeeds): Promise<number> {
  const { retags, calls, send, pageSize = PAGE_SIZE } = needs;
  const { retagId, pass, page } = message;
  const retag = await retags.get(retagId);
  const chain = await retags.chain(retagId, message.chain);
  if (!retag || !chain || retag.cancelledAt !== undefined || retag.pass !== pass || chain.pass !== pass) return 0;

  const announce = async (planned: Chain): Promise<number> => {
    const announced = { ...planned, announced: planned.page };
    await send([
      ...planned.pending.map((callId) => ({ ...message, kind: 'call' as const, callId })),
      ...(isThrough(announced) ? [] : [nextPage(retagId, announced)]),
    ]);
    await retags.advance(retag, planned, announced);
    return planned.pending.length;
  };

  if (chain.page === page + 1 && chain.announced === page) return announce(chain);
  if (chain.page !== page || chain.announced !== page || chain.ended) return 0;
  const { position, ...rest } = chain;
  const found = await calls.taggedCalls(chain, pageSize, position);
  const pending = found.calls.filter((call) => isInSlice(call, retag.slice)).map((call) => call.callId);
  const planned = {
    ...rest,
    ...{ page: page + 1, pending, enqueued: chain.enqueued + pending.length, ended: found.next === undefined },
    ...(found.next && { position: found.next }),
  };
  // Where another delivery of the message was faster, it goes on with the page, or comes again itself.
  return (await retags.advance(retag, chain, planned)) ? announce(planned) : 0;
}
