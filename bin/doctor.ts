import { type Command, Option } from 'commander';
import { DoctorScope, type Finding } from '../lambdas/retention/doctor/doctor.ts';
import { createVerbatimClient } from './client.ts';
import { type DeploymentOptions, findDeployment } from './deployment.ts';
import { table } from './tables.ts';

interface DoctorOptions extends DeploymentOptions {
  readonly json?: boolean;
}

/** What was found in a scope, of how many that were looked at. */
export interface ScopeReport {
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
    .addOption(new Option('--retention-url <url>', 'the retention URL').env('VERBATIM_RETENTION_URL'))
    .action(async (_: unknown, command: Command) => {
      const { retentionUrl, region, json }: DoctorOptions = command.optsWithGlobals();
      const verbatim = createVerbatimClient(await findDeployment({ retentionUrl, region }));
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
      console.log(json ? JSON.stringify(reports, null, 2) : doctorText(reports));
      if (reports.some(({ findings }) => findings.length > 0)) process.exitCode = 1;
    });
}

/** The reports for people. */
export function doctorText(reports: readonly ScopeReport[]): string {
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
