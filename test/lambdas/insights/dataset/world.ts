import { randomUUID } from 'node:crypto';
import type { Call, Moment } from '../../../../lambdas/calls/calls.ts';
import type { Dispute } from '../../../../lambdas/disputes/disputes.ts';
import type { DatasetFiles } from '../../../../lambdas/insights/dataset/dataset-files.ts';
import type { DatasetRequest } from '../../../../lambdas/insights/dataset/dataset-messages.ts';
import { insightsStore } from '../../../../lambdas/insights/dataset/insights-store.ts';
import { rowsOfParquet } from '../../../../lambdas/insights/dataset/parquet.ts';
import type { RowsSources } from '../../../../lambdas/insights/dataset/read-rows.ts';
import { dayPrefix, type Row, type TableName } from '../../../../lambdas/insights/dataset/tables.ts';
import { plusMs } from '../../../../lambdas/platform/clock.ts';
import type { ScoreOfCall } from '../../../../lambdas/quality/quality.ts';
import type { Transcript } from '../../../../lambdas/transcription/transcription.ts';
import { NOW, transcribingCall } from '../../builders.ts';
import { memoryDynamodb } from '../../memory-dynamodb.ts';

/** What the tables of calls and disputes say in a test. */
export interface Facts {
  call: Call;
  moments: Moment[];
  scores: ScoreOfCall[];
  transcript?: Transcript;
}

export const taggedCall = (callId: string, changes: Partial<Call> = {}): Call =>
  transcribingCall(callId, { state: 'tagged', rulebookVersion: '1', ...changes });

export const momentOf = (tag: string, startMs = 1000): Moment => ({
  ...{ tag, startMs, endMs: startMs + 500, speaker: 'AGENT', quote: 'the words of customer-555', ruleId: tag },
  ...{ rulebookVersion: '1', amount: { value: 40, currency: 'USD' } },
});

/** A dataset in memory, with what its rows are made of. */
export function world() {
  const calls = new Map<string, Facts>();
  const disputes = new Map<string, Dispute>();
  const teams = new Map<string, string>();
  const dynamodb = memoryDynamodb();
  const stored = new Map<string, Uint8Array>();
  let now = NOW;
  /** What happens before a file is written, or listed, such as a crash. */
  const before: { put: (key: string) => unknown; list: (table: TableName) => unknown } = {
    put: () => undefined,
    list: () => undefined,
  };

  const files: DatasetFiles = {
    async list(table, day) {
      await before.list(table);
      return [...stored.keys()].filter((key) => key.startsWith(dayPrefix(table, day))).toSorted();
    },
    get: async (key) => stored.get(key),
    async put(table, day, name, file) {
      const key = `${dayPrefix(table, day)}${name}`;
      await before.put(key);
      stored.set(key, file.slice());
    },
    async remove(keys) {
      for (const key of keys) stored.delete(key);
    },
  };

  const sources: RowsSources = {
    calls: {
      get: async (callId) => calls.get(callId)?.call,
      momentsToReplace: async ({ callId }) => ({ moments: calls.get(callId)?.moments ?? [], parts: [] }),
    },
    transcripts: { get: async (callId) => calls.get(callId)?.transcript },
    scoresOf: async (callId) => calls.get(callId)?.scores ?? [],
    roster: {
      get: async (agentId) => ({
        agentId,
        version: 1,
        since: NOW,
        ...(teams.has(agentId) && { team: teams.get(agentId) }),
      }),
    },
    disputes: { get: async (disputeId) => disputes.get(disputeId) },
    phrasesOf: ({ turns }) => turns.map(({ text }) => ({ phrase: text, times: 1 })),
  };

  const store = insightsStore(dynamodb.client, 'table');
  const clock = () => new Date(now);
  const sent: DatasetRequest[] = [];
  const send = async (messages: readonly DatasetRequest[]) => {
    sent.push(...messages);
  };
  const needs = { store, files, sources, clock, newId: () => randomUUID(), send };

  /** The rows of a table in all files. */
  const rowsIn = async <T extends TableName>(table: T): Promise<Row<T>[]> => {
    const rows: Row<T>[] = [];
    for (const [key, file] of stored) {
      if (!key.startsWith(`${table}/`)) continue;
      for await (const some of rowsOfParquet(table, file)) rows.push(...some);
    }
    return rows;
  };

  return {
    ...{ calls, disputes, teams, needs, store, dynamodb, before, sent, rowsIn },
    /** The keys of all files. */
    keys: () => [...stored.keys()].toSorted(),
    pass: (ms: number) => {
      now = plusMs(now, ms);
    },
    now: () => now,

    /** The rows that hold, as whoever reads the dataset finds them: of each call those of its highest revision in `calls`. */
    async visible<T extends Exclude<TableName, 'disputes'>>(table: T): Promise<Row<T>[]> {
      const current = new Map<unknown, Row<'calls'>>();
      for (const row of await rowsIn('calls')) {
        if (Number(row.revision) > Number(current.get(row.call_id)?.revision ?? 0)) current.set(row.call_id, row);
      }
      const holds = (row: { readonly call_id?: unknown; readonly revision?: unknown }) => {
        const one = current.get(row.call_id);
        return one?.deleted === false && one.revision === row.revision;
      };
      return (await rowsIn(table)).filter(holds);
    },
  };
}
export type World = ReturnType<typeof world>;
