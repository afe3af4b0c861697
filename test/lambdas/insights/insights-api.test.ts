import { beforeEach, describe, expect, it } from 'vitest';
import { athenaStore } from '../../../lambdas/insights/athena.ts';
import { insightsApi } from '../../../lambdas/insights/insights-api.ts';
import { InsightsConfig } from '../../../lambdas/insights/insights-config.ts';
import { RUN_SUBJECTS, runStore } from '../../../lambdas/insights/run-store.ts';
import { plusMs } from '../../../lambdas/platform/clock.ts';
import { NOW } from '../builders.ts';
import { testEdge } from '../http-edge.ts';
import { memoryDynamodb } from '../memory-dynamodb.ts';
import { memoryAthena } from './memory-athena.ts';

const MINUTE = 60_000;
const week = { from: '2026-10-05', to: '2026-10-11', by: 'agent' };

let now: string;
let athena: ReturnType<typeof memoryAthena>;
let table: ReturnType<typeof memoryDynamodb>;
let app: ReturnType<typeof insightsApi>;

beforeEach(() => {
  now = NOW;
  athena = memoryAthena();
  table = memoryDynamodb();
  app = appOf();
});

function appOf(config: Partial<InsightsConfig> = {}) {
  let ids = 0;
  return insightsApi({
    edge: testEdge(),
    athena: athenaStore(athena.client, { workGroup: 'insights', database: 'verbatim' }),
    runs: runStore(table.client, 't'),
    insights: InsightsConfig.parse(config),
    clock: () => new Date(now),
    randomId: () => `run${++ids}-${Object.keys(config).length}`,
  });
}

async function ask(method: string, path: string, body?: unknown) {
  const response = await app.request(path, {
    method,
    ...(body !== undefined && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });
  // biome-ignore lint/suspicious/noExplicitAny: answers of many shapes are looked into
  return { status: response.status, headers: response.headers, body: (await response.json()) as any };
}

const run = async (question: object = week, query = 'volume') => ask('POST', `/queries/${query}/runs`, question);
const report = async (runId: string, query = '') => ask('GET', `/runs/${runId}${query}`);

/** A row of the query `volume`. */
const rowOf = (grp: string, calls: number) => ({
  ...{ grp, calls, inbound: calls, outbound: 0, duration_n: calls, duration_sum: 60 * calls },
  ...{ duration_squares: 3600 * calls, duration_agents: 1, duration_agent_squares: (60 * calls) ** 2 },
  ...{ duration_agent_products: 60 * calls * calls, duration_agent_counts: calls * calls },
});

describe('the insights URL', () => {
  it('lists the questions that there are, with the schema of their parameters', async () => {
    const { body } = await ask('GET', '/queries');
    const names = body.items.map(({ name }: { name: string }) => name);
    expect(names).toEqual(expect.arrayContaining(['volume', 'sentiment', 'tags', 'credits', 'issues', 'disputes']));
    const [volume] = body.items;
    expect(volume.parameters).toMatchObject({
      ...{ type: 'object', additionalProperties: false, required: ['from', 'to'] },
      properties: { by: { enum: expect.arrayContaining(['agent', 'week']) } },
    });
    const credits = body.items.find(({ name }: { name: string }) => name === 'credits');
    expect(credits.parameters.properties.overPolicyTag).toMatchObject({
      ...{ default: 'credit-over-policy', description: expect.stringContaining('policy') },
    });
    expect(volume.measures[0]).toMatchObject({ name: 'duration', unit: 'seconds' });
  });

  it('looks into a question, and answers it once it is done, without groups of few calls', async () => {
    const asked = await run();
    expect(asked).toMatchObject({ status: 202, body: { state: 'running', query: 'volume', asOf: NOW } });
    expect(asked.headers.get('location')).toBe(`/runs/${asked.body.runId}`);
    const waiting = await report(asked.body.runId);
    expect(waiting.body).toMatchObject({ state: 'running' });
    expect(waiting.headers.get('retry-after')).toBe('1');

    athena.succeed([rowOf('kim', 3), rowOf('lee', 20)], 4711);
    const { status, body } = await report(asked.body.runId);
    expect(status).toBe(200);
    expect(body).toMatchObject({ state: 'done', asOf: NOW, scannedBytes: 4711 });
    expect(body.answer).toMatchObject({
      ...{ ...week, minCell: 5, suppressed: { rows: 1, values: 0 }, truncated: false },
      rows: [{ group: 'lee', count: 20, counts: { inbound: 20 }, values: { duration: { n: 20, mean: 60 } } }],
    });
    expect(JSON.stringify(body)).not.toContain('kim');
  });

  it('answers the same question by the run that there is, for as long as the config says, and asks anew then', async () => {
    const { body } = await run();
    athena.succeed([]);
    now = plusMs(NOW, 14 * MINUTE);
    const again = await run({ ...week, by: 'agent' });
    expect(again).toMatchObject({ status: 200, body: { runId: body.runId, state: 'done', asOf: NOW } });
    expect((await run({ ...week, by: 'team' })).body.runId).not.toBe(body.runId);
    now = plusMs(NOW, 15 * MINUTE);
    const later = await run();
    expect(later).toMatchObject({ status: 202, body: { state: 'running', asOf: now } });
    expect(later.body.runId).not.toBe(body.runId);
    expect(athena.started()).toHaveLength(3);
  });

  it('begins one run where many ask the same at once', async () => {
    const asked = await Promise.all(Array.from({ length: 5 }, () => run()));
    expect(new Set(asked.map(({ body }) => body.runId)).size).toBe(1);
    expect(athena.started()).toHaveLength(1);
  });

  it('goes on where a run was stored, and Athena was not asked', async () => {
    athena.throttle(true);
    expect(await run()).toMatchObject({ status: 503, body: { detail: expect.stringContaining('try again') } });
    athena.throttle(false);
    expect(await run()).toMatchObject({ status: 202, body: { state: 'running' } });
    expect(table.items('insights-run#')).toHaveLength(1);
  });

  it('asks Athena anew where it knows nothing of a run any more, and then the answer is of then', async () => {
    const { body } = await run();
    athena.succeed([rowOf('lee', 20)]);
    athena.forget();
    now = plusMs(NOW, 5 * MINUTE);
    expect((await report(body.runId)).body).toMatchObject({ state: 'running', asOf: now });
    athena.succeed([rowOf('lee', 21)]);
    expect((await report(body.runId)).body).toMatchObject({
      state: 'done',
      asOf: now,
      answer: { rows: [{ count: 21 }] },
    });
  });

  it('asks anew where the text of the query is another one since the last deployment', async () => {
    const { body } = await run(week, 'issues');
    athena.succeed([]);
    app = appOf({ minCell: 7 });
    expect((await report(body.runId)).body).toMatchObject({ state: 'running' });
    expect(athena.started()).toHaveLength(2);
  });

  it('says why a run failed and what to do, without a word of its query', async () => {
    const { body } = await run({ ...week, agentId: "o'neil" });
    athena.fail({ State: 'FAILED', StateChangeReason: "SYNTAX_ERROR near 'o''neil'" });
    const failed = await report(body.runId);
    expect(failed).toMatchObject({ status: 200, body: { state: 'failed', failure: { code: 'failed' } } });
    expect(failed.body.failure.message).not.toContain('neil');
    expect((await report(body.runId)).body).toEqual(failed.body);
    expect((await run({ ...week, agentId: "o'neil" })).body).toMatchObject({ state: 'running' });
  });

  it('does not read once more what is more than a query may read', async () => {
    const { body } = await run();
    athena.fail({ State: 'CANCELLED', StateChangeReason: 'Bytes scanned limit was exceeded' }, 1_073_741_824);
    expect((await report(body.runId)).body.failure).toMatchObject({
      code: 'too-much',
      message: expect.stringMatching(/1073\.7 MB.*ask about fewer days/),
    });
    expect(await run()).toMatchObject({ status: 200, body: { runId: body.runId, state: 'failed' } });
    expect(athena.started()).toHaveLength(1);
  });

  it('tries again by itself what Athena says may succeed, and gives it up in the end', async () => {
    const { body } = await run();
    let state = 'running';
    for (let looks = 0; state === 'running' && looks < 10; looks++) {
      athena.fail({ State: 'FAILED', AthenaError: { Retryable: true, ErrorMessage: 'internal' } });
      ({ state } = (await report(body.runId)).body);
    }
    expect(state).toBe('failed');
    expect(athena.started()).toHaveLength(5);
  });

  it('tries again by itself where a file was put together with others while it was read', async () => {
    const { body } = await run();
    const StateChangeReason =
      'HIVE_CANNOT_OPEN_SPLIT: Error opening Hive split s3://b/calls/day=2026-10-05/a.parquet: The specified key does not exist.';
    athena.fail({ State: 'FAILED', StateChangeReason, AthenaError: { Retryable: false } });
    expect((await report(body.runId)).body).toMatchObject({ state: 'running' });
    athena.succeed([rowOf('lee', 20)]);
    expect((await report(body.runId)).body).toMatchObject({ state: 'done', answer: { rows: [{ count: 20 }] } });
  });

  it('asks to be asked later where Athena is asked too much about a run', async () => {
    const { body } = await run();
    athena.throttle(true);
    expect(await report(body.runId)).toMatchObject({ status: 503, body: { detail: expect.stringContaining('again') } });
  });

  it('gives an answer page by page, and refuses a cursor of an answer that is there no more', async () => {
    const { body } = await run();
    const agents = Array.from({ length: 5 }, (_, i) => rowOf(`agent${i}`, 10));
    athena.succeed(agents);
    const groups: string[] = [];
    let cursor = '';
    do {
      const page = (await report(body.runId, `?limit=2${cursor && `&cursor=${cursor}`}`)).body;
      groups.push(...page.answer.rows.map(({ group }: { group: string }) => group));
      cursor = page.nextCursor ?? '';
    } while (cursor);
    expect(groups).toEqual(['agent0', 'agent1', 'agent2', 'agent3', 'agent4']);

    const { nextCursor } = (await report(body.runId, '?limit=2')).body;
    const other = await run({ ...week, by: 'team' });
    athena.succeed(agents);
    expect(await report(other.body.runId, `?cursor=${nextCursor}`)).toMatchObject({
      ...{ status: 400, body: { detail: expect.stringContaining('begin with the first page') } },
    });
    expect((await report(body.runId, '?cursor=x')).status).toBe(400);
  });

  it.each([
    [{ from: '2026-10-05' }, 'to: is missing'],
    [{ ...week, by: 'customer' }, 'by: '],
    [{ ...week, to: '2026-10-01' }, 'to: is before from'],
    [{ ...week, sql: 'SELECT 1' }, 'sql'],
  ])('refuses %j, and asks Athena nothing', async (question, detail) => {
    const refused = await run(question);
    expect(refused.status).toBe(400);
    expect(refused.body.detail).toContain(detail);
    expect(athena.started()).toEqual([]);
  });

  it('knows no query of another name, and no run that is a day old', async () => {
    expect(await run(week, 'customers')).toMatchObject({
      ...{ status: 404, body: { detail: expect.stringContaining('volume') } },
    });
    expect((await report('none')).status).toBe(404);
    const { body } = await run();
    now = plusMs(NOW, 24 * 60 * MINUTE);
    expect((await report(body.runId)).status).toBe(404);
  });

  it('keeps of a run what is declared, for a day, and nothing of its answer', async () => {
    await run();
    athena.succeed([rowOf('lee', 20)]);
    await report('run1-0');
    const kept = table.items('');
    expect(kept).toHaveLength(2);
    for (const { subject, ttl } of kept) {
      expect(RUN_SUBJECTS.some((prefix) => String(subject).startsWith(prefix))).toBe(true);
      expect(ttl).toBe(Date.parse(NOW) / 1000 + 86_400);
    }
    expect(JSON.stringify(kept)).not.toContain('lee');
  });
});
