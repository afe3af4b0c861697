import { describe, expect, test } from 'vitest';
import { applyRulebook, Rulebook, starterRulebook, type TaggingRule } from '../../../../lambdas/tagging/tagging.ts';
import type { Turn } from '../../../../lambdas/transcription/transcription.ts';
import { says, transcriptOf } from '../../builders.ts';

const starter = Rulebook.parse(starterRulebook({ creditLimitDollars: 25 }));
const DISCLOSURE = says('AGENT', 'This call may be recorded for quality and training.');

/** What the starter rulebook finds in turns, besides what it says of the disclosure. */
const momentsOf = (...turns: Turn[]) =>
  applyRulebook(transcriptOf(...turns), starter).filter(({ tag }) => !tag.endsWith('-disclosure'));
const tagsOf = (...turns: Turn[]) => momentsOf(...turns).map((moment) => moment.tag);
const agent = (text: string) => tagsOf(says('AGENT', text));
const customer = (text: string) => tagsOf(says('CUSTOMER', text));

describe('disclosure', () => {
  const disclosureOf = (...turns: Turn[]) =>
    applyRulebook(transcriptOf(...turns), starter).filter(({ tag }) => tag.endsWith('-disclosure'));

  test.each([
    'This call may be recorded for quality and training.',
    'Please note that our conversation will be monitored.',
    'Your call is being recorded.',
    'We are recording this call.',
    'This is recorded for training purposes.',
  ])('is heard: "%s"', (text) => {
    expect(disclosureOf(says('AGENT', text)).map((moment) => moment.tag)).toEqual(['recording-disclosure']);
  });

  test('that is missing is missing from the minute in which it had to be said', () => {
    expect(disclosureOf(says('AGENT', 'Hello.', 0), says('AGENT', 'Bye.', 80_000))).toEqual([
      {
        tag: 'missing-disclosure',
        ruleId: 'missing-disclosure',
        rulebookVersion: starter.version,
        speaker: 'AGENT',
        startMs: 0,
        endMs: 60_000,
        quote: '',
      },
    ]);
  });

  test('that is missing from a short call is missing from all of it', () => {
    expect(disclosureOf(says('AGENT', 'Hello and goodbye.'))).toMatchObject([{ startMs: 0, endMs: 900 }]);
  });

  test('that comes after the first minute is missing', () => {
    // Its first word that counts, "call", is 300 ms in.
    const tagsAt = (startMs: number) => disclosureOf(says('AGENT', DISCLOSURE.text, startMs)).map(({ tag }) => tag);
    expect(tagsAt(59_700)).toEqual(['missing-disclosure']);
    expect(tagsAt(59_699)).toEqual(['recording-disclosure']);
  });

  test("in the customer's words does not count", () => {
    expect(disclosureOf(says('CUSTOMER', DISCLOSURE.text)).map((moment) => moment.tag)).toEqual(['missing-disclosure']);
  });

  test('is missing from a call in which nothing is said', () => {
    expect(disclosureOf()).toMatchObject([{ tag: 'missing-disclosure', startMs: 0, endMs: 0 }]);
  });
});

describe('credit', () => {
  test.each([
    ['I will give you a credit of forty dollars.', 40],
    ['I can offer you a credit of $40.00 on your next bill.', 40],
    ['I have applied a credit of one hundred and twenty dollars.', 120],
    ["We'll credit your account twenty six dollars.", 26],
    ['I will put forty dollars credit on it, a credit to your account.', 40],
  ])('over the limit is offered and over policy: "%s"', (text, value) => {
    const moments = momentsOf(says('AGENT', text));
    expect(moments.map((moment) => moment.tag)).toEqual(['credit-offered', 'credit-over-policy']);
    for (const moment of moments) expect(moment.amount).toEqual({ value, currency: 'USD' });
  });

  test.each(['I will give you a credit of twenty dollars.', 'I can offer a credit of $25.'])(
    'within the limit is offered only: "%s"',
    (text) => {
      expect(agent(text)).toEqual(['credit-offered']);
    },
  );

  test.each([
    'I cannot offer a credit of forty dollars.',
    "I'm sorry, I can't give you a credit of forty dollars.",
    'We do not give any credit of forty dollars.',
    'I will give you a credit of forty minutes.',
    'I will give you a credit.',
    'That is forty dollars.',
    'Your credit card was charged forty dollars.',
  ])('is none: "%s"', (text) => {
    expect(agent(text)).toEqual([]);
  });

  test.each([
    'No problem. I will give you a credit of forty dollars.',
    "Please don't worry. I will give you a credit of forty dollars.",
    'I do not know why. I will give you a credit of forty dollars.',
  ])('is not undone by a "no" of the sentence before: "%s"', (text) => {
    expect(agent(text)).toEqual(['credit-offered', 'credit-over-policy']);
  });

  test('that is said in two ways at once is one offer', () => {
    const moments = momentsOf(says('AGENT', 'I will apply a credit, a credit of forty dollars, to your account.'));
    expect(moments.filter((moment) => moment.tag === 'credit-offered')).toHaveLength(1);
  });

  test('that the customer asks for is none that the agent offers', () => {
    expect(customer('You must give me a credit of forty dollars.')).toEqual([]);
  });

  test('far from any amount is none', () => {
    const between = 'and by the way '.repeat(5);
    expect(agent(`I will give you a credit ${between}it was forty dollars.`)).toEqual([]);
  });

  test('is found from its first word to its last, whichever turns they are in', () => {
    const turns = [
      says('AGENT', 'Fine. I will give you a', 10_000),
      says('CUSTOMER', 'Yes?', 11_500),
      says('AGENT', 'credit of forty dollars, today.', 12_000),
    ];
    expect(momentsOf(...turns)[0]).toEqual({
      tag: 'credit-offered',
      ruleId: 'credit-offered',
      rulebookVersion: starter.version,
      speaker: 'AGENT',
      startMs: 10_900,
      endMs: 13_200,
      quote: 'give you a credit of forty dollars,',
      amount: { value: 40, currency: 'USD' },
    });
  });

  test('is not put together over a long pause, nor from what two people say', () => {
    expect(tagsOf(says('AGENT', 'I give'), says('AGENT', 'a credit for forty dollars', 4000))).toEqual([]);
    expect(tagsOf(says('AGENT', 'I give'), says('CUSTOMER', 'a credit for forty dollars', 600))).toEqual([]);
  });

  test('that is offered twice is two moments, in order of time', () => {
    const offer = 'I will give you a credit of twenty dollars.';
    expect(momentsOf(says('AGENT', offer), says('AGENT', offer, 9000)).map((moment) => moment.startMs)).toEqual([
      600, 9600,
    ]);
  });
});

describe('cancellation', () => {
  test.each([
    'I want to cancel my contract.',
    'Please cancel.',
    'I am cancelling today!',
    'I would like to end my contract.',
  ])('by the customer: "%s"', (text) => {
    expect(customer(text)).toEqual(['cancellation']);
    expect(agent(text)).toEqual([]);
  });

  test('that is not wanted is none: "I don\'t want to cancel."', () => {
    expect(customer("I don't want to cancel.")).toEqual([]);
  });

  test('is not undone by a "not" of the sentence before', () => {
    expect(customer('I do not need it. Please cancel my contract.')).toEqual(['cancellation']);
  });
});

describe('escalation', () => {
  test.each([
    'I want to speak to your manager.',
    'Get me a supervisor!',
    'I will transfer you to a supervisor.',
    'I am escalating your complaint.',
  ])('by whomever: "%s"', (text) => {
    expect(customer(text)).toContain('escalation');
    expect(agent(text)).toContain('escalation');
  });

  test('is none where a manager is only spoken of', () => {
    expect(agent('Our manager is on holiday.')).toEqual([]);
  });
});

test.each(['UNKNOWN', 'spk_0', 'ch_1'])('words of a speaker who is not known (%s) count for every rule', (speaker) => {
  const text = 'This call may be recorded. I want to cancel. I will give you a credit of forty dollars.';
  const moments = applyRulebook(transcriptOf(says(speaker, text)), starter);
  expect(moments.map((moment) => moment.tag)).toEqual([
    'recording-disclosure',
    'cancellation',
    'credit-offered',
    'credit-over-policy',
  ]);
  expect(new Set(moments.map((moment) => moment.speaker))).toEqual(new Set([speaker]));
});

test('upper case, punctuation and curly apostrophes make no difference', () => {
  expect(agent('I WILL GIVE YOU A “CREDIT” OF, FORTY DOLLARS!')).toEqual(['credit-offered', 'credit-over-policy']);
  expect(agent('I can’t give you a credit of forty dollars.')).toEqual([]);
});

test('moments of all rules are in order of time', () => {
  const moments = applyRulebook(
    transcriptOf(
      DISCLOSURE,
      says('CUSTOMER', 'I want to cancel.', 5000),
      says('AGENT', 'I will give you a credit of twenty dollars.', 9000),
      says('CUSTOMER', 'Let me speak to your manager.', 15_000),
    ),
    starter,
  );
  expect(moments.map(({ tag, speaker, quote }) => [tag, speaker, quote])).toEqual([
    ['recording-disclosure', 'AGENT', 'call may be recorded'],
    ['cancellation', 'CUSTOMER', 'cancel.'],
    ['credit-offered', 'AGENT', 'give you a credit of twenty dollars.'],
    ['escalation', 'CUSTOMER', 'speak to your manager.'],
  ]);
});

describe("a team's own rules", () => {
  const found = (rule: Partial<TaggingRule>, text: string) => {
    const rules = [{ id: 'own', tag: 'own', phrases: ['money back'], ...rule }];
    return applyRulebook(transcriptOf(says('AGENT', text)), Rulebook.parse({ version: '7', rules }));
  };

  test('say by which version of the rulebook a moment was found', () => {
    expect(found({}, 'You get your money back.')).toMatchObject([{ ruleId: 'own', rulebookVersion: '7' }]);
  });

  test('may take other negations than the usual ones, or none', () => {
    expect(found({ negations: [] }, 'You will not get your money back.')).toHaveLength(1);
    expect(found({ negations: ['hardly'] }, 'You will hardly get your money back.')).toEqual([]);
  });

  test('find words once, though two phrases find them', () => {
    expect(found({ phrases: ['money back', 'your money', 'money'] }, 'You get your money back.')).toHaveLength(1);
  });
});
