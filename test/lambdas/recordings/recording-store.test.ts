import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  GetObjectCommand,
  GetObjectRetentionCommand,
  PutObjectLegalHoldCommand,
  PutObjectRetentionCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { describe, expect, test, vi } from 'vitest';
import { recordingStore } from '../../../lambdas/recordings/recording-store.ts';
import { recordingAt } from '../builders.ts';

const sample = (name: string) => readFileSync(join(import.meta.dirname, '../../../samples', name));

interface Given {
  /** The request, counted from 1, that fails. @default none */
  readonly failAt?: number;
  /** Whether ranges are passed over, and the whole object is served. @default false */
  readonly whole?: boolean;
}

/** S3 that holds one object and serves ranges of it. */
function s3With(bytes: Buffer, { failAt, whole = false }: Given = {}) {
  const read = { bytes: 0, requests: 0 };
  const s3 = new S3Client({});
  vi.spyOn(s3, 'send').mockImplementation(async (command: unknown) => {
    if (!(command instanceof GetObjectCommand)) throw new Error('only ranges are read');
    const [first = Number.NaN, last = Number.NaN] = command.input.Range?.match(/\d+/g)?.map(Number) ?? [];
    if (!(first <= last && last < bytes.length)) throw new Error(`there is no range ${command.input.Range}`);
    read.requests++;
    if (read.requests === failAt) throw new Error('S3 is slow');
    read.bytes += last + 1 - first;
    const served = whole ? bytes : bytes.subarray(first, last + 1);
    const ContentRange = whole ? undefined : `bytes ${first}-${last}/${bytes.length}`;
    return { ContentRange, Body: { transformToByteArray: async () => new Uint8Array(served) } };
  });
  return { read, header: () => recordingStore(s3).audioHeader(recordingAt('support/one'), bytes.length) };
}

// Each format's own arithmetic, apart from any parser. The samples have 16,000 samples a second.
const secondsOf = {
  wav: (wav: Buffer) => (wav.length - 44) / 32_000,
  mp3: (mp3: Buffer) => (mp3.length * 8) / 64_000,
  flac: (flac: Buffer) => flac.readUInt32BE(22) / 16_000,
  ogg: (ogg: Buffer) => Number(ogg.readBigUInt64LE(ogg.lastIndexOf('OggS') + 6)) / 16_000,
};

test.each([
  ['credit-over-policy.mp3', 'MPEG', 2, secondsOf.mp3],
  ['contract-cancelled.mp3', 'MPEG', 2, secondsOf.mp3],
  ['credit-refused.flac', 'FLAC', 2, secondsOf.flac],
  ['complaint-escalated.ogg', 'Ogg', 2, secondsOf.ogg],
  ['mono-outage.wav', 'WAVE', 1, secondsOf.wav],
] as const)(
  '%s tells its audio by its bytes, whatever its key is called',
  async (name, container, channels, seconds) => {
    const bytes = sample(name);
    const header = await s3With(bytes).header();
    expect(header).toMatchObject({ container, channels, sampleRateHz: 16_000 });
    expect(header?.durationSeconds).toBeCloseTo(seconds(bytes), 1);
  },
);

test('a store that passes over ranges, and serves the whole object, is read all the same', async () => {
  const bytes = sample('credit-over-policy.mp3');
  expect(await s3With(bytes, { whole: true }).header()).toEqual(await s3With(bytes).header());
});

/** An Ogg stream with its audio pages repeated: a long call. */
function repeatedOgg(ogg: Buffer, times: number): Buffer {
  const pages: Buffer[] = [];
  for (let at = 0; at < ogg.length; ) {
    const segments = ogg.readUInt8(at + 26);
    const body = ogg.subarray(at + 27, at + 27 + segments).reduce((sum, size) => sum + size, 0);
    pages.push(ogg.subarray(at, at + 27 + segments + body));
    at += 27 + segments + body;
  }
  const granule = (page: Buffer) => page.readBigUInt64LE(6);
  const audio = pages.filter((page) => granule(page) > 0n);
  const length = granule(audio.at(-1) ?? Buffer.alloc(14));
  const copies = Array.from({ length: times }, (_, copy) =>
    audio.map((page) => {
      const moved = Buffer.from(page);
      moved.writeBigUInt64LE(granule(page) + length * BigInt(copy), 6);
      moved.writeUInt8(copy < times - 1 ? 0 : page.readUInt8(5), 5);
      return moved;
    }),
  );
  return Buffer.concat([...pages.filter((page) => granule(page) === 0n), ...copies.flat()]);
}

describe('a long call is not read as a whole', () => {
  const wav = sample('mono-outage.wav');
  const longWav = Buffer.concat([wav.subarray(0, 44), Buffer.alloc(32_000 * 1200)]);
  longWav.writeUInt32LE(longWav.length - 8, 4);
  longWav.writeUInt32LE(longWav.length - 44, 40);
  const mp3 = sample('credit-over-policy.mp3');
  const flac = sample('credit-refused.flac');
  const ogg = sample('complaint-escalated.ogg');

  test.each([
    ['wav', longWav, 1200],
    ['mp3', Buffer.concat(Array<Buffer>(40).fill(mp3)), 40 * secondsOf.mp3(mp3)],
    ['flac', Buffer.concat([flac, Buffer.alloc(20_000_000)]), secondsOf.flac(flac)],
    ['ogg', repeatedOgg(ogg, 40), 40 * secondsOf.ogg(ogg)],
  ])('%s', async (_format, bytes, durationSeconds) => {
    const { read, header } = s3With(bytes);
    expect((await header())?.durationSeconds).toBeCloseTo(durationSeconds, 0);
    expect(read.bytes).toBeLessThan(bytes.length / 4);
  });
});

test.each([
  ['text', Buffer.from('{"title": "A customer asks when the power will be back."}')],
  ['one byte', Buffer.from('R')],
  ['zeros', Buffer.alloc(300_000)],
  ['an image', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')],
])('%s is not audio', async (_what, bytes) => {
  expect((await s3With(bytes).header())?.container).toBeUndefined();
});

test.each(['credit-over-policy.mp3', 'credit-refused.flac', 'complaint-escalated.ogg', 'mono-outage.wav'])(
  'that S3 fails is never taken for "not audio": %s',
  async (name) => {
    const whole = s3With(sample(name));
    await whole.header();
    expect(whole.read.requests).toBeGreaterThan(0);
    for (let failAt = 1; failAt <= whole.read.requests; failAt++) {
      await expect(s3With(sample(name), { failAt }).header()).rejects.toThrow('S3 is slow');
    }
  },
);

test('a version that is gone has no head, and a failure is thrown', async () => {
  const s3 = new S3Client({});
  const { head } = recordingStore(s3);
  for (const name of ['NotFound', 'NoSuchKey', 'NoSuchVersion']) {
    vi.spyOn(s3, 'send').mockRejectedValueOnce(Object.assign(new Error(), { name }));
    expect(await head(recordingAt('support/one'))).toBeUndefined();
  }
  vi.spyOn(s3, 'send').mockRejectedValueOnce(Object.assign(new Error('no'), { name: 'AccessDenied' }));
  await expect(head(recordingAt('support/one'))).rejects.toThrow('no');
});

test('the version that was uploaded is looked at, not the newest', async () => {
  const s3 = new S3Client({});
  const send = vi.spyOn(s3, 'send').mockImplementation(async () => ({ ContentLength: 7, Metadata: { a: 'b' } }));
  const store = recordingStore(s3);
  expect(await store.head(recordingAt('support/a+b é.wav'))).toEqual({ sizeBytes: 7, metadata: { a: 'b' } });
  await store.tag(recordingAt('support/a+b é.wav'), { 'call-id': 'x' });
  for (const [command] of send.mock.calls) {
    expect(command.input).toMatchObject({ Bucket: 'recordings', Key: 'support/a+b é.wav', VersionId: 'v1' });
  }
  expect(send).toHaveBeenCalledTimes(2);
});

describe('a lock', () => {
  const asked = { mode: 'compliance', until: '2030-01-01T00:00:00.000Z' } as const;
  const failure = (name: string) => Object.assign(new Error(name), { name });

  /** S3 whose version is locked until a time, or not. */
  const lockedUntil = (until?: string) => {
    const put: unknown[] = [];
    const s3 = new S3Client({});
    vi.spyOn(s3, 'send').mockImplementation(async (command: unknown) => {
      if (command instanceof GetObjectRetentionCommand) {
        if (until === undefined) throw failure('NoSuchObjectLockConfiguration');
        return { Retention: { Mode: 'GOVERNANCE', RetainUntilDate: new Date(until) } };
      }
      if (command instanceof PutObjectRetentionCommand) put.push(command.input.Retention);
      return {};
    });
    return { put, lock: () => recordingStore(s3).lock(recordingAt('support/one'), asked) };
  };

  test('is set where there is none', async () => {
    const { put, lock } = lockedUntil();
    await lock();
    expect(put).toEqual([{ Mode: 'COMPLIANCE', RetainUntilDate: new Date(asked.until) }]);
  });

  test('ends later where it ended sooner, in its mode, and never sooner than it did', async () => {
    const sooner = lockedUntil('2029-01-01T00:00:00.000Z');
    await sooner.lock();
    expect(sooner.put).toEqual([{ Mode: 'GOVERNANCE', RetainUntilDate: new Date(asked.until) }]);
    const later = lockedUntil('2031-01-01T00:00:00.000Z');
    await later.lock();
    expect(later.put).toEqual([]);
  });

  test('by a legal hold passes over a version that is gone, and nothing else', async () => {
    const s3 = new S3Client({});
    const answers = [failure('NoSuchVersion'), failure('AccessDenied')];
    vi.spyOn(s3, 'send').mockImplementation(async (command: unknown) => {
      if (command instanceof PutObjectLegalHoldCommand) throw answers.shift();
    });
    await recordingStore(s3).setLegalHold(recordingAt('support/one'), true);
    await expect(recordingStore(s3).setLegalHold(recordingAt('support/one'), true)).rejects.toThrow('AccessDenied');
  });
});
