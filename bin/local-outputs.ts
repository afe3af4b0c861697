import { readFile } from 'node:fs/promises';
import * as z from 'zod';

/** What the local stack writes about itself, as far as the command line needs it. */
const LocalOutputs = z.object({
  endpoint: z.url(),
  region: z.string(),
  buckets: z.object({ recordings: z.string() }),
  urls: z.object({
    calls: z.url(),
    recordings: z.url(),
    uploads: z.url().optional(),
    tagging: z.url().optional(),
    retention: z.url().optional(),
    holds: z.url().optional(),
    erasure: z.url().optional(),
    disputes: z.url().optional(),
    insights: z.url().optional(),
  }),
  qualityUrls: z.record(z.string(), z.url()).default({}),
  startedAt: z.string(),
});

/** What the emulator takes from everyone. */
export const localCredentials = { accessKeyId: 'test', secretAccessKey: 'test' };

/**
 * Where the local stack that runs here is.
 *
 * @param otherwise what to tell where none runs: how to name a deployment instead
 */
export async function readLocalOutputs(otherwise: string): Promise<z.infer<typeof LocalOutputs>> {
  let text: string;
  try {
    text = await readFile('.local/outputs.json', 'utf8');
  } catch (cause) {
    throw new Error(`${otherwise}, or run npm start for a local one`, { cause });
  }
  return LocalOutputs.parse(JSON.parse(text));
}
