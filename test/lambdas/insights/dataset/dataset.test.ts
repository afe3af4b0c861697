import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compactDay } from '../../../../lambdas/insights/dataset/compact-day.ts';
import type { TableName } from '../../../../lambdas/insights/dataset/tables.ts';
import { writeBatch } from '../../../../lambdas/insights/dataset/write-batch.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../../lambdas/platform/clock.ts';
import { NOW } from '../../builders.ts';
import { momentOf, taggedCall, type World, world } from './world.ts';

const DAY = '2026-10-14';
const OTHER_DAY = '2026-10-15';

const facts = (callId: string, tags: readonly string[] = ['refund'], startedAt = `${DAY}T09:00:00.000Z`) => ({
  call: taggedCall(callId, { startedAt, tags: [...tags] }),
  moments: tags.map((tag, i) => momentOf(tag, 1000 * i)),
  scores: [],
});
const write = ({ needs }: World, ...callIds: string[]) => writeBatch({ callIds, disputeIds: [] }, needs);
const compact = ({ needs }: World, day = DAY) => compactDay(day, needs);
const tagsOf = async (one: World) =>
  (await one.visible('moments')).map(({ call_id, tag }) => `${call_id} ${tag}`).toSorted();
const idsOf = async (one: World) => (await one.visible('calls')).map(({ call_id }) => call_id).toSorted();

describe('writing', () => {
  it('makes one file of a table and a day for all calls of a batch, however often each is asked for', async () => {
    const one = world();
    for (const id of ['a', 'b', 'c']) one.calls.set(id, facts(id));
    one.calls.set('d', facts('d', ['refund'], `${OTHER_DAY}T09:00:00.000Z`));
    expect(await write(one, 'a', 'b', 'a', 'c', 'd', 'b')).toMatchObject({ files: 4 });
    expect(one.keys().map((key) => key.replace(/rows-.*/, ''))).toEqual([
      ...[DAY, OTHER_DAY].map((day) => `calls/day=${day}/`),
      ...[DAY, OTHER_DAY].map((day) => `moments/day=${day}/`),
    ]);
    expect(await idsOf(one)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('puts what is new of a call in place of what was, and never beside it', async () => {
    const one = world();
    one.calls.set('a', facts('a', ['refund', 'escalation']));
    await write(one, 'a');
    await write(one, 'a');
    one.calls.set('a', facts('a', ['cancellation']));
    await write(one, 'a');
    expect(await tagsOf(one)).toEqual(['a cancellation']);
    expect(await idsOf(one)).toEqual(['a']);
  });

  it('leaves a call as it was while it is tagged anew or deleted, and takes it away when it is gone', async () => {
    const one = world();
    one.calls.set('a', facts('a'));
    await write(one, 'a');
    one.calls.set('a', { ...facts('a', ['half']), call: taggedCall('a', { replacing: 'a retag' }) });
    await write(one, 'a');
    one.calls.set('a', { ...facts('a', ['half']), call: taggedCall('a', { state: 'deleting' }) });
    await write(one, 'a');
    expect(await tagsOf(one)).toEqual(['a refund']);
    one.calls.delete('a');
    await write(one, 'a');
    expect(await idsOf(one)).toEqual([]);
    expect(one.dynamodb.items('insights#call#a')).toMatchObject([{ ttl: expect.any(Number) }]);
  });

  it('moves a call whose begin turns out to be on another day, also for who asks for one of the days alone', async () => {
    const one = world();
    one.calls.set('a', facts('a'));
    await write(one, 'a');
    one.calls.set('a', facts('a', ['refund'], `${OTHER_DAY}T09:00:00.000Z`));
    await write(one, 'a');
    expect(await tagsOf(one)).toEqual(['a refund']);
    const ofDay = (await one.rowsIn('calls')).filter(({ started_at: at }) => !String(at).startsWith(OTHER_DAY));
    const last = ofDay.toSorted((a, b) => Number(b.revision) - Number(a.revision))[0];
    expect(last).toMatchObject({ call_id: 'a', deleted: true });
  });

  it('writes the others where one of them cannot be read', async () => {
    const one = world();
    for (const id of ['a', 'b']) one.calls.set(id, facts(id));
    const { scoresOf } = one.needs.sources;
    const sources = {
      ...one.needs.sources,
      scoresOf: async (id: string) => {
        if (id === 'a') throw new Error('slow down');
        return scoresOf(id);
      },
    };
    const { failed } = await writeBatch({ callIds: ['a', 'b'], disputeIds: [] }, { ...one.needs, sources });
    expect([...failed.keys()]).toEqual(['a']);
    expect(await idsOf(one)).toEqual(['b']);
  });

  it('fails for those alone whose day could not be written, and writes the other days', async () => {
    const one = world();
    one.calls.set('a', facts('a'));
    one.calls.set('b', facts('b', ['refund'], `${OTHER_DAY}T09:00:00.000Z`));
    one.before.put = (key) => {
      if (key.startsWith(`calls/day=${DAY}`)) throw new Error('no connection');
    };
    const { failed } = await write(one, 'a', 'b');
    expect([...failed.keys()]).toEqual(['a']);
    expect(await idsOf(one)).toEqual(['b']);
  });

  it('lets a call stay deleted that somebody had read before it was, and writes after', async () => {
    const one = world();
    one.calls.set('a', facts('a'));
    await write(one, 'a');
    let inBetween = async () => {
      inBetween = async () => undefined;
      one.calls.delete('a');
      await write(one, 'a');
    };
    one.before.put = () => inBetween();
    await write(one, 'a');
    expect(await idsOf(one)).toEqual([]);
  });

  it('of a dispute takes the place of what was, and tells that it is gone', async () => {
    const one = world();
    const writeDispute = () => writeBatch({ callIds: [], disputeIds: ['d1'] }, one.needs);
    const opened = {
      ...{ disputeId: 'd1', customerId: 'c', claim: 'a claim', from: NOW, to: NOW, state: 'open' as const, version: 1 },
      ...{ stateSince: NOW, openedAt: NOW, calls: [], findings: [], history: [] },
    };
    one.disputes.set('d1', opened);
    await writeDispute();
    one.disputes.set('d1', { ...opened, state: 'closed' });
    await writeDispute();
    await compact(one);
    expect(await one.rowsIn('disputes')).toMatchObject([{ dispute_id: 'd1', state: 'closed' }]);
    one.disputes.delete('d1');
    await writeDispute();
    await compact(one);
    expect(await one.rowsIn('disputes')).toMatchObject([{ dispute_id: 'd1', deleted: true }]);
  });
});

describe('the rows of a dispute', () => {
  it('tell nothing of a call that is gone but its id and when it began, in any file, within the hour', async () => {
    const one = world();
    const writeDispute = () => writeBatch({ callIds: [], disputeIds: ['d1'] }, one.needs);
    one.calls.set('a', facts('a'));
    one.disputes.set('d1', {
      ...{ disputeId: 'd1', customerId: 'c', claim: 'a claim', from: NOW, to: NOW, state: 'closed', version: 1 },
      ...{ stateSince: NOW, openedAt: `${DAY}T08:00:00.000Z`, findings: [], history: [] },
      calls: [{ callId: 'a', startedAt: NOW, by: 'p', at: NOW }],
    });
    await writeDispute();
    expect(await one.rowsIn('disputes')).toMatchObject([{ call_id: 'a', source: facts('a').call.source }]);
    one.calls.delete('a');
    await write(one, 'a');
    expect(one.sent).toEqual([{ kind: 'dispute', disputeId: 'd1' }]);
    await writeDispute();
    expect(await one.store.daysToCompact(one.now())).toEqual([DAY]);
    await compact(one);
    const [row, ...others] = await one.rowsIn('disputes');
    expect([row?.call_id, row?.started_at, row?.source, row?.agent_id, others]).toEqual([
      ...['a', NOW, undefined, undefined, []],
    ]);
  });

  it('leave nothing in the table of a call that is gone already', async () => {
    const one = world();
    one.disputes.set('d1', {
      ...{ disputeId: 'd1', customerId: 'c', claim: 'a claim', from: NOW, to: NOW, state: 'open', version: 1 },
      ...{ stateSince: NOW, openedAt: NOW, findings: [], history: [] },
      calls: [{ callId: 'a', startedAt: NOW, by: 'p', at: NOW }],
    });
    await writeBatch({ callIds: [], disputeIds: ['d1'] }, one.needs);
    expect(one.dynamodb.items('insights#call#a')).toEqual([]);
  });
});

describe('compaction', () => {
  const three = async () => {
    const one = world();
    for (const id of ['a', 'b', 'c']) {
      one.calls.set(id, facts(id));
      await write(one, id);
    }
    return one;
  };

  it('leaves one file of each table, with nothing in it that does not hold', async () => {
    const one = await three();
    one.calls.set('a', facts('a', ['cancellation']));
    await write(one, 'a');
    const before = [await tagsOf(one), await idsOf(one)];
    expect(await compact(one)).toMatchObject({ outcome: 'compacted', filesRead: 8, filesWritten: 2 });
    expect([await tagsOf(one), await idsOf(one)]).toEqual(before);
    expect(one.keys().length).toBe(2);
    expect((await one.rowsIn('moments')).length).toBe(3);
    expect(await compact(one)).toMatchObject({ outcome: 'as-before', filesWritten: 0 });
  });

  it('takes a deleted call out of every file, tells for a week that it is gone, and then nothing', async () => {
    const one = await three();
    one.calls.delete('a');
    await write(one, 'a');
    expect(await one.store.daysToCompact(one.now())).toEqual([DAY]);
    await compact(one);
    const about = async () => (await one.rowsIn('calls')).filter(({ call_id: id }) => id === 'a');
    expect(await about()).toMatchObject([{ deleted: true }]);
    expect((await one.rowsIn('moments')).map(({ call_id: id }) => id).toSorted()).toEqual(['b', 'c']);
    expect(await one.store.daysToCompact(one.now())).toEqual([]);
    one.pass(7 * DAY_MS);
    expect(await one.store.daysToCompact(one.now())).toEqual([DAY]);
    await compact(one);
    expect(await about()).toEqual([]);
    expect(await idsOf(one)).toEqual(['b', 'c']);
    expect(await one.store.daysToCompact(one.now())).toEqual([]);
  });

  it('takes a deleted call out of the files of a batch that broke off, too', async () => {
    const one = world();
    one.calls.set('a', facts('a'));
    one.before.put = (key) => {
      if (key.startsWith('calls/')) throw new Error('a crash');
    };
    await write(one, 'a');
    expect((await one.rowsIn('moments')).length).toBe(1);
    one.before.put = () => undefined;
    one.calls.delete('a');
    await write(one, 'a');
    await compact(one);
    expect(await one.rowsIn('moments')).toEqual([]);
  });

  it('is due at once where somebody wrote of a call, behind its deletion, what they had read before', async () => {
    const one = await three();
    let inBetween = async () => {
      inBetween = async () => undefined;
      one.calls.delete('a');
      await write(one, 'a');
      await compact(one);
    };
    one.before.put = () => inBetween();
    await write(one, 'a');
    const rows = async () => (await one.rowsIn('moments')).filter(({ call_id: id }) => id === 'a');
    expect((await rows()).length).toBe(1);
    expect(await one.store.daysToCompact(one.now())).toEqual([DAY]);
    await compact(one);
    expect(await rows()).toEqual([]);
  });

  it('is due a day after a day changed, and again where it changed while it was compacted', async () => {
    const one = await three();
    expect(await one.store.daysToCompact(one.now())).toEqual([]);
    one.pass(DAY_MS);
    expect(await one.store.daysToCompact(one.now())).toEqual([DAY]);
    let inBetween = async () => {
      inBetween = async () => undefined;
      await write(one, 'b');
    };
    one.before.put = () => inBetween();
    await compact(one);
    one.pass(HOUR_MS);
    expect(await one.store.daysToCompact(one.now())).toEqual([]);
    one.pass(DAY_MS);
    expect(await one.store.daysToCompact(one.now())).toEqual([DAY]);
  });

  it('is left to who is at it, until their time is over', async () => {
    const one = await three();
    await one.store.lease(DAY, one.now(), 16 * MINUTE_MS);
    expect(await compact(one)).toMatchObject({ outcome: 'busy' });
    one.pass(16 * MINUTE_MS);
    expect(await compact(one)).toMatchObject({ outcome: 'compacted' });
  });
});

/** Something that happens to a dataset. */
const steps = fc.record({
  what: fc.constantFrom('tag', 'tag', 'delete', 'write', 'write', 'compact', 'wait'),
  call: fc.constantFrom('a', 'b', 'c'),
  tags: fc.subarray(['refund', 'escalation', 'cancellation']),
  day: fc.constantFrom(DAY, DAY, OTHER_DAY),
  /** Before which file of it something else happens or it breaks off. */
  at: fc.nat({ max: 4 }),
  meanwhile: fc.constantFrom('nothing', 'nothing', 'crash', 'write', 'compact'),
});

describe('whatever happens, in whatever order', () => {
  it('once every call is written, the dataset tells what the table does: each call once, each moment once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(steps, { minLength: 1, maxLength: 25 }), async (happens) => {
        const one = world();
        const gone = new Set<string>();
        for (const step of happens) {
          let puts = 0;
          one.before.put = async () => {
            puts += 1;
            if (puts !== step.at) return;
            if (step.meanwhile === 'crash') throw new Error('a crash');
            if (step.meanwhile === 'write') await write(one, 'a', 'b', 'c');
            if (step.meanwhile === 'compact') await compact(one, step.day);
          };
          const tried = async (work: () => Promise<unknown>) => {
            await work().catch((error: Error) => {
              if (error.message !== 'a crash') throw error;
              // The lease of whoever broke off ends.
              one.pass(16 * MINUTE_MS);
            });
          };
          if (step.what === 'tag' && !gone.has(step.call))
            one.calls.set(step.call, facts(step.call, step.tags, `${step.day}T09:00:00.000Z`));
          if (step.what === 'delete' && one.calls.delete(step.call)) gone.add(step.call);
          if (step.what === 'write') await tried(() => write(one, step.call, 'a'));
          if (step.what === 'compact') await tried(() => compact(one, step.day));
          if (step.what === 'wait') one.pass(DAY_MS);
        }
        one.before.put = () => undefined;
        one.pass(HOUR_MS);
        const expected = [...one.calls].flatMap(([id, { call }]) => call.tags.map((tag) => `${id} ${tag}`)).toSorted();
        await write(one, 'a', 'b', 'c');
        expect(await tagsOf(one)).toEqual(expected);
        expect(await idsOf(one)).toEqual([...one.calls.keys()].toSorted());

        one.pass(DAY_MS);
        for (const day of await one.store.daysToCompact(one.now())) await compact(one, day);
        expect(await tagsOf(one)).toEqual(expected);
        expect(await idsOf(one)).toEqual([...one.calls.keys()].toSorted());
        for (const table of ['calls', 'moments'] as const satisfies TableName[]) {
          const ids = (await one.rowsIn(table)).filter(({ deleted }) => !deleted).map(({ call_id: id }) => id);
          expect(ids.filter((id) => gone.has(String(id)))).toEqual([]);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('who reads while a day is compacted finds each call exactly once', async () => {
    const one = world();
    for (const id of ['a', 'b', 'c']) {
      one.calls.set(id, facts(id, ['refund', 'escalation']));
      await write(one, id);
    }
    const expected = await tagsOf(one);
    const seen: string[][] = [];
    one.before.put = async () => seen.push(await tagsOf(one));
    one.before.list = async () => seen.push(await tagsOf(one));
    await compact(one);
    seen.push(await tagsOf(one));
    for (const found of seen) expect(found).toEqual(expected);
    expect(seen.length).toBeGreaterThan(4);
  });

  it('who reads while a call is written anew finds it as it was, or as it is', async () => {
    const one = world();
    one.calls.set('a', facts('a', ['refund', 'escalation']));
    await write(one, 'a');
    const was = await tagsOf(one);
    one.calls.set('a', facts('a', ['cancellation']));
    const seen: string[][] = [];
    one.before.put = async () => seen.push(await tagsOf(one));
    await write(one, 'a');
    expect(seen).toEqual([was, was]);
    expect(await tagsOf(one)).toEqual(['a cancellation']);
  });

  it('a day that is compacted between the files of a batch loses nothing of it', async () => {
    for (const before of [['refund'], undefined]) {
      const one = world();
      one.calls.set('b', facts('b'));
      await write(one, 'b');
      if (before) {
        one.calls.set('a', facts('a', before));
        await write(one, 'a');
      }
      one.calls.set('a', facts('a', ['cancellation', 'escalation']));
      let files = 0;
      one.before.put = async () => {
        files += 1;
        if (files === 2) await compact(one);
      };
      await write(one, 'a');
      expect(await tagsOf(one)).toEqual(['a cancellation', 'a escalation', 'b refund']);
    }
  });

  it.each([1, 2, 3, 4])(
    'a batch that is written before a compaction lists table number %d loses nothing',
    async (nth) => {
      const one = world();
      for (const id of ['a', 'b']) {
        one.calls.set(id, facts(id));
        await write(one, id);
      }
      let lists = 0;
      one.before.list = async () => {
        lists += 1;
        if (lists !== nth) return;
        one.calls.set('a', facts('a', ['cancellation', 'escalation']));
        await write(one, 'a');
      };
      await compact(one);
      expect(await tagsOf(one)).toEqual(['a cancellation', 'a escalation', 'b refund']);
      await compact(one);
      expect(await tagsOf(one)).toEqual(['a cancellation', 'a escalation', 'b refund']);
      expect((await one.rowsIn('moments')).length).toBe(3);
    },
  );

  it('a compaction that breaks off changes nothing, and the next one leaves nothing of it', async () => {
    const one = world();
    for (const id of ['a', 'b']) {
      one.calls.set(id, facts(id));
      await write(one, id);
    }
    one.before.put = (key) => {
      if (key.startsWith('calls/')) throw new Error('a crash');
    };
    await expect(compact(one)).rejects.toThrow('a crash');
    expect(await tagsOf(one)).toEqual(['a refund', 'b refund']);
    one.before.put = () => undefined;
    one.pass(16 * MINUTE_MS);
    await compact(one);
    expect(await tagsOf(one)).toEqual(['a refund', 'b refund']);
    expect((await one.rowsIn('moments')).length).toBe(2);
  });

  it('a call that is deleted while it is written for the first time stays deleted', async () => {
    const one = world();
    one.calls.set('a', facts('a'));
    const { scoresOf } = one.needs.sources;
    const sources = {
      ...one.needs.sources,
      scoresOf: async (id: string) => {
        one.calls.delete('a');
        await write(one, 'a');
        return scoresOf(id);
      },
    };
    await writeBatch({ callIds: ['a'], disputeIds: [] }, { ...one.needs, sources });
    expect(await idsOf(one)).toEqual([]);
  });
});
