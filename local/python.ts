import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from './processes.ts';
import { type Log, step } from './progress.ts';

const requirementsFile = join(import.meta.dirname, 'requirements.txt');
const oldestMinor = 10;

/** No usable Python on this machine; the message says what may be done about it. */
export class PythonMissing extends Error {
  override name = 'PythonMissing';
}

/** Whether `Python 3.x.y`, as `python --version` prints it, can run the emulator (Python ≥ 3.10). */
export function isUsablePython(versionLine: string): boolean {
  const [, major, minor] = /^Python (\d+)\.(\d+)/.exec(versionLine.trim()) ?? [];
  return Number(major) === 3 && Number(minor) >= oldestMinor;
}

/**
 * The Python environment in `directory`, with everything that `requirements.txt` lists. It is made on first use and
 * brought up to date when the requirements changed.
 *
 * The recogniser may fail to install without stopping the start: the emulator works without it, and transcription
 * jobs then fail with the reason.
 *
 * @returns The path of its Python.
 * @throws PythonMissing without Python ≥ 3.10; Error with pip's output when the emulator cannot be installed.
 */
export async function pythonEnvironment(directory: string, log: Log, signal?: AbortSignal): Promise<string> {
  const python = join(directory, 'bin', 'python');
  const stamp = stampIn(directory);
  const hash = createHash('sha256')
    .update(await readFile(requirementsFile))
    .digest('hex');
  const installed = (await answers(python)) ? await stamp.read() : '';

  if (installed !== `${hash} emulator` && installed !== `${hash} everything`) {
    const base = await findPython();
    await step(log, `installing the emulator into ${directory} (once)`, async () => {
      await run(base, ['-m', 'venv', '--clear', directory], { signal });
      await run(python, [...install, '--constraint', requirementsFile, ...emulator], { signal });
      await stamp.write(`${hash} emulator`);
    });
  }
  if (installed !== `${hash} everything`) {
    await step(log, `installing the speech recogniser into ${directory} (once)`, async () => {
      try {
        await run(python, [...install, '--requirement', requirementsFile], { signal });
        await stamp.write(`${hash} everything`);
      } catch (error) {
        signal?.throwIfAborted();
        log(`  it could not be installed: ${error instanceof Error ? error.message : error}`);
        log('  what needs no recognition works; transcription jobs will fail. To try again, start again, or run');
        log(`  ${python} -m pip install --prefer-binary -r ${requirementsFile}`);
      }
    });
  }
  return python;
}

/** What the emulator is made of. */
const emulator = ['ministack', 'cryptography', 'duckdb'];

const install = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--prefer-binary'];

/** What of which requirements is installed in an environment: nothing, the emulator, or everything. */
function stampIn(directory: string) {
  const file = join(directory, 'installed.txt');
  return { read: () => readFile(file, 'utf8').catch(() => ''), write: (stamp: string) => writeFile(file, stamp) };
}

async function findPython(): Promise<string> {
  const seen: string[] = [];
  for (const command of ['python3', 'python']) {
    const version = await run(command, ['--version']).catch(() => undefined);
    if (version === undefined) continue;
    if (isUsablePython(version)) return command;
    seen.push(`${command} is ${version.trim()}`);
  }
  throw new PythonMissing(
    [
      `python ≥ 3.${oldestMinor} is needed to run the AWS emulator, and was not found (${seen.join(', ') || 'no python3 or python on the path'})`,
      `  - install Python ≥ 3.${oldestMinor} with its venv module, or`,
      '  - set AWS_ENDPOINT_URL to an emulator that runs already, or',
      '  - run the emulator in a container, and start again with its address:',
      '      docker run --detach --network host ministackorg/ministack',
      '      AWS_ENDPOINT_URL=http://127.0.0.1:4566 npm start',
      '  Recognising speech needs Python in any case: without it, transcription jobs fail.',
    ].join('\n'),
  );
}

async function answers(python: string): Promise<boolean> {
  return run(python, ['--version']).then(isUsablePython, () => false);
}
