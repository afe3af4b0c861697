import { type DynamoDBDocumentClient, GetCommand, TransactWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { DAY_MS } from '../platform/clock.ts';
import { isAwsError } from '../platform/errors.ts';

/** Why a run has no answer. */
export const RunFailure = z.object({
  /** `too-much`: it reads or holds more than a query may; `stopped`: somebody stopped it in Athena; `failed`: it failed inside. */
  code: z.enum(['too-much', 'stopped', 'failed']),
  message: z.string().describe('What to do about it'),
});
export type RunFailure = z.infer<typeof RunFailure>;

/** What Athena was asked for a run. */
const RunExecution = z.object({
  executionId: z.string(),
  /** ISO 8601: what was in the dataset then is in the answer. */
  startedAt: z.iso.datetime(),
  /** The hash of the text of the query. */
  sqlSha256: z.string(),
});
export type RunExecution = z.infer<typeof RunExecution>;

/** A question that was asked, and what became of it. Its answer is made of Athena's results when it is asked for. */
export const Run = z.object({
  runId: z.string(),
  query: z.string(),
  /** With those that were not given. */
  parameters: z.record(z.string(), z.string()),
  /** ISO 8601. */
  askedAt: z.iso.datetime(),
  /** How often Athena was asked: anew where it knows no more of it. */
  attempts: z.int().nonnegative(),
  execution: RunExecution.optional(),
  failure: RunFailure.optional(),
  /** Until when it is known, in seconds since 1970. */
  ttl: z.int(),
});
export type Run = z.infer<typeof Run>;

const RUN = 'insights-run#';
const QUESTION = 'insights-question#';

/** What the partition keys of runs in the table begin with. */
export const RUN_SUBJECTS = [RUN, QUESTION] as const;

/** A run is known for so long, and no longer than Athena's results of it need be kept. */
const KEPT_MS = DAY_MS;

/** Until when a run that is asked for now is known. */
export const runTtl = (now: Date): number => Math.floor((now.getTime() + KEPT_MS) / 1000);

/** Which run was the last one of a question. */
export interface LastRun {
  readonly runId: string;
  /** Undefined where it is known no more. */
  readonly run: Run | undefined;
}

/** The runs of questions, in the table. All of it has a time to live. */
export function runStore(dynamodb: DynamoDBDocumentClient, TableName: string) {
  const keyOf = (runId: string) => ({ subject: `${RUN}${runId}`, part: 'run' });
  const questionKey = (question: string) => ({ subject: `${QUESTION}${question}`, part: 'last' });

  const get = async (runId: string): Promise<Run | undefined> => {
    const { Item } = await dynamodb.send(new GetCommand({ TableName, Key: keyOf(runId), ConsistentRead: true }));
    return Item && Run.parse(Item);
  };

  /** Changes a run that was not changed since it was read; answers the run as it is then. */
  const change = async (
    run: Run,
    input: { readonly UpdateExpression: string; readonly values: Record<string, unknown> },
  ): Promise<Run | undefined> => {
    try {
      const { Attributes } = await dynamodb.send(
        new UpdateCommand({
          ...{ TableName, Key: keyOf(run.runId), ReturnValues: 'ALL_NEW' },
          UpdateExpression: input.UpdateExpression,
          ConditionExpression: 'attempts = :seen',
          ExpressionAttributeValues: { ':seen': run.attempts, ...input.values },
        }),
      );
      return Run.parse(Attributes);
    } catch (error) {
      if (isAwsError(error, 'ConditionalCheckFailedException')) return get(run.runId);
      throw error;
    }
  };

  return {
    /** A run; undefined where there is none. */
    get,

    /** The last run of a question; undefined where there is none. */
    async lastOf(question: string): Promise<LastRun | undefined> {
      const { Item } = await dynamodb.send(
        new GetCommand({ TableName, Key: questionKey(question), ConsistentRead: true }),
      );
      if (!Item) return undefined;
      const runId = z.string().parse(Item.runId);
      return { runId, run: await get(runId) };
    },

    /**
     * Stores a new run as the last one of its question.
     *
     * @param before the id of the one that was the last when that was read
     * @throws TransactionCanceledException where there is another one by now
     */
    async begin(run: Run, question: string, before: string | undefined): Promise<void> {
      const last = { ...questionKey(question), runId: run.runId, ttl: run.ttl };
      const asRead =
        before === undefined
          ? { ConditionExpression: 'attribute_not_exists(subject)' }
          : { ConditionExpression: 'runId = :before', ExpressionAttributeValues: { ':before': before } };
      await dynamodb.send(
        new TransactWriteCommand({
          TransactItems: [
            { Put: { TableName, Item: last, ...asRead } },
            { Put: { TableName, Item: { ...keyOf(run.runId), ...run } } },
          ],
        }),
      );
    },

    /** Notes what Athena was asked for a run. Where that was noted meanwhile, it answers the run with what it is. */
    noteExecution: (run: Run, execution: RunExecution): Promise<Run | undefined> =>
      change(run, {
        UpdateExpression: 'SET execution = :execution, attempts = :attempts',
        values: { ':execution': execution, ':attempts': run.attempts + 1 },
      }),

    /** Notes that a run has no answer. Where it was started anew meanwhile, it answers the run as it is. */
    noteFailure: (run: Run, failure: RunFailure): Promise<Run | undefined> =>
      change(run, { UpdateExpression: 'SET failure = :failure', values: { ':failure': failure } }),
  };
}
export type RunStore = ReturnType<typeof runStore>;
