import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type * as z from 'zod';
import { findPhrase, type Match, parsePhrase } from '../../../../lambdas/tagging/rulebook/phrases.ts';
import { compileRulebook, exampleTranscript, Rulebook, type RuleExample } from '../../../../lambdas/tagging/tagging.ts';
import type { Transcript } from '../../../../lambdas/transcription/transcription.ts';

type RulebookInput = z.input<typeof Rulebook>;
type RuleInput = RulebookInput['rules'][number];
type Dialogue = Exclude<RuleExample, string>;

const compiled = (...rules: Partial<RuleInput>[]) =>
  compileRulebook(
    Rulebook.parse({ version: '1', rules: rules.map((rule, i) => ({ id: `rule-${i}`, tag: `tag-${i}`, ...rule })) }),
  );

/** What rules find in what is said, by the rule: the quotes. */
const quotesIn = (said: RuleExample, ...rules: Partial<RuleInput>[]) =>
  compiled(...rules)
    .tag(exampleTranscript(said, {}))
    .map(({ tag, quote }) => `${tag}: ${quote}`);

const agent = (text: string, more: Partial<Dialogue[number]> = {}) => ({ speaker: 'AGENT', text, ...more });
const customer = (text: string, more: Partial<Dialogue[number]> = {}) => ({ speaker: 'CUSTOMER', text, ...more });

describe('phrases', () => {
  test('that stand near a "not" phrase are none', () => {
    const rule = { phrases: ['cancel'], not: ['appointment'] };
    expect(quotesIn('I cancel the appointment', rule)).toEqual([]);
    expect(quotesIn('I cancel it all because of one two appointment', rule)).toEqual(['tag-0: cancel']);
    expect(
      quotesIn('I cancel one appointment', { ...rule, not: { phrases: ['appointment'], withinWords: 1 } }),
    ).toEqual(['tag-0: cancel']);
  });

  test('may need another phrase near them, of the same speaker', () => {
    const rule = { phrases: ['cancel'], near: { phrases: ['contract|plan'], withinWords: 3 } };
    expect(quotesIn('cancel my whole plan', rule)).toEqual(['tag-0: cancel']);
    expect(quotesIn('cancel it whatever my plan', rule)).toEqual([]);
    expect(quotesIn([customer('cancel'), agent('your plan')], rule)).toEqual([]);
  });

  test('may need a reply', () => {
    const rule = { phrases: ['agree'], near: { phrases: ['yes'], withinSeconds: 5, speaker: 'CUSTOMER' as const } };
    expect(quotesIn([agent('Do you agree?'), customer('Yes.')], rule)).toEqual(['tag-0: agree?']);
    expect(quotesIn([agent('Do you agree?'), customer('Yes.', { pauseSeconds: 6 })], rule)).toEqual([]);
    expect(quotesIn([agent('Do you agree?'), agent('Yes.')], rule)).toEqual([]);
  });

  test('count in turns of a sentiment', () => {
    const rule = { phrases: ['bill'], sentiment: 'NEGATIVE' as const };
    const said = [customer('My bill!', { sentiment: 'NEGATIVE' }), customer('A bill.', { sentiment: 'NEUTRAL' })];
    expect(quotesIn(said, rule)).toEqual(['tag-0: bill!']);
  });

  test('are never found in what was redacted, and never show it', () => {
    expect(quotesIn('pay with [PII] now', { phrases: ['pii'] })).toEqual([]);
    expect(quotesIn('pay with [PII] now', { phrases: ['pay with now'] })).toEqual([]);
    expect(quotesIn('pay with [CREDIT_DEBIT_NUMBER] now', { phrases: ['pay ... now'] })).toEqual([
      'tag-0: pay with [PII] now',
    ]);
  });

  test('of a negation are themselves no negation', () => {
    expect(quotesIn('I am not happy', { phrases: ['not happy'] })).toEqual(['tag-0: not happy']);
  });

  test('that a polite answer begins with are none', () => {
    expect(quotesIn('there is no problem', { phrases: ['problem'] })).toEqual([]);
  });

  test.each([
    [{ over: 25 }, ['26']],
    [{ atLeast: 25 }, ['25', '26']],
    [{ under: 25 }, ['24']],
    [{ atMost: 25 }, ['24', '25']],
    [{ over: 24, under: 26 }, ['25']],
    [{ currency: 'EUR' as const }, []],
  ])('with an amount within limits %j', (amount, expected) => {
    const found = ['24', '25', '26'].filter(
      (value) => quotesIn(`a fee of $${value}`, { phrases: ['fee'], amount }).length > 0,
    );
    expect(found).toEqual(expected);
  });
});

describe('place and order', () => {
  const late = [agent('hello'), customer('hello', { pauseSeconds: 70 }), agent('goodbye')];

  test('of the last seconds', () => {
    expect(quotesIn(late, { phrases: ['hello'], lastSeconds: 2 })).toEqual(['tag-0: hello']);
    expect(quotesIn(late, { phrases: ['hello'], lastSeconds: 2, speaker: 'AGENT' })).toEqual([]);
    expect(quotesIn(late, { phrases: ['goodbye'], lastSeconds: 2, absent: true })).toEqual([]);
    expect(
      compiled({ phrases: ['thanks'], lastSeconds: 2, absent: true }).tag(exampleTranscript(late, {})),
    ).toMatchObject([{ startMs: 69_400, endMs: 71_400, quote: '', speaker: 'UNKNOWN' }]);
  });

  test('of calls that are long enough', () => {
    const rule = { phrases: ['thanks'], absent: true, callAtLeastSeconds: 60 };
    expect(quotesIn(late, rule)).toHaveLength(1);
    expect(quotesIn('hello', rule)).toEqual([]);
  });

  test('behind and ahead of a moment of another tag, whichever rule comes first', () => {
    const said = [agent('offer'), customer('yes'), agent('offer', { pauseSeconds: 20 })];
    const yes = { tag: 'yes', phrases: ['yes'] };
    expect(quotesIn(said, { phrases: ['offer'], after: { tag: 'yes' } }, yes)).toEqual(['yes: yes', 'tag-0: offer']);
    expect(quotesIn(said, { phrases: ['offer'], after: { tag: 'yes', withinSeconds: 10 } }, yes)).toEqual(['yes: yes']);
    expect(quotesIn(said, { phrases: ['offer'], before: { tag: 'yes' } }, yes)).toEqual(['tag-0: offer', 'yes: yes']);
    expect(quotesIn(said, { phrases: ['offer'], before: { tag: 'yes' }, after: { tag: 'yes' } }, yes)).toEqual([
      'yes: yes',
    ]);
  });

  test('what is missing ahead of, or behind, each moment of another tag', () => {
    const payment = { tag: 'payment', phrases: ['pay'] };
    const unverified = { phrases: ['verified'], absent: true, before: { tag: 'payment' } };
    expect(quotesIn([agent('verified'), customer('pay')], payment, unverified)).toEqual(['payment: pay']);
    expect(quotesIn([customer('pay'), agent('verified')], payment, unverified)).toEqual(['tag-1: ', 'payment: pay']);
    expect(quotesIn('hello', payment, unverified)).toEqual([]);
    const thankless = { phrases: ['thanks'], absent: true, after: { tag: 'payment', withinSeconds: 5 } };
    expect(
      quotesIn(
        [customer('pay'), agent('thanks'), customer('pay', { pauseSeconds: 9 }), agent('ok')],
        payment,
        thankless,
      ),
    ).toEqual(['payment: pay', 'payment: pay', 'tag-1: ']);
  });
});

describe('languages', () => {
  const rule = { phrases: ['hello'] };
  const inLanguage = (language: string | undefined): Transcript => ({ ...exampleTranscript('hello', {}), language });

  test('a rule applies to calls in its languages, and to those of which none is told', () => {
    const found = (language: string | undefined, languages: string[]) =>
      compiled({ ...rule, languages }).tag(inLanguage(language)).length > 0;
    expect(found('en-US', ['en'])).toBe(true);
    expect(found('en-US', ['en-us'])).toBe(true);
    expect(found('en-US', ['en-GB', 'es'])).toBe(false);
    expect(found('eng', ['en'])).toBe(false);
    expect(found(undefined, ['en'])).toBe(true);
  });

  test('of a rule go before those of the rulebook', () => {
    const rules = [
      { id: 'a', tag: 'a', ...rule },
      { id: 'b', tag: 'b', ...rule, languages: ['es'] },
    ];
    const { tag } = compileRulebook(Rulebook.parse({ version: '1', languages: ['en'], rules }));
    expect(tag(inLanguage('es-US')).map((moment) => moment.ruleId)).toEqual(['b']);
  });

  test('in a call of several, the turns in its languages count', () => {
    const spoken = exampleTranscript([customer('hello'), agent('hello')], {});
    const turns = spoken.turns.map((turn, i) => ({ ...turn, language: i === 0 ? 'en-US' : 'es-US' }));
    const languages = ['en-US', 'es-US'].map((language) => ({ language }));
    const call: Transcript = { ...spoken, turns, language: 'en-US', languages };
    expect(compiled({ ...rule, languages: ['es'] }).tag(call)).toMatchObject([{ speaker: 'AGENT' }]);
  });
});

describe('what Call Analytics tells', () => {
  test('its categories: where they match, or the whole call', () => {
    const said = [agent('Hello there.'), customer('Goodbye.', { categories: ['Farewell'] })];
    const rule = { categories: ['Farewell', 'Other'] };
    const transcript = exampleTranscript(said, {});
    expect(compiled(rule).tag(transcript)).toMatchObject([{ quote: 'Goodbye.', speaker: 'CUSTOMER', startMs: 1100 }]);
    expect(compiled({ ...rule, speaker: 'AGENT' }).tag(transcript)).toEqual([]);
    const whole = { ...transcript, categories: [{ name: 'Other', pointsOfInterest: [] }] };
    expect(compiled(rule).tag(whole)).toMatchObject([{ quote: '', startMs: 0, endMs: transcript.durationMs }]);
    expect(compiled({ categories: ['None'], absent: true }).tag(whole)).toHaveLength(1);
  });

  test('what was redacted, by type', () => {
    const said = 'It is [CREDIT_DEBIT_NUMBER] [CREDIT_DEBIT_NUMBER] and I am [NAME] or [PII].';
    expect(quotesIn(said, { redacted: ['CREDIT_DEBIT_NUMBER'] })).toEqual(['tag-0: [PII] [PII]']);
    expect(quotesIn(said, { redacted: 'any' })).toEqual(['tag-0: [PII] [PII]', 'tag-0: [PII]', 'tag-0: [PII].']);
    expect(quotesIn(said, { redacted: ['PIN'] })).toEqual([]);
  });

  test('the sentiment of turns', () => {
    const said = [customer('Oh no.', { sentiment: 'NEGATIVE' }), agent('Sorry.', { sentiment: 'NEGATIVE' })];
    expect(quotesIn(said, { sentiment: 'NEGATIVE', speaker: 'CUSTOMER' })).toEqual(['tag-0: Oh no.']);
  });
});

describe('numbers of the conversation', () => {
  const said = [
    agent('one two three four five six seven eight'),
    customer('no', { pauseSeconds: -1 }),
    customer('but', { pauseSeconds: 8 }),
  ];
  const { durationMs } = exampleTranscript(said, {});
  const found = (conversation: RuleInput['conversation'], speaker?: 'AGENT' | 'CUSTOMER') =>
    compiled({ conversation, speaker })
      .tag(exampleTranscript(said, {}))
      .map(({ startMs, endMs }) => [startMs, endMs]);
  const whole = [[0, durationMs]];

  test.each<[RuleInput['conversation'], 'AGENT' | 'CUSTOMER' | undefined, number[][]]>([
    [{ silenceOverSeconds: 7 }, undefined, [[2400, 10_400]]],
    [{ silenceOverSeconds: 8 }, undefined, []],
    [{ interruptionsOver: 0 }, 'CUSTOMER', [[1400, 1700]]],
    [{ interruptionsOver: 1 }, 'CUSTOMER', []],
    [{ interruptionsOver: 0 }, 'AGENT', []],
    [{ talkShareOver: 0.7 }, 'AGENT', whole],
    [{ talkShareOver: 0.9 }, 'AGENT', []],
    [{ talkShareUnder: 0.3 }, 'CUSTOMER', whole],
    [{ durationOverSeconds: 10 }, undefined, whole],
    [{ durationOverSeconds: 11 }, undefined, []],
    [{ durationUnderSeconds: 11 }, undefined, whole],
    [{ wordsPerMinuteOver: 199 }, 'AGENT', whole],
    [{ wordsPerMinuteOver: 200 }, 'AGENT', []],
  ])('%j of %s', (conversation, speaker, expected) => {
    expect(found(conversation, speaker)).toEqual(expected);
  });
});

const word = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'not');
const phrase = fc
  .array(
    fc.tuple(
      fc.constantFrom('', '... ', '...2 '),
      fc.array(word, { minLength: 1, maxLength: 2 }),
      fc.constantFrom('', '*'),
    ),
    {
      minLength: 1,
      maxLength: 4,
    },
  )
  .map((steps) => steps.map(([gap, words, star], i) => `${i === 0 ? '' : gap}${words.join('|')}${star}`).join(' '));
const speaker = fc.constantFrom('AGENT' as const, 'CUSTOMER' as const);
const phraseRule = fc.record({
  phrases: fc.array(phrase, { minLength: 1, maxLength: 3 }),
  speaker: fc.option(speaker, { nil: undefined }),
  firstSeconds: fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined }),
  absent: fc.boolean(),
  negations: fc.constant<string[]>([]),
});
const dialogue = fc.array(
  fc.record({
    speaker: fc.constantFrom('AGENT', 'CUSTOMER', 'spk_2'),
    text: fc.array(word, { minLength: 1, maxLength: 12 }).map((words) => words.join(' ')),
    // Longer than any pause within an utterance, so that turns are read one by one.
    pauseSeconds: fc.integer({ min: 3, max: 30 }),
  }),
  { minLength: 1, maxLength: 6 },
);

/** From left to right, the longest of those that begin together, each clear of the one before. */
function withoutOverlaps(matches: readonly Match[]): Match[] {
  const kept: Match[] = [];
  for (const match of matches.toSorted((a, b) => a.first - b.first || b.last - a.last)) {
    if (match.first > (kept.at(-1)?.last ?? -1)) kept.push(match);
  }
  return kept;
}

test('a compiled rulebook finds what each phrase finds by itself, turn by turn', () => {
  fc.assert(
    fc.property(fc.array(phraseRule, { minLength: 1, maxLength: 6 }), dialogue, (rules, said) => {
      const transcript = exampleTranscript(said, {});
      const moments = compiled(...rules).tag(transcript);
      rules.forEach(({ phrases, speaker: wanted, firstSeconds = Number.POSITIVE_INFINITY, absent }, i) => {
        const covered = transcript.turns
          .filter((turn) => !wanted || turn.speaker === wanted || turn.speaker === 'spk_2')
          .flatMap(({ words }) => {
            const texts = words.map(({ text }) => text);
            const matches = phrases.flatMap((text) => findPhrase(texts, parsePhrase(text)));
            return withoutOverlaps(matches).map(
              ({ first, last }) => [words[first]?.startMs ?? 0, words[last]?.endMs ?? 0] as const,
            );
          })
          .filter(([startMs]) => startMs < firstSeconds * 1000);
        const expected = absent
          ? covered.length > 0
            ? []
            : [[0, Math.min(firstSeconds * 1000, transcript.durationMs)]]
          : covered.toSorted(([a], [b]) => a - b);
        const found = moments.filter(({ ruleId }) => ruleId === `rule-${i}`);
        expect(found.map(({ startMs, endMs }) => [startMs, endMs])).toEqual(expected);
      });
    }),
    { numRuns: 500 },
  );
});

const anyRule = fc.oneof(
  fc.record({
    phrases: fc.array(phrase, { minLength: 1, maxLength: 2 }),
    not: fc.option(fc.array(phrase, { minLength: 1, maxLength: 1 }), { nil: undefined }),
    lastSeconds: fc.option(fc.integer({ min: 1, max: 40 }), { nil: undefined }),
    speaker: fc.option(speaker, { nil: undefined }),
  }),
  fc.record({ redacted: fc.constant('any' as const), speaker }),
  fc.record({ conversation: fc.record({ silenceOverSeconds: fc.integer({ min: 1, max: 20 }) }) }),
);
const anyCall = fc.array(
  fc.record({
    speaker: fc.constantFrom('AGENT', 'CUSTOMER', 'UNKNOWN'),
    text: fc
      .array(fc.oneof(word, fc.constantFrom('[PII]', 'b.', '$40')), { minLength: 1, maxLength: 9 })
      .map((words) => words.join(' ')),
    pauseSeconds: fc.integer({ min: -2, max: 9 }),
  }),
  { minLength: 1, maxLength: 6 },
);

test('every moment lies within the call, in order of time, and the same call gives the same', () => {
  fc.assert(
    fc.property(fc.array(anyRule, { minLength: 1, maxLength: 6 }), anyCall, (rules, said) => {
      const transcript = exampleTranscript(said, {});
      const moments = compiled(...rules).tag(transcript);
      for (const { startMs, endMs } of moments) {
        expect(startMs).toBeGreaterThanOrEqual(0);
        expect(endMs).toBeGreaterThanOrEqual(startMs);
        expect(endMs).toBeLessThanOrEqual(transcript.durationMs);
      }
      expect(moments.map(({ startMs }) => startMs)).toEqual(
        moments.map(({ startMs }) => startMs).toSorted((a, b) => a - b),
      );
      expect(compiled(...rules).tag(structuredClone(transcript))).toEqual(moments);
    }),
    { numRuns: 300 },
  );
});

test('a rule or its absence finds something, never both and never neither', () => {
  fc.assert(
    fc.property(
      anyRule.filter((rule) => !('conversation' in rule)),
      anyCall,
      (rule, said) => {
        const found = compiled({ ...rule, tag: 'there' }, { ...rule, tag: 'absent', absent: true }).tag(
          exampleTranscript(said, {}),
        );
        expect(new Set(found.map(({ tag }) => tag)).size).toBe(1);
        expect(found.filter(({ tag }) => tag === 'absent').length).toBeLessThanOrEqual(1);
      },
    ),
    { numRuns: 300 },
  );
});
