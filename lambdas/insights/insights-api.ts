import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { VerbatimError } from '../platform/errors.ts';
import { createHttpApp, type HttpEdge, jsonContent, problemResponse } from '../platform/http.ts';
import { parseJson } from '../platform/json.ts';
import { named } from '../platform/openapi.ts';
import { Answer, AnswerRow } from './queries/answer.ts';
import type { Measure } from './queries/measure.ts';
import { queries } from './queries/queries.ts';
import type { Query } from './queries/query.ts';
import { type AnsweredRun, answerRun, askRun, type RunNeeds, type RunStatus } from './run-query.ts';
import { RunFailure } from './run-store.ts';

/** What the insights URL needs. */
export interface InsightsApiNeeds extends RunNeeds {
  readonly edge: HttpEdge;
}

const UNITS = ['percent', 'seconds', 'hours', 'points', 'times', 'money'] as const satisfies readonly Measure['unit'][];

/** One of the questions that there are. */
const InsightsQuery = z
  .object({
    name: z.string(),
    title: z.string(),
    description: z.string(),
    of: z.string().openapi({ description: 'What `count` counts in its rows: calls or disputes.' }),
    parameters: z.record(z.string(), z.unknown()).openapi({ description: 'The JSON Schema of its parameters.' }),
    labels: z.array(z.string()).openapi({ description: 'What its rows have in `labels`.' }),
    counts: z.array(z.string()).openapi({ description: 'What its rows have in `counts`.' }),
    measures: z
      .array(z.object({ name: z.string(), title: z.string(), unit: z.enum(UNITS), percentiles: z.boolean() }))
      .openapi({ description: 'What its rows have in `values`, by these names.' }),
  })
  .openapi('InsightsQuery');

const Text = z.string().optional();

/** The parameters of every query, and those of some: which of them a query takes is told by it alone. */
const Question = z
  .looseObject({
    from: z.string('is missing: name the first day').openapi({ description: 'The first day, UTC.', format: 'date' }),
    to: z
      .string('is missing: name the last day')
      .openapi({ description: 'The last day, UTC: it is of the period.', format: 'date' }),
    by: Text.openapi({
      description: 'What each row is of: all, day, week, month, agent, team, queue or source. Without it: all.',
    }),
    agentId: Text,
    team: Text,
    queue: Text,
    source: Text,
  })
  .openapi('InsightsQuestion');

const Run = z
  .object({
    runId: z.string(),
    query: z.string(),
    parameters: z.record(z.string(), z.string()).openapi({ description: 'With those that were not given.' }),
    state: z.enum(['running', 'done', 'failed']),
    askedAt: z.iso.datetime(),
    asOf: z.iso
      .datetime()
      .optional()
      .openapi({ description: 'What was in the dataset at this time is in the answer.' }),
    failure: RunFailure.optional().openapi({ description: 'Why it failed, and what to do about it.' }),
    scannedBytes: z.int().nonnegative().optional().openapi({ description: 'So much of the dataset was read for it.' }),
  })
  .openapi('InsightsRun');

const Report = Run.extend({
  answer: named('InsightsAnswer', Answer.extend({ rows: z.array(named('InsightsRow', AnswerRow)) }))
    .optional()
    .openapi({ description: 'Once it is done: one page of its rows, and all else.' }),
  nextCursor: z.string().optional().openapi({ description: 'There where more rows follow.' }),
}).openapi('InsightsReport');

/** So many rows are in a page at most: Lambda answers 6 MB. */
const MAX_PAGE = 1000;
const LIMIT = `is not a whole number from 1 to ${MAX_PAGE}`;

const PageQuery = z.object({
  limit: z.coerce.number(LIMIT).int(LIMIT).min(1, LIMIT).max(MAX_PAGE, LIMIT).default(MAX_PAGE),
  cursor: z.string().optional().openapi({ description: '`nextCursor` of the page before.' }),
});

const RunPath = z.object({ runId: z.string().openapi({ param: { name: 'runId', in: 'path' } }) });
const QueryPath = z.object({ query: z.string().openapi({ param: { name: 'query', in: 'path' } }) });

const listQueries = createRoute({
  method: 'get',
  path: '/queries',
  summary: 'The questions that there are, with their parameters',
  responses: {
    200: { description: 'All of them', ...jsonContent(z.object({ items: z.array(InsightsQuery) })) },
  },
});

const postRun = createRoute({
  method: 'post',
  path: '/queries/{query}/runs',
  summary: 'Asks a question, or finds the run that it was asked by a moment ago',
  request: { params: QueryPath, body: { required: true, ...jsonContent(Question) } },
  responses: {
    200: { description: 'There is an answer already, or it is known that there is none', ...jsonContent(Run) },
    202: { description: 'It is looked into', ...jsonContent(Run) },
    400: problemResponse('A parameter is not as it must be; `detail` names it.'),
    404: problemResponse('There is no such query; `detail` names those that there are.'),
  },
});

const getRun = createRoute({
  method: 'get',
  path: '/runs/{runId}',
  summary: 'A run, with its answer once it is done',
  request: { params: RunPath, query: PageQuery },
  responses: {
    200: { description: 'The run', ...jsonContent(Report) },
    400: problemResponse('The cursor or the limit is not as it must be; `detail` tells why.'),
    404: problemResponse('There is no such run, or not any more.'),
  },
});

const queryTold = ({ parameters, columns, name, title, description, of }: Query): z.infer<typeof InsightsQuery> => ({
  ...{ name, title, description, of },
  parameters: z.toJSONSchema(parameters, { io: 'input' }) as Record<string, unknown>,
  labels: [...columns.labels],
  counts: [...columns.counts],
  measures: columns.measures.map(({ name, title, unit, percentiles = false }) => ({ name, title, unit, percentiles })),
});

const runTold = (status: RunStatus): z.infer<typeof Run> => {
  const { runId, query, parameters, askedAt, execution } = status.run;
  return {
    ...{ runId, query, parameters, state: status.state, askedAt },
    ...(execution && { asOf: execution.startedAt }),
    ...(status.state === 'done' && { scannedBytes: status.scannedBytes }),
    ...(status.state === 'failed' && { failure: status.failure }),
  };
};

/** A cursor goes on with the answer that it is of: that of another execution may have other rows. */
const Cursor = z.object({ executionId: z.string(), next: z.int().nonnegative() });

function nextOf(opened: string | undefined, executionId: string): number {
  let cursor: z.infer<typeof Cursor>;
  try {
    cursor = Cursor.parse(parseJson(opened ?? ''));
  } catch (cause) {
    throw new VerbatimError('bad-request', 'cursor: is none that this run gave', { cause });
  }
  if (cursor.executionId === executionId) return cursor.next;
  throw new VerbatimError('bad-request', 'cursor: is of an answer that was made anew since: begin with the first page');
}

/** So long is waited before a run that is not done is asked for again. */
const RETRY_SECONDS = 1;

/** The insights URL: a fixed set of questions about many calls, and never a query of the asker's own. */
export function insightsApi(needs: InsightsApiNeeds): OpenAPIHono {
  const { edge } = needs;
  const app = createHttpApp({
    title: 'Insights',
    description: 'A fixed set of questions about many calls: their numbers, and nothing that tells of a few.',
    edge,
  });

  const pageOf = async (
    answered: AnsweredRun,
    { limit, cursor }: z.infer<typeof PageQuery>,
  ): Promise<Pick<z.infer<typeof Report>, 'answer' | 'nextCursor'>> => {
    if (answered.state !== 'done') return {};
    const { answer, executionId } = answered;
    const start = cursor === undefined ? 0 : nextOf(await edge.seal.open(cursor), executionId);
    const next = start + limit;
    return {
      answer: { ...answer, rows: answer.rows.slice(start, next) },
      ...(next < answer.rows.length && { nextCursor: await edge.seal.seal(JSON.stringify({ executionId, next })) }),
    };
  };

  app.openapi(listQueries, (c) => c.json({ items: queries.map(queryTold) }, 200));

  app.openapi(postRun, async (c) => {
    const status = await askRun(c.req.valid('param').query, c.req.valid('json'), needs);
    c.header('location', `/runs/${status.run.runId}`);
    return c.json(runTold(status), status.state === 'running' ? 202 : 200);
  });

  app.openapi(getRun, async (c) => {
    const answered = await answerRun(c.req.valid('param').runId, needs);
    if (answered.state === 'running') c.header('retry-after', String(RETRY_SECONDS));
    return c.json({ ...runTold(answered), ...(await pageOf(answered, c.req.valid('query'))) }, 200);
  });

  return app;
}
