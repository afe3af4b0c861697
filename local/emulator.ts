import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { localEnvironment } from './processes.ts';

/** The region and account of everything local. */
export const region = 'us-east-1';
export const accountId = '000000000000';

/** The emulator takes any credentials; a key that is not an account number means account {@link accountId}. */
export const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };

/** A running emulator. `logFile` is absent for one that was not started here. */
export interface Emulator {
  endpoint: string;
  logFile?: string;
  stop(): Promise<void>;
}

/** What {@link startEmulator} needs: `transcribeUrl` is where the functions find Amazon Transcribe and Comprehend. */
export interface EmulatorOptions {
  python: string;
  port: number;
  directory: string;
  transcribeUrl: string;
  signal?: AbortSignal | undefined;
}

const startSeconds = 60;
const stopSeconds = 10;

/**
 * The emulator that `AWS_ENDPOINT_URL` names, if it names one.
 *
 * @throws Error when it is not an http(s) URL, or is one of AWS itself: a local start never touches a real account.
 */
export function givenEndpoint(value: string | undefined): string | undefined {
  if (value === undefined || value.trim() === '') return undefined;
  const url = URL.canParse(value.trim()) ? new URL(value.trim()) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new Error(`AWS_ENDPOINT_URL is ${value}, which is not an http(s) URL: give an emulator's, or unset it`);
  }
  if (/(^|\.)(amazonaws\.com(\.cn)?|amazonaws\.eu|api\.aws|on\.aws|aws)\.?$/i.test(url.hostname)) {
    throw new Error(`AWS_ENDPOINT_URL is ${value}, which is AWS itself: give an emulator's URL, or unset it`);
  }
  return url.href.replace(/\/+$/, '');
}

/**
 * Takes up an emulator that runs already; stopping it is left to who started it.
 *
 * @throws Error when nothing answers at the endpoint.
 */
export async function useEmulator(endpoint: string): Promise<Emulator> {
  if (!(await isHealthy(endpoint))) {
    throw new Error(`no emulator answers at AWS_ENDPOINT_URL ${endpoint}: start it, or unset AWS_ENDPOINT_URL`);
  }
  return { endpoint, stop: async () => {} };
}

/**
 * Starts MiniStack on 127.0.0.1, with all its files in `directory`, and waits until it answers. It keeps its state in
 * memory: every start is a fresh account.
 *
 * @throws Error with the end of its log when it does not come up.
 */
export async function startEmulator(options: EmulatorOptions): Promise<Emulator> {
  const { directory, port } = options;
  const endpoint = `http://127.0.0.1:${port}`;
  const logFile = join(directory, 'emulator.log');
  const temporary = join(directory, 'tmp');
  await rm(temporary, { recursive: true, force: true });
  await mkdir(temporary, { recursive: true });
  // The emulator runs functions from here by a CommonJS file, which this repository's package.json would make ESM.
  await writeFile(join(temporary, 'package.json'), '{ "type": "commonjs" }\n');

  const log = openSync(logFile, 'w');
  const child = spawn(options.python, [join(import.meta.dirname, 'run_emulator.py')], {
    cwd: directory,
    // A process group of its own: Ctrl-C in the terminal reaches this process alone, which then stops it in order.
    detached: true,
    stdio: ['pipe', log, log],
    env: localEnvironment({
      GATEWAY_PORT: String(port),
      BIND_HOST: '127.0.0.1',
      MINISTACK_REGION: region,
      MINISTACK_ACCOUNT_ID: accountId,
      S3_DATA_DIR: join(temporary, 's3'),
      STATE_DIR: join(temporary, 'state'),
      TMPDIR: temporary,
      // Without it, an emulator that lacks DuckDB would answer queries with canned rows.
      ATHENA_ENGINE: 'duckdb',
      // Servers on fixed ports that nothing here needs, and that would keep a second emulator from starting.
      IOT_MTLS_ENABLED: '0',
      SFTP_ENABLED: '0',
      AWS_ENDPOINT_URL_TRANSCRIBE: options.transcribeUrl,
      AWS_ENDPOINT_URL_COMPREHEND: options.transcribeUrl,
    }),
  });
  closeSync(log);
  let failure = '';
  child.on('error', (error) => {
    failure = error.message;
  });
  child.on('exit', (code, signal) => {
    failure = `it ended with ${code ?? signal}`;
  });
  child.stdin?.on('error', () => {});

  const stop = () => stopEmulator(child, temporary);
  try {
    const giveUpMs = performance.now() + startSeconds * 1000;
    while (!(await isHealthy(endpoint))) {
      if (performance.now() > giveUpMs) failure = `it did not answer within ${startSeconds} s`;
      if (failure) {
        const tail = readFileSync(logFile, 'utf8').trim().split('\n').slice(-15).join('\n');
        throw new Error(`the emulator did not start on port ${port}: ${failure}\n${tail}\nIts log: ${logFile}`);
      }
      await sleep(100, undefined, { signal: options.signal });
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return { endpoint, logFile, stop };
}

async function stopEmulator(child: ChildProcess, temporary: string): Promise<void> {
  if (child.pid !== undefined) {
    if (child.exitCode === null && child.signalCode === null) {
      child.stdin?.end();
      await Promise.race([once(child, 'exit'), sleep(stopSeconds * 1000, undefined, { ref: false })]);
    }
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch {
      // The whole group has ended, as it should have.
    }
  }
  await rm(temporary, { recursive: true, force: true, maxRetries: 3 });
}

async function isHealthy(endpoint: string): Promise<boolean> {
  const answer = await fetch(`${endpoint}/_ministack/health`, { signal: AbortSignal.timeout(2000) }).catch(
    () => undefined,
  );
  await answer?.body?.cancel();
  return answer?.ok ?? false;
}
