import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { printed } from './printed.ts';
import { type Verification, verifyPackage } from './verify/verify-package.ts';

interface VerifyOptions {
  readonly key?: string;
  readonly fingerprint?: string;
  readonly json?: boolean;
}

/** Adds the command `verify` to a program. It asks no network. */
export function registerVerify(program: Command): void {
  program
    .command('verify')
    .description('prove, without a network, that an evidence package is as it was signed, or name what was altered')
    .argument('<file>', 'the ZIP, as it was handed out')
    .option('--key <file>', 'the public key of the deployment, as PEM')
    .option('--fingerprint <sha256>', 'or the fingerprint of that key: see evidence-key')
    .option('--json', 'print JSON, whole')
    .action(async (file: string, { key, fingerprint, json }: VerifyOptions) => {
      const pem = key === undefined ? undefined : await readFile(key, 'utf8');
      const found = await verifyPackage(file, { key: pem, fingerprint });
      printed(json, found, () => verificationText(found));
      if (!found.intact) process.exitCode = 1;
    });
}

/** What a verification found, for people: a line each, whatever a package that somebody else made has in its names. */
export function verificationText({ intact, altered, manifest, fingerprint, keyIsKnown }: Verification): string {
  const lines = [
    ...(manifest
      ? [
          `evidence   package ${manifest.number} of the dispute ${manifest.disputeId}`,
          `built      ${manifest.builtAt} by ${manifest.builtBy}`,
          `holds      ${manifest.files.length} files of ${manifest.calls.length} calls; ${manifest.missing.length} are missing, and it says why`,
        ]
      : []),
    ...(fingerprint === undefined ? [] : [`key        ${fingerprint}`]),
    ...altered.map(({ path, what }) => `altered    ${path}: ${what}`),
    intact ? 'intact: every file is as it was signed' : 'NOT INTACT: it is not as it was signed',
    ...(keyIsKnown || fingerprint === undefined
      ? []
      : [
          'The signature was checked against the key in the package itself, which proves nothing of who signed it: compare the',
          "key's fingerprint above with the deployment's (verbatim evidence-key), or pass --fingerprint or --key.",
        ]),
  ];
  return lines.map(printable).join('\n');
}

/** A line without what would move a terminal's cursor, and write over another line. */
const printable = (line: string): string => line.replaceAll(/\p{Cc}|\p{Cf}|\p{Zl}|\p{Zp}/gu, '\u{fffd}');
