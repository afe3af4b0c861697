import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { sealBy } from '../../../lambdas/platform/seal.ts';

const key = (of: number) => new Uint8Array(32).fill(of);
const ours = sealBy(async () => key(1));

test('what was sealed is opened, by whoever has the key, and fits into a URL as it is', async () => {
  const another = sealBy(async () => key(1));
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 300 }), async (text) => {
      const sealed = await ours.seal(text);
      expect(encodeURIComponent(sealed)).toBe(sealed);
      expect(await another.open(sealed)).toBe(text);
    }),
  );
});

test('of what is sealed nothing can be read, and the same is not sealed the same twice', async () => {
  const text = 'customer 15550100';
  const [first, second] = [await ours.seal(text), await ours.seal(text)];
  expect(first).not.toBe(second);
  for (const sealed of [first, second])
    expect(Buffer.from(sealed, 'base64url').toString('latin1')).not.toMatch(/15550100/);
});

test('what was altered anywhere, cut off or added to is not opened', async () => {
  const sealed = await ours.seal('{"position":{"group":0,"progress":["start"]}}');
  const bytes = Buffer.from(sealed, 'base64url');
  const flipped = fc.tuple(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 })).map(([at, bits]) => {
    const altered = Buffer.from(bytes);
    altered[at] = (altered[at] ?? 0) ^ bits;
    return altered.toString('base64url');
  });
  const cut = fc.nat(sealed.length - 1).map((length) => sealed.slice(0, length));
  const longer = fc.string({ minLength: 1 }).map((more) => sealed + more);
  await fc.assert(
    fc.asyncProperty(fc.oneof(flipped, cut, longer, fc.string()), async (altered) => {
      expect(await ours.open(altered)).toBeUndefined();
    }),
    { numRuns: 500 },
  );
});

test('what another key sealed is not opened', async () => {
  const theirs = sealBy(async () => key(2));
  expect(await ours.open(await theirs.seal('next'))).toBeUndefined();
});

test('the key is asked for once, at the first use, and again where it could not be had', async () => {
  const keyOf = vi.fn(async () => key(3)).mockRejectedValueOnce(new Error('KMS is not there'));
  const seal = sealBy(keyOf);
  expect(keyOf).not.toHaveBeenCalled();
  await expect(seal.seal('a')).rejects.toThrow('KMS is not there');
  await Promise.all([seal.seal('a'), seal.seal('b')]);
  await seal.open(await seal.seal('c'));
  expect(keyOf).toHaveBeenCalledTimes(2);
});
