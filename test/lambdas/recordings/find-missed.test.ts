import { describe, expect, it } from 'vitest';
import { callIdOf, type Recording } from '../../../lambdas/calls/calls.ts';
import { findMissed, type Stretch } from '../../../lambdas/recordings/find-missed.ts';
import { findOverdue } from '../../../lambdas/recordings/find-overdue.ts';
import type { ObjectKind } from '../../../lambdas/recordings/objects.ts';
import { NOW, transcribingCall } from '../builders.ts';

const from = '2026-10-10T00:00:00.000Z';
const to = '2026-10-14T11:45:00.000Z';

/** A bucket of versions by key and time of upload, listed in pages of three. */
function bucketOf(uploads: Record<string, string>, known: string[], tags: Record<string, Record<string, string>> = {}) {
  const version = (key: string): Recording => ({ bucket: 'recordings', key, versionId: 'v1' });
  const keys = Object.keys(uploads).toSorted();
  const received: string[] = [];
  const expired: string[] = [];
  const queue: Stretch[] = [{ prefix: '', from, to }];
  const needs = {
    bucket: 'recordings',
    recordings: {
      listVersions: async (_: string, { prefix, keyMarker = '' }: { prefix: string; keyMarker?: string }) => {
        const below = keys.filter((key) => key.startsWith(prefix));
        const here = below.filter((key) => !key.slice(prefix.length).includes('/') && key > keyMarker);
        const folders = keyMarker ? [] : below.flatMap((key) => /^[^/]*\//.exec(key.slice(prefix.length))?.[0] ?? []);
        const page = here.slice(0, 3);
        return {
          versions: page.map((key) => ({ recording: version(key), uploadedAt: uploads[key] ?? '', current: true })),
          folders: [...new Set(folders)].map((folder) => prefix + folder),
          next: here.length > 3 ? { keyMarker: page.at(-1) } : undefined,
        };
      },
      tagsOf: async ({ key }: Recording) => (key in uploads ? (tags[key] ?? {}) : undefined),
    },
    calls: {
      existing: async (ids: readonly string[]) =>
        new Set(ids.filter((id) => known.some((key) => callIdOf(version(key)) === id))),
    },
    receive: async (recordings: Recording[]) => void received.push(...recordings.map(({ key }) => key)),
    lookThrough: async (stretches: Stretch[]) => void queue.push(...stretches),
    kindOf: (key: string): ObjectKind =>
      key.endsWith('.csv') ? 'manifest' : key.endsWith('.json') ? 'sidecar' : 'audio',
    expireManifests: async (manifests: Recording[]) => void expired.push(...manifests.map(({ key }) => key)),
  };
  return { needs, queue, received, expired };
}

describe('recordings whose event never came', () => {
  it('are found in every folder and on every page, once each, and those that have a call are left alone', async () => {
    const keys = ['a.wav', 'b.wav', 'c.wav', 'd.wav', 'e.wav', 's/1.wav', 's/2/3.wav', 's/2/4.wav', 't/5.wav'];
    const uploads = Object.fromEntries(keys.map((key) => [key, '2026-10-12T08:00:00.000Z']));
    const { needs, queue, received } = bucketOf(uploads, ['b.wav', 's/2/3.wav']);
    let missed = 0;
    for (let stretch = queue.shift(); stretch; stretch = queue.shift()) missed += await findMissed(stretch, needs);
    expect(received.toSorted()).toEqual(['a.wav', 'c.wav', 'd.wav', 'e.wav', 's/1.wav', 's/2/4.wav', 't/5.wav']);
    expect(missed).toBe(7);
  });

  it('are looked for only among what was uploaded in the period', async () => {
    const { needs, queue, received } = bucketOf(
      {
        'old.wav': '2026-10-09T23:59:59.999Z',
        'first.wav': from,
        'last.wav': '2026-10-14T11:44:59.999Z',
        'young.wav': to,
      },
      [],
    );
    for (let stretch = queue.shift(); stretch; stretch = queue.shift()) await findMissed(stretch, needs);
    expect(received.toSorted()).toEqual(['first.wav', 'last.wav']);
  });
});

describe('manifests', () => {
  it('are sent to be deleted when 30 days are over, wherever they are, and nothing else is', async () => {
    const uploads = {
      's/old.csv': '2026-09-14T11:44:59.999Z',
      's/young.csv': '2026-09-14T11:45:00.000Z',
      's/2/older.csv': '2025-01-01T00:00:00.000Z',
      's/2/recording.wav': '2025-01-01T00:00:00.000Z',
    };
    const { needs, queue, expired } = bucketOf(uploads, []);
    for (let stretch = queue.shift(); stretch; stretch = queue.shift()) await findMissed(stretch, needs);
    expect(expired.toSorted()).toEqual(['s/2/older.csv', 's/old.csv']);
  });
});

describe('sidecars and manifests, which have no call', () => {
  const uploads = Object.fromEntries(
    ['a.wav', 'done.json', 'held.json', 'lost.json', 'done.csv', 'lost.csv'].map((key) => [key, from]),
  );
  const tags = {
    'done.json': { 'retention-class': '30-days', 'retention-days': '30' },
    'held.json': { 'legal-hold': 'on' },
    'done.csv': { 'retention-class': '30-days' },
    'lost.csv': { 'somebody-else': 'x' },
  };

  it('are received again only where their event was lost, and never count as missed', async () => {
    const { needs, queue, received } = bucketOf(uploads, ['a.wav'], tags);
    let missed = 0;
    for (let stretch = queue.shift(); stretch; stretch = queue.shift()) missed += await findMissed(stretch, needs);
    expect(received.toSorted()).toEqual(['lost.csv', 'lost.json']);
    expect(missed).toBe(0);
  });
});

describe('findOverdue', () => {
  it('sends every call of every passing state, page after page, with the time for which it is overdue', async () => {
    const pages: Record<string, string[][]> = {
      received: [['a']],
      queued: [[]],
      transcribing: [['b', 'c'], ['d']],
      deleting: [['e']],
    };
    const calls = {
      async *overdue(state: string) {
        for (const page of pages[state] ?? []) yield page.map((id) => transcribingCall(id));
      },
    };
    const sent: unknown[] = [];
    const deletions: unknown[] = [];
    const found = await findOverdue(NOW, calls, {
      reconcile: async (messages) => void sent.push(...messages),
      expire: async (messages) => void deletions.push(...messages),
    });
    expect(found).toBe(5);
    expect(deletions).toEqual([{ kind: 'call', callId: 'e', reason: 'expired' }]);
    expect(sent).toEqual(['a', 'b', 'c', 'd'].map((callId) => ({ callId, asOf: NOW })));
  });
});
