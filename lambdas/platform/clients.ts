import { ComprehendClient } from '@aws-sdk/client-comprehend';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { TranscribeClient } from '@aws-sdk/client-transcribe';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/** AWS clients, made once per function instance on first use and configured by the environment alone. */
export const clients = {
  comprehend: once(() => new ComprehendClient({})),
  dynamodb: once(() =>
    DynamoDBDocumentClient.from(new DynamoDBClient({}), { marshallOptions: { removeUndefinedValues: true } }),
  ),
  eventBridge: once(() => new EventBridgeClient({})),
  s3: once(() => new S3Client({ followRegionRedirects: false })),
  sqs: once(() => new SQSClient({})),
  transcribe: once(() => new TranscribeClient({ maxAttempts: 2 })),
};

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
