import { expect, test } from 'vitest';
import { decodeCursor, encodeCursor, type Listing, type Position } from '../../../lambdas/platform/cursor.ts';
import { VerbatimError } from '../../../lambdas/platform/errors.ts';

const listing: Listing = {
  of: ['customerId', '+1 555 0100'],
  from: '2026-01-01T00:00:00.000Z',
  to: '2026-02-01T00:00:00.000Z',
  order: 'newest-first',
};
const position: Position = { group: 2, progress: ['start', { subject: 'call#ä/+', part: 'call' }, 'end'] };
const cursor = encodeCursor(listing, position);

test('a cursor goes on where it was, and fits into a URL as it is', () => {
  expect(decodeCursor(cursor, listing)).toEqual({ listing, position });
  expect(encodeURIComponent(cursor)).toBe(cursor);
});

test('what is not asked again is as it was: "until now" stays the now of the first page', () => {
  expect(decodeCursor(cursor, { of: listing.of })).toEqual({ listing, position });
});

test.each<[string, Partial<Listing>]>([
  ['another customer', { of: ['customerId', '+1 555 0101'] }],
  ['another question', { of: ['agentId', '+1 555 0100'] }],
  ['another begin', { from: '2026-01-02T00:00:00.000Z' }],
  ['another end', { to: '2026-02-02T00:00:00.000Z' }],
  ['the other order', { order: 'oldest-first' }],
])('a cursor does not go on with %s', (_what, changes) => {
  const decode = () => decodeCursor(cursor, { ...listing, ...changes });
  expect(decode).toThrow(VerbatimError);
  expect(decode).toThrow(expect.objectContaining({ kind: 'bad-request', message: expect.stringMatching(/^cursor: /) }));
});

const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

test.each([
  ['a word', 'next'],
  ['half a cursor', cursor.slice(0, cursor.length / 2)],
  ['null', encoded(null)],
  ['another document', encoded({ group: 0, progress: [] })],
  [
    'a negative group',
    encoded({ ...JSON.parse(Buffer.from(cursor, 'base64url').toString()), position: { group: -1, progress: [] } }),
  ],
])('%s is no cursor: the caller is told, in the same words as for any other', (_what, garbage) => {
  expect(() => decodeCursor(garbage, listing)).toThrow(
    expect.objectContaining({ kind: 'bad-request', message: expect.stringMatching(/^cursor: /) }),
  );
});

test('a cursor does not say whose calls it lists: cursors end up in logs', () => {
  const plain = encodeCursor({ ...listing, of: ['customerId', '15550100'] }, { group: 0, progress: ['start'] });
  expect(Buffer.from(plain, 'base64url').toString()).not.toContain('15550100');
});
