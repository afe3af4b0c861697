import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstAt, monthDue, sizeAt } from '../../../../lambdas/quality/sampling/draw.ts';
import { drawAgent } from '../../../../lambdas/quality/sampling/draw-agent.ts';
import { drawByItself, drawSample } from '../../../../lambdas/quality/sampling/draw-sample.ts';
import { ids, SETTLED, samplingWorld } from './sampling-world.ts';

const lee = { month: '2026-10', agentId: 'lee' };

describe('when a plan draws', () => {
  it('is by itself once a month has settled, one after the other', () => {
    const plan = { settleDays: 2 };
    expect(monthDue(plan, undefined, '2026-11-02T23:59:59.999Z')).toBe('2026-09');
    expect(monthDue(plan, undefined, '2026-11-03T00:00:00.000Z')).toBe('2026-10');
    expect(monthDue(plan, '2026-10', '2026-11-20T00:00:00.000Z')).toBeUndefined();
    expect(monthDue(plan, '2026-08', '2026-11-03T00:00:00.000Z')).toBe('2026-09');
    expect(monthDue(plan, '2026-11', '2027-01-03T00:00:00.000Z')).toBe('2026-12');
  });

  it('is, in a running month, for as much of the sample as has passed of it', () => {
    const plan = { perAgent: 4 };
    expect(sizeAt(plan, '2026-11', '2026-11-08T11:59:59.999Z')).toBe(0);
    expect(firstAt(plan, '2026-11')).toBe('2026-11-08T12:00:00.000Z');
    expect(sizeAt(plan, '2026-11', '2026-11-08T12:00:00.000Z')).toBe(1);
    expect(sizeAt(plan, '2026-11', '2026-11-29T00:00:00.000Z')).toBe(3);
    expect(sizeAt(plan, '2026-11', '2026-12-01T00:00:00.000Z')).toBe(4);
    expect(sizeAt(plan, '2026-12', '2026-11-29T00:00:00.000Z')).toBe(0);
  });

  it('is, in a running month, one call more whenever the part of one more has passed, to the millisecond', () => {
    const asked = fc
      .record({ perAgent: fc.integer({ min: 1, max: 100 }), month: fc.integer({ min: 1, max: 12 }) })
      .chain((plan) => fc.record({ plan: fc.constant(plan), wanted: fc.integer({ min: 1, max: plan.perAgent }) }));
    fc.assert(
      fc.property(asked, ({ plan: { perAgent, month }, wanted }) => {
        const from = Date.UTC(2026, month - 1);
        const at = from + Math.ceil((wanted * (Date.UTC(2026, month) - from)) / perAgent);
        const sizeOf = (ms: number) =>
          sizeAt({ perAgent }, `2026-${String(month).padStart(2, '0')}`, new Date(ms).toISOString());
        expect([sizeOf(at - 1), sizeOf(at)]).toEqual([wanted - 1, wanted]);
      }),
      { examples: [[{ plan: { perAgent: 50, month: 2 }, wanted: 29 }]] },
    );
  });
});

describe('a draw by itself', () => {
  it('is of every agent of the roster, once', async () => {
    const { work, waiting, roster, addCalls, plan, needs } = await samplingWorld();
    const agents = ['ann', 'bob', 'cid', 'dan'];
    for (const agentId of agents) {
      await roster.put(undefined, { agentId, team: 'billing', version: 1, since: SETTLED });
      await addCalls(ids(agentId, 6), { agentId });
    }
    const messages = await work(...drawByItself([plan]));
    expect(messages.filter(({ kind }) => kind === 'agents-page').length).toBeGreaterThan(2);
    const reviews = await waiting();
    expect(reviews).toHaveLength(4 * plan.perAgent);
    expect(new Set(reviews.map(({ callId }) => callId)).size).toBe(reviews.length);
    expect(await needs.draws.through('monthly')).toBe('2026-10');
    expect(await work(...drawByItself([plan]))).toEqual([{ kind: 'plan', plan: 'monthly' }]);
    await work(...messages, ...messages.toReversed());
    expect(await waiting()).toEqual(reviews);
  });

  it('is begun anew the next day where it broke off before all agents were asked for', async () => {
    const { work, waiting, addCalls, plan, needs } = await samplingWorld();
    await addCalls(['a']);
    const lost = { ...needs, send: async () => {} };
    await drawSample({ kind: 'plan', plan: 'monthly' }, lost);
    await work(...drawByItself([plan]));
    expect(await waiting()).toMatchObject([{ callId: 'a' }]);
  });

  it('does nothing for a plan that is not there any more', async () => {
    const { work, waiting } = await samplingWorld();
    await work({ kind: 'agent', plan: 'weekly', ...lee });
    expect(await waiting()).toEqual([]);
  });
});

describe('the draw of an agent’s month', () => {
  it('makes reviews that wait for the agent’s team, and says how they were drawn', async () => {
    const { work, waiting, addCalls, needs } = await samplingWorld({ perAgent: 2, dueDays: 10 });
    await addCalls(ids('a', 3), { of: { queue: 'billing' } });
    await addCalls(ids('b', 3), { of: { queue: 'moves' } });
    await work({ kind: 'agent', plan: 'monthly', ...lee });
    const reviews = await waiting();
    expect(reviews).toHaveLength(2);
    expect(new Set(reviews.map(({ callId }) => callId[0]))).toEqual(new Set(['a', 'b']));
    for (const review of reviews)
      expect(review).toMatchObject({
        ...{ reviewId: 'monthly-2026-10', plan: 'monthly', month: '2026-10', team: 'billing', agentId: 'lee' },
        ...{ scorecard: 'service', scorecardVersion: '1', state: 'waiting', dueAt: '2026-11-13T04:00:00.000Z' },
      });
    const [review] = reviews;
    expect(await needs.reviews.version(review?.callId ?? '', 'monthly-2026-10', 1)).toMatchObject({
      ...{ what: 'drawn', by: 'verbatim' },
    });
    const draw = await needs.draws.get('monthly', '2026-10', 'lee');
    expect(draw).toMatchObject({ seed: 'monthly', size: 2, ofCalls: 6, version: 2 });
    expect(draw?.strata).toEqual(
      expect.arrayContaining(
        ['billing', 'moves'].map((queue) => ({ stratum: { queue }, calls: 3, quota: 1, drawn: 1 })),
      ),
    );
    expect(draw?.calls.map(({ callId }) => callId).toSorted()).toEqual(reviews.map(({ callId }) => callId).toSorted());
  });

  it('leaves out what is too short, gone, another agent’s by now, or reviewed by that scorecard', async () => {
    const { work, waiting, addCalls, needs, calls, as, time } = await samplingWorld({ minSeconds: 30 });
    await addCalls(['short'], { of: { durationMs: 29_999 } });
    await addCalls(['long'], { of: { durationMs: 30_000 } });
    await addCalls(['unknown'], { of: { durationMs: undefined } });
    await addCalls(['gone', 'reviewed']);
    await addCalls(['moved'], { now: 'kim' });
    await addCalls(['earlier'], { day: '01' });
    const gone = await calls.get('gone');
    if (!gone) throw new Error('there is no such call');
    await calls.enter(gone, 'deleting', time.now);
    const begun = await as('reviewer', 'rita')('/calls/reviewed/reviews', { body: { scorecard: 'service' } });
    expect(begun.status).toBe(201);
    await work({ kind: 'agent', plan: 'monthly', ...lee });
    expect((await waiting()).map(({ callId }) => callId).toSorted()).toEqual(['earlier', 'long', 'unknown']);
    expect(await needs.draws.get('monthly', '2026-10', 'lee')).toMatchObject({
      ...{ ofCalls: 3, leftOut: { tooShort: 1, gone: 2, reviewed: 1 } },
    });
  });

  it('of no calls says that it was drawn', async () => {
    const { work, needs } = await samplingWorld();
    await work({ kind: 'agent', plan: 'monthly', ...lee }, { kind: 'agent', plan: 'monthly', ...lee });
    expect(await needs.draws.get('monthly', '2026-10', 'lee')).toMatchObject({ calls: [], ofCalls: 0, version: 1 });
  });

  it('is filled up where recordings came late, and never beyond what the plan says', async () => {
    const { work, waiting, addCalls } = await samplingWorld({ perAgent: 3 });
    await addCalls(['a', 'b']);
    await work({ kind: 'agent', plan: 'monthly', ...lee });
    expect(await waiting()).toHaveLength(2);
    await addCalls(ids('late', 5));
    await work({ kind: 'agent', plan: 'monthly', ...lee });
    const filled = await waiting();
    expect(filled).toHaveLength(3);
    await addCalls(ids('later', 5));
    await work({ kind: 'agent', plan: 'monthly', ...lee });
    expect(await waiting()).toEqual(filled);
  });

  it('gives no call two reviews by a scorecard, whichever plan draws', async () => {
    const { addCalls, waiting, needs, plan } = await samplingWorld({ perAgent: 2 });
    await addCalls(['a', 'b', 'c']);
    const weekly = { ...plan, name: 'weekly' };
    await drawAgent({ plan, ...lee }, needs);
    await drawAgent({ plan: weekly, ...lee }, needs);
    expect((await waiting()).map(({ callId }) => callId).toSorted()).toEqual(['a', 'b', 'c']);
  });

  it('ends the same, wherever it breaks off, and is gone on with', async () => {
    const whole = await samplingWorld();
    await whole.addCalls(ids('a', 9), { of: { queue: 'billing' } });
    await whole.addCalls(ids('b', 5), { of: { queue: 'moves' } });
    await drawAgent({ plan: whole.plan, ...lee }, whole.needs);
    const wanted = (await whole.waiting()).map(({ callId }) => callId).toSorted();
    for (let broken = 0; broken < whole.plan.perAgent; broken++) {
      const { addCalls, waiting, plan, needs } = await samplingWorld();
      await addCalls(ids('a', 9), { of: { queue: 'billing' } });
      await addCalls(ids('b', 5), { of: { queue: 'moves' } });
      let writes = 0;
      const write: typeof needs.reviews.write = async (callId, items) => {
        if (writes++ === broken) throw new Error('crash');
        return needs.reviews.write(callId, items);
      };
      const crashing = { ...needs, reviews: { ...needs.reviews, write } };
      await expect(drawAgent({ plan, ...lee }, crashing)).rejects.toThrow('crash');
      await drawAgent({ plan, ...lee }, needs);
      expect((await waiting()).map(({ callId }) => callId).toSorted()).toEqual(wanted);
    }
  });

  it('is drawn once by two workers at a time', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 0, max: 9 }), async (perAgent, count) => {
        const { addCalls, waiting, plan, needs } = await samplingWorld({ perAgent });
        await addCalls(ids('a', count));
        await Promise.all([1, 2, 3].map(() => drawAgent({ plan, ...lee }, needs)));
        expect(await waiting()).toHaveLength(Math.min(perAgent, count));
      }),
      { numRuns: 20 },
    );
  });

  it('goes on with another call where one is deleted while it is drawn', async () => {
    const { addCalls, waiting, plan, needs, calls, time } = await samplingWorld({ perAgent: 2 });
    await addCalls(ids('a', 5));
    let isFirst = true;
    const write: typeof needs.reviews.write = async (callId, items) => {
      if (isFirst) {
        isFirst = false;
        const call = await calls.get(callId);
        if (call) await calls.enter(call, 'deleting', time.now);
      }
      return needs.reviews.write(callId, items);
    };
    const { leftOut } = await drawAgent({ plan, ...lee }, { ...needs, reviews: { ...needs.reviews, write } });
    expect(await waiting()).toHaveLength(2);
    expect(leftOut.gone).toBe(1);
  });
});
