import { beforeAll, expect, it } from 'vitest';
import { synthesize } from './synthesize.ts';

let template: ReturnType<typeof synthesize>;
beforeAll(() => {
  template = synthesize();
});

const queue = () => {
  const [id] = Object.keys(template.findResources('AWS::SQS::Queue')).filter((one) => /ExpireCallsQueue/.test(one));
  return { 'Fn::GetAtt': [id, 'Arn'] };
};

/** The rules that send to the expiry queue. */
const rules = () =>
  Object.values(template.findResources('AWS::Events::Rule')).filter(({ Properties }) =>
    Properties.Targets.some(({ Arn }: { Arn: unknown }) => JSON.stringify(Arn) === JSON.stringify(queue())),
  );

it('looks for calls that are due every day, and hears of every recording that is deleted, by whomever', () => {
  expect(rules().map(({ Properties }) => Properties.ScheduleExpression ?? Properties.EventPattern)).toEqual(
    expect.arrayContaining([
      'rate(1 day)',
      {
        source: ['aws.s3'],
        'detail-type': ['Object Deleted'],
        detail: { bucket: { name: [{ Ref: 'Recordings718A6A60' }] } },
      },
    ]),
  );
  expect(rules()).toHaveLength(2);
});

it('removes objects below the prefixes of calls alone, and cannot read what is elsewhere', () => {
  const [policy] = Object.entries(template.findResources('AWS::IAM::Policy')).filter(([id]) =>
    /^ExpiryExpireCalls/.test(id),
  );
  const statements: { Action: string | string[]; Resource: unknown }[] =
    policy?.[1].Properties.PolicyDocument.Statement;
  const removing = statements.filter(({ Action }) => [Action].flat().includes('s3:DeleteObjectVersion'));
  expect(removing.length).toBeGreaterThan(1);
  for (const { Resource } of removing) {
    const text = JSON.stringify(Resource);
    expect(text).toMatch(/Recordings718A6A60.*"\/\*"|(transcripts|transcribe-output|redacted-audio)\/\*"/);
    expect(text).not.toContain('rulebooks');
  }
});
