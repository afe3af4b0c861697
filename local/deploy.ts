import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  CloudFormationClient,
  DescribeStacksCommand,
  paginateListStackResources,
} from '@aws-sdk/client-cloudformation';
import {
  GetFunctionConfigurationCommand,
  LambdaClient,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { PutObjectLockConfigurationCommand, S3Client } from '@aws-sdk/client-s3';
import * as z from 'zod';
import { LOCAL_ISSUER_VARIABLE } from '../lib/local-identity.ts';
import { accountId, credentials, region } from './emulator.ts';
import { localEnvironment, repository, run } from './processes.ts';

/** What the deployed stack says of itself. `CallsUrl` is as AWS writes it: see {@link localFunctionUrl}. */
export const StackOutputs = z.object({
  RecordingsBucketName: z.string(),
  TranscriptsBucketName: z.string(),
  EvidenceBucketName: z.string(),
  TableName: z.string(),
  CallsUrl: z.url(),
  RecordingsUrl: z.url(),
  UploadsUrl: z.url(),
  TaggingUrl: z.url(),
  RetentionUrl: z.url(),
  HoldsUrl: z.url(),
  ErasureUrl: z.url(),
  DisputesUrl: z.url(),
  QualityReviewerUrl: z.url(),
  QualitySupervisorUrl: z.url(),
  QualityAgentUrl: z.url(),
  QualityTrainerUrl: z.url(),
  InsightsUrl: z.url(),
  InsightsBucketName: z.string(),
  InsightsDatabaseName: z.string(),
  InsightsWorkGroupName: z.string(),
  InsightsQueueUrl: z.url(),
});

/** The shape of {@link StackOutputs}. */
export type StackOutputs = z.infer<typeof StackOutputs>;

/** What `cdk deploy --outputs-file` writes: the outputs of each stack by its name. The app has one stack. */
const OutputsFile = z.record(z.string(), StackOutputs);

/** A deployed stack. Its name is chosen in `verbatim.config.ts`. */
export interface DeployedStack {
  stackName: string;
  outputs: StackOutputs;
}

/**
 * What is deployed where: `identityIssuer` vouches for persons, `config` is another config than `verbatim.config.ts`, by its path.
 */
export interface Deployment {
  endpoint: string;
  directory: string;
  identityIssuer: string;
  config?: string | undefined;
  signal?: AbortSignal | undefined;
}

/**
 * Deploys the CDK app of this repository to an emulator with the real `cdk`, which is bootstrapped first where it is
 * not yet. The assembly and the outputs file go to `directory`.
 *
 * @throws Error with all that `cdk` wrote when it fails.
 */
export async function deploy({
  endpoint,
  directory,
  identityIssuer,
  config,
  signal,
}: Deployment): Promise<DeployedStack> {
  const context = config === undefined ? [] : ['--context', `config=${config}`];
  const assembly = join(directory, 'cdk.out');
  const outputsFile = join(directory, 'stack-outputs.json');
  await together(signal, [
    // Without the template validation, which takes seconds at each start: what deploys to AWS goes through it.
    (ending) =>
      cdk(endpoint, ['synth', '--quiet', '--no-validation', '--output', assembly, ...context], {
        environment: { [LOCAL_ISSUER_VARIABLE]: identityIssuer },
        signal: ending,
      }),
    async (ending) => {
      if (await stackExists(endpoint, 'CDKToolkit')) return;
      // In a directory without cdk.json, where cdk does not synthesize the app only to bootstrap.
      await cdk(endpoint, ['bootstrap', `aws://${accountId}/${region}`], { directory, signal: ending });
    },
  ]);
  await leaveOut(assembly, UNKNOWN_TYPES);
  const approved = ['--require-approval', 'never', '--outputs-file', outputsFile];
  await cdk(endpoint, ['deploy', '--app', assembly, ...approved], { signal });
  const [deployed] = Object.entries(OutputsFile.parse(JSON.parse(await readFile(outputsFile, 'utf8'))));
  if (deployed === undefined) throw new Error(`cdk deployed no stack: ${outputsFile} is empty`);
  const [stackName, outputs] = deployed;
  return { stackName, outputs };
}

/** What the emulator's CloudFormation refuses, and nothing needs here: the queries that the console of Athena offers. */
const UNKNOWN_TYPES = ['AWS::Athena::NamedQuery'];

const Template = z.looseObject({ Resources: z.record(z.string(), z.looseObject({ Type: z.string() })) });

/** Takes the resources of some types out of the templates of an assembly. No other resource may refer to them. */
async function leaveOut(assembly: string, types: readonly string[]): Promise<void> {
  for (const name of await readdir(assembly)) {
    if (!name.endsWith('.template.json')) continue;
    const file = join(assembly, name);
    const template = Template.parse(JSON.parse(await readFile(file, 'utf8')));
    const kept = Object.entries(template.Resources).filter(([, { Type }]) => !types.includes(Type));
    await writeFile(file, JSON.stringify({ ...template, Resources: Object.fromEntries(kept) }));
  }
}

/**
 * Where a Function URL is reached through the emulator. It goes by the id alone, which any program can put in a path:
 * `https://<id>.lambda-url.<region>.on.aws/` becomes `<endpoint>/_aws/lambda-url/<id>/`.
 */
export function localFunctionUrl(functionUrl: string, endpoint: string): string {
  const [id] = new URL(functionUrl).hostname.split('.');
  return `${endpoint}/_aws/lambda-url/${id}/`;
}

/**
 * Switches Object Lock on for a bucket whose template says so: the emulator's CloudFormation does not, and refuses legal
 * holds then. On AWS the template alone does it.
 */
export async function enableObjectLock(endpoint: string, bucket: string): Promise<void> {
  const s3 = new S3Client({ endpoint, region, credentials, forcePathStyle: true });
  const ObjectLockConfiguration = { ObjectLockEnabled: 'Enabled' } as const;
  await s3.send(new PutObjectLockConfigurationCommand({ Bucket: bucket, ObjectLockConfiguration }));
}

/**
 * Points every function of the stack to another Transcribe, which answers for Comprehend too. An emulator that was started here passes this to its
 * functions by itself; the Transcribe of any other answers with canned text.
 */
export async function setTranscribeEndpoint(endpoint: string, stackName: string, transcribeUrl: string): Promise<void> {
  const client = { endpoint, region, credentials };
  const lambda = new LambdaClient(client);
  for await (const page of paginateListStackResources(
    { client: new CloudFormationClient(client) },
    { StackName: stackName },
  )) {
    for (const resource of page.StackResourceSummaries ?? []) {
      if (resource.ResourceType !== 'AWS::Lambda::Function') continue;
      const FunctionName = resource.PhysicalResourceId;
      const { Environment } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
      const Variables = {
        ...Environment?.Variables,
        AWS_ENDPOINT_URL_TRANSCRIBE: transcribeUrl,
        AWS_ENDPOINT_URL_COMPREHEND: transcribeUrl,
      };
      await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Environment: { Variables } }));
    }
  }
}

/** Does all the work at once; the first failure, or the signal, ends the rest. */
async function together(signal: AbortSignal | undefined, works: ((ending: AbortSignal) => Promise<void>)[]) {
  const failed = new AbortController();
  const ending = AbortSignal.any(signal === undefined ? [failed.signal] : [signal, failed.signal]);
  try {
    await Promise.all(works.map((work) => work(ending)));
  } catch (error) {
    failed.abort();
    throw error;
  }
}

async function stackExists(endpoint: string, name: string): Promise<boolean> {
  const client = new CloudFormationClient({ endpoint, region, credentials });
  return client.send(new DescribeStacksCommand({ StackName: name })).then(
    () => true,
    (error: Error) => {
      if (error.name === 'ValidationError') return false;
      throw error;
    },
  );
}

async function cdk(
  endpoint: string,
  parameters: string[],
  options: { directory?: string; environment?: Record<string, string>; signal: AbortSignal | undefined },
): Promise<void> {
  const program = join(repository, 'node_modules', 'aws-cdk', 'bin', 'cdk');
  await run(process.execPath, [program, ...parameters, '--no-notices', '--no-color', '--ci'], {
    ...options,
    environment: localEnvironment({
      AWS_ENDPOINT_URL: endpoint,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_REGION: region,
      CDK_DISABLE_CLI_TELEMETRY: 'true',
      ...options.environment,
    }),
  });
}
