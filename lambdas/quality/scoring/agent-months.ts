import type { TransactItem } from '../../calls/calls.ts';
import type { Key } from '../../platform/cursor.ts';
import type { AgentMonth, AgentScore, Tally } from './agent-scores.ts';

/**
 * Sums are counted in whole units, so that adding and taking away leaves nothing behind: percentages in hundredths, shares in
 * ten-thousandths, and the squares of both in the squares of those.
 */
const PERCENT_UNITS = 100;
const SHARE_UNITS = 10_000;

/** What a row gives to its month, by the names of the counts in the month's item. */
function countsOf({ percent, passed, failedBy, shares }: AgentScore): Map<string, number> {
  const counts = new Map<string, number>([['scored', 1]]);
  const tally = (name: string, value: number, units: number) => {
    const whole = Math.round(value * units);
    counts
      .set(`n:${name}`, 1)
      .set(`sum:${name}`, whole)
      .set(`squares:${name}`, whole * whole);
  };
  if (percent !== undefined) tally('', percent, PERCENT_UNITS);
  if (passed) counts.set('passed', 1);
  if (failedBy.length > 0) counts.set('failed', 1);
  for (const [criterionId, share] of Object.entries(shares)) tally(criterionId, share, SHARE_UNITS);
  return counts;
}

/** What is to be added to the counts of a month when `after` comes in place of `before`; nothing that stays the same. */
export function differenceOf(before: AgentScore | undefined, after: AgentScore | undefined): [string, number][] {
  const was = before ? countsOf(before) : new Map<string, number>();
  const is = after ? countsOf(after) : new Map<string, number>();
  return [...new Set([...was.keys(), ...is.keys()])]
    .map((name): [string, number] => [name, (is.get(name) ?? 0) - (was.get(name) ?? 0)])
    .filter(([, difference]) => difference !== 0);
}

/** The update that adds a difference to the counts of a row's month. */
export function addedTo(
  TableName: string,
  Key: Key,
  { agentId, callStartedAt, by, scorecard, scorecardVersion }: AgentScore,
  ttl: number,
  difference: readonly (readonly [string, number])[],
): TransactItem {
  const set = { agentId, month: callStartedAt.slice(0, 7), by, scorecard, scorecardVersion, ttl };
  return {
    Update: {
      TableName,
      Key,
      UpdateExpression: [
        `SET ${Object.keys(set).map((name) => `#${name} = :${name}`)}`,
        `ADD ${difference.map((_, i) => `#c${i} :c${i}`)}`,
      ].join(' '),
      ExpressionAttributeNames: Object.fromEntries([
        ...Object.keys(set).map((name) => [`#${name}`, name]),
        ...difference.map(([name], i) => [`#c${i}`, name]),
      ]),
      ExpressionAttributeValues: Object.fromEntries([
        ...Object.entries(set).map(([name, value]) => [`:${name}`, value]),
        ...difference.map(([, count], i) => [`:c${i}`, count]),
      ]),
    },
  };
}

/** A month, of its item in the table. */
export function monthOfItem(item: Record<string, unknown>): Record<keyof AgentMonth, unknown> {
  const { agentId, month, by, scorecard, scorecardVersion } = item;
  const count = (name: string): number => Number(item[name] ?? 0);
  const tally = (name: string, units: number): Tally => ({
    n: count(`n:${name}`),
    sum: count(`sum:${name}`) / units,
    squares: count(`squares:${name}`) / (units * units),
  });
  const criteria = Object.keys(item)
    .filter((name) => name.startsWith('n:') && name !== 'n:' && count(name) > 0)
    .map((name) => name.slice('n:'.length));
  return {
    ...{ agentId, month, by, scorecard, scorecardVersion },
    scored: count('scored'),
    percent: tally('', PERCENT_UNITS),
    passed: count('passed'),
    failed: count('failed'),
    criteria: Object.fromEntries(criteria.map((criterion) => [criterion, tally(criterion, SHARE_UNITS)])),
  };
}
