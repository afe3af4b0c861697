import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import {
  type AudioLink,
  type AudioLinks,
  type Call,
  type CallStore,
  type CustodyActInput,
  CustodyEntry,
  type CustodyStore,
  type FoundMoment,
} from '../../../lambdas/calls/calls.ts';
import { callsApi } from '../../../lambdas/calls/calls-api.ts';
import { phraseFinder } from '../../../lambdas/calls/phrase-finder.ts';
import type { PageRequest, Position } from '../../../lambdas/platform/cursor.ts';
import { memoryTranscripts, NOW, only, says, transcribingCall, transcriptOf } from '../builders.ts';
import { testEdge } from '../http-edge.ts';

const moment: FoundMoment = {
  tag: 'refund',
  startMs: 1000,
  endMs: 2000,
  speaker: 'AGENT',
  quote: 'money back',
  ruleId: 'refund',
  rulebookVersion: '1',
  callId: 'call1',
  occurredAt: NOW,
};

/** The parts of any answer that tests look into; the others stay with it. */
const Answer = z.looseObject({
  items: z.array(z.unknown()).optional(),
  nextCursor: z.string().optional(),
  detail: z.string().optional(),
});

interface ApiGiven {
  readonly call?: Call;
  readonly next?: Position;
  /** Whether what is noted is kept, or is of a call that is gone meanwhile, or cannot be written. */
  readonly custody?: 'kept' | 'gone' | 'broken';
}

const link: AudioLink = {
  ...{ url: 'https://example.com/one.wav?X-Amz-Signature=1#t=1', expiresAt: NOW, startMs: 1000, audio: 'redacted' },
  ...{ contentType: 'audio/wav', durationMs: 90_000, versionId: 'v7' },
};

/** The calls URL over a store that holds one call and notes what it is asked. */
function api({ call = transcribingCall(), next, custody = 'kept' }: ApiGiven = {}) {
  const asked: { list: string; of: unknown; request: PageRequest; wanted?: unknown }[] = [];
  const noted: CustodyActInput[] = [];
  let now = Date.parse(NOW);
  const list =
    <T>(name: string, items: T[]) =>
    async (of: unknown, request: PageRequest, wanted?: unknown) => {
      asked.push({ list: name, of, request, ...(wanted !== undefined && { wanted }) });
      return { items, next };
    };
  const app = callsApi({
    calls: only<CallStore>({
      get: async (callId) => (callId === call.callId ? call : undefined),
      momentsOf: async (callId) => (callId === call.callId ? [moment] : []),
      listByAgent: list('agent', [call]),
      listByCustomer: list('customer', [call]),
      listCalls: list('calls', [call]),
      listMoments: list('moments', [moment]),
    }),
    transcripts: memoryTranscripts({}, { call1: transcriptOf(says('AGENT', 'Hello.')) }).store,
    phraseFinder,
    audio: only<AudioLinks>({ forAll: async (_, startMs = 0) => ({ ...link, startMs }) }),
    custody: only<CustodyStore>({
      async append(callId, act) {
        if (custody === 'broken') throw new Error('nothing can be written');
        if (custody === 'gone') return undefined;
        noted.push({ ...act, details: { ...act.details, of: callId } });
        return CustodyEntry.parse({ ...act, callId, number: 1, previousHash: '', hash: '' });
      },
    }),
    clock: () => new Date(NOW),
    // Time goes on from one request to the next.
    edge: testEdge({ clock: () => new Date(now++) }),
  });
  const get = async (path: string) => {
    const response = await app.request(path, {}, SIGNED);
    const body = Answer.parse(await response.json());
    return { status: response.status, type: response.headers.get('content-type'), body };
  };
  return { app, get, asked, noted };
}

const ROLE = 'arn:aws:sts::1:assumed-role/qa/kim';
const SIGNED = { event: { requestContext: { authorizer: { iam: { userArn: ROLE } } } } };

const period = { from: '2026-10-01T00:00:00.000Z', to: '2026-11-01T00:00:00.000Z' };
const inPeriod = `from=${period.from}&to=${period.to}`;

describe('a list', () => {
  test.each([
    ['/calls?agentId=lee', 'calls', { agentId: 'lee' }, undefined],
    ['/calls?customerId=%2B1%20555', 'calls', { customerId: '+1 555' }, undefined],
    ['/calls?state=rejected', 'calls', { state: 'rejected' }, undefined],
    ['/calls?tag=refund', 'calls', { tag: 'refund' }, undefined],
    [
      '/calls?source=sales&tag=refund&state=tagged&agentId=lee&customerId=c-1',
      'calls',
      { agentId: 'lee', customerId: 'c-1', tag: 'refund', state: 'tagged', source: 'sales' },
      undefined,
    ],
    ['/moments?tag=refund', 'moments', 'refund', {}],
    [
      '/moments?tag=refund&agentId=lee&customerId=c-1&source=sales&speaker=AGENT',
      'moments',
      'refund',
      { agentId: 'lee', customerId: 'c-1', source: 'sales', speaker: 'AGENT' },
    ],
  ])('%s asks for just that', async (path, list, of, wanted) => {
    const { get, asked } = api();
    const { status, body } = await get(`${path}&${inPeriod}&order=oldest-first&limit=7`);
    expect(status).toBe(200);
    expect(asked).toEqual([
      {
        ...{ list, of, request: expect.objectContaining({ ...period, order: 'oldest-first', limit: 7 }) },
        ...(wanted && { wanted }),
      },
    ]);
    expect(body.items).toHaveLength(1);
  });

  test('is of the last year and the next day, the newest first, where nothing is said', async () => {
    const { get, asked } = api();
    await get('/calls?agentId=lee');
    expect(asked[0]?.request).toMatchObject({
      from: '2025-10-14T12:00:00.000Z',
      to: '2026-10-15T12:00:00.000Z',
      order: 'newest-first',
      limit: 50,
    });
  });

  test.each(['/calls?state=tagged', '/calls?state=tagged&source=sales'])(
    '%s is of all that is due, also in ten years',
    async (path) => {
      const { get, asked } = api();
      await get(path);
      expect((asked[0]?.request.from ?? '') < '2000').toBe(true);
      expect((asked[0]?.request.to ?? '') > '2050').toBe(true);
    },
  );

  test('of a state and something else is by when the calls began, in the last year', async () => {
    const { get, asked } = api();
    await get('/calls?state=tagged&agentId=lee');
    expect(asked[0]?.request).toMatchObject({ from: '2025-10-14T12:00:00.000Z', to: '2026-10-15T12:00:00.000Z' });
  });

  test('takes a period in any zone, and asks in UTC', async () => {
    const { get, asked } = api();
    await get('/calls?agentId=lee&from=2026-10-01T02:00:00%2B02:00&to=2026-10-31T19:00:00-05:00');
    expect(asked[0]?.request).toMatchObject(period);
  });

  test.each([
    '/calls?agentId=lee',
    '/calls?customerId=c-1',
    '/calls?state=tagged',
    '/calls?tag=refund&source=a',
    '/moments?tag=refund',
    '/moments?tag=refund&source=a',
  ])('%s goes on with its cursor a moment later, over the same period', async (path) => {
    const next: Position = { group: 1, progress: [{ subject: 'call#1', part: 'call' }, 'end'] };
    const { get, asked } = api({ next });
    const first = await get(path);
    const second = await get(`${path}&cursor=${first.body.nextCursor}`);
    expect(second.status).toBe(200);
    expect(asked[1]?.request).toEqual({ ...asked[0]?.request, position: next });
  });

  test('has no cursor at its end', async () => {
    expect((await api().get('/calls?agentId=lee')).body).not.toHaveProperty('nextCursor');
  });

  test.each([
    ['/calls', 'agentId: name at least one of agentId, customerId, tag and state'],
    ['/calls?source=sales', 'agentId: name at least one of agentId, customerId, tag and state'],
    ['/calls?tag=', 'tag: is empty'],
    ['/moments?tag=refund&speaker=', 'speaker: is empty'],
    ['/moments/by-agent', 'tag: is missing: name the tag'],
    ['/calls?agentId=', 'agentId: '],
    ['/calls?state=lost', 'state: '],
    ['/moments', 'tag: is missing: name the tag'],
    ['/calls?agentId=lee&limit=0', 'limit: '],
    ['/calls?agentId=lee&limit=201', 'limit: '],
    ['/calls?agentId=lee&limit=1.5', 'limit: '],
    ['/calls?agentId=lee&limit=many', 'limit: '],
    ['/calls?agentId=lee&order=random', 'order: '],
    ['/calls?agentId=lee&from=2026-10-14', 'from: is not an ISO 8601 time with a zone'],
    ['/calls?agentId=lee&to=2026-10-14T09:00:00', 'to: is not an ISO 8601 time with a zone'],
    [`/calls?agentId=lee&from=${period.to}&to=${period.from}`, 'from: '],
    [`/moments?tag=refund&from=${period.from}&to=${period.from}`, 'from: '],
    // In UTC that is the year before 0000, which does not sort as text.
    ['/moments?tag=refund&from=0000-01-01T00:00:00%2B14:00', 'from: '],
    ['/moments?tag=refund&cursor=next', 'cursor: '],
  ])('%s is refused: the parameter is named', async (path, detail) => {
    const { get, asked } = api();
    const { status, type, body } = await get(path);
    expect(status).toBe(400);
    expect(type).toBe('application/problem+json');
    expect(body.detail).toContain(detail);
    expect(asked).toEqual([]);
  });

  test('that is narrowed does not go on with the cursor of the wider one', async () => {
    const { get } = api({ next: { group: 0, progress: ['start'] } });
    for (const path of ['/calls?agentId=lee', '/moments?tag=refund']) {
      const { body } = await get(path);
      expect((await get(`${path}&source=sales&cursor=${body.nextCursor}`)).status).toBe(400);
    }
  });

  test('is told in no custody', async () => {
    const { get, noted } = api();
    for (const path of ['/calls?agentId=lee', '/moments?tag=refund', '/moments/by-agent?tag=refund']) await get(path);
    expect(noted).toEqual([]);
  });

  test("does not go on with another list's cursor", async () => {
    const { get } = api({ next: { group: 0, progress: ['start'] } });
    const { body } = await get('/calls?agentId=lee');
    const { status, body: problem } = await get(`/calls?agentId=kim&cursor=${body.nextCursor}`);
    expect(status).toBe(400);
    expect(problem.detail).toContain('cursor: ');
  });
});

describe('a search', () => {
  const found = {
    items: [
      {
        ...{ callId: 'call1', agentId: 'lee', customerId: 'c-1', source: 'support', tags: [] },
        ...{ startedAt: '2026-10-14T09:00:00.000Z', durationMs: 90_000, language: 'en-US' },
        matches: [{ speaker: 'AGENT', startMs: 0, endMs: 300, quote: 'Hello.' }],
      },
    ],
    searchedCalls: 1,
    notTranscribed: 0,
  };

  test.each([
    ['agentId=lee', 'agent', 'lee'],
    ['customerId=c-1', 'customer', 'c-1'],
  ])('of %s answers the calls of the period in which the phrase was said', async (of, list, id) => {
    const { get, asked } = api();
    const { status, body } = await get(`/search?${of}&phrase=HELLO&speaker=AGENT&limit=7&${inPeriod}`);
    expect(status).toBe(200);
    expect(body).toEqual(found);
    expect(asked).toEqual([{ list, of: id, request: expect.objectContaining({ ...period, limit: 7 }) }]);
  });

  test('that finds nothing in a page still has a cursor, which goes on with the same phrase alone', async () => {
    const next: Position = { group: 0, progress: [{ subject: 'call#1', part: 'call' }] };
    const { get, asked } = api({ next });
    const { body } = await get('/search?agentId=lee&phrase=goodbye');
    expect(body).toMatchObject({ items: [], searchedCalls: 1, notTranscribed: 0 });
    const goOn = (rest: string) => get(`/search?agentId=lee&cursor=${body.nextCursor}&${rest}`);
    expect((await goOn('phrase=goodbye')).status).toBe(200);
    expect(asked[1]?.request).toEqual({ ...asked[0]?.request, position: next });
    for (const other of ['phrase=hello', 'phrase=goodbye&speaker=AGENT']) {
      expect((await goOn(other)).body.detail).toContain('cursor: ');
    }
  });

  test('passes over a call without a transcript, and counts it', async () => {
    const { get } = api({ call: transcribingCall('call2') });
    const { body } = await get('/search?agentId=lee&phrase=hello');
    expect(body).toEqual({ items: [], searchedCalls: 1, notTranscribed: 1 });
  });

  test.each([
    ['phrase=hello', 'agentId: name one of agentId and customerId'],
    ['phrase=hello&agentId=lee&customerId=c-1', 'agentId: name one of agentId and customerId'],
    ['agentId=lee', 'phrase: is missing: say what to look for'],
    ['agentId=lee&phrase=', 'phrase: the phrase "" must begin and end with a word'],
    ['agentId=lee&phrase=...%20card', 'phrase: the phrase "... card" must begin and end with a word'],
    [`agentId=lee&phrase=${'a'.repeat(501)}`, 'phrase: is longer than 500 characters'],
    ['agentId=lee&phrase=hello&speaker=spk_0', 'speaker: '],
    ['agentId=lee&phrase=hello&limit=26', 'limit: is not a whole number from 1 to 25'],
  ])('with %s is refused: the parameter is named', async (query, detail) => {
    const { get, asked } = api();
    const { status, body } = await get(`/search?${query}`);
    expect(status).toBe(400);
    expect(body.detail).toContain(detail);
    expect(asked).toEqual([]);
  });
});

describe('what was said', () => {
  const request = async (query: string, accept?: string) => {
    const response = await api().app.request(`/calls/call1/transcript${query}`, accept ? { headers: { accept } } : {});
    return { status: response.status, type: response.headers.get('content-type'), text: await response.text() };
  };

  test.each([
    ['json', 'application/json', '{'],
    ['text', 'text/plain; charset=utf-8', 'language  '],
    ['vtt', 'text/vtt; charset=utf-8', 'WEBVTT\n'],
    ['srt', 'application/x-subrip; charset=utf-8', '1\n00:00:00,000 --> 00:00:00,300\nAGENT: Hello.\n'],
  ])('is answered as %s, by its name or by Accept', async (format, type, begin) => {
    for (const { text, ...answer } of [
      await request(`?format=${format}`, 'image/png'),
      await request('', type.split(';')[0]),
    ]) {
      expect({ ...answer, begin: text.slice(0, begin.length) }).toEqual({ status: 200, type, begin });
    }
  });

  test('is answered as JSON to whoever takes anything', async () => {
    expect(await request('', '*/*')).toMatchObject({ status: 200, type: 'application/json' });
  });

  test('is not there in any other format', async () => {
    const { status, text } = await request('?format=docx');
    expect(status).toBe(400);
    expect(text).toContain('format: is not one of json, text, vtt, srt');
  });

  test('is a 406 that names what there is, where Accept admits none of it', async () => {
    const { status, text } = await request('', 'application/pdf');
    expect(status).toBe(406);
    expect(JSON.parse(text)).toMatchObject({
      title: 'Not Acceptable',
      detail: 'accept: admits none of application/json, text/plain, text/vtt, application/x-subrip',
    });
  });
});

describe('a call', () => {
  test('is answered with its moments', async () => {
    const { status, body } = await api().get('/calls/call1');
    expect(status).toBe(200);
    const links = {
      transcript: '/calls/call1/transcript',
      audio: '/calls/call1/audio',
      custody: '/calls/call1/custody',
    };
    expect(body).toEqual({ ...transcribingCall(), moments: [moment], links });
  });

  test('is answered with what was said', async () => {
    const { status, body } = await api().get('/calls/call1/transcript');
    expect(status).toBe(200);
    expect(body).toEqual(transcriptOf(says('AGENT', 'Hello.')));
  });

  test.each(['/calls/call9', '/calls/call9/transcript'])('that is not there is a 404: %s', async (path) => {
    const { status, type, body } = await api().get(path);
    expect(status).toBe(404);
    expect(type).toBe('application/problem+json');
    expect(body.detail).toBe('there is no call call9');
  });

  test('that has no transcript yet says what state it is in', async () => {
    const { status, body } = await api({ call: transcribingCall('call2') }).get('/calls/call2/transcript');
    expect(status).toBe(404);
    expect(body.detail).toBe('the call call2 is transcribing and has no transcript');
  });
});

describe('which agents had moments of a tag', () => {
  test('is one answer: grouped, with the offsets', async () => {
    const { get, asked } = api();
    const { status, body } = await get(`/moments/by-agent?tag=refund&${inPeriod}`);
    expect(status).toBe(200);
    expect(body).toEqual({ items: [{ agentId: null, callCount: 1, momentCount: 1, totals: [], moments: [moment] }] });
    expect(asked).toEqual([{ list: 'moments', of: 'refund', request: expect.objectContaining(period), wanted: {} }]);
  });
});

describe('what is given of a call is noted in its custody first', () => {
  const tagged = transcribingCall('call1', {
    state: 'tagged',
    taggings: [
      { rulebookVersion: '1', at: NOW, tags: [] },
      { rulebookVersion: '2', at: NOW, tags: [] },
    ],
  });

  test.each([
    ['/calls/call1', 'call-read', {}],
    ['/calls/call1/transcript?format=vtt', 'transcript-handed-out', { format: 'vtt' }],
    [
      '/calls/call1/audio?startMs=1000',
      'audio-handed-out',
      { audio: 'redacted', versionId: 'v7', startMs: 1000, expiresAt: NOW },
    ],
    ['/search?agentId=lee&phrase=hello', 'found-by-search', { matches: 1 }],
  ])('%s is %s, by whom and when', async (path, kind, details) => {
    const { app, noted } = api({ call: tagged });
    expect((await app.request(path, {}, SIGNED)).status).toBe(200);
    expect(noted).toEqual([{ kind, at: NOW, by: ROLE, details: { ...details, of: 'call1' } }]);
  });

  test('a search notes nothing of what was looked for', async () => {
    const { get, noted } = api();
    await get('/search?agentId=lee&phrase=hello');
    expect(JSON.stringify(noted).toLowerCase()).not.toContain('hello');
  });

  test.each(['/calls/call1', '/calls/call1/transcript', '/calls/call1/audio', '/search?agentId=lee&phrase=hello'])(
    '%s gives nothing where it cannot be noted',
    async (path) => {
      const { app } = api({ custody: 'broken' });
      const response = await app.request(path, {}, SIGNED);
      expect(response.status).toBe(500);
      expect(await response.json()).toEqual({ type: 'about:blank', title: 'Internal Server Error', status: 500 });
    },
  );

  test.each(['/calls/call1', '/calls/call1/transcript', '/calls/call1/audio'])(
    '%s gives nothing of a call that is just being deleted',
    async (path) => {
      const { status, body } = await api({ custody: 'gone' }).get(path);
      expect(status).toBe(404);
      expect(body.detail).toBe('the call call1 is being deleted');
    },
  );

  test('a search leaves a call out that is just being deleted', async () => {
    const { body } = await api({ custody: 'gone' }).get('/search?agentId=lee&phrase=hello');
    expect(body).toEqual({ items: [], searchedCalls: 1, notTranscribed: 0 });
  });
});

describe('a link to hear a call', () => {
  test('begins where it was asked, and is kept by nobody', async () => {
    const response = await api().app.request('/calls/call1/audio?startMs=1500', {}, SIGNED);
    expect(await response.json()).toEqual({ ...link, startMs: 1500 });
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  test.each(['-1', 'soon', '1.5'])('does not begin at %s', async (startMs) => {
    const { get, noted } = api();
    const { status, body } = await get(`/calls/call1/audio?startMs=${startMs}`);
    expect(status).toBe(400);
    expect(body.detail).toBe('startMs: is no offset in milliseconds');
    expect(noted).toEqual([]);
  });
});
