import { ComprehendClient } from '@aws-sdk/client-comprehend';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { KMSClient } from '@aws-sdk/client-kms';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { TranscribeClient } from '@aws-sdk/client-transcribe';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { isAwsError } from './errors.ts';

/** AWS clients, made once per function instance on first use and configured by the environment alone. */
export const clients = {
  comprehend: once(() => new ComprehendClient({})),
  dynamodb: once(() =>
    DynamoDBDocumentClient.from(withConflictsRetried(new DynamoDBClient({})), {
      marshallOptions: { removeUndefinedValues: true },
    }),
  ),
  eventBridge: once(() => new EventBridgeClient({})),
  kms: once(() => new KMSClient({})),
  s3: once(() => new S3Client({ followRegionRedirects: false })),
  sqs: once(() => new SQSClient({})),
  transcribe: once(() => new TranscribeClient({ maxAttempts: 2 })),
};

/**
 * A write that meets a transaction over the same item is refused, and may be made again some milliseconds later. The SDK knows
 * only of throttling. Source: DynamoDB Developer Guide, "Transaction conflict handling in DynamoDB".
 */
export function withConflictsRetried(client: DynamoDBClient): DynamoDBClient {
  client.middlewareStack.add(
    (next) => async (args) => {
      try {
        return await next(args);
      } catch (error) {
        if (isAwsError(error, 'TransactionConflictException')) Object.assign(error as Error, { $retryable: {} });
        throw error;
      }
    },
    // Within the SDK's own retries, which look at the error.
    { name: 'conflictsAreRetried', step: 'deserialize', priority: 'high' },
  );
  return client;
}

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
