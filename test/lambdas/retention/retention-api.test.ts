import { describe, expect, it } from 'vitest';
import { type Call, callStore } from '../../../lambdas/calls/calls.ts';
import { applyStore } from '../../../lambdas/retention/apply/apply-store.ts';
import { receiptStore } from '../../../lambdas/retention/expiry/receipt-store.ts';
import { decideRetention, RetentionConfig, retentionSubject } from '../../../lambdas/retention/retention.ts';
import { retentionApi } from '../../../lambdas/retention/retention-api.ts';
import { explainStored } from '../../../lambdas/retention/stored-retention.ts';
import { NOW, only, support, transcribingCall } from '../builders.ts';
import { testEdge } from '../http-edge.ts';
import { memoryDynamodb } from '../memory-dynamodb.ts';

const deployed = {
  sources: [support],
  retention: RetentionConfig.parse({
    rules: [{ name: 'disputed', tags: ['credit'], retentionClass: '5-years' }],
    floors: [{ name: 'the law', keepDays: 400, because: 'a law that is made up' }],
  }),
};
const decided = (tags: readonly string[] | undefined) =>
  decideRetention(retentionSubject({ ...transcribingCall(), tags }, [support]), deployed.retention);

interface Answer {
  readonly because: string[];
  readonly [field: string]: unknown;
}

/** The URL, over one call. */
async function app(call: Partial<Call> = {}) {
  const { client } = memoryDynamodb();
  const calls = callStore(client, 'calls');
  await calls.create(transcribingCall('call1', call));
  let begun = 0;
  const api = retentionApi({
    ...{ deployed, calls, applies: applyStore(client, 'calls'), receipts: receiptStore(client, 'calls', 10) },
    send: async () => {},
    doctor: only({}),
    edge: testEdge(),
    clock: () => new Date(NOW),
    randomId: () => `random${begun++ || ''}`,
  });
  return async (method: string, path: string, body?: unknown, key?: string) => {
    const response = await api.request(path, {
      method,
      headers: { 'content-type': 'application/json', ...(key !== undefined && { 'idempotency-key': key }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as Answer };
  };
}
const retentionOf = async (call: Partial<Call>) => (await (await app(call))('GET', '/calls/call1/retention')).body;

describe('GET /calls/{callId}/retention', () => {
  it('tells class, rule, floor, when the call is due, why, and what happens next', async () => {
    expect(await retentionOf({ state: 'tagged', tags: [], retention: decided([]) })).toMatchObject({
      ...{ callId: 'call1', state: 'tagged', retentionClass: '1-year', rule: 'default', holds: [] },
      ...{ countedFrom: '2026-10-14T09:00:00.000Z', expiresAt: '2027-11-18T09:00:00.000Z' },
      floor: { name: 'the law', until: '2027-11-18T09:00:00.000Z' },
      lifecycle: { tags: { 'retention-class': '1-year', 'retention-days': '400' }, expirationDays: 402 },
      next: { what: 'the call and every copy of it is deleted', when: '2027-11-18T09:00:00.000Z' },
      because: expect.arrayContaining([expect.stringMatching(/^the floor "the law" forbids deletion/)]),
    });
  });

  it('knows tags that there are none of from tags that are not known yet', async () => {
    const untagged = await retentionOf({ retention: decided(undefined) });
    expect(untagged.because.join()).toMatch(/has not been tagged.*"disputed"/);
    const tagged = await retentionOf({ state: 'tagged', tags: [], retention: decided([]) });
    expect(tagged.because.join()).not.toMatch(/has not been tagged/);
  });

  it('tells what the deployed config would decide, where that is something else', async () => {
    const before = {
      ...decided([]),
      retentionClass: '30-days',
      floor: undefined,
      expiresAt: '2026-11-13T09:00:00.000Z',
    };
    expect(await retentionOf({ state: 'tagged', tags: ['credit'], retention: before })).toMatchObject({
      ...{ retentionClass: '30-days', expiresAt: '2026-11-13T09:00:00.000Z' },
      wouldBe: { retentionClass: '5-years', rule: 'disputed' },
    });
    expect(await retentionOf({ state: 'tagged', tags: [], retention: decided([]) })).not.toHaveProperty('wouldBe');
  });

  it('tells that nothing happens to a call that is held', async () => {
    const held = await retentionOf({ state: 'tagged', tags: [], retention: decided([]), holds: ['a', 'b'] });
    expect(held).toMatchObject({ holds: ['a', 'b'], lifecycle: { tags: { 'legal-hold': 'on' } } });
    expect(held.next).toEqual({
      what: 'nothing until its 2 holds are released; then it is kept until 2027-11-18T09:00:00.000Z',
    });
  });

  it('tells of a held call no moves and no expiry by lifecycle: its copies have no tag that asks for them', async () => {
    const { lifecycle } = await retentionOf({ state: 'tagged', tags: [], retention: decided([]), holds: ['a'] });
    expect(lifecycle).toEqual({ tags: { 'legal-hold': 'on' }, transitions: [] });
  });

  it('tells the lock that the stored class asks for, and not that of what would be decided', async () => {
    const locking = {
      ...deployed,
      retention: RetentionConfig.parse({
        classes: [
          { name: 'locked', keepDays: 100, objectLock: { mode: 'governance', days: 50 } },
          { name: 'open', keepDays: 100 },
        ],
        defaultClass: 'open',
        rules: [{ name: 'disputed', tags: ['credit'], retentionClass: 'locked' }],
      }),
    };
    const by = (tags: string[]) =>
      decideRetention(retentionSubject({ ...transcribingCall(), tags }, [support]), locking.retention);
    const explained = (tags: string[], retention: Call['retention']) =>
      explainStored(transcribingCall('call1', { state: 'tagged', tags, retention }), locking, new Date(NOW));
    const locked = { mode: 'governance', until: '2026-12-03T09:00:00.000Z' };
    expect(explained(['credit'], by(['credit'])).locked).toEqual(locked);
    expect(explained([], by(['credit'])).locked).toEqual(locked);
    expect(explained(['credit'], by([])).locked).toBeUndefined();
  });

  it('tells the erasure that deletes a call', async () => {
    const until = '2026-12-01T00:00:00.000Z';
    const erased: Partial<Call> = { state: 'tagged', tags: [], retention: decided([]), erasure: 'e-1' };
    expect((await retentionOf({ ...erased, dueAt: NOW })).next).toEqual({
      what: 'the erasure e-1 deletes the call and every copy of it: it is due',
      when: NOW,
    });
    expect((await retentionOf({ ...erased, dueAt: until })).next).toEqual({
      what: 'the erasure e-1 deletes the call and every copy of it',
      when: until,
    });
    expect((await retentionOf({ ...erased, state: 'transcribing', dueAt: until })).next).toEqual({
      what: 'the erasure e-1 deletes the call and every copy of it, once it is neither received nor transcribed any more',
    });
    const free = { ...decided([]), floor: undefined };
    expect((await retentionOf({ ...erased, holds: ['a'], retention: free })).next).toEqual({
      what: 'nothing until its hold is released; then the erasure e-1 deletes it',
    });
    expect((await retentionOf({ ...erased, holds: ['a'] })).next).toEqual({
      what: 'nothing until its hold is released; then the erasure e-1 deletes it, but not before 2027-11-18T09:00:00.000Z',
    });
  });

  it('tells that Object Lock kept a call that was to be deleted, and until when', async () => {
    const dueAt = '2026-12-01T00:00:00.000Z';
    const retention = { ...decided([]), expiresAt: '2026-10-01T00:00:00.000Z', floor: undefined };
    const reason = { code: 'recording-locked', message: 'Object Lock keeps the recording' };
    const kept: Partial<Call> = {
      state: 'tagged',
      tags: [],
      retention,
      dueAt,
      history: [{ state: 'tagged', at: NOW, reason }],
    };
    expect((await retentionOf(kept)).next).toEqual({
      what: 'Object Lock keeps the recording: then the call and every copy of it is deleted',
      when: dueAt,
    });
  });

  it('tells that there is no such call', async () => {
    expect((await (await app())('GET', '/calls/call2/retention')).status).toBe(404);
  });
});

describe('the applies', () => {
  it('are begun, listed, and told with what they found so far', async () => {
    const ask = await app();
    const { status, body } = await ask('POST', '/retention/applies', { dryRun: true });
    expect(status).toBe(202);
    expect(body).toMatchObject({ applyId: '20261014T120000-random', dryRun: true });
    expect((await ask('GET', '/retention/applies')).body.items).toEqual([body]);
    expect((await ask('GET', `/retention/applies/${body.applyId}`)).body).toMatchObject({
      ...{ state: 'running', calls: { found: 0, allFound: false }, changes: [], goes: [] },
      costs: { prices: { region: 'us-east-1' }, months: [] },
    });
    expect((await ask('POST', `/retention/applies/${body.applyId}/cancel`)).body).toHaveProperty('cancelledAt');
  });

  it('begins one for each Idempotency-Key', async () => {
    const ask = await app();
    const first = await ask('POST', '/retention/applies', { dryRun: true }, 'matter-4711');
    expect(first.status).toBe(202);
    expect(await ask('POST', '/retention/applies', { dryRun: true }, 'matter-4711')).toEqual(first);
    const other = await ask('POST', '/retention/applies', { dryRun: false }, 'matter-4711');
    expect(other.status).toBe(409);
    expect(other.body.detail).toMatch(/^Idempotency-Key: /);
    expect((await ask('POST', '/retention/applies', { dryRun: true })).body.applyId).not.toBe(first.body.applyId);
    expect((await ask('GET', '/retention/applies')).body.items).toHaveLength(2);
  });

  it.each([
    ['does not say whether it is one', {}, /^dryRun: is missing/],
    ['is of a config that is not deployed', { dryRun: false, config: deployed }, /^config: only a dry run/],
    [
      'has a config that cannot be',
      { dryRun: true, config: { ...deployed, retention: { defaultClass: 'none' } } },
      /defaultClass/,
    ],
  ])('are not begun by a request that %s', async (_why, asked, detail) => {
    const { status, body } = await (await app())('POST', '/retention/applies', JSON.parse(JSON.stringify(asked)));
    expect(status).toBe(400);
    expect(body.detail).toMatch(detail);
  });

  it('that there are not are told', async () => {
    expect((await (await app())('GET', '/retention/applies/none')).status).toBe(404);
    expect((await (await app())('POST', '/retention/applies/none/resume')).status).toBe(404);
  });
});
