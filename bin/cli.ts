#!/usr/bin/env node
import { Command, Option } from 'commander';
import { type CallsOf, createVerbatimClient, type ListOptions } from './client.ts';
import { findDeployment } from './deployment.ts';
import { callDetails, callTable, momentTable } from './tables.ts';

const program = new Command('verbatim')
  .description('Look up calls of a Verbatim deployment.')
  .addOption(new Option('--url <url>', 'the calls URL').env('VERBATIM_CALLS_URL'))
  .option('--region <region>', 'the region of the deployment, where its URL does not tell it')
  .showHelpAfterError();

const client = async () => createVerbatimClient(await findDeployment(program.opts()));

interface CallsOptions extends ListOptions {
  readonly agent?: string;
  readonly customer?: string;
  readonly state?: string;
  readonly tag?: string;
  readonly json?: boolean;
}

program
  .command('calls')
  .description("list an agent's or a customer's calls, the calls in a state, or the moments of a tag")
  .option('--agent <id>', "an agent's calls")
  .option('--customer <id>', "a customer's calls")
  .option('--state <state>', 'calls in a state: received, transcribing, tagged, rejected or failed')
  .option('--tag <tag>', 'the moments of a tag')
  .option('--from <time>', 'the begin of the period, ISO 8601, included')
  .option('--to <time>', 'the end of the period, ISO 8601, not included')
  .option('--json', 'print JSON, whole')
  .action(async ({ agent, customer, state, tag, json, from, to }: CallsOptions, command: Command) => {
    const given = { agentId: agent, customerId: customer, state, tag };
    const named = Object.entries(given).filter(([, value]) => value !== undefined);
    if (named.length !== 1) command.error('name one of --agent, --customer, --state and --tag');
    const verbatim = await client();
    if (tag !== undefined) {
      const moments = await Array.fromAsync(verbatim.moments(tag, { from, to }));
      console.log(json ? JSON.stringify(moments, null, 2) : momentTable(moments));
    } else {
      const calls = await Array.fromAsync(verbatim.calls(Object.fromEntries(named) as CallsOf, { from, to }));
      console.log(json ? JSON.stringify(calls, null, 2) : callTable(calls));
    }
  });

program
  .command('call')
  .description('show a call: what is known of it, its moments, and what was said')
  .argument('<callId>', 'the id of the call')
  .option('--json', 'print JSON, whole')
  .action(async (callId: string, { json }: { json?: boolean }) => {
    const verbatim = await client();
    const call = await verbatim.call(callId);
    const transcript = call.state === 'tagged' ? await verbatim.transcript(callId) : undefined;
    console.log(json ? JSON.stringify({ ...call, transcript }, null, 2) : callDetails(call, transcript));
  });

try {
  await program.parseAsync();
} catch (error) {
  console.error(`verbatim: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}
