import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { nagFindings, synthesize } from './synthesize.ts';

const statements = (template: ReturnType<typeof synthesize>, type: string, id: RegExp) =>
  Object.entries(template.findResources(type))
    .filter(([one]) => id.test(one))
    .flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement as { Action: string | string[] }[]);

describe('the right to place and release holds', () => {
  it('is that of one policy, which gives no other right', () => {
    const template = synthesize();
    template.hasOutput('HoldsOperatorPolicyArn', {});
    template.hasResourceProperties('AWS::IAM::ManagedPolicy', {
      Description: Match.stringLikeRegexp('legal holds'),
      PolicyDocument: {
        Statement: [
          {
            Action: 'lambda:InvokeFunctionUrl',
            Resource: { 'Fn::GetAtt': [Match.stringLikeRegexp('^HoldsApi'), 'Arn'] },
          },
          { Action: 'lambda:InvokeFunction', Resource: { 'Fn::GetAtt': [Match.stringLikeRegexp('^HoldsApi'), 'Arn'] } },
        ].map(Match.objectLike),
      },
    });
  });
});

describe('only the worker of holds', () => {
  it('may set and lift a legal hold', () => {
    const template = synthesize();
    const may = Object.entries(template.findResources('AWS::IAM::Policy'))
      .filter(([, policy]) => JSON.stringify(policy).includes('s3:PutObjectLegalHold'))
      .map(([id]) => id);
    expect(may).toHaveLength(1);
    expect(may[0]).toMatch(/^HoldsHoldCallsWorker/);
  });
});

describe('a class that locks recordings', () => {
  const retention = {
    classes: [{ name: 'worm', keepDays: 400, objectLock: { mode: 'governance' as const, days: 365 } }],
    defaultClass: 'worm',
  };

  it('gives those who decide classes the right to lock, and not to bypass a lock', () => {
    const template = synthesize({ retention });
    const text = JSON.stringify(template.findResources('AWS::IAM::Policy'));
    expect(JSON.stringify(statements(template, 'AWS::IAM::Policy', /ReceiveRecordingWorker/))).toContain(
      's3:PutObjectRetention',
    );
    expect(text).not.toContain('s3:BypassGovernanceRetention');
    expect(nagFindings({ retention })).toEqual([]);
  });

  it('is the only reason for that right', () => {
    // What is built as evidence is locked in any case: in a bucket of its own.
    const others = statements(synthesize(), 'AWS::IAM::Policy', /^(?!EvidenceBuildEvidence)/);
    expect(others.length).toBeGreaterThan(0);
    expect(JSON.stringify(others)).not.toContain('s3:PutObjectRetention');
  });
});
