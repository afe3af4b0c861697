import { fromNodeProviderChain } from '@aws-sdk/credential-providers';
import { type Command, Option } from 'commander';
import {
  createVerbatimClient,
  regionOf,
  type VerbatimClient,
  type VerbatimClientOptions,
} from '../client/verbatim-client.ts';
import { Role } from '../lambdas/quality/access.ts';
import { localCredentials, readLocalOutputs } from './local-outputs.ts';

/** The URLs that commands ask, how each is told to them, and which output of the stack it is. */
const URLS = [
  { name: 'calls', option: '--url', variable: 'VERBATIM_CALLS_URL', output: 'CallsUrl' },
  { name: 'recordings', option: '--recordings-url', variable: 'VERBATIM_RECORDINGS_URL', output: 'RecordingsUrl' },
  { name: 'tagging', option: '--tagging-url', variable: 'VERBATIM_TAGGING_URL', output: 'TaggingUrl' },
  { name: 'retention', option: '--retention-url', variable: 'VERBATIM_RETENTION_URL', output: 'RetentionUrl' },
  { name: 'holds', option: '--holds-url', variable: 'VERBATIM_HOLDS_URL', output: 'HoldsUrl' },
  { name: 'erasure', option: '--erasure-url', variable: 'VERBATIM_ERASURE_URL', output: 'ErasureUrl' },
  { name: 'disputes', option: '--disputes-url', variable: 'VERBATIM_DISPUTES_URL', output: 'DisputesUrl' },
  { name: 'insights', option: '--insights-url', variable: 'VERBATIM_INSIGHTS_URL', output: 'InsightsUrl' },
  // There is one for each role: whoever asks has that of theirs.
  { name: 'quality', option: '--quality-url', variable: 'VERBATIM_QUALITY_URL', output: 'QualityReviewerUrl' },
] as const;

/** A URL that a command can ask. */
export type UrlName = (typeof URLS)[number]['name'];

/** The variable that names the recordings bucket, which belongs to the same deployment. */
export const BUCKET_VARIABLE = 'VERBATIM_RECORDINGS_BUCKET';

/** What the command line and the environment tell of a deployment: its URLs, by the names that commander gives them. */
export type DeploymentOptions = Readonly<Record<string, unknown>> & {
  readonly region?: string;
  readonly identity?: string;
  readonly role?: Role;
};

const urlOption = ({ name, option, variable }: (typeof URLS)[number]): Option =>
  new Option(`${option} <url>`, `the ${name} URL`).env(variable);

/** Adds the options that name a deployment to a program, whose commands take them, too. */
export function withDeploymentOptions(program: Command): Command {
  for (const url of URLS) program.addOption(urlOption(url));
  return program
    .option('--region <region>', 'the region of the deployment, where its URL does not tell it')
    .addOption(new Option('--identity <token>', 'the identity token of who you are').env('VERBATIM_IDENTITY'))
    .addOption(
      new Option('--role <role>', 'by the quality URL of which role the local stack is asked')
        .choices(Role.options)
        .env('VERBATIM_ROLE')
        .default('supervisor' satisfies Role),
    );
}

/** The URLs that were given. One that is empty was meant to be given: it is no reason to ask the local stack. */
const givenUrls = (options: DeploymentOptions): Partial<Record<UrlName, string>> =>
  Object.fromEntries(
    URLS.map((url) => [url.name, options[urlOption(url).attributeName()]]).filter(([, given]) => given !== undefined),
  );

/** Whether a deployment was named, by any of its URLs or by its bucket: then no command is about the local stack. */
export const isDeploymentNamed = (options: DeploymentOptions): boolean =>
  Object.keys(givenUrls(options)).length > 0 || process.env[BUCKET_VARIABLE] !== undefined;

const listed = (words: readonly string[]): string => new Intl.ListFormat('en-GB').format(words);

/**
 * Finds the deployment to talk to: the one that was named, or the local stack that runs here. A deployment in AWS is
 * called with the credentials of the usual chain, the local one with the emulator's.
 *
 * @param needed the URL that is asked
 * @throws Error saying how to name a deployment, where none is found, or the URL, where a deployment is named without it
 */
export async function findDeployment(options: DeploymentOptions, needed: UrlName): Promise<VerbatimClientOptions> {
  const identity = options.identity === undefined ? {} : { identityToken: options.identity };
  if (!isDeploymentNamed(options)) {
    const variables = listed(URLS.map(({ variable }) => variable));
    const outputs = listed(URLS.map(({ output }) => output));
    const { urls, qualityUrls, region } = await readLocalOutputs(
      `no deployment is named: set ${variables} to the outputs ${outputs} of the stack`,
    );
    const quality = qualityUrls[options.role ?? 'supervisor'];
    return { urls: { ...urls, ...(quality && { quality }) }, region, credentials: localCredentials, ...identity };
  }
  const urls = givenUrls(options);
  const url = urls[needed];
  if (!url) throw new Error(howToGive(needed));
  const region = options.region ?? regionOf(url) ?? process.env.AWS_REGION;
  if (!region) throw new Error(`the region of ${url} is not known: pass --region or set AWS_REGION`);
  return { urls, region, credentials: fromNodeProviderChain(), ...identity };
}

function howToGive(needed: UrlName): string {
  const { option, variable, output } = URLS.find(({ name }) => name === needed) ?? URLS[0];
  return `the ${needed} URL is not given: set ${variable}, or pass ${option}: the output ${output} of the stack`;
}

/**
 * A client of the deployment that a command was told of, see {@link findDeployment}.
 *
 * @param needed the URL that the command asks
 */
export const clientOf = async (command: Command, needed: UrlName): Promise<VerbatimClient> =>
  createVerbatimClient(await findDeployment(command.optsWithGlobals(), needed));
