import { beforeEach, describe, expect, expectTypeOf, test, vi } from 'vitest';
import {
  type Call,
  createVerbatimClient,
  type Dispute,
  type FoundMoment,
  type Hold,
  type List,
  type NewHold,
  regionOf,
  type Transcript,
  VerbatimClientError,
  type VerbatimClientOptions,
} from '../../client/verbatim-client.ts';
import { type Answer, scriptedServer } from './scripted-server.ts';

const credentials = { accessKeyId: 'AKID', secretAccessKey: 'secret' };

/** A client of a server that gives these answers, with what the server was asked. */
async function clientOf(answers: Answer[], options: Partial<VerbatimClientOptions> = {}) {
  const { url, asked } = await scriptedServer(...answers);
  const names = ['calls', 'disputes', 'erasure', 'holds', 'quality', 'recordings', 'retention', 'tagging', 'uploads'];
  const urls = Object.fromEntries(names.map((name) => [name, url]));
  const verbatim = createVerbatimClient({ urls, region: 'eu-central-1', credentials, ...options });
  return { verbatim, asked };
}

const page = (ids: string[], nextCursor?: string): Answer => ({
  body: { items: ids.map((callId) => ({ callId })), ...(nextCursor && { nextCursor }) },
});

/** No pauses: where there is no `Retry-After`, they are of a random length up to a limit. */
beforeEach(() => {
  vi.spyOn(Math, 'random').mockReturnValue(0);
  return () => vi.restoreAllMocks();
});

describe('signing', () => {
  test('a request bears a signature for Lambda in the region, over all of its own headers', async () => {
    const { verbatim, asked } = await clientOf([{}], {
      credentials: { ...credentials, sessionToken: 'session' },
      identityToken: 'header.payload.signature',
    });
    await verbatim.placeHold({ on: { callId: 'call1' }, reason: 'a claim' }, { idempotencyKey: 'matter-114' });
    expect(asked).toHaveLength(1);
    expect(asked[0]?.headers).toMatchObject({
      authorization: expect.stringMatching(
        /^AWS4-HMAC-SHA256 Credential=AKID\/\d{8}\/eu-central-1\/lambda\/aws4_request, SignedHeaders=host;idempotency-key;verbatim-identity;x-amz-date;x-amz-security-token, Signature=[0-9a-f]{64}$/,
      ),
      'x-amz-date': expect.stringMatching(/^\d{8}T\d{6}Z$/),
      'x-amz-security-token': 'session',
      'verbatim-identity': 'header.payload.signature',
      'idempotency-key': 'matter-114',
    });
    expect(asked[0]).toMatchObject({ method: 'POST', path: '/holds' });
    expect(asked[0]?.body).toEqual({ on: { callId: 'call1' }, reason: 'a claim' });
  });

  test('the region is the one that the Function URL names, unless another is given', () => {
    expect(regionOf('https://abc123.lambda-url.ap-southeast-2.on.aws/')).toBe('ap-southeast-2');
    const urls = { calls: 'https://calls.example.com/' };
    expect(() => createVerbatimClient({ urls, credentials })).toThrow(
      'the region of https://calls.example.com/ is not known: name it in region',
    );
  });

  test('a provider is asked again when its credentials are about to end, and not before', async () => {
    const soon = new Date(Date.now() + 60_000);
    const late = new Date(Date.now() + 3_600_000);
    const provider = vi
      .fn(async () => ({ ...credentials, accessKeyId: 'SECOND', expiration: late }))
      .mockResolvedValueOnce({ ...credentials, accessKeyId: 'FIRST', expiration: soon });
    const { verbatim, asked } = await clientOf([{}, {}, {}], { credentials: provider });
    for (const callId of ['a', 'b', 'c']) await verbatim.call(callId);
    const signedBy = asked.map(({ headers }) => /Credential=(\w+)/.exec(headers.authorization ?? '')?.[1]);
    expect(signedBy).toEqual(['FIRST', 'SECOND', 'SECOND']);
    expect(provider).toHaveBeenCalledTimes(2);
  });

  test('requests at the same time ask the provider once', async () => {
    const provider = vi.fn(async () => ({ ...credentials, expiration: new Date(Date.now() + 3_600_000) }));
    const { verbatim } = await clientOf([{}, {}, {}], { credentials: provider });
    await Promise.all(['a', 'b', 'c'].map(verbatim.call));
    expect(provider).toHaveBeenCalledTimes(1);
  });

  test('an identity token is asked for with each request where a function gives it', async () => {
    const identityToken = vi.fn(async () => `token-${identityToken.mock.calls.length}`);
    const { verbatim, asked } = await clientOf([{}, {}], { identityToken });
    await verbatim.call('a');
    await verbatim.call('b');
    expect(asked.map(({ headers }) => headers['verbatim-identity'])).toEqual(['token-1', 'token-2']);
  });

  test('ids are percent-encoded in the path, and each once', async () => {
    const { verbatim, asked } = await clientOf([{}, {}]);
    await verbatim.planErasure('team/a+b 1', { reason: 'asked by letter' });
    expect(asked[0]?.path).toBe('/customers/team%2Fa%2Bb%201/calls');
  });
});

describe('what is not answered is asked again', () => {
  const busy = { status: 503, body: { title: 'Service Unavailable' } };
  const throttled = { status: 429, headers: { 'retry-after': '0' } };

  test.each<[string, Answer]>([
    ['a service that cannot answer now', busy],
    ['a function that broke off', { status: 502 }],
    ['a connection that broke off', 'none'],
    ['throttling', throttled],
    ['throttling that names a time', { status: 429, headers: { 'retry-after': 'Tue, 24 Nov 2026 09:12:00 GMT' } }],
  ])('after %s', async (_, answer) => {
    vi.useFakeTimers({ now: new Date('2026-11-24T09:13:00Z'), toFake: ['Date'] });
    const { verbatim, asked } = await clientOf([answer, answer, { body: { callId: 'call1' } }]);
    expect(await verbatim.call('call1')).toEqual({ callId: 'call1' });
    expect(asked).toHaveLength(3);
    vi.useRealTimers();
  });

  test('what creates something is asked for with the same key', async () => {
    const { verbatim, asked } = await clientOf(['none', busy, { status: 202, body: { holdId: 'h1' } }, {}]);
    const hold: NewHold = { on: { customerId: 'c-1' }, reason: 'a claim' };
    expect(await verbatim.placeHold(hold)).toEqual({ holdId: 'h1' });
    const keys = asked.map(({ headers }) => headers['idempotency-key']);
    expect(new Set(keys).size).toBe(1);
    expect(keys[0]).toMatch(/^[\x21-\x7e]{8,200}$/);
    await verbatim.placeHold(hold);
    expect(asked.at(-1)?.headers['idempotency-key']).not.toBe(keys[0]);
  });

  test('a retag and an apply are begun once, too', async () => {
    const { verbatim, asked } = await clientOf([busy, { status: 202, body: {} }, busy, { status: 202, body: {} }]);
    const rulebook = { version: '2', rules: [] };
    await verbatim.retag({ rulebook, dryRun: true }, { idempotencyKey: 'retag-4711' });
    await verbatim.applyRetention({ dryRun: true }, { idempotencyKey: 'apply-4711' });
    expect(asked.map(({ path, headers }) => `${path} ${headers['idempotency-key']}`)).toEqual([
      ...['/retags retag-4711', '/retags retag-4711'],
      ...['/retention/applies apply-4711', '/retention/applies apply-4711'],
    ]);
  });

  test('what may have been done, and would be done twice, is not', async () => {
    const { verbatim, asked } = await clientOf([throttled, busy, {}]);
    await expect(verbatim.retry('call1')).rejects.toMatchObject({ status: 503 });
    expect(asked).toHaveLength(2);
  });

  test('but not for ever', async () => {
    const { verbatim, asked } = await clientOf([busy, busy, busy, {}], { maxAttempts: 3 });
    await expect(verbatim.call('call1')).rejects.toMatchObject({ status: 503 });
    expect(asked).toHaveLength(3);
    const broken = await clientOf(['none', 'none'], { maxAttempts: 2 });
    await expect(broken.verbatim.call('call1')).rejects.toThrow(/^GET \/calls\/call1: there is no answer: /);
  });

  test('nor after a longer pause than an app can wait for', async () => {
    const { verbatim, asked } = await clientOf([{ status: 429, headers: { 'retry-after': '3600' } }, {}]);
    await expect(verbatim.call('call1')).rejects.toMatchObject({ status: 429 });
    expect(asked).toHaveLength(1);
  });
});

describe('errors', () => {
  test('tell the status, and what Verbatim said', async () => {
    const body = { type: 'about:blank', title: 'Conflict', status: 409, detail: 'the call call1 is being deleted' };
    const { verbatim } = await clientOf([{ status: 409, body }]);
    const error = await verbatim.retry('call1').catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(VerbatimClientError);
    expect(error).toMatchObject({
      ...{ name: 'VerbatimClientError', status: 409, title: 'Conflict', detail: 'the call call1 is being deleted' },
      message: 'POST /recordings/call1/retry: 409 the call call1 is being deleted',
    });
  });

  test('tell what AWS said in its place', async () => {
    const { verbatim } = await clientOf([{ status: 403, body: { Message: 'Forbidden' } }]);
    await expect(verbatim.call('call1')).rejects.toMatchObject({
      status: 403,
      message: 'GET /calls/call1: 403 Forbidden',
    });
  });

  test('name the URL that is not given', async () => {
    const verbatim = createVerbatimClient({ urls: {}, region: 'eu-central-1', credentials });
    await expect(verbatim.hold('h1')).rejects.toThrow('the holds URL is not known: name it in urls.holds');
  });
});

describe('lists', () => {
  test('are followed to their end, over pages without items, with the same parameters', async () => {
    const { verbatim, asked } = await clientOf([page(['a', 'b'], 'second'), page([], 'third'), page(['c'])]);
    const list = verbatim.calls({ agentId: 'lee' }, { from: '2026-10-01T00:00:00Z', limit: 2 });
    expect((await Array.fromAsync(list)).map(({ callId }) => callId)).toEqual(['a', 'b', 'c']);
    const first = { agentId: 'lee', from: '2026-10-01T00:00:00Z', limit: '2' };
    expect(asked.map(({ query }) => query)).toEqual([
      first,
      { ...first, cursor: 'second' },
      { ...first, cursor: 'third' },
    ]);
  });

  test('ask for no page that nobody reads', async () => {
    const { verbatim, asked } = await clientOf([page(['a', 'b'], 'second')]);
    for await (const { callId } of verbatim.calls({ agentId: 'lee' })) if (callId === 'b') break;
    expect(asked).toHaveLength(1);
  });

  test('go on from a cursor, page by page, for whoever keeps it', async () => {
    const { verbatim, asked } = await clientOf([page(['c'], 'third'), page(['d'])]);
    const pages = await Array.fromAsync(verbatim.calls({ agentId: 'lee' }, { cursor: 'second' }).pages());
    expect(pages.map(({ nextCursor }) => nextCursor)).toEqual(['third', undefined]);
    expect(asked.map(({ query }) => query.cursor)).toEqual(['second', 'third']);
  });

  test('a certificate has the calls of all of its pages', async () => {
    const certificate = { erasureId: 'e1', reason: 'asked by letter' };
    const { verbatim } = await clientOf([
      { body: { ...certificate, items: [{ callId: 'a' }], nextCursor: 'second' } },
      { body: { ...certificate, items: [{ callId: 'b' }] } },
    ]);
    expect(await verbatim.erasureCertificate('e1')).toEqual({
      ...certificate,
      items: [{ callId: 'a' }, { callId: 'b' }],
    });
  });
});

test('a dispute is changed as it was seen', async () => {
  const { verbatim, asked } = await clientOf([{ body: { disputeId: 'd1', version: 3 } }, { status: 412 }]);
  const seen = await verbatim.dispute('d1');
  const decision = { outcome: 'upheld', reason: 'it was said' } as const;
  await expect(verbatim.decideDispute(seen, decision)).rejects.toMatchObject({ status: 412 });
  expect(asked[1]).toMatchObject({
    ...{ method: 'POST', path: '/disputes/d1/decision', body: decision },
    headers: { 'if-match': '"3"', 'idempotency-key': expect.any(String) },
  });
});

test('a review is changed as it was seen, once, by the URL of a role', async () => {
  const seen = { callId: 'call1', reviewId: 'r1', version: 2 };
  const { verbatim, asked } = await clientOf([{ status: 503 }, { body: { ...seen, version: 3 } }]);
  const answers = { listening: { answer: 4, comment: 'asked back' } };
  expect(await verbatim.quality.answerReview(seen, answers)).toMatchObject({ version: 3 });
  expect(asked).toHaveLength(2);
  expect(asked[1]).toMatchObject({
    ...{ method: 'PUT', path: '/calls/call1/reviews/r1/answers', body: { answers } },
    headers: { 'if-match': '"2"', 'idempotency-key': asked[0]?.headers['idempotency-key'] },
  });
});

test('a transcript comes as data, or as the text of its format', async () => {
  const { verbatim, asked } = await clientOf([{ body: { turns: [] } }, { body: 'WEBVTT' }]);
  expect(await verbatim.disputeTranscript('d1', 'call1')).toEqual({ turns: [] });
  const original = { original: true, reason: 'the sum is redacted' };
  expect(await verbatim.disputeTranscriptAs('d1', 'call1', 'vtt', original)).toBe('"WEBVTT"');
  expect(asked.map(({ query }) => query)).toEqual([
    { format: 'json' },
    { format: 'vtt', original: 'true', reason: 'the sum is redacted' },
  ]);
});

test('an upload that is given up is answered with nothing', async () => {
  const { verbatim, asked } = await clientOf([{ status: 204 }]);
  expect(await verbatim.abortUpload({ uploadId: 'u/1', key: 'recordings/a.mp3' })).toBeUndefined();
  expect(asked[0]).toMatchObject({
    ...{ method: 'DELETE', path: '/uploads/u%2F1', query: { key: 'recordings/a.mp3' } },
  });
});

test('arguments and answers are typed as the deployment has them', () => {
  const verbatim = createVerbatimClient({ urls: {}, region: 'eu-central-1', credentials });
  expectTypeOf(verbatim.call).returns.resolves.toHaveProperty('moments').toEqualTypeOf<FoundMoment[]>();
  expectTypeOf(verbatim.calls).returns.toExtend<List<Call>>();
  expectTypeOf(verbatim.callsPage).returns.resolves.toEqualTypeOf<{ items: Call[]; nextCursor?: string }>();
  expectTypeOf(verbatim.transcript).returns.resolves.toEqualTypeOf<Transcript>();
  expectTypeOf(verbatim.transcriptAs).returns.resolves.toEqualTypeOf<string>();
  expectTypeOf(verbatim.placeHold).returns.resolves.toEqualTypeOf<Hold>();
  expectTypeOf(verbatim.dispute).returns.resolves.toEqualTypeOf<Dispute>();
  expectTypeOf(verbatim.calls).parameter(0).toHaveProperty('state');
  // @ts-expect-error: a state that no call has
  expectTypeOf(verbatim.calls).toBeCallableWith({ state: 'lost' });
  // @ts-expect-error: a review is of a call
  expectTypeOf(verbatim.quality.submitReview).toBeCallableWith({ reviewId: 'r1', version: 1 });
  // @ts-expect-error: a change of a dispute names the version that was seen
  expectTypeOf(verbatim.closeDispute).toBeCallableWith({ disputeId: 'd1' });
});
