import type { Template } from 'aws-cdk-lib/assertions';
import { beforeAll, expect, it } from 'vitest';
import { nagFindings, synthesize } from './synthesize.ts';

const sources = [{ name: 'support' }, { name: 'sales', prefix: 'teams/sales/' }];
let template: Template;
beforeAll(() => {
  template = synthesize({ sources });
}, 30_000);

it('may write below the prefixes of the sources and read no recording: a presigned request can do no more', () => {
  const [policy] = Object.entries(template.findResources('AWS::IAM::Policy')).filter(([id]) => /^UploadsApi/.test(id));
  const statements: { Action: string | string[]; Resource: unknown }[] =
    policy?.[1].Properties.PolicyDocument.Statement ?? [];
  const ofS3 = statements.filter(({ Action }) => [Action].flat().some((action) => action.startsWith('s3:')));
  const keys = ofS3.flatMap(({ Resource }) => JSON.stringify(Resource).match(/\/[^"]*\*/g) ?? []);
  expect(keys.toSorted()).toEqual(['/support/*', '/teams/sales/*']);
  for (const { Action } of ofS3) {
    expect([Action].flat().toSorted()).toEqual([
      's3:AbortMultipartUpload',
      's3:ListMultipartUploadParts',
      's3:PutObject',
    ]);
  }
});

it('tells its URL and the policy for its callers', () => {
  template.hasOutput('UploadsUrl', {});
  template.hasOutput('UploaderPolicyArn', {});
});

it('passes cdk-nag with narrow exceptions', () => {
  expect(nagFindings({ sources })).toEqual([]);
}, 30_000);
