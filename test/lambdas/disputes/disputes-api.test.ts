import { beforeEach, describe, expect, it } from 'vitest';
import { type AudioLink, type AudioLinks, callStore } from '../../../lambdas/calls/calls.ts';
import { disputesApi } from '../../../lambdas/disputes/disputes-api.ts';
import { memoryTranscripts, NOW, only, says, transcriptOf } from '../builders.ts';
import { testEdge } from '../http-edge.ts';
import { someone, world } from './world.ts';

const signed = { event: { requestContext: { authorizer: { iam: { userArn: someone.by } } } } };
const link: AudioLink = {
  ...{ url: 'https://example.com/a', expiresAt: NOW, startMs: 0, audio: 'original', contentType: 'audio/mpeg' },
  versionId: 'v1',
};

let w: Awaited<ReturnType<typeof world>>;
let app: ReturnType<typeof disputesApi>;

beforeEach(async () => {
  w = await world();
  const calls = callStore(w.table.client, 't');
  const change = w.needs();
  const transcript = transcriptOf(says('AGENT', 'I give you a credit of forty dollars', 1000));
  let ids = 0;
  app = disputesApi({
    ...{ edge: testEdge(), change, disputes: w.disputes, calls, custody: change.custody, topics: change.topics },
    callsOfCustomer: async (customerId, request) => calls.listCalls({ customerId }, request),
    transcripts: memoryTranscripts({}, { a: transcript, b: transcript }).store,
    audio: only<AudioLinks>({
      original: async () => link,
      forAll: async () => ({ ...link, audio: 'redacted' }),
    }),
    evidence: only({}),
    clock: change.clock,
    randomId: () => `id${++ids}`,
  });
});

const ask = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
  const response = await app.request(
    path,
    {
      method,
      headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    },
    signed,
  );
  const text = await response.text();
  // biome-ignore lint/suspicious/noExplicitAny: answers of many shapes are looked into
  const json = (/json/.test(response.headers.get('content-type') ?? '') ? JSON.parse(text) : text) as any;
  return { status: response.status, body: json, etag: response.headers.get('etag') ?? '', headers: response.headers };
};

const asked = { customerId: 'c-1', claim: 'Your agent promised me a $40 credit.', topic: 'credit', day: '2026-10-14' };
const opened = async (headers?: Record<string, string>) => {
  const { body, etag } = await ask('POST', '/disputes', { ...asked, byName: 'Ada' }, headers);
  return { path: `/disputes/${body.disputeId}`, disputeId: body.disputeId as string, etag };
};

describe('the disputes URL', () => {
  it('opens a dispute, says where it is and at which version', async () => {
    const { status, body, etag, headers } = await ask('POST', '/disputes', { ...asked, byName: 'Ada' });
    expect(status).toBe(201);
    expect(body).toMatchObject({ state: 'open', version: 1, history: [{ what: 'opened', ...someone }] });
    expect(body).not.toHaveProperty('round');
    expect(headers.get('location')).toBe(`/disputes/${body.disputeId}`);
    const again = await ask('GET', `/disputes/${body.disputeId}`);
    expect(again).toMatchObject({ status: 200, body, etag });
    expect((await ask('GET', '/disputes/none')).status).toBe(404);
  });

  it('opens one dispute for one key, and refuses that key for another', async () => {
    const key = { 'idempotency-key': 'claim-4711' };
    expect((await opened(key)).disputeId).toBe((await opened(key)).disputeId);
    expect((await ask('POST', '/disputes', { ...asked, claim: 'another' }, key)).status).toBe(409);
    expect((await opened()).disputeId).not.toBe((await opened()).disputeId);
  });

  it('leads from the claim to the end, each change by the version that the one before gave', async () => {
    const { path, etag } = await opened();
    const candidates = await ask('GET', `${path}/candidates`);
    expect(candidates.body).toMatchObject({ searched: { calls: 2, notTranscribed: [{ callId: 'c' }] } });
    const taken = await ask('POST', `${path}/calls`, { callIds: ['a'], why: 'it is the one' }, { 'if-match': etag });
    expect(taken).toMatchObject({ status: 200, body: { calls: [{ callId: 'a' }], version: 2 } });
    const finding = { callId: 'a', startMs: 1000, conclusion: 'it was promised' };
    const found = await ask('POST', `${path}/findings`, finding, { 'if-match': taken.etag });
    expect(found.body.findings).toMatchObject([{ quote: 'I give you a credit of forty dollars' }]);
    const decision = { outcome: 'upheld', reason: 'it was promised' };
    const decided = await ask('POST', `${path}/decision`, decision, { 'if-match': found.etag });
    expect(decided.body).toMatchObject({ state: 'decided', decision: { policies: [{ version: '2' }] } });
    const closed = await ask('POST', `${path}/close`, {}, { 'if-match': decided.etag });
    expect(closed.body).toMatchObject({ state: 'closed' });
    const reopened = await ask('POST', `${path}/reopen`, { reason: 'more is known' }, { 'if-match': closed.etag });
    expect(reopened).toMatchObject({ status: 200, body: { state: 'open', version: 6 } });
  });

  it('changes nothing without If-Match, by an old version, or in a state in which that cannot be', async () => {
    const { path, etag } = await opened();
    expect((await ask('POST', `${path}/close`, {})).status).toBe(428);
    const taken = await ask('POST', `${path}/calls`, { callIds: ['a'], why: 'x' }, { 'if-match': etag });
    expect((await ask('POST', `${path}/close`, {}, { 'if-match': etag })).status).toBe(412);
    const refused = await ask('POST', `${path}/reopen`, { reason: 'x' }, { 'if-match': taken.etag });
    expect(refused).toMatchObject({ status: 409, body: { detail: expect.stringMatching(/is open; possible is: /) } });
    expect((await ask('GET', path)).etag).toBe(taken.etag);
  });

  it('makes a change once that is asked for again with its key, whatever version it names then', async () => {
    const { path, etag } = await opened();
    const headers = { 'if-match': etag, 'idempotency-key': 'take-4711' };
    const taken = await ask('POST', `${path}/calls`, { callIds: ['a'], why: 'x' }, headers);
    expect(await ask('POST', `${path}/calls`, { callIds: ['a'], why: 'x' }, headers)).toMatchObject({
      ...{ status: 200, body: taken.body, etag: taken.etag },
    });
    expect((await ask('POST', `${path}/calls`, { callIds: ['b'], why: 'x' }, headers)).status).toBe(409);
  });

  it('lists disputes of a customer and in a state, page after page', async () => {
    for (let i = 0; i < 3; i++) await opened();
    const first = await ask('GET', '/disputes?customerId=c-1&state=open&limit=2');
    expect(first.body.items).toHaveLength(2);
    const rest = await ask('GET', `/disputes?customerId=c-1&state=open&limit=2&cursor=${first.body.nextCursor}`);
    expect(rest.body.items).toHaveLength(1);
    expect((await ask('GET', '/disputes?customerId=c-2')).body.items).toEqual([]);
    expect((await ask('GET', '/disputes?state=closed')).body.items).toEqual([]);
    expect((await ask('GET', '/disputes')).body.items).toHaveLength(3);
  });

  it('hands out originals of calls of the dispute for a reason, noted before', async () => {
    const { path, etag } = await opened();
    expect((await ask('GET', `${path}/calls/a/audio`)).status).toBe(409);
    await ask('POST', `${path}/calls`, { callIds: ['a'], why: 'x' }, { 'if-match': etag });
    expect((await ask('GET', `${path}/calls/a/audio?original=true`)).status).toBe(400);
    expect((await ask('GET', `${path}/calls/a/audio?original=true&reason=to+hear+it`)).body).toEqual(link);
    expect((await ask('GET', `${path}/calls/a/audio`)).body.audio).toBe('redacted');
    const text = await ask('GET', `${path}/calls/a/transcript?format=text`);
    expect(text.body).toContain('credit of forty dollars');
    expect(await w.notedOf('a')).toEqual([
      ...['taken-into-dispute', 'audio-handed-out', 'audio-handed-out', 'transcript-handed-out'],
    ]);
    expect((await w.custody.all('a'))[1]).toMatchObject({ why: 'to hear it', by: someone.by });
  });

  it.each([
    ['/disputes', { ...asked, claim: ' ' }, /claim: is empty/],
    ['/disputes', { ...asked, topic: 'none' }, /topic: there is no topic "none"; the topics of the config are: credit/],
    ['/disputes', { ...asked, day: undefined }, /day: is missing/],
    ['/disputes', { ...asked, from: NOW, to: NOW }, /not both/],
    ['/disputes', { ...asked, day: '14.10.2026' }, /day: is not a day/],
    ['/disputes/d/findings', { callId: 'a', endMs: 5, conclusion: 'x' }, /endMs: is not behind a startMs/],
    ['/disputes/d/calls', { callIds: [], why: 'x' }, /callIds: is empty/],
    ['/disputes/d/decision', { outcome: 'maybe', reason: 'x' }, /outcome: /],
  ])('says what is wrong at %s with %j', async (path, body, message) => {
    const answer = await ask('POST', path, body, { 'if-match': '"1"' });
    expect(answer).toMatchObject({ status: 400, body: { detail: expect.stringMatching(message) } });
  });
});
