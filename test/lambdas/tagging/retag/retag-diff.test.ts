import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Moment } from '../../../../lambdas/calls/calls.ts';
import { diffMoments } from '../../../../lambdas/tagging/retag/retag-diff.ts';

const moment = (tag: string, startMs: number, endMs: number, changes: Partial<Moment> = {}): Moment => ({
  ...{ tag, startMs, endMs, speaker: 'AGENT', quote: 'as it was said', ruleId: 'a', rulebookVersion: '1' },
  ...changes,
});
const dollars = (value: number) => ({ amount: { value, currency: 'USD' } });

test.each<[string, Moment[], Moment[], object]>([
  [
    'found by another rule',
    [moment('a', 0, 9)],
    [moment('a', 0, 9, { ruleId: 'b', rulebookVersion: '2' })],
    { unchanged: 1 },
  ],
  ['that ends later', [moment('a', 0, 9)], [moment('a', 0, 12)], { moved: 1 }],
  ['of another speaker', [moment('a', 0, 9)], [moment('a', 0, 9, { speaker: 'CUSTOMER' })], { moved: 1 }],
  ['with another amount', [moment('a', 0, 9, dollars(40))], [moment('a', 0, 9, dollars(400))], { moved: 1 }],
  ['elsewhere', [moment('a', 0, 9)], [moment('a', 10, 19)], { lost: 1, gained: 1 }],
  ['that becomes two', [moment('a', 0, 20)], [moment('a', 0, 9), moment('a', 10, 20)], { moved: 1, gained: 1 }],
  ['that there are two of', [moment('a', 0, 9), moment('a', 0, 9)], [moment('a', 0, 9)], { unchanged: 1, lost: 1 }],
])('a moment %s', (_what, former, next, wanted) => {
  const [{ gained = [], lost = [], moved = [], unchanged = 0 } = {}, ...others] = diffMoments(former, next);
  expect(others).toEqual([]);
  expect({ gained: gained.length, lost: lost.length, moved: moved.length, unchanged }).toEqual({
    ...{ gained: 0, lost: 0, moved: 0, unchanged: 0 },
    ...wanted,
  });
});

test('a moment of another tag is another moment', () => {
  expect(diffMoments([moment('a', 0, 9)], [moment('b', 0, 9)])).toMatchObject([
    { tag: 'a', lost: [{ startMs: 0 }], gained: [], moved: [], unchanged: 0 },
    { tag: 'b', lost: [], gained: [{ startMs: 0 }], moved: [], unchanged: 0 },
  ]);
});

const moments = fc.array(
  fc
    .tuple(fc.constantFrom('a', 'b'), fc.nat(30), fc.nat(10), fc.constantFrom('AGENT', 'CUSTOMER'))
    .map(([tag, startMs, length, speaker]) => moment(tag, startMs, startMs + length, { speaker })),
  { maxLength: 12 },
);
const sum = (numbers: number[]) => numbers.reduce((all, one) => all + one, 0);

test('every former moment is lost, moved or unchanged, every next one gained, moved or unchanged, once', () => {
  fc.assert(
    fc.property(moments, moments, (former, next) => {
      const diffs = diffMoments(former, next);
      expect(sum(diffs.map(({ lost, moved, unchanged }) => lost.length + moved.length + unchanged))).toBe(
        former.length,
      );
      expect(sum(diffs.map(({ gained, moved, unchanged }) => gained.length + moved.length + unchanged))).toBe(
        next.length,
      );
    }),
  );
});

test('what is gained one way is lost the other way', () => {
  fc.assert(
    fc.property(moments, moments, (former, next) => {
      const there = diffMoments(former, next);
      const back = diffMoments(next, former);
      expect(back.map(({ tag, lost, unchanged }) => [tag, lost.length, unchanged])).toEqual(
        there.map(({ tag, gained, unchanged }) => [tag, gained.length, unchanged]),
      );
    }),
  );
});

test('nothing changes where nothing differs, in whichever order it is told', () => {
  fc.assert(
    fc.property(moments, (all) => {
      for (const { gained, lost, moved } of diffMoments(all, all.toReversed()))
        expect([...gained, ...lost, ...moved]).toEqual([]);
    }),
  );
});
