import type { Command } from 'commander';
import type { ListOptions } from '../client/verbatim-client.ts';
import type { Receipt, ReceiptCopy, ReceiptSummary } from '../lambdas/retention/expiry/receipt.ts';
import { clientOf } from './deployment.ts';
import { printed } from './printed.ts';
import { table } from './tables.ts';

interface ReceiptsOptions extends Pick<ListOptions, 'from' | 'to'> {
  readonly json?: boolean;
}

/** Adds the commands `receipt` and `receipts` to a program. */
export function registerReceipts(program: Command): void {
  program
    .command('receipt')
    .description('show the receipt of a deleted call: what there was of it, and when, why and by which rule it went')
    .argument('<callId>', 'the id of the call')
    .option('--json', 'print JSON, whole')
    .action(async (callId: string, { json }: { json?: boolean }, command: Command) => {
      const receipt = await (await clientOf(command, 'retention')).receipt(callId);
      printed(json, receipt, () => receiptText(receipt));
    });

  program
    .command('receipts')
    .description('list the calls that were deleted in a period')
    .option('--from <time>', 'the begin of the period, ISO 8601, included')
    .option('--to <time>', 'the end of the period, ISO 8601, not included')
    .option('--json', 'print JSON, whole')
    .action(async ({ from, to, json }: ReceiptsOptions, command: Command) => {
      const receipts = await Array.fromAsync((await clientOf(command, 'retention')).receipts({ from, to }));
      printed(json, receipts, () => receiptsTable(receipts));
    });
}

/** Receipts, one a line. */
export function receiptsTable(receipts: readonly ReceiptSummary[]): string {
  const rows = receipts.map(({ callId, deletedAt, reason, rule, retentionClass }) => [
    callId,
    deletedAt ?? 'being deleted',
    reason,
    rule,
    retentionClass ?? '',
  ]);
  return `${table(['call', 'deleted', 'reason', 'rule', 'class'], rows)}\n${receipts.length} calls`;
}

/** A receipt for people. */
export function receiptText(receipt: Receipt): string {
  const { callId, reason, rule, requestedAt, deletedAt, retention, custody, copies } = receipt;
  const rows = copies.map((copy) => [whatOf(copy), copy.outcome, copy.removedAt ?? '', sizeOf(copy), hashOf(copy)]);
  const { floor, ceiling, retentionClass, expiresAt } = retention ?? {};
  return [
    `call ${callId}`,
    `${deletedAt === undefined ? `is being deleted since ${requestedAt}` : `deleted ${deletedAt}`}: ${reason}, by "${rule}"`,
    ...(retentionClass === undefined ? [] : [`class ${retentionClass}, due ${expiresAt}`]),
    ...(floor ? [`floor ${floor.name} until ${floor.until}`] : []),
    ...(ceiling ? [`ceiling ${ceiling.name} by ${ceiling.by}`] : []),
    ...(custody ? [`custody of ${custody.entries} entries, the last with the hash ${custody.hash}`] : []),
    table(['what', 'outcome', 'when', 'size', 'sha-256 of'], rows),
  ].join('\n');
}

const whatOf = ({ kind, deleteMarker, items }: ReceiptCopy): string =>
  deleteMarker ? `${kind} (delete marker)` : items === undefined ? kind : `${kind} (${items} items)`;

const sizeOf = ({ sizeBytes }: ReceiptCopy): string => (sizeBytes === undefined ? '' : `${sizeBytes} bytes`);

/** The bytes' hash is the one to compare; where nobody told it, that of the key is all there is. */
const hashOf = ({ sha256, keySha256 }: ReceiptCopy): string =>
  sha256 !== undefined ? `content ${sha256}` : keySha256 !== undefined ? `key ${keySha256}` : '';
