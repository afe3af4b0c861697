import { risers } from '../../../../lambdas/insights/phrases/risers.ts';
import type { Told } from '../../../../lambdas/insights/queries/measure.ts';
import { meanOfGroups, studentQuantile, tallyOf } from '../../../../lambdas/quality/coaching/intervals.ts';
import type { Generated, TrueCall } from './generated-calls.ts';

/** What is asked, as the answers of the SQL are. */
export interface Asked {
  readonly from: string;
  readonly to: string;
  readonly by: string;
  readonly [more: string]: string | undefined;
}

/** A row of an answer, as a plain computation has it. */
export interface PlainRow {
  readonly group?: string | undefined;
  readonly labels?: Readonly<Record<string, string>>;
  readonly count: number;
  readonly counts?: Readonly<Record<string, number>>;
  readonly values: Readonly<Record<string, Told>>;
  readonly rise?: object;
}

type Plain = Readonly<Record<string, string | number | boolean | undefined>>;
interface Fact {
  readonly group: string;
  readonly agent: string;
  readonly id: string;
  readonly row: Plain;
}
type Value = (row: Plain) => number | undefined;

const MIN_CELL = 5;

/** One measure, spelled out. */
interface Spelled {
  readonly value: Value;
  readonly min?: number;
  /** Infinity: no bound. */
  readonly max?: number;
  readonly factor?: number;
  readonly percentiles?: boolean;
  readonly total?: boolean;
}

const share = (value: Value, percentiles = false): Spelled => ({ value, factor: 100, percentiles });
const unbounded = (value: Value, total = false, percentiles = true): Spelled => ({
  ...{ value, max: Number.POSITIVE_INFINITY, percentiles, total },
});
const numberIn =
  (column: string): Value =>
  (row) =>
    row[column] as number | undefined;
const isTrue = (condition: boolean | undefined) => (condition === undefined ? undefined : Number(condition));
const above =
  (column: string, than: number): Value =>
  (row) => {
    const value = numberIn(column)(row);
    return value === undefined ? undefined : Number(value > than);
  };
const partOfLength =
  (column: string): Value =>
  (row) => {
    const [part, whole] = [numberIn(column)(row), numberIn('duration_seconds')(row)];
    return part === undefined || !whole ? undefined : Math.min(1, part / whole);
  };

const callMeasures: Record<string, Record<string, Spelled>> = {
  volume: { duration: unbounded(numberIn('duration_seconds'), true, false) },
  length: {
    duration: unbounded(numberIn('duration_seconds'), true),
    agent_talk: share(partOfLength('agent_talk_seconds')),
    customer_talk: share(partOfLength('customer_talk_seconds')),
  },
  sentiment: {
    customer_sentiment: { value: numberIn('customer_sentiment'), min: -5, max: 5, percentiles: true },
    agent_sentiment: { value: numberIn('agent_sentiment'), min: -5, max: 5, percentiles: true },
    negative: share((row) =>
      isTrue(row.customer_sentiment === undefined ? undefined : Number(row.customer_sentiment) < 0),
    ),
  },
  silence: {
    silence: share(partOfLength('silence_seconds'), true),
    silence_seconds: unbounded(numberIn('silence_seconds')),
    longest_silence: unbounded(numberIn('longest_silence_seconds')),
  },
  interruptions: {
    agent_times: unbounded(numberIn('agent_interruptions')),
    customer_times: unbounded(numberIn('customer_interruptions')),
    agent_interrupts: share(above('agent_interruptions', 0)),
    customer_interrupts: share(above('customer_interruptions', 0)),
  },
};

function groupOf(by: string, day: string, row: Plain): string {
  const date = new Date(`${day}T00:00:00Z`);
  if (by === 'day') return day;
  if (by === 'month') return `${day.slice(0, 7)}-01`;
  if (by === 'week') {
    while (date.getUTCDay() !== 1) date.setUTCDate(date.getUTCDate() - 1);
    return date.toISOString().slice(0, 10);
  }
  const column = { agent: 'agent_id', team: 'team', queue: 'queue', source: 'source' }[by];
  return column === undefined ? '' : String(row[column] ?? '');
}

const filters = {
  agentId: 'agent_id',
  team: 'team',
  queue: 'queue',
  source: 'source',
  language: 'language',
  direction: 'direction',
};

const isAsked = (asked: Asked, row: Plain): boolean =>
  Object.entries(filters).every(([name, column]) => asked[name] === undefined || row[column] === asked[name]);

const callsOf = ({ calls }: Generated, asked: Asked, from = asked.from, to = asked.to): TrueCall[] =>
  calls.filter(({ day, call }) => day >= from && day <= to && isAsked(asked, call));

const rounded = (value: number) => Math.round(100 * value) / 100;

function tell(facts: readonly Fact[], spelled: Spelled): Told | undefined {
  const { value, min = 0, max = 1, factor = 1, percentiles, total } = spelled;
  const known = facts.flatMap(({ agent, row }) => {
    const one = value(row);
    return one === undefined ? [] : [{ agent, one }];
  });
  const values = known.map(({ one }) => one).toSorted((a, b) => a - b);
  const n = values.length;
  if (n < MIN_CELL) return undefined;
  const sum = values.reduce((all, one) => all + one, 0);
  const mean = sum / n;
  const byAgent = [...Map.groupBy(known, ({ agent }) => agent).values()].map((of) => of.map(({ one }) => one));
  let [low, high] = [0, 0];
  if (max === Number.POSITIVE_INFINITY) {
    const variance = values.reduce((all, one) => all + (one - mean) ** 2, 0) / (n - 1);
    const k = byAgent.length;
    const residues = byAgent.reduce((all, of) => all + of.reduce((a, one) => a + (one - mean), 0) ** 2, 0);
    const half = Math.max(
      studentQuantile(n - 1) * Math.sqrt(variance / n),
      k < 2 ? 0 : studentQuantile(k - 1) * Math.sqrt(((k / (k - 1)) * residues) / n ** 2),
    );
    [low, high] = [Math.max(0, mean - half), mean + half];
  } else {
    const scaled = meanOfGroups(byAgent.map((of) => tallyOf(of.map((one) => (one - min) / (max - min)))));
    const back = (percent: number | undefined) => min + ((max - min) * (percent ?? Number.NaN)) / 100;
    [low, high] = [back(scaled.low), back(scaled.high)];
  }
  const percentile = (p: number): Partial<Told> => {
    const value = values.find((_, i) => (100 * (i + 1)) / n >= p) ?? Number.NaN;
    const atRank = values.slice(Math.ceil((p * n) / 100) - 1);
    return atRank.length >= MIN_CELL ? { [`p${p}`]: rounded(factor * value) } : {};
  };
  return {
    ...{ n, mean: rounded(factor * mean), low: rounded(factor * low), high: rounded(factor * high) },
    ...(percentiles && { ...percentile(50), ...percentile(90), ...percentile(95) }),
    ...(total && { total: rounded(factor * sum) }),
  };
}

interface PlainAnswer {
  readonly rows: PlainRow[];
  readonly suppressed: { rows: number; values: number };
}

/** What is told of facts, grouped. `labels` splits groups further. */
function answerOf(
  facts: readonly Fact[],
  measures: Readonly<Record<string, Spelled>>,
  labels: readonly string[] = [],
  counted?: (facts: readonly Fact[]) => Record<string, number>,
): PlainAnswer {
  const suppressed = { rows: 0, values: 0 };
  const keyOf = ({ group, row }: Fact) => JSON.stringify([group, ...labels.map((label) => row[label])]);
  const rows = [...Map.groupBy(facts, keyOf).values()].flatMap((of): PlainRow[] => {
    const [first] = of;
    const count = new Set(of.map(({ id }) => id)).size;
    if (!first || count < MIN_CELL) {
      suppressed.rows += 1;
      return [];
    }
    const values = Object.entries(measures).flatMap(([name, spelled]) => {
      const value = tell(of, spelled);
      if (!value && of.some(({ row }) => spelled.value(row) !== undefined)) suppressed.values += 1;
      return value ? [[name, value] as const] : [];
    });
    return [
      {
        ...(first.group && { group: first.group }),
        ...(labels.length > 0 && {
          labels: Object.fromEntries(labels.map((label) => [label, String(first.row[label])])),
        }),
        ...{ count, ...(counted && { counts: counted(of) }), values: Object.fromEntries(values) },
      },
    ];
  });
  return { rows, suppressed };
}

const factOf = (asked: Asked, { day, call }: TrueCall, row: Plain = {}): Fact => ({
  ...{ group: groupOf(asked.by, day, call), agent: String(call.agent_id ?? ''), id: String(call.call_id) },
  row: { ...call, ...row },
});

const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0);

function creditsOf(generated: Generated, asked: Asked): PlainAnswer {
  const facts = callsOf(generated, asked).map((one) => {
    const of = (tag: string) => one.moments.filter((moment) => moment.tag === tag);
    const amount = (tag: string) => {
      const amounts = of(tag).flatMap((m) =>
        m.currency === 'USD' && m.amount !== undefined ? [Number(m.amount)] : [],
      );
      return amounts.length > 0 ? sum(amounts) : undefined;
    };
    return factOf(asked, one, {
      ...{ offered: of('credit-offered').length > 0, over: of('credit-over-policy').length > 0 },
      ...{ offeredAmount: amount('credit-offered'), overAmount: amount('credit-over-policy') },
    });
  });
  return answerOf(
    facts,
    {
      offered_share: share((row) => Number(row.offered)),
      over_policy_share: share((row) => Number(row.over)),
      over_policy_of_offered: share((row) => (row.offered ? Number(row.over) : undefined)),
      offered_amount: unbounded(numberIn('offeredAmount'), true),
      over_policy_amount: unbounded(numberIn('overAmount'), true),
    },
    [],
    (of) => ({
      offered_calls: of.filter(({ row }) => row.offered).length,
      over_policy_calls: of.filter(({ row }) => row.over).length,
    }),
  );
}

function tagsOf(generated: Generated, asked: Asked): PlainAnswer {
  const calls = callsOf(generated, asked);
  const all = calls.flatMap(({ moments }) => moments.map(({ tag }) => String(tag)));
  const wanted = asked.tag === undefined ? [...new Set(all)] : [asked.tag];
  const answers = wanted.map((tag) => {
    const facts = calls.map((one) =>
      factOf(asked, one, { tag, moments: one.moments.filter((moment) => moment.tag === tag).length }),
    );
    const having = new Set(facts.filter(({ row }) => Number(row.moments) > 0).map(({ group }) => group));
    return answerOf(
      facts.filter(({ group }) => asked.tag !== undefined || having.has(group)),
      { tagged: share(above('moments', 0)) },
      ['tag'],
      (of) => ({
        tagged_calls: of.filter(({ row }) => Number(row.moments) > 0).length,
        moments: sum(of.map(({ row }) => Number(row.moments))),
      }),
    );
  });
  return {
    rows: answers.flatMap(({ rows }) => rows),
    suppressed: { rows: sum(answers.map((one) => one.suppressed.rows)), values: 0 },
  };
}

function scoresOf(generated: Generated, asked: Asked, ofCriteria: boolean): PlainAnswer {
  const stands = (state: unknown) => state !== 'waiting' && state !== 'draft';
  const facts = callsOf(generated, asked).flatMap((one) =>
    one.scores
      .filter((form) => form.scored_by === (asked.scoredBy ?? 'review') && stands(form.review_state))
      .filter((form) => asked.scorecard === undefined || form.scorecard === asked.scorecard)
      .filter((form) => (form.criterion !== undefined) === ofCriteria)
      .map((form) => factOf(asked, one, form)),
  );
  if (ofCriteria) return answerOf(facts, { reached: share(numberIn('share')) }, ['scorecard', 'criterion']);
  return answerOf(
    facts,
    {
      score: { value: (row) => Number(row.percent) / 100, factor: 100, percentiles: true },
      passed: share((row) => Number(row.passed)),
      failed: share((row) => Number(row.failed)),
    },
    ['scorecard'],
  );
}

function disputesOf({ disputes }: Generated, asked: Asked): PlainAnswer {
  const facts = disputes
    .filter(({ day }) => day >= asked.from && day <= asked.to)
    .flatMap(({ day, rows }) => {
      const groups = new Set(rows.filter((row) => isAsked(asked, row)).map((row) => groupOf(asked.by, day, row)));
      return [...groups].map((group) => ({ group, agent: '', id: String(rows[0]?.dispute_id), row: rows[0] ?? {} }));
    });
  const outcome = (row: Plain) => row.outcome;
  const hours = ({ opened_at, decided_at }: Plain) =>
    decided_at === undefined ? undefined : (Date.parse(String(decided_at)) - Date.parse(String(opened_at))) / 3_600_000;
  return answerOf(
    facts,
    {
      upheld_share: share((row) => (outcome(row) === undefined ? undefined : Number(outcome(row) !== 'not-upheld'))),
      time_to_decide: unbounded(hours),
    },
    [],
    (of) => {
      const count = (is: (row: Plain) => boolean) => of.filter(({ row }) => is(row)).length;
      return {
        open: count((row) => row.state === 'open'),
        decided: count((row) => outcome(row) !== undefined),
        upheld: count((row) => outcome(row) === 'upheld'),
        partly_upheld: count((row) => outcome(row) === 'partly-upheld'),
        not_upheld: count((row) => outcome(row) === 'not-upheld'),
        closed_undecided: count((row) => row.state === 'closed' && outcome(row) === undefined),
      };
    },
  );
}

function issuesOf(generated: Generated, asked: Asked): PlainAnswer {
  const day = (text: string) => Date.parse(`${text}T00:00:00Z`) / 86_400_000;
  const text = (number: number) => new Date(number * 86_400_000).toISOString().slice(0, 10);
  const days = day(asked.to) - day(asked.from) + 1;
  const english = ({ call }: TrueCall) => call.language === undefined || /^en\b/.test(String(call.language));
  const now = callsOf(generated, asked).filter(english);
  const before = callsOf(generated, asked, text(day(asked.from) - days), text(day(asked.from) - 1)).filter(english);
  const suppressed = { rows: 0, values: 0 };
  const rows = [...new Set(now.map(({ day, call }) => groupOf(asked.by, day, call)))].flatMap((group) => {
    const period = (calls: readonly TrueCall[]) => {
      const of = calls.filter((one) => groupOf(asked.by, one.day, one.call) === group);
      const phrases = Map.groupBy(
        of.flatMap((one) => one.phrases),
        (row) => String(row.phrase),
      );
      return { calls: of.length, phrases: [...phrases].map(([phrase, rows]) => ({ phrase, calls: rows.length })) };
    };
    const [of, was] = [period(now), period(before)];
    if (of.calls < MIN_CELL || was.calls < MIN_CELL) {
      suppressed.rows += 1;
      return [];
    }
    const phrases = of.phrases.filter(({ calls }) => calls >= MIN_CELL);
    const names = new Set(phrases.map(({ phrase }) => phrase));
    const those = was.phrases.filter(({ phrase }) => names.has(phrase));
    const inBoth = Map.groupBy([...of.phrases, ...was.phrases], ({ phrase }) => phrase);
    const lookedAt = [...inBoth.values()].filter((both) => sum(both.map(({ calls }) => calls)) >= MIN_CELL).length;
    return risers({ ...of, phrases }, { ...was, phrases: those }, { minCell: MIN_CELL, lookedAt }).map(
      ({ phrase, now, nowOf, ratio, ...rise }): PlainRow => {
        const facts = Array.from({ length: nowOf }, (_, i) => ({
          group,
          agent: '',
          id: '',
          row: { has: Number(i < now) },
        }));
        const value = tell(facts, share(numberIn('has')));
        return {
          ...(group && { group }),
          ...{ labels: { phrase }, count: now, values: value ? { share: value } : {} },
          rise: { ...rise, ...(ratio !== undefined && { ratio }) },
        };
      },
    );
  });
  return { rows, suppressed };
}

/** What a query should answer, computed from what is true, one call after the other; rows in no order. */
export function plainAnswer(name: string, generated: Generated, asked: Asked): PlainAnswer {
  const measures = callMeasures[name];
  if (measures) {
    const counted = (of: readonly Fact[]) => ({
      inbound: of.filter(({ row }) => row.direction === 'inbound').length,
      outbound: of.filter(({ row }) => row.direction === 'outbound').length,
    });
    const facts = callsOf(generated, asked).map((one) => factOf(asked, one));
    return answerOf(facts, measures, [], name === 'volume' ? counted : undefined);
  }
  if (name === 'tags') return tagsOf(generated, asked);
  if (name === 'credits') return creditsOf(generated, asked);
  if (name === 'scores') return scoresOf(generated, asked, false);
  if (name === 'criteria') return scoresOf(generated, asked, true);
  if (name === 'disputes') return disputesOf(generated, asked);
  if (name === 'issues') return issuesOf(generated, asked);
  throw new Error(`nobody computed ${name} plainly`);
}
