import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import getPort from 'get-port';
import { deploy, enableObjectLock, localFunctionUrl, setTranscribeEndpoint } from './deploy.ts';
import { accountId, givenEndpoint, region, startEmulator, useEmulator } from './emulator.ts';
import { startIdentityProvider } from './identity-provider.ts';
import { claimInstance } from './instance.ts';
import { type LocalOutputs, outputsFile, removeOutputs, writeOutputs } from './outputs.ts';
import { repository } from './processes.ts';
import { type Log, step } from './progress.ts';
import { PythonMissing, pythonEnvironment } from './python.ts';
import { startLocalTranscribe } from './transcribe/server.ts';

/** Where everything local is kept; nothing in it is needed to start anew. */
export const localDirectory = join(repository, '.local');

/** The port the emulator takes when it is free: the one AWS emulators are commonly found on. */
const emulatorPort = 4566;

/** How to start a stack. */
export interface LocalStackOptions {
  /** Where it keeps its files and `outputs.json`. While another stack runs there, a directory in it is used. */
  directory: string;
  /** The ports to use; by default 4566 or any free one, and any free one. */
  ports?: { emulator?: number; transcribe?: number };
  /** Another config than `verbatim.config.ts`, by its path. */
  config?: string;
  log: Log;
  /** Ends the start, and leaves nothing running. */
  signal?: AbortSignal | undefined;
}

/** A running local stack. */
export interface LocalStack {
  outputs: LocalOutputs;
  /** Where its `outputs.json` is. */
  directory: string;
  /** Stops everything that was started; safe to call again. */
  stop(): Promise<void>;
}

/**
 * Runs the real stack on this machine: starts the local Transcribe, a provider of identities and the emulator (or uses the
 * emulator that `AWS_ENDPOINT_URL` names), deploys the CDK app to it, and writes `outputs.json`.
 *
 * @throws Error that says what failed and what to do; what was started until then is stopped.
 */
export async function startLocalStack(options: LocalStackOptions): Promise<LocalStack> {
  const { log, signal, ports = {} } = options;
  const given = givenEndpoint(process.env.AWS_ENDPOINT_URL);
  const instance = await claimInstance(options.directory);
  const { directory } = instance;
  const toStop = [() => removeOutputs(directory).then(instance.release)];
  const stop = async () => {
    for (const end of toStop.splice(0).reverse()) {
      await end().catch((error: unknown) => log(`while stopping: ${error instanceof Error ? error.message : error}`));
    }
  };

  try {
    await removeOutputs(directory);
    if (directory !== options.directory) log(`another stack runs from ${options.directory}: using ${directory}`);
    const python = await pythonEnvironment(join(localDirectory, 'python'), log, signal).catch((error: unknown) => {
      if (given === undefined || !(error instanceof PythonMissing)) throw error;
      log(`${error.message}\n`);
      return 'python3';
    });

    const port = ports.emulator ?? (await getPort({ port: emulatorPort }));
    const endpoint = given ?? `http://127.0.0.1:${port}`;
    const cacheDir = join(localDirectory, 'recognised');
    await mkdir(cacheDir, { recursive: true });
    const transcribe = await startLocalTranscribe({
      port: ports.transcribe ?? (await getPort()),
      awsEndpoint: endpoint,
      region,
      accountId,
      cacheDir,
      python,
    });
    toStop.push(() => transcribe.close());

    const identityProvider = await startIdentityProvider(directory);
    toStop.push(identityProvider.stop);
    const identityIssuer = identityProvider.issuer;

    const emulator = given
      ? await useEmulator(given)
      : await step(log, `starting the emulator at ${endpoint}`, () =>
          startEmulator({ python, port, directory, transcribeUrl: transcribe.url, signal }),
        );
    toStop.push(emulator.stop);

    const { stackName, outputs: deployed } = await step(log, `deploying the stack to ${endpoint}`, () =>
      deploy({ endpoint, directory, identityIssuer, config: options.config, signal }),
    );
    for (const bucket of [deployed.RecordingsBucketName, deployed.EvidenceBucketName])
      await enableObjectLock(endpoint, bucket);
    if (given !== undefined) await setTranscribeEndpoint(endpoint, stackName, transcribe.url);

    const outputs: LocalOutputs = {
      endpoint,
      region,
      accountId,
      transcribeEndpoint: transcribe.url,
      stackName,
      buckets: {
        recordings: deployed.RecordingsBucketName,
        transcripts: deployed.TranscriptsBucketName,
        evidence: deployed.EvidenceBucketName,
      },
      table: deployed.TableName,
      urls: {
        calls: localFunctionUrl(deployed.CallsUrl, endpoint),
        recordings: localFunctionUrl(deployed.RecordingsUrl, endpoint),
        uploads: localFunctionUrl(deployed.UploadsUrl, endpoint),
        tagging: localFunctionUrl(deployed.TaggingUrl, endpoint),
        retention: localFunctionUrl(deployed.RetentionUrl, endpoint),
        holds: localFunctionUrl(deployed.HoldsUrl, endpoint),
        erasure: localFunctionUrl(deployed.ErasureUrl, endpoint),
        disputes: localFunctionUrl(deployed.DisputesUrl, endpoint),
        insights: localFunctionUrl(deployed.InsightsUrl, endpoint),
      },
      qualityUrls: {
        reviewer: localFunctionUrl(deployed.QualityReviewerUrl, endpoint),
        supervisor: localFunctionUrl(deployed.QualitySupervisorUrl, endpoint),
        agent: localFunctionUrl(deployed.QualityAgentUrl, endpoint),
        trainer: localFunctionUrl(deployed.QualityTrainerUrl, endpoint),
      },
      insights: {
        bucket: deployed.InsightsBucketName,
        database: deployed.InsightsDatabaseName,
        workGroup: deployed.InsightsWorkGroupName,
        queueUrl: deployed.InsightsQueueUrl,
      },
      identityIssuer,
      ...(emulator.logFile !== undefined && { emulatorLog: emulator.logFile }),
      processId: process.pid,
      startedAt: new Date().toISOString(),
    };
    await writeOutputs(directory, outputs);
    log(`  ${outputsFile(directory)} says where everything is`);
    return { outputs, directory, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
