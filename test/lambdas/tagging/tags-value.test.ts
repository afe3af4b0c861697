import { expect, test } from 'vitest';
import { tagsValue } from '../../../lambdas/tagging/tags-value.ts';

test('tags are one value, separated by spaces', () => {
  expect(tagsValue([])).toBe('');
  expect(tagsValue(['cancellation', 'escalation'])).toBe('cancellation escalation');
});

test('as many whole tags as S3 takes in one value', () => {
  const tags = ['a', 'b', 'c'].map((letter) => letter.repeat(100));
  expect(tagsValue(tags)).toBe(`${tags[0]} ${tags[1]}`);
  expect(tagsValue(['x'.repeat(256)])).toHaveLength(256);
  expect(tagsValue(['x'.repeat(257)])).toBe('');
});
