import { randomUUID } from 'node:crypto';
import { type Command, Option } from 'commander';
import type { HeldCall, Hold, HoldOn, HoldState } from '../lambdas/retention/holds/hold.ts';
import type { HoldReport } from '../lambdas/retention/holds/holds-api.ts';
import { createVerbatimClient } from './client.ts';
import { findDeployment } from './deployment.ts';
import { table } from './tables.ts';

interface UrlOptions {
  readonly holdsUrl?: string;
  readonly region?: string;
}

interface PlaceOptions extends UrlOptions {
  readonly call?: string[];
  readonly customer?: string[];
  readonly case?: string;
  readonly reason: string;
  readonly as?: string;
  readonly key?: string;
  readonly json?: boolean;
}

const holdsUrl = () => new Option('--holds-url <url>', 'the holds URL').env('VERBATIM_HOLDS_URL');
const collect = (value: string, before: string[] = []): string[] => [...before, value];

/** Adds the commands `hold` and `holds` to a program. */
export function registerHolds(program: Command): void {
  const client = async ({ holdsUrl, region }: UrlOptions) =>
    createVerbatimClient(await findDeployment({ holdsUrl, region }));
  const hold = program.command('hold').description('place, release and see legal holds');

  hold
    .command('place')
    .description('keep a call, all calls of a customer, or those of a case, until the hold is released')
    .option('--call <callId>', 'a call; with --case more than one may be named', collect)
    .option('--customer <customerId>', 'a customer; with --case more than one may be named', collect)
    .option('--case <caseId>', 'the case that the calls and customers are held for')
    .requiredOption('--reason <text>', 'why')
    .option('--as <name>', 'your name, beside the principal that signs')
    .option('--key <text>', 'placed again with the same key, it is the same hold (default: another each time)')
    .option('--json', 'print JSON, whole')
    .addOption(holdsUrl())
    .action(async (_options: PlaceOptions, command: Command) => {
      const options: PlaceOptions = command.optsWithGlobals();
      const on = holdOnOf(options);
      if (typeof on === 'string') command.error(on);
      else {
        const { reason, as, key = randomUUID(), json } = options;
        const asked = { on, reason, placedByName: as, idempotencyKey: key };
        const placed = await (await client(options)).placeHold(asked);
        console.log(json ? JSON.stringify(placed, null, 2) : holdText(placed));
      }
    });

  hold
    .command('release')
    .description('release a hold: calls that no other hold holds are kept again as their retention says')
    .argument('<holdId>', 'the id of the hold')
    .requiredOption('--reason <text>', 'why')
    .option('--as <name>', 'your name, beside the principal that signs')
    .option('--json', 'print JSON, whole')
    .addOption(holdsUrl())
    .action(async (holdId: string, _options: PlaceOptions, command: Command) => {
      const options: PlaceOptions = command.optsWithGlobals();
      const { reason, as, json } = options;
      const released = await (await client(options)).releaseHold(holdId, { reason, releasedByName: as });
      console.log(json ? JSON.stringify(released, null, 2) : holdText(released));
    });

  hold
    .command('show')
    .description('show a hold, all that happened to it, and its calls')
    .argument('<holdId>', 'the id of the hold')
    .option('--json', 'print JSON, whole')
    .addOption(holdsUrl())
    .action(async (holdId: string, _options: PlaceOptions, command: Command) => {
      const options: PlaceOptions = command.optsWithGlobals();
      const verbatim = await client(options);
      const found = await verbatim.hold(holdId);
      const calls = await Array.fromAsync(verbatim.callsOfHold(holdId));
      console.log(options.json ? JSON.stringify({ ...found, reached: calls }, null, 2) : reportText(found, calls));
    });

  program
    .command('holds')
    .description('list legal holds')
    .option('--state <state>', 'those in a state: placing, placed, releasing or released')
    .option('--json', 'print JSON, whole')
    .addOption(holdsUrl())
    .action(async (_options: UrlOptions, command: Command) => {
      const options: UrlOptions & { state?: HoldState; json?: boolean } = command.optsWithGlobals();
      const found = await Array.fromAsync((await client(options)).holds({ state: options.state }));
      if (options.json) return console.log(JSON.stringify(found, null, 2));
      const rows = found.map(({ holdId, on, state, placedAt, reason }) => [
        ...[holdId, heldText(on), state, placedAt, reason],
      ]);
      console.log(table(['hold', 'on', 'state', 'placed', 'reason'], rows));
    });
}

/** What a hold is to be on, or what is wrong with what was named. */
function holdOnOf({ call = [], customer = [], case: caseId }: PlaceOptions): HoldOn | string {
  const named = call.length + customer.length;
  if (named === 0) return 'name what to hold: --call, --customer, or a --case with either';
  if (caseId !== undefined) {
    return {
      caseId,
      ...(call.length > 0 && { callIds: call }),
      ...(customer.length > 0 && { customerIds: customer }),
    };
  }
  const [callId] = call;
  const [customerId] = customer;
  if (named > 1) return 'name one --call or one --customer; several belong to a --case';
  if (callId !== undefined) return { callId };
  return customerId === undefined ? 'name what to hold' : { customerId };
}

const countText = (ids: readonly string[] | undefined, one: string): string[] =>
  ids === undefined ? [] : [`${ids.length} ${one}${ids.length === 1 ? '' : 's'}`];

/** What a hold is on, to be read. */
function heldText(on: HoldOn): string {
  if ('callId' in on) return `call ${on.callId}`;
  if ('customerId' in on) return `customer ${on.customerId}`;
  const named = [...countText(on.callIds, 'call'), ...countText(on.customerIds, 'customer')].join(', ');
  return `case ${on.caseId}: ${named}`;
}

/** A hold, to be read. */
export function holdText({ holdId, on, state, reason, history }: Hold): string {
  return [
    `hold       ${holdId}, ${state}`,
    `on         ${heldText(on)}`,
    `reason     ${reason}`,
    ...history.map(({ state: entered, at, by, byName, reason: why }) => {
      const who = by === undefined ? '' : `, by ${byName === undefined ? by : `${byName} (${by})`}`;
      return `  ${at}  ${entered}${who}${why === undefined ? '' : `: ${why}`}`;
    }),
  ].join('\n');
}

/** A hold with its calls, to be read. */
export function reportText(report: HoldReport, calls: readonly HeldCall[]): string {
  const { held, released, gone } = report.calls;
  return [
    holdText(report),
    `calls      ${held} held, ${released} released, ${gone} were gone`,
    ...calls.map(({ callId, state, at }) => `  ${callId}  ${state} ${at}`),
  ].join('\n');
}
