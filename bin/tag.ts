import { readFile } from 'node:fs/promises';
import { text as textOfStream } from 'node:stream/consumers';
import { type Command, Option } from 'commander';
import type { Moment } from '../lambdas/calls/calls.ts';
import { applyRulebook } from '../lambdas/tagging/tagging.ts';
import { parseTranscript } from '../lambdas/transcription/transcription.ts';
import { loadRulebook } from './rulebook-file.ts';

const CHANNELS = { 0: 0, 1: 1 } as const;

/** What tagging a file can be told. */
export interface TagFileOptions {
  /** The file of the rulebook, see {@link loadRulebook}. */
  readonly rulebook?: string;
  readonly agentChannel?: '0' | '1';
  readonly direction?: 'inbound' | 'outbound';
}

/** Adds the command `tag` to a program. */
export function registerTag(program: Command): void {
  program
    .command('tag')
    .description('print the moments of a file that Transcribe wrote, as JSON, without AWS')
    .argument('<file>', 'the JSON that Transcribe wrote, - for the standard input')
    .option(
      '--rulebook <file>',
      'a rulebook or a config, .ts or .json (default: verbatim.config.ts, or the starter rulebook)',
    )
    .addOption(
      new Option('--agent-channel <channel>', 'the channel of the agent, where the file does not tell').choices([
        '0',
        '1',
      ]),
    )
    .addOption(
      new Option('--direction <direction>', 'who called, where the file does not tell').choices([
        'inbound',
        'outbound',
      ]),
    )
    .option('--json', 'print JSON, as it does anyway')
    .action(async (file: string, _: unknown, command: Command) => {
      console.log(JSON.stringify(await momentsOfFile(file, command.opts()), null, 2));
    });
}

/**
 * The moments of a file that Transcribe wrote.
 *
 * @throws {Error} naming the file that cannot be read, and where it is at fault
 */
export async function momentsOfFile(file: string, options: TagFileOptions = {}): Promise<Moment[]> {
  const { rulebook: rulebookFile, agentChannel, direction } = options;
  const [rulebook, text] = await Promise.all([
    loadRulebook(rulebookFile),
    file === '-' ? textOfStream(process.stdin) : readFile(file, 'utf8'),
  ]);
  try {
    return applyRulebook(
      parseTranscript(text, { agentChannel: agentChannel && CHANNELS[agentChannel], direction }),
      rulebook,
    );
  } catch (error) {
    const name = file === '-' ? 'the standard input' : file;
    throw new Error(`${name}: ${error instanceof Error ? error.message : error}`, { cause: error });
  }
}
