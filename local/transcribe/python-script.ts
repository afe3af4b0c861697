import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { JobFailure } from './errors.ts';

const requirements = join(import.meta.dirname, '..', 'requirements.txt');

/**
 * Runs a script on a file, its first argument, and gives what it prints. Throws JobFailure with the script's own complaint
 * where it cannot read the file (2) or a package is missing (3). When the signal is aborted, it ends with all it started.
 */
export function runPython(
  python: string,
  script: string,
  args: [string, ...string[]],
  signal: AbortSignal,
): Promise<string> {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    // A process group of its own, because the recogniser starts a process for each channel, to be ended with it.
    const child = spawn(python, [script, ...args], { detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    const stop = () => endGroup(child.pid);
    signal.addEventListener('abort', stop, { once: true });
    let printed = '';
    let complaint = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      printed += chunk;
    });
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      complaint += chunk;
    });
    child.on('error', (error) => reject(new JobFailure(`the local recogniser did not run: ${error.message}`)));
    child.on('close', (exitCode, exitSignal) => {
      signal.removeEventListener('abort', stop);
      if (exitCode === 0) return resolve(printed);
      const lastLine = complaint.trim().split('\n').at(-1) ?? '';
      const reason = failureReason(exitCode ?? exitSignal, lastLine.replaceAll(args[0], 'the audio'), python);
      reject(new JobFailure(reason));
    });
  });
}

function endGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

function failureReason(exit: number | string | null, complaint: string, python: string): string {
  if (exit === 2) return complaint;
  if (exit === 3) {
    return `the local recogniser is not installed: ${complaint}; install it with: ${python} -m pip install -r ${requirements}`;
  }
  return `the local recogniser ended with ${exit}: ${complaint}`;
}
