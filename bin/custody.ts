import type { Command } from 'commander';
import type { CustodyCheck, CustodyEntry } from '../client/verbatim-client.ts';
import { clientOf } from './deployment.ts';
import { printed } from './printed.ts';
import { table } from './tables.ts';

/** Adds the command `custody` to a program. */
export function registerCustody(program: Command): void {
  program
    .command('custody')
    .description('show what was done with a call: by whom, when and why; that it is read is noted, too')
    .argument('<callId>', 'the id of the call')
    .option('--check', 'tell whether it is what was noted; exits with 1 where something was edited, removed or moved')
    .option('--json', 'print JSON, whole')
    .action(async (callId: string, { check, json }: { check?: boolean; json?: boolean }, command: Command) => {
      const verbatim = await clientOf(command, 'calls');
      if (check) {
        const found = await verbatim.checkCustody(callId);
        printed(json, found, () => checkText(callId, found));
        if (!found.intact) process.exitCode = 1;
        return;
      }
      const entries = await Array.fromAsync(verbatim.custody(callId));
      printed(json, entries, () => custodyTable(entries));
    });
}

/** What was done with a call, an entry a row. */
export const custodyTable = (entries: readonly CustodyEntry[]): string =>
  table(
    ['no', 'at', 'what', 'by', 'why', 'details', 'hash'],
    entries.map(({ number, at, kind, why = '', details, hash, ...who }) => [
      ...[String(number), at, kind, byText(who), why],
      Object.entries(details)
        .map(([name, value]) => `${name} ${value}`)
        .join('\n'),
      hash.slice(0, 12),
    ]),
  );

/** What a check found, to be read. */
export const checkText = (callId: string, { intact, entries, hash, faults }: CustodyCheck): string =>
  [
    `${intact ? 'intact' : 'BROKEN'}: the custody of ${callId}, ${entries} entries`,
    ...(hash === undefined ? [] : [`hash   ${hash}`]),
    ...faults.map(({ what, message }) => `  ${what.padEnd(13)} ${message}`),
  ].join('\n');

const byText = ({ by, person, byName }: Pick<CustodyEntry, 'by' | 'person' | 'byName'>): string =>
  [
    by,
    ...(person === undefined ? [] : [`person ${person}`]),
    ...(byName === undefined ? [] : [`named ${byName}`]),
  ].join('\n');
