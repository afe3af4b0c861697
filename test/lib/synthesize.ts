import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Validations } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import { expect } from 'vitest';
import * as z from 'zod';
import { defineConfig, type VerbatimConfigInput } from '../../lib/config.ts';
import { VerbatimStack } from '../../lib/verbatim-stack.ts';

/** As `cdk` would run the app: with the feature flags of cdk.json; without bundles, which no template depends on. */
const appUnderTest = () => {
  const { context } = JSON.parse(readFileSync(join(import.meta.dirname, '../../cdk.json'), 'utf8'));
  return new App({ context: { ...context, 'aws:cdk:bundling-stacks': [] } });
};

/** The template of a stack with this config. */
export function synthesize(input: Partial<VerbatimConfigInput> = {}): Template {
  const app = appUnderTest();
  const config = defineConfig({ sources: [{ name: 'support' }], ...input });
  return Template.fromStack(new VerbatimStack(app, config.stackName, { config }));
}

/** The logical id of the one resource of a type whose logical id is like `id`. */
export function idOf(template: Template, type: string, id: RegExp): string {
  const found = Object.keys(template.findResources(type)).filter((one) => id.test(one));
  expect(found).toHaveLength(1);
  return found[0] ?? '';
}

/** A statement of a policy. */
interface Statement {
  readonly Action: string | string[];
  readonly Resource: unknown;
}

/** The statements of all policies of a role. */
export const statementsOf = (template: Template, roleId: string): Statement[] =>
  Object.values(template.findResources('AWS::IAM::Policy'))
    .filter(({ Properties }) => Properties.Roles.some((role: { Ref: string }) => role.Ref === roleId))
    .flatMap(({ Properties }) => Properties.PolicyDocument.Statement);

const Report = z.object({
  pluginReports: z.array(
    z.object({ violations: z.array(z.object({ ruleName: z.string(), description: z.string().optional() })) }),
  ),
});

/** The rules of cdk-nag that a stack with this config breaks without a reason. */
export function nagFindings(input: Partial<VerbatimConfigInput> = {}): string[] {
  const app = appUnderTest();
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  const config = defineConfig({ sources: [{ name: 'support' }], ...input });
  new VerbatimStack(app, config.stackName, { config });
  const { directory } = app.synth();
  const report = Report.parse(JSON.parse(readFileSync(join(directory, 'validation-report.json'), 'utf8')));
  return report.pluginReports.flatMap(({ violations }) => violations.map((violation) => violation.ruleName));
}
