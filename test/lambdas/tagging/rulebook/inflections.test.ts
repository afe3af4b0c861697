import { expect, test } from 'vitest';
import { inflectionsOf } from '../../../../lambdas/tagging/rulebook/inflections.ts';

test.each([
  ['refund', ['refund', 'refunds', 'refunded', 'refunding']],
  ['promise', ['promise', 'promises', 'promised', 'promising']],
  ['apply', ['apply', 'applies', 'applied', 'applying']],
  ['delay', ['delay', 'delays', 'delayed', 'delaying']],
  ['stop', ['stop', 'stops', 'stopped', 'stopping']],
  ['cancel', ['cancel', 'cancels', 'canceled', 'cancelled', 'canceling', 'cancelling']],
  ['transfer', ['transfer', 'transfers', 'transferred', 'transferring']],
  ['fix', ['fix', 'fixes', 'fixed', 'fixing']],
  ['reach', ['reach', 'reaches', 'reached', 'reaching']],
  ['agree', ['agree', 'agrees', 'agreed', 'agreeing']],
  ['take', ['take', 'takes', 'took', 'taken', 'taking']],
  ['put', ['put', 'puts', 'putting']],
])('the forms of "%s" are known', (word, forms) => {
  expect(inflectionsOf(word)).toEqual(expect.arrayContaining(forms));
});
