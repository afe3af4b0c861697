const POLL_MS = 1000;

/** The report of a job, once it does not run any more; meanwhile how far it is, on standard error. */
export async function untilDone<R extends { readonly state: string }>(
  ask: () => Promise<R>,
  progressOf: (report: R) => string,
): Promise<R> {
  for (let told = ''; ; ) {
    const report = await ask();
    const progress = `  ${progressOf(report)}\n`;
    if (progress !== told) process.stderr.write(progress);
    told = progress;
    if (report.state !== 'running') return report;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
