import { AwsClient } from 'aws4fetch';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Call, callIdOf, receivedCall } from '../../lambdas/calls/calls.ts';
import { transcriptStore } from '../../lambdas/transcription/transcription.ts';
import { says, transcriptOf } from '../lambdas/builders.ts';
import { aws, buckets, calls, s3, urls, verbatim } from './stack.ts';

/** Calls of one agent and one customer, in a month of their own: more than one request looks into. */
const CALLS = 60;
const period = { from: '2018-05-01T00:00:00Z', to: '2018-06-01T00:00:00Z' };
const startedAt = (i: number) => new Date(Date.UTC(2018, 4, 2) + i * 3_600_000).toISOString();

const call = (i: number): Call => {
  const recording = { bucket: 'transcripts', key: `support/transcripts/${i}.mp3`, versionId: '1' };
  return {
    ...receivedCall(callIdOf(recording), recording, 'support', startedAt(i)),
    ...{ state: 'transcribing', agentId: 'agent-search', customerId: 'customer-search', startedAt: startedAt(i) },
  };
};
/** In every third call the agent promises a card, in every ninth of them twice; every tenth has no transcript yet. */
const isTranscribed = (i: number) => i % 10 !== 7;
const promisesIn = (i: number) => (i % 3 === 0 && isTranscribed(i) ? (i % 9 === 0 ? 2 : 1) : 0);
const transcript = (i: number) =>
  transcriptOf(
    says('AGENT', 'Good morning, how can I help?'),
    says('CUSTOMER', 'Will you send me a new card?', 3000),
    ...Array.from({ length: promisesIn(i) }, (_, n) => says('AGENT', 'I will send you a new card.', 6000 + 4000 * n)),
  );

beforeAll(async () => {
  const transcripts = transcriptStore(s3, buckets.transcripts);
  for (let i = 0; i < CALLS; i += 10) {
    await Promise.all(
      Array.from({ length: 10 }, async (_, j) => {
        const one = call(i + j);
        await calls.create(one);
        if (!isTranscribed(i + j)) return;
        await transcripts.put(one.callId, transcript(i + j), {});
        await calls.enterTagged(one, [], one.receivedAt);
      }),
    );
  }
}, 60_000);

describe('a search', () => {
  it.each([
    ['agent', { agentId: 'agent-search' }, 25],
    ['customer', { customerId: 'customer-search' }, 25],
    ['agent', { agentId: 'agent-search' }, 7],
  ])(
    'finds every place in the calls of one %s at which the phrase was said, once and in order',
    async (_, of, limit) => {
      const options = { ...period, order: 'oldest-first', speaker: 'AGENT', limit } as const;
      const pages = await Array.fromAsync(verbatim.searchPages(of, 'send|post ... new card', options));
      const found = pages.flatMap((page) => page.items);
      const all = Array.from({ length: CALLS }, (__, i) => i);
      expect(found.map(({ callId, matches }) => [callId, matches.map((match) => match.startMs)])).toEqual(
        all.filter((i) => promisesIn(i) > 0).map((i) => [call(i).callId, [6600, 10_600].slice(0, promisesIn(i))]),
      );
      expect(found[0]).toMatchObject({
        agentId: 'agent-search',
        customerId: 'customer-search',
        startedAt: startedAt(0),
      });
      expect(found[0]?.matches[0]).toEqual({
        speaker: 'AGENT',
        startMs: 6600,
        endMs: 8100,
        quote: 'send you a new card.',
      });
      const sum = (name: 'searchedCalls' | 'notTranscribed') => pages.reduce((total, page) => total + page[name], 0);
      expect(sum('searchedCalls')).toBe(CALLS);
      expect(sum('notTranscribed')).toBe(all.filter((i) => !isTranscribed(i)).length);
      for (const page of pages) expect(page.searchedCalls).toBeLessThanOrEqual(limit);
    },
  );

  it('stays within its period', async () => {
    const day = { from: '2018-05-03T00:00:00Z', to: '2018-05-04T00:00:00Z' };
    const found = await Array.fromAsync(verbatim.search({ agentId: 'agent-search' }, 'good morning', day));
    expect(found).toHaveLength(Array.from({ length: 24 }, (_, i) => i + 24).filter(isTranscribed).length);
  });

  it('names the phrase where it is none', async () => {
    const search = Array.fromAsync(verbatim.search({ agentId: 'agent-search' }, '... card'));
    await expect(search).rejects.toMatchObject({ status: 400, message: expect.stringContaining('phrase: ') });
  });
});

describe('what was said', () => {
  const { callId } = call(3);

  it('is answered in every format', async () => {
    expect(await verbatim.transcript(callId)).toEqual(transcript(3));
    expect(await verbatim.transcriptAs(callId, 'text')).toContain('\n0:06.0 AGENT: I will send you a new card.\n');
    expect(await verbatim.transcriptAs(callId, 'vtt')).toContain(
      '\n00:00:06.000 --> 00:00:08.100\n<v AGENT>I will send you a new card.\n',
    );
    expect(await verbatim.transcriptAs(callId, 'srt')).toContain(
      '\n3\n00:00:06,000 --> 00:00:08,100\nAGENT: I will send you a new card.\n',
    );
  });

  it.each([
    ['text/vtt', 200, 'text/vtt; charset=utf-8'],
    ['text/plain;q=0.9, text/vtt;q=0.2', 200, 'text/plain; charset=utf-8'],
    ['*/*', 200, 'application/json'],
    ['application/pdf', 406, 'application/problem+json'],
  ])('is answered to whoever accepts %s by %i, %s', async (accept, status, type) => {
    const client = new AwsClient({ ...aws.credentials, region: aws.region, service: 'lambda' });
    const response = await client.fetch(new URL(`calls/${callId}/transcript`, urls.calls), { headers: { accept } });
    expect([response.status, response.headers.get('content-type')]).toEqual([status, type]);
  });

  it('is not there of a call without a transcript', async () => {
    await expect(verbatim.transcriptAs(call(7).callId, 'vtt')).rejects.toMatchObject({ status: 404 });
  });
});
