import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A directory that one running stack has to itself, until it is released. */
export interface Instance {
  directory: string;
  release(): Promise<void>;
}

/**
 * Takes `directory` for this process, or, while another process that still runs has it, `instance-2` in it,
 * `instance-3`, and so on. What a process left behind that ended without releasing is taken over.
 */
export async function claimInstance(directory: string): Promise<Instance> {
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? directory : join(directory, `instance-${number}`);
    const lock = join(candidate, 'instance.pid');
    await mkdir(candidate, { recursive: true });
    if (!(await isHeld(lock))) await rm(lock, { force: true });
    if (await create(lock)) return { directory: candidate, release: () => rm(lock, { force: true }) };
  }
}

async function create(lock: string): Promise<boolean> {
  const own = `${lock}.${process.pid}`;
  await writeFile(own, String(process.pid));
  // Linked, not written in place: nobody sees a lock without its owner's id.
  const failure = await link(own, lock).then(
    () => undefined,
    (error: NodeJS.ErrnoException) => error,
  );
  await rm(own, { force: true });
  if (failure !== undefined && failure.code !== 'EEXIST') throw failure;
  return failure === undefined;
}

async function isHeld(lock: string): Promise<boolean> {
  const pid = Number(await readFile(lock, 'utf8').catch(() => ''));
  try {
    return pid > 0 && process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
