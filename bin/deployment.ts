import { readFile } from 'node:fs/promises';
import { fromNodeProviderChain } from '@aws-sdk/credential-providers';
import * as z from 'zod';
import type { VerbatimClientOptions } from './client.ts';

/** What the local stack writes about itself, as far as the command line needs it. */
const LocalOutputs = z.object({
  region: z.string(),
  urls: z.object({ calls: z.url(), recordings: z.url(), uploads: z.url().optional() }),
});

const LOCAL_OUTPUTS = '.local/outputs.json';

/** What the command line was told of a deployment. */
export interface DeploymentOptions {
  readonly url?: string;
  readonly recordingsUrl?: string;
  readonly region?: string;
}

/**
 * Finds the deployment to talk to: the one whose URL was given, or the local stack that runs here. A deployment in AWS
 * is called with the credentials of the usual chain, the local one with the emulator's.
 *
 * @throws Error saying how to name a deployment, where none is found
 */
export async function findDeployment({
  url,
  recordingsUrl,
  region,
}: DeploymentOptions): Promise<VerbatimClientOptions> {
  const given = url ?? recordingsUrl;
  if (given !== undefined) {
    const ofUrl = /\.lambda-url\.([a-z0-9-]+)\./.exec(given)?.[1];
    const found = region ?? ofUrl ?? process.env.AWS_REGION;
    if (!found) throw new Error(`the region of ${given} is not known: pass --region or set AWS_REGION`);
    const credentials = await fromNodeProviderChain()();
    return { urls: { calls: url, recordings: recordingsUrl }, region: found, credentials };
  }
  let text: string;
  try {
    text = await readFile(LOCAL_OUTPUTS, 'utf8');
  } catch (cause) {
    throw new Error(
      'no deployment is named: set VERBATIM_CALLS_URL and VERBATIM_RECORDINGS_URL to the outputs CallsUrl and RecordingsUrl of the stack, or run npm start for a local one',
      { cause },
    );
  }
  const local = LocalOutputs.parse(JSON.parse(text));
  return { ...local, credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };
}
