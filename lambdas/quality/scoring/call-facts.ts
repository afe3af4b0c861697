import type { Call } from '../../calls/calls.ts';
import type { CallFacts } from './agent-scores.ts';
import type { CallNumbers } from './automatic-answers.ts';

/** When a call counts as begun: one that came without its start, when its recording arrived. */
export const callStartOf = ({ startedAt, receivedAt }: Pick<Call, 'startedAt' | 'receivedAt'>): string =>
  startedAt ?? receivedAt;

/** What is known of a call without a word of it. */
export const callFacts = (
  { durationMs, source, queue, direction, tags }: Pick<Call, 'durationMs' | 'source' | 'queue' | 'direction' | 'tags'>,
  { customerSentiment }: CallNumbers = {},
): CallFacts => ({
  ...(durationMs !== undefined && { durationMs }),
  ...(source !== undefined && { source }),
  ...(queue !== undefined && { queue }),
  ...(direction !== undefined && { direction }),
  tags: [...tags],
  ...(customerSentiment !== undefined && { customerSentiment }),
});
