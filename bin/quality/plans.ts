import type { Command } from 'commander';
import { printed } from '../printed.ts';
import { table } from '../tables.ts';
import { JSON_WHOLE, type JsonOptions, qualityOf } from './options.ts';

interface TeamOptions extends JsonOptions {
  readonly team?: string;
}

/** Adds `plans` and `plan …` to a program. */
export function registerPlans(program: Command): void {
  program
    .command('plans')
    .description('list the plans by which calls are drawn for review')
    .option(...JSON_WHOLE)
    .action(async ({ json }: JsonOptions, command: Command) => {
      const plans = await (await qualityOf(command)).plans();
      printed(json, plans, () =>
        table(
          ['plan', 'scorecard', 'calls of each agent', 'due in days', 'told apart by'],
          plans.map(({ name, scorecard, perAgent, dueDays, strata }) => [
            ...[name, scorecard, String(perAgent), String(dueDays ?? ''), (strata ?? []).join(', ')],
          ]),
        ),
      );
    });

  const plan = program.command('plan').description('draw the calls of a month that people review');

  plan
    .command('sample')
    .description('show what a plan would draw of an agent now, and why; it draws nothing')
    .argument('<plan>', 'the name of the plan')
    .argument('<month>', 'such as 2026-10 (UTC)')
    .argument('<agentId>', 'the agent')
    .action(async (name: string, month: string, agentId: string, _: object, command: Command) =>
      printed(true, await (await qualityOf(command)).sample(name, month, agentId), () => ''),
    );

  plan
    .command('draw')
    .description('draw now what is wanted of each agent of a team; nothing is drawn twice')
    .argument('<plan>', 'the name of the plan')
    .argument('<month>', 'such as 2026-10 (UTC)')
    .option('--team <team>', 'the agents of this team (default: all, for those who see every team)')
    .option(...JSON_WHOLE)
    .action(async (name: string, month: string, { team, json }: TeamOptions, command: Command) => {
      const begun = await (await qualityOf(command)).draw(name, month, { team });
      printed(json, begun, () => `${name} draws ${begun.size} calls of each agent of ${month}`);
    });

  plan
    .command('draws')
    .description('list the agents and what was drawn of their month')
    .argument('<plan>', 'the name of the plan')
    .argument('<month>', 'such as 2026-10 (UTC)')
    .option('--team <team>', 'those of one team')
    .option(...JSON_WHOLE)
    .action(async (name: string, month: string, { team, json }: TeamOptions, command: Command) => {
      const draws = await Array.fromAsync((await qualityOf(command)).draws(name, month, { team, limit: 200 }));
      printed(json, draws, () =>
        table(
          ['agent', 'team', 'drawn', 'of', 'calls'],
          draws.map(({ agentId, team: of, draw }) => [
            ...[agentId, of ?? '', String(draw?.calls.length ?? 0), String(draw?.ofCalls ?? '')],
            (draw?.calls ?? []).map(({ callId }) => callId).join('\n'),
          ]),
        ),
      );
    });
}
