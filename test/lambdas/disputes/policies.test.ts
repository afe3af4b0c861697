import { describe, expect, it } from 'vitest';
import { contradictionsOfTopics, DisputesConfig } from '../../../lambdas/disputes/disputes-config.ts';
import { periodOf } from '../../../lambdas/disputes/period.ts';
import { Policies, Policy, policyInForce } from '../../../lambdas/disputes/policies.ts';
import { saidAt } from '../../../lambdas/disputes/said-at.ts';
import { checkPossible } from '../../../lambdas/disputes/transitions.ts';
import { says, transcriptOf } from '../builders.ts';

const versions = [
  { version: '1', inForceFrom: '2026-01-01', text: 'up to 20 dollars' },
  { version: '2', inForceFrom: '2026-07-01T00:00:00+02:00', summary: 'up to 25 dollars', url: 'https://example.com/2' },
];
const policy = Policy.parse({ name: 'credits', versions });

describe('the policy in force', () => {
  it.each([
    ['2025-12-31T23:59:59.999Z', undefined],
    ['2026-01-01T00:00:00.000Z', '1'],
    ['2026-06-30T21:59:59.999Z', '1'],
    ['2026-06-30T22:00:00.000Z', '2'],
    ['2030-01-01T00:00:00.000Z', '2'],
    [undefined, undefined],
  ])('when a call began at %s is version %s', (startedAt, version) => {
    expect(policyInForce(policy, { callId: 'a', startedAt })).toMatchObject({ callId: 'a', policy: 'credits' });
    expect(policyInForce(policy, { callId: 'a', startedAt }).version).toBe(version);
  });

  it.each([
    [versions.toReversed(), /versions\.1\.inForceFrom: is not after that of version "2"/],
    [[{ ...versions[0], url: 'https://example.com' }], /give the text, or a summary together with a url/],
    [[versions[0], { ...versions[1], version: '1' }], /the version "1" is there twice/],
    [[], /name at least one version/],
  ])('is refused where its versions are %j', (wrong, message) => {
    const { error } = Policy.safeParse({ name: 'credits', versions: wrong });
    expect(error?.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join()).toMatch(message);
  });

  it('has a name of its own', () => {
    expect(
      Policies.safeParse([policy, policy].map((one) => ({ ...one, versions: versions.slice(0, 1) }))).error?.message,
    ).toMatch(/the policy \\"credits\\" is there twice/);
  });
});

describe('topics', () => {
  const scope = { tags: ['credit-offered'], policies: [policy] };
  const contradictions = (...topics: unknown[]) =>
    contradictionsOfTopics(DisputesConfig.parse({ topics }), scope).map(
      ({ path, message }) => `${path.join('.')}: ${message}`,
    );

  it('name tags that the rulebook gives, and policies that there are', () => {
    expect(contradictions({ name: 'credit', tags: ['credit-offered'], policy: 'credits' })).toEqual([]);
    expect(
      contradictions({ name: 'credit', tags: ['credits'] }, { name: 'credit', phrases: ['x'], policy: 'p' }),
    ).toEqual([
      'topics.0.tags: no rule of the rulebook gives the tag "credits": there are credit-offered',
      'topics.1.name: the topic "credit" is there twice',
      'topics.1.policy: there is no policy "p": there are credits',
    ]);
  });

  it('look for something, in the notation of the rulebook', () => {
    expect(DisputesConfig.safeParse({ topics: [{ name: 'x' }] }).error?.message).toMatch(/name tags or phrases/);
    expect(DisputesConfig.safeParse({ topics: [{ name: 'x', phrases: ['... credit'] }] }).error?.message).toMatch(
      /must begin and end with a word/,
    );
  });
});

describe('the period of a dispute', () => {
  it('is around a day, a week each way, or as many days as are asked for', () => {
    expect(periodOf({ day: '2026-10-14' })).toEqual({
      ...{ day: '2026-10-14', from: '2026-10-07T00:00:00.000Z', to: '2026-10-22T00:00:00.000Z' },
    });
    expect(periodOf({ day: '2026-10-14', windowDays: 0 })).toMatchObject({
      ...{ from: '2026-10-14T00:00:00.000Z', to: '2026-10-15T00:00:00.000Z' },
    });
  });

  it.each([
    [{}, /day: is missing/],
    [{ from: 'b', to: 'a' }, /from: b is not before/],
    [{ day: '2026-10-14', from: 'a', to: 'b' }, /not both/],
    [{ from: 'a', to: 'b', windowDays: 3 }, /windowDays: it is around a day/],
  ])('is not %j', (asked, message) => {
    expect(() => periodOf(asked)).toThrow(message);
  });
});

describe('what cannot be done in a state', () => {
  it.each([
    ['decided', 'decide', /is decided; possible is: it can be closed, it can be reopened/],
    ['closed', 'take-calls', /is closed; possible is: it can be reopened/],
    ['open', 'reopen', /is open; possible is: calls can be taken in, .*it can be closed/],
  ] as const)('%s: %s', (state, action, message) => {
    expect(() => checkPossible({ disputeId: 'd', state }, action)).toThrow(message);
  });
});

describe('what is said at a place', () => {
  const transcript = transcriptOf(
    says('AGENT', 'a credit of forty dollars', 1000),
    says('CUSTOMER', 'thank you', 5000),
  );
  const tagged = {
    ...{ tag: 'credit-offered', startMs: 1000, endMs: 2500, speaker: 'AGENT', quote: 'a credit of forty dollars' },
    ...{ ruleId: 'r', rulebookVersion: '1' },
  };

  it.each([900.5, 1000, 1200, 2500])('is the moment that is tagged at %d', (startMs) => {
    expect(saidAt({ startMs }, [tagged], transcript)).toEqual({
      ...{ startMs: 1000, endMs: 2500, tag: 'credit-offered', quote: 'a credit of forty dollars' },
      speaker: 'AGENT',
    });
  });

  it('is else what is said from there to the end of the turn, or of the stretch', () => {
    expect(saidAt({ startMs: 5000 }, [tagged], transcript)).toEqual({
      ...{ startMs: 5000, endMs: 5600, speaker: 'CUSTOMER', quote: 'thank you' },
    });
    expect(saidAt({ startMs: 1900, endMs: 5300 }, [tagged], transcript)).toEqual({
      ...{ startMs: 1900, endMs: 5300, quote: 'forty dollars thank' },
    });
  });

  it('is as much as a quote holds of whoever speaks on and on; who names a longer part is told to name a shorter', () => {
    const long = transcriptOf(says('AGENT', 'so I say it again '.repeat(200).trim(), 0));
    const { endMs = 0, quote = '' } = saidAt({ startMs: 0 }, [], long);
    expect(quote.length).toBeGreaterThan(1990);
    expect(quote.length).toBeLessThanOrEqual(2000);
    const words = long.turns.flatMap((turn) => turn.words);
    expect(endMs).toBe(words[quote.split(' ').length - 1]?.endMs);
    expect(() => saidAt({ startMs: 0, endMs: words.at(-1)?.endMs }, [], long)).toThrow(
      /endMs: more than 2000 characters/,
    );
  });

  it('is nothing in silence, and of the call as a whole', () => {
    expect(saidAt({ startMs: 3000, endMs: 4000 }, [], transcript)).toEqual({ startMs: 3000, endMs: 4000 });
    expect(saidAt({}, [tagged], transcript)).toEqual({});
  });
});
