#!/usr/bin/env node
import { Command } from 'commander';
import type { CallState } from '../lambdas/calls/calls.ts';
import { registerCalls } from './calls.ts';
import { registerCustody } from './custody.ts';
import { clientOf, withDeploymentOptions } from './deployment.ts';
import { registerDisputes } from './disputes.ts';
import { registerDoctor } from './doctor.ts';
import { registerErase } from './erase.ts';
import { registerEvidence } from './evidence.ts';
import { registerHolds } from './holds.ts';
import { registerImport } from './import.ts';
import { registerInsights } from './insights.ts';
import { printed } from './printed.ts';
import { registerQuality } from './quality/quality.ts';
import { registerReceipts } from './receipts.ts';
import { registerReport } from './report.ts';
import { registerRetag } from './retag.ts';
import { registerRetention } from './retention.ts';
import { registerRules } from './rules.ts';
import { registerSearch } from './search.ts';
import { callDetails, recordingDetails, recordingTable } from './tables.ts';
import { registerTag } from './tag.ts';
import { registerToken } from './token.ts';
import { registerTranscript } from './transcript.ts';
import { registerVerify } from './verify.ts';

const program = withDeploymentOptions(new Command('verbatim'))
  .description('Look up, hear and search calls of a Verbatim deployment, tag them, and see to its recordings.')
  .configureHelp({ showGlobalOptions: true })
  .showHelpAfterError();

registerCalls(program);

program
  .command('call')
  .description('show a call: what is known of it, its moments, and what was said')
  .argument('<callId>', 'the id of the call')
  .option('--json', 'print JSON, whole')
  .action(async (callId: string, { json }: { json?: boolean }, command: Command) => {
    const verbatim = await clientOf(command, 'calls');
    const call = await verbatim.call(callId);
    const transcript = call.state === 'tagged' ? await verbatim.transcript(callId) : undefined;
    printed(json, { ...call, transcript }, () => callDetails(call, transcript));
  });

registerTranscript(program);
registerCustody(program);
registerTag(program);
registerRules(program);
registerSearch(program);
registerRetag(program);
registerRetention(program);
registerReceipts(program);
registerDoctor(program);
registerHolds(program);
registerErase(program);
registerDisputes(program);
registerEvidence(program);
registerQuality(program);
registerInsights(program);
registerReport(program);
registerVerify(program);
registerImport(program);
registerToken(program);

program
  .command('recordings')
  .description('list what became of each recording')
  .option('--state <state>', 'those in a state: received, queued, transcribing, tagged, rejected, failed or deleting')
  .option('--json', 'print JSON, whole')
  .action(async ({ state, json }: { state?: CallState; json?: boolean }, command: Command) => {
    const verbatim = await clientOf(command, 'recordings');
    const recordings = await Array.fromAsync(verbatim.recordings({ state, limit: 200 }));
    printed(json, recordings, () => recordingTable(recordings));
  });

program
  .command('recording')
  .description('show all that happened to a recording')
  .argument('<callId>', 'the id of the recording, which is that of its call')
  .option('--json', 'print JSON, whole')
  .action(async (callId: string, { json }: { json?: boolean }, command: Command) => {
    const recording = await (await clientOf(command, 'recordings')).recording(callId);
    printed(json, recording, () => recordingDetails(recording));
  });

program
  .command('retry')
  .description('take up again recordings that were rejected or failed')
  .argument('[callIds...]', 'the ids of the recordings')
  .option('--state <state>', 'all that are rejected, or failed')
  .action(async (callIds: string[], { state }: { state?: string }, command: Command) => {
    if (state !== undefined && state !== 'rejected' && state !== 'failed')
      command.error('--state is rejected or failed');
    if ((callIds.length === 0) === (state === undefined)) command.error('name recordings, or a --state');
    const verbatim = await clientOf(command, 'recordings');
    // Listed whole before the first is retried: what is retried leaves the list.
    const listed = state ? await Array.fromAsync(verbatim.recordings({ state: state as CallState, limit: 200 })) : [];
    for (const callId of [...callIds, ...listed.map((recording) => recording.callId)]) {
      const { recording, attempt } = await verbatim.retry(callId);
      console.log(`${callId}  attempt ${attempt}  ${recording.key}`);
    }
  });

// A reader such as `head` that has read enough is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

try {
  await program.parseAsync();
} catch (error) {
  console.error(`verbatim: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}
