import { describe, expect, it } from 'vitest';
import type { Call, Moment } from '../../../lambdas/calls/calls.ts';
import {
  amountsOf,
  type Claim,
  lookingFor,
  rankCandidates,
  type SearchedCall,
} from '../../../lambdas/disputes/candidates.ts';
import { starterTopicsOf } from '../../../lambdas/disputes/disputes-config.ts';
import { says, transcribingCall, transcriptOf } from '../builders.ts';

const [credit] = starterTopicsOf(['credit-offered', 'credit-over-policy']);
const claim = { claim: 'Your agent promised me a $40 credit.', topic: credit, day: '2026-10-14' };

const moment = (tag: string, startMs: number, quote: string, value?: number): Moment => ({
  ...{ tag, startMs, endMs: startMs + 3000, speaker: 'AGENT', quote, ruleId: tag, rulebookVersion: '1' },
  ...(value !== undefined && { amount: { value, currency: 'USD' } }),
});

const searched = (callId: string, text: string, moments: Moment[] = [], changes: Partial<Call> = {}): SearchedCall => ({
  call: transcribingCall(callId, { state: 'tagged', ...changes }),
  moments,
  transcript: transcriptOf(says('AGENT', text, 1000)),
});
const unheard = (callId: string, state: Call['state'] = 'transcribing'): SearchedCall => ({
  call: transcribingCall(callId, { state }),
  moments: [],
});

const rank = (of: Claim, calls: SearchedCall[], takenIn?: Set<string>) =>
  rankCandidates(of, calls.map(lookingFor(of)), takenIn);

describe('the amounts of a claim', () => {
  it.each([
    ['Your agent promised me a $40 credit.', [40]],
    ['She said forty dollars, yes, $40.00!', [40]],
    ['I was told "$20 or $25"', [20, 25]],
    ['You owe me an apology.', []],
  ])('are read from %j', (text, values) => {
    expect(amountsOf(text).map(({ value }) => value)).toEqual(values);
  });
});

describe('candidates', () => {
  it('are ranked by what bears on the claim: the amount in a moment of the topic, then its tags, then its words', () => {
    const promised = moment('credit-offered', 1000, 'give you a credit of forty dollars', 40);
    const other = moment('credit-offered', 1000, 'a credit of ten dollars', 10);
    const { items, notSaid } = rank(claim, [
      searched('nothing', 'have a good day'),
      searched('spoken-of', 'they promised a credit'),
      searched('ten', 'I give you a credit of ten dollars', [other]),
      searched('forty', 'I give you a credit of forty dollars', [promised]),
      searched('bill', 'your bill is forty dollars'),
      unheard('unheard'),
    ]);
    expect(items.map(({ callId }) => callId)).toEqual(['forty', 'ten', 'bill', 'spoken-of', 'nothing', 'unheard']);
    expect(items[0]?.why.map(({ because }) => because)).toEqual([
      '40 USD, as claimed, in a moment of the topic credit',
      'tagged credit-offered, of the topic credit',
      expect.stringMatching(/is said, of the topic credit$/),
      'on the day of the claim',
    ]);
    expect(items[0]?.score).toBe(items[0]?.why.reduce((sum, { points }) => sum + points, 0));
    expect(notSaid).toBeUndefined();
  });

  it('tell the second of each moment once, whichever way it was found', () => {
    const promised = moment('credit-offered', 1000, 'give you a credit of forty dollars', 40);
    const [found] = rank(claim, [searched('a', 'give you a credit of forty dollars', [promised])]).items;
    expect(found?.moments).toEqual([
      {
        ...{ startMs: 1000, endMs: 4000, speaker: 'AGENT', quote: 'give you a credit of forty dollars' },
        ...{ tag: 'credit-offered', amount: { value: 40, currency: 'USD' } },
        phrase: expect.any(String),
      },
    ]);
  });

  it('that say the same are in order of how near they are to the day', () => {
    const on = (callId: string, day: string) => searched(callId, 'hello', [], { startedAt: `${day}T10:00:00.000Z` });
    const calls = [on('a', '2026-10-11'), on('b', '2026-10-14'), on('c', '2026-10-15'), on('d', '2026-11-30')];
    expect(rank(claim, calls).items.map(({ callId }) => callId)).toEqual(['b', 'c', 'a', 'd']);
  });

  it('that are in the dispute say so', () => {
    const { items } = rank(claim, [searched('a', 'hello'), searched('b', 'hello')], new Set(['b']));
    expect(items.map(({ callId, takenIn }) => [callId, takenIn])).toEqual([
      ['a', false],
      ['b', true],
    ]);
  });
});

describe('what was not said', () => {
  it('is told with the calls and the minutes that were listened to, and without those that were not', () => {
    const { notSaid, searched: told } = rank(claim, [
      searched('a', 'hello', [], { durationMs: 90_000 }),
      searched('b', 'good bye', [], { durationMs: 60_000 }),
      unheard('c'),
      unheard('d', 'failed'),
    ]);
    expect(notSaid).toEqual({
      message:
        'not said in any of these 2 calls, 2.5 minutes listened; 2 more have no transcript and were not listened to',
      ...{ calls: 2, minutes: 2.5 },
    });
    expect(told).toMatchObject({
      ...{ calls: 2, durationMs: 150_000 },
      notTranscribed: [
        { callId: 'c', state: 'transcribing' },
        { callId: 'd', state: 'failed' },
      ],
    });
  });

  it('mentions redacted words, which may be those of the claim', () => {
    const hidden = transcriptOf(says('AGENT', 'it is [PII] and [PII]'));
    for (const word of hidden.turns[0]?.words ?? []) if (word.text === '[PII]') word.redaction = { type: 'NAME' };
    const call = transcribingCall('a', { state: 'tagged' });
    const { notSaid, searched: told } = rank(claim, [{ call, moments: [], transcript: hidden }]);
    expect(told.redacted).toEqual([{ callId: 'a', words: 2, types: ['NAME'] }]);
    expect(notSaid?.message).toMatch(/2 words of 1 calls are redacted and could not be compared$/);
  });

  it('tells the languages where there are several: a topic has the words of one', () => {
    const spanish = searched('b', 'un credito', [], { language: 'es-US' });
    const { notSaid, searched: told } = rank(claim, [searched('a', 'hello', [], { language: 'en-US' }), spanish]);
    expect(told.languages).toEqual([
      { language: 'en-US', calls: 1 },
      { language: 'es-US', calls: 1 },
    ]);
    expect(notSaid?.message).toContain('; they are in en-US (1), es-US (1)');
    expect(rank(claim, [searched('a', 'hello', [], { language: 'en-US' })]).notSaid?.message).not.toContain('en-US');
  });

  it('is not claimed where no call has a transcript, or where there is nothing to look for', () => {
    expect(rank(claim, [unheard('a')]).notSaid).toBeUndefined();
    expect(rank(claim, []).notSaid).toBeUndefined();
    const vague = rank({ claim: 'I am not content.' }, [searched('a', 'hello')]);
    expect(vague.notSaid).toBeUndefined();
    expect(vague.searched.for).toEqual({ tags: [], phrases: [], amounts: [] });
  });
});
