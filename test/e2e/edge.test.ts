import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AwsClient } from 'aws4fetch';
import { beforeAll, describe, expect, inject, it, test } from 'vitest';
import { createVerbatimClient } from '../../client/verbatim-client.ts';
import { tokenOf } from '../../local/identity-provider.ts';
import { aws, qualityUrls, sampleAudio, settled, upload, urls, verbatim } from './stack.ts';

const provider = inject('identityProvider');
const PERSON = 'ada@example.com';
const tokenOfAda = (claims: Parameters<typeof tokenOf>[1] = {}) =>
  tokenOf(provider, { email: PERSON, email_verified: true, groups: ['disputes'], ...claims });

/** The client of an app that forwards the token of whoever sits before it. */
const forwarding = (identityToken: () => Promise<string>) =>
  createVerbatimClient({ urls, region: aws.region, credentials: aws.credentials, identityToken });

/** A request as any program signs it. */
const signer = new AwsClient({ ...aws.credentials, service: 'lambda', region: aws.region, retries: 0 });
const ask = (url: string, init: RequestInit = {}) => signer.fetch(url, init);

const CUSTOMER = 'customer-edge-15550100';
let callId: string;

beforeAll(async () => {
  const receive = async (key: string) =>
    upload(`support/edge/${key}.wav`, await sampleAudio('mono-outage.wav'), {
      ...{ 'agent-id': 'agent-edge', 'customer-id': CUSTOMER, 'started-at': '2026-05-07T10:00:00Z' },
    });
  const [call] = await Promise.all((await Promise.all(['a', 'b'].map(receive))).map(settled));
  callId = call?.callId ?? '';
});

const entries = () => Array.fromAsync(verbatim.custody(callId));

describe('the person whose token an app forwards', () => {
  it('is in the custody of the call that they read', async () => {
    await forwarding(() => tokenOfAda()).call(callId);
    await verbatim.call(callId);
    const read = (await entries()).filter(({ kind }) => kind === 'call-read');
    expect(read.at(-2)).toMatchObject({ person: PERSON });
    expect(read.at(-1)?.person).toBeUndefined();
    expect(await verbatim.checkCustody(callId)).toMatchObject({ intact: true });
  });

  it.each<[string, () => Promise<string>, string]>([
    ['is expired', () => tokenOfAda({ exp: Math.floor(Date.now() / 1000) - 120 }), 'the token is expired'],
    ['is meant for another', () => tokenOfAda({ aud: 'payroll' }), 'the claim "aud" of the token is not'],
    ['names an address that is not verified', () => tokenOfAda({ email_verified: false }), 'is not verified'],
    [
      'was altered',
      async () =>
        (await tokenOfAda()).replace(/\.[^.]+\./, `.${(await tokenOfAda({ email: 'eve@x' })).split('.')[1]}.`),
      'the signature of the token is not valid',
    ],
  ])('is nobody where the token %s: nothing is given out, and nothing noted', async (_, token, why) => {
    const before = (await entries()).length;
    await expect(forwarding(token).transcript(callId)).rejects.toMatchObject({
      status: 401,
      detail: expect.stringContaining(why),
    });
    const added = (await entries()).slice(before);
    expect(added.map(({ kind }) => kind)).toEqual(['custody-read']);
  });
});

const documents = [...Object.entries(urls), ...Object.values(qualityUrls).map((url) => ['quality', url] as const)];

test.each(documents)('the %s URL serves its document as it is in docs/api', async (name, url) => {
  const response = await ask(`${url}openapi.json`);
  const written = await readFile(join(import.meta.dirname, `../../docs/api/${name}.json`), 'utf8');
  expect(await response.json()).toEqual(JSON.parse(written));
  expect(response.headers.get('ratelimit-limit')).toBeNull();
});

describe('what is read', () => {
  it('is told again only where it changed, and tells how many requests are left', async () => {
    const url = `${urls.calls}calls?customerId=${CUSTOMER}`;
    const first = await ask(url);
    expect(first.status).toBe(200);
    expect(first.headers.get('cache-control')).toBe('private, no-cache');
    expect(Number(first.headers.get('ratelimit-remaining'))).toBeLessThan(Number(first.headers.get('ratelimit-limit')));
    const etag = first.headers.get('etag') ?? '';
    const again = await ask(url, { headers: { 'if-none-match': etag } });
    expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', etag]);
    const head = await ask(url, { method: 'HEAD' });
    expect([head.status, await head.text(), head.headers.get('etag')]).toEqual([200, '', etag]);
  });

  it('page by page, with cursors that tell nothing, and are good for nothing else', async () => {
    const pageOf = async (query: string) => {
      const response = await ask(`${urls.calls}calls?${query}`);
      return { status: response.status, ...((await response.json()) as { items?: unknown[]; nextCursor?: string }) };
    };
    const { items, nextCursor = '' } = await pageOf(`customerId=${CUSTOMER}&limit=1`);
    expect(items).toHaveLength(1);
    const text = Buffer.from(nextCursor, 'base64url').toString('latin1');
    for (const told of [CUSTOMER, '15550100', callId, 'customerId']) {
      expect(nextCursor).not.toContain(told);
      expect(text).not.toContain(told);
    }
    expect(await pageOf(`customerId=${CUSTOMER}&limit=1&cursor=${nextCursor}`)).toMatchObject({ status: 200 });
    const altered = nextCursor.replace(/^./, (letter) => (letter === 'A' ? 'B' : 'A'));
    expect(await pageOf(`customerId=${CUSTOMER}&limit=1&cursor=${altered}`)).toMatchObject({ status: 400 });
    expect(await pageOf(`customerId=another&limit=1&cursor=${nextCursor}`)).toMatchObject({ status: 400 });
  });
});

describe('what is asked for', () => {
  const hold = (reason: string, idempotencyKey: string) =>
    verbatim.placeHold({ on: { callId }, reason }, { idempotencyKey });

  it('once for a key, however often', async () => {
    const placed = await hold('matter 114', 'edge-matter-114');
    expect((await hold('matter 114', 'edge-matter-114')).holdId).toBe(placed.holdId);
    await expect(hold('matter 115', 'edge-matter-114')).rejects.toMatchObject({ status: 409 });
    const other = await hold('matter 114', 'edge-another-key');
    expect(other.holdId).not.toBe(placed.holdId);
    for (const { holdId } of [placed, other]) await verbatim.releaseHold(holdId, { reason: 'the test is over' });
    const plan = () => verbatim.applyRetention({ dryRun: true }, { idempotencyKey: 'edge-plan-1' });
    const { applyId } = await plan();
    expect((await plan()).applyId).toBe(applyId);
  });

  it.each<[string, number, RequestInit]>([
    ['too large', 413, { body: JSON.stringify({ reason: 'x'.repeat(1_100_000) }) }],
    ['no JSON by its type', 415, { body: '{}', headers: { 'content-type': 'text/plain' } }],
    ['no JSON', 400, { body: '{' }],
    ['not what is asked for', 400, { body: '{}' }],
  ])('with a body that is %s, is refused with %i, which names the request', async (_, status, init) => {
    const headers = { 'content-type': 'application/json', ...init.headers };
    const response = await ask(`${urls.holds}holds`, { method: 'POST', ...init, headers });
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await response.json()).toMatchObject({
      status,
      instance: expect.stringMatching(/^urn:uuid:[0-9a-f-]{36}$/),
    });
    expect(response.status).toBe(status);
  });
});
