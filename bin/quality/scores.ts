import type { Command } from 'commander';
import { VerbatimClientError } from '../../client/verbatim-client.ts';
import { printed } from '../printed.ts';
import { table } from '../tables.ts';
import { JSON_WHOLE, type JsonOptions, qualityOf } from './options.ts';
import { callScoreText, scorecardText } from './texts.ts';

interface RosterOptions extends JsonOptions {
  readonly team?: string;
}

interface AgentOptions extends RosterOptions {
  readonly person?: string;
  readonly name?: string;
}

/** Adds `me`, `roster`, `agent`, `scorecards`, `scorecard`, `scores` and `rescore` to a program. */
export function registerScores(program: Command): void {
  program
    .command('me')
    .description('show who asks by the quality URL, and what is theirs to see')
    .action(async (_: object, command: Command) => printed(true, await (await qualityOf(command)).me(), () => ''));

  program
    .command('roster')
    .description('list the agents of your teams')
    .option('--team <team>', 'those of one team')
    .option(...JSON_WHOLE)
    .action(async ({ team, json }: RosterOptions, command: Command) => {
      const quality = await qualityOf(command);
      const agents = await Array.fromAsync(quality.agents({ team, limit: 200 }));
      printed(json, agents, () =>
        table(
          ['agent', 'name', 'team', 'person', 'since'],
          agents.map((one) => [one.agentId, one.name ?? '', one.team ?? '', one.person ?? '', one.since]),
        ),
      );
    });

  program
    .command('agent')
    .description('say of which team an agent is, and who they are')
    .command('set')
    .description('say of which team an agent is, and which person; what is not named stays')
    .argument('<agentId>', 'as the metadata of calls has it')
    .option('--team <team>', 'as identity tokens name it')
    .option('--person <person>', 'who they are, as identity tokens name persons')
    .option('--name <name>', 'their name')
    .option(...JSON_WHOLE)
    .action(async (agentId: string, { json, ...given }: AgentOptions, command: Command) => {
      const quality = await qualityOf(command);
      const before = await quality.agent(agentId).catch((error: unknown) => {
        if (error instanceof VerbatimClientError && error.status === 404) return undefined;
        throw error;
      });
      const { team, person, name } = { ...before, ...given };
      const agent = await quality.setAgent(agentId, { team, person, name }, before);
      printed(json, agent, () =>
        [agentId, agent.name, `of ${agent.team ?? 'no team'}`, agent.person].flatMap((one) => one ?? []).join('  '),
      );
    });

  program
    .command('scorecards')
    .description('list the scorecards by which calls are checked')
    .option(...JSON_WHOLE)
    .action(async ({ json }: JsonOptions, command: Command) => {
      const scorecards = await (await qualityOf(command)).scorecards();
      printed(json, scorecards, () => scorecards.map(scorecardText).join('\n'));
    });

  program
    .command('scorecard')
    .description('show a scorecard')
    .argument('<name>', 'its name')
    .argument('[version]', 'a version of it (default: as it is now)')
    .option(...JSON_WHOLE)
    .action(async (name: string, version: string | undefined, { json }: JsonOptions, command: Command) => {
      const scorecard = await (await qualityOf(command)).scorecard(name, version);
      printed(json, scorecard, () => scorecardText(scorecard));
    });

  program
    .command('scores')
    .description('show the automatic scores of a call: where each point comes from')
    .argument('<callId>', 'the id of the call')
    .option(...JSON_WHOLE)
    .action(async (callId: string, { json }: JsonOptions, command: Command) => {
      const scores = await (await qualityOf(command)).callScores(callId);
      printed(json, scores, () => scores.map(callScoreText).join('\n') || 'no scorecard is for this call');
    });

  program
    .command('rescore')
    .description('score the calls of a period anew, by the scorecards as they are now')
    .requiredOption('--from <time>', 'the begin of the period, ISO 8601, included')
    .requiredOption('--to <time>', 'its end, not included')
    .action(async (period: { readonly from: string; readonly to: string }, command: Command) => {
      const { from, to } = await (await qualityOf(command)).rescore(period);
      console.log(`the calls from ${from} to ${to} are being scored anew`);
    });
}
