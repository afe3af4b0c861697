import { describe, expect, it } from 'vitest';
import { verificationText } from '../../bin/verify.ts';
import { Manifest } from '../../lambdas/disputes/evidence/manifest.ts';

const manifest = Manifest.parse({
  ...{ format: 'verbatim-evidence/1', disputeId: 'd1', number: 2, reason: 'asked', originals: true },
  ...{ requestedAt: '2026-10-14T12:00:00.000Z', requestedBy: { by: 'arn' }, keyFingerprint: 'a'.repeat(64) },
  ...{ builtAt: '2026-10-14T12:01:00.000Z', builtBy: 'Verbatim in 1, eu-central-1', calls: [], files: [], missing: [] },
});
const found = { intact: true, altered: [], manifest, fingerprint: 'a'.repeat(64), keyIsKnown: true };

describe('what a verification tells people', () => {
  it('says what the package is, whose key signed it, and that it is intact', () => {
    expect(verificationText(found).split('\n')).toEqual([
      'evidence   package 2 of the dispute d1',
      'built      2026-10-14T12:01:00.000Z by Verbatim in 1, eu-central-1',
      'holds      0 files of 0 calls; 0 are missing, and it says why',
      `key        ${'a'.repeat(64)}`,
      'intact: every file is as it was signed',
    ]);
  });

  it('says that a key out of the package proves nothing, where it was checked against that, and only there', () => {
    expect(verificationText({ ...found, keyIsKnown: false })).toContain('proves nothing of who signed it');
    const unreadable = { intact: false, altered: [{ path: 'the ZIP', what: 'it cannot be read' }], keyIsKnown: false };
    expect(verificationText(unreadable).split('\n')).toEqual([
      'altered    the ZIP: it cannot be read',
      'NOT INTACT: it is not as it was signed',
    ]);
  });

  it('lets no name in a package write over what is told of it', () => {
    const path = '\u001b[2K\u001b[1A\rintact\n\u009b2K\u2028\u202e.wav';
    const told = verificationText({ ...found, intact: false, altered: [{ path, what: 'its content was altered' }] });
    for (const moving of ['\u001b', '\r', '\u009b', '\u2028', '\u202e']) expect(told).not.toContain(moving);
    expect(told.split('\n').slice(-2)).toEqual([
      expect.stringContaining('.wav: its content was altered'),
      'NOT INTACT: it is not as it was signed',
    ]);
  });
});
