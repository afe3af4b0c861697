import * as z from 'zod';
import { type CallStore, indexPartitions } from '../../calls/calls.ts';
import { eventSchema } from '../../events/events.ts';
import { callStartOf } from './call-facts.ts';

/** Asks for the score of one call. */
export const ScoreCallMessage = z.object({ kind: z.literal('call'), callId: z.string().min(1) });

/** Asks for the scores of the tagged calls of a page, which began in a period: `from` is included, `to` is not. */
export const RescorePageMessage = z.object({
  kind: z.literal('page'),
  partition: z.string().min(1),
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  /** Behind which key the page begins. @default at the begin */
  after: z.record(z.string(), z.string()).optional(),
});
export type RescorePageMessage = z.infer<typeof RescorePageMessage>;

/** Whatever comes to the queue of the worker that scores calls. */
export const ScoreMessage = z.union([
  ScoreCallMessage,
  RescorePageMessage,
  eventSchema('Call Tagged'),
  eventSchema('Call Retagged'),
]);
export type ScoreMessage = z.infer<typeof ScoreMessage>;

/** So many tagged calls are looked at for a page. */
const PAGE_SIZE = 200;

/** The first pages of all tagged calls, to score anew those that began in a period. */
export const rescoreMessages = (from: string, to: string): RescorePageMessage[] =>
  indexPartitions('tagged').map(({ partition }) => ({ kind: 'page', partition, from, to }));

/** What going on with a rescore needs. */
export interface RescorePageNeeds {
  readonly calls: Pick<CallStore, 'taggedCalls'>;
  readonly send: (messages: readonly (z.infer<typeof ScoreCallMessage> | RescorePageMessage)[]) => Promise<void>;
  /** @default 200 */
  readonly pageSize?: number;
}

/**
 * Sends the calls of a page to the queue, and behind them the next page. A page that comes twice sends them twice, which changes nothing.
 *
 * @returns how many calls were sent
 */
export async function rescorePage(message: RescorePageMessage, needs: RescorePageNeeds): Promise<number> {
  const { partition, from, to, after } = message;
  const { calls, next } = await needs.calls.taggedCalls(
    { index: 'work-by-state', partition },
    needs.pageSize ?? PAGE_SIZE,
    after,
  );
  const wanted = calls.filter((call) => {
    const begun = callStartOf(call);
    return call.agentId !== undefined && from <= begun && begun < to;
  });
  await needs.send(wanted.map(({ callId }) => ({ kind: 'call', callId })));
  if (next) await needs.send([{ ...message, after: next }]);
  return wanted.length;
}
