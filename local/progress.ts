/** Where progress goes, line by line. */
export type Log = (line: string) => void;

/** Seconds since a time taken with `performance.now()`, as `1.2 s`. */
export function secondsSince(startMs: number): string {
  return `${((performance.now() - startMs) / 1000).toFixed(1)} s`;
}

/** Says what is being done, does it, and says how long it took. */
export async function step<T>(log: Log, what: string, work: () => Promise<T>): Promise<T> {
  const startMs = performance.now();
  log(`${what} …`);
  const result = await work();
  log(`  done in ${secondsSince(startMs)}`);
  return result;
}

/**
 * A signal that Ctrl-C or SIGTERM aborts. npm passes Ctrl-C on to what the terminal has sent it already (twice is
 * once), but SIGTERM only to the shell between, which ends without passing it on: so a lost parent counts too.
 */
export function stopSignal(): AbortSignal {
  const stopping = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => stopping.abort());
  const parent = process.ppid;
  if (process.env.npm_lifecycle_event !== undefined) {
    setInterval(() => process.ppid !== parent && stopping.abort(), 500).unref();
  }
  return stopping.signal;
}
