import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { defineConfig, localIdentity, type VerbatimConfigInput } from '../../lib/config.ts';
import { idOf, statementsOf, synthesize } from './synthesize.ts';

const template = synthesize();
const ROLES = ['Reviewer', 'Supervisor', 'Agent', 'Trainer'];

interface ItemStatement {
  readonly Action: string | string[];
  readonly Resource: unknown;
  readonly Condition?: { readonly 'ForAllValues:StringLike': { readonly 'dynamodb:LeadingKeys': string[] } };
}

const statements = (role: string) =>
  statementsOf(template, idOf(template, 'AWS::IAM::Role', new RegExp(`^Quality${role}ApiRole`))) as ItemStatement[];
const rights = (role: string) => JSON.stringify(statements(role));

/** What the subjects of the items begin with that a role's function may do something with. */
const subjects = (role: string, action: string): string[] =>
  statements(role)
    .filter(({ Action }) => [Action].flat().includes(`dynamodb:${action}`))
    .flatMap(({ Condition }) => Condition?.['ForAllValues:StringLike']['dynamodb:LeadingKeys'] ?? ['*']);

describe('the quality URLs', () => {
  it.each(ROLES)('are one for each role: that of the %s role has a policy, which gives no other right', (role) => {
    template.hasOutput(`Quality${role}Url`, {});
    template.hasOutput(`Quality${role}PolicyArn`, {});
    template.hasResourceProperties('AWS::IAM::ManagedPolicy', {
      Description: Match.stringLikeRegexp(`the quality URL of ${role.toLowerCase()}s$`),
      PolicyDocument: {
        Statement: ['lambda:InvokeFunctionUrl', 'lambda:InvokeFunction'].map((Action) =>
          Match.objectLike({
            ...{ Action, Resource: { 'Fn::GetAtt': [Match.stringLikeRegexp(`^Quality${role}Api`), 'Arn'] } },
          }),
        ),
      },
    });
    const functionId = idOf(template, 'AWS::Lambda::Function', new RegExp(`^Quality${role}Api`));
    expect(template.findResources('AWS::Lambda::Function')[functionId]?.Properties.Environment.Variables).toMatchObject(
      { ROLE: role.toLowerCase(), URL_NAME: `quality-${role.toLowerCase()}` },
    );
  });

  it.each(ROLES)('read of what Transcribe wrote the redacted sound alone (%s)', (role) => {
    const may = rights(role);
    expect(may).toContain('redacted-audio/');
    expect(may).not.toMatch(/transcribe-output\/(?!redacted-analytics\/)/);
  });

  it.each(ROLES)('write nowhere but where what is theirs to change is (%s)', (role) => {
    const written = ['PutItem', 'UpdateItem'].flatMap((action) => subjects(role, action));
    expect(written).not.toContain('*');
    expect(written.filter((one) => /^(receipt|hold|dispute|erasure)/.test(one))).toEqual([]);
  });

  it('let agents write of their calls and themselves alone, and delete nothing', () => {
    expect(new Set(subjects('Agent', 'PutItem'))).toEqual(new Set(['call#*', 'agent#*']));
    for (const role of ['Agent', 'Reviewer']) {
      expect(subjects(role, 'DeleteItem')).toEqual([]);
      expect(rights(role)).not.toMatch(/s3:(Put|Delete)|sqs:/);
    }
  });

  it('let supervisors and trainers alone store sound, and that below the prefix of clips', () => {
    for (const role of ['Supervisor', 'Trainer']) {
      const storing = statements(role).filter(({ Action }) => [Action].flat().includes('s3:PutObject'));
      expect(JSON.stringify(storing.map(({ Resource }) => Resource)).match(/\/[a-z/-]*\*/g)).toEqual([
        '/clips/calls/*',
        '/clips/exports/*',
      ]);
    }
  });

  it('let supervisors alone ask the workers', () => {
    expect(rights('Supervisor')).toMatch(/sqs:SendMessage.*QualityDrawSamplesQueue.*QualityScoreCallsQueue/);
    expect(rights('Trainer')).not.toContain('sqs:');
  });
});

it('every call is scored when it was tagged, and samples are drawn daily', () => {
  template.hasResourceProperties('AWS::Events::Rule', {
    EventBusName: { Ref: Match.stringLikeRegexp('^EventsBus') },
    EventPattern: { source: ['verbatim'], 'detail-type': ['Call Tagged', 'Call Retagged'] },
    Targets: [Match.objectLike({ Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^QualityScoreCallsQueue'), 'Arn'] } })],
  });
  template.hasResourceProperties('AWS::Events::Rule', {
    ScheduleExpression: 'rate(1 day)',
    Targets: [Match.objectLike({ Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^QualityDrawSamplesQueue'), 'Arn'] } })],
  });
});

describe('the config of quality', () => {
  const config = (input: Partial<VerbatimConfigInput> = {}) =>
    defineConfig({ sources: [{ name: 'support' }], ...input });
  const scorecard = {
    ...{ name: 'service', version: '1', title: 'Service' },
    sections: [
      {
        ...{ id: 'opening', title: 'Opening' },
        criteria: [
          {
            ...{ id: 'greeting', title: 'Was the customer greeted?', answer: { type: 'yes-no' as const } },
            automatic: { cases: [{ if: { tag: 'greeted' }, answer: 'yes' }], otherwise: 'no' },
          },
        ],
      },
    ],
  };

  it('has the starter scorecard, no plan, and scores for five years, without a word', () => {
    const { quality } = config();
    expect(quality).toMatchObject({ plans: [], keepScoresDays: 1827, scorecards: [{ name: 'service' }] });
  });

  it('refuses what the rulebook cannot answer, and plans by scorecards that are not there, with the field and the fix', () => {
    const plans = [{ name: 'monthly', scorecard: 'sales', perAgent: 4 }];
    expect(() => config({ quality: { scorecards: [scorecard], plans } })).toThrow(
      /quality\.scorecards\.0\.sections\.0\.criteria\.0\.automatic\.cases\.0\.if: no rule of the rulebook gives the tag "greeted": there are .*\n.*quality\.plans\.0\.scorecard: there is no scorecard "sales": there are service/,
    );
  });
});

describe('the identity of the local stack', () => {
  it('is nobody elsewhere, and no provider but one of this machine', () => {
    expect(localIdentity(undefined)).toBeUndefined();
    expect(localIdentity('http://127.0.0.1:5000')).toMatchObject({ issuer: 'http://127.0.0.1:5000' });
    expect(() => localIdentity('http://127.0.0.1:5000.example.com')).toThrow('is no provider of the local stack');
    expect(() => localIdentity('https://login.example.com')).toThrow('is no provider of the local stack');
  });
});
