import { expect, test } from 'vitest';
import { type StorageTransition, transitionsThatPay } from '../../../../lambdas/retention/policy/storage-class.ts';

const moves: StorageTransition[] = [
  { storageClass: 'STANDARD_IA', afterDays: 30 },
  { storageClass: 'GLACIER', afterDays: 60 },
  { storageClass: 'DEEP_ARCHIVE', afterDays: 200 },
];

test.each([
  [380, ['STANDARD_IA', 'GLACIER', 'DEEP_ARCHIVE']],
  [379, ['STANDARD_IA', 'GLACIER']],
  [150, ['STANDARD_IA', 'GLACIER']],
  [149, ['STANDARD_IA']],
  [59, []],
])('of a call that is kept %d days, moves pay to %j', (keepDays, paying) => {
  expect(transitionsThatPay(moves, keepDays).map((move) => move.storageClass)).toEqual(paying);
});

test('a stay that the next move cuts short does not pay', () => {
  const soon: StorageTransition[] = [
    { storageClass: 'STANDARD_IA', afterDays: 30 },
    { storageClass: 'GLACIER_IR', afterDays: 45 },
  ];
  expect(transitionsThatPay(soon, 365)).toEqual(soon.slice(1));
});
