import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const has = (command: string) =>
  run('sh', ['-c', `command -v ${command}`]).then(
    () => true,
    () => false,
  );

/** Whether this machine has what verifying by hand takes. */
export const hasTools = (await Promise.all(['openssl', 'unzip', 'sha256sum'].map(has))).every(Boolean);

/** What a command of the way by hand answered. */
export interface Answer {
  readonly command: string;
  readonly failed: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

/** The commands that a text tells, each on a line of its own that is indented by six spaces. */
const commandsOf = (text: string): string[] => [...text.matchAll(/^ {6}(\S.*)$/gm)].map(([, command]) => command ?? '');

/**
 * Unpacks a package below `folder` and does what its VERIFY.txt says, command after command.
 *
 * @param alter does something to what is unpacked first
 */
export async function verifyByHand(
  folder: string,
  zip: Uint8Array,
  alter: (at: string) => Promise<void> = async () => undefined,
): Promise<Answer[]> {
  const at = await mkdtemp(join(folder, 'by-hand-'));
  const inside = join(at, 'package');
  await mkdir(inside);
  await writeFile(join(at, 'package.zip'), zip);
  await run('unzip', ['-q', '../package.zip'], { cwd: inside });
  await alter(inside);
  const answers: Answer[] = [];
  for (const command of commandsOf(await readFile(join(inside, 'VERIFY.txt'), 'utf8'))) {
    const answer = await run('sh', ['-c', command], { cwd: inside }).catch(
      ({ stdout, stderr }: { stdout: string; stderr: string }) => ({ stdout, stderr, failed: true }),
    );
    answers.push({ command, failed: 'failed' in answer, stdout: answer.stdout, stderr: answer.stderr });
  }
  return answers;
}
