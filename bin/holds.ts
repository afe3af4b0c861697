import type { Command } from 'commander';
import type { AskedHoldOn, HeldCall, Hold, HoldOn, HoldState } from '../lambdas/retention/holds/hold.ts';
import type { HoldReport } from '../lambdas/retention/holds/holds-api.ts';
import { clientOf } from './deployment.ts';
import { printed } from './printed.ts';
import { table } from './tables.ts';

interface JsonOptions {
  readonly json?: boolean;
}

interface ReleaseOptions extends JsonOptions {
  readonly reason: string;
  readonly as?: string;
}

interface PlaceOptions extends ReleaseOptions {
  readonly call?: string[];
  readonly customer?: string[];
  readonly case?: string;
  readonly key?: string;
}

const collect = (value: string, before: string[] = []): string[] => [...before, value];

/** Adds the commands `hold` and `holds` to a program. */
export function registerHolds(program: Command): void {
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
    .action(async (options: PlaceOptions, command: Command) => {
      const on = holdOnOf(options);
      if (typeof on === 'string') command.error(on);
      else {
        const { reason, as, key, json } = options;
        const verbatim = await clientOf(command, 'holds');
        const placed = await verbatim.placeHold({ on, reason, placedByName: as }, { idempotencyKey: key });
        printed(json, placed, () => holdText(placed));
      }
    });

  hold
    .command('release')
    .description('release a hold: calls that no other hold holds are kept again as their retention says')
    .argument('<holdId>', 'the id of the hold')
    .requiredOption('--reason <text>', 'why')
    .option('--as <name>', 'your name, beside the principal that signs')
    .option('--json', 'print JSON, whole')
    .action(async (holdId: string, { reason, as, json }: ReleaseOptions, command: Command) => {
      const verbatim = await clientOf(command, 'holds');
      const released = await verbatim.releaseHold(holdId, { reason, releasedByName: as });
      printed(json, released, () => holdText(released));
    });

  hold
    .command('show')
    .description('show a hold, all that happened to it, and its calls')
    .argument('<holdId>', 'the id of the hold')
    .option('--json', 'print JSON, whole')
    .action(async (holdId: string, { json }: JsonOptions, command: Command) => {
      const verbatim = await clientOf(command, 'holds');
      const found = await verbatim.hold(holdId);
      const calls = await Array.fromAsync(verbatim.callsOfHold(holdId));
      printed(json, { ...found, reached: calls }, () => reportText(found, calls));
    });

  program
    .command('holds')
    .description('list legal holds')
    .option('--state <state>', 'those in a state: placing, placed, releasing or released')
    .option('--json', 'print JSON, whole')
    .action(async ({ state, json }: JsonOptions & { readonly state?: HoldState }, command: Command) => {
      const found = await Array.fromAsync((await clientOf(command, 'holds')).holds({ state }));
      printed(json, found, () => holdTable(found));
    });
}

/** What a hold is to be on, or what is wrong with what was named. */
function holdOnOf({ call = [], customer = [], case: caseId }: PlaceOptions): AskedHoldOn | string {
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
  if ('disputeId' in on) return `dispute ${on.disputeId}`;
  const named = [...countText(on.callIds, 'call'), ...countText(on.customerIds, 'customer')].join(', ');
  return `case ${on.caseId}: ${named}`;
}

/** Holds, a row each. */
const holdTable = (holds: readonly Hold[]): string =>
  table(
    ['hold', 'on', 'state', 'placed', 'reason'],
    holds.map(({ holdId, on, state, placedAt, reason }) => [holdId, heldText(on), state, placedAt, reason]),
  );

/** A hold, to be read. */
function holdText({ holdId, on, state, reason, history }: Hold): string {
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
function reportText(report: HoldReport, calls: readonly HeldCall[]): string {
  const { held, released, gone } = report.calls;
  return [
    holdText(report),
    `calls      ${held} held, ${released} released, ${gone} were gone`,
    ...calls.map(({ callId, state, at }) => `  ${callId}  ${state} ${at}`),
  ].join('\n');
}
