import type { CallRows, Row, TableName } from '../../../../lambdas/insights/dataset/tables.ts';

/** A call, or a dispute, as it is now: what the answers are about. */
export interface TrueCall {
  readonly day: string;
  readonly call: Row<'calls'>;
  readonly moments: readonly Row<'moments'>[];
  readonly scores: readonly Row<'scores'>[];
  readonly phrases: readonly Row<'phrases'>[];
}
export interface TrueDispute {
  readonly day: string;
  readonly rows: readonly Row<'disputes'>[];
}

/** Rows that go into one file: those of a table and a day. */
export interface GeneratedFile {
  readonly table: TableName;
  readonly day: string;
  readonly rows: readonly Row<TableName>[];
}

/** The same random numbers from 0 to 1 for the same seed. Source: mulberry32, a public-domain generator by T. Ettinger. */
export function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const dayAfter = (day: string, days: number) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

/** Names that a careless query breaks at. */
const AGENTS = ["o'hara", 'agent "two"', 'agent-3', 'agent-4', 'agent-5', 'agent-6', 'agent-7', 'agent; --', 'ågent-9'];
const TEAMS = ['billing', 'retention', "l'équipe"];
const QUEUES = ['sales', 'service', 'rare'];
const PHRASES = ['bill is wrong', 'not working', 'cancel my account', 'log in', 'new phone', 'late fee'];

export interface Generated {
  readonly calls: readonly TrueCall[];
  readonly disputes: readonly TrueDispute[];
  readonly files: readonly GeneratedFile[];
}

/**
 * Calls over 56 days from `firstDay`, with all that makes an answer go wrong: rows of before that no longer hold, calls that are gone or
 * moved to another day, rows that are in two files, values that are not known, groups of very few.
 */
export function generateCalls(count: number, firstDay: string, seed = 8): Generated {
  const random = randomOf(seed);
  const below = (n: number) => Math.floor(random() * n);
  const oneOf = <T>(all: readonly T[]): T => all[below(all.length)] as T;
  const maybe = <T>(probability: number, value: () => T): T | undefined =>
    random() < probability ? value() : undefined;
  const tenth = (value: number) => Math.round(value * 10) / 10;

  const calls: TrueCall[] = [];
  const written: { table: TableName; day: string; row: Row<TableName> }[] = [];
  const write = (day: string, { calls, moments, scores, phrases }: Omit<CallRows, 'disputes'>) => {
    for (const [table, rows] of Object.entries({ moments, scores, phrases, calls }))
      for (const row of rows) written.push({ table: table as TableName, day, row });
  };

  const callOf = (i: number, revision: number): TrueCall => {
    const days = below(56);
    const day = dayAfter(firstDay, days);
    const agent = maybe(0.97, () => (i % 1000 === 0 ? 'agent-of-few' : oneOf(AGENTS)));
    const key = { call_id: `call-${i}`, revision, deleted: false };
    const dimensions = {
      started_at: `${day}T${String(below(24)).padStart(2, '0')}:30:00.000Z`,
      agent_id: agent,
      team: agent && TEAMS[agent.length % 3],
      queue: random() < 0.002 ? 'of-few' : oneOf(QUEUES),
      source: maybe(0.9, () => oneOf(['support', 'import'])),
    };
    const duration = maybe(0.98, () => tenth(20 + 600 * random() ** 3));
    const customer = maybe(0.8, () => tenth(-5 + 10 * random()));
    const offered = random() < 0.15;
    const overPolicy = offered && random() < 0.3;
    const inbound = random() < 0.7;
    const callRow: Row<'calls'> = {
      ...{ ...key, ...dimensions, direction: inbound ? 'inbound' : 'outbound' },
      language: maybe(0.95, () => oneOf(['en-US', 'en-US', 'en-GB', 'es-US'])),
      duration_seconds: duration,
      agent_talk_seconds: duration && tenth(duration * random()),
      customer_talk_seconds: maybe(0.5, () => tenth(100 * random())),
      silence_seconds: duration && maybe(0.9, () => tenth(duration * random() * 1.02)),
      longest_silence_seconds: maybe(0.9, () => below(60)),
      agent_interruptions: maybe(0.95, () => below(4)),
      customer_interruptions: maybe(0.95, () => Math.max(0, below(6) - 2)),
      agent_sentiment: maybe(0.8, () => tenth(-1 + 5 * random())),
      customer_sentiment: customer,
      rulebook_version: '1',
    };
    const moment = (tag: string, amount?: number, currency?: string): Row<'moments'> => {
      const start = below(100_000);
      const said = { tag, start_ms: start, end_ms: start + 1500, speaker: 'AGENT', amount, currency };
      return { ...key, ...dimensions, ...said };
    };
    const currency = () => (random() < 0.9 ? 'USD' : 'EUR');
    const moments = [
      ...(offered ? [moment('credit-offered', 5 * (1 + below(20)), currency()), moment('credit-offered')] : []),
      ...(overPolicy ? [moment('credit-over-policy', 25.5 + below(100), currency())] : []),
      ...Array.from({ length: below(3) }, () => moment('refund')),
      ...(random() < 0.001 ? [moment("customer's rare tag")] : []),
    ];
    const form = (by: string, more: Partial<Row<'scores'>>): Row<'scores'>[] => {
      const whole = {
        ...{ ...key, ...dimensions, scored_by: by, scorecard: oneOf(['service', 'sales']), scorecard_version: '1' },
        ...more,
      };
      const percent = tenth(100 * random() ** 0.3);
      const failed = random() < 0.05;
      return [
        { ...whole, percent: failed ? 0 : percent, passed: !failed && percent >= 80, failed },
        ...['greeting', 'closing'].map((criterion) => ({ ...whole, criterion, share: oneOf([0, 0.5, 1]) })),
        { ...whole, criterion: 'not-applicable' },
      ];
    };
    const states = ['waiting', 'draft', 'submitted', 'acknowledged', 'appealed', 'decided'];
    const scores = [
      ...(random() < 0.9 ? form('automatic', {}) : []),
      ...Array.from({ length: Math.max(0, below(6) - 3) }, (_, r) =>
        form('review', { review_id: `review-${i}-${r}`, review_state: oneOf(states) }),
      ).flat(),
    ];
    const english = callRow.language === undefined || String(callRow.language).startsWith('en');
    // One of them is said more and more often, another less and less.
    const chanceOf = (p: number) =>
      p === 0 ? 0.02 + (0.3 * days) / 56 : p === 1 ? 0.3 - (0.3 * days) / 56 : 0.002 * 4 ** p;
    const phrases = english
      ? PHRASES.filter((_, p) => random() < chanceOf(p)).map((phrase) => ({
          ...{ ...key, ...dimensions, phrase, times: 1 + below(3) },
        }))
      : [];
    return { day, call: callRow, moments, scores, phrases };
  };

  const rowsOf = ({ call, moments, scores, phrases }: TrueCall) => ({ calls: [call], moments, scores, phrases });
  const tombstone = (i: number, revision: number) => ({
    ...{ calls: [{ call_id: `call-${i}`, revision, deleted: true }] },
    ...{ moments: [], scores: [], phrases: [] },
  });

  for (let i = 0; i < count; i++) {
    const fate = random();
    // What was told of it before, on whichever day, holds no more.
    const before = fate < 0.2 ? callOf(i, 1) : undefined;
    if (before) write(before.day, rowsOf(before));
    if (before && fate < 0.05) {
      write(before.day, tombstone(i, 2));
      continue;
    }
    const now = callOf(i, 3);
    if (before && before.day !== now.day) write(before.day, tombstone(i, 3));
    write(now.day, rowsOf(now));
    // A stale row comes late, and a file was put together that is still there as well.
    if (before && fate < 0.1) write(before.day, rowsOf(before));
    if (fate > 0.9) write(now.day, rowsOf(now));
    calls.push(now);
  }

  const disputes: TrueDispute[] = [];
  for (let d = 0; d < count / 10; d++) {
    const of = calls[below(calls.length)];
    const other = calls[below(calls.length)];
    if (!of || !other) continue;
    const day = dayAfter(firstDay, below(56));
    const opened = Date.parse(`${day}T09:00:00Z`);
    const outcome = maybe(0.7, () => oneOf(['upheld', 'not-upheld', 'partly-upheld']));
    const one = (revision: number, { call }: TrueCall, state: string): Row<'disputes'> => ({
      ...{ dispute_id: `dispute-${d}`, revision, deleted: false, call_id: call.call_id, topic: oneOf(['credit']) },
      ...{ started_at: call.started_at, agent_id: call.agent_id, team: call.team, queue: call.queue },
      ...{ source: call.source, state, opened_at: new Date(opened).toISOString() },
      ...(revision > 1 &&
        outcome && { outcome, decided_at: new Date(opened + 60_000 * (d + 1) * 7 + 123).toISOString() }),
    });
    const state = outcome ? oneOf(['decided', 'closed']) : oneOf(['open', 'closed']);
    const rows = [one(2, of, state), ...(random() < 0.3 && other !== of ? [one(2, other, state)] : [])];
    for (const row of [one(1, other, 'open'), ...rows]) written.push({ table: 'disputes', day, row });
    if (random() < 0.05) {
      written.push({ table: 'disputes', day, row: { dispute_id: `dispute-${d}`, revision: 3, deleted: true } });
      continue;
    }
    if (random() < 0.1) for (const row of rows) written.push({ table: 'disputes', day, row });
    disputes.push({ day, rows });
  }

  const files = [...Map.groupBy(written, ({ table, day }) => `${table} ${day}`).values()].flatMap((rows) => {
    const [first] = rows;
    return first ? [{ table: first.table, day: first.day, rows: rows.map(({ row }) => row) }] : [];
  });
  return { calls, disputes, files };
}
