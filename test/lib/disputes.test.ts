import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { defineConfig, type VerbatimConfigInput } from '../../lib/config.ts';
import { idOf, statementsOf, synthesize } from './synthesize.ts';

describe('the disputes URL', () => {
  const template = synthesize();
  const roleOf = (id: RegExp) => JSON.stringify(statementsOf(template, idOf(template, 'AWS::IAM::Role', id)));

  it('is that of one policy, which gives no other right', () => {
    template.hasOutput('DisputesUrl', {});
    template.hasOutput('DisputesOperatorPolicyArn', {});
    template.hasResourceProperties('AWS::IAM::ManagedPolicy', {
      Description: Match.stringLikeRegexp('disputes URL'),
      PolicyDocument: {
        Statement: ['lambda:InvokeFunctionUrl', 'lambda:InvokeFunction'].map((Action) =>
          Match.objectLike({ Action, Resource: { 'Fn::GetAtt': [Match.stringLikeRegexp('^DisputesApi'), 'Arn'] } }),
        ),
      },
    });
  });

  it('reads originals, which the calls URL does not, and changes nothing in S3', () => {
    const may = roleOf(/^DisputesApiRole/);
    expect(may).toContain('s3:GetObjectVersion');
    expect(may).toContain('transcribe-output/');
    expect(may).not.toMatch(/s3:(Put|Delete|Abort)/);
    expect(roleOf(/^CallsApiRole/)).not.toContain('transcribe-output/*');
  });

  it('deletes nothing of the table but disputes, as does what looks after them: no entry of custody', () => {
    for (const role of [/^DisputesApiRole/, /^DisputesTendDisputesWorkerRole/]) {
      const statements = statementsOf(template, idOf(template, 'AWS::IAM::Role', role)) as { Action: unknown }[];
      const deleting = statements.filter(({ Action }) => JSON.stringify(Action).includes('dynamodb:DeleteItem'));
      expect(deleting).toMatchObject([
        {
          Action: 'dynamodb:DeleteItem',
          Condition: {
            'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['dispute#*', 'customer-disputes#*'] },
          },
        },
      ]);
    }
  });

  it('leaves S3 to the worker of holds: it may but tell it', () => {
    const may = roleOf(/^DisputesApiRole/);
    expect(may).toMatch(/sqs:SendMessage.*HoldsHoldCallsQueue/);
    expect(may).not.toContain('LegalHold');
  });
});

it('what looks after disputes is asked to by a schedule, and touches no object', () => {
  const template = synthesize();
  template.hasResourceProperties('AWS::Events::Rule', {
    ScheduleExpression: 'rate(15 minutes)',
    Targets: [{ Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^DisputesTendDisputesQueue'), 'Arn'] } }].map(
      Match.objectLike,
    ),
  });
  const roleId = idOf(template, 'AWS::IAM::Role', /^DisputesTendDisputesWorkerRole/);
  expect(JSON.stringify(statementsOf(template, roleId))).not.toContain('s3:');
});

describe('the config of disputes', () => {
  const config = (input: Partial<VerbatimConfigInput>) => defineConfig({ sources: [{ name: 'support' }], ...input });
  const rules = [{ id: 'r', tag: 'refund', phrases: ['refund'] }];

  it('has the topic credit, seven years, and no policy, without a word', () => {
    const { disputes, policies } = config({});
    expect(disputes).toMatchObject({
      keepDays: 2557,
      topics: [{ name: 'credit', tags: ['credit-offered', 'credit-over-policy'] }],
    });
    expect(policies).toEqual([]);
  });

  it('leaves from that topic the tags that the rulebook does not give', () => {
    const { disputes } = config({ tagging: { rulebook: { version: '1', rules } } });
    expect(disputes.topics).toMatchObject([{ name: 'credit', tags: [] }]);
  });

  it('refuses topics that contradict the rulebook or the policies, with the field and the fix', () => {
    expect(() => config({ disputes: { topics: [{ name: 'x', tags: ['refunds'], policy: 'p' }] } })).toThrow(
      /disputes\.topics\.0\.tags: no rule of the rulebook gives the tag "refunds": there are .*\n.*disputes\.topics\.0\.policy: there is no policy "p": there is none/,
    );
  });

  it('refuses policies whose versions are out of order', () => {
    const versions = [
      { version: '2', inForceFrom: '2026-01-01', text: 'b' },
      { version: '1', inForceFrom: '2025-01-01', text: 'a' },
    ];
    expect(() => config({ policies: [{ name: 'credits', versions }] })).toThrow(
      /policies\.0\.versions\.1\.inForceFrom: is not after that of version "2"/,
    );
  });
});
