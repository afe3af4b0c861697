import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBBatchResponse, DynamoDBRecord } from 'aws-lambda';
import { type Clock, iso } from '../../platform/clock.ts';
import { logger } from '../../platform/logger.ts';
import { isActive, type StoredHold } from '../../retention/retention.ts';
import { callSubject } from '../call-table.ts';
import { actOfHold, actsOfChange, holdOfAct, type NotedHold } from './acts-of-change.ts';
import type { CustodyActInput } from './custody.ts';
import { CUSTODY, type CustodyStore } from './custody-store.ts';

/** What noting the changes of calls needs. */
export interface NoteChangesNeeds {
  readonly custody: Pick<CustodyStore, 'append' | 'noteChange'>;
  readonly holdOf: (holdId: string) => Promise<StoredHold | undefined>;
  /** Told of each act that only somebody can have done who wrote into the table. */
  readonly changedByHand: (callId: string, act: CustodyActInput) => void;
  readonly clock: Clock;
}

/**
 * Notes in the custody of calls what was done with them, by the changes of the table's stream: of calls' items, and of custody
 * itself, where entries are changed or removed. Those of one call are noted in their order; where one fails, the later ones of
 * its call wait for the next try, and those of other calls do not.
 *
 * @returns the changes that failed: Lambda tries again from the first of them on, and what was noted is not noted twice
 */
export async function noteChanges(
  records: readonly DynamoDBRecord[],
  needs: NoteChangesNeeds,
): Promise<DynamoDBBatchResponse> {
  const byCall = Map.groupBy(records, callIdOf);
  const failed = await Promise.all([...byCall].map(([callId, some]) => noteChangesOf(callId, some, needs)));
  return {
    batchItemFailures: failed
      .flatMap((itemIdentifier) => itemIdentifier ?? [])
      .map((itemIdentifier) => ({ itemIdentifier })),
  };
}

/** Notes changes of one call until one fails: its number, or undefined where none does. */
async function noteChangesOf(
  callId: string,
  records: readonly DynamoDBRecord[],
  needs: NoteChangesNeeds,
): Promise<string | undefined> {
  for (const record of records) {
    try {
      await noteChange(callId, record, needs);
    } catch (error) {
      const change = record.dynamodb?.SequenceNumber ?? '';
      logger.error('a change of a call was not noted in its custody', { callId, change, error: error as Error });
      return change;
    }
  }
  return undefined;
}

async function noteChange(
  callId: string,
  { dynamodb, eventName, eventSourceARN }: DynamoDBRecord,
  { custody, holdOf, changedByHand, clock }: NoteChangesNeeds,
): Promise<void> {
  const { SequenceNumber: sequenceNumber = '', ApproximateCreationDateTime: seconds } = dynamodb ?? {};
  const at = seconds === undefined ? iso(clock()) : iso(new Date(seconds * 1000));
  const stream = eventSourceARN ?? '';
  const part = dynamodb?.Keys?.part?.S ?? '';
  if (part.startsWith(CUSTODY)) {
    const actId = `${stream}#${sequenceNumber}`;
    const act = actOfCustodyChange(part, eventName, at, actId);
    // Of a call that is deleted, nothing is noted: its custody goes with it.
    if (await custody.append(callId, act)) changedByHand(callId, act);
    return;
  }
  const acts: CustodyActInput[] = [];
  for (const act of actsOfChange(itemOf(dynamodb?.OldImage), itemOf(dynamodb?.NewImage), at)) {
    const holdId = holdOfAct(act);
    acts.push(holdId === undefined ? act : actOfHold(act, notedHold(await holdOf(holdId))));
  }
  const noted = await custody.noteChange(callId, acts, { stream, sequenceNumber });
  // Also where it was noted before: who noted it may have ended before it could tell.
  if (noted) for (const act of acts) if (act.kind === 'changed') changedByHand(callId, act);
}

/** What is noted where an entry of custody is changed or removed: nothing of Verbatim does that while there is the call. */
const actOfCustodyChange = (
  part: string,
  eventName: DynamoDBRecord['eventName'],
  at: string,
  actId: string,
): CustodyActInput => ({
  ...{ kind: 'changed', at, by: 'unknown', actId },
  details: { fields: part, how: eventName === 'REMOVE' ? 'removed' : 'edited' },
});

function notedHold(hold: StoredHold | undefined): NotedHold | undefined {
  if (!hold) return undefined;
  const { placedBy, reason, releasedBy, releaseReason = '' } = hold;
  return {
    isActive: isActive(hold),
    placed: { by: placedBy, byName: hold.placedByName, person: hold.placedByPerson, why: reason },
    released:
      releasedBy === undefined
        ? undefined
        : { by: releasedBy, byName: hold.releasedByName, person: hold.releasedByPerson, why: releaseReason },
  };
}

const callIdOf = ({ dynamodb }: DynamoDBRecord): string =>
  (dynamodb?.Keys?.subject?.S ?? '').slice(callSubject('').subject.length);

/** An item of the stream; of numbers that somebody wrote, those that are too long for one count as they are rounded. */
const itemOf = (image: Record<string, unknown> | undefined): Record<string, unknown> | undefined =>
  image && unmarshall(image as Record<string, AttributeValue>, { wrapNumbers: Number });
