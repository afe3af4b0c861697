import { fromNodeProviderChain } from '@aws-sdk/credential-providers';
import type { VerbatimClientOptions } from './client.ts';
import { localCredentials, readLocalOutputs } from './local-outputs.ts';

/** What the command line was told of a deployment. */
export interface DeploymentOptions {
  readonly url?: string;
  readonly recordingsUrl?: string;
  readonly taggingUrl?: string;
  readonly retentionUrl?: string;
  readonly holdsUrl?: string;
  readonly erasureUrl?: string;
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
  taggingUrl,
  retentionUrl,
  holdsUrl,
  erasureUrl,
  region,
}: DeploymentOptions): Promise<VerbatimClientOptions> {
  const given = url ?? recordingsUrl ?? taggingUrl ?? retentionUrl ?? holdsUrl ?? erasureUrl;
  if (given !== undefined) {
    const ofUrl = /\.lambda-url\.([a-z0-9-]+)\./.exec(given)?.[1];
    const found = region ?? ofUrl ?? process.env.AWS_REGION;
    if (!found) throw new Error(`the region of ${given} is not known: pass --region or set AWS_REGION`);
    const credentials = await fromNodeProviderChain()();
    return {
      urls: {
        ...{ calls: url, recordings: recordingsUrl, tagging: taggingUrl },
        ...{ retention: retentionUrl, holds: holdsUrl, erasure: erasureUrl },
      },
      region: found,
      credentials,
    };
  }
  const local = await readLocalOutputs(
    'no deployment is named: set VERBATIM_CALLS_URL, VERBATIM_RECORDINGS_URL, VERBATIM_TAGGING_URL, VERBATIM_RETENTION_URL and VERBATIM_HOLDS_URL to the outputs CallsUrl, RecordingsUrl, TaggingUrl, RetentionUrl and HoldsUrl of the stack',
  );
  return { urls: local.urls, region: local.region, credentials: localCredentials };
}
