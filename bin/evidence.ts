import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import type { Command } from 'commander';
import type { VerbatimClient } from '../client/verbatim-client.ts';
import type { EvidencePackage } from '../lambdas/disputes/evidence/evidence-package.ts';
import { clientOf } from './deployment.ts';
import { printed } from './printed.ts';
import { untilDone } from './until-done.ts';
import { verifyPackage } from './verify/verify-package.ts';
import { verificationText } from './verify.ts';

interface GivenEvidenceOptions {
  readonly output: string;
  readonly reason?: string;
  readonly as?: string;
  readonly number?: string;
  readonly originals: boolean;
}
type EvidenceOptions = GivenEvidenceOptions & { readonly reason: string };

/** What of a client the commands ask. */
export type EvidenceClient = Pick<
  VerbatimClient,
  'requestEvidence' | 'evidencePackage' | 'evidenceLink' | 'evidenceKey' | 'retryEvidence'
>;

/** Adds the commands `evidence` and `evidence-key` to a program. */
export function registerEvidence(program: Command): void {
  program
    .command('evidence')
    .description('have an evidence package of a dispute built, download it, and verify it')
    .argument('<disputeId>', 'the id of the dispute')
    .requiredOption('-o, --output <file>', 'where the ZIP goes')
    .option('--reason <text>', "why: the custody of the dispute's calls tells it (default: that it is for the dispute)")
    .option('--as <name>', 'your name, beside the principal that signs')
    .option('--no-originals', 'nothing that was not redacted')
    .option('--number <n>', 'download this package, which is built already, or build it again where it failed')
    .action(async (disputeId: string, given: GivenEvidenceOptions, command: Command) => {
      const options = { ...given, reason: given.reason ?? `for the dispute ${disputeId}` };
      const verbatim = await clientOf(command, 'disputes');
      const { output, reason, as: byName } = options;
      const asked = await askedFor(verbatim, disputeId, options);
      const evidence = await whenBuilt(verbatim, asked);
      const { number } = evidence;
      const { url } = await verbatim.evidenceLink(disputeId, number, { reason, byName });
      await download(url, output).catch((cause: unknown) => {
        const told = cause instanceof Error ? cause.message : cause;
        throw new Error(`${told}; it is built: download it again with --number ${number}`, { cause });
      });
      const { fingerprint } = await verbatim.evidenceKey();
      const found = await verifyPackage(output, { fingerprint });
      console.log(verificationText(found));
      if (!found.intact) process.exitCode = 1;
    });

  program
    .command('evidence-key')
    .description('show the public key that evidence packages are signed with, and its fingerprint')
    .option('--json', 'print JSON, whole')
    .action(async ({ json }: { json?: boolean }, command: Command) => {
      const key = await (await clientOf(command, 'disputes')).evidenceKey();
      printed(json, key, () => `${key.pem}fingerprint ${key.fingerprint}`);
    });
}

async function askedFor(
  verbatim: EvidenceClient,
  disputeId: string,
  { number, reason, as: byName, originals }: EvidenceOptions,
): Promise<EvidencePackage> {
  if (number === undefined) return verbatim.requestEvidence(disputeId, { reason, byName, originals });
  const there = await verbatim.evidencePackage(disputeId, Number(number));
  return there.state === 'failed' ? verbatim.retryEvidence(disputeId, there.number) : there;
}

/**
 * A package, once it is built.
 *
 * @throws Error with its reason, where it failed
 */
async function whenBuilt(
  verbatim: EvidenceClient,
  { disputeId, number }: Pick<EvidencePackage, 'disputeId' | 'number'>,
): Promise<EvidencePackage> {
  const ask = async () => {
    const evidence = await verbatim.evidencePackage(disputeId, number);
    return { evidence, state: evidence.state === 'requested' ? 'running' : evidence.state };
  };
  const { evidence } = await untilDone(ask, (report) => `evidence package ${number}: ${report.evidence.state}`);
  if (evidence.state === 'failed') throw new Error(`evidence package ${number} failed: ${evidence.failure}`);
  return evidence;
}

/** Downloads what a link leads to; the file is there when all of it is. */
async function download(url: string, file: string): Promise<void> {
  const response = await fetch(url);
  if (!response.ok || !response.body)
    throw new Error(`the package cannot be downloaded: S3 answered ${response.status}`);
  const part = `${file}.part`;
  try {
    await pipeline(Readable.fromWeb(response.body as ReadableStream<Uint8Array>), createWriteStream(part));
    await rename(part, file);
  } finally {
    await rm(part, { force: true });
  }
}
