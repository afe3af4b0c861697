import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inspectAudio } from '../../../lambdas/recordings/audio.ts';
import { readAudioHeader } from '../../../lambdas/recordings/audio-header.ts';

const FIXTURES = join(import.meta.dirname, '../../fixtures/audio');
const SAMPLES = join(import.meta.dirname, '../../../samples');
const fixture = (name: string) => readFileSync(join(FIXTURES, name));
const sample = (name: string) => readFileSync(join(SAMPLES, name));

/** An object that is never held whole: its bytes are made where they are read. */
interface Virtual {
  readonly length: number;
  readonly slice: (first: number, end: number) => Buffer;
}
const held = (bytes: Buffer): Virtual => ({
  length: bytes.length,
  slice: (first, end) => bytes.subarray(first, end),
});
/** `parts`, each with a number of times, one after the other. */
function repeated(...parts: (readonly [Buffer, number])[]): Virtual {
  const length = parts.reduce((sum, [bytes, times]) => sum + bytes.length * times, 0);
  const slice = (first: number, end: number) => {
    const pieces: Buffer[] = [];
    let start = 0;
    for (const [bytes, times] of parts) {
      const stop = start + bytes.length * times;
      for (let at = Math.max(first, start); at < Math.min(end, stop); ) {
        const within = (at - start) % bytes.length;
        const piece = bytes.subarray(within, within + Math.min(end, stop) - at);
        pieces.push(piece);
        at += piece.length;
      }
      start = stop;
    }
    return Buffer.concat(pieces);
  };
  return { length, slice };
}

/** Reads an object; `failAt` is the request, counted from 1, that fails. */
async function look(object: Virtual | Buffer, failAt?: number) {
  const bytes = Buffer.isBuffer(object) ? held(object) : object;
  const read = { bytes: 0, requests: 0 };
  const header = await readAudioHeader(async (first, last) => {
    if (!(first >= 0 && first <= last && last < bytes.length)) throw new Error(`there is no range ${first}-${last}`);
    if (++read.requests === failAt) throw new Error('S3 is slow');
    read.bytes += last + 1 - first;
    return bytes.slice(first, last + 1);
  }, bytes.length);
  return { header, read, inspected: inspectAudio(header, bytes.length) };
}

const rejection = (code: string, why: string) => ({ code, message: expect.stringContaining(why) });

interface WavParts {
  readonly tag?: number;
  readonly channels?: number;
  readonly rateHz?: number;
  readonly bits?: number;
  readonly seconds?: number;
  /** What the header states where it is not true. */
  readonly dataBytes?: number;
  readonly riffBytes?: number;
  readonly before?: Buffer;
  readonly after?: Buffer;
  readonly extensible?: boolean;
  readonly form?: string;
}

const chunk = (id: string, body: Buffer, bytes = body.length) => {
  const header = Buffer.alloc(8);
  header.write(id, 'latin1');
  header.writeUInt32LE(bytes, 4);
  return Buffer.concat([header, body, Buffer.alloc(body.length % 2)]);
};

function wavHead(parts: WavParts, audioBytes: number): Buffer {
  const { tag = 1, channels = 2, rateHz = 8000, bits = 16, before = Buffer.alloc(0), form = 'RIFF' } = parts;
  const fmt = Buffer.alloc(parts.extensible ? 40 : 16);
  fmt.writeUInt16LE(parts.extensible ? 0xfffe : tag, 0);
  fmt.writeUInt16LE(channels, 2);
  fmt.writeUInt32LE(rateHz, 4);
  fmt.writeUInt32LE((rateHz * channels * bits) / 8, 8);
  fmt.writeUInt16LE((channels * bits) / 8, 12);
  fmt.writeUInt16LE(bits, 14);
  if (parts.extensible) fmt.writeUInt16LE(tag, 24);
  const inner = Buffer.concat([
    Buffer.from('WAVE'),
    before,
    chunk('fmt ', fmt),
    chunk('data', Buffer.alloc(0), parts.dataBytes ?? audioBytes),
  ]);
  return Buffer.concat([chunk(form, Buffer.alloc(0), parts.riffBytes ?? inner.length + audioBytes), inner]);
}

function wav(parts: WavParts = {}): Buffer {
  const { channels = 2, rateHz = 8000, bits = 16, seconds = 2, after = Buffer.alloc(0) } = parts;
  const audio = Buffer.alloc((rateHz * channels * bits * seconds) / 8, 7);
  return Buffer.concat([wavHead(parts, audio.length), audio, after]);
}

const ds64 = (dataBytes: number) => {
  const body = Buffer.alloc(28);
  body.writeBigUInt64LE(BigInt(dataBytes), 8);
  return chunk('ds64', body);
};

const WB_FRAME = Buffer.concat([Buffer.from([8 << 3]), Buffer.alloc(60)]);
const wideBand = (seconds: number) => repeated([Buffer.from('#!AMR-WB\n'), 1], [WB_FRAME, seconds * 50]);

describe('every format that Transcribe takes is known by its bytes', () => {
  // The lengths are those that ffprobe gives; of live.webm, streamed.flac and plain-vbr.mp3, which it does not know or
  // guesses, those that they were made with.
  test.each([
    ['aac.m4a', 'm4a', 2, 16_000, 2],
    ['faststart.mp4', 'mp4', 2, 16_000, 2],
    ['fragmented.mp4', 'mp4', 2, 16_000, 2],
    ['flac.flac', 'flac', 2, 8000, 2],
    ['streamed.flac', 'flac', 2, 8000, 2],
    ['flac.ogg', 'ogg', 2, 8000, 2],
    ['opus.ogg', 'ogg', 2, 16_000, 2],
    ['vorbis.ogg', 'ogg', 2, 16_000, 2],
    ['opus.webm', 'webm', 2, 16_000, 2],
    ['live.webm', 'webm', 2, 16_000, 2],
    ['nb.amr', 'amr', 1, 8000, 2],
    ['xing-cbr.mp3', 'mp3', 2, 16_000, 2],
    ['plain-cbr.mp3', 'mp3', 2, 16_000, 2],
    ['xing-vbr.mp3', 'mp3', 2, 16_000, 3],
    ['plain-vbr.mp3', 'mp3', 2, 16_000, 3],
  ])('%s', async (name, format, channels, sampleRateHz, seconds) => {
    const { inspected } = await look(fixture(name));
    expect(inspected).toEqual({ audio: { format, channels, sampleRateHz }, durationMs: expect.any(Number) });
    const { durationMs } = inspected as { durationMs: number };
    expect(Math.abs(durationMs - 1000 * seconds)).toBeLessThan(100);
  });

  test('wide-band AMR', async () => {
    expect((await look(wideBand(3))).inspected).toEqual({
      audio: { format: 'amr', channels: 1, sampleRateHz: 16_000 },
      durationMs: 3000,
    });
  });

  test.each<[string, WavParts]>([
    ['PCM', {}],
    ['24-bit PCM', { bits: 24 }],
    ['float', { tag: 3, bits: 32 }],
    ['A-law', { tag: 6, bits: 8 }],
    ['µ-law', { tag: 7, bits: 8 }],
    ['extensible', { extensible: true }],
    ['µ-law, extensible', { extensible: true, tag: 7, bits: 8 }],
    ['a length that was never written', { dataBytes: 0, riffBytes: 0 }],
    ['a length that means "a pipe"', { dataBytes: 0xffff_ffff, riffBytes: 0xffff_ffff }],
    ['another such length', { dataBytes: 0x7fff_f000, riffBytes: 0x7fff_f024 }],
    ['a length that counts the header in', { dataBytes: 64_044 }],
    ['chunks behind the audio', { after: chunk('LIST', Buffer.from('INFOISFT\x04\0\0\0abc\0', 'latin1')) }],
    ['junk before the audio', { before: chunk('JUNK', Buffer.alloc(301)) }],
    ['RF64', { form: 'RF64', before: ds64(64_000), dataBytes: 0xffff_ffff, riffBytes: 0xffff_ffff }],
    ['BW64', { form: 'BW64', before: ds64(64_000), dataBytes: 0xffff_ffff, riffBytes: 0xffff_ffff }],
  ])('wav: %s', async (_what, parts) => {
    expect((await look(wav(parts))).inspected).toEqual({
      audio: { format: 'wav', channels: 2, sampleRateHz: 8000 },
      durationMs: 2000,
    });
  });

  test('mp3 behind a tag with a picture, and with one behind it', async () => {
    const tag = Buffer.from('ID3\x04\0\0\0\x7f\x7f\x7f', 'latin1');
    const mp3 = Buffer.concat([tag, Buffer.alloc(0x1fffff), fixture('plain-cbr.mp3'), Buffer.from('TAG'.padEnd(128))]);
    const { inspected, read } = await look(mp3);
    expect(inspected).toMatchObject({ audio: { format: 'mp3' }, durationMs: 2088 });
    expect(read.bytes).toBeLessThan(500_000);
  });

  test('mp3 that was joined of several has the length of all', async () => {
    const mp3 = fixture('xing-cbr.mp3');
    const { inspected } = await look(Buffer.concat([mp3, mp3, mp3]));
    expect(inspected).toMatchObject({ durationMs: expect.closeTo(3 * 2088, -3) });
  });

  test('one channel of AAC is one, even where the description says two', async () => {
    const m4a = fixture('aac.m4a');
    const at = m4a.indexOf(Buffer.from([0x05, 0x80, 0x80, 0x80, 0x05]), m4a.indexOf('esds')) + 5;
    m4a.writeUInt8((m4a.readUInt8(at + 1) & 0b1000_0111) | (1 << 3), at + 1);
    expect((await look(m4a)).inspected).toMatchObject({ audio: { format: 'm4a', channels: 1 } });
  });
});

describe('what Transcribe would refuse is told apart', () => {
  test.each([
    ['speex.ogg', 'Speex'],
    ['adts.aac', 'ADTS'],
    ['layer2.mp2', 'MPEG Layer II'],
    ['six-channels.ogg', '6 channels'],
    ['video-only.mp4', 'video without audio'],
    ['video-only.webm', 'video without audio'],
  ])('%s', async (name, why) => {
    expect((await look(fixture(name))).inspected).toEqual(rejection('unsupported-audio', why));
  });

  test.each([
    [2, 'Microsoft ADPCM'],
    [17, 'IMA ADPCM'],
    [49, 'GSM 6.10'],
    [85, 'MP3'],
    [0x1234, 'format 0x1234'],
  ])('wav of the registered format %i', async (tag, why) => {
    expect((await look(wav({ tag }))).inspected).toEqual(rejection('unsupported-audio', why));
  });

  test.each<[string, Buffer, string]>([
    ['a zip archive', Buffer.from('504b03041400000008000000', 'hex'), 'a zip archive'],
    ['an encrypted zip', Buffer.from('504b03041400010008000000', 'hex'), 'an encrypted archive'],
    ['7z', Buffer.from('377abcaf271c0004', 'hex'), 'a 7z archive'],
    ['rar', Buffer.from('526172211a070100', 'hex'), 'a RAR archive'],
    ['an encrypted rar', Buffer.from('526172211a0701000102030421040000', 'hex'), 'an encrypted archive'],
    ['gzip', Buffer.from('1f8b0800000000000003', 'hex'), 'a gzip archive'],
    ['PGP in armour', Buffer.from('-----BEGIN PGP MESSAGE-----\n\nhQEMA'), 'encrypted with PGP'],
    ['PGP', Buffer.from('85010c0312345678', 'hex'), 'encrypted with PGP'],
    ['OpenSSL', Buffer.from('Salted__12345678'), 'encrypted with OpenSSL'],
    ['JSON', Buffer.from('{"title": "A customer asks when the power will be back."}'), 'JSON'],
    ['HTML', Buffer.from('<!DOCTYPE html>\n<html><body>403'), 'an HTML page'],
    ['XML', Buffer.from('<?xml version="1.0"?><Error/>'), 'XML'],
    ['text', Buffer.from('hello there'), 'text'],
    ['an image', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'an image'],
  ])('%s', async (_what, bytes, why) => {
    expect((await look(Buffer.concat([bytes]))).inspected).toEqual(rejection('unreadable-audio', why));
  });

  test.each([
    ['one byte', Buffer.from('R')],
    ['zeros', Buffer.alloc(300_000)],
    ['bytes that are never a frame', Buffer.alloc(300_000, 0xff)],
  ])('%s', async (_what, bytes) => {
    expect((await look(bytes)).header).toBeUndefined();
  });
});

describe('a file that was cut off is told so', () => {
  const cutWav = wav({ seconds: 10 });
  test.each<[string, Buffer]>([
    ['wav', cutWav.subarray(0, cutWav.length / 2)],
    ['wav within its header', cutWav.subarray(0, 30)],
    ['RF64', wav({ form: 'RF64', before: ds64(640_000), dataBytes: 0xffff_ffff })],
    ['RF64 that was not finished', wav({ form: 'RF64', before: ds64(0), dataBytes: 0xffff_ffff })],
    ['m4a', fixture('aac.m4a').subarray(0, 5000)],
    ['mp4', fixture('faststart.mp4').subarray(0, 5000)],
    ['fragmented mp4', fixture('fragmented.mp4').subarray(0, 5000)],
    ['webm', fixture('opus.webm').subarray(0, 3000)],
    ['flac', fixture('flac.flac').subarray(0, 11_000)],
    ['ogg', fixture('opus.ogg').subarray(0, 4100)],
    ['amr', fixture('nb.amr').subarray(0, 1000)],
    ['mp3', fixture('xing-vbr.mp3').subarray(0, 4000)],
  ])('%s', async (_format, bytes) => {
    expect((await look(bytes)).inspected).toEqual(rejection('unreadable-audio', 'cut off'));
  });

  test('mp4 whose recorder never finished it', async () => {
    const m4a = fixture('aac.m4a');
    const bytes = m4a.subarray(0, m4a.indexOf('moov') - 4);
    expect((await look(bytes)).inspected).toEqual(rejection('unreadable-audio', '"moov"'));
  });

  test('amr that is no amr further on', async () => {
    const amr = Buffer.concat([fixture('nb.amr'), Buffer.from([14 << 3]), Buffer.alloc(100)]);
    expect((await look(amr)).inspected).toEqual(rejection('unreadable-audio', 'no frame at byte 1306'));
  });
});

/** An Ogg stream with its audio pages repeated, so that the last says that it is `times` as long. */
function longOgg(ogg: Buffer, times: number): Virtual {
  const last = ogg.lastIndexOf('OggS');
  const page = Buffer.from(ogg.subarray(last));
  page.writeBigUInt64LE(page.readBigUInt64LE(6) * BigInt(times), 6);
  return repeated([ogg.subarray(0, last), times], [page, 1]);
}

describe('a long call is not read as a whole', () => {
  const MB = 1024 * 1024;
  const hour = 3600;
  const mp3 = sample('credit-over-policy.mp3');
  const flac = sample('credit-refused.flac');
  const ogg = sample('complaint-escalated.ogg');
  const mdat = (bytes: number) => {
    const header = Buffer.alloc(8);
    header.writeUInt32BE(bytes + 8);
    header.write('mdat', 4);
    return header;
  };
  const m4a = fixture('aac.m4a');
  const moov = m4a.subarray(m4a.indexOf('moov') - 4);
  const ftyp = m4a.subarray(0, m4a.readUInt32BE(0));
  const junk = chunk('JUNK', Buffer.alloc(3 * MB));

  test.each<[string, Virtual, number]>([
    ['wav', repeated([wavHead({}, 32_000 * 4 * hour), 1], [Buffer.alloc(32_000), 4 * hour]), 4 * hour],
    ['wav behind junk', repeated([wavHead({ before: junk }, 32_000 * hour), 1], [Buffer.alloc(32_000), hour]), hour],
    ['mp3', repeated([mp3, 400]), (400 * (mp3.length * 8)) / 64_000],
    ['mp3 of a variable bit rate', repeated([fixture('plain-vbr.mp3'), 2000]), 2000 * 3.096],
    ['flac', repeated([flac, 1], [Buffer.alloc(MB), 300]), flac.readUInt32BE(22) / 16_000],
    ['ogg', longOgg(ogg, 400), (400 * Number(ogg.readBigUInt64LE(ogg.lastIndexOf('OggS') + 6))) / 16_000],
    [
      'm4a with its description behind',
      repeated([ftyp, 1], [mdat(200 * MB), 1], [Buffer.alloc(MB), 200], [moov, 1]),
      2,
    ],
  ])('%s', async (_format, bytes, durationSeconds) => {
    const { header, read } = await look(bytes);
    expect(header?.durationSeconds).toBeGreaterThan(durationSeconds * 0.97);
    expect(header?.durationSeconds).toBeLessThan(durationSeconds * 1.04);
    expect(read.bytes).toBeLessThan(2 * MB);
    expect(read.requests).toBeLessThan(25);
  });

  test('amr is counted to its end, in few requests', async () => {
    const { inspected, read } = await look(wideBand(4 * hour));
    expect(inspected).toMatchObject({ audio: { format: 'amr' }, durationMs: 4 * hour * 1000 });
    expect(read.requests).toBeLessThan(60);
  });

  test('amr that cannot be shorter than 4 hours is not', async () => {
    const { inspected, read } = await look(wideBand(5 * hour));
    expect(inspected).toEqual(rejection('unsupported-audio', '4 hours'));
    expect(read.bytes).toBeLessThan(MB);
  });

  test('no object is read further than 64 MB', async () => {
    const box = Buffer.concat([Buffer.from([0, 0, 0, 8]), Buffer.from('moof'), mdat(90_000), Buffer.alloc(90_000)]);
    const { inspected, read } = await look(repeated([fixture('fragmented.mp4'), 1], [box, 2000]));
    expect(inspected).toMatchObject({ code: 'unreadable-audio' });
    expect(read.bytes).toBeLessThanOrEqual(64 * MB);
  });
});

test.each([
  ...readdirSync(FIXTURES).map((name) => [name, fixture(name)] as const),
  ['a wav', wav({ seconds: 100 })] as const,
])('that the object cannot be read is never taken for "not audio": %s', async (_name, bytes) => {
  const { read } = await look(bytes);
  for (let failAt = 1; failAt <= read.requests; failAt++) {
    await expect(look(bytes, failAt)).rejects.toThrow('S3 is slow');
  }
});

describe('whatever is uploaded, it is decided', () => {
  const files = [
    ...readdirSync(FIXTURES).map(fixture),
    wav(),
    wav({ form: 'RF64', before: ds64(64_000), dataBytes: 0xffff_ffff }),
    wideBand(2).slice(0, 6000),
  ];
  const decided = async (bytes: Buffer) => {
    const { inspected, read } = await look(bytes);
    expect('audio' in inspected || inspected.message.length > 0).toBe(true);
    expect(read.bytes).toBeLessThanOrEqual(2 * bytes.length);
  };

  test('random bytes', async () => {
    await fc.assert(fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 5000 }), (b) => decided(Buffer.from(b))));
  });

  test('random bytes that begin as audio does', async () => {
    const begun = fc.tuple(
      fc.constantFrom(...files),
      fc.integer({ min: 4, max: 64 }),
      fc.uint8Array({ maxLength: 3000 }),
    );
    await fc.assert(
      fc.asyncProperty(begun, ([file, kept, rest]) => decided(Buffer.concat([file.subarray(0, kept), rest]))),
      { numRuns: 300 },
    );
  });

  test('files that were cut, and in which bytes were changed', async () => {
    const broken = fc.tuple(
      fc.constantFrom(...files),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(255)), { maxLength: 8 }),
      fc.boolean(),
    );
    await fc.assert(
      fc.asyncProperty(broken, ([file, cut, changes, headOnly]) => {
        const bytes = Buffer.from(file.subarray(0, Math.max(1, Math.ceil(cut * file.length))));
        for (const [place, value] of changes) {
          bytes.writeUInt8(value, Math.floor(place * (Math.min(headOnly ? 1000 : bytes.length, bytes.length) - 1)));
        }
        return decided(bytes);
      }),
      { numRuns: 1000 },
    );
  });
});
