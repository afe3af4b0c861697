import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { TransactItem } from '../../calls/calls.ts';
import { DAY_MS } from '../../platform/clock.ts';
import { isAwsError } from '../../platform/errors.ts';
import { periodOfMonth } from '../coaching/team-month.ts';
import { asRead } from '../items.ts';
import { Draw, Month } from './draw.ts';

const drawKey = ({ plan, month, agentId }: Pick<Draw, 'plan' | 'month' | 'agentId'>) => ({
  subject: `draw#${plan}#${month}`,
  part: `agent#${agentId}`,
});
const throughKey = (plan: string) => ({ subject: `draw#${plan}`, part: 'through' });

/**
 * What plans drew: an item for each agent and month, and for each plan through which month it drew by itself.
 *
 * What it may do: GetItem, PutItem.
 *
 * @param keepScoresDays so many days after a month its draws are gone
 */
export function drawStore(dynamodb: DynamoDBDocumentClient, TableName: string, keepScoresDays: number) {
  const itemAt = async (Key: Record<string, string>) =>
    (await dynamodb.send(new GetCommand({ TableName, Key, ConsistentRead: true }))).Item;
  const ttlOf = (month: string): number =>
    Math.floor((Date.parse(periodOfMonth(month).to) + keepScoresDays * DAY_MS) / 1000);
  const put = (before: Draw | undefined, after: Draw) => ({
    TableName,
    Item: { ...Draw.parse(after), ...drawKey(after), ttl: ttlOf(after.month) },
    ...asRead(before),
  });

  return {
    /** What a plan drew of an agent's month; undefined where it did not. */
    async get(plan: string, month: string, agentId: string): Promise<Draw | undefined> {
      const item = await itemAt(drawKey({ plan, month, agentId }));
      return item && Draw.parse(item);
    },

    /** The item of a transaction that stores a draw in place of `before`, which is refused where that is not as it was read. */
    putItem: (before: Draw | undefined, after: Draw): TransactItem => ({ Put: put(before, after) }),

    /** Stores a draw in place of `before`. False, where that is not as it was read. */
    async put(before: Draw | undefined, after: Draw): Promise<boolean> {
      try {
        await dynamodb.send(new PutCommand(put(before, after)));
        return true;
      } catch (error) {
        if (isAwsError(error, 'ConditionalCheckFailedException')) return false;
        throw error;
      }
    },

    /** The last month that a plan drew by itself; undefined where it drew none. */
    async through(plan: string): Promise<string | undefined> {
      const item = await itemAt(throughKey(plan));
      return item && Month.parse(item.month);
    },

    /** Says that a plan drew a month by itself. One that is behind it is not gone back to. */
    async passed(plan: string, month: string): Promise<void> {
      try {
        await dynamodb.send(
          new PutCommand({
            TableName,
            Item: { ...throughKey(plan), month, ttl: ttlOf(month) },
            ConditionExpression: 'attribute_not_exists(subject) OR #month <= :month',
            ExpressionAttributeNames: { '#month': 'month' },
            ExpressionAttributeValues: { ':month': month },
          }),
        );
      } catch (error) {
        if (!isAwsError(error, 'ConditionalCheckFailedException')) throw error;
      }
    },
  };
}
export type DrawStore = ReturnType<typeof drawStore>;
