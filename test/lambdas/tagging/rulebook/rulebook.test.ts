import { expect, test } from 'vitest';
import { Rulebook } from '../../../../lambdas/tagging/rulebook/rulebook.ts';

const rule = { id: 'refund', tag: 'refund', phrases: ['money back'] };

test.each([
  [{ ...rule, tag: 'Refund Asked' }, 'rules.0.tag', 'such as "credit-offered"'],
  [{ ...rule, phrases: ['money ...'] }, 'rules.0.phrases.0', 'the phrase "money ..." must begin and end with a word'],
  [{ ...rule, phrases: [] }, 'rules.0.phrases', ''],
  [{ ...rule, absent: true, amount: {} }, 'rules.0.amount', 'an absent phrase has no amount'],
  [{ ...rule, speaker: 'agent' }, 'rules.0.speaker', 'AGENT'],
  [{ id: 'refund', tag: 'refund' }, 'rules.0.phrases', 'one of phrases, categories, redacted, conversation, sentiment'],
  [{ ...rule, redacted: 'any' }, 'rules.0.redacted', 'make a rule of phrases and one of redacted'],
  [{ ...rule, phrases: undefined, redacted: 'any', amount: {} }, 'rules.0.amount', 'is for a rule with phrases'],
  [{ ...rule, firstSeconds: 60, lastSeconds: 60 }, 'rules.0.lastSeconds', 'choose firstSeconds or lastSeconds'],
  [{ ...rule, near: { phrases: ['now'] } }, 'rules.0.near', 'name withinWords or withinSeconds'],
  [
    { ...rule, near: { phrases: ['now'], withinWords: 3, speaker: 'AGENT' } },
    'rules.0.near.speaker',
    'the same speaker',
  ],
  [{ ...rule, not: 'now' }, 'rules.0.not', 'write a list of phrases, or { phrases, withinWords }'],
  [
    { ...rule, examples: { match: [[{ text: 'now' }]] } },
    'rules.0.examples.match.0',
    'a list of turns: { speaker, text }',
  ],
  [{ id: 'refund', tag: 'refund', redacted: 'all' }, 'rules.0.redacted', 'write "any"'],
  [{ ...rule, not: ['... now'] }, 'rules.0.not.0', 'must begin and end with a word'],
  [{ ...rule, amount: { over: 20, atMost: 20 } }, 'rules.0.amount', 'no amount is within these limits'],
  [{ ...rule, amount: { currency: 'YEN' } }, 'rules.0.amount.currency', 'USD'],
  [
    { ...rule, after: { tag: 'greeting' } },
    'rules.0.after.tag',
    'no rule gives the tag "greeting": the tags are refund',
  ],
  [{ ...rule, after: { tag: 'refund' } }, 'rules.0.after', 'waits for its own tag'],
  [{ ...rule, languages: ['English!'] }, 'rules.0.languages.0', '"en" or "en-US"'],
  [{ ...rule, phrases: undefined, conversation: {} }, 'rules.0.conversation', 'name exactly one number'],
  [{ ...rule, phrases: undefined, conversation: { talkShareOver: 0.5 } }, 'rules.0.speaker', 'name AGENT or CUSTOMER'],
])('the rule %j is refused: the field and what is wrong are named', (wrong, field, what) => {
  const issues = Rulebook.safeParse({ version: '1', rules: [wrong] }).error?.issues ?? [];
  expect(issues.map((issue) => issue.path.join('.'))).toEqual([field]);
  expect(issues[0]?.message).toContain(what);
});

test('two rules of one id are refused: their moments could not be told apart', () => {
  const issues = Rulebook.safeParse({ version: '1', rules: [rule, rule] }).error?.issues ?? [];
  expect(issues.map((issue) => issue.message)).toEqual(['the rule "refund" is there twice']);
});

test('rules that wait for each other are refused, those that wait for them are not', () => {
  const order = (id: string, tag: string) => ({ id, tag: id, phrases: [id], after: { tag } });
  const rules = [order('a', 'b'), order('b', 'c'), order('c', 'a'), order('d', 'a')];
  const issues = Rulebook.safeParse({ version: '1', rules }).error?.issues ?? [];
  expect(issues.map((issue) => issue.path.join('.'))).toEqual(['rules.0.after', 'rules.1.after', 'rules.2.after']);
});

test('a rulebook that was read is the same when it is read again, from JSON too', () => {
  const read = Rulebook.parse({
    version: '1',
    rules: [
      { ...rule, not: ['later'], near: { phrases: ['now'], withinSeconds: 3 }, examples: { match: ['money back'] } },
    ],
  });
  expect(Rulebook.parse(JSON.parse(JSON.stringify(read)))).toEqual(read);
});
