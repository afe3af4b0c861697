import { expect, it } from 'vitest';
import { receiptsTable, receiptText } from '../../bin/receipts.ts';

const summary = {
  ...{ callId: 'call1', reason: 'expired' as const, rule: 'default', retentionClass: '1-year' },
  ...{ requestedAt: '2026-11-13T09:00:00.000Z', deletedAt: '2026-11-13T09:00:02.000Z' },
};

it('a receipt tells what there was, when it went, why, and the hash to compare', () => {
  const text = receiptText({
    ...summary,
    retention: {
      ...{ retentionClass: '1-year', rule: 'default', expiresAt: '2026-11-13T09:00:00.000Z' },
      floor: { name: 'regulation-f', until: '2026-11-12T09:00:00.000Z' },
    },
    custody: { entries: 12, hash: 'dd' },
    copies: [
      {
        ...{ kind: 'recording', keySha256: 'aa', versionId: 'v1', sizeBytes: 1234, sha256: 'bb' },
        ...{ outcome: 'removed', notedAt: summary.requestedAt, removedAt: summary.deletedAt },
      },
      { kind: 'moments', items: 7, outcome: 'removed', notedAt: summary.requestedAt },
      { kind: 'transcript', keySha256: 'cc', deleteMarker: true, outcome: 'locked', notedAt: summary.requestedAt },
    ],
  });
  expect(text).toContain('deleted 2026-11-13T09:00:02.000Z: expired, by "default"');
  expect(text).toContain('floor regulation-f until 2026-11-12T09:00:00.000Z');
  expect(text).toContain('custody of 12 entries, the last with the hash dd');
  expect(text).toMatch(/recording .*1234 bytes .*content bb/);
  expect(text).toMatch(/moments \(7 items\)/);
  expect(text).toMatch(/transcript \(delete marker\).*locked.*key cc/);
});

it('a deletion that is not done says so', () => {
  const { deletedAt: _, ...begun } = summary;
  expect(receiptText({ ...begun, copies: [] })).toContain('is being deleted since 2026-11-13T09:00:00.000Z');
  expect(receiptsTable([begun])).toContain('being deleted');
});
