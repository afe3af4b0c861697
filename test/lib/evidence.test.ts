import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { idOf, nagFindings, statementsOf, synthesize } from './synthesize.ts';

const template = synthesize();
const bucketId = idOf(template, 'AWS::S3::Bucket', /^Evidence/);

/** The ids of the roles that may do something. */
const mayDo = (action: string): string[] =>
  Object.keys(template.findResources('AWS::IAM::Role'))
    .filter((role) => statementsOf(template, role).some(({ Action }) => [Action].flat().includes(action)))
    .map((id) => id.replace(/Role.*$/, ''))
    .toSorted();

describe('evidence packages', () => {
  it('are kept in a bucket that is versioned, lockable, encrypted, logged and closed to the public', () => {
    template.hasResource('AWS::S3::Bucket', {
      Properties: Match.objectLike({
        ObjectLockEnabled: true,
        VersioningConfiguration: { Status: 'Enabled' },
        LoggingConfiguration: Match.objectLike({ LogFilePrefix: 'evidence/' }),
        PublicAccessBlockConfiguration: Match.objectLike({ RestrictPublicBuckets: true }),
      }),
    });
    template.hasOutput('EvidenceBucketName', { Value: { Ref: bucketId } });
  });

  it('are removed by lifecycle when their lock is over', () => {
    const rulesOf = (keepDays: number) => {
      const one = synthesize({ evidence: { keepDays } });
      return one.findResources('AWS::S3::Bucket')[bucketId]?.Properties.LifecycleConfiguration.Rules;
    };
    for (const keepDays of [30, 2557])
      expect(rulesOf(keepDays)).toContainEqual(
        expect.objectContaining({
          Id: 'expire',
          ExpirationInDays: keepDays,
          NoncurrentVersionExpiration: { NoncurrentDays: 1 },
        }),
      );
  });

  it('are signed by a key that signs for the worker alone, whoever administers it', () => {
    template.hasResourceProperties('AWS::KMS::Key', {
      KeySpec: 'ECC_NIST_P256',
      KeyUsage: 'SIGN_VERIFY',
      KeyPolicy: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Effect: 'Deny',
            Action: 'kms:Sign',
            Principal: { AWS: '*' },
            Condition: {
              ArnNotEquals: {
                'aws:PrincipalArn': {
                  'Fn::GetAtt': [Match.stringLikeRegexp('^EvidenceBuildEvidenceWorkerRole'), 'Arn'],
                },
              },
            },
          }),
        ]),
      },
    });
    expect(mayDo('kms:Sign')).toEqual(['EvidenceBuildEvidenceWorker']);
  });

  it('are stored by the worker alone, which may neither read nor remove them, nor lift a lock', () => {
    expect(mayDo('s3:BypassGovernanceRetention')).toEqual([]);
    const worker = idOf(template, 'AWS::IAM::Role', /^EvidenceBuildEvidenceWorkerRole/);
    const onPackages = statementsOf(template, worker).filter(({ Resource }) =>
      JSON.stringify(Resource).includes(bucketId),
    );
    expect(onPackages.flatMap(({ Action }) => Action).toSorted()).toEqual([
      ...['s3:AbortMultipartUpload', 's3:PutObject', 's3:PutObjectRetention'],
    ]);
  });

  it('take what Lambda gives, one at a time, and come to a dead-letter queue with an alarm where they break', () => {
    template.hasResourceProperties('AWS::Lambda::Function', {
      Description: Match.stringLikeRegexp('evidence packages'),
      Timeout: 900,
    });
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmDescription: Match.stringLikeRegexp('An evidence package failed'),
      MetricName: 'FailedEvidence',
    });
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmDescription: Match.stringLikeRegexp('Messages of BuildEvidence failed'),
    });
  });

  it('break no rule of cdk-nag', () => {
    expect(nagFindings({ evidence: { keepDays: 2557, mode: 'compliance' } })).toEqual([]);
  });

  it('are refused a lock of no days', () => {
    expect(() => synthesize({ evidence: { keepDays: 0 } })).toThrow(/evidence\.keepDays/);
  });
});
