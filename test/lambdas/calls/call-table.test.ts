import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  callSubject,
  momentPart,
  momentParts,
  monthsOf,
  stateShards,
  taggingPart,
  tagPeriodOf,
  tagShards,
  workOf,
} from '../../../lambdas/calls/call-table.ts';

test.each([
  ['2026-11-15T10:00:00.000Z', '2027-02-15T00:00:00.000Z', ['2026-11', '2026-12', '2027-01', '2027-02']],
  ['2026-12-31T23:59:59.999Z', '2027-01-01T00:00:00.001Z', ['2026-12', '2027-01']],
  // The end of a period is not in it.
  ['2026-12-01T00:00:00.000Z', '2027-01-01T00:00:00.000Z', ['2026-12']],
  ['2026-01-31T00:00:00.000Z', '2026-03-01T00:00:00.000Z', ['2026-01', '2026-02']],
  ['2028-02-29T00:00:00.000Z', '2028-02-29T00:00:00.001Z', ['2028-02']],
  ['2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z', []],
  // How many write "for ever".
  ['9999-11-15T00:00:00.000Z', '9999-12-31T23:59:59.999Z', ['9999-11', '9999-12']],
])('the months from %s to %s', (from, to, months) => {
  expect(monthsOf(from, to)).toEqual(months);
});

test('every moment of a period is in one of its months, and in one partition of that month', () => {
  const time = fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2030, 0) });
  fc.assert(
    fc.property(fc.tuple(time, time, time), fc.string({ minLength: 1 }), (times, callId) => {
      const [from = 0, at = 0, to = 0] = times.toSorted((a, b) => a - b);
      const iso = (ms: number) => new Date(ms).toISOString();
      const partitions = monthsOf(iso(from), iso(to + 1)).flatMap((month) => tagShards('refund', month));
      expect(partitions.filter((one) => one === tagPeriodOf(callId, 'refund', iso(at)))).toHaveLength(1);
    }),
  );
});

test('a call in a state is in one partition of that state, and in the same one whenever it is asked', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), (callId) => {
      expect(stateShards('queued').filter((one) => one === workOf(callId, 'queued'))).toHaveLength(1);
      expect(workOf(callId, 'queued')).toBe(workOf(callId, 'queued'));
    }),
  );
});

test('calls are spread over all partitions of a state: none runs hot', () => {
  const used = new Set(Array.from({ length: 200 }, (_, i) => workOf(`call${i}`, 'received')));
  expect(used).toEqual(new Set(stateShards('received')));
});

test('stored keys never change: what is stored is found by them', () => {
  expect(callSubject('tkpp703eav5ah3knw7v1ygaj2j')).toEqual({
    subject: 'call#tkpp703eav5ah3knw7v1ygaj2j',
    part: 'call',
  });
  expect(workOf('tkpp703eav5ah3knw7v1ygaj2j', 'tagged')).toBe('tagged#3');
  expect(tagPeriodOf('tkpp703eav5ah3knw7v1ygaj2j', 'refund', '2026-10-14T09:00:00.000Z')).toBe('refund#2026-10#3');
  expect(taggingPart(2, 1)).toBe('tagging#00002#001');
});

test('moments of a call sort by their start, which may be hours in', () => {
  const moment = { tag: 'a', endMs: 0, speaker: 'AGENT', quote: '', ruleId: 'a', rulebookVersion: '1' };
  const parts = [
    momentPart({ ...moment, startMs: 900 }, 0),
    momentPart({ ...moment, startMs: 5000 }, 1),
    momentPart({ ...moment, startMs: 5000 }, 2),
    momentPart({ ...moment, startMs: 4 * 3_600_000 }, 11),
  ];
  expect(parts).toEqual(parts.toSorted());
  for (const part of parts) expect(part.startsWith(momentPart())).toBe(true);
});

test('a moment keeps its key when others are found before and behind it: only what changes is written elsewhere', () => {
  const at = (startMs: number, tag = 'a') => ({
    ...{ tag, startMs, endMs: startMs + 1, speaker: 'AGENT', quote: '', ruleId: 'a', rulebookVersion: '1' },
  });
  const [kept] = momentParts([at(5000)]);
  expect(momentParts([at(100), at(200), at(5000), at(9000)])[2]).toBe(kept);
  const parts = momentParts([at(100), at(5000), at(5000, 'b'), at(5000, 'c')]);
  expect(new Set(parts).size).toBe(4);
  expect(parts).toEqual(parts.toSorted());
});
