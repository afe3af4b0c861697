import { createHash } from 'node:crypto';
import { type Clock, iso, MINUTE_MS } from '../platform/clock.ts';
import { VerbatimError } from '../platform/errors.ts';
import { withAttempts } from '../platform/jobs.ts';
import { logger } from '../platform/logger.ts';
import type { AthenaStore, Execution } from './athena.ts';
import type { InsightsConfig } from './insights-config.ts';
import type { Answer } from './queries/answer.ts';
import { ask } from './queries/queries.ts';
import type { Question } from './queries/query.ts';
import { type Run, type RunFailure, type RunStore, runTtl } from './run-store.ts';

/** What asking needs. */
export interface RunNeeds {
  readonly athena: AthenaStore;
  readonly runs: RunStore;
  readonly insights: Pick<InsightsConfig, 'minCell' | 'cacheMinutes' | 'maxScannedBytes'>;
  readonly clock: Clock;
  /** A text that no other run has. */
  readonly randomId: () => string;
}

/** A run, as it stands now. */
export type RunStatus =
  | { readonly state: 'running'; readonly run: Run }
  | {
      readonly state: 'done';
      readonly run: Run;
      readonly executionId: string;
      readonly question: Question;
      readonly scannedBytes: number;
    }
  | { readonly state: 'failed'; readonly run: Run; readonly failure: RunFailure };

/** A run that has no answer, or none yet. */
type Unanswered = Exclude<RunStatus, { state: 'done' }>;

/** A run, as it stands now, with its answer once it is done. */
export type AnsweredRun = Unanswered | (Exclude<RunStatus, Unanswered> & { readonly answer: Answer });

/** Athena is asked so often for one run at most: anew where something failed that need not, or its results are gone. */
const MAX_ATTEMPTS = 5;

const sha256 = (...parts: readonly unknown[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex');

const unknown = (runId: string) =>
  new VerbatimError('not-found', `there is no run ${runId}: they are known for a day; ask again`);

const sizeText = (bytes: number): string => `${Math.round(bytes / 100_000) / 10} MB`;

/** What Athena says of a query that reads, holds or takes more than a query may. */
const TOO_MUCH =
  /bytes scanned limit|scan(?:ned)? limit|exhausted resources|timeout|timed out|exceeded .*(?:memory|time)/i;

/** Why a run has no answer, without a word of the query. */
export function failureOf(
  execution: Extract<Execution, { state: 'failed' | 'cancelled' }>,
  maxScannedBytes: number,
): RunFailure {
  const isOverLimit = execution.state === 'cancelled' && execution.scannedBytes >= maxScannedBytes;
  if (isOverLimit || TOO_MUCH.test(execution.reason)) {
    const message = `it reads more than ${sizeText(maxScannedBytes)} of the dataset, or works at it for too long: ask about fewer days`;
    return { code: 'too-much', message };
  }
  return execution.state === 'cancelled'
    ? { code: 'stopped', message: 'it was stopped in Athena: ask again' }
    : { code: 'failed', message: 'it failed in Athena, whose history of queries tells why: ask again' };
}

/** Asks Athena for a run; where another request did so meanwhile, its execution is that of the run. */
async function start(run: Run, { sql }: Question, needs: RunNeeds): Promise<Unanswered> {
  if (run.attempts >= MAX_ATTEMPTS)
    return fail(run, { code: 'failed', message: 'it came to no end in Athena: ask again' }, needs);
  const startedAt = iso(needs.clock());
  const executionId = await needs.athena.start(sql, sha256(run.runId, run.attempts, sql));
  const started = await needs.runs.noteExecution(run, { executionId, startedAt, sqlSha256: sha256(sql) });
  if (!started) throw unknown(run.runId);
  return { state: 'running', run: started };
}

async function fail(run: Run, failure: RunFailure, needs: RunNeeds): Promise<Unanswered> {
  // Who asks too much is told so; what else fails is for whoever sees to the deployment.
  logger[failure.code === 'failed' ? 'error' : 'warn']('a run has no answer', {
    ...{ runId: run.runId, query: run.query, code: failure.code },
    ...{ attempts: run.attempts, executionId: run.execution?.executionId },
  });
  const noted = await needs.runs.noteFailure(run, failure);
  if (!noted) throw unknown(run.runId);
  return noted.failure ? { state: 'failed', run: noted, failure: noted.failure } : { state: 'running', run: noted };
}

/**
 * How far a run is. It is started (anew) where it never was, where Athena knows no more of it, or where it failed and need not; and where
 * the text of its query is another one since the last deployment.
 */
async function look(run: Run, needs: RunNeeds): Promise<RunStatus> {
  if (run.failure) return { state: 'failed', run, failure: run.failure };
  const question = ask(run.query, run.parameters, needs.insights);
  if (run.execution?.sqlSha256 !== sha256(question.sql)) return start(run, question, needs);
  const { executionId } = run.execution;
  const execution = await needs.athena.execution(executionId);
  if (!execution) return start(run, question, needs);
  if (execution.state === 'running') return { state: 'running', run };
  if (execution.state === 'succeeded') {
    const { scannedBytes } = execution;
    return { state: 'done', run, executionId, question, scannedBytes };
  }
  if (execution.retryable && run.attempts < MAX_ATTEMPTS) return start(run, question, needs);
  return fail(run, failureOf(execution, needs.insights.maxScannedBytes), needs);
}

/** What makes questions one. The text of the query is of it: another deployment may ask Athena otherwise. */
const questionId = ({ query, parameters, sql }: Question): string =>
  sha256(query, Object.entries(parameters).toSorted(), sql);

/**
 * Whether the same question is answered by a run that there is. What would read too much once more does not; any other run that failed is
 * asked for again.
 */
const answers = (status: RunStatus): boolean => status.state !== 'failed' || status.failure.code === 'too-much';

/**
 * Asks a question, or answers the run that was asked for by the same question within `cacheMinutes`.
 *
 * @param given the parameters as they come
 * @throws {VerbatimError} not-found, where there is no such query; bad-request, with the parameters that are wrong; unavailable
 */
export async function askRun(query: string, given: unknown, needs: RunNeeds): Promise<RunStatus> {
  const question = ask(query, given, needs.insights);
  const id = questionId(question);
  const now = needs.clock();
  const freshFrom = iso(new Date(now.getTime() - needs.insights.cacheMinutes * MINUTE_MS));
  // Who asks the same at once is refused a run of their own, and finds that of whoever was first.
  return withAttempts(async () => {
    const last = await needs.runs.lastOf(id);
    if (last?.run && last.run.askedAt > freshFrom) {
      const status = await look(last.run, needs);
      if (answers(status)) return status;
    }
    const run: Run = {
      ...{ runId: needs.randomId(), query: question.query, parameters: textsOf(question) },
      ...{ askedAt: iso(now), attempts: 0, ttl: runTtl(now) },
    };
    await needs.runs.begin(run, id, last?.runId);
    return start(run, question, needs);
  });
}

/** The parameters that there are: all of them are texts. */
const textsOf = ({ parameters }: Question): Record<string, string> =>
  Object.fromEntries(Object.entries(parameters).filter(([, value]) => value !== undefined));

/**
 * A run, with its answer once it is done.
 *
 * @throws {VerbatimError} not-found
 */
export async function answerRun(runId: string, needs: RunNeeds): Promise<AnsweredRun> {
  const run = await needs.runs.get(runId);
  if (!run || run.ttl * 1000 <= needs.clock().getTime()) throw unknown(runId);
  const status = await look(run, needs);
  if (status.state !== 'done') return status;
  const rows = await needs.athena.rows(status.executionId);
  if (rows) return { ...status, answer: status.question.shape(rows) };
  return start(status.run, status.question, needs);
}
