import { readFile } from 'node:fs/promises';
import { text as textOfStream } from 'node:stream/consumers';
import { type Command, Option } from 'commander';
import { parseTranscript, type Transcript } from '../lambdas/transcription/transcription.ts';

const CHANNELS = { 0: 0, 1: 1 } as const;

/** What a file of Transcribe may not tell of its call. */
export interface TranscribeFileHints {
  readonly agentChannel?: '0' | '1';
  readonly direction?: 'inbound' | 'outbound';
}

/** Adds the options of {@link TranscribeFileHints} to a command. */
export const withHints = (command: Command): Command =>
  command
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
    );

/**
 * The text of a file, or of the standard input for `-`.
 *
 * @throws Error naming the file that cannot be read
 */
export async function readTranscribeFile(file: string): Promise<string> {
  if (file === '-') return textOfStream(process.stdin);
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT') throw new Error(`there is no file ${file}`, { cause: error });
    if (code === 'EISDIR') throw new Error(`${file} is a directory: name one file`, { cause: error });
    throw error;
  }
}

/**
 * The transcript in the text of a file.
 *
 * @throws Error naming the file, and where it is at fault
 */
export function transcriptOf(file: string, text: string, { agentChannel, direction }: TranscribeFileHints): Transcript {
  try {
    return parseTranscript(text, { agentChannel: agentChannel && CHANNELS[agentChannel], direction });
  } catch (error) {
    const name = file === '-' ? 'the standard input' : file;
    throw new Error(`${name}: ${error instanceof Error ? error.message : error}`, { cause: error });
  }
}
