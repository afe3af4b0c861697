import { VerbatimError } from '../../platform/errors.ts';
import type { QuerySettings } from './answer.ts';
import { interruptions, length, sentiment, silence, volume } from './call-queries.ts';
import { credits } from './credits.ts';
import { disputes } from './disputes.ts';
import { issues } from './issues.ts';
import type { Query, Question } from './query.ts';
import { criteria, scores } from './scores.ts';
import { lastDays, type Sql } from './sql.ts';
import { tags } from './tags.ts';

/** All questions that there are. */
export const queries: readonly Query[] = [
  ...[volume, length, sentiment, silence, interruptions, tags, credits, issues, scores, criteria, disputes],
];

/** @throws {VerbatimError} `not-found`, with the names that there are */
export function queryNamed(name: string): Query {
  const found = queries.find((query) => query.name === name);
  if (!found) {
    const names = queries.map((query) => query.name).join(', ');
    throw new VerbatimError('not-found', `there is no query ${name}; there are ${names}`);
  }
  return found;
}

/**
 * A question, with parameters as they come.
 *
 * @throws {VerbatimError} `not-found` for its name, `bad-request` for its parameters
 */
export const ask = (name: string, given: unknown, settings: QuerySettings): Question =>
  queryNamed(name).ask(given, settings);

/** A query as it is offered in the console of Athena. */
export interface NamedQuery {
  readonly name: string;
  readonly description: string;
  readonly sql: Sql;
}

/**
 * Every query over the last 28 days, whenever it is run, in one group. Their results are not shaped: small cells are in them, so they are
 * for those only who may read the whole dataset.
 */
export const namedQueries = (settings: QuerySettings): NamedQuery[] =>
  queries.map((query) => ({
    name: query.name,
    description: query.description,
    sql: query.sqlFor(lastDays(28), {}, settings),
  }));
