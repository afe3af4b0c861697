import { createHash } from 'node:crypto';
import { type DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { MINUTE_MS } from './clock.ts';

/** What the subjects of the counters begin with: nothing else of the table may be written to count. */
export const RATE_PREFIX = 'rate#';

/** How far a principal has come with what it may ask for in a minute. */
export interface RateCount {
  /** So many requests it may make in a minute. */
  readonly limit: number;
  /** So many are left of this minute. */
  readonly remaining: number;
  /** When the next minute begins. */
  readonly resetSeconds: number;
  /** Whether this one is too much. */
  readonly exceeded: boolean;
}

/** A counter is of no use after its minute; DynamoDB removes it some time later. */
const TTL_MS = 5 * MINUTE_MS;

/** So long is waited for a count: who asks for something else must not wait longer because of it. */
const PATIENCE_MS = 1000;

/**
 * Counts the requests of each principal to one URL, minute by minute, over all instances of its function.
 *
 * @param url what tells the URL from others, which count apart
 * @throws where it cannot be counted, after a second at the most
 */
export function rateLimiter(
  dynamodb: DynamoDBDocumentClient,
  { tableName, url, requestsPerMinute }: { tableName: string; url: string; requestsPerMinute: number },
): (principal: string, now: Date) => Promise<RateCount> {
  return async (principal, now) => {
    const minute = Math.floor(now.getTime() / MINUTE_MS);
    const whose = createHash('sha256')
      .update(JSON.stringify([url, principal]))
      .digest('hex')
      .slice(0, 32);
    const { Attributes } = await dynamodb.send(
      new UpdateCommand({
        TableName: tableName,
        Key: { subject: `${RATE_PREFIX}${whose}`, part: String(minute) },
        UpdateExpression: 'ADD #count :one SET #ttl = :ttl',
        ExpressionAttributeNames: { '#count': 'count', '#ttl': 'ttl' },
        ExpressionAttributeValues: { ':one': 1, ':ttl': Math.ceil((now.getTime() + TTL_MS) / 1000) },
        ReturnValues: 'UPDATED_NEW',
      }),
      { abortSignal: AbortSignal.timeout(PATIENCE_MS) },
    );
    const count = Number(Attributes?.count ?? 0);
    return {
      limit: requestsPerMinute,
      remaining: Math.max(0, requestsPerMinute - count),
      resetSeconds: Math.ceil(((minute + 1) * MINUTE_MS - now.getTime()) / 1000),
      exceeded: count > requestsPerMinute,
    };
  };
}
