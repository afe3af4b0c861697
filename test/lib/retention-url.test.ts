import { Match, type Template } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, it } from 'vitest';
import { idOf, statementsOf, synthesize } from './synthesize.ts';

let template: Template;
beforeAll(() => {
  template = synthesize();
});

describe('deciding stored calls anew', () => {
  it('is throttled by how many of the function run at once', () => {
    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      FunctionName: { Ref: idOf(template, 'AWS::Lambda::Function', /^RetentionApplyWorkerFunction/) },
      ScalingConfig: { MaximumConcurrency: 10 },
    });
  });

  it('tags the copies of calls, and can neither read nor delete one', () => {
    const role = idOf(template, 'AWS::IAM::Role', /^RetentionApplyWorkerRole/);
    const granted = statementsOf(template, role).flatMap((statement) => statement.Action);
    for (const action of ['s3:GetObject', 's3:GetObjectVersion', 's3:DeleteObject', 's3:DeleteObjectVersion'])
      expect(granted).not.toContain(action);
  });
});

describe('the retention URL', () => {
  it('is named in the outputs, with the policy of those who may call it', () => {
    template.hasOutput('RetentionUrl', { Value: Match.anyValue() });
    template.hasOutput('RetentionOperatorPolicyArn', {
      Value: { Ref: idOf(template, 'AWS::IAM::ManagedPolicy', /^RetentionUrlCallerPolicy/) },
    });
  });
});
