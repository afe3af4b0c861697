import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CreateBucketCommand, PutBucketVersioningCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import getPort from 'get-port';
import { importDirectory } from '../bin/import/import-directory.ts';
import { openJournal } from '../bin/import/journal.ts';
import { uploader } from '../bin/import/uploader.ts';
import { SourceConfig } from '../lambdas/recordings/recordings.ts';
import { credentials, region, startEmulator } from '../local/emulator.ts';
import { pythonEnvironment } from '../local/python.ts';
import { localDirectory } from '../local/stack.ts';
import { type Bench, type Measurement, median } from './bench.ts';

const SMALL_FILES = 2000;
const SMALL_BYTES = 16 * 1024;
const LARGE_FILES = 4;
const LARGE_BYTES = 24 * 1024 ** 2;
const FILES = SMALL_FILES + LARGE_FILES;
const CONCURRENCY = 8;
const ROUNDS = 3;
/** What is added to each request: nothing, where the client's own work shows most, and what a region nearby takes. */
const LATENCIES_MS = [0, 20];
const BUCKET = 'bench-recordings';

/** One way of uploading the files: how long it took, and how many requests it made. */
interface Run {
  readonly seconds: number;
  readonly requests: number;
}

/** An import, again, and a plain upload of the same files, in turn, to an emulator. */
const bench: Bench = {
  name: 'import',
  async measure(log) {
    const directory = await mkdtemp(join(tmpdir(), 'verbatim-bench-'));
    const emulatorDirectory = join(localDirectory, 'bench');
    await mkdir(emulatorDirectory, { recursive: true });
    const emulator = await startEmulator({
      python: await pythonEnvironment(join(localDirectory, 'python'), log),
      port: await getPort(),
      directory: emulatorDirectory,
      transcribeUrl: 'http://127.0.0.1:9',
    });
    try {
      log(`making ${SMALL_FILES} files of ${SMALL_BYTES} bytes and ${LARGE_FILES} of ${LARGE_BYTES}`);
      const files = join(directory, 'files');
      await makeFiles(files);
      await createBucket(emulator.endpoint);
      const all: Measurement[] = [];
      for (const latencyMs of LATENCIES_MS) {
        log(`with ${latencyMs} ms added to each request`);
        const client = countingClient(emulator.endpoint, latencyMs);
        const runs = await measureRuns(client, files, join(directory, `journals-${latencyMs}`), `${latencyMs}/`, log);
        client.s3.destroy();
        const label = latencyMs === 0 ? '' : `, ${latencyMs} ms latency`;
        all.push(...measurements(runs, label));
      }
      return all;
    } finally {
      await emulator.stop();
      await rm(directory, { recursive: true });
    }
  },
};
export default bench;

type Runs = Record<'import' | 'again' | 'withoutJournal' | 'plain', Run[]>;

async function measureRuns(
  { s3, requests }: CountingClient,
  files: string,
  journals: string,
  prefix: string,
  log: (line: string) => void,
): Promise<Runs> {
  const run = async (work: () => Promise<unknown>): Promise<Run> => {
    const [startMs, before] = [performance.now(), requests()];
    await work();
    return { seconds: (performance.now() - startMs) / 1000, requests: requests() - before };
  };
  const runs: Runs = { import: [], again: [], withoutJournal: [], plain: [] };
  await plainUpload(s3, files, `${prefix}warm-up/`);
  for (let round = 1; round <= ROUNDS; round++) {
    log(`round ${round} of ${ROUNDS}`);
    const imported = (journal: string) => () =>
      importFiles(s3, files, `${prefix}import-${round}/`, join(journals, `${round}-${journal}`));
    const plain = async () => runs.plain.push(await run(() => plainUpload(s3, files, `${prefix}plain-${round}/`)));
    // Each goes first in turn: the emulator slows down as it fills.
    if (round % 2 === 0) await plain();
    runs.import.push(await run(imported('journal')));
    if (round % 2 === 1) await plain();
    runs.again.push(await run(imported('journal')));
    runs.withoutJournal.push(await run(imported('lost-journal')));
  }
  return runs;
}

function measurements(runs: Runs, label: string): Measurement[] {
  const seconds = (of: readonly Run[]) => median(of.map((run) => run.seconds));
  const ratios = runs.import.map((run, i) => run.seconds / (runs.plain[i]?.seconds ?? Number.NaN));
  const row = (what: string, of: readonly Run[]): Measurement => ({
    what: what + label,
    value: `${Math.round(FILES / seconds(of))} files/s`,
    note: `${(median(of.map((run) => run.requests)) / FILES).toFixed(2)} requests per file`,
  });
  return [
    row('plain parallel upload', runs.plain),
    row('import', runs.import),
    row('import again: nothing to do', runs.again),
    row('import again, without its journal', runs.withoutJournal),
    {
      what: `time of import / plain upload${label}`,
      value: median(ratios).toFixed(2),
      note: `${ratios.map((ratio) => ratio.toFixed(2)).join(', ')} in ${ROUNDS} rounds`,
    },
  ];
}

async function makeFiles(directory: string): Promise<void> {
  for (let i = 0; i < FILES; i++) {
    const folder = join(directory, String(i % 20));
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, `call ${i}.wav`), wave(i < SMALL_FILES ? SMALL_BYTES : LARGE_BYTES));
  }
}

/** Noise with the head of a WAVE file. */
function wave(sizeBytes: number): Buffer {
  const bytes = randomBytes(sizeBytes);
  bytes.write('RIFF', 0);
  bytes.writeUInt32LE(sizeBytes - 8, 4);
  bytes.write('WAVEfmt ', 8);
  return bytes;
}

async function createBucket(endpoint: string): Promise<void> {
  const s3 = new S3Client({ endpoint, region, credentials, forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: BUCKET }));
  await s3.send(new PutBucketVersioningCommand({ Bucket: BUCKET, VersioningConfiguration: { Status: 'Enabled' } }));
  s3.destroy();
}

type CountingClient = ReturnType<typeof countingClient>;

function countingClient(endpoint: string, latencyMs: number) {
  const s3 = new S3Client({ endpoint, region, credentials, forcePathStyle: true });
  let requests = 0;
  s3.middlewareStack.add(
    (next) => async (args) => {
      requests += 1;
      if (latencyMs > 0) await sleep(latencyMs);
      return next(args);
    },
    // Below the retries: each attempt is a request.
    { step: 'deserialize', name: 'countRequests' },
  );
  return { s3, requests: () => requests };
}

async function importFiles(s3: S3Client, directory: string, prefix: string, journalFile: string): Promise<void> {
  const source = SourceConfig.parse({ name: 'bench', prefix });
  const journal = openJournal(journalFile);
  const { files } = await importDirectory({
    directory,
    target: { source, prefix, sources: [source] },
    uploader: uploader(s3, BUCKET),
    journal,
    hasManifest: false,
    concurrency: CONCURRENCY,
  });
  const [failure] = [...journal.reasons('failed'), ...journal.reasons('skipped')];
  journal.close();
  if (failure) throw new Error(`the import went wrong: ${JSON.stringify(files)}, such as ${failure.reason}`);
}

/** What one would write with the SDK alone: as many at once, no checks. */
async function plainUpload(s3: S3Client, directory: string, prefix: string): Promise<void> {
  const files = await readdir(directory, { recursive: true, withFileTypes: true });
  const queue = files.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const work = async () => {
    for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
      const Key = prefix + file.slice(directory.length + 1);
      await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body: await readFile(file) }));
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, work));
}
