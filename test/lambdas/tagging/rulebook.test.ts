import { expect, test } from 'vitest';
import { Rulebook } from '../../../lambdas/tagging/rulebook.ts';

const rule = { id: 'refund', tag: 'refund', phrases: ['money back'] };

test.each([
  [{ ...rule, tag: 'Refund Asked' }, 'rules.0.tag', 'such as "credit-offered"'],
  [{ ...rule, phrases: ['money ...'] }, 'rules.0.phrases.0', 'the phrase "money ..." must begin and end with a word'],
  [{ ...rule, phrases: [] }, 'rules.0.phrases', ''],
  [{ ...rule, absent: true, amount: {} }, 'rules.0.amount', 'an absent phrase has no amount'],
  [{ ...rule, speaker: 'agent' }, 'rules.0.speaker', 'AGENT'],
])('the rule %j is refused: the field and what is wrong are named', (wrong, field, what) => {
  const issues = Rulebook.safeParse({ version: '1', rules: [wrong] }).error?.issues ?? [];
  expect(issues.map((issue) => issue.path.join('.'))).toEqual([field]);
  expect(issues[0]?.message).toContain(what);
});

test('two rules of one id are refused: their moments could not be told apart', () => {
  const issues = Rulebook.safeParse({ version: '1', rules: [rule, rule] }).error?.issues ?? [];
  expect(issues.map((issue) => issue.message)).toEqual(['the rule "refund" is there twice']);
});
