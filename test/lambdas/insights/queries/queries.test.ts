import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tables } from '../../../../lambdas/insights/dataset/tables.ts';
import { meanOfSums, type ResultRow } from '../../../../lambdas/insights/queries/measure.ts';
import { addDays, daysOf } from '../../../../lambdas/insights/queries/parameters.ts';
import { ask, namedQueries, queries } from '../../../../lambdas/insights/queries/queries.ts';
import { lastDays, literal, periodsOf } from '../../../../lambdas/insights/queries/sql.ts';
import { meanOfGroups, tallyOf } from '../../../../lambdas/quality/coaching/intervals.ts';

const week = { from: '2026-10-12', to: '2026-10-18' };
const settings = { minCell: 5 };

/** A row of the query `sentiment`: so many calls, of which so many have a sentiment of 1. */
const sentimentRow = (grp: string, calls: number, known: number): ResultRow => ({
  ...{ grp, calls: String(calls), customer_sentiment_n: String(known), customer_sentiment_sum: String(known) },
  ...{ customer_sentiment_squares: String(known), customer_sentiment_agents: '1' },
  ...{ customer_sentiment_agent_squares: String(known ** 2), customer_sentiment_agent_products: String(known ** 2) },
  ...{ customer_sentiment_agent_counts: String(known ** 2), customer_sentiment_p50: '1', customer_sentiment_p90: '1' },
  ...{ customer_sentiment_p95: '1', agent_sentiment_n: '0', negative_n: '0' },
});

describe('what is asked', () => {
  it('is a literal, whatever it is: nothing ends it but its last quote', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const written = literal(text);
        expect(written.startsWith("'") && written.endsWith("'")).toBe(true);
        expect(written.slice(1, -1).replaceAll("''", '')).not.toContain("'");
        expect(written.slice(1, -1).replaceAll("''", "'")).toBe(text);
      }),
    );
    expect(() => literal(Number.NaN)).toThrow(TypeError);
  });

  it.each(queries.map((query) => [query.name]))('%s has every filter in its text only as a literal', (name) => {
    const evil = "x' OR 1 = 1 --";
    const { sql } = ask(name, { ...week, agentId: evil, team: evil, queue: evil, source: evil }, settings);
    expect(sql).toContain("'x'' OR 1 = 1 --'");
    expect(sql.replaceAll("'x'' OR 1 = 1 --'", '')).not.toContain('1 = 1');
  });

  it.each(queries.map((query) => [query.name]))('%s reads days of its period alone', (name) => {
    const { sql } = ask(name, week, settings);
    const reads = sql.match(new RegExp(`FROM (${Object.keys(tables).join('|')})\\b`, 'g')) ?? [];
    expect(reads.length).toBeGreaterThan(0);
    expect(sql.match(/WHERE day BETWEEN '\d{4}-\d\d-\d\d' AND '2026-10-18'/g)).toHaveLength(reads.length);
  });

  it.each([
    [{ to: '2026-10-18' }, 'from: '],
    [{ from: '2026-10-19', to: '2026-10-18' }, 'to: is before from, 2026-10-19'],
    [{ from: '2020-01-01', to: '2026-10-18' }, 'to: is more than 1096 days after from: ask twice'],
    [{ ...week, by: 'customer' }, 'by: '],
    [{ ...week, sql: 'SELECT 1' }, 'sql'],
    [{ ...week, team: '' }, 'team: is empty'],
    [{ ...week, team: 'a\nb' }, 'team: has a control character'],
  ])('%j is refused by the field that is wrong', (given, message) => {
    expect(() => ask('volume', given, settings)).toThrow(message);
  });

  it('is refused where there is no such query, with those that there are', () => {
    expect(() => ask('everything', week, settings)).toThrow('there is no query everything; there are volume, length');
  });

  it('is the same question with what was not given', () => {
    const question = ask('credits', week, settings);
    expect(question.parameters).toMatchObject({ by: 'all', offeredTag: 'credit-offered', currency: 'USD' });
    expect(ask('credits', question.parameters, settings).sql).toBe(question.sql);
  });

  it('is compared with a period before that is as long and ends the day before', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20_000 }), fc.integer({ min: 0, max: 1000 }), (start, length) => {
        const from = addDays('1990-01-01', start);
        const { now, before } = periodsOf({ from, to: addDays(from, length) });
        const day = (text: string) => text.slice(1, -1);
        expect(addDays(day(before.to), 1)).toBe(day(now.from));
        expect(daysOf({ from: day(before.from), to: day(before.to) })).toBe(length + 1);
      }),
    );
  });
});

describe('what is answered', () => {
  it('leaves out groups of few calls, and values of few calls, and tells how many', () => {
    const { shape } = ask('sentiment', { ...week, by: 'agent' }, settings);
    const answer = shape([sentimentRow('a', 4, 4), sentimentRow('b', 5, 4), sentimentRow('c', 6, 5)]);
    expect(answer.rows.map(({ group, values }) => [group, values.customer_sentiment?.n])).toEqual([
      ['b', undefined],
      ['c', 5],
    ]);
    expect(answer.suppressed).toEqual({ rows: 1, values: 1 });
    expect(JSON.stringify(answer)).not.toContain('"a"');
  });

  it('tells a percentile only where as many values as a cell may be small are not below it', () => {
    const { shape } = ask('sentiment', { ...week, by: 'agent' }, settings);
    const percentilesOf = (n: number) => {
      const [row] = shape([sentimentRow('a', n, n)]).rows;
      return Object.keys(row?.values.customer_sentiment ?? {}).filter((name) => /^p\d/.test(name));
    };
    expect(percentilesOf(7)).toEqual([]);
    expect(percentilesOf(8)).toEqual(['p50']);
    expect(percentilesOf(39)).toEqual(['p50']);
    expect(percentilesOf(40)).toEqual(['p50', 'p90']);
    expect(percentilesOf(80)).toEqual(['p50', 'p90', 'p95']);
  });

  it('tells no phrase that is in few calls, nor in exactly how few it was before', () => {
    const { shape } = ask('issues', week, settings);
    const row = (phrase: string, now: number, before: number): ResultRow => ({
      ...{ grp: '', phrase, now_calls: String(now), before_calls: String(before) },
      ...{ now_of: '1000', before_of: '1000', looked_at: '2' },
    });
    const [told, ...others] = shape([row('late fee', 90, 2), row('of one', 4, 0)]).rows;
    expect(told).toMatchObject({ labels: { phrase: 'late fee' }, count: 90, rise: { before: 4, beforeAtMost: true } });
    expect(others).toEqual([]);
  });

  it('tells which weeks and months are cut off', () => {
    const partials = (by: string, period: object, groups: readonly string[]) =>
      ask('sentiment', { ...period, by }, settings)
        .shape(groups.map((group) => sentimentRow(group, 9, 9)))
        .rows.map(({ partial }) => partial === true);
    expect(partials('week', week, ['2026-10-12'])).toEqual([false]);
    const cut = { from: '2026-10-13', to: '2026-10-24' };
    expect(partials('week', cut, ['2026-10-12', '2026-10-19'])).toEqual([true, true]);
    const months = { from: '2026-02-01', to: '2026-03-30' };
    expect(partials('month', months, ['2026-02-01', '2026-03-01'])).toEqual([false, true]);
    expect(partials('day', week, ['2026-10-12'])).toEqual([false]);
  });

  it('has the interval of quality, also of several agents, from sums alone', () => {
    const values = fc.array(fc.constantFrom(0, 0.3, 0.5, 1), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(fc.array(values, { minLength: 1, maxLength: 5 }), (agents) => {
        const tallies = agents.map(tallyOf);
        const over = (of: (tally: { n: number; sum: number; squares: number }) => number) =>
          tallies.reduce((sum, tally) => sum + of(tally), 0);
        const interval = meanOfSums({
          ...{ n: over(({ n }) => n), sum: over(({ sum }) => sum), squares: over(({ squares }) => squares) },
          ...{ agents: tallies.length, agentSquares: over(({ sum }) => sum ** 2) },
          ...{ agentProducts: over(({ n, sum }) => n * sum), agentCounts: over(({ n }) => n ** 2) },
        });
        const expected = meanOfGroups(tallies);
        expect(100 * (interval?.mean ?? Number.NaN)).toBeCloseTo(expected.mean ?? 0, 1);
        expect(100 * (interval?.low ?? Number.NaN)).toBeCloseTo(expected.low ?? 0, 1);
        expect(100 * (interval?.high ?? Number.NaN)).toBeCloseTo(expected.high ?? 0, 1);
      }),
    );
  });
});

it('days ago are days in either engine, and today is not of the last ones', () => {
  const { now, before } = lastDays(7);
  expect(now.from).toBe("CAST(CAST(current_date - INTERVAL '7' DAY AS date) AS varchar)");
  expect([now.to, before.to].map((sql) => sql.match(/'(\d+)'/)?.[1])).toEqual(['1', '8']);
});

describe('the text of every query', () => {
  /** What Trino reserves, or DuckDB does. Sources: trino.io/docs/current/language/reserved.html and the function duckdb_keywords(). */
  const reserved = new Set(
    `all alter analyse analyze and any array as asc asymmetric between both by case cast check collate column constraint create cross cube
    current_catalog current_date current_path current_role current_schema current_time current_timestamp current_user deallocate default
    deferrable delete desc describe distinct do drop else end escape except execute exists extract false fetch first for foreign from full
    grant group grouping having in initially inner insert intersect into is join json_array json_exists json_object json_query json_table
    json_value lambda last lateral leading left like limit listagg localtime localtimestamp natural normalize not null offset on only or
    order outer pivot placing prepare primary qualify recursive references returning right rollup rows select show skip some summarize
    symmetric table then to trailing trim true uescape union unique unnest unpivot using values variadic when where window with`.split(
      /\s+/,
    ),
  );

  it.each(namedQueries(settings).map(({ name, sql }) => [name, sql] as const))(
    '%s has names that both engines take',
    (_, sql) => {
      const named = [...sql.matchAll(/\bAS ([a-z_0-9]+)/g)].map((match) => match[1] ?? '');
      const parts = [...sql.matchAll(/\b([a-z_0-9]+) AS \(/g)].map((match) => match[1] ?? '');
      const names = [...named, ...parts];
      const columnNames = Object.values(tables).flatMap((columns) => columns.map(({ name }) => name));
      expect([...names, ...columnNames].filter((name) => reserved.has(name))).toEqual([]);
      expect(parts.filter((part) => Object.hasOwn(tables, part))).toEqual([]);
      expect(sql).not.toMatch(
        /approx_|percentile|quantile|\bAS [A-Z]+_?[a-z]|::|\/\/|\bARRAY\b|UNNEST|\bleast\(|\bgreatest\(/,
      );
    },
  );
});
