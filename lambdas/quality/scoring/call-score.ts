import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { callSubject, canonicalJson, type TransactItem } from '../../calls/calls.ts';
import { queryAll } from '../../platform/query-pages.ts';
import { scorePart } from '../quality-table.ts';
import { CallFacts } from './agent-scores.ts';
import { AutomaticallyAnswered, CallNumbers } from './automatic-answers.ts';
import { Score } from './score.ts';

/** The automatic score of a call by a scorecard: what is known of the call alone. It goes with the call. */
export const CallScore = z.object({
  callId: z.string(),
  agentId: z.string(),
  /** When the call began; where that is not known, when its recording arrived. */
  callStartedAt: z.iso.datetime(),
  scorecard: z.string(),
  scorecardVersion: z.string(),
  scoredAt: z.iso.datetime(),
  /** Of which tagging of the call its tags are: 1 is the first one. */
  tagging: z.number().int().nonnegative(),
  rulebookVersion: z.string().optional(),
  numbers: CallNumbers,
  facts: CallFacts,
  /** By the ids of the criteria. */
  answers: z.record(z.string(), AutomaticallyAnswered),
  score: Score,
});
export type CallScore = z.infer<typeof CallScore>;

const keyOf = (callId: string, scorecard: string) => ({
  subject: callSubject(callId).subject,
  part: scorePart(scorecard),
});

/** Whether two scores say the same, whenever they were made. */
export const saysTheSame = (a: CallScore, b: CallScore): boolean =>
  canonicalJson({ ...a, scoredAt: '' }) === canonicalJson({ ...b, scoredAt: '' });

/** The automatic scores of calls, in their calls' partitions. */
export function callScoreStore(dynamodb: DynamoDBDocumentClient, TableName: string) {
  return {
    /** The automatic score of a call by a scorecard, as it stands now; undefined where there is none. */
    async get(callId: string, scorecard: string): Promise<CallScore | undefined> {
      const { Item } = await dynamodb.send(
        new GetCommand({ TableName, Key: keyOf(callId, scorecard), ConsistentRead: true }),
      );
      return Item && CallScore.parse(Item);
    },

    /** All automatic scores of a call. */
    async ofCall(callId: string): Promise<CallScore[]> {
      const { subject } = callSubject(callId);
      const items = await queryAll(dynamodb, { tableName: TableName, subject, beginsWith: scorePart() });
      return items.map((item) => CallScore.parse(item));
    },

    /** What puts `after` in place of `before`, on the condition that it is still as it was read; undefined is none. */
    change(before: CallScore | undefined, after: CallScore | undefined): TransactItem[] {
      const score = after ?? before;
      if (!score) return [];
      const condition = before
        ? {
            ConditionExpression: '#scoredAt = :scoredAt AND #tagging = :tagging',
            ExpressionAttributeNames: { '#scoredAt': 'scoredAt', '#tagging': 'tagging' },
            ExpressionAttributeValues: { ':scoredAt': before.scoredAt, ':tagging': before.tagging },
          }
        : { ConditionExpression: 'attribute_not_exists(subject)' };
      const Key = keyOf(score.callId, score.scorecard);
      return [
        after
          ? { Put: { TableName, Item: { ...after, ...Key }, ...condition } }
          : { Delete: { TableName, Key, ...condition } },
      ];
    },
  };
}
export type CallScoreStore = ReturnType<typeof callScoreStore>;
