import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { callSubject, type TransactItem } from '../../calls/calls.ts';
import { DAY_MS } from '../../platform/clock.ts';
import type { Key, Page, PageRequest } from '../../platform/cursor.ts';
import { itemsOfKeys, queryAll, queryPages } from '../../platform/query-pages.ts';
import { agentSubject, notePart } from '../quality-table.ts';
import { Note, NotePointer, type NoteTold, noteTold } from './note.ts';

/** What the sort keys of an agent's notes begin with, in the agent's partition: when they were written follows. */
const NOTES = 'coaching-note#';
/** The same of those that no session has gathered yet. */
const OPEN = 'coaching-open#';

const noteKey = ({ callId, noteId }: Pick<NotePointer, 'callId' | 'noteId'>): Key => ({
  subject: callSubject(callId).subject,
  part: notePart(noteId),
});
const pointerKey = (begin: string, { agentId, at, noteId }: NotePointer): Key => ({
  subject: agentSubject(agentId),
  part: `${begin}${at}#${noteId}`,
});

/** So many days after a time, in seconds since 1970: the table's time to live. */
export const ttlAfter = (time: string, days: number): number => Math.floor((Date.parse(time) + days * DAY_MS) / 1000);

/**
 * Coaching notes: their words in the partition of their call, with which they go, and pointers without words in that of their
 * agent.
 *
 * @param keepDays so long pointers are kept, from the begin of the call
 */
export function noteStore(dynamodb: DynamoDBDocumentClient, TableName: string, keepDays: number) {
  const get = async (callId: string, noteId: string): Promise<Note | undefined> => {
    const Key = noteKey({ callId, noteId });
    const { Item } = await dynamodb.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
    return Item && Note.parse(Item);
  };

  /** Notes with their words, in the order of their pointers. */
  const told = async (pointers: readonly NotePointer[]): Promise<NoteTold[]> => {
    const items = await itemsOfKeys(dynamodb, TableName, pointers.map(noteKey));
    const found = new Map(items.map((item) => Note.parse(item)).map((note) => [note.noteId, note]));
    return pointers.map((pointer) => noteTold(pointer, found.get(pointer.noteId)));
  };

  return {
    get,
    told,

    /** The items of a new note: of one transaction with its entry in the call's custody. */
    createItems(note: Note): TransactItem[] {
      const pointer = { ...NotePointer.parse(note), ttl: ttlAfter(note.callStartedAt, keepDays) };
      return [
        {
          Put: {
            TableName,
            Item: { ...note, ...noteKey(note) },
            ConditionExpression: 'attribute_not_exists(subject)',
          },
        },
        { Put: { TableName, Item: { ...pointer, ...pointerKey(NOTES, note) } } },
        { Put: { TableName, Item: { ...pointer, ...pointerKey(OPEN, note) } } },
      ];
    },

    /** All notes of a call, by where they begin. */
    async ofCall(callId: string): Promise<Note[]> {
      const { subject } = callSubject(callId);
      const items = await queryAll(dynamodb, { tableName: TableName, subject, beginsWith: notePart() });
      return items.map((item) => Note.parse(item)).toSorted((a, b) => a.startMs - b.startMs || (a.at < b.at ? -1 : 1));
    },

    /** One page of an agent's notes, by when they were written. */
    async list(agentId: string, request: PageRequest): Promise<Page<NoteTold>> {
      const sortKeys = { from: `${NOTES}${request.from}`, to: `${NOTES}${request.to}` };
      const listed = { tableName: TableName, groups: [[agentSubject(agentId)]], sortKeys };
      const { items, next } = await queryPages(dynamodb, listed, request, (item) => NotePointer.parse(item));
      return { items: await told(items), next };
    },

    /** The notes of an agent that no session has gathered yet, the oldest first: some of them, and whether there are more. */
    async open(agentId: string, limit: number): Promise<{ pointers: NotePointer[]; hasMore: boolean }> {
      const subject = agentSubject(agentId);
      const items = await queryAll(dynamodb, { tableName: TableName, subject, beginsWith: OPEN, consistent: true });
      return { pointers: items.slice(0, limit).map((item) => NotePointer.parse(item)), hasMore: items.length > limit };
    },

    /** What takes a note out of those that wait for a session; refused where another session has gathered it. */
    gather: (pointer: NotePointer): TransactItem => ({
      Delete: { TableName, Key: pointerKey(OPEN, pointer), ConditionExpression: 'attribute_exists(subject)' },
    }),
  };
}
export type NoteStore = ReturnType<typeof noteStore>;
