import { describe, expect, it, test } from 'vitest';
import { chainAtStart } from '../../../lambdas/platform/chain.ts';
import {
  cancelJob,
  existingJob,
  idByTime,
  type JobProgress,
  progressOfJob,
  resumeJob,
  withAttempts,
} from '../../../lambdas/platform/jobs.ts';

const NOW = '2026-10-14T09:12:00.000Z';
const job = { pass: 2, ttl: 1 };
const chain = { ...chainAtStart({ chain: 0, index: 'calls-by-agent', partition: 'a' }, 2), enqueued: 3 };
const through = { ...chain, page: 2, announced: 2, ended: true };
const state = (is: JobProgress['state'], allFound: boolean): JobProgress => ({ state: is, found: 3, allFound });
const taken = (count: number): Map<string, number> => new Map([['taken#2', count]]);

test('ids sort by the second in which they were made', () => {
  expect(idByTime(NOW, 'b')).toBe('20261014T091200-b');
  expect(idByTime('2026-10-14T09:12:01.000Z', 'a') > idByTime(NOW, 'b')).toBe(true);
});

test.each<[string, Parameters<typeof progressOfJob>, JobProgress]>([
  ['calls that were found are not taken up', [job, [through], taken(2)], state('running', true)],
  ['they were, but in an earlier pass', [job, [through], new Map([['taken#1', 3]])], state('running', true)],
  ['all are, but more may be found', [job, [chain], taken(3)], state('running', false)],
  ['all are found and taken up', [job, [through], taken(3)], state('done', true)],
  ['it is given up', [{ ...job, cancelledAt: NOW }, [through], new Map()], state('cancelled', true)],
  ['it was done when it was given up', [{ ...job, cancelledAt: NOW }, [through], taken(3)], state('done', true)],
])('where %s, a job says so', (_, [of, chains, counts], expected) => {
  expect(progressOfJob(of, chains, counts)).toEqual(expected);
});

describe('a job that cannot be resumed or cancelled', () => {
  const named = (isKnown: boolean) => ({
    ...{ id: '7', kind: 'retag', name: 'the retag 7' },
    jobs: {
      get: async () => (isKnown ? job : undefined),
      chainsOf: async () => [through],
      countsOf: async () => taken(3),
      beginPass: async () => undefined,
      cancel: async () => {},
    },
  });

  it('is not known', async () => {
    const unknown = { kind: 'not-found', message: 'there is no retag 7: they are known for 30 days' };
    await expect(resumeJob(named(false), async () => {})).rejects.toMatchObject(unknown);
    await expect(cancelJob(named(false), NOW)).rejects.toMatchObject(unknown);
    await expect(existingJob('retag', '7', named(false).jobs)).rejects.toMatchObject(unknown);
  });

  it('is done', async () => {
    const done = { kind: 'conflict', message: 'the retag 7 is done: begin another one' };
    await expect(resumeJob(named(true), async () => {})).rejects.toMatchObject(done);
    await expect(cancelJob(named(true), NOW)).rejects.toMatchObject({ ...done, message: 'the retag 7 is done' });
  });
});

describe('work whose transaction is refused', () => {
  const refused = Object.assign(new Error('refused'), { name: 'TransactionCanceledException' });

  /** Work that fails so often, and the attempts at it. */
  const failing = (times: number, error: Error) => {
    const attempts: number[] = [];
    const work = async (attempt: number) => {
      attempts.push(attempt);
      if (attempt < times) throw error;
      return 'done';
    };
    return { attempts, work };
  };

  it('begins anew', async () => {
    const { attempts, work } = failing(7, refused);
    expect(await withAttempts(work)).toBe('done');
    expect(attempts).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it('is given up after the eighth time', async () => {
    const { attempts, work } = failing(8, refused);
    await expect(withAttempts(work)).rejects.toBe(refused);
    expect(attempts).toHaveLength(8);
  });

  it('is given up at once where anything else fails', async () => {
    const { attempts, work } = failing(1, new Error('broken'));
    await expect(withAttempts(work)).rejects.toThrow('broken');
    expect(attempts).toEqual([0]);
  });
});
