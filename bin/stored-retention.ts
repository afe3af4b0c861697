import type { Command } from 'commander';
import type { VerbatimClient } from '../client/verbatim-client.ts';
import type { ApplyReport } from '../lambdas/retention/apply/apply-report.ts';
import type { StoredRetention } from '../lambdas/retention/stored-retention.ts';
import { CONFIG_FILE, readConfig } from './config-file.ts';
import { clientOf } from './deployment.ts';
import { printed } from './printed.ts';
import { table } from './tables.ts';
import { untilDone } from './until-done.ts';

interface ReportOptions {
  readonly wait: boolean;
  readonly json?: boolean;
}

interface PlanOptions extends ReportOptions {
  readonly config: string;
}

interface ApplyOptions extends ReportOptions {
  readonly dryRun?: boolean;
  readonly status?: string;
  readonly resume?: string;
  readonly cancel?: string;
}

/** Adds to the command `retention` those that ask a deployment. */
export function registerStoredRetention(retention: Command): void {
  retention
    .command('show')
    .description('tell how long a stored call is kept, by which rule, why, and what happens to it next')
    .argument('<callId>', 'the id of the call')
    .option('--json', 'print JSON, whole')
    .action(async (callId: string, { json }: { json?: boolean }, command: Command) => {
      const shown = await (await clientOf(command, 'retention')).retention(callId);
      printed(json, shown, () => storedText(shown));
    });

  retention
    .command('plan')
    .description('tell what a config would make of the stored calls: what goes when and why, and what that costs')
    .option('--config <file>', 'the config, before it is deployed', CONFIG_FILE)
    .option('--no-wait', 'do not wait for its end: verbatim retention apply --status tells it then')
    .option('--json', 'print JSON, whole')
    .action(async ({ config: file, wait, json }: PlanOptions, command: Command) => {
      // The config is read first: what is wrong with it is told before anything is asked.
      const { retention: chosen, sources } = await readConfig(file);
      const config = {
        retention: chosen,
        sources: sources.map(({ name, lineOfBusiness, jurisdiction }) => ({ name, lineOfBusiness, jurisdiction })),
      };
      const verbatim = await clientOf(command, 'retention');
      const { applyId } = await verbatim.applyRetention({ dryRun: true, config });
      const report = await (wait ? end(verbatim, applyId) : verbatim.retentionApply(applyId));
      printed(json, report, () => applyText(report));
    });

  retention
    .command('apply')
    .description('decide anew, by the deployed config, how long all stored calls are kept')
    .option('--dry-run', 'only tell what would change')
    .option('--status <applyId>', 'tell how far an apply or a plan is, instead of beginning one')
    .option('--resume <applyId>', 'take up what it left undone, instead of beginning one')
    .option('--cancel <applyId>', 'give it up: what it changed stays changed')
    .option('--no-wait', 'do not wait for its end')
    .option('--json', 'print JSON, whole')
    .action(async ({ status, resume, cancel, dryRun = false, wait, json }: ApplyOptions, command: Command) => {
      if ([status, resume, cancel].filter((one) => one !== undefined).length > 1)
        command.error('name one of --status, --resume and --cancel');
      const verbatim = await clientOf(command, 'retention');
      if (resume !== undefined) await verbatim.resumeRetentionApply(resume);
      if (cancel !== undefined) await verbatim.cancelRetentionApply(cancel);
      const applyId = status ?? resume ?? cancel ?? (await verbatim.applyRetention({ dryRun })).applyId;
      const waits = wait && status === undefined && cancel === undefined;
      const report = await (waits ? end(verbatim, applyId) : verbatim.retentionApply(applyId));
      printed(json, report, () => applyText(report));
    });
}

/** The report of an apply, once it does not run any more; meanwhile how far it is, on standard error. */
async function end(verbatim: VerbatimClient, applyId: string): Promise<ApplyReport> {
  const status = `verbatim retention apply --status ${applyId}`;
  process.stderr.write(`${applyId}; it goes on when this command is ended: ${status}\n`);
  return untilDone(
    () => verbatim.retentionApply(applyId),
    ({ dryRun, calls: { found, allFound, changed, applied } }) => {
      const changing = dryRun ? `${changed} would change` : `${applied} of ${changed} changed`;
      return `${found}${allFound ? '' : ' or more'} calls, ${changing}`;
    },
  );
}

const gb = (bytes: number): string => `${(bytes / 2 ** 30).toFixed(bytes < 2 ** 30 ? 4 : 1)} GB`;
const usd = (dollars: number): string => `$${dollars.toFixed(2)}`;

type KeptBy = ApplyReport['changes'][number]['from'];

const keptBy = ({ retentionClass, rule, floor, ceiling }: KeptBy): string =>
  [retentionClass, `by ${rule}`, floor && `floor ${floor}`, ceiling && `ceiling ${ceiling}`].filter(Boolean).join(', ');

/** How long a stored call is kept, to be read. */
export function storedText(shown: StoredRetention): string {
  const { callId, state, retentionClass, rule, countedFrom, expiresAt, floor, ceiling, holds, next, because, wouldBe } =
    shown;
  return [
    `call       ${callId}, ${state}`,
    `class      ${retentionClass}, by ${rule}`,
    ...(countedFrom ? [`counted    from ${countedFrom}`] : []),
    `due        ${expiresAt}`,
    ...(floor ? [`floor      ${floor.name}: not before ${floor.until}`] : []),
    ...(ceiling ? [`ceiling    ${ceiling.name}: by ${ceiling.by}`] : []),
    ...(holds.length > 0 ? [`held       ${holds.join(', ')}`] : []),
    `next       ${next.what}${next.when ? `, ${next.when}` : ''}`,
    ...because.map((step) => `  ${step}`),
    ...(wouldBe
      ? [
          `would be   ${wouldBe.retentionClass}, by ${wouldBe.rule}, until ${wouldBe.expiresAt}`,
          ...wouldBe.because.map((step) => `  ${step}`),
        ]
      : []),
  ].join('\n');
}

/** What an apply or a plan found, to be read. */
export function applyText(report: ApplyReport): string {
  const { applyId, dryRun, state, calls, changes, dueAtOnce, goes, keeps, costs, samples } = report;
  const [month] = costs.months;
  const some = (kind: keyof typeof samples, what: string) => {
    const callIds = samples[kind] ?? [];
    return callIds.length > 0 ? [`${what}, such as ${callIds.join(', ')}`] : [];
  };
  const lines = [
    `${dryRun ? 'plan ' : 'apply'}      ${applyId}, ${state}${dryRun ? ': nothing is changed' : ''}`,
    `calls      ${calls.found}${calls.allFound ? '' : ' or more'}: ${calls.changed} ${dryRun ? 'would change' : 'to be changed'}, ${calls.unchanged} as they are${calls.skipped > 0 ? `, ${calls.skipped} not decided` : ''}`,
    ...(dryRun ? [] : [`changed    ${calls.applied}`]),
    ...(calls.held > 0 ? [`held       ${calls.held}: they are deleted when they are released at the earliest`] : []),
    ...(calls.sizeUnknown > 0 ? [`no size    ${calls.sizeUnknown}: they count no bytes and cost nothing below`] : []),
    `at once    ${dueAtOnce.calls} calls, ${gb(dueAtOnce.bytes)}, ${dryRun ? 'would be due' : 'are due'} at the next daily sweep${dueAtOnce.held.calls > 0 ? `; ${dueAtOnce.held.calls} of them are held` : ''}`,
    ...some('due-at-once', 'due at once'),
    ...some('shortened', 'shortened'),
    ...some('lengthened', 'lengthened'),
  ];
  if (changes.length > 0) {
    lines.push(
      '',
      table(
        ['change', 'from', 'to', 'calls', 'size'],
        changes.map(({ effect, from, to, calls, bytes }) => [
          ...[effect, keptBy(from), keptBy(to), String(calls), gb(bytes)],
        ]),
      ),
    );
  }
  if (keeps.length > 0) {
    lines.push(
      '',
      table(
        ['', 'name', 'decides for', 'size'],
        keeps.map(({ by, name, calls, bytes }) => [by, name, `${calls} calls`, gb(bytes)]),
      ),
    );
  }
  lines.push(
    '',
    table(
      ['goes in', 'class', 'calls', 'size', 'as it was'],
      goes.map(({ month, retentionClass, calls, bytes, before }) => [
        ...[month, retentionClass, String(calls), gb(bytes), `${before.calls} calls, ${gb(before.bytes)}`],
      ]),
    ),
    '',
  );
  if (month) {
    lines.push(
      table(
        ['storage', 'as it was', 'then', 'difference'],
        [...costs.months, { ...costs.untilGone, month: 'until gone' }].map(({ month, beforeUsd, afterUsd }) => [
          ...[
            month,
            usd(beforeUsd),
            usd(afterUsd),
            `${afterUsd < beforeUsd ? '-' : '+'}${usd(Math.abs(afterUsd - beforeUsd))}`,
          ],
        ]),
      ),
      `Recordings alone, by list prices of S3 in ${costs.prices.region} of ${costs.prices.asOf}: ${costs.prices.source}`,
    );
  }
  if (state === 'cancelled') lines.push('It was given up: verbatim retention apply --resume goes on with it.');
  if (!dryRun && report.configSha256 !== report.deployedConfigSha256)
    lines.push('Another config was deployed since it began: run verbatim retention apply once more.');
  return lines.join('\n');
}
