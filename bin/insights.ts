import { type Command, InvalidArgumentError, Option } from 'commander';
import type { AnsweredInsights, InsightsQuery, InsightsQuestion, InsightsRow } from '../client/verbatim-client.ts';
import { clientOf } from './deployment.ts';
import { printed } from './printed.ts';
import { table } from './tables.ts';

const DAY_MS = 86_400_000;
const BY = ['all', 'day', 'week', 'month', 'agent', 'team', 'queue', 'source'];

interface AskOptions {
  readonly from?: string;
  readonly to?: string;
  readonly by?: string;
  readonly agent?: string;
  readonly team?: string;
  readonly queue?: string;
  readonly source?: string;
  readonly with?: Readonly<Record<string, string>>;
  readonly json?: boolean;
}

/** Adds the command `insights` to a program. */
export function registerInsights(program: Command): void {
  program
    .command('insights')
    .description('ask a question about many calls, or list the questions that there are')
    .argument('[query]', 'the name of the question (default: lists all)')
    .option('--from <day>', 'the first day, such as 2026-10-07, UTC (default: 6 days before --to)')
    .option('--to <day>', 'the last day, UTC: it is of the period (default: yesterday)')
    .addOption(new Option('--by <what>', 'what each row is of (default: all in one)').choices(BY))
    .option('--agent <id>', 'only calls of this agent')
    .option('--team <name>', 'only calls of this team')
    .option('--queue <name>', 'only calls of this queue')
    .option('--source <name>', 'only calls of this source')
    .option('--with <name=value>', 'a parameter of the question itself, such as tag=credit-offered', withOption)
    .option('--json', 'print JSON, whole')
    .action(async (name: string | undefined, { json, ...asked }: AskOptions, command: Command) => {
      const { insights } = await clientOf(command, 'insights');
      const queries = await insights.queries();
      if (name === undefined) return printed(json, queries, () => queriesText(queries));
      const answered = await insights.answer(name, questionOf(asked, new Date()));
      const query = queries.find((one) => one.name === name);
      printed(json, answered, () => answerText(answered, query));
    });
}

/** Parameters that are written as `name=value`. */
function withOption(written: string, before: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  const at = written.indexOf('=');
  if (at < 1) throw new InvalidArgumentError('It is name=value, such as tag=credit-offered.');
  return { ...before, [written.slice(0, at)]: written.slice(at + 1) };
}

const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** The question that is asked by options: without a period, about the seven days that ended yesterday. */
export function questionOf({ agent, with: own, ...asked }: AskOptions, now: Date): InsightsQuestion {
  const to = asked.to ?? dayOf(now.getTime() - DAY_MS);
  const toMs = Date.parse(`${to}T00:00:00Z`);
  // A day that is none is refused by name where it is asked.
  const from = asked.from ?? (Number.isNaN(toMs) ? to : dayOf(toMs - 6 * DAY_MS));
  return { ...own, ...asked, ...(agent !== undefined && { agentId: agent }), from, to };
}

const COMMON = ['from', 'to', 'by', 'agentId', 'team', 'queue', 'source'];

/** The parameters of a query that not every query has. */
function ownParameters({ parameters: { properties } }: InsightsQuery): string[] {
  return Object.keys(properties ?? {}).filter((name) => !COMMON.includes(name));
}

/** The questions that there are, to be read. */
export const queriesText = (queries: readonly InsightsQuery[]): string =>
  table(
    ['query', 'what it tells', '--with'],
    queries.map((query) => [query.name, query.description, ownParameters(query).join('\n')]),
    [null, 80, null],
  );

const UNITS: Readonly<Record<string, string>> = { percent: ' %', seconds: ' s', hours: ' h' };

/** A measure in a row, to be read: its mean with its interval, its percentiles, and of how many values, where not of all. */
function cellOf({ count, values }: InsightsRow, { name, unit }: InsightsQuery['measures'][number]): string {
  const told = values[name];
  if (!told) return '';
  const { n, mean, low, high, p50, p90, p95, total } = told;
  const percentiles = Object.entries({ p50, p90, p95 }).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name} ${value}`],
  );
  return [
    `${mean}${UNITS[unit] ?? ''}${low === undefined || high === undefined ? '' : ` (${low} – ${high})`}`,
    ...(percentiles.length === 0 ? [] : [percentiles.join(', ')]),
    ...(total === undefined ? [] : [`${total}${UNITS[unit] ?? ''} in all`]),
    ...(n === count ? [] : [`of ${n}`]),
  ].join('\n');
}

function riseText({ rise }: InsightsRow): string {
  if (!rise) return '';
  const { before, beforeOf, beforeAtMost, ratio } = rise;
  const was = `${beforeAtMost ? 'at most ' : ''}${before} of ${beforeOf} before`;
  return ratio === undefined ? was : `${was}\n× ${Math.round(ratio * 10) / 10}`;
}

const bytesText = (bytes: number): string =>
  bytes < 100_000 ? `${bytes} bytes` : `${Math.round(bytes / 100_000) / 10} MB`;

/** What is left out of an answer, to be read; nothing where nothing is. */
function suppressedText({ suppressed: { rows, values }, minCell }: AnsweredInsights['answer'], of: string): string[] {
  if (rows + values === 0) return [];
  return [`left out, because they are of fewer than ${minCell} ${of}: ${rows} rows, and ${values} values of others`];
}

/** An answer, to be read. */
export function answerText({ answer, asOf, scannedBytes }: AnsweredInsights, query: InsightsQuery | undefined): string {
  const { title = '', of = 'calls', labels = [], counts = [], measures = [] } = query ?? {};
  const { by, from, to, rows, truncated } = answer;
  const rising = rows.some(({ rise }) => rise !== undefined);
  const head = [
    ...[...(by === 'all' ? [] : [by]), ...labels, of, ...counts.map((name) => name.replaceAll('_', ' '))],
    ...measures.map((measure) => measure.title),
    ...(rising ? ['rise'] : []),
  ];
  const lines = rows.map((row) => [
    ...(by === 'all' ? [] : [`${row.group ?? 'not known'}${row.partial ? ', in part' : ''}`]),
    ...labels.map((label) => row.labels?.[label] ?? ''),
    String(row.count),
    ...counts.map((name) => String(row.counts?.[name] ?? 0)),
    ...measures.map((measure) => cellOf(row, measure)),
    ...(rising ? [riseText(row)] : []),
  ]);
  return [
    `${title}, ${from} to ${to}`,
    rows.length === 0 ? `there are no rows` : table(head, lines),
    ...suppressedText(answer, of),
    ...(truncated ? ['there are more rows: ask about fewer days, or one group'] : []),
    [
      ...(asOf ? [`as of ${asOf}`] : []),
      ...(scannedBytes === undefined ? [] : [`${bytesText(scannedBytes)} read`]),
    ].join(', '),
  ].join('\n');
}
