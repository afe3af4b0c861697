import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';

/** The folder of the repository. */
export const repository = join(import.meta.dirname, '..');

/** How a command is run: `environment` replaces the environment, `signal` ends it. */
export interface RunOptions {
  directory?: string;
  environment?: NodeJS.ProcessEnv;
  signal?: AbortSignal | undefined;
}

/**
 * Runs a command to its end.
 *
 * @returns What it wrote, standard output and standard error together.
 * @throws Error with all its output when it cannot be started, is ended by the signal, or exits with anything but 0.
 */
export function run(command: string, parameters: string[], options: RunOptions = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, parameters, {
      cwd: options.directory ?? repository,
      env: options.environment ?? process.env,
      signal: options.signal,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const collect = (chunk: Buffer) => {
      output += chunk.toString();
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.on('error', reject);
    child.on('close', (code, ending) => {
      if (code === 0) resolve(output);
      else reject(new Error(`${command} ${parameters.join(' ')} ended with ${code ?? ending}:\n${output.trim()}`));
    });
  });
}

/**
 * This process's environment without any AWS setting of its user, and with this project's tools, Node among them,
 * first on the path: nothing that runs locally may reach a real account.
 */
export function localEnvironment(additions: Record<string, string> = {}): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_'));
  const path = [join(repository, 'node_modules', '.bin'), process.env.PATH ?? ''].join(delimiter);
  return { ...Object.fromEntries(kept), PATH: path, ...additions };
}
