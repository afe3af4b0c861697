import type { Command } from 'commander';
import type { NewRetag, VerbatimClient } from '../client/verbatim-client.ts';
import type { RetagReport, RetagSummary } from '../lambdas/tagging/retag/retag-api.ts';
import { clientOf } from './deployment.ts';
import { printed } from './printed.ts';
import { loadRulebook } from './rulebook-file.ts';
import { table } from './tables.ts';
import { untilDone } from './until-done.ts';

interface RetagOptions {
  readonly rulebook?: string;
  readonly dryRun?: boolean;
  readonly from?: string;
  readonly to?: string;
  readonly source?: string;
  readonly agent?: string;
  readonly customer?: string;
  readonly status?: string;
  readonly resume?: string;
  readonly cancel?: string;
  readonly json?: boolean;
  readonly wait: boolean;
}

/** Adds the commands `retag` and `retags` to a program. */
export function registerRetag(program: Command): void {
  program
    .command('retag')
    .description('tag stored calls anew by another rulebook, or tell what would change')
    .option('--rulebook <file>', 'the rulebook: .ts, .js or .json, also a config that has one')
    .option('--dry-run', 'only tell what would change')
    .option('--from <time>', 'only calls that began from then on, ISO 8601')
    .option('--to <time>', 'only calls that began before, ISO 8601')
    .option('--source <name>', 'only calls of a source')
    .option('--agent <id>', "only an agent's calls")
    .option('--customer <id>', "only a customer's calls")
    .option('--status <retagId>', 'tell how far a retag is, instead of beginning one')
    .option('--resume <retagId>', 'take up what a retag left undone, instead of beginning one')
    .option('--cancel <retagId>', 'give a retag up: what it changed stays changed')
    .option('--no-wait', 'do not wait for its end')
    .option('--json', 'print JSON, whole')
    .action(async (options: RetagOptions, command: Command) => {
      const { rulebook, status, resume, cancel, wait, json } = options;
      const named = [rulebook, status, resume, cancel].filter((one) => one !== undefined);
      if (named.length !== 1) command.error('name one of --rulebook, --status, --resume and --cancel');
      // The rulebook is read first: what is wrong with it is told before anything is asked.
      const requested = rulebook === undefined ? undefined : await requestOf(rulebook, options);
      const verbatim = await clientOf(command, 'tagging');
      const retagId = await begin(verbatim, requested, options);
      const waits = wait && status === undefined && cancel === undefined;
      const report = waits ? await end(verbatim, retagId) : await verbatim.retagReport(retagId);
      printed(json, report, () => retagText(report));
    });

  program
    .command('retags')
    .description('list the retags of the last 30 days')
    .option('--json', 'print JSON, whole')
    .action(async ({ json }: { json?: boolean }, command: Command) => {
      const retags = await Array.fromAsync((await clientOf(command, 'tagging')).retags());
      printed(json, retags, () => retagTable(retags));
    });
}

async function requestOf(file: string, options: RetagOptions): Promise<NewRetag> {
  const { from, to, source, agent, customer, dryRun = false } = options;
  const slice = { from, to, source, agentId: agent, customerId: customer };
  return { rulebook: await loadRulebook(file), dryRun, slice };
}

/** Does what was asked, and gives the id of the retag that it is about. */
async function begin(
  verbatim: VerbatimClient,
  requested: NewRetag | undefined,
  { status, resume, cancel }: RetagOptions,
): Promise<string> {
  if (requested) return (await verbatim.retag(requested)).retagId;
  if (resume !== undefined) await verbatim.resumeRetag(resume);
  if (cancel !== undefined) await verbatim.cancelRetag(cancel);
  return status ?? resume ?? cancel ?? '';
}

/** The report of a retag, once it does not run any more; meanwhile how far it is, on standard error. */
async function end(verbatim: VerbatimClient, retagId: string): Promise<RetagReport> {
  process.stderr.write(`retag ${retagId}; it goes on when this command is ended: verbatim retag --status ${retagId}\n`);
  return untilDone(
    () => verbatim.retagReport(retagId),
    ({ calls: { found, allFound, settled, skipped, changed } }) =>
      `${settled + skipped} of ${found}${allFound ? '' : ' or more'} calls, ${changed} change`,
  );
}

const sliceText = (slice: RetagReport['slice']): string => {
  const named = Object.entries(slice).map(([name, value]) => `${name} ${value}`);
  return named.length > 0 ? named.join(', ') : 'all';
};

/** Retags, a row each. */
const retagTable = (retags: readonly RetagSummary[]): string =>
  table(
    ['retag', 'begun', 'rulebook', '', 'calls', ''],
    retags.map(({ retagId, startedAt, rulebookVersion, dryRun, slice, cancelledAt }) => [
      ...[retagId, startedAt, rulebookVersion, dryRun ? 'dry run' : 'for good'],
      ...[sliceText(slice), cancelledAt === undefined ? '' : 'cancelled'],
    ]),
  );

/** What a retag found, to be read. */
function retagText(report: RetagReport): string {
  const { retagId, rulebookVersion, dryRun, state, slice, calls, tags, deployedRulebookVersion } = report;
  const changing = dryRun ? 'would change' : state === 'done' ? 'changed' : 'changed so far';
  const lines = [
    `retag      ${retagId}, ${state}${dryRun ? ', a dry run: nothing is changed' : ''}`,
    `rulebook   ${rulebookVersion}`,
    `calls      ${sliceText(slice)}: ${calls.settled + calls.skipped} of ${calls.found}${calls.allFound ? '' : ' or more'} looked at, ${calls.changed} ${changing}`,
    ...(calls.skipped > 0 ? [`skipped    ${calls.skipped}: they are gone, or have no transcript`] : []),
    table(
      ['tag', 'gained', 'lost', 'moved', 'unchanged', 'for example'],
      tags.map(({ tag, gained, lost, moved, unchanged, samples }) => [
        ...[tag, ...[gained, lost, moved, unchanged].map(String)],
        samples
          .map(({ kind, callId, startMs = 0 }) => `${kind} ${callId} at ${(startMs / 1000).toFixed(1)} s`)
          .join('\n'),
      ]),
    ),
  ];
  if (state === 'cancelled') lines.push('It was given up: verbatim retag --resume goes on with it.');
  if (!dryRun && rulebookVersion !== deployedRulebookVersion) {
    lines.push(
      `New calls are still tagged by the rulebook ${deployedRulebookVersion}: deploy a config with ${rulebookVersion}, and retag the calls of the time between.`,
    );
  }
  return lines.join('\n');
}
