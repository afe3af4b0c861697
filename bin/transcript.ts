import { readFile } from 'node:fs/promises';
import { text as textOfStream } from 'node:stream/consumers';
import { type Command, Option } from 'commander';
import {
  parseTranscript,
  renderTranscript,
  TRANSCRIPT_FORMATS,
  type TranscriptFormat,
} from '../lambdas/transcription/transcription.ts';
import { createVerbatimClient } from './client.ts';
import { type DeploymentOptions, findDeployment } from './deployment.ts';

const CHANNELS = { 0: 0, 1: 1 } as const;

interface TranscriptOptions extends DeploymentOptions {
  readonly format: TranscriptFormat;
  readonly agentChannel?: '0' | '1';
  readonly direction?: 'inbound' | 'outbound';
}

/** Adds the command `transcript` to a program. */
export function registerTranscript(program: Command): void {
  program
    .command('transcript')
    .description('print what was said: from a file that Transcribe wrote, or of a call of the deployment')
    .argument('<file>', 'the JSON that Transcribe wrote, - for the standard input, or the id of a call')
    .addOption(new Option('--format <format>', 'how to print it').choices(TRANSCRIPT_FORMATS).default('text'))
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
    .action(async (given: string, _: unknown, command: Command) => {
      process.stdout.write(await printed(given, command.optsWithGlobals()));
    });
}

async function printed(given: string, options: TranscriptOptions): Promise<string> {
  const text = await readGiven(given);
  if (text === undefined) {
    const verbatim = createVerbatimClient(await findDeployment(options));
    const { format } = options;
    return format === 'json' ? indented(await verbatim.transcript(given)) : verbatim.transcriptAs(given, format);
  }
  const agentChannel = options.agentChannel && CHANNELS[options.agentChannel];
  const { direction } = options;
  const transcript = parsed(given, () => parseTranscript(text, { agentChannel, direction }));
  return options.format === 'json' ? indented(transcript) : renderTranscript(transcript, options.format);
}

const indented = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

const CALL_ID = /^[0-9a-z]{26}$/;

/** The text of the file, or of the standard input; undefined where `given` is no file, but may be a call. */
async function readGiven(given: string): Promise<string | undefined> {
  if (given === '-') return textOfStream(process.stdin);
  try {
    return await readFile(given, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' && CALL_ID.test(given)) return undefined;
    if (code === 'ENOENT') throw new Error(`there is no file ${given}`, { cause: error });
    if (code === 'EISDIR') throw new Error(`${given} is a directory: name one file`, { cause: error });
    throw error;
  }
}

function parsed<T>(given: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    const name = given === '-' ? 'the standard input' : given;
    throw new Error(`${name}: ${error instanceof Error ? error.message : error}`, { cause: error });
  }
}
