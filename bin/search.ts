import { type Command, Option } from 'commander';
import type { ListOptions } from '../client/verbatim-client.ts';
import type { SearchedSpeaker } from '../lambdas/calls/phrase-finder.ts';
import type { FoundCall } from '../lambdas/calls/search-calls.ts';
import { clientOf } from './deployment.ts';
import { foundCallLines } from './tables.ts';

interface SearchOptions extends Pick<ListOptions, 'from' | 'to'> {
  readonly agent?: string;
  readonly customer?: string;
  readonly speaker?: SearchedSpeaker;
  readonly json?: boolean;
}

/** Adds the command `search` to a program. */
export function registerSearch(program: Command): void {
  program
    .command('search')
    .description("find where a phrase was said in an agent's or a customer's calls of a period")
    .argument('<phrase>', 'words in order, such as "send|post ... new card"')
    .option('--agent <id>', "an agent's calls")
    .option('--customer <id>', "a customer's calls")
    .addOption(new Option('--speaker <speaker>', 'whose words count').choices(['AGENT', 'CUSTOMER']))
    .option('--from <time>', 'the begin of the period, ISO 8601, included')
    .option('--to <time>', 'the end of the period, ISO 8601, not included')
    .option('--json', 'print JSON, whole')
    .action(runSearch);
}

async function runSearch(phrase: string, options: SearchOptions, command: Command): Promise<void> {
  const { agent, customer, from, to, speaker, json } = options;
  if ((agent === undefined) === (customer === undefined)) command.error('name one of --agent and --customer');
  const of = agent === undefined ? { customerId: customer ?? '' } : { agentId: agent };
  const verbatim = await clientOf(command, 'calls');
  const found: FoundCall[] = [];
  let [searched, notTranscribed] = [0, 0];
  for await (const page of verbatim.searchPages(of, phrase, { from, to, speaker })) {
    searched += page.searchedCalls;
    notTranscribed += page.notTranscribed;
    if (json) found.push(...page.items);
    else for (const call of page.items) console.log(foundCallLines(call));
  }
  if (json) console.log(JSON.stringify(found, null, 2));
  const unread = notTranscribed === 0 ? '' : `; ${notTranscribed} of them have no transcript`;
  console.error(`looked into ${searched} calls${unread}`);
}
