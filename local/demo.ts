import { join } from 'node:path';
import { parseArgs } from 'node:util';
import getPort from 'get-port';
import { createVerbatimClient, type VerbatimClient } from '../client/verbatim-client.ts';
import type { Call, FoundMoment } from '../lambdas/calls/calls.ts';
import { credentials } from './emulator.ts';
import { type FollowedCall, followCalls } from './follow.ts';
import type { LocalOutputs } from './outputs.ts';
import { step, stopSignal } from './progress.ts';
import { localDirectory, startLocalStack } from './stack.ts';
import { uploadSamples } from './upload.ts';

/** One sample call, as the demo shows it. */
interface DemoCall extends Call {
  title: string;
  transcript?: { language?: string | undefined; turns: number; firstWords: string };
  moments: FoundMoment[];
}

/** A question, the signed request that asked it, and the whole answer. */
interface LookUp {
  question: string;
  request: string;
  answer: Call[] | FoundMoment[];
}

/** What the demo found; `problems` says what is not as it should be. */
interface Report {
  calls: DemoCall[];
  lookUps: LookUp[];
  problems: string[];
}

const log = (line: string) => console.error(line);
const signal = stopSignal();
const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } });

try {
  const directory = join(localDirectory, 'demo');
  const stack = await startLocalStack({ directory, ports: { emulator: await getPort() }, log, signal });
  try {
    const client = createVerbatimClient({ ...stack.outputs, credentials });
    const uploads = await step(log, 'uploading the sample calls', () => uploadSamples(stack.outputs));
    const followed = await step(log, 'transcribing and tagging them', () =>
      followCalls(client, uploads, { log, emulatorLog: stack.outputs.emulatorLog, signal }),
    );
    const report = await reportOn(followed, client, stack.outputs);
    console.log(values.json ? JSON.stringify(report, null, 2) : readable(report));
    for (const problem of report.problems) fail(problem);
  } finally {
    await step(log, 'stopping', () => stack.stop());
  }
} catch (error) {
  fail(signal.aborted ? 'stopped before the demo was done' : error);
}

async function reportOn(followed: FollowedCall[], client: VerbatimClient, outputs: LocalOutputs): Promise<Report> {
  const calls: DemoCall[] = [];
  for (const { uploaded, call } of followed) {
    const { title } = uploaded.sample;
    calls.push({ title, ...call, ...(call.state === 'tagged' && { transcript: await opening(client, call.callId) }) });
  }
  const problems = calls
    .filter((call) => call.state !== 'tagged')
    .map(
      (call) =>
        `call ${call.callId} (${call.title}) is ${call.state}: ${call.stateReason?.message ?? 'without a reason'}`,
    );

  const metadata = followed.map(({ uploaded }) => uploaded.sample.metadata);
  const agentId = mostFrequent(metadata.map((each) => each['agent-id']));
  const customerId = mostFrequent(metadata.map((each) => each['customer-id']));
  const tags = calls.flatMap((call) => call.tags);
  const tag = tags.includes('credit-over-policy') ? 'credit-over-policy' : mostFrequent(tags);
  const request = (path: string, query: Record<string, string>) =>
    `GET ${new URL(`${path}?${new URLSearchParams(query)}`, outputs.urls.calls)}`;
  const lookUps: LookUp[] = [
    {
      question: `which calls did ${agentId} take?`,
      request: request('calls', { agentId }),
      answer: await Array.fromAsync(client.calls({ agentId })),
    },
    {
      question: `which calls did ${customerId} make?`,
      request: request('calls', { customerId }),
      answer: await Array.fromAsync(client.calls({ customerId })),
    },
    {
      question: `when was ${tag} tagged?`,
      request: request('moments', { tag }),
      answer: await Array.fromAsync(client.moments(tag)),
    },
  ];
  const expected = [
    calls.filter((call) => call.agentId === agentId),
    calls.filter((call) => call.customerId === customerId),
    calls.filter((call) => call.tags.includes(tag)),
  ];
  lookUps.forEach(({ question, answer }, index) => {
    const found = new Set(answer.map((each) => each.callId));
    const missing = (expected[index] ?? []).filter((call) => !found.has(call.callId));
    if (missing.length > 0) problems.push(`"${question}" missed ${missing.map((call) => call.callId).join(', ')}`);
    if (found.size === 0) problems.push(`"${question}" found nothing`);
  });
  return { calls, lookUps, problems };
}

async function opening(client: VerbatimClient, callId: string): Promise<DemoCall['transcript']> {
  const { language, turns } = await client.transcript(callId);
  const words = turns.flatMap((turn) => turn.text.split(/\s+/));
  return { language, turns: turns.length, firstWords: words.slice(0, 25).join(' ') };
}

function mostFrequent(values: string[]): string {
  const counts = Map.groupBy(values, (value) => value);
  return [...counts.entries()].sort(([, a], [, b]) => b.length - a.length)[0]?.[0] ?? '';
}

function readable({ calls, lookUps }: Report): string {
  const at = ({ startMs }: FoundMoment) => `${(startMs / 1000).toFixed(1)} s`;
  const quoted = (moment: FoundMoment) => `${moment.tag} at ${at(moment)}, ${moment.speaker}: "${moment.quote}"`;
  const lines = calls.flatMap((call) => [
    `\n${call.title}`,
    `  ${call.startedAt}  ${call.agentId} with ${call.customerId}  ${call.state}`,
    `  "${call.transcript?.firstWords ?? ''} …"`,
    ...call.moments.map((moment) => `  ${quoted(moment)}`),
  ]);
  for (const { question, request, answer } of lookUps) {
    lines.push(`\n${question}`, `  ${request}`);
    for (const each of answer) {
      lines.push(
        'quote' in each
          ? `  ${each.callId}  ${quoted(each as FoundMoment)}`
          : `  ${each.callId}  ${(each as Call).startedAt}`,
      );
    }
  }
  return lines.join('\n');
}

function fail(error: unknown): void {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
