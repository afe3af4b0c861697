import type { Command } from 'commander';
import { DoctorScope, type Finding } from '../lambdas/retention/doctor/doctor.ts';
import { clientOf } from './deployment.ts';
import { printed } from './printed.ts';
import { table } from './tables.ts';

/** What was found in a scope, of how many that were looked at. */
interface ScopeReport {
  readonly scope: DoctorScope;
  readonly examined: number;
  readonly findings: readonly Finding[];
}

/** Adds the command `doctor` to a program. */
export function registerDoctor(program: Command): void {
  program
    .command('doctor')
    .description(
      'look for objects without a call, and for calls without their objects; exits with 1 where it finds some',
    )
    .option('--json', 'print JSON, whole')
    .action(async ({ json }: { json?: boolean }, command: Command) => {
      const verbatim = await clientOf(command, 'retention');
      const reports: ScopeReport[] = [];
      for (const scope of DoctorScope.options) {
        let examined = 0;
        const findings: Finding[] = [];
        for await (const page of verbatim.doctorPages(scope)) {
          examined += page.examined;
          findings.push(...page.items);
        }
        reports.push({ scope, examined, findings });
      }
      printed(json, reports, () => doctorText(reports));
      if (reports.some(({ findings }) => findings.length > 0)) process.exitCode = 1;
    });
}

/** The reports for people. */
function doctorText(reports: readonly ScopeReport[]): string {
  const counts = reports.map(({ scope, examined, findings }) => {
    const what = scope === 'calls' ? 'calls' : `objects of ${scope}`;
    return `${what}: ${examined} looked at, ${findings.length} found`;
  });
  const findings = reports.flatMap((report) => report.findings);
  if (findings.length === 0) return counts.join('\n');
  const rows = findings.map(({ kind, callId, bucket, key, versionId }) => [
    kind,
    callId ?? '',
    bucket === undefined ? '' : `s3://${bucket}/${key} (${versionId})`,
  ]);
  return [...counts, table(['what', 'call', 'where'], rows)].join('\n');
}
