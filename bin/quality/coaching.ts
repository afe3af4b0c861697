import { type Command, Option } from 'commander';
import { printed } from '../printed.ts';
import { table } from '../tables.ts';
import { JSON_WHOLE, type JsonOptions, offsetOption, qualityOf } from './options.ts';
import { noteLine, progressText, sessionText, teamMonthText } from './texts.ts';

interface ProgressOptions extends JsonOptions {
  readonly scorecard?: string;
  readonly by?: 'month' | 'week';
  readonly from?: string;
  readonly to?: string;
  readonly session?: string;
  readonly around?: string;
  readonly window?: string;
}

interface NoteOptions extends JsonOptions {
  readonly at: number;
  readonly until: number;
  readonly criterion: string;
  readonly scorecard?: string;
  readonly text: string;
}

interface SessionOptions extends JsonOptions {
  readonly held?: string;
  readonly next?: string;
  readonly goal?: string;
  readonly criterion?: string;
  readonly target?: string;
}

/** Adds `note`, `notes`, `session`, `sessions`, `progress` and `team` to a program. */
export function registerCoaching(program: Command): void {
  program
    .command('note')
    .description('write a coaching note to a place of a call')
    .argument('<callId>', 'the id of the call')
    .requiredOption('--at <offset>', 'where in the recording: 1:05, 65 or 65.2', offsetOption)
    .requiredOption('--until <offset>', 'until where', offsetOption)
    .requiredOption('--criterion <id>', 'the criterion that it is about')
    .option('--scorecard <name>', 'the scorecard that has it (default: the only one that does)')
    .requiredOption('--text <text>', 'the note')
    .option(...JSON_WHOLE)
    .action(async (callId: string, { at, until, criterion, json, ...said }: NoteOptions, command: Command) => {
      const quality = await qualityOf(command);
      const note = await quality.addNote(callId, { startMs: at, endMs: until, criterionId: criterion, ...said });
      printed(json, note, () => noteLine(note));
    });

  program
    .command('notes')
    .description('list the coaching notes of an agent')
    .argument('<agentId>', 'the agent')
    .option(...JSON_WHOLE)
    .action(async (agentId: string, { json }: JsonOptions, command: Command) => {
      const notes = await Array.fromAsync((await qualityOf(command)).notesOfAgent(agentId, { limit: 200 }));
      printed(json, notes, () => notes.map(noteLine).join('\n'));
    });

  const session = program.command('session').description('hold a coaching session');

  session
    .command('open')
    .description('put in a coaching session: it gathers the notes that are in none, and the open goals of the last one')
    .argument('<agentId>', 'the agent')
    .option('--held <time>', 'when it is, ISO 8601 (default: now)')
    .option('--next <time>', 'when the next one is')
    .option('--goal <text>', 'a new goal')
    .option('--criterion <id>', 'the criterion of that goal (default: the whole score)')
    .option('--target <percent>', 'what is aimed at')
    .option(...JSON_WHOLE)
    .action(
      async (agentId: string, { held, next, goal, criterion, target, json }: SessionOptions, command: Command) => {
        const targetPercent = target === undefined ? undefined : Number(target);
        if (Number.isNaN(targetPercent)) command.error('--target is a number of percent');
        const goals = goal === undefined ? undefined : [{ text: goal, criterionId: criterion, targetPercent }];
        const quality = await qualityOf(command);
        const opened = await quality.openSession(agentId, { heldAt: held, nextAt: next, goals });
        printed(json, opened, () => sessionText(opened));
      },
    );

  session
    .command('show')
    .description('show a coaching session with its notes and goals')
    .argument('<agentId>', 'the agent')
    .argument('<sessionId>', 'the id of the session')
    .option(...JSON_WHOLE)
    .action(async (agentId: string, sessionId: string, { json }: JsonOptions, command: Command) => {
      const found = await (await qualityOf(command)).session(agentId, sessionId);
      printed(json, found, () => sessionText(found));
    });

  program
    .command('sessions')
    .description('list the coaching sessions of an agent')
    .argument('<agentId>', 'the agent')
    .option(...JSON_WHOLE)
    .action(async (agentId: string, { json }: JsonOptions, command: Command) => {
      const sessions = await Array.fromAsync((await qualityOf(command)).sessions(agentId, { limit: 200 }));
      printed(json, sessions, () =>
        table(
          ['session', 'held', 'by', 'next', 'notes', 'goals'],
          sessions.map(({ sessionId, heldAt, person, nextAt, notes, goals }) => [
            ...[sessionId, heldAt, person, nextAt ?? '', String(notes.length), String(goals.length)],
          ]),
        ),
      );
    });

  program
    .command('progress')
    .description('show how the scores of an agent went, with how sure that is')
    .argument('<agentId>', 'the agent')
    .option('--scorecard <name>', 'by which scorecard (default: the first one)')
    .addOption(new Option('--by <period>', 'by month or week').choices(['month', 'week']))
    .option('--from <time>', 'the begin of the period, ISO 8601, included (default: a year ago)')
    .option('--to <time>', 'its end, not included (default: now)')
    .option('--session <sessionId>', 'compare before and after this coaching session')
    .option('--around <time>', 'or before and after this time')
    .option('--window <days>', 'so many days on each side')
    .option(...JSON_WHOLE)
    .action(
      async (agentId: string, { session: sessionId, window, json, ...asked }: ProgressOptions, command: Command) => {
        const windowDays = window === undefined ? undefined : Number(window);
        const found = await (await qualityOf(command)).progress(agentId, { ...asked, sessionId, windowDays });
        printed(json, found, () => progressText(found));
      },
    );

  program
    .command('team')
    .description("show a team's month: scores of each agent, reviews, coaching")
    .argument('<team>', 'as identity tokens name it')
    .argument('<month>', 'such as 2026-10 (UTC)')
    .option('--scorecard <name>', 'by which scorecard (default: the first one)')
    .option(...JSON_WHOLE)
    .action(
      async (
        team: string,
        month: string,
        { scorecard, json }: JsonOptions & { readonly scorecard?: string },
        command: Command,
      ) => {
        const found = await (await qualityOf(command)).teamMonth(team, month, { scorecard });
        printed(json, found, () => teamMonthText(found));
      },
    );
}
