import { BatchGetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { type Call, type CallStore, callIdOf, callStore, type Moment, receivedCall } from '../lambdas/calls/calls.ts';
import { MAX_GROUPED_MOMENTS, momentsByAgent } from '../lambdas/calls/moments-by-agent.ts';
import type { PageRequest } from '../lambdas/platform/cursor.ts';
import { memoryDynamodb } from '../test/lambdas/memory-dynamodb.ts';
import type { Bench, Measurement } from './bench.ts';

const SIZES = [1_000, 100_000];
const AGENTS = 20;
const CUSTOMERS = 20;
const LIMIT = 50;
const TABLE = 'calls';
const period = { from: '2026-10-01T00:00:00.000Z', to: '2026-11-01T00:00:00.000Z' };
/** Far into the list, where what costs more with each page would show. */
const PAGE = 5;

const startOf = (i: number, of: number): string =>
  new Date(Date.parse(period.from) + Math.floor((i / of) * 30 * 86_400_000)).toISOString();

const moment: Moment = {
  ...{
    tag: 'credit',
    startMs: 61_500,
    endMs: 64_000,
    speaker: 'AGENT',
    quote: 'I can offer you a credit of 40 dollars',
  },
  ...{ amount: { value: 40, currency: 'USD' }, ruleId: 'credit', rulebookVersion: '1' },
};

function callAt(i: number, of: number): Call {
  const recording = { bucket: 'bench-recordings', key: `support/${i}.mp3`, versionId: '1' };
  const startedAt = startOf(i, of);
  return {
    ...receivedCall(callIdOf(recording), recording, i % 10 === 0 ? 'sales' : 'support', startedAt),
    ...{ state: 'transcribing', startedAt, agentId: `agent-${i % AGENTS}`, durationMs: 240_000, language: 'en-US' },
    customerId: `customer-${Math.floor(i / AGENTS) % CUSTOMERS}`,
  };
}

interface Cost {
  requests: number;
  items: number;
  bytes: number;
}

/** A table that counts what is read: requests, and the items that they go through. */
function countingTable() {
  const memory = memoryDynamodb();
  const { send } = memory.client as unknown as { send: (command: unknown) => Promise<Answer> };
  interface Answer {
    readonly Items?: unknown[];
    readonly ScannedCount?: number;
    readonly Responses?: Record<string, unknown[]>;
  }
  const bytesOf = new Map<string, number>();
  const cost: Cost = { requests: 0, items: 0, bytes: 0 };
  const client = {
    async send(command: unknown) {
      const answer = await send(command);
      if (!(command instanceof QueryCommand || command instanceof BatchGetCommand)) return answer;
      const items = answer.Items ?? Object.values(answer.Responses ?? {}).flat();
      const through = answer.ScannedCount ?? items.length;
      cost.requests += 1;
      cost.items += through;
      // All items of a kind are as large: those that are left out, too.
      const index = 'IndexName' in command.input ? String(command.input.IndexName) : 'table';
      const bytes = items.reduce<number>((sum, item) => sum + Buffer.byteLength(JSON.stringify(item)), 0);
      if (items.length > 0) bytesOf.set(index, bytes / items.length);
      cost.bytes += (bytesOf.get(index) ?? 0) * through;
      return answer;
    },
  } as unknown as typeof memory.client;
  return { client, cost };
}

/**
 * What a page takes of the table's read capacity: half a unit for each 4 KB that is read without consistency.
 * Source: Amazon DynamoDB Developer Guide, "Capacity consumption for read operations"; sizes are those of the items' JSON.
 */
const unitsOf = ({ bytes }: Cost): number => bytes / 4096 / 2;

type LookUp = readonly [what: string, page: (store: CallStore, request: PageRequest) => Promise<PageLike>];
interface PageLike {
  readonly items: readonly unknown[];
  readonly next: PageRequest['position'] | undefined;
}

const lookUps: LookUp[] = [
  ['an agent', (store, request) => store.listCalls({ agentId: 'agent-1' }, request)],
  ['a customer', (store, request) => store.listCalls({ customerId: 'customer-1' }, request)],
  ['a tag', (store, request) => store.listCalls({ tag: 'credit' }, request)],
  ['a state', (store, request) => store.listCalls({ state: 'tagged' }, request)],
  ['an agent and a tag', (store, request) => store.listCalls({ agentId: 'agent-1', tag: 'credit' }, request)],
  ['an agent and another source', (store, request) => store.listCalls({ agentId: 'agent-1', source: 'none' }, request)],
  ['moments of a tag', (store, request) => store.listMoments('credit', request)],
];

async function filled(size: number, log: (line: string) => void) {
  log(`making ${size.toLocaleString('en')} calls`);
  const table = countingTable();
  const store = callStore(table.client, TABLE);
  for (let i = 0; i < size; i++) {
    const call = callAt(i, size);
    await store.create(call);
    await store.enterTagged(call, [moment], call.receivedAt);
  }
  return { ...table, store };
}

/** What a page of each look-up reads, of a small table and of a large one. */
const bench: Bench = {
  name: 'lookups',
  async measure(log) {
    const found = new Map<string, string[]>();
    for (const size of SIZES) {
      const { store, cost } = await filled(size, log);
      const read = async (what: string, page: () => Promise<PageLike>): Promise<PageLike> => {
        Object.assign(cost, { requests: 0, items: 0, bytes: 0 });
        const answer = await page();
        const told = `${cost.requests} ${cost.requests === 1 ? 'request' : 'requests'}, ${cost.items} items, ${unitsOf(cost).toFixed(1)} units`;
        found.set(what, [...(found.get(what) ?? []), `${told} for ${answer.items.length}`]);
        return answer;
      };
      for (const [what, page] of lookUps) {
        log(what);
        const request = {
          ...(what === 'a state' ? { from: '1900-01-01T00:00:00.000Z', to: '9999-01-01T00:00:00.000Z' } : period),
          limit: what.startsWith('an agent') || what === 'a customer' ? 10 : LIMIT,
        };
        let position: PageRequest['position'] | undefined;
        for (let i = 1; i < PAGE; i++) {
          const former = await page(store, { ...request, order: 'newest-first', ...(position && { position }) });
          if (!former.next) break;
          position = former.next;
        }
        await read(what, () => page(store, { ...request, order: 'newest-first', ...(position && { position }) }));
      }
      await read('agents with moments of a tag, in one answer', async () => {
        const request = { ...period, order: 'oldest-first', limit: MAX_GROUPED_MOMENTS } as const;
        return momentsByAgent(request, (asked, perPartition) => store.listMoments('credit', asked, {}, perPartition));
      });
    }
    return [...found].map(([what, [small = '', large = '']]): Measurement => ({ what, value: small, note: large }));
  },
};
export default bench;
