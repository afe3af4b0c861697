import type { Command } from 'commander';
import type { Moment } from '../lambdas/calls/calls.ts';
import { applyRulebook } from '../lambdas/tagging/tagging.ts';
import { loadRulebook } from './rulebook-file.ts';
import { readTranscribeFile, type TranscribeFileHints, transcriptOf, withHints } from './transcribe-file.ts';

/** What tagging a file can be told. */
export interface TagFileOptions extends TranscribeFileHints {
  /** The file of the rulebook, see {@link loadRulebook}. */
  readonly rulebook?: string;
}

/** Adds the command `tag` to a program. */
export function registerTag(program: Command): void {
  const command = program
    .command('tag')
    .description('print the moments of a file that Transcribe wrote, as JSON, without AWS')
    .argument('<file>', 'the JSON that Transcribe wrote, - for the standard input')
    .option(
      '--rulebook <file>',
      'a rulebook or a config, .ts or .json (default: verbatim.config.ts, or the starter rulebook)',
    )
    .option('--json', 'print JSON, as it does anyway');
  withHints(command).action(async (file: string) => {
    console.log(JSON.stringify(await momentsOfFile(file, command.opts()), null, 2));
  });
}

/**
 * The moments of a file that Transcribe wrote.
 *
 * @throws {Error} naming the file that cannot be read, and where it is at fault
 */
export async function momentsOfFile(file: string, options: TagFileOptions = {}): Promise<Moment[]> {
  const [rulebook, text] = await Promise.all([loadRulebook(options.rulebook), readTranscribeFile(file)]);
  return applyRulebook(transcriptOf(file, text, options), rulebook);
}
