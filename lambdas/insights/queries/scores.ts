import { answerOf, type Columns } from './answer.ts';
import type { Measure } from './measure.ts';
import { ScoreParameters } from './parameters.ts';
import { measuredSql, query } from './query.ts';
import { distinctRows, groupOf, latestCalls, literal, type Sql, type SqlPeriod, sameCall, share } from './sql.ts';

/** Reviews that somebody stands for. */
const COUNTED = ['submitted', 'acknowledged', 'appealed', 'decided'];

/** The scores that are asked about, as they are now, with their calls. */
function scoredParts(parameters: ScoreParameters, period: SqlPeriod, ofCriteria: boolean): Record<string, Sql> {
  const { scoredBy, scorecard } = parameters;
  const conditions = [
    `scored_by = ${literal(scoredBy)}`,
    ...(scoredBy === 'review' ? [`review_state IN (${COUNTED.map(literal).join(', ')})`] : []),
    ...(scorecard === undefined ? [] : [`scorecard = ${literal(scorecard)}`]),
    ofCriteria ? "coalesce(criterion, '') <> ''" : "coalesce(criterion, '') = ''",
  ];
  return {
    latest: latestCalls(period, parameters),
    forms: distinctRows(
      'scores',
      ['review_id', 'scorecard', 'scorecard_version', 'percent', 'passed', 'failed', 'criterion', 'share'],
      period,
      conditions.join(' AND '),
    ),
    scored: `
  SELECT latest.*, forms.scorecard, percent, passed, failed, criterion, share
  FROM latest JOIN forms ON ${sameCall('forms', 'latest')}`,
  };
}

const formMeasures: readonly Measure[] = [
  {
    ...{ name: 'score', title: 'Score', unit: 'percent', of: 'CAST(percent AS double) / 100.0E0' },
    percentiles: true,
  },
  { name: 'passed', title: 'Forms that pass', unit: 'percent', of: share('passed') },
  {
    ...{ name: 'failed', title: 'Forms that a critical criterion failed', unit: 'percent' },
    of: share('failed'),
  },
];

const formColumns: Columns = { labels: ['scorecard'], counts: [], measures: formMeasures };

/** How calls are scored. */
export const scores = query<ScoreParameters>({
  name: 'scores',
  title: 'Scores',
  description:
    'How calls are scored by each scorecard: by the persons who reviewed them (reviews that were submitted, as they are now) or automatically.',
  ...{ of: 'calls', parameters: ScoreParameters, columns: formColumns },
  sql: (parameters, { now }) =>
    measuredSql({
      parts: scoredParts(parameters, now, false),
      from: 'FROM scored',
      ...{ group: groupOf(parameters.by), agent: groupOf('agent'), id: 'call_id' },
      labels: { scorecard: 'scorecard' },
      measures: formMeasures,
    }),
  shape: (rows, parameters, settings) => answerOf(rows, formColumns, parameters, settings),
});

const criterionMeasures: readonly Measure[] = [
  { name: 'reached', title: 'Reached of what the criterion gives', unit: 'percent', of: 'CAST(share AS double)' },
];

const criterionColumns: Columns = { labels: ['scorecard', 'criterion'], counts: [], measures: criterionMeasures };

/** What calls get for single criteria. */
export const criteria = query<ScoreParameters>({
  name: 'criteria',
  title: 'Criteria',
  description: 'What calls reach of each criterion of each scorecard: where coaching helps most.',
  ...{ of: 'calls', parameters: ScoreParameters, columns: criterionColumns },
  sql: (parameters, { now }) =>
    measuredSql({
      parts: scoredParts(parameters, now, true),
      from: 'FROM scored',
      ...{ group: groupOf(parameters.by), agent: groupOf('agent'), id: 'call_id' },
      labels: { scorecard: 'scorecard', criterion: 'criterion' },
      measures: criterionMeasures,
    }),
  shape: (rows, parameters, settings) => answerOf(rows, criterionColumns, parameters, settings),
});
