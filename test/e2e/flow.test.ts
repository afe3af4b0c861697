import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { CallWithMoments } from '../../client/verbatim-client.ts';
import type { Recording } from '../../lambdas/calls/calls.ts';
import { objectTags, sampleAudio, settled, transcriptObject, upload, urls, verbatim } from './stack.ts';

interface Script {
  readonly recording: string;
  readonly channels: string[];
  readonly metadata: Record<string, string>;
  readonly tags: string[];
}

const samples = join(import.meta.dirname, '../../samples');
const scripts: Script[] = readdirSync(samples)
  .filter((file) => file.endsWith('.json'))
  .map((file) => JSON.parse(readFileSync(join(samples, file), 'utf8')));

/** When the calls of this file began: a month of their own, in which no other test has calls. */
const startedAt = (i: number) => new Date(Date.UTC(2026, 2, 10, 9, i)).toISOString();
const march = { from: '2026-03-01T00:00:00Z', to: '2026-04-01T00:00:00Z' };

const recordings: Recording[] = [];
const calls: CallWithMoments[] = [];
const tagsOf = (i: number) => scripts[i]?.tags.toSorted() ?? [];

beforeAll(async () => {
  for (const [i, { recording, metadata }] of scripts.entries()) {
    const key = `support/flow/${recording}`;
    recordings.push(await upload(key, await sampleAudio(recording), { ...metadata, 'started-at': startedAt(i) }));
  }
  calls.push(...(await Promise.all(recordings.map(settled))));
}, 240_000);

describe('a recording that a team uploads', () => {
  it.each(scripts.map((script, i) => [script.recording, i] as const))('%s is tagged as its script says', (_, i) => {
    expect(calls[i]).toMatchObject({ state: 'tagged', tags: tagsOf(i), source: 'support', startedAt: startedAt(i) });
    expect(calls[i]?.history.map((entry) => entry.state)).toEqual(['received', 'transcribing', 'tagged']);
  });

  it('is transcribed by Call Analytics where it has two channels, else by a standard job', () => {
    const kinds = calls.map((call) => [call.audio?.channels, call.job?.kind]);
    for (const [channels, kind] of kinds) expect(kind).toBe(channels === 2 ? 'call-analytics' : 'standard');
    expect(new Set(kinds.map(([channels]) => channels))).toEqual(new Set([1, 2]));
  });

  it('tells its speakers apart, also on one channel, where who is who is inferred', async () => {
    for (const call of calls) {
      const { speakers } = await verbatim.transcript(call.callId);
      expect(speakers.map(({ speaker }) => speaker).toSorted()).toEqual(['AGENT', 'CUSTOMER']);
      for (const speaker of speakers) expect(speaker.inferredFrom !== undefined).toBe(call.audio?.channels === 1);
    }
  });

  it('has the sentiment of what was said: by Call Analytics, and by Comprehend where that was chosen', async () => {
    for (const call of calls) {
      const { turns } = await verbatim.transcript(call.callId);
      const spoken = turns.filter((turn) => turn.words.length >= 3);
      expect(spoken.length).toBeGreaterThan(0);
      for (const turn of spoken) expect(turn.sentiment).toBeDefined();
    }
  });

  it('hides what is personal in every transcript, and in the audio of two channels', async () => {
    const redacted = [];
    for (const call of calls) {
      const { redactions } = await verbatim.transcript(call.callId);
      if (redactions.length > 0) redacted.push(call);
      expect(call.job?.outputs?.originalTranscript).toBeUndefined();
      if (call.audio?.channels === 2) expect(call.job?.outputs?.redactedAudio?.key).toMatch(/\.wav$/);
    }
    expect(redacted.length).toBeGreaterThan(0);
  });

  it('has moments with their offsets, speaker, quote and rule', () => {
    for (const call of calls) {
      expect([...new Set(call.moments.map((moment) => moment.tag))].toSorted()).toEqual(call.tags);
      for (const moment of call.moments) {
        expect(moment.endMs).toBeGreaterThan(moment.startMs);
        expect(moment.endMs).toBeLessThanOrEqual(call.durationMs ?? 0);
        expect(moment.rulebookVersion).toBe('starter-2/credit-limit-25');
        if (moment.tag !== 'missing-disclosure') expect(moment.quote).not.toBe('');
      }
    }
  });

  it('tells the amount of a credit that is over policy', () => {
    const over = calls.flatMap((call) => call.moments.filter((moment) => moment.tag === 'credit-over-policy'));
    expect(over.map(({ speaker, amount }) => ({ speaker, amount }))).toEqual([
      { speaker: 'AGENT', amount: { value: 40, currency: 'USD' } },
    ]);
  });

  it('carries its retention class and its tags as object tags', async () => {
    for (const [i, recording] of recordings.entries()) {
      expect(await objectTags(recording)).toEqual({
        'retention-class': '1-year',
        'retention-days': '365',
        'call-id': calls[i]?.callId,
        tags: tagsOf(i).join(' '),
      });
      expect(calls[i]?.retention?.expiresAt).toBe(new Date(Date.parse(startedAt(i)) + 365 * 86_400_000).toISOString());
    }
  });

  it('has a transcript with every word once and in order, in S3 and through the URL', async () => {
    for (const call of calls) {
      const transcript = await verbatim.transcript(call.callId);
      expect(await transcriptObject(`transcripts/${call.callId}.json`)).toEqual(transcript);
      const words = transcript.turns.flatMap((turn) => turn.words);
      expect(words.length).toBeGreaterThan(20);
      for (const turn of transcript.turns) {
        expect(turn.text.split(' ')).toHaveLength(turn.words.length);
        expect(turn.words.map((word) => word.startMs)).toEqual(
          turn.words.map((word) => word.startMs).toSorted((a, b) => a - b),
        );
      }
    }
  });
});

describe('look-ups through the calls URL', () => {
  const idsWhere = (test: (script: Script) => boolean) =>
    calls.filter((_, i) => scripts[i] && test(scripts[i])).map((call) => call.callId);

  it("answers an agent's calls of a period, oldest or newest first", async () => {
    for (const agentId of new Set(scripts.map((script) => script.metadata['agent-id'] ?? ''))) {
      const expected = idsWhere((script) => script.metadata['agent-id'] === agentId);
      const oldest = await Array.fromAsync(verbatim.calls({ agentId }, { ...march, order: 'oldest-first', limit: 1 }));
      expect(oldest.map((call) => call.callId)).toEqual(expected);
      const newest = await Array.fromAsync(verbatim.calls({ agentId }, march));
      expect(newest.map((call) => call.callId)).toEqual(expected.toReversed());
    }
  });

  it("answers a customer's calls of a period", async () => {
    for (const customerId of new Set(scripts.map((script) => script.metadata['customer-id'] ?? ''))) {
      const found = await Array.fromAsync(verbatim.calls({ customerId }, { ...march, order: 'oldest-first' }));
      expect(found.map((call) => call.callId)).toEqual(
        idsWhere((script) => script.metadata['customer-id'] === customerId),
      );
    }
  });

  it('answers the moments of a tag in a period, with their call, agent and customer', async () => {
    for (const tag of new Set(scripts.flatMap((script) => script.tags))) {
      const found = await Array.fromAsync(verbatim.moments(tag, { ...march, order: 'oldest-first', limit: 1 }));
      const expected = calls.flatMap((call) => call.moments.filter((moment) => moment.tag === tag));
      expect(found).toEqual(expected.toSorted((a, b) => a.occurredAt.localeCompare(b.occurredAt)));
    }
  });

  it('goes on to the end also where no period was named', async () => {
    const agentId = 'agent-lee';
    const found = await Array.fromAsync(verbatim.calls({ agentId }, { limit: 1 }));
    const whole = await verbatim.callsPage({ agentId });
    expect(found.map((call) => call.callId)).toEqual(whole.items.map((call) => call.callId));
    expect(found.length).toBeGreaterThan(1);
    const moments = await Array.fromAsync(verbatim.moments('recording-disclosure', { limit: 1 }));
    expect(moments.length).toBeGreaterThan(1);
  });

  it('answers nothing for a period in which nothing was', async () => {
    const agentId = scripts[0]?.metadata['agent-id'] ?? '';
    const february = { from: '2026-02-01T00:00:00Z', to: '2026-03-01T00:00:00Z' };
    expect(await Array.fromAsync(verbatim.calls({ agentId }, february))).toEqual([]);
  });

  it('answers nobody who does not sign', async () => {
    const response = await fetch(new URL('calls?agentId=agent-lee', urls.calls));
    expect(response.status).toBe(403);
  });

  it('says what is wrong with a question, as a problem document', async () => {
    await expect(verbatim.call('no-such-call')).rejects.toMatchObject({ status: 404 });
    const neither = verbatim.callsPage({} as { agentId: string });
    await expect(neither).rejects.toMatchObject({ status: 400, message: /name one of agentId, customerId and state/ });
    const foreign = verbatim.callsPage({ agentId: 'agent-lee' }, { cursor: 'bm9uZQ' });
    await expect(foreign).rejects.toMatchObject({ status: 400, message: /cursor: does not go on with this listing/ });
  });
});
