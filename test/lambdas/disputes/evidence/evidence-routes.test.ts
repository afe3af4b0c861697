import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import type { BuildMessage } from '../../../../lambdas/disputes/evidence/evidence-package.ts';
import { evidenceRoutes } from '../../../../lambdas/disputes/evidence/evidence-routes.ts';
import { createHttpApp } from '../../../../lambdas/platform/http.ts';
import { NOW } from '../../builders.ts';
import { testEdge } from '../../http-edge.ts';
import { disputeOf, evidenceWorld, type Given } from './evidence-world.ts';

async function url(given: Given = {}) {
  const world = await evidenceWorld(given);
  const sent: BuildMessage[] = [];
  const order: string[] = [];
  const custody = { fails: false, meanwhile: async () => {} };
  const edge = testEdge();
  const app = createHttpApp({ title: 'Disputes', description: 'for these tests', edge });
  let requests = 0;
  evidenceRoutes(app, {
    ...world.needs,
    edge,
    evidence: world.store,
    custody: {
      async append(callId, act) {
        if (custody.fails) throw new Error('nothing can be noted');
        await custody.meanwhile();
        order.push(act.kind);
        return world.custody.append(callId, act);
      },
    },
    objects: {
      async link(key, versionId) {
        order.push('link');
        return { url: `https://s3/${key}?versionId=${versionId}`, expiresInSeconds: 300 };
      },
    },
    sendEvidence: async (messages) => void sent.push(...messages),
    clock: () => new Date(NOW),
    randomId: () => `r${++requests}`,
  });
  const ask = async (method: string, path: string, body?: unknown, more: Record<string, string> = {}) => {
    const headers = { 'content-type': 'application/json', ...more };
    const answer = await app.request(path, {
      method,
      headers,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };
  const custodyFails = () => Object.assign(custody, { fails: true });
  const whileNoted = (meanwhile: () => Promise<void>) => Object.assign(custody, { meanwhile });
  return { ...world, ask, sent, order, custodyFails, whileNoted };
}

const reason = 'the customer asked';

describe('asking for a package', () => {
  it('answers where it will be, tells custody of each call and the dispute, and asks the worker', async () => {
    const { ask, sent, custody, notes } = await url();
    const asked = await ask('POST', '/disputes/d1/evidence', { reason, byName: 'Kim' });
    expect(asked).toMatchObject({
      status: 202,
      body: { number: 1, state: 'requested', originals: true, byName: 'Kim' },
    });
    expect(sent).toEqual([{ disputeId: 'd1', number: 1 }]);
    for (const callId of ['call1', 'call2'])
      expect((await custody.all(callId)).at(-1)).toMatchObject({
        kind: 'evidence-requested',
        why: reason,
        byName: 'Kim',
      });
    expect(notes).toEqual(['evidence-requested']);
    expect((await ask('POST', '/disputes/d1/evidence', { reason })).body.number).toBe(2);
    expect((await ask('GET', '/disputes/d1/evidence')).body.items).toHaveLength(2);
  });

  it('is refused without a reason, for a dispute that is none, and for one without a call', async () => {
    const { ask } = await url({ dispute: { ...disputeOf(), findings: [] } });
    expect(await ask('POST', '/disputes/d1/evidence', {})).toMatchObject({ status: 400 });
    expect(await ask('POST', '/disputes/none/evidence', { reason })).toMatchObject({ status: 404 });
    expect(await ask('POST', '/disputes/d1/evidence', { reason })).toMatchObject({ status: 409 });
    expect(await ask('GET', '/disputes/d1/evidence/1')).toMatchObject({ status: 404 });
    expect(await ask('GET', '/disputes/d1/evidence/first')).toMatchObject({ status: 400 });
  });
});

describe('asking for a package of a dispute without a call', () => {
  it.each([
    ['open', 'made of calls: take in those'],
    ['decided', 'it is decided: reopen it, and take in those'],
  ] as const)('is refused where it is %s, with what is to be done first', async (state, told) => {
    const { ask, store } = await url({ dispute: { ...disputeOf(), findings: [], state } });
    const { status, body } = await ask('POST', '/disputes/d1/evidence', { reason });
    expect({ status, detail: body.detail }).toEqual({ status: 409, detail: expect.stringContaining(told) });
    expect(await store.get('d1', 1)).toBeUndefined();
  });
});

it('nothing is written into a dispute that is just being deleted: it would stay', async () => {
  const { ask, client, items } = await url();
  const deleting = { subject: 'dispute#d1', part: 'dispute', deletingSince: NOW };
  await client.send(new PutCommand({ TableName: 'table', Item: deleting }));
  expect(await ask('POST', '/disputes/d1/evidence', { reason })).toMatchObject({ status: 404 });
  expect(items('dispute#d1')).toEqual([deleting]);
});

describe('asking again with the same key', () => {
  it('is the same package, unless something else is asked for', async () => {
    const { ask, notes } = await url();
    const key = { 'idempotency-key': 'the-first-request' };
    for (let i = 0; i < 2; i++)
      expect(await ask('POST', '/disputes/d1/evidence', { reason }, key)).toMatchObject({
        status: 202,
        body: { number: 1 },
      });
    expect(notes).toEqual(['evidence-requested']);
    const other = await ask('POST', '/disputes/d1/evidence', { reason, originals: false }, key);
    expect(other).toMatchObject({ status: 409 });
  });
});

describe('handing a package out', () => {
  it('is told by custody before there is a link', async () => {
    const { ask, build, custody, store, order } = await url();
    await ask('POST', '/disputes/d1/evidence', { reason });
    expect(await ask('POST', '/disputes/d1/evidence/1/link', { reason })).toMatchObject({ status: 409 });
    await build();
    const link = await ask('POST', '/disputes/d1/evidence/1/link', { reason: 'to the customer' });
    expect(link).toMatchObject({
      status: 200,
      body: {
        url: 'https://s3/disputes/d1/evidence-00001.zip?versionId=z1',
        expiresAt: '2026-10-14T12:05:00.000Z',
        fileName: 'evidence-d1-1.zip',
      },
    });
    expect(order.slice(-3)).toEqual(['evidence-handed-out', 'evidence-handed-out', 'link']);
    expect((await custody.all('call2')).at(-1)).toMatchObject({ kind: 'evidence-handed-out', why: 'to the customer' });
    expect((await store.get('d1', 1))?.handedOut).toMatchObject([{ reason: 'to the customer' }]);
  });

  it('gives no link where custody cannot be told', async () => {
    const { ask, build, custodyFails, order } = await url();
    await ask('POST', '/disputes/d1/evidence', { reason });
    await build();
    custodyFails();
    expect(await ask('POST', '/disputes/d1/evidence/1/link', { reason })).toMatchObject({ status: 500 });
    expect(order).not.toContain('link');
  });
});

it('a package that is deleted while it is handed out is not: what would tell of it is gone', async () => {
  const { ask, build, client, whileNoted, order } = await url();
  await ask('POST', '/disputes/d1/evidence', { reason });
  await build();
  const Key = { subject: 'dispute#d1', part: 'evidence#00001' };
  whileNoted(async () => void (await client.send(new DeleteCommand({ TableName: 'table', Key }))));
  expect(await ask('POST', '/disputes/d1/evidence/1/link', { reason })).toMatchObject({ status: 404 });
  expect(order).not.toContain('link');
});

describe('a package that failed', () => {
  it('tells why, and can be asked for again', async () => {
    const { ask, store, request, sent } = await url();
    await store.noteFailed(await request(), NOW, 'it took longer');
    expect(await ask('GET', '/disputes/d1/evidence/1')).toMatchObject({
      body: { state: 'failed', failure: 'it took longer' },
    });
    expect(await ask('POST', '/disputes/d1/evidence/1/retry')).toMatchObject({ status: 202, body: { attempt: 2 } });
    expect(sent).toEqual([{ disputeId: 'd1', number: 1 }]);
    expect(await ask('POST', '/disputes/d1/evidence/1/retry')).toMatchObject({ status: 409 });
  });
});

it('the key that packages are signed with is told with its fingerprint', async () => {
  const { ask, signer } = await url();
  expect(await ask('GET', '/evidence/key')).toEqual({
    status: 200,
    body: { ...(await signer.publicKey()), algorithm: 'ECDSA_SHA_256' },
  });
});
