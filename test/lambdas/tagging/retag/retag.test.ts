import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { type Call, callStore, Moment } from '../../../../lambdas/calls/calls.ts';
import { plusMs } from '../../../../lambdas/platform/clock.ts';
import { EVER } from '../../../../lambdas/platform/cursor.ts';
import { RetentionConfig } from '../../../../lambdas/retention/retention.ts';
import { isInSlice, type Retag, type RetagMessage, type RetagSlice } from '../../../../lambdas/tagging/retag/retag.ts';
import { retagCall } from '../../../../lambdas/tagging/retag/retag-call.ts';
import { diffMoments } from '../../../../lambdas/tagging/retag/retag-diff.ts';
import { retagPage } from '../../../../lambdas/tagging/retag/retag-page.ts';
import { retagStore } from '../../../../lambdas/tagging/retag/retag-store.ts';
import { taggers } from '../../../../lambdas/tagging/retag/retag-taggers.ts';
import { beginRetag, cancelRetag, resumeRetag } from '../../../../lambdas/tagging/retag/retags.ts';
import { applyRulebook, Rulebook } from '../../../../lambdas/tagging/tagging.ts';
import type { Transcript } from '../../../../lambdas/transcription/transcription.ts';
import {
  crashAt,
  memoryRecordings,
  memoryTranscripts,
  NOW,
  recordingAt,
  retention,
  says,
  support,
  transcribingCall,
  transcriptOf,
} from '../../builders.ts';
import { memoryDynamodb } from '../../memory-dynamodb.ts';

const rulebookOf = (version: string, ...rules: [tag: string, ...phrases: string[]][]): Rulebook =>
  Rulebook.parse({ version, rules: rules.map(([tag, ...phrases]) => ({ id: tag, tag, phrases })) });

const first = rulebookOf('1', ['alpha', 'one'], ['beta', 'two three', 'four']);
const second = rulebookOf('2', ['beta', 'three'], ['gamma', 'four', 'five'], ['alpha', 'one']);

const later = plusMs(NOW, 86_400_000);

interface Said {
  readonly text: string;
  readonly agentId?: string;
  readonly source?: string;
  readonly startedAt?: string;
}

type Through = <T extends object>(store: T) => T;
const straight: Through = (store) => store;

/** Calls that were tagged by the first rulebook, and a queue whose messages come in any order, some twice. */
async function world(said: Record<string, Said | undefined>, tagged = first, decides = retention) {
  const dynamodb = memoryDynamodb();
  const calls = callStore(dynamodb.client, 'calls');
  const transcripts: Record<string, Transcript> = {};
  for (const [callId, one] of Object.entries(said)) {
    const call = transcribingCall(callId, { recording: recordingAt(`support/${callId}.wav`), ...one });
    await calls.create(call);
    if (!one) {
      await calls.enterTagged(call, [], NOW, { rulebookVersion: tagged.version });
      continue;
    }
    const transcript = transcriptOf(says('AGENT', one.text));
    transcripts[callId] = transcript;
    await calls.enterTagged(call, applyRulebook(transcript, tagged), NOW, { rulebookVersion: tagged.version });
  }
  const recordings = memoryRecordings({});
  const stored = memoryTranscripts({}, transcripts);
  const copyTags = new Map<string, Readonly<Record<string, string>>>();
  const rulebooks = new Map<string, Rulebook>();
  const queue: RetagMessage[] = [];
  let begun = 0;
  const needs = (through: Through = straight, clock = later) => {
    const client = through(dynamodb.client);
    const copies = through({
      tag: async ({ callId }: Call, tags: Readonly<Record<string, string>>) => void copyTags.set(callId, tags),
    });
    const sending = through({ send: async (messages: readonly RetagMessage[]) => void queue.push(...messages) });
    return {
      retags: retagStore(client, 'calls'),
      calls: callStore(client, 'calls'),
      transcripts: through(stored.store),
      recordings: through(recordings.store),
      tagCopies: (call: Call, tags: Readonly<Record<string, string>>) => copies.tag(call, tags),
      ...{ retention: decides, sources: [support] },
      rulebooks: { put: async (rulebook: Rulebook) => void rulebooks.set(rulebook.version, rulebook) },
      deployed: first,
      taggerOf: (retag: Retag) => taggers(async () => rulebooks.get(retag.rulebookVersion) ?? first)(retag),
      send: (messages: readonly RetagMessage[]) => sending.send(messages),
      pageSize: 2,
      clock: () => new Date(clock),
      randomId: () => `${++begun}`,
    };
  };
  const retags = retagStore(dynamodb.client, 'calls');
  const handle = (message: RetagMessage, through?: Through): Promise<unknown> =>
    message.kind === 'page' ? retagPage(message, needs(through)) : retagCall(message, needs(through));

  /**
   * Works the queue off, so many messages at once. `pick` says which message comes next, and whether it comes twice: at the
   * same time, and again later. A message that fails comes again.
   */
  const work = async (
    pick: () => { next: number; twice: boolean } = () => ({ next: 0, twice: false }),
    together = 1,
  ) => {
    for (let handled = 0; queue.length > 0; handled++) {
      if (handled > 10_000) throw new Error('the queue does not end');
      const batch: RetagMessage[] = [];
      while (batch.length < together && queue.length > 0) {
        const { next, twice } = pick();
        const [message] = queue.splice(next % queue.length, 1);
        if (message) batch.push(message, ...(twice ? [message] : []));
        if (message && twice) queue.push(message);
      }
      const handling = batch.map((message) =>
        handle(message).catch((error: Error) => {
          if (error.name !== 'TransactionCanceledException') throw error;
          queue.push(message);
        }),
      );
      await Promise.all(handling);
    }
  };
  const begin = (rulebook: Rulebook, dryRun = false, slice: RetagSlice = {}) =>
    beginRetag({ rulebook, dryRun, slice }, needs());
  const report = async (retagId: string) => retags.progressOf((await retags.get(retagId)) as Retag);
  const callIds = Object.keys(said);
  const momentsOf = async (callId: string) => Moment.array().parse(await calls.momentsOf(callId));
  const seen = async () => ({
    calls: await Promise.all(callIds.map((callId) => calls.get(callId))),
    moments: await Promise.all(callIds.map(momentsOf)),
    objectTags: recordings.tags,
    copyTags,
    history: dynamodb.items('call#').filter((item) => String(item.part).startsWith('tagging#')),
  });
  const changesOf = async (retagId: string, kind: 'gained' | 'lost' | 'moved' | 'skipped', tag?: string) =>
    (await retags.changes(retagId, [kind], tag, { ...EVER, order: 'oldest-first', limit: 100 })).items;
  return {
    ...{ dynamodb, calls, retags, transcripts, recordings, copyTags, queue, needs },
    handle,
    work,
    begin,
    report,
    seen,
    momentsOf,
    changesOf,
    callIds,
  };
}

/** What a retag must find, counted without it. */
function expectedTags(transcripts: Record<string, Transcript>, from: Rulebook, to: Rulebook) {
  const counts = new Map<string, { tag: string; gained: number; lost: number; moved: number; unchanged: number }>();
  for (const transcript of Object.values(transcripts)) {
    for (const { tag, gained, lost, moved, unchanged } of diffMoments(
      applyRulebook(transcript, from),
      applyRulebook(transcript, to),
    )) {
      const sum = counts.get(tag) ?? { tag, gained: 0, lost: 0, moved: 0, unchanged: 0 };
      counts.set(tag, {
        ...{ tag, gained: sum.gained + gained.length, lost: sum.lost + lost.length },
        ...{ moved: sum.moved + moved.length, unchanged: sum.unchanged + unchanged },
      });
    }
  }
  return [...counts.values()].toSorted((a, b) => (a.tag < b.tag ? -1 : 1));
}

const some = {
  a: { text: 'one two three' },
  b: { text: 'four five' },
  c: { text: 'nothing at all' },
  d: { text: 'one one four' },
  e: { text: 'two three two three' },
};

describe('a retag', () => {
  it('gives every call the moments of the next rulebook, and counts what changed', async () => {
    const { transcripts, begin, work, report, momentsOf, calls, changesOf } = await world(some);
    const { retagId } = await begin(second);
    await work();
    expect(await report(retagId)).toEqual({
      ...{ state: 'done', found: 5, allFound: true, settled: 5, changed: 4, skipped: 0 },
      tags: expectedTags(transcripts, first, second),
    });
    for (const [callId, transcript] of Object.entries(transcripts)) {
      expect(await momentsOf(callId)).toEqual(applyRulebook(transcript, second));
    }
    expect(await calls.get('a')).toMatchObject({
      ...{ tags: ['alpha', 'beta'], rulebookVersion: '2', state: 'tagged', stateSince: NOW },
      taggings: [
        { rulebookVersion: '1', at: NOW, tags: ['alpha', 'beta'] },
        { rulebookVersion: '2', at: later, tags: ['alpha', 'beta'] },
      ],
    });
    expect((await changesOf(retagId, 'moved', 'beta')).map((change) => [change.callId, change.moments])).toEqual([
      ['a', 1],
      ['e', 2],
    ]);
    expect(await changesOf(retagId, 'lost', 'beta')).toEqual([
      { kind: 'lost', tag: 'beta', callId: 'b', agentId: 'lee', moments: 1, startMs: 0 },
      { kind: 'lost', tag: 'beta', callId: 'd', agentId: 'lee', moments: 1, startMs: 600 },
    ]);
  });

  it('keeps the moments of each tagging that another one replaced', async () => {
    const { transcripts, begin, work, calls, recordings } = await world(some);
    for (const rulebook of [second, rulebookOf('3', ['delta', 'one'])]) {
      await begin(rulebook);
      await work();
    }
    for (const [callId, transcript] of Object.entries(transcripts)) {
      expect(await calls.formerMoments(callId, 1)).toEqual(applyRulebook(transcript, first));
      expect(await calls.formerMoments(callId, 2)).toEqual(applyRulebook(transcript, second));
    }
    expect((await calls.get('d'))?.taggings.map((tagging) => tagging.tags)).toEqual([
      ['alpha', 'beta'],
      ['alpha', 'gamma'],
      ['delta'],
    ]);
    expect(recordings.tags.get('support/d.wav')).toEqual({
      ...{ 'retention-class': '30-days', 'retention-days': '30' },
      'call-id': 'd',
      tags: 'delta',
    });
  });

  it('done again changes nothing, and says so', async () => {
    const { begin, work, report, seen } = await world(some);
    await begin(second);
    await work();
    const once = await seen();
    const { retagId } = await begin(second);
    await work();
    expect(await seen()).toEqual(once);
    const { changed, tags, state } = await report(retagId);
    expect({ changed, state }).toEqual({ changed: 0, state: 'done' });
    for (const tag of tags) expect(tag).toMatchObject({ gained: 0, lost: 0, moved: 0 });
  });

  it('that is dry tells the same, and changes nothing', async () => {
    const { begin, work, report, seen } = await world(some);
    const before = await seen();
    const dry = await begin(second, true);
    await work();
    expect(await seen()).toEqual(before);
    const wet = await begin(second);
    await work();
    expect((await report(dry.retagId)).tags).toEqual((await report(wet.retagId)).tags);
  });

  it('passes over calls without a transcript, and tells which', async () => {
    const { begin, work, report, changesOf } = await world({ ...some, bare: undefined });
    const { retagId } = await begin(second);
    await work();
    expect(await report(retagId)).toMatchObject({ state: 'done', found: 6, settled: 5, skipped: 1 });
    expect(await changesOf(retagId, 'skipped')).toMatchObject([{ callId: 'bare', reason: 'it has no transcript' }]);
  });

  it('stores nothing that was said beside the calls, and nothing for ever', async () => {
    const { begin, work, dynamodb } = await world({ a: { text: 'one secret' } });
    await begin(rulebookOf('2', ['beta', 'one secret']));
    await work();
    const items = [...dynamodb.items('retag#'), ...dynamodb.items('retags')];
    expect(items.length).toBeGreaterThan(4);
    expect(JSON.stringify(items)).not.toContain('secret');
    for (const item of items) expect(item.ttl).toBe(Date.parse(later) / 1000 + 30 * 86_400);
  });

  it('does not begin where the version is that of another rulebook', async () => {
    const { begin } = await world(some);
    await expect(begin(rulebookOf('1', ['alpha', 'ten']))).rejects.toThrow(
      /rulebook.version: "1" .* change the version/,
    );
    await begin(rulebookOf('2', ['alpha', 'ten']), true);
    await begin(second);
    await expect(begin(rulebookOf('2', ['alpha', 'ten']), true)).rejects.toThrow(/change the version/);
  });
});

describe('how long a call is kept', () => {
  const byTag = (tag: string, retentionClass: string, defaultClass: string) =>
    RetentionConfig.parse({ defaultClass, rules: [{ name: 'by tag', tags: [tag], retentionClass }] });
  const days = (tags: Readonly<Record<string, string>> | undefined) => Number(tags?.['retention-days']);

  it.each([
    ['longer', byTag('gamma', '1-year', '30-days'), 365],
    ['shorter', byTag('beta', '1-year', '30-days'), 30],
  ])('is decided anew by the tags that it has then: %s', async (_how, decides, expected) => {
    const { begin, work, calls, copyTags, recordings } = await world({ b: { text: 'four five' } }, first, decides);
    await begin(rulebookOf('1b', ['beta', 'four']));
    await work();
    await begin(second);
    await work();
    expect(await calls.get('b')).toMatchObject({
      ...{ tags: ['gamma'], dueAt: plusMs('2026-10-14T09:00:00.000Z', expected * 86_400_000) },
      retention: { rule: expected === 365 ? 'by tag' : 'default' },
    });
    expect(days(copyTags.get('b'))).toBe(expected);
    expect(days(recordings.tags.get('support/b.wav'))).toBe(expected);
  });

  it.each([
    ['longer', byTag('gamma', '1-year', '30-days')],
    ['shorter', byTag('beta', '1-year', '30-days')],
  ])('is at no step %s by the tags of an object than by the call', async (_how, decides) => {
    for (const when of ['before', 'after'] as const) {
      for (let step = 1; ; step++) {
        const one = await world({ b: { text: 'four five' } }, first, decides);
        await one.begin(rulebookOf('1b', ['beta', 'four']));
        await one.work();
        await one.begin(second);
        const { crashing, redeliver } = crashAt(step, when);
        let crashed = false;
        for (let message = one.queue.shift(); message && !crashed; message = one.queue.shift()) {
          const delivered = message;
          crashed = await one.handle(delivered, crashing).then(
            () => false,
            () => true,
          );
          const { countedFrom = '', expiresAt = '' } = (await one.calls.get('b'))?.retention ?? {};
          const kept = (Date.parse(expiresAt) - Date.parse(countedFrom)) / 86_400_000;
          expect(days(one.copyTags.get('b')), `a crash ${when} step ${step}`).toBeGreaterThanOrEqual(kept);
          if (crashed) {
            await redeliver(() => one.handle(delivered));
            await one.work();
            const after = (await one.calls.get('b'))?.retention;
            expect(days(one.copyTags.get('b'))).toBe(after?.retentionClass === '1-year' ? 365 : 30);
          }
        }
        if (!crashed) break;
      }
    }
  });
});

describe('a slice', () => {
  const sliced = {
    a: { text: 'four', agentId: 'lee', source: 'support', startedAt: '2026-01-01T00:00:00.000Z' },
    b: { text: 'four', agentId: 'lee', source: 'sales', startedAt: '2026-01-02T00:00:00.000Z' },
    c: { text: 'four', agentId: 'kim', source: 'support', startedAt: '2026-01-03T00:00:00.000Z' },
  };

  it.each<[RetagSlice, string[]]>([
    [{}, ['a', 'b', 'c']],
    [{ agentId: 'lee' }, ['a', 'b']],
    [{ customerId: 'c-1', source: 'support' }, ['a', 'c']],
    [{ customerId: 'nobody' }, []],
    [{ from: '2026-01-02T00:00:00.000Z' }, ['b', 'c']],
    [{ from: '2026-01-01T00:00:00.000Z', to: '2026-01-02T00:00:00.000Z', agentId: 'lee' }, ['a']],
  ])('%j is of the calls %j', async (slice, wanted) => {
    const { begin, work, report, calls } = await world(sliced);
    const { retagId } = await begin(second, false, slice);
    await work();
    expect(await report(retagId)).toMatchObject({ state: 'done', found: wanted.length, settled: wanted.length });
    const done = await Promise.all(Object.keys(sliced).map((callId) => calls.get(callId)));
    expect(done.filter((call) => call?.rulebookVersion === '2').map((call) => call?.callId)).toEqual(wanted);
  });

  it('goes by when a call was received, where its begin is not known', () => {
    const call: Call = transcribingCall('a', { startedAt: undefined });
    expect(isInSlice(call, { from: NOW })).toBe(true);
    expect(isInSlice(call, { to: NOW })).toBe(false);
  });
});

describe('a call with more moments than a transaction holds', () => {
  const many = { big: { text: Array.from({ length: 260 }, () => 'one four').join(' ') }, small: { text: 'four' } };

  it('is replaced whole, with its history, and is not marked any more', async () => {
    const { begin, work, momentsOf, transcripts, calls, report } = await world(many);
    const { retagId } = await begin(second);
    await work();
    const [before, after] = [first, second].map((rulebook) => applyRulebook(transcripts.big as Transcript, rulebook));
    expect(before?.length).toBe(520);
    expect(await momentsOf('big')).toEqual(after);
    expect(await calls.formerMoments('big', 1)).toEqual(before);
    expect((await calls.get('big'))?.replacing).toBeUndefined();
    expect(await report(retagId)).toMatchObject({ state: 'done', settled: 2, changed: 2 });
  });

  it.each([
    ['another rulebook', second, 260],
    ['the rulebook that it has', first, 260],
    // Its transaction would hold all that there is to write; that of the one that was given up did not.
    ['one that finds nothing', rulebookOf('2'), 47],
  ])(
    'is mended by the next retag, by %s, where one was given up in the middle of it',
    async (_which, mending, times) => {
      const many = { big: { text: Array.from({ length: times }, () => 'one four').join(' ') } };
      for (let step = 1; ; step++) {
        const { begin, work, queue, handle, report, momentsOf, transcripts, calls, needs } = await world(many);
        const { retagId } = await begin(rulebookOf('given-up', ['zeta', 'one', 'four']));
        while (queue.some((message) => message.kind === 'page')) {
          const at = queue.findIndex((message) => message.kind === 'page');
          for (const message of queue.splice(at, 1)) await handle(message);
        }
        const { crashing } = crashAt(step, 'before');
        const crashed = await Promise.all(
          queue
            .splice(0)
            .filter((message) => message.kind === 'call' && message.callId === 'big')
            .map((message) =>
              handle(message, crashing).then(
                () => false,
                () => true,
              ),
            ),
        );
        // After its last write, it is done whether or not it crashes.
        if (!crashed[0] || (await report(retagId)).state === 'done') break;
        await cancelRetag(retagId, needs());
        await begin(mending);
        await work();
        expect(await momentsOf('big'), `given up at step ${step}`).toEqual(
          applyRulebook(transcripts.big as Transcript, mending),
        );
        const { taggings, rulebookVersion, replacing } = (await calls.get('big')) ?? {};
        expect({ rulebookVersion, replacing }).toEqual({ rulebookVersion: mending.version });
        // The one that was given up before it touched the call needs no mending.
        if (taggings?.length === 2)
          expect(await calls.formerMoments('big', 1)).toEqual(applyRulebook(transcripts.big as Transcript, first));
      }
    },
  );
});

describe.each(['before', 'after'] as const)('a crash %s any step', (when) => {
  it.each([
    ['of a few calls', { a: some.a, b: some.b, bare: undefined }],
    ['of a call with many moments', { big: { text: Array.from({ length: 70 }, () => 'one four').join(' ') } }],
  ])('%s ends as if there had been none', async (_what, said) => {
    const unbroken = await world(said);
    const { retagId } = await unbroken.begin(second);
    await unbroken.work();
    for (let step = 1; ; step++) {
      const broken = await world(said);
      await broken.begin(second);
      const { crashing, redeliver } = crashAt(step, when);
      let crashed = false;
      while (broken.queue.length > 0) {
        const [message] = broken.queue.splice(0, 1);
        if (message) crashed = (await redeliver(() => broken.handle(message, crashing))) || crashed;
      }
      expect(await broken.seen(), `a crash at step ${step}`).toEqual(await unbroken.seen());
      expect(await broken.report(retagId), `a crash at step ${step}`).toEqual(await unbroken.report(retagId));
      if (!crashed) {
        expect(step).toBeGreaterThan(10);
        break;
      }
    }
  });
});

const word = fc.constantFrom('one', 'two', 'three', 'four', 'five', 'six');
const text = fc.array(word, { minLength: 1, maxLength: 12 }).map((words) => words.join(' '));
const rules = fc.uniqueArray(fc.tuple(fc.constantFrom('alpha', 'beta', 'gamma', 'delta'), word), {
  selector: ([tag]) => tag,
  maxLength: 4,
});

test('whatever the rulebooks, and however messages are delivered, every call ends with the moments of the next one', async () => {
  await fc.assert(
    fc.asyncProperty(
      ...[
        fc.array(text, { minLength: 1, maxLength: 6 }),
        rules,
        rules,
        fc.infiniteStream(fc.nat(1000)),
        fc.boolean(),
        fc.nat(5),
      ],
      async (texts, former, next, choices, dryRun, others) => {
        const [from, to] = [rulebookOf('1', ...former), rulebookOf('next', ...next)];
        const said = Object.fromEntries(texts.map((one, i) => [`call${i}`, { text: one }]));
        const { transcripts, begin, work, report, momentsOf, callIds } = await world(said, from);
        const { retagId } = await begin(to, dryRun);
        await work(() => {
          const choice = choices.next().value ?? 0;
          return { next: choice, twice: choice % 3 === 0 };
        }, 1 + others);
        const { tags, ...progress } = await report(retagId);
        expect(tags).toEqual(expectedTags(transcripts, from, to));
        expect(progress).toMatchObject({ state: 'done', found: texts.length, settled: texts.length });
        for (const callId of callIds) {
          const wanted = applyRulebook(transcripts[callId] as Transcript, dryRun ? from : to);
          expect(await momentsOf(callId)).toEqual(wanted);
        }
      },
    ),
    { numRuns: 60 },
  );
});

describe('a retag that broke off', () => {
  const lose = (queue: RetagMessage[], kind: RetagMessage['kind'], count: number) => {
    for (let lost = 0; lost < count; lost++) {
      const at = queue.findIndex((message) => message.kind === kind);
      if (at >= 0) queue.splice(at, 1);
    }
  };

  it.each([
    ['pages', 'page'],
    ['calls', 'call'],
  ] as const)(
    'because messages of %s were lost is resumed to its end, and counts each call once',
    async (_what, kind) => {
      const { begin, work, queue, handle, report, needs, momentsOf, transcripts, retags, dynamodb } = await world(some);
      const { retagId } = await begin(second);
      const [message] = queue.splice(0, 1);
      if (message) await handle(message);
      lose(queue, kind, 2);
      await work();
      expect(await report(retagId)).toMatchObject({ state: 'running' });
      await resumeRetag(retagId, needs());
      const found: RetagMessage[] = [];
      for (let next = queue.shift(); next; next = queue.shift()) {
        if (next.kind === 'page') await handle(next);
        else found.push(next);
      }
      await Promise.all([...found, ...found].map((one) => handle(one)));
      expect(await report(retagId)).toMatchObject({
        ...{ state: 'done', found: 5, settled: 5, changed: 4 },
        tags: expectedTags(transcripts, first, second),
      });
      expect(await momentsOf('d')).toEqual(applyRulebook(transcripts.d as Transcript, second));
      const pass = (await retags.get(retagId))?.pass;
      const taken = dynamodb.items('retag#').map((item) => Number(item[`taken#${pass}`] ?? 0));
      expect(
        taken.reduce((sum, count) => sum + count, 0),
        'messages counted',
      ).toBe(5);
    },
  );

  it('because it was cancelled drops what is left, and can be resumed', async () => {
    const { begin, work, queue, handle, report, needs, transcripts, seen } = await world(some);
    const { retagId } = await begin(second);
    for (const message of queue.splice(0, 2)) await handle(message);
    await cancelRetag(retagId, needs());
    const before = await seen();
    await work();
    expect(await seen()).toEqual(before);
    expect((await report(retagId)).state).toBe('cancelled');
    await resumeRetag(retagId, needs());
    await work();
    expect(await report(retagId)).toMatchObject({
      ...{ state: 'done', found: 5, settled: 5 },
      tags: expectedTags(transcripts, first, second),
    });
    await expect(cancelRetag(retagId, needs())).rejects.toThrow(/is done/);
    await expect(resumeRetag(retagId, needs())).rejects.toThrow(/is done/);
  });

  it('that there is not is told', async () => {
    const { needs } = await world({});
    await expect(resumeRetag('none', needs())).rejects.toThrow('there is no retag none');
  });
});

test('retags at once: each call has the moments of the last of them, whole, and the history of all', async () => {
  const rulebooks = [
    rulebookOf('2', ['zeta', 'six']),
    rulebookOf('3', ['delta', 'one', 'four']),
    // Rarely does one find nothing: but then its transaction is small, while another's are many.
    rulebookOf('4'),
  ];
  const repeated = (text: string, times: number) => ({ text: Array.from({ length: times }, () => text).join(' ') });
  const said = { ...some, mid: repeated('one six', 60), big: repeated('one six four five', 60) };
  await fc.assert(
    fc.asyncProperty(fc.infiniteStream(fc.nat(1000)), async (choices) => {
      const { begin, work, momentsOf, transcripts, calls, callIds } = await world(said);
      for (const rulebook of rulebooks) await begin(rulebook);
      await work(() => ({ next: choices.next().value ?? 0, twice: false }), 8);
      for (const callId of callIds) {
        const { taggings = [], rulebookVersion, replacing } = (await calls.get(callId)) ?? {};
        const last = rulebooks.find((rulebook) => rulebook.version === rulebookVersion) ?? first;
        expect(await momentsOf(callId)).toEqual(applyRulebook(transcripts[callId] as Transcript, last));
        expect(taggings.map((tagging) => tagging.rulebookVersion).toSorted()).toEqual(['1', '2', '3', '4']);
        expect(replacing).toBeUndefined();
        for (const [i, { rulebookVersion: version }] of taggings.slice(0, -1).entries()) {
          const former = [first, ...rulebooks].find((rulebook) => rulebook.version === version) ?? first;
          const moments = applyRulebook(transcripts[callId] as Transcript, former);
          expect(await calls.formerMoments(callId, i + 1)).toEqual(moments);
        }
      }
    }),
    { numRuns: 15 },
  );
});

/** Lets what goes through it go on by so many steps at a time: each call of a store's method is one. */
function stepper() {
  let granted = 0;
  const waiting: (() => void)[] = [];
  const through: Through = (store) =>
    new Proxy(store, {
      get(of, name) {
        const method: unknown = Reflect.get(of, name);
        if (typeof method !== 'function') return method;
        return async (...asked: unknown[]) => {
          if (granted > 0) granted--;
          else await new Promise<void>((go) => waiting.push(go));
          return Reflect.apply(method, of, asked);
        };
      },
    });
  /** Grants steps, and waits until they are done. Nothing in a test takes longer than the present turn of the event loop. */
  const step = async (steps: number): Promise<void> => {
    for (let i = 0; i < steps; i++) {
      const go = waiting.shift();
      if (go) go();
      else granted++;
    }
    await new Promise((done) => setImmediate(done));
    // A step that nobody is waiting for is not saved up: the next pause would come late.
    if (waiting.length > 0) granted = 0;
  };
  return { through, step };
}

test.each([
  ['many', rulebookOf('2', ['delta', 'one'])],
  ['no', rulebookOf('2')],
])(
  'a call that two retags replace at once, one of which is given up, has the moments of one: of %s',
  async (_which, other) => {
    const text = Array.from({ length: 60 }, () => 'one six').join(' ');
    const given = rulebookOf('given-up', ['zeta', 'six']);
    let steps = 0;
    const run = async (before: number, meanwhile: number, then: number) => {
      const { begin, queue, handle, momentsOf, transcripts, calls, needs } = await world({ call: { text } });
      const { retagId } = await begin(given);
      await begin(other);
      const messages: RetagMessage[] = [];
      for (let message = queue.shift(); message; message = queue.shift()) {
        if (message.kind === 'page') await handle(message);
        else messages.push(message);
      }
      const [one, two] = messages.toSorted((a, b) => (a.retagId === retagId ? -1 : b.retagId === retagId ? 1 : 0));
      if (!one || !two) throw new Error('the call is not found twice');
      const [a, b] = [stepper(), stepper()];
      let ended = false;
      const first = handle(one, a.through).finally(() => {
        ended = true;
      });
      first.catch(() => {});
      await a.step(before);
      const reached = !ended;
      const second = handle(two, b.through);
      await b.step(meanwhile);
      await a.step(then);
      await cancelRetag(retagId, needs()).catch(() => {});
      await b.step(10_000);
      await second;
      await a.step(10_000);
      await first;
      steps++;
      const { rulebookVersion, replacing } = (await calls.get('call')) ?? {};
      const last = rulebookVersion === '2' ? other : given;
      const where = `${before} steps, then ${meanwhile} of the other, then ${then}`;
      expect(replacing, where).toBeUndefined();
      expect(await momentsOf('call'), where).toEqual(applyRulebook(transcripts.call as Transcript, last));
      return reached;
    };
    for (let before = 1; before < 20; before++) {
      for (let meanwhile = 0; meanwhile < 14; meanwhile++) {
        for (const then of [1, 3]) {
          if (!(await run(before, meanwhile, then))) return expect(steps).toBeGreaterThan(160);
        }
      }
    }
    throw new Error('it has more steps than were tried');
  },
);
