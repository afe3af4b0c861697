import { once } from 'node:events';
import { join, relative } from 'node:path';
import { table } from '../bin/tables.ts';
import { createVerbatimClient } from '../client/verbatim-client.ts';
import { credentials } from './emulator.ts';
import { type FollowedCall, followCalls } from './follow.ts';
import type { LocalOutputs } from './outputs.ts';
import { repository } from './processes.ts';
import { secondsSince, step, stopSignal } from './progress.ts';
import { type LocalStack, localDirectory, startLocalStack } from './stack.ts';
import { keyOf, readSamples, uploadSamples } from './upload.ts';

const log = (line: string) => console.log(line);
const signal = stopSignal();
const startMs = performance.now();

try {
  const stack = await startLocalStack({ directory: localDirectory, log, signal });
  try {
    await dropSamples(stack);
    log(await whereEverythingIs(stack));
    log(`\nThe local stack is up after ${secondsSince(startMs)}. Ctrl-C stops it.`);
    if (!signal.aborted) await once(signal, 'abort');
  } finally {
    log('\nstopping …');
    await stack.stop();
  }
} catch (error) {
  if (!signal.aborted) fail(error);
}
log('stopped');

/** Uploads the samples and shows what became of them. A failure is shown too, and the stack stays up to look at. */
async function dropSamples({ outputs }: LocalStack): Promise<void> {
  try {
    const uploads = await step(log, 'uploading the sample calls', () => uploadSamples(outputs));
    const followed = await step(log, 'transcribing and tagging them', () =>
      followCalls(createVerbatimClient({ ...outputs, credentials }), uploads, {
        log,
        emulatorLog: outputs.emulatorLog,
        signal,
      }),
    );
    log(`\n${callTable(followed)}`);
  } catch (error) {
    signal.throwIfAborted();
    fail(error);
    const logGroups = `${awsCommand(outputs)} logs describe-log-groups`;
    log(`Logs: ${outputs.emulatorLog ?? 'those of your emulator'}; of each function: ${logGroups}`);
  }
}

function callTable(followed: FollowedCall[]): string {
  const rows = followed.map(({ uploaded, call }) => {
    const { 'agent-id': agentId, 'customer-id': customerId } = uploaded.sample.metadata;
    return [
      call.agentId ?? agentId,
      call.customerId ?? customerId,
      call.startedAt ?? uploaded.startedAt,
      call.durationMs === undefined ? '' : `${(call.durationMs / 1000).toFixed(0)} s`,
      call.state,
      call.tags.join('\n'),
    ];
  });
  return table(['agent', 'customer', 'start', 'length', 'state', 'tags'], rows);
}

async function whereEverythingIs({ outputs, directory }: LocalStack): Promise<string> {
  const { buckets, insights, endpoint, region, urls, qualityUrls } = outputs;
  const [sample] = await readSamples();
  const startedAt = `${new Date().toISOString().slice(0, 19)}Z`;
  const metadata = Object.entries({ ...sample?.metadata, 'started-at': startedAt }).map((pair) => pair.join('='));
  const recording = sample?.recording ?? '';
  const keys = `AWS_ACCESS_KEY_ID=${credentials.accessKeyId} AWS_SECRET_ACCESS_KEY=${credentials.secretAccessKey}`;
  // The command line finds the stack of this directory by itself, and any other by its URL.
  const verbatim =
    directory === localDirectory
      ? 'npx verbatim calls'
      : `${keys} AWS_REGION=${region} npx verbatim calls --url ${urls.calls}`;
  return `
recordings bucket      ${buckets.recordings}
transcripts bucket     ${buckets.transcripts}
insights bucket        ${insights.bucket}
table                  ${outputs.table}
${[...Object.entries(urls), ...Object.entries(qualityUrls).map(([role, url]) => [`quality ${role}`, url])]
  .map(([name, url]) => `${`${name} URL`.padEnd(22)} ${url}`)
  .join('\n')}
emulator               ${endpoint}
outputs                ${relative(repository, join(directory, 'outputs.json'))}

Upload another call:
  ${awsCommand(outputs)} s3 cp samples/${recording} s3://${buckets.recordings}/${keyOf(`again-${recording}`, startedAt)} --metadata ${metadata.join(',')}
Look calls up, by agent, by tag, or with any program that signs its requests:
  ${verbatim} --agent agent-lee
  ${verbatim} --tag credit-over-policy
  curl --aws-sigv4 aws:amz:${region}:lambda --user ${credentials.accessKeyId}:${credentials.secretAccessKey} '${urls.calls}calls?agentId=agent-lee'
Ask for scores, reviews and coaching as a person, by the URL of a role (docs/quality.md):
  VERBATIM_IDENTITY=$(npx verbatim token --person sue@example.com --team billing) npx verbatim scorecards`;
}

function awsCommand({ endpoint, region }: LocalOutputs): string {
  const keys = `AWS_ACCESS_KEY_ID=${credentials.accessKeyId} AWS_SECRET_ACCESS_KEY=${credentials.secretAccessKey}`;
  return `${keys} aws --region ${region} --endpoint-url ${endpoint}`;
}

function fail(error: unknown): void {
  console.error(`\n${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}
