import { expect, it } from 'vitest';
import { checkText, custodyTable } from '../../bin/custody.ts';
import { checkChain, entryAfter } from '../../lambdas/calls/calls.ts';

const entry = entryAfter('call1', undefined, {
  ...{
    kind: 'audio-handed-out',
    at: '2026-10-14T12:00:00.000Z',
    by: 'arn:aws:iam::1:role/qa',
    person: 'kim@example.com',
  },
  ...{ byName: 'Kim', why: 'a dispute', details: { startMs: 1200, audio: 'redacted' } },
});

it('custody tells who had what of a call, when, and why', () => {
  const text = custodyTable([entry]);
  expect(text).toMatch(/1 .*2026-10-14T12:00:00.000Z .*audio-handed-out .*arn:aws:iam::1:role\/qa .*a dispute/);
  expect(text).toMatch(/person kim@example.com/);
  expect(text).toMatch(/named Kim/);
  expect(text).toMatch(/startMs 1200/);
});

it('a check tells whether it is intact, and the hash to compare', () => {
  const head = { callId: 'call1', entries: 1, hash: entry.hash };
  expect(checkText('call1', checkChain([entry], head))).toBe(
    `intact: the custody of call1, 1 entries\nhash   ${entry.hash}`,
  );
  const text = checkText('call1', checkChain([{ ...entry, why: 'nothing' }], head));
  expect(text).toContain('BROKEN: the custody of call1, 1 entries');
  expect(text).toContain('edited        entry 1 was edited');
});
