import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { transact } from '../../../lambdas/quality/items.ts';
import { only } from '../builders.ts';

const canceled = (...codes: string[]): Error =>
  Object.assign(new Error('canceled'), {
    name: 'TransactionCanceledException',
    CancellationReasons: codes.map((Code) => ({ Code })),
  });

/** A table that answers transactions with these errors, one after another, and takes what comes then. */
function answering(...errors: Error[]) {
  const asked = { times: 0 };
  const client = only<DynamoDBDocumentClient>({
    send: async () => {
      const error = errors[asked.times++];
      if (error) throw error;
    },
  });
  return { asked, write: () => transact(client, [], async () => {}) };
}

const CONFLICT = canceled('TransactionConflict', 'None');

describe('a transaction', () => {
  it('is made again where somebody else wrote the same just then', async () => {
    const { asked, write } = answering(CONFLICT, canceled('None', 'ThrottlingError'));
    expect(await write()).toBeUndefined();
    expect(asked.times).toBe(3);
  });

  it('is not where a condition refuses it, and tells which one', async () => {
    const { asked, write } = answering(canceled('TransactionConflict', 'ConditionalCheckFailed'));
    expect(await write()).toEqual([false, true]);
    expect(asked.times).toBe(1);
  });

  it('fails as it is, where it cannot be known whether it was written, and where others are always in the way', async () => {
    const lost = answering(new Error('the connection was lost'));
    await expect(lost.write()).rejects.toThrow('the connection was lost');
    expect(lost.asked.times).toBe(1);
    await expect(answering(...Array(20).fill(CONFLICT)).write()).rejects.toThrow('canceled');
  });
});
