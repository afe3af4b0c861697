import { answerOf, type Columns } from './answer.ts';
import type { Measure } from './measure.ts';
import { DisputeParameters } from './parameters.ts';
import { type Count, measuredSql, query } from './query.ts';
import { filtersOf, groupOf, literal, within } from './sql.ts';

const counts: readonly Count[] = [
  { name: 'open', where: "state = 'open'" },
  { name: 'decided', where: "coalesce(outcome, '') <> ''" },
  { name: 'upheld', where: "outcome = 'upheld'" },
  { name: 'partly_upheld', where: "outcome = 'partly-upheld'" },
  { name: 'not_upheld', where: "outcome = 'not-upheld'" },
  { name: 'closed_undecided', where: "state = 'closed' AND coalesce(outcome, '') = ''" },
];

const measures: readonly Measure[] = [
  {
    ...{ name: 'upheld_share', title: 'Upheld, wholly or partly, of those decided', unit: 'percent' },
    of: "CASE WHEN outcome IN ('upheld', 'partly-upheld') THEN 1.0E0 WHEN outcome = 'not-upheld' THEN 0.0E0 END",
  },
  {
    ...{ name: 'time_to_decide', title: 'From being opened to being decided', unit: 'hours' },
    of: "CAST(date_diff('millisecond', opened_at, decided_at) AS double) / 3600000.0E0",
    ...{ range: { min: 0 }, percentiles: true },
  },
];

const columns: Columns = { labels: [], counts: counts.map(({ name }) => name), measures };

/** What customers dispute, and how that is decided. */
export const disputes = query<DisputeParameters>({
  name: 'disputes',
  title: 'Disputes',
  description:
    'How many disputes were opened, where they are, and how they were decided. One with calls of several agents is counted with each of them.',
  ...{ of: 'disputes', parameters: DisputeParameters, columns },
  sql(parameters, { now }) {
    const topic = parameters.topic === undefined ? '' : ` AND topic = ${literal(parameters.topic)}`;
    return measuredSql({
      parts: {
        // A dispute's rows, one for each of its calls, are all of the same revision.
        versions: `
  SELECT *, max(revision) OVER (PARTITION BY day, dispute_id) AS newest
  FROM disputes
  WHERE ${within(now)}`,
        latest: `
  SELECT DISTINCT ${groupOf(parameters.by)} AS dispute_group, dispute_id, state, outcome, opened_at, decided_at
  FROM versions
  WHERE revision = newest AND NOT coalesce(deleted, false)${filtersOf(parameters)}${topic}`,
      },
      from: 'FROM latest',
      ...{ group: 'dispute_group', agent: "''", id: 'dispute_id', counts, measures },
    });
  },
  shape: (rows, parameters, settings) => answerOf(rows, columns, parameters, settings),
});
