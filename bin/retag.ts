import { type Command, Option } from 'commander';
import type { RetagReport } from '../lambdas/tagging/retag/retag-api.ts';
import { createVerbatimClient, type RequestedRetag, type VerbatimClient } from './client.ts';
import { findDeployment } from './deployment.ts';
import { loadRulebook } from './rulebook-file.ts';
import { table } from './tables.ts';

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
  readonly taggingUrl?: string;
  readonly region?: string;
}

const POLL_MS = 1000;

const taggingUrl = () => new Option('--tagging-url <url>', 'the tagging URL').env('VERBATIM_TAGGING_URL');

/** Adds the commands `retag` and `retags` to a program. */
export function registerRetag(program: Command): void {
  const client = async ({ taggingUrl, region }: Pick<RetagOptions, 'taggingUrl' | 'region'>) =>
    createVerbatimClient(await findDeployment({ taggingUrl, region }));

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
    .addOption(taggingUrl())
    .action(async (_options: RetagOptions, command: Command) => {
      const options: RetagOptions = command.optsWithGlobals();
      const { rulebook, status, resume, cancel, wait, json } = options;
      const named = [rulebook, status, resume, cancel].filter((one) => one !== undefined);
      if (named.length !== 1) command.error('name one of --rulebook, --status, --resume and --cancel');
      // The rulebook is read first: what is wrong with it is told before anything is asked.
      const requested = rulebook === undefined ? undefined : await requestOf(rulebook, options);
      const verbatim = await client(options);
      const retagId = await begin(verbatim, requested, options);
      const waits = wait && status === undefined && cancel === undefined;
      const report = waits ? await end(verbatim, retagId) : await verbatim.retagReport(retagId);
      console.log(json ? JSON.stringify(report, null, 2) : retagText(report));
    });

  program
    .command('retags')
    .description('list the retags of the last 30 days')
    .option('--json', 'print JSON, whole')
    .addOption(taggingUrl())
    .action(async (_options: RetagOptions, command: Command) => {
      const options: RetagOptions = command.optsWithGlobals();
      const retags = await Array.fromAsync((await client(options)).retags());
      if (options.json) return console.log(JSON.stringify(retags, null, 2));
      const rows = retags.map(({ retagId, startedAt, rulebookVersion, dryRun, slice, cancelledAt }) => [
        ...[retagId, startedAt, rulebookVersion, dryRun ? 'dry run' : 'for good'],
        ...[sliceText(slice), cancelledAt === undefined ? '' : 'cancelled'],
      ]);
      console.log(table(['retag', 'begun', 'rulebook', '', 'calls', ''], rows));
    });
}

async function requestOf(file: string, options: RetagOptions): Promise<RequestedRetag> {
  const { from, to, source, agent, customer, dryRun = false } = options;
  const slice = { from, to, source, agentId: agent, customerId: customer };
  return { rulebook: await loadRulebook(file), dryRun, slice };
}

/** Does what was asked, and gives the id of the retag that it is about. */
async function begin(
  verbatim: VerbatimClient,
  requested: RequestedRetag | undefined,
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
  for (let told = ''; ; ) {
    const report = await verbatim.retagReport(retagId);
    const { found, allFound, settled, skipped, changed } = report.calls;
    const progress = `  ${settled + skipped} of ${found}${allFound ? '' : ' or more'} calls, ${changed} change\n`;
    if (progress !== told) process.stderr.write(progress);
    told = progress;
    if (report.state !== 'running') return report;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

const sliceText = (slice: RetagReport['slice']): string => {
  const named = Object.entries(slice).map(([name, value]) => `${name} ${value}`);
  return named.length > 0 ? named.join(', ') : 'all';
};

/** What a retag found, to be read. */
export function retagText(report: RetagReport): string {
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
