import type createApi from 'openapi-fetch';
import type * as Api from './api-types.ts';
import { told } from './requests.ts';
import { VerbatimClientError } from './verbatim-client-error.ts';

/** How an answer is waited for. */
export interface WaitOptions {
  /** So long is waited between two looks, in milliseconds. @default 1000 */
  readonly pollMs?: number | undefined;
  /** Gives waiting up: what is thrown then is its reason. The run goes on, and is found when the same is asked soon. */
  readonly signal?: AbortSignal | undefined;
}

/** Waits, but no longer than until waiting is given up. */
const pause = (ms: number, signal: AbortSignal | undefined) =>
  new Promise<void>((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal?.addEventListener('abort', end);
  });

/** What can be asked of an insights URL: numbers of many calls, by a fixed set of questions. */
export function insightsClient(insights: ReturnType<typeof createApi<Api.Paths['insights']>>) {
  const run = (query: string, question: Api.InsightsQuestion): Promise<Api.InsightsRun> =>
    told(insights.POST('/queries/{query}/runs', { params: { path: { query } }, body: question }));
  const report = (runId: string, query: Api.InsightsReportOptions = {}): Promise<Api.InsightsReport> =>
    told(insights.GET('/runs/{runId}', { params: { path: { runId }, query } }));

  return {
    /** The questions that there are, with their parameters. */
    queries: async () => (await told(insights.GET('/queries'))).items,
    /** Asks a question; the same one is the same run for some minutes. Status 400 names the parameters that are wrong. */
    run,
    /** A run; once it is done, with a page of its answer. Status 404 where it is a day old. */
    report,
    /**
     * Asks a question and waits for its answer, with all of its rows.
     *
     * @throws {VerbatimClientError} as any other request, and where the run failed: `detail` tells what to do about it
     */
    async answer(
      query: string,
      question: Api.InsightsQuestion,
      { pollMs = 1000, signal }: WaitOptions = {},
    ): Promise<Api.AnsweredInsights> {
      const { runId } = await run(query, question);
      const first = await untilEnded(() => report(runId), pollMs, signal);
      const { answer, failure } = first;
      if (!answer) {
        const detail = failure?.message ?? 'it has no answer';
        throw new VerbatimClientError(200, `${query}: ${detail}`, { title: failure?.code, detail });
      }
      const rows = [...answer.rows];
      for (let { nextCursor: cursor } = first; cursor !== undefined; ) {
        const page = await report(runId, { cursor });
        rows.push(...(page.answer?.rows ?? []));
        cursor = page.nextCursor;
      }
      const { nextCursor: _, ...told } = first;
      return { ...told, answer: { ...answer, rows } };
    },
  };
}

async function untilEnded(
  look: () => Promise<Api.InsightsReport>,
  pollMs: number,
  signal: AbortSignal | undefined,
): Promise<Api.InsightsReport> {
  for (;;) {
    signal?.throwIfAborted();
    const found = await look();
    if (found.state !== 'running') return found;
    await pause(pollMs, signal);
  }
}

/** What can be asked of an insights URL. */
export type InsightsClient = ReturnType<typeof insightsClient>;
