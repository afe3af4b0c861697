import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { VerbatimError } from '../../platform/errors.ts';
import { type HttpEdge, jsonContent, problemResponse } from '../../platform/http.ts';
import { ListQuery, pageOf } from '../../platform/listing.ts';
import { named } from '../../platform/openapi.ts';
import { Receipt, ReceiptSummary } from './receipt.ts';
import type { ReceiptStore } from './receipt-store.ts';

/** What answering for receipts needs. */
export interface ReceiptsApiNeeds {
  readonly receipts: Pick<ReceiptStore, 'whole' | 'list'>;
  readonly edge: HttpEdge;
}

const ReceiptPath = z.object({ callId: z.string().openapi({ param: { name: 'callId', in: 'path' } }) });

const getReceipt = createRoute({
  method: 'get',
  path: '/receipts/{callId}',
  summary: 'The receipt of a deleted call: what there was of it, when it was deleted, why, and by which rule',
  request: { params: ReceiptPath },
  responses: {
    200: {
      description: 'The receipt; without `deletedAt` while the call is being deleted',
      ...jsonContent(named('Receipt', Receipt)),
    },
    404: problemResponse('No call of that id was deleted, or its receipt was kept for its time.'),
  },
});

const listReceipts = createRoute({
  method: 'get',
  path: '/receipts',
  summary: 'The calls that were deleted in a period',
  request: { query: ListQuery },
  responses: {
    200: { description: 'One page of receipts', ...jsonContent(pageOf(named('ReceiptSummary', ReceiptSummary))) },
    400: problemResponse('A parameter is not as it must be; `detail` names it.'),
  },
});

/** Adds the look-ups of receipts to the retention URL. */
export function receiptsRoutes(app: OpenAPIHono, { receipts, edge }: ReceiptsApiNeeds): void {
  app.openapi(getReceipt, async (c) => {
    const { callId } = c.req.valid('param');
    const receipt = await receipts.whole(callId);
    if (!receipt) throw new VerbatimError('not-found', `there is no receipt of a call ${callId}`);
    return c.json(Receipt.parse(receipt), 200);
  });

  app.openapi(listReceipts, async (c) =>
    c.json(await edge.listPage(['receipts'], c.req.valid('query'), receipts.list), 200),
  );
}
