import { type DynamoDBDocumentClient, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { agentScoreStore } from '../../../../lambdas/quality/scoring/agent-score-store.ts';
import type { AgentScore } from '../../../../lambdas/quality/scoring/agent-scores.ts';

/** The row of a score, as rows of tests are. */
export const scored = (callId: string, callStartedAt: string, changes: Partial<AgentScore> = {}): AgentScore => ({
  ...{ agentId: 'lee', callId, callStartedAt, scoredAt: callStartedAt },
  ...{ by: 'automatic', scorecard: 'service', scorecardVersion: '1', percent: 100 },
  ...{ failedBy: [], shares: { disclosure: 1 }, notApplicable: [], facts: { tags: [] } },
  ...changes,
});

/** Stores rows, and what they add to their months. */
export async function storeScores(dynamodb: DynamoDBDocumentClient, rows: readonly AgentScore[]): Promise<void> {
  const store = agentScoreStore(dynamodb, 't', 1827);
  for (const row of rows)
    await dynamodb.send(new TransactWriteCommand({ TransactItems: store.changes(undefined, row) }));
}

/** So many days from a day, at 9 o'clock. */
export const day = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T09:00:00.000Z`) + days * 86_400_000).toISOString();
