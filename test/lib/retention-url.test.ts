import { Match, type Template } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, it } from 'vitest';
import { synthesize } from './synthesize.ts';

let template: Template;
beforeAll(() => {
  template = synthesize();
});

const idOf = (type: string, id: RegExp): string => {
  const found = Object.keys(template.findResources(type)).filter((one) => id.test(one));
  expect(found).toHaveLength(1);
  return found[0] ?? '';
};

describe('deciding stored calls anew', () => {
  it('is throttled by how many of the function run at once', () => {
    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      FunctionName: { Ref: idOf('AWS::Lambda::Function', /^RetentionApplyWorkerFunction/) },
      ScalingConfig: { MaximumConcurrency: 10 },
    });
  });

  it('tags the copies of calls, and can neither read nor delete one', () => {
    const role = idOf('AWS::IAM::Role', /^RetentionApplyWorkerRole/);
    const granted = Object.values(template.findResources('AWS::IAM::Policy'))
      .filter((policy) => policy.Properties.Roles.some((one: { Ref: string }) => one.Ref === role))
      .flatMap((policy) => policy.Properties.PolicyDocument.Statement)
      .flatMap((statement: { Action: string | string[] }) => statement.Action);
    for (const action of ['s3:GetObject', 's3:GetObjectVersion', 's3:DeleteObject', 's3:DeleteObjectVersion'])
      expect(granted).not.toContain(action);
  });
});

describe('the retention URL', () => {
  it('is named in the outputs, with the policy of those who may call it', () => {
    template.hasOutput('RetentionUrl', { Value: Match.anyValue() });
    template.hasOutput('RetentionOperatorPolicyArn', {
      Value: { Ref: idOf('AWS::IAM::ManagedPolicy', /^RetentionUrlCallerPolicy/) },
    });
  });
});
