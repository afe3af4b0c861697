import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { queryAll } from '../platform/query-pages.ts';
import { type CopyStore, itemCopyStore } from '../retention/retention.ts';
import { callSubject, holdPart, momentPart, taggingParts } from './call-table.ts';
import { CUSTODY } from './custody/custody-store.ts';

/** What the copies of calls are found by. */
export interface CallCopiesNeeds {
  readonly dynamodb: DynamoDBDocumentClient;
  readonly tableName: string;
}

/** The items of a call in the table, by what they are. */
const parts = [
  { name: 'moments', part: momentPart() },
  { name: 'taggings', part: taggingParts },
  { name: 'holds', part: holdPart() },
  // Until nothing else is left, it is wanted to tell who had what of it.
  { name: 'custody', part: CUSTODY, last: true },
] as const;

/**
 * What is kept of a call in its own partition of the table. The call's item is not among it: it is what all of this is
 * found by, and goes last, when nothing else is left.
 */
export function callCopies({ dynamodb, tableName }: CallCopiesNeeds): CopyStore[] {
  return parts.map(({ part: beginsWith, ...told }) =>
    itemCopyStore(
      {
        ...{ ...told, where: { items: beginsWith }, findsByCallId: true },
        async find({ callId }) {
          const { subject } = callSubject(callId);
          const items = await queryAll(dynamodb, { tableName, subject, beginsWith, consistent: true });
          return items.map(({ part }) => ({ subject, part: String(part) }));
        },
      },
      { dynamodb, tableName },
    ),
  );
}
