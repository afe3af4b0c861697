import { StartQueryExecutionCommand } from '@aws-sdk/client-athena';
import { beforeEach, describe, expect, it } from 'vitest';
import { athenaStore } from '../../../../lambdas/insights/athena.ts';
import { InsightsConfig } from '../../../../lambdas/insights/insights-config.ts';
import { weekNamed } from '../../../../lambdas/insights/report/iso-week.ts';
import { ReportMessage } from '../../../../lambdas/insights/report/report-message.ts';
import { writeReport } from '../../../../lambdas/insights/report/write-report.ts';
import { runStore } from '../../../../lambdas/insights/run-store.ts';
import { NOW } from '../../builders.ts';
import { memoryDynamodb } from '../../memory-dynamodb.ts';
import { memoryAthena } from '../memory-athena.ts';

const week = weekNamed('2026-W42');

let athena: ReturnType<typeof memoryAthena>;
let reports: Map<string, string>;
/** What becomes of each query that is started. */
let answer: (sql: string) => void;
let needs: Parameters<typeof writeReport>[1];

beforeEach(() => {
  athena = memoryAthena();
  reports = new Map();
  answer = () => athena.succeed([]);
  const { send } = athena.client as unknown as { send: (command: unknown) => Promise<unknown> };
  const client = {
    send(command: unknown) {
      const sent = send(command);
      if (command instanceof StartQueryExecutionCommand) answer(command.input.QueryString ?? '');
      return sent;
    },
  } as unknown as typeof athena.client;
  let ids = 0;
  needs = {
    run: {
      athena: athenaStore(client, { workGroup: 'insights', database: 'verbatim' }),
      runs: runStore(memoryDynamodb().client, 't'),
      insights: InsightsConfig.parse({}),
      clock: () => new Date(NOW),
      randomId: () => `run-${++ids}`,
    },
    put: async (key, page) => {
      reports.set(key, page);
    },
    pause: async () => {},
  };
});

describe('a report that is written', () => {
  it('is stored by the name of its week, and again in its place, without asking anew', async () => {
    expect(await writeReport(week, needs)).toBe('reports/2026-W42.html');
    const asked = athena.started().length;
    await writeReport(week, needs);
    expect([...reports.keys()]).toEqual(['reports/2026-W42.html']);
    expect(reports.get('reports/2026-W42.html')).toContain('12 October 2026 to 18 October 2026');
    expect(athena.started()).toHaveLength(asked);
  });

  it('tells of a question that reads too much, and has all others', async () => {
    answer = (sql) =>
      sql.includes('FROM disputes')
        ? athena.fail({ State: 'CANCELLED', StateChangeReason: 'Bytes scanned limit was exceeded' })
        : athena.succeed([]);
    await writeReport(week, needs);
    expect(reports.get('reports/2026-W42.html')).toContain('There is no answer: it reads more than');
  });

  it('is not stored where a question failed that need not fail again', async () => {
    answer = (sql) =>
      sql.includes('FROM disputes') ? athena.fail({ State: 'FAILED', StateChangeReason: '?' }) : athena.succeed([]);
    await expect(writeReport(week, needs)).rejects.toThrow('disputes: it failed in Athena');
    expect(reports.size).toBe(0);
  });
});

describe('a message for reports', () => {
  it('of a schedule asks for the week that was over by then, however late it comes', () => {
    expect(ReportMessage.parse({ source: 'aws.events', time: '2026-10-19T03:00:00Z', detail: {} })).toEqual(week);
  });

  it('names any week', () => {
    expect(ReportMessage.parse({ week: '2026-W42' })).toEqual(week);
    expect(() => ReportMessage.parse({ week: '2026-W60' })).toThrow('the year 2026 has no week 60');
  });
});
