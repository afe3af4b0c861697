import { createInterface } from 'node:readline/promises';
import Table from 'cli-table3';
import { type Command, Option } from 'commander';
import type { ErasureCall, ErasureState, KeptBy, KeptManifests } from '../lambdas/retention/erasure/erasure.ts';
import type { ErasurePlanReport, ErasureReport, ErasureSummary } from '../lambdas/retention/erasure/erasure-api.ts';
import { createVerbatimClient } from './client.ts';
import { findDeployment } from './deployment.ts';

interface UrlOptions {
  readonly erasureUrl?: string;
  readonly region?: string;
  readonly json?: boolean;
}

interface EraseOptions extends UrlOptions {
  readonly customer: string;
  readonly reason: string;
  readonly as?: string;
  readonly deadline?: string;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
}

const erasureUrl = () => new Option('--erasure-url <url>', 'the erasure URL').env('VERBATIM_ERASURE_URL');
const printed = (json: boolean | undefined, told: unknown, text: string) =>
  console.log(json ? JSON.stringify(told, null, 2) : text);

/** Adds the commands `erase`, `erasures` and `erasure` to a program. */
export function registerErase(program: Command): void {
  const client = async ({ erasureUrl, region }: UrlOptions) =>
    createVerbatimClient(await findDeployment({ erasureUrl, region }));

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
    .addOption(erasureUrl())
    .action(async (_options: EraseOptions, command: Command) => {
      const options: EraseOptions = command.optsWithGlobals();
      const { customer, reason, as, deadline, dryRun, yes, json } = options;
      const asked = { reason, openedByName: as, ...(deadline && { deadlineDays: Number(deadline) }) };
      const verbatim = await client(options);
      if (dryRun || !yes) {
        const plan = await verbatim.planErasure(customer, asked);
        if (dryRun) return printed(json, plan, planText(plan));
        console.error(planText(plan));
        if (!(await isSure())) return command.error('nothing was erased: confirm it, or pass --yes');
      }
      const erasure = await verbatim.eraseCustomer(customer, asked);
      printed(json, erasure, erasureText(erasure));
    });

  program
    .command('erasures')
    .description('list erasures of customers')
    .option('--state <state>', 'those in a state: open, waiting or done')
    .option('--json', 'print JSON, whole')
    .addOption(erasureUrl())
    .action(async (_options: UrlOptions, command: Command) => {
      const options: UrlOptions & { readonly state?: ErasureState } = command.optsWithGlobals();
      const found = await Array.fromAsync((await client(options)).erasures({ state: options.state, limit: 200 }));
      printed(options.json, found, erasureTable(found));
    });

  program
    .command('erasure')
    .description('show an erasure: how far it is, what is kept and why, and its calls')
    .argument('<erasureId>', 'the id of the erasure')
    .option('--certificate', 'print the certificate, as JSON, once it is done')
    .option('--json', 'print JSON, whole')
    .addOption(erasureUrl())
    .action(async (erasureId: string, _options: UrlOptions, command: Command) => {
      const options: UrlOptions & { readonly certificate?: boolean } = command.optsWithGlobals();
      const verbatim = await client(options);
      if (options.certificate) return printed(true, await verbatim.erasureCertificate(erasureId), '');
      const erasure = await verbatim.erasure(erasureId);
      const calls = await Array.fromAsync(verbatim.callsOfErasure(erasureId));
      const lines = [erasureText(erasure), ...calls.map(callText)];
      printed(options.json, { ...erasure, items: calls }, lines.join('\n'));
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

const planText = ({ deadline, calls, kept, manifests, allFound }: ErasurePlanReport): string =>
  [
    `a dry run: ${calls.open} calls would be erased by ${deadline}, ${calls.kept} would be kept`,
    ...keptLines(kept),
    ...manifestLines(manifests),
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
}: ErasureReport) =>
  [
    `erasure    ${erasureId}, ${state}${overdue ? ', overdue' : ''}`,
    `opened     ${openedAt} by ${openedBy}: ${reason}`,
    `deadline   ${deadline}`,
    `calls      ${calls.erased + calls.gone} erased, ${calls.open} to be erased, ${calls.kept} kept`,
    ...keptLines(kept),
    ...manifestLines(manifests),
  ].join('\n');

function callText({ callId, outcome, at, keptBy, receipt }: ErasureCall): string {
  if (receipt) return `  ${callId}  erased ${receipt.deletedAt}, ${receipt.copies} copies`;
  return `  ${callId}  ${outcome} ${outcome === 'kept' && keptBy ? `by ${keptText(keptBy)}` : at}`;
}

function erasureTable(erasures: readonly ErasureSummary[]): string {
  const drawn = new Table({
    head: ['erasure', 'opened', 'state', 'deadline', 'erased', 'open', 'kept', 'reason'],
    style: { head: [], border: [], compact: true },
  });
  for (const { erasureId, openedAt, state, overdue, deadline, calls, reason } of erasures) {
    const counts = [calls.erased + calls.gone, calls.open, calls.kept].map(String);
    drawn.push([erasureId, openedAt, overdue ? `${state}, overdue` : state, deadline, ...counts, reason]);
  }
  return drawn.toString();
}
