import { answerOf, type Columns } from './answer.ts';
import type { Measure } from './measure.ts';
import { CreditParameters } from './parameters.ts';
import { measuredSql, query } from './query.ts';
import { distinctRows, groupOf, latestCalls, literal, sameCall, share } from './sql.ts';

const counts = [
  { name: 'offered_calls', where: 'offered = 1' },
  { name: 'over_policy_calls', where: 'over_policy = 1' },
];

const MONEY = { unit: 'money', range: { min: 0 }, percentiles: true, total: true } as const;

const measures: readonly Measure[] = [
  {
    ...{ name: 'offered_share', title: 'Calls in which a credit is offered', unit: 'percent' },
    of: share('coalesce(offered, 0) = 1'),
  },
  {
    ...{ name: 'over_policy_share', title: 'Calls in which one is offered over policy', unit: 'percent' },
    of: share('coalesce(over_policy, 0) = 1'),
  },
  {
    ...{ name: 'over_policy_of_offered', title: 'Calls over policy, of those with a credit', unit: 'percent' },
    of: 'CASE WHEN offered = 1 AND over_policy = 1 THEN 1.0E0 WHEN offered = 1 THEN 0.0E0 END',
  },
  { name: 'offered_amount', title: 'Offered in a call', of: 'offered_amount', ...MONEY },
  { name: 'over_policy_amount', title: 'Offered over policy in a call', of: 'over_policy_amount', ...MONEY },
];

const columns: Columns = { labels: [], counts: counts.map(({ name }) => name), measures };

/** What is offered to customers, and whether it keeps to policy. */
export const credits = query<CreditParameters>({
  name: 'credits',
  title: 'Credits',
  description:
    'In how many calls a credit is offered, in how many over policy, and which amounts are said: those of one call are summed up, as they are said.',
  ...{ of: 'calls', parameters: CreditParameters, columns },
  sql(parameters, { now }) {
    const { by, offeredTag, overPolicyTag, currency } = parameters;
    const [offered, over] = [literal(offeredTag), literal(overPolicyTag)];
    const has = (tag: string) => `max(CASE WHEN tag = ${tag} THEN 1 ELSE 0 END)`;
    const amountOf = (tag: string) =>
      `sum(CASE WHEN tag = ${tag} AND currency = ${literal(currency)} THEN CAST(amount AS double) END)`;
    const moments = ['tag', 'start_ms', 'end_ms', 'speaker', 'amount', 'currency'] as const;
    return measuredSql({
      parts: {
        latest: latestCalls(now, parameters),
        found: distinctRows('moments', moments, now, `tag IN (${offered}, ${over})`),
        credited: `
  SELECT
    day,
    call_id,
    revision,
    ${has(offered)} AS offered,
    ${has(over)} AS over_policy,
    ${amountOf(offered)} AS offered_amount,
    ${amountOf(over)} AS over_policy_amount
  FROM found
  GROUP BY day, call_id, revision`,
        credited_calls: `
  SELECT latest.*, offered, over_policy, offered_amount, over_policy_amount
  FROM latest LEFT JOIN credited ON ${sameCall('credited', 'latest')}`,
      },
      from: 'FROM credited_calls',
      ...{ group: groupOf(by), agent: groupOf('agent'), id: 'call_id', counts, measures },
    });
  },
  shape: (rows, parameters, settings) => answerOf(rows, columns, parameters, settings),
});
