import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { canonicalJson } from '../../calls/calls.ts';
import { isAwsError } from '../../platform/errors.ts';
import { logger } from '../../platform/logger.ts';
import { Scorecard } from './scorecard.ts';

const keyOf = (name: string, version: string) => ({ subject: `scorecard#${name}`, part: `version#${version}` });

/**
 * The scorecards by which calls were scored and reviewed, by their versions: a review keeps the one that it was begun with, and the
 * config has another one some day.
 */
export function scorecardStore(dynamodb: DynamoDBDocumentClient, TableName: string) {
  const get = async (name: string, version: string): Promise<Scorecard | undefined> => {
    const { Item } = await dynamodb.send(
      new GetCommand({ TableName, Key: keyOf(name, version), ConsistentRead: true }),
    );
    return Item && Scorecard.parse(Item.scorecard);
  };
  return {
    /** The scorecard of a version; undefined where none was registered. */
    get,

    /**
     * Stores a scorecard under its version; again does no harm. What is under a version never changes: of two that have the same one,
     * the first holds, and it is logged that the other does not.
     *
     * @returns the one that holds
     */
    async register(scorecard: Scorecard): Promise<Scorecard> {
      const { name, version } = scorecard;
      try {
        await dynamodb.send(
          new PutCommand({
            TableName,
            Item: { ...keyOf(name, version), scorecard },
            ConditionExpression: 'attribute_not_exists(subject)',
          }),
        );
        return scorecard;
      } catch (error) {
        if (!isAwsError(error, 'ConditionalCheckFailedException')) throw error;
      }
      const first = (await get(name, version)) ?? scorecard;
      if (canonicalJson(first) !== canonicalJson(scorecard))
        logger.warn('the version of the scorecard is that of another one: change it whenever anything in it changes', {
          ...{ scorecard: name, scorecardVersion: version },
        });
      return first;
    },
  };
}
export type ScorecardStore = ReturnType<typeof scorecardStore>;

/** Registers scorecards once for each instance of a function; what failed is tried again with the next call. */
export function registeredOnce({ register }: Pick<ScorecardStore, 'register'>): ScorecardStore['register'] {
  const registered = new Map<string, Promise<Scorecard>>();
  return (scorecard) => {
    const key = canonicalJson(scorecard);
    const before = registered.get(key);
    if (before) return before;
    const now = register(scorecard).catch((error: unknown) => {
      registered.delete(key);
      throw error;
    });
    registered.set(key, now);
    return now;
  };
}
