import { createInterface } from 'node:readline/promises';
import type { Command } from 'commander';
import type { ErasureState, KeptManifests } from '../lambdas/retention/erasure/erasure.ts';
import type { ErasurePlanReport, ErasureReport, ErasureSummary } from '../lambdas/retention/erasure/erasure-api.ts';
import type { ErasureCall, KeptBy } from '../lambdas/retention/erasure/erasure-outcome.ts';
import { clientOf } from './deployment.ts';
import { printed } from './printed.ts';
import { table } from './tables.ts';

interface EraseOptions {
  readonly customer: string;
  readonly reason: string;
  readonly as?: string;
  readonly deadline?: string;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
  readonly json?: boolean;
}

/** Adds the commands `erase`, `erasures` and `erasure` to a program. */
export function registerErase(program: Command): void {
  program
    .command('erase')
    .description('erase all calls of a customer, but those that a floor or a legal hold keeps until it ends')
    .requiredOption('--customer <customerId>', 'the customer')
    .requiredOption('--reason <text>', 'why; it stays in the certificate: do not name the customer')
    .option('--deadline <days>', 'by when all that nothing keeps must be gone (default: 30)')
    .option('--as <name>', 'your name, beside the principal that signs')
    .option('--dry-run', 'tell what would be done, and do nothing')
    .option('--yes', 'do not ask whether you are sure')
    .option('--json', 'print JSON, whole')
    .action(async (options: EraseOptions, command: Command) => {
      const { customer, reason, as, deadline, dryRun, yes, json } = options;
      const asked = { reason, openedByName: as, ...(deadline && { deadlineDays: Number(deadline) }) };
      const verbatim = await clientOf(command, 'erasure');
      if (dryRun || !yes) {
        const plan = await verbatim.planErasure(customer, asked);
        if (dryRun) return printed(json, plan, () => planText(plan));
        console.error(planText(plan));
        if (!(await isSure())) return command.error('nothing was erased: confirm it, or pass --yes');
      }
      const erasure = await verbatim.eraseCustomer(customer, asked);
      printed(json, erasure, () => erasureText(erasure));
    });

  program
    .command('erasures')
    .description('list erasures of customers')
    .option('--state <state>', 'those in a state: open, waiting or done')
    .option('--json', 'print JSON, whole')
    .action(async ({ state, json }: { state?: ErasureState; json?: boolean }, command: Command) => {
      const verbatim = await clientOf(command, 'erasure');
      const found = await Array.fromAsync(verbatim.erasures({ state, limit: 200 }));
      printed(json, found, () => erasureTable(found));
    });

  program
    .command('erasure')
    .description('show an erasure: how far it is, what is kept and why, and its calls')
    .argument('<erasureId>', 'the id of the erasure')
    .option('--certificate', 'print the certificate, as JSON, once it is done')
    .option('--json', 'print JSON, whole')
    .action(async (erasureId: string, options: { certificate?: boolean; json?: boolean }, command: Command) => {
      const verbatim = await clientOf(command, 'erasure');
      if (options.certificate) return printed(true, await verbatim.erasureCertificate(erasureId), () => '');
      const erasure = await verbatim.erasure(erasureId);
      const calls = await Array.fromAsync(verbatim.callsOfErasure(erasureId));
      const text = () => [erasureText(erasure), ...calls.map(callText)].join('\n');
      printed(options.json, { ...erasure, items: calls }, text);
    });
}

async function isSure(): Promise<boolean> {
  if (!process.stdin.isTTY) return false;
  const asked = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await asked.question('What is erased cannot be brought back. Type "erase" to go on: ');
  asked.close();
  return answer.trim() === 'erase';
}

function keptText({ floor, holds, lockedUntil }: KeptBy): string {
  return [
    ...(floor ? [`the floor ${floor.name} until ${floor.until}`] : []),
    ...(holds ? [`the legal hold ${holds.join(', ')}`] : []),
    ...(lockedUntil ? [`Object Lock until ${lockedUntil}`] : []),
  ].join(' and ');
}

const keptLines = (kept: ErasureReport['kept']): string[] =>
  kept.map(({ keptBy, calls }) => `kept       ${calls} by ${keptText(keptBy)}`);

const manifestLines = (manifests: readonly KeptManifests[]): string[] =>
  manifests.map(({ prefix, file }) => `manifests  ${file} below ${prefix} may name the customer, and are not changed`);

const disputeLines = (disputes: readonly string[]): string[] =>
  disputes.map((disputeId) => `dispute    ${disputeId} is not closed: it is waited for`);

const packageLines = (packages: ErasureReport['packages']): string[] =>
  packages.map(
    ({ disputeId, number, lockedUntil }) =>
      `package    the evidence package ${number} of the dispute ${disputeId} stays: Object Lock keeps it until ${lockedUntil}`,
  );

const planText = ({ deadline, calls, kept, manifests, disputes, packages, allFound }: ErasurePlanReport): string =>
  [
    `a dry run: ${calls.open} calls would be erased by ${deadline}, ${calls.kept} would be kept`,
    ...keptLines(kept),
    ...manifestLines(manifests),
    ...disputeLines(disputes),
    ...packageLines(packages),
    ...(allFound ? [] : ['there are more calls than were looked at']),
  ].join('\n');

const erasureText = ({
  erasureId,
  state,
  overdue,
  openedAt,
  openedBy,
  reason,
  deadline,
  calls,
  kept,
  manifests,
  disputes,
  packages,
}: ErasureReport) =>
  [
    `erasure    ${erasureId}, ${state}${overdue ? ', overdue' : ''}`,
    `opened     ${openedAt} by ${openedBy}: ${reason}`,
    `deadline   ${deadline}`,
    `calls      ${calls.erased + calls.gone} erased, ${calls.open} to be erased, ${calls.kept} kept`,
    ...keptLines(kept),
    ...manifestLines(manifests),
    ...disputeLines(disputes),
    ...packageLines(packages),
  ].join('\n');

function callText({ callId, outcome, at, keptBy, receipt }: ErasureCall): string {
  if (receipt) return `  ${callId}  erased ${receipt.deletedAt}, ${receipt.copies} copies`;
  return `  ${callId}  ${outcome} ${outcome === 'kept' && keptBy ? `by ${keptText(keptBy)}` : at}`;
}

const erasureTable = (erasures: readonly ErasureSummary[]): string =>
  table(
    ['erasure', 'opened', 'state', 'deadline', 'erased', 'open', 'kept', 'reason'],
    erasures.map(({ erasureId, openedAt, state, overdue, deadline, calls, reason }) => {
      const counts = [calls.erased + calls.gone, calls.open, calls.kept].map(String);
      return [erasureId, openedAt, overdue ? `${state}, overdue` : state, deadline, ...counts, reason];
    }),
  );
