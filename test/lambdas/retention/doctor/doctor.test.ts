import { describe, expect, test } from 'vitest';
import { type Call, callIdOf } from '../../../../lambdas/calls/calls.ts';
import { createHttpApp } from '../../../../lambdas/platform/http.ts';
import type { ListedVersion } from '../../../../lambdas/platform/object-versions.ts';
import { callIdOfObject } from '../../../../lambdas/retention/doctor/call-of-object.ts';
import {
  type DoctorNeeds,
  type DoctorPosition,
  type DoctorScope,
  examinePage,
} from '../../../../lambdas/retention/doctor/doctor.ts';
import { type DoctorPage, doctorRoutes } from '../../../../lambdas/retention/doctor/doctor-api.ts';
import type { CopyStore } from '../../../../lambdas/retention/expiry/copies.ts';
import { NOW, support, transcribingCall } from '../../builders.ts';
import { testEdge } from '../../http-edge.ts';

const buckets = { recordings: 'r', transcripts: 't' };
const sidecars = { ...support, name: 'sidecars', metadata: [{ from: 'sidecar', fields: {}, suffix: '.json' }] };
const YESTERDAY = '2026-10-12T12:00:00.000Z';

const object = (bucket: string, key: string, uploadedAt = YESTERDAY, deleteMarker = false): ListedVersion => ({
  ...{ bucket, key, versionId: 'v1', deleteMarker, uploadedAt },
});
const recordingOf = (call: Call) => object('r', call.recording.key);
const call = (name: string, changes: Partial<Call> = {}): Call => {
  const recording = { bucket: 'r', key: `support/${name}.wav`, versionId: 'v1' };
  return transcribingCall(callIdOf(recording), { recording, state: 'tagged', ...changes });
};

/** A deployment with these calls and objects, whose lists have pages of two. */
function deployment(calls: readonly Call[], objects: readonly ListedVersion[]): DoctorNeeds {
  const store = (name: string, keyOf: (one: Call) => string): CopyStore => ({
    name,
    where: { bucket: 'transcripts', prefix: '' },
    find: async (one) =>
      objects.filter((o) => o.key === keyOf(one)).map((o) => ({ of: 'object' as const, kind: name, ...o })),
    remove: async () => ({ outcome: 'removed' }),
  });
  return {
    buckets,
    versions: {
      async page(bucket, _prefix, after) {
        const all = objects.filter((one) => one.bucket === bucket);
        const from = after ? all.findIndex((one) => one.key === after.keyMarker) + 1 : 0;
        const versions = all.slice(from, from + 2);
        const last = versions.at(-1);
        return { versions, next: last && from + 2 < all.length ? { keyMarker: last.key } : undefined };
      },
    },
    calls: {
      existing: async (ids) => new Set(ids.filter((id) => calls.some((one) => one.callId === id))),
      async callsOf({ partition }, _limit, after) {
        const [state, shard] = partition.split('#');
        const own = shard === '0' ? calls.filter((one) => one.state === state) : [];
        const from = after ? own.findIndex((one) => one.callId === after.subject) + 1 : 0;
        const page = own.slice(from, from + 2);
        const last = page.at(-1);
        return {
          calls: page,
          next: last && from + 2 < own.length ? { subject: last.callId, part: 'call' } : undefined,
        };
      },
    },
    stores: [
      store('recording', (one) => one.recording.key),
      store('transcript', (one) => `transcripts/${one.callId}.json`),
    ],
    callIdOfObject: callIdOfObject({ sources: [support, sidecars as never], jobNamePrefix: 'Verbatim.' }),
    now: NOW,
  };
}

/** Everything that is found in a scope, page after page. */
async function findings(scope: DoctorScope, needs: DoctorNeeds) {
  const found = [];
  let examined = 0;
  let position: DoctorPosition | undefined;
  do {
    const page = await examinePage(scope, position, needs);
    found.push(...page.findings);
    examined += page.examined;
    position = page.next;
  } while (position);
  return { examined, found: found.map(({ kind, callId, key }) => [kind, callId ?? key]) };
}

const whole = [call('a'), call('b'), call('c'), call('d', { state: 'rejected' })];
const theirs = whole.flatMap((one) => [
  recordingOf(one),
  ...(one.state === 'tagged'
    ? [
        object('t', `transcripts/${one.callId}.json`),
        object('t', `redacted-audio/${one.callId}.wav`),
        object('t', `clips/calls/${one.callId}/clip1-0-1000.wav`),
        object('t', `transcribe-output/redacted-analytics/Verbatim.${one.callId}.wav`),
        object('t', `transcribe-output/redacted-Verbatim.${one.callId}-2.json`),
      ]
    : []),
]);

test('a deployment in order has no findings, however many pages it takes', async () => {
  const beside = [
    ...[object('t', 'rulebooks/abc.json'), object('t', 'clips/exports/e.wav')],
    object('r', 'sidecars/one.wav.json'),
  ];
  const needs = deployment(whole, [...theirs, ...beside]);
  expect(await findings('recordings', needs)).toEqual({ examined: 5, found: [] });
  expect(await findings('transcripts', needs)).toEqual({ examined: 17, found: [] });
  expect(await findings('calls', needs)).toEqual({ examined: 4, found: [] });
});

describe('what should not be is found', () => {
  test('objects of a call that is gone, wherever they are', async () => {
    const [gone, ...rest] = whole;
    const needs = deployment(rest, theirs);
    const id = gone?.callId;
    expect((await findings('recordings', needs)).found).toEqual([['object-without-call', id]]);
    expect((await findings('transcripts', needs)).found).toEqual(Array(5).fill(['object-without-call', id]));
  });

  test('a call whose recording is gone, and a tagged one without its transcript', async () => {
    const [first, second, third] = whole;
    const missing = [first?.recording.key, `transcripts/${second?.callId}.json`];
    const needs = deployment(
      whole,
      theirs.filter(({ key }) => !missing.includes(key)),
    );
    expect((await findings('calls', needs)).found.toSorted()).toEqual(
      [
        ['call-without-recording', first?.callId],
        ['call-without-transcript', second?.callId],
      ].toSorted(),
    );
    expect(third).toBeDefined();
  });

  test('an object that nobody declared', async () => {
    const needs = deployment(whole, [...theirs, object('t', 'notes/one.txt')]);
    expect((await findings('transcripts', needs)).found).toEqual([['undeclared-object', 'notes/one.txt']]);
  });
});

test('what came today may still be on its way, and a delete marker is no object', async () => {
  const needs = deployment([], [object('r', 'support/new.wav', NOW), object('r', 'support/old.wav', YESTERDAY, true)]);
  expect(await findings('recordings', needs)).toEqual({ examined: 0, found: [] });
});

describe('GET /doctor', () => {
  const app = () => {
    const edge = testEdge();
    const api = createHttpApp({ title: 'Retention', description: 'for these tests', edge });
    doctorRoutes(api, { doctor: deployment([], theirs), clock: () => new Date(NOW), edge });
    return async (path: string) => {
      const response = await api.request(path);
      return { status: response.status, body: (await response.json()) as DoctorPage & { detail?: string } };
    };
  };

  test('is followed by its cursor to the end', async () => {
    const get = app();
    const found = [];
    let cursor = '';
    do {
      const { body } = await get(`/doctor?scope=recordings${cursor}`);
      found.push(...body.items);
      cursor = body.nextCursor === undefined ? '' : `&cursor=${body.nextCursor}`;
    } while (cursor !== '');
    expect(found).toHaveLength(4);
  });

  test('refuses a cursor of another scope', async () => {
    const get = app();
    const { nextCursor } = (await get('/doctor?scope=recordings')).body;
    for (const scope of ['transcripts', 'calls']) {
      const { status, body } = await get(`/doctor?scope=${scope}&cursor=${nextCursor}`);
      expect(status).toBe(400);
      expect(body.detail).toMatch(/^cursor: /);
    }
  });

  test.each(['/doctor', '/doctor?scope=everything', '/doctor?scope=calls&cursor=x'])('refuses %s', async (path) => {
    const { status, body } = await app()(path);
    expect(status).toBe(400);
    expect(body.detail).toMatch(/scope|cursor/);
  });
});
