import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as z from 'zod';

/** What a running local stack says about itself in `outputs.json`, for the command line, tests and other programs. */
export const LocalOutputs = z.object({
  endpoint: z.url().describe('the emulator: AWS_ENDPOINT_URL for every AWS client'),
  region: z.string(),
  accountId: z.string(),
  transcribeEndpoint: z.url().describe('the local Amazon Transcribe: AWS_ENDPOINT_URL_TRANSCRIBE'),
  stackName: z.string(),
  buckets: z.object({ recordings: z.string(), transcripts: z.string(), evidence: z.string() }),
  table: z.string(),
  urls: z
    .object({
      calls: z.url(),
      recordings: z.url(),
      uploads: z.url(),
      tagging: z.url(),
      retention: z.url(),
      holds: z.url(),
      erasure: z.url(),
      disputes: z.url(),
      insights: z.url(),
    })
    .describe('the Function URLs, reached through the emulator'),
  qualityUrls: z
    .object({ reviewer: z.url(), supervisor: z.url(), agent: z.url(), trainer: z.url() })
    .describe('those of quality, one for each role'),
  insights: z
    .object({ bucket: z.string(), database: z.string(), workGroup: z.string(), queueUrl: z.url() })
    .describe(
      'the dataset: its files, the database and the work group by which Athena queries it, the queue of its writer',
    ),
  identityIssuer: z.url().describe('who vouches for persons: npx verbatim token prints its tokens'),
  emulatorLog: z.string().optional().describe('absent when the emulator was not started here'),
  processId: z.number().int().describe('the process that runs the stack'),
  startedAt: z.iso.datetime(),
});

/** The shape of {@link LocalOutputs}. */
export type LocalOutputs = z.infer<typeof LocalOutputs>;

/** Where the outputs of the stack in `directory` are. */
export const outputsFile = (directory: string) => join(directory, 'outputs.json');

/** Writes the outputs of the stack in `directory`. */
export async function writeOutputs(directory: string, outputs: LocalOutputs): Promise<void> {
  const file = outputsFile(directory);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `${JSON.stringify(outputs, null, 2)}\n`);
}

/**
 * Reads the outputs of the stack that runs in `directory`.
 *
 * @throws Error when none runs there, or the file is not what {@link LocalOutputs} says.
 */
export async function readOutputs(directory: string): Promise<LocalOutputs> {
  const file = outputsFile(directory);
  const text = await readFile(file, 'utf8').catch(() => {
    throw new Error(`there is no ${file}: no local stack runs, start it with npm start`);
  });
  return LocalOutputs.parse(JSON.parse(text));
}

/** Removes the outputs of a stack that ended, so that nobody calls what is gone. */
export async function removeOutputs(directory: string): Promise<void> {
  await rm(outputsFile(directory), { force: true });
}
