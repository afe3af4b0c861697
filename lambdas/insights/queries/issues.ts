import { risers } from '../phrases/risers.ts';
import { type Answer, type AnswerRow, type Columns, headOf, MAX_ROWS, type QuerySettings } from './answer.ts';
import { type Measure, numberOf, type ResultRow, told } from './measure.ts';
import { IssueParameters } from './parameters.ts';
import { query } from './query.ts';
import {
  distinctRows,
  double,
  groupOf,
  latestCalls,
  literal,
  type Sql,
  type SqlPeriods,
  sameCall,
  withParts,
} from './sql.ts';

/** So many phrases of a group are looked at closely: those that differ most from the period before. */
const CLOSELY = 100;

const share: Measure = { name: 'share', title: 'Calls that have the phrase', unit: 'percent', of: 'share' };

const columns: Columns = { labels: ['phrase'], counts: [], measures: [share] };

/** How far the shares of now and before are apart, in squared standard errors: only who is looked at closely is told by it. */
const DISTANCE = `
    power(${double('now_calls')} / now_of - ${double('before_calls')} / before_of, 2.0E0)
    / (${double('now_calls + before_calls')} * (now_of + before_of - now_calls - before_calls))
    * now_of * before_of`;

/**
 * One row for each phrase of each group that is in at least `minCell` calls, and in a greater share of them than before; and one with no
 * phrase for a group without any. In how many calls rarer phrases are leaves the tables with nobody. Looked at are all that are in
 * so many calls of both periods together: to count those alone that are in so many now would be to choose by what is tested.
 */
function sql(parameters: IssueParameters, { now, before }: SqlPeriods, { minCell }: QuerySettings): Sql {
  const both = { from: before.from, to: now.to };
  return withParts(
    {
      latest: `${latestCalls(both, parameters)} AND (language IS NULL OR lower(language) = 'en' OR lower(language) LIKE 'en-%')`,
      grouped: `
  SELECT ${groupOf(parameters.by)} AS grp, CASE WHEN day >= ${now.from} THEN 1 ELSE 0 END AS is_now, day, call_id, revision
  FROM latest`,
      totals: `
  SELECT grp, sum(is_now) AS now_of, sum(1 - is_now) AS before_of
  FROM grouped
  GROUP BY grp`,
      found: distinctRows('phrases', ['phrase'], both),
      phrase_calls: `
  SELECT grp, phrase, sum(is_now) AS now_calls, sum(1 - is_now) AS before_calls
  FROM grouped JOIN found ON ${sameCall('found', 'grouped')}
  GROUP BY grp, phrase
  HAVING count(*) >= ${literal(minCell)}`,
      candidates: `
  SELECT totals.grp, phrase, now_calls, before_calls, now_of, before_of,
    count(*) OVER (PARTITION BY totals.grp) AS looked_at
  FROM phrase_calls JOIN totals ON totals.grp = phrase_calls.grp`,
      rising: `
  SELECT grp, phrase, now_calls, before_calls, looked_at, ${DISTANCE} AS distance
  FROM candidates
  WHERE now_calls >= ${literal(minCell)} AND now_calls * before_of > before_calls * now_of`,
      placed: `
  SELECT rising.*, row_number() OVER (PARTITION BY grp ORDER BY distance DESC, phrase) AS place
  FROM rising`,
      chosen: `
  SELECT * FROM placed WHERE place <= ${CLOSELY}`,
    },
    `
SELECT totals.grp, phrase, now_calls, before_calls, now_of, before_of, looked_at
FROM totals LEFT JOIN chosen ON chosen.grp = totals.grp
ORDER BY totals.grp, place
LIMIT ${MAX_ROWS + 1}`,
  );
}

/** The share of calls that have a phrase, with its interval, as if calls were independent. */
const shareOf = (calls: number, of: number, minCell: number) =>
  told(share, { share_n: String(of), share_sum: String(calls), share_squares: String(calls) }, minCell);

function shape(rows: readonly ResultRow[], parameters: IssueParameters, { minCell }: QuerySettings): Answer {
  const groups = Map.groupBy(rows.slice(0, MAX_ROWS), (row) => row.grp ?? '');
  const suppressed = { rows: 0, values: 0 };
  const tell = (group: readonly ResultRow[]): AnswerRow[] => {
    const [first] = group;
    if (!first) return [];
    const of = (column: string) => numberOf(first, column) ?? 0;
    const [nowOf, beforeOf] = [of('now_of'), of('before_of')];
    if (nowOf < minCell || beforeOf < minCell) {
      if (nowOf > 0) suppressed.rows += 1;
      return [];
    }
    const phrasesBy = (column: string) =>
      group.flatMap((row) => (row.phrase ? [{ phrase: row.phrase, calls: numberOf(row, column) ?? 0 }] : []));
    const found = risers(
      { calls: nowOf, phrases: phrasesBy('now_calls') },
      { calls: beforeOf, phrases: phrasesBy('before_calls') },
      { minCell, lookedAt: of('looked_at') },
    );
    return found.map(({ phrase, now, nowOf, ratio, ...rise }) => {
      const value = shareOf(now, nowOf, minCell);
      return {
        ...headOf(parameters, { ...first, phrase }, columns.labels),
        count: now,
        values: value ? { [share.name]: value } : {},
        rise: { ...rise, ...(ratio !== undefined && { ratio }) },
      };
    });
  };
  const { by, from, to } = parameters;
  const within = [...groups.values()].flatMap(tell);
  return { by, from, to, rows: within, suppressed, minCell, truncated: rows.length > MAX_ROWS };
}

/** What customers speak of more than before. */
export const issues = query<IssueParameters>({
  name: 'issues',
  title: 'Common issues',
  description:
    'Phrases that customers say in a greater share of calls than in the period before, which is as long: more than chance makes them, the strongest first. Phrases are of common English words; calls in other languages are not counted.',
  ...{ of: 'calls', parameters: IssueParameters, columns, sql, shape },
});
