import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { AgentMoments, Call, FoundMoment } from '../client/verbatim-client.ts';
import { CallState } from '../lambdas/calls/calls.ts';
import { mergeAgents } from '../lambdas/calls/moments-by-agent.ts';
import { clientOf } from './deployment.ts';
import { printed } from './printed.ts';
import { agentLines, callTable, momentTable } from './tables.ts';

type Order = 'newest-first' | 'oldest-first';

interface ListedOptions {
  readonly agent?: string;
  readonly customer?: string;
  readonly source?: string;
  readonly from?: string;
  readonly to?: string;
  readonly order?: Order;
  readonly limit?: number;
  readonly json?: boolean;
}

interface CallsOptions extends ListedOptions {
  readonly tag?: string;
  readonly state?: CallState;
}

interface MomentsOptions extends ListedOptions {
  readonly tag: string;
  readonly speaker?: string;
}

interface AudioOptions {
  readonly at?: number;
  readonly output?: string;
  readonly json?: boolean;
}

const MAX_PAGE = 200;

/** A time as the URLs take it: a day is its begin in UTC. */
export const timeOf = (text: string): string => (/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00Z` : text);

function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('It is not a whole number.');
  return Number(text);
}

function countOf(text: string): number {
  const count = wholeNumber(text);
  if (count === 0) throw new InvalidArgumentError('It is not a number from 1 on.');
  return count;
}

const withPeriod = (command: Command): Command =>
  command
    .option('--from <time>', 'the begin of the period, a day or an ISO 8601 time, included', timeOf)
    .option('--to <time>', 'the end of the period, a day or an ISO 8601 time, not included', timeOf)
    .option('--json', 'print JSON, whole');

const withList = (command: Command): Command =>
  withPeriod(command)
    .addOption(new Option('--order <order>', 'which come first').choices(['newest-first', 'oldest-first']))
    .option('--limit <count>', 'at most so many', countOf);

const withMoments = (command: Command): Command =>
  command
    .requiredOption('--tag <tag>', 'the tag')
    .option('--agent <id>', "in an agent's calls")
    .option('--customer <id>', "in a customer's calls")
    .option('--source <name>', 'in the calls of a source')
    .option('--speaker <speaker>', 'of a speaker, such as AGENT');

/** Adds the commands that look calls and moments up, and let calls be heard, to a program. */
export function registerCalls(program: Command): void {
  withList(
    program
      .command('calls')
      .description('list the calls of an agent, a customer, a tag or a state: those of which all is true that is named')
      .option('--agent <id>', "an agent's calls")
      .option('--customer <id>', "a customer's calls")
      .option('--tag <tag>', 'calls that have a tag')
      .addOption(new Option('--state <state>', 'calls in a state').choices(CallState.options))
      .option('--source <name>', 'of these, the calls of a source'),
  ).action(listCalls);

  withList(withMoments(program.command('moments').description('list the moments of a tag'))).action(listMoments);

  withPeriod(
    withMoments(
      program
        .command('agents')
        .description('tell which agents had moments of a tag, whoever had most first, and where each was said'),
    ),
  ).action(listAgents);

  program
    .command('audio')
    .description('hear a call, redacted: print a link that is good for five minutes, or save the audio')
    .argument('<callId>', 'the id of the call')
    .option('--at <ms>', 'where to begin, such as the start of a moment', wholeNumber)
    .option('-o, --output <file>', 'save the audio there')
    .option('--json', 'print JSON, whole')
    .action(hearCall);
}

async function listCalls(options: CallsOptions, command: Command): Promise<void> {
  const { agent, customer, tag, state, source, json } = options;
  const given = { agentId: agent, customerId: customer, tag, state };
  if (Object.values(given).every((one) => one === undefined))
    command.error('name at least one of --agent, --customer, --tag and --state');
  const verbatim = await clientOf(command, 'calls');
  const calls: Call[] = await taken(verbatim.calls({ ...given, source }, listOf(options)), options.limit);
  printed(json, calls, () => callTable(calls));
}

async function listMoments(options: MomentsOptions, command: Command): Promise<void> {
  const { agent, customer, source, speaker, tag, json } = options;
  const of = { agentId: agent, customerId: customer, source, speaker };
  const verbatim = await clientOf(command, 'calls');
  const moments: FoundMoment[] = await taken(verbatim.moments(tag, { ...of, ...listOf(options) }), options.limit);
  printed(json, moments, () => momentTable(moments));
}

async function listAgents(options: MomentsOptions, command: Command): Promise<void> {
  const { agent, customer, source, speaker, tag, from, to, json } = options;
  const of = { agentId: agent, customerId: customer, source, speaker };
  const verbatim = await clientOf(command, 'calls');
  let groups: AgentMoments[] = [];
  const asked = { ...of, from, to, order: 'oldest-first' } as const;
  for await (const page of verbatim.momentsByAgent(tag, asked).pages()) groups = mergeAgents(groups, page.items);
  printed(json, groups, () =>
    groups.length > 0 ? groups.map(agentLines).join('\n') : `nobody had a moment of ${tag}`,
  );
}

async function hearCall(callId: string, { at, output, json }: AudioOptions, command: Command): Promise<void> {
  const link = await (await clientOf(command, 'calls')).audio(callId, { startMs: at });
  if (output === undefined) {
    printed(json, link, () => `${link.url}\nthe ${link.audio} audio, as ${link.contentType}, until ${link.expiresAt}`);
    return;
  }
  const response = await fetch(link.url);
  if (!response.ok || !response.body) throw new Error(`S3 answered ${response.status} for the audio of ${callId}`);
  await pipeline(Readable.fromWeb(response.body), createWriteStream(output));
  printed(json, { ...link, file: output }, () => `${output}: the ${link.audio} audio, as ${link.contentType}`);
}

/** How a list is asked for: no page is longer than what is wanted of it. */
const listOf = ({ from, to, order, limit }: ListedOptions) => ({
  ...{ from, to, order },
  limit: Math.min(limit ?? MAX_PAGE, MAX_PAGE),
});

/** The first `count` items of a list, or all. */
async function taken<T>(list: AsyncIterable<T>, count = Number.POSITIVE_INFINITY): Promise<T[]> {
  const found: T[] = [];
  for await (const item of list) {
    found.push(item);
    if (found.length >= count) break;
  }
  return found;
}
