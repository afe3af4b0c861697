import { Grant, type IGrantable, type IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { acknowledge, arnInFinding } from './acknowledge.ts';

/** Lets `role` do `actions` with the objects of `bucket` whose keys begin with `prefix`, and with no others. */
export function allowObjects(role: IRole, bucket: IBucket, prefix: string, actions: readonly string[]): void {
  role.addToPrincipalPolicy(
    new PolicyStatement({ actions: [...actions], resources: [bucket.arnForObjects(`${prefix}*`)] }),
  );
  acknowledge(
    role,
    `AwsSolutions-IAM5[Resource::${arnInFinding(bucket)}/${prefix}*]`,
    `The keys below "${prefix}" of this one bucket are named by what is uploaded: they cannot be listed beforehand.`,
  );
}

/** Lets `role` send messages to `queue`. */
export function allowSending(role: IRole, queue: IQueue): void {
  role.addToPrincipalPolicy(new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [queue.queueArn] }));
}

/**
 * Lets `role` list `bucket`. Who reads single objects needs it too: without it, S3 answers 403 for an object that is not
 * there.
 */
export function allowListing(
  role: IRole,
  bucket: IBucket,
  action: 's3:ListBucket' | 's3:ListBucketVersions' = 's3:ListBucket',
): void {
  role.addToPrincipalPolicy(new PolicyStatement({ actions: [action], resources: [bucket.bucketArn] }));
}

/** Lets `grantee` read and write what is encrypted with `key`. */
export function allowKey(grantee: IGrantable, key: IKey): void {
  Grant.addToPrincipal({ grantee, actions: ['kms:Decrypt', 'kms:GenerateDataKey'], resourceArns: [key.keyArn] });
}
