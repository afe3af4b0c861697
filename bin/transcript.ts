import { existsSync } from 'node:fs';
import { type Command, Option } from 'commander';
import { renderTranscript, TRANSCRIPT_FORMATS, type TranscriptFormat } from '../lambdas/transcription/transcription.ts';
import { clientOf } from './deployment.ts';
import { readTranscribeFile, type TranscribeFileHints, transcriptOf, withHints } from './transcribe-file.ts';

interface TranscriptOptions extends TranscribeFileHints {
  readonly format: TranscriptFormat;
}

/** Adds the command `transcript` to a program. */
export function registerTranscript(program: Command): void {
  const command = program
    .command('transcript')
    .description('print what was said: from a file that Transcribe wrote, or of a call of the deployment')
    .argument('<file>', 'the JSON that Transcribe wrote, - for the standard input, or the id of a call')
    .addOption(new Option('--format <format>', 'how to print it').choices(TRANSCRIPT_FORMATS).default('text'));
  withHints(command).action(async (given: string, options: TranscriptOptions) => {
    process.stdout.write(await printed(given, options, command));
  });
}

const CALL_ID = /^[0-9a-z]{26}$/;

async function printed(given: string, options: TranscriptOptions, command: Command): Promise<string> {
  const { format } = options;
  if (CALL_ID.test(given) && !existsSync(given)) {
    const verbatim = await clientOf(command, 'calls');
    return format === 'json' ? indented(await verbatim.transcript(given)) : verbatim.transcriptAs(given, format);
  }
  const transcript = transcriptOf(given, await readTranscribeFile(given), options);
  return format === 'json' ? indented(transcript) : renderTranscript(transcript, format);
}

const indented = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
