import { answerOf, type Columns, MAX_ROWS } from './answer.ts';
import { TagParameters } from './parameters.ts';
import { query } from './query.ts';
import { distinctRows, groupOf, latestCalls, literal, type Sql, type SqlPeriods, sameCall, withParts } from './sql.ts';

const columns: Columns = {
  labels: ['tag'],
  counts: ['tagged_calls', 'moments'],
  measures: [{ name: 'tagged', title: 'Calls that have the tag', unit: 'percent', of: 'tagged' }],
};

/**
 * The calls of a group are in each of its tags' rows, also those that do not have the tag: the share is of all of them, and so is its
 * interval.
 */
function sql(parameters: TagParameters, { now }: SqlPeriods): Sql {
  const { tag, by } = parameters;
  const moments = distinctRows(
    'moments',
    ['tag', 'start_ms', 'end_ms', 'speaker', 'amount', 'currency'],
    now,
    tag && `tag = ${literal(tag)}`,
  );
  return withParts(
    {
      latest: latestCalls(now, parameters),
      grouped: `
  SELECT ${groupOf(by)} AS grp, ${groupOf('agent')} AS agent, day, call_id, revision
  FROM latest`,
      found: moments,
      agent_calls: `
  SELECT grp, agent, count(*) AS calls
  FROM grouped
  GROUP BY grp, agent`,
      totals: `
  SELECT grp, sum(calls) AS calls, count(*) AS agents, sum(calls * calls) AS agent_counts
  FROM agent_calls
  GROUP BY grp`,
      tagged_moments: `
  SELECT grp, agent, tag, found.call_id
  FROM grouped JOIN found ON ${sameCall('found', 'grouped')}`,
      agent_tags: `
  SELECT grp, agent, tag, count(DISTINCT call_id) AS tagged_calls, count(*) AS moments
  FROM tagged_moments
  GROUP BY grp, agent, tag`,
      tags: `
  SELECT
    agent_tags.grp,
    agent_tags.tag,
    sum(tagged_calls) AS tagged_calls,
    sum(moments) AS moments,
    sum(tagged_calls * tagged_calls) AS agent_squares,
    sum(tagged_calls * calls) AS agent_products
  FROM agent_tags JOIN agent_calls ON agent_calls.grp = agent_tags.grp AND agent_calls.agent = agent_tags.agent
  GROUP BY agent_tags.grp, agent_tags.tag`,
    },
    `
SELECT
    totals.grp,
    ${tag ? literal(tag) : 'tags.tag'} AS tag,
    totals.calls,
    coalesce(tagged_calls, 0) AS tagged_calls,
    coalesce(moments, 0) AS moments,
    totals.calls AS tagged_n,
    coalesce(tagged_calls, 0) AS tagged_sum,
    coalesce(tagged_calls, 0) AS tagged_squares,
    agents AS tagged_agents,
    coalesce(agent_squares, 0) AS tagged_agent_squares,
    coalesce(agent_products, 0) AS tagged_agent_products,
    agent_counts AS tagged_agent_counts
FROM totals ${tag ? 'LEFT JOIN' : 'JOIN'} tags ON tags.grp = totals.grp
ORDER BY totals.grp, tag
LIMIT ${MAX_ROWS + 1}`,
  );
}

/** How many calls have which tags. */
export const tags = query<TagParameters>({
  name: 'tags',
  title: 'Tags',
  description: 'How many calls have each tag, how many moments of it there are, and which share of the calls that is.',
  ...{ of: 'calls', parameters: TagParameters, columns, sql },
  shape: (rows, parameters, settings) => answerOf(rows, columns, parameters, settings),
});
