import { answerOf, type Columns } from './answer.ts';
import type { Measure } from './measure.ts';
import { CallParameters } from './parameters.ts';
import { type Count, measuredSql, type Query, query } from './query.ts';
import { double, groupOf, latestCalls, share } from './sql.ts';

/** What is asked of the calls of each group, by their own columns. */
interface CallQuery {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly counts?: readonly Count[];
  readonly measures: readonly Measure[];
}

const callQuery = ({ counts = [], measures, ...told }: CallQuery): Query => {
  const columns: Columns = { labels: [], counts: counts.map(({ name }) => name), measures };
  return query<CallParameters>({
    ...{ ...told, of: 'calls', parameters: CallParameters, columns },
    sql: (parameters, { now }) =>
      measuredSql({
        parts: { latest: latestCalls(now, parameters) },
        from: 'FROM latest',
        group: groupOf(parameters.by),
        agent: groupOf('agent'),
        id: 'call_id',
        ...{ counts, measures },
      }),
    shape: (rows, parameters, settings) => answerOf(rows, columns, parameters, settings),
  });
};

/** A share of a call's length, 1 at most; null where that is not known. (`least` ignores nulls in one of the engines.) */
const shareOfLength = (column: string) =>
  `CASE WHEN duration_seconds > 0 AND ${column} >= duration_seconds THEN 1.0E0
    WHEN duration_seconds > 0 THEN ${double(column)} / ${double('duration_seconds')} END`;

const duration: Measure = {
  ...{ name: 'duration', title: 'Length of a call', unit: 'seconds', of: double('duration_seconds') },
  ...{ range: { min: 0 }, percentiles: true, total: true },
};

/** How many calls there are. */
export const volume = callQuery({
  name: 'volume',
  title: 'Calls',
  description: 'How many calls there are, how many of them are inbound and outbound, and how long all of them are.',
  counts: [
    { name: 'inbound', where: "direction = 'inbound'" },
    { name: 'outbound', where: "direction = 'outbound'" },
  ],
  measures: [{ ...duration, percentiles: false }],
});

/** How long calls are. */
export const length = callQuery({
  name: 'length',
  title: 'Length of calls',
  description: 'How long calls are, and how much of that the agent and the customer speak.',
  measures: [
    duration,
    {
      ...{ name: 'agent_talk', title: 'The agent speaks', unit: 'percent' },
      of: shareOfLength('agent_talk_seconds'),
    },
    {
      ...{ name: 'customer_talk', title: 'The customer speaks', unit: 'percent' },
      of: shareOfLength('customer_talk_seconds'),
    },
  ],
});

const SENTIMENT = { unit: 'points', range: { min: -5, max: 5 }, percentiles: true } as const;

/** How calls are felt. */
export const sentiment = callQuery({
  name: 'sentiment',
  title: 'Sentiment',
  description:
    'The sentiment of customers and agents, from -5 to 5, and in how many calls that of the customer is below 0.',
  measures: [
    { name: 'customer_sentiment', title: 'Customer', of: double('customer_sentiment'), ...SENTIMENT },
    { name: 'agent_sentiment', title: 'Agent', of: double('agent_sentiment'), ...SENTIMENT },
    { name: 'negative', title: 'Calls with a customer below 0', unit: 'percent', of: share('customer_sentiment < 0') },
  ],
});

/** How much of calls nobody speaks. */
export const silence = callQuery({
  name: 'silence',
  title: 'Silence',
  description: 'How much of a call nobody speaks, in all and at the longest stretch.',
  measures: [
    {
      ...{ name: 'silence', title: 'Nobody speaks', unit: 'percent', of: shareOfLength('silence_seconds') },
      percentiles: true,
    },
    {
      ...{ name: 'silence_seconds', title: 'Silence in a call', unit: 'seconds', of: double('silence_seconds') },
      ...{ range: { min: 0 }, percentiles: true },
    },
    {
      ...{ name: 'longest_silence', title: 'The longest of it', unit: 'seconds' },
      ...{ of: double('longest_silence_seconds'), range: { min: 0 }, percentiles: true },
    },
  ],
});

const TIMES = { unit: 'times', range: { min: 0 }, percentiles: true } as const;

/** How often people speak into each other's turns. */
export const interruptions = callQuery({
  name: 'interruptions',
  title: 'Interruptions',
  description: 'How often the agent and the customer interrupt each other in a call, and in how many calls they do.',
  measures: [
    { name: 'agent_times', title: 'By the agent, in a call', of: double('agent_interruptions'), ...TIMES },
    { name: 'customer_times', title: 'By the customer, in a call', of: double('customer_interruptions'), ...TIMES },
    {
      ...{ name: 'agent_interrupts', title: 'Calls in which the agent does', unit: 'percent' },
      of: share('agent_interruptions > 0'),
    },
    {
      ...{ name: 'customer_interrupts', title: 'Calls in which the customer does', unit: 'percent' },
      of: share('customer_interruptions > 0'),
    },
  ],
});
