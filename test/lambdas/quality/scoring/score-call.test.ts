import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Call, callStore, type Moment } from '../../../../lambdas/calls/calls.ts';
import { EVENT_SOURCE, eventsOfChange } from '../../../../lambdas/events/events.ts';
import { rosterStore } from '../../../../lambdas/quality/roster-store.ts';
import { agentScoreStore } from '../../../../lambdas/quality/scoring/agent-score-store.ts';
import { callScoreStore } from '../../../../lambdas/quality/scoring/call-score.ts';
import { rescoreMessages, rescorePage, ScoreMessage } from '../../../../lambdas/quality/scoring/rescore.ts';
import { isForCall, scoreCall } from '../../../../lambdas/quality/scoring/score-call.ts';
import { Scorecard } from '../../../../lambdas/quality/scoring/scorecard.ts';
import { scorecardStore } from '../../../../lambdas/quality/scoring/scorecard-store.ts';
import type { Transcript } from '../../../../lambdas/transcription/transcription.ts';
import { crashAt, memoryTranscripts, NOW, says, transcribingCall, transcriptOf } from '../../builders.ts';
import { memoryDynamodb } from '../../memory-dynamodb.ts';
import { scorecard } from '../world.ts';

const moment = (tag: string, startMs = 1000): Moment => ({
  ...{ tag, startMs, endMs: startMs + 500, speaker: 'AGENT', quote: 'this call is recorded' },
  ...{ ruleId: tag, rulebookVersion: '1' },
});

const DISCLOSED = [moment('recording-disclosure')];

interface Given {
  readonly calls?: readonly Call[];
  readonly moments?: readonly Moment[];
  readonly transcripts?: Record<string, Transcript>;
  readonly scorecards?: readonly Scorecard[];
}

async function scoring({
  calls: given = [transcribingCall('a')],
  moments = DISCLOSED,
  transcripts = {},
  scorecards = [scorecard],
}: Given = {}) {
  const table = memoryDynamodb();
  const calls = callStore(table.client, 't');
  for (const call of given) {
    await calls.create(call);
    await calls.enterTagged(call, moments, NOW, { rulebookVersion: '1' });
  }
  let times = 0;
  const needs = {
    ...{ dynamodb: table.client, tableName: 't', scorecards, calls },
    transcripts: memoryTranscripts({}, transcripts).store,
    callScores: callScoreStore(table.client, 't'),
    agentScores: agentScoreStore(table.client, 't', 1827),
    roster: rosterStore(table.client, 't'),
    register: scorecardStore(table.client, 't').register,
    clock: () => new Date(Date.parse(NOW) + 1000 * ++times),
    wait: async () => {},
  };
  let taggings = 1;
  const retag = async (callId: string, found: readonly Moment[]) => {
    const call = await calls.get(callId);
    if (!call) throw new Error('there is no such call');
    const replacement = {
      moments: found,
      rulebookVersion: `${++taggings}`,
      now: NOW,
      by: 'r',
      retention: call.retention,
    };
    if (!replacement.retention) throw new Error('it has no retention');
    const { retention } = replacement;
    await calls.replaceMoments(call, await calls.momentsToReplace(call), { ...replacement, retention });
  };
  const month = async () => (await needs.agentScores.months('lee', scorecards[0]?.name ?? '', '2026-10', '2026-10'))[0];
  const stored = async (callId = 'a') => {
    const score = await needs.callScores.get(callId, scorecards[0]?.name ?? '');
    const row =
      score && (await needs.agentScores.get(score.agentId, { ...score, by: 'automatic', reviewId: undefined }));
    return { score, row, month: await month() };
  };
  return { table, calls, needs, retag, stored, month, score: (callId = 'a') => scoreCall(callId, needs) };
}

describe('a tagged call', () => {
  it('is scored by itself, and says where each point comes from', async () => {
    const sentiment = { overall: -2.5, byQuarter: [] };
    const said = transcriptOf(says('CUSTOMER', 'my bill is wrong', 60_000));
    const { score, stored, needs, table } = await scoring({
      transcripts: { a: { ...said, speakers: [{ speaker: 'CUSTOMER', label: 'ch_1', talkTimeMs: 1200, sentiment }] } },
    });
    expect(await score()).toEqual({ callId: 'a', outcome: 'scored', scorecards: ['service'] });
    const { score: found, row, month } = await stored();
    expect(found).toMatchObject({
      ...{ scorecardVersion: '1', tagging: 1, rulebookVersion: '1', score: { percent: 100, passed: true } },
      answers: {
        disclosure: {
          ...{ answer: 'yes', because: 'the tag recording-disclosure' },
          moments: [{ startMs: 1000, endMs: 1500, tag: 'recording-disclosure' }],
        },
      },
    });
    expect(row).toMatchObject({
      ...{ agentId: 'lee', by: 'automatic', percent: 100, shares: { disclosure: 1 } },
      facts: { durationMs: 90_000, source: 'support', tags: ['recording-disclosure'], customerSentiment: -2.5 },
    });
    expect(month).toMatchObject({ scored: 1, percent: { n: 1, sum: 100 } });
    expect(await needs.roster.get('lee')).toMatchObject({ agentId: 'lee', version: 1 });
    // Nothing that outlives the call holds a word of it.
    expect(JSON.stringify(table.items('agent#'))).not.toContain('recorded');
  });

  it('is not there where it is gone, not tagged, or being tagged anew; nor is it scored without an agent', async () => {
    const { agentId: _, ...agentless } = transcribingCall('b');
    const { score, calls } = await scoring({ calls: [transcribingCall('a'), agentless] });
    expect((await score('b')).outcome).toBe('no-agent');
    expect((await score('nowhere')).outcome).toBe('not-there');
    await calls.create(transcribingCall('c'));
    expect((await score('c')).outcome).toBe('not-there');
  });

  it('is scored once, however often it is told', async () => {
    const { score, stored } = await scoring();
    await score();
    const first = await stored();
    expect(await score()).toEqual({ callId: 'a', outcome: 'as-before', scorecards: [] });
    expect(await stored()).toEqual(first);
  });

  it('is scored anew when it is tagged anew, and its agent’s month with it', async () => {
    const { score, stored, retag } = await scoring();
    await score();
    await retag('a', [moment('hold')]);
    await score();
    const { score: found, row, month } = await stored();
    expect(found).toMatchObject({ tagging: 2, score: { percent: 0, failedBy: ['disclosure'] } });
    expect(row).toMatchObject({ percent: 0, failedBy: ['disclosure'] });
    expect(month).toMatchObject({ scored: 1, failed: 1, passed: 0, percent: { n: 1, sum: 0 } });
  });

  it('loses a score that is not for it any more', async () => {
    const complaints = Scorecard.parse({ ...scorecard, calls: { tags: ['complaint'] } });
    const { score, stored, retag } = await scoring({
      ...{ moments: [...DISCLOSED, moment('complaint')], scorecards: [complaints] },
    });
    await score();
    expect((await stored()).month).toMatchObject({ scored: 1 });
    await retag('a', DISCLOSED);
    expect(await score()).toMatchObject({ outcome: 'scored' });
    expect(await stored()).toEqual({ score: undefined, row: undefined, month: undefined });
    await retag('a', [...DISCLOSED, moment('complaint')]);
    await score();
    expect((await stored()).month).toMatchObject({ scored: 1 });
  });

  it('goes by what is registered under a version, also where the config has changed without it', async () => {
    const { needs, stored } = await scoring();
    await needs.register(scorecard);
    const other = Scorecard.parse({ ...scorecard, passPercent: 10, sections: scorecard.sections.slice(1) });
    await scoreCall('a', { ...needs, scorecards: [other] });
    expect((await stored()).score?.score).toMatchObject({ percent: 100 });
    await scoreCall('a', { ...needs, scorecards: [{ ...other, version: '2' }] });
    const { score, month } = await stored();
    expect(score).toMatchObject({ scorecardVersion: '2' });
    expect(score?.score).not.toHaveProperty('percent');
    expect(month).toMatchObject({ scorecardVersion: '2', scored: 1, percent: { n: 0, sum: 0 } });
  });

  it('is taken up by those scorecards alone that are for it', () => {
    const call = { source: 'support', queue: undefined, direction: 'inbound' as const, tags: ['refund'] };
    expect(isForCall({ calls: {} }, call)).toBe(true);
    expect(
      isForCall({ calls: { sources: ['support'], directions: ['inbound'], tags: ['hold', 'refund'] } }, call),
    ).toBe(true);
    expect(isForCall({ calls: { queues: ['billing'] } }, call)).toBe(false);
    expect(isForCall({ calls: { tags: ['hold'] } }, call)).toBe(false);
  });
});

describe('scores and months', () => {
  it('are right wherever a worker crashes', async () => {
    for (const when of ['before', 'after'] as const) {
      for (let nth = 1; ; nth++) {
        const { needs, retag, stored } = await scoring();
        await scoreCall('a', needs);
        await retag('a', [moment('hold')]);
        const { crashing, redeliver } = crashAt(nth, when);
        const crashed = await redeliver(() => scoreCall('a', { ...needs, dynamodb: crashing(needs.dynamodb) }));
        expect((await stored()).month).toMatchObject({ scored: 1, failed: 1 });
        if (!crashed) break;
      }
    }
  });

  it('are right where a call is tagged anew while it is scored', async () => {
    const { needs, retag, stored } = await scoring();
    let once = true;
    const get: typeof needs.callScores.get = async (...asked) => {
      if (once) await retag('a', [moment('hold')]);
      once = false;
      return needs.callScores.get(...asked);
    };
    await scoreCall('a', { ...needs, callScores: { ...needs.callScores, get } });
    const { score, month } = await stored();
    expect(score).toMatchObject({ tagging: 2 });
    expect(month).toMatchObject({ scored: 1, failed: 1 });
  });

  it('are right where two workers score a call at once', async () => {
    const { needs, stored } = await scoring();
    const outcomes = await Promise.all([scoreCall('a', needs), scoreCall('a', needs), scoreCall('a', needs)]);
    expect(outcomes.map(({ outcome }) => outcome).toSorted()).toEqual(['as-before', 'as-before', 'scored']);
    expect((await stored()).month).toMatchObject({ scored: 1 });
  });

  it('come to a plain recount, whatever comes twice, late, out of order or at once', async () => {
    const step = fc.oneof(
      fc.record({ what: fc.constant('retag' as const), callId: fc.constantFrom('a', 'b'), disclosed: fc.boolean() }),
      fc.record({
        what: fc.constant('score' as const),
        callIds: fc.array(fc.constantFrom('a', 'b'), { minLength: 1, maxLength: 3 }),
      }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        const { needs, retag, month, score } = await scoring({ calls: [transcribingCall('a'), transcribingCall('b')] });
        for (const one of steps) {
          if (one.what === 'retag') await retag(one.callId, [moment(one.disclosed ? 'recording-disclosure' : 'hold')]);
          else await Promise.all(one.callIds.map(score));
        }
        await Promise.all(['a', 'b'].map(score));
        const calls = await Promise.all(['a', 'b'].map(needs.calls.get));
        const disclosed = calls.filter((call) => call?.tags.includes('recording-disclosure')).length;
        expect(await month()).toMatchObject({
          ...{ scored: 2, passed: disclosed, failed: 2 - disclosed },
          ...{ percent: { n: 2, sum: 100 * disclosed }, criteria: { disclosure: { n: 2, sum: disclosed } } },
        });
      }),
      { numRuns: 40 },
    );
  });

  it('do not come back once the call is being deleted', async () => {
    const { needs, calls, table } = await scoring();
    const call = await calls.get('a');
    if (!call) throw new Error('there is no such call');
    const get: typeof needs.callScores.get = async (...asked) => {
      const deletion = { reason: 'expired', rule: 'x', requestedAt: NOW, dueOnly: false } as const;
      await calls.enterDeleting(call, deletion, NOW);
      return needs.callScores.get(...asked);
    };
    const outcome = await scoreCall('a', { ...needs, callScores: { ...needs.callScores, get } });
    expect(outcome).toEqual({ callId: 'a', outcome: 'not-there' });
    expect(table.items('call#a').some(({ part }) => String(part).startsWith('score#'))).toBe(false);
    expect((await needs.agentScores.months('lee', 'service', '2026-01', '2026-12')).length).toBe(0);
  });
});

describe('what comes to the worker', () => {
  it('is an event of a call that was tagged, or tagged anew, or a message of its own; and nothing else', () => {
    const before = transcribingCall('a');
    const tagged = { ...before, state: 'tagged', taggings: [{ rulebookVersion: '1', at: NOW, tags: [] }] };
    const anew = { ...tagged, rulebookVersion: '2', taggings: [...tagged.taggings, ...tagged.taggings] };
    const delivered = [...eventsOfChange(before, tagged), ...eventsOfChange(tagged, anew)].map(({ type, detail }) => ({
      ...{ version: '0', source: EVENT_SOURCE, 'detail-type': type, time: NOW, detail },
    }));
    expect(delivered.map((event) => [event['detail-type'], ScoreMessage.safeParse(event).success])).toEqual([
      ['Call Transcribed', false],
      ['Call Tagged', true],
      ['Call Retagged', true],
    ]);
    expect(ScoreMessage.safeParse({ kind: 'call', callId: 'a' }).success).toBe(true);
  });
});

describe('a rescore', () => {
  it('pages all tagged calls of agents that began in a period through the queue', async () => {
    const { agentId: _, ...agentless } = transcribingCall('no-agent');
    const { startedAt: __, ...timeless } = transcribingCall('timeless');
    const ids = Array.from({ length: 12 }, (_one, i) => `c${i}`);
    const { calls } = await scoring({
      calls: [
        ...ids.map((id) => transcribingCall(id)),
        ...[agentless, timeless, transcribingCall('late', { startedAt: '2026-10-15T00:00:00.000Z' })],
      ],
    });
    const queue: unknown[] = [...rescoreMessages('2026-10-14T00:00:00.000Z', '2026-10-15T00:00:00.000Z')];
    const found: string[] = [];
    for (let message = queue.shift(); message; message = queue.shift()) {
      const parsed = ScoreMessage.parse(JSON.parse(JSON.stringify(message)));
      if (!('kind' in parsed)) throw new Error('it is an event');
      if (parsed.kind === 'call') found.push(parsed.callId);
      else await rescorePage(parsed, { calls, send: async (some) => void queue.push(...some), pageSize: 2 });
    }
    expect(found.toSorted()).toEqual([...ids, 'timeless'].toSorted());
  });
});
