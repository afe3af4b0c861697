import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { S3Client } from '@aws-sdk/client-s3';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, test, vi } from 'vitest';
import {
  type Audio,
  Call,
  type CallStore,
  type MediaFormat,
  type RedactedAudioMissing,
  type TranscriptionJob,
} from '../../../lambdas/calls/calls.ts';
import { decodeAudio } from '../../../lambdas/transcription/decode-audio.ts';
import { redactAudio } from '../../../lambdas/transcription/redact-audio.ts';
import { type RedactedAudioStore, redactedAudioStore } from '../../../lambdas/transcription/redacted-audio-store.ts';
import { type Sound, silenced } from '../../../lambdas/transcription/sound.ts';
import { Transcript } from '../../../lambdas/transcription/transcript.ts';
import { type FileInParts, readWav, wavFile } from '../../../lambdas/transcription/wav-file.ts';
import { crashAt, memoryCalls, memoryTranscripts, only, transcribingCall } from '../builders.ts';

const fixture = (file: string): Buffer => readFileSync(join(import.meta.dirname, '../../fixtures/audio', file));

/** `bytes` as a stream gives them, in chunks of these sizes over and over. */
async function* streamed(bytes: Uint8Array, sizes: readonly number[] = [1000]): AsyncGenerator<Uint8Array> {
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const size = sizes[i % sizes.length] ?? 1;
    yield bytes.subarray(at, at + size);
    at += size;
  }
}

const whole = async (chunks: AsyncIterable<Uint8Array>): Promise<Buffer> =>
  Buffer.concat(await Array.fromAsync(chunks));

const wholeFile = async ({ body, header }: FileInParts): Promise<Buffer> => {
  const bytes = await whole(body);
  return Buffer.concat([header(), bytes]);
};

/** The WAV file that `sound` makes with silence in the place of the spans. */
const redactedFile = (sound: Sound, spans: { startMs: number; endMs: number }[], marginMs = 0): Promise<Buffer> =>
  wholeFile(wavFile(sound, silenced(sound, spans, marginMs)));

const chunk = (id: string, body: Uint8Array, size = body.length): Buffer => {
  const header = Buffer.alloc(8);
  header.write(id, 'latin1');
  header.writeUInt32LE(size, 4);
  return Buffer.concat([header, body, Buffer.alloc(body.length % 2)]);
};

interface Encoding {
  readonly tag: number;
  readonly bits: number;
  readonly silentByte: number;
}

const encodings: Record<string, Encoding> = {
  'PCM of 8 bits': { tag: 1, bits: 8, silentByte: 0x80 },
  'PCM of 16 bits': { tag: 1, bits: 16, silentByte: 0 },
  'PCM of 24 bits': { tag: 1, bits: 24, silentByte: 0 },
  'PCM of 32 bits': { tag: 1, bits: 32, silentByte: 0 },
  'float of 32 bits': { tag: 3, bits: 32, silentByte: 0 },
  'A-law': { tag: 6, bits: 8, silentByte: 0xd5 },
  'µ-law': { tag: 7, bits: 8, silentByte: 0xff },
};

const RATE_HZ = 8000;

const formatOf = ({ tag, bits }: Encoding, channels = 1): Buffer => {
  const format = Buffer.alloc(16);
  const block = (channels * bits) / 8;
  format.writeUInt16LE(tag, 0);
  format.writeUInt16LE(channels, 2);
  format.writeUInt32LE(RATE_HZ, 4);
  format.writeUInt32LE(RATE_HZ * block, 8);
  format.writeUInt16LE(block, 12);
  format.writeUInt16LE(bits, 14);
  return format;
};

/** The format as WAVE_FORMAT_EXTENSIBLE writes it. */
const extensible = (encoding: Encoding): Buffer => {
  const format = Buffer.alloc(40);
  formatOf({ ...encoding, tag: 0xfffe }).copy(format);
  format.writeUInt16LE(22, 16);
  format.writeUInt16LE(encoding.bits, 18);
  format.writeUInt16LE(encoding.tag, 24);
  Buffer.from('000000001000800000aa00389b71', 'hex').copy(format, 26);
  return format;
};

const riff = (...chunks: Buffer[]): Buffer => {
  const body = Buffer.concat([Buffer.from('WAVE'), ...chunks]);
  return chunk('RIFF', body);
};

/** Noise of which no byte is silence in any encoding. */
const noise = (bytes: number): Buffer => Buffer.from(Array.from({ length: bytes }, (_, i) => 1 + ((i * 37) % 120)));

/** What a WAV file holds: the first chunk of each name. */
const chunksOf = (file: Buffer): Map<string, Buffer> => {
  const found = new Map<string, Buffer>();
  for (let at = 12; at + 8 <= file.length; ) {
    const id = file.toString('latin1', at, at + 4);
    const size = file.readUInt32LE(at + 4);
    if (!found.has(id)) found.set(id, file.subarray(at + 8, at + 8 + size));
    at += 8 + size + (size % 2);
  }
  return found;
};

const dataOf = (file: Buffer): Buffer => chunksOf(file).get('data') ?? Buffer.alloc(0);

/** `data` with silence from one time to another, done the plain way. */
const expected = (data: Buffer, { bits, silentByte }: Encoding, spans: [number, number][], channels = 1): Buffer => {
  const blockBytes = (channels * bits) / 8;
  return Buffer.from(data).map((byte, i) => {
    const block = Math.floor(i / blockBytes);
    const silent = spans.some(
      ([startMs, endMs]) =>
        block >= Math.floor((startMs * RATE_HZ) / 1000) && block < Math.ceil((endMs * RATE_HZ) / 1000),
    );
    return silent ? silentByte : byte;
  }) as Buffer;
};

describe.each(Object.entries(encodings))('WAV: %s', (_, encoding) => {
  const data = noise((RATE_HZ * encoding.bits) / 8);

  it('is silent where words are redacted, and byte for byte the same elsewhere, in the same encoding', async () => {
    const format = formatOf(encoding);
    const sound = await readWav(streamed(riff(chunk('fmt ', format), chunk('data', data))));
    const file = await redactedFile(sound, [
      { startMs: 100, endMs: 250 },
      { startMs: 900, endMs: 1000 },
    ]);
    const spans: [number, number][] = [
      [100, 250],
      [900, 1000],
    ];
    expect(dataOf(file).equals(expected(data, encoding, spans))).toBe(true);
    expect(chunksOf(file).get('fmt ')).toEqual(format);
    expect(file.readUInt32LE(4)).toBe(file.length - 8);
  });

  it('is the same where it is described as extensible', async () => {
    const sound = await readWav(streamed(riff(chunk('fmt ', extensible(encoding)), chunk('data', data))));
    const file = await redactedFile(sound, [{ startMs: 0, endMs: 10 }]);
    expect(dataOf(file).equals(expected(data, encoding, [[0, 10]]))).toBe(true);
    expect(chunksOf(file).get('fmt ')).toEqual(extensible(encoding));
  });

  it('is the same for any spans, margins and chunks of the stream', async () => {
    const span = fc.tuple(fc.integer({ min: 0, max: 999 }), fc.integer({ min: 0, max: 400 }));
    await fc.assert(
      fc.asyncProperty(
        fc.array(span, { maxLength: 6 }),
        fc.integer({ min: 0, max: 150 }),
        fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 1, max: 2 }),
        async (spans, marginMs, sizes, channels) => {
          const file = riff(chunk('fmt ', formatOf(encoding, channels)), chunk('data', data));
          const lengthMs = 1000 / channels;
          const within = spans.map(([startMs, forMs]): [number, number] => [
            startMs % lengthMs,
            (startMs % lengthMs) + forMs,
          ]);
          const sound = await readWav(streamed(file, sizes));
          const redacted = await redactedFile(
            sound,
            within.map(([startMs, endMs]) => ({ startMs, endMs })),
            marginMs,
          );
          const widened = within.map(([startMs, endMs]): [number, number] => [
            Math.max(0, startMs - marginMs),
            endMs + marginMs,
          ]);
          expect(dataOf(redacted).equals(expected(data, encoding, widened, channels))).toBe(true);
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe('WAV files as recorders write them', () => {
  const encoding = { tag: 1, bits: 16, silentByte: 0 };
  const format = chunk('fmt ', formatOf(encoding));
  const data = noise(2 * RATE_HZ);
  const redactedData = expected(data, encoding, [[200, 300]]);
  const redact = async (file: Buffer) =>
    redactedFile(await readWav(streamed(file, [7, 1, 500])), [{ startMs: 200, endMs: 300 }]);

  it.each([
    ['0', 0],
    ['the largest number', 0xffff_ffff],
    ['what a writer to a pipe leaves', 0x7fff_f000],
  ])('go to the end of the file where their length is %s', async (_, size) => {
    const file = await redact(riff(format, chunk('data', data, size)));
    expect(dataOf(file).equals(redactedData)).toBe(true);
  });

  it('are as long as RF64 says', async () => {
    const sizes = Buffer.alloc(28);
    sizes.writeBigUInt64LE(BigInt(data.length), 8);
    const file = riff(chunk('ds64', sizes), format, chunk('data', data, 0xffff_ffff), chunk('LIST', noise(20)));
    file.write('RF64', 'latin1');
    expect(dataOf(await redact(file)).equals(redactedData)).toBe(true);
  });

  it('tell nothing but their audio: what else a recorder wrote is left out', async () => {
    const said = Buffer.from('card 4111 1111 1111 1111');
    const file = await redact(
      riff(chunk('LIST', said.subarray(1)), format, chunk('bext', said), chunk('data', data), chunk('id3 ', said)),
    );
    expect(dataOf(file).equals(redactedData)).toBe(true);
    expect(file.includes('4111')).toBe(false);
    expect([...chunksOf(file).keys()]).toEqual(['fmt ', 'data']);
  });

  it('may end before they say, and within a sample', async () => {
    const file = riff(format, chunk('data', data)).subarray(0, -101);
    const redacted = await redact(file);
    expect(dataOf(redacted).equals(redactedData.subarray(0, -101))).toBe(true);
    expect(redacted.length % 2).toBe(0);
  });

  it.each([
    ['an object that is none', Buffer.from('this is not a recording at all')],
    ['one without audio', riff(format)],
    ['one without a format', riff(chunk('data', data))],
    ['one that says nothing of its format', riff(chunk('fmt ', Buffer.alloc(16).fill(1, 0, 1)), chunk('data', data))],
  ])('are damaged: %s', async (_, file) => {
    await expect(readWav(streamed(file))).rejects.toMatchObject({ reason: 'audio-damaged' });
  });

  it('are not decoded where one block holds many samples', async () => {
    const file = riff(chunk('fmt ', formatOf({ ...encoding, tag: 17 })), chunk('data', data));
    await expect(readWav(streamed(file))).rejects.toMatchObject({ reason: 'format-not-decoded' });
  });

  it('end before what is redacted only where they are not what was transcribed', async () => {
    const sound = await readWav(streamed(riff(format, chunk('data', data))));
    await expect(redactedFile(sound, [{ startMs: 5000, endMs: 5100 }], 100)).rejects.toMatchObject({
      reason: 'audio-damaged',
    });
  });
});

const stereo = { channels: 2, sampleRateHz: 16_000 };
const decodable: [string, Audio, number | undefined][] = [
  ['xing-cbr.mp3', { format: 'mp3', ...stereo }, 2000],
  ['plain-cbr.mp3', { format: 'mp3', ...stereo }, 2088],
  ['flac.flac', { format: 'flac', channels: 2, sampleRateHz: 8000 }, 2000],
  ['streamed.flac', { format: 'flac', channels: 2, sampleRateHz: 8000 }, 2000],
  ['flac.ogg', { format: 'ogg', channels: 2, sampleRateHz: 8000 }, 2000],
  ['vorbis.ogg', { format: 'ogg', ...stereo }, 2000],
  ['opus.ogg', { format: 'ogg', ...stereo }, 2000],
  ['opus.ogg', { format: 'ogg', channels: 2, sampleRateHz: 44_100 }, 2000],
];

describe.each(decodable)('%s', (name, audio, durationMs) => {
  const decode = (file = fixture(name)) => decodeAudio({ audio, durationMs, file: streamed(file, [700, 30]) });

  it('is decoded to a WAV file of the same length that is silent where words are redacted, and there alone', async () => {
    const spans = [{ startMs: 500, endMs: 800 }];
    const [plain, redacted] = [await redactedFile(await decode(), []), await redactedFile(await decode(), spans, 100)];
    const { sampleRateHz, blockBytes } = await decode();
    const { from, to } = { from: 0.4 * sampleRateHz * blockBytes, to: 0.9 * sampleRateHz * blockBytes };
    const [before, after] = [dataOf(plain), dataOf(redacted)];
    expect((1000 * before.length) / blockBytes / sampleRateHz).toBeCloseTo(durationMs ?? 0, 0);
    expect(after.subarray(from, to).every((byte) => byte === 0)).toBe(true);
    expect(after.subarray(0, from).equals(before.subarray(0, from))).toBe(true);
    expect(after.subarray(to).equals(before.subarray(to))).toBe(true);
    // A tone was there, at a level that is heard, right up to the silence and after it.
    for (const at of [from - 400, from, to, to + 400])
      expect(loudest(before.subarray(at - 200, at + 200))).toBeGreaterThan(1000);
  });
});

const loudest = (samples: Buffer): number =>
  Math.max(...Array.from({ length: samples.length >> 1 }, (_, i) => Math.abs(samples.readInt16LE(2 * i))));

describe('audio that cannot be redacted', () => {
  // The decoders write to the log what is wrong with a frame.
  beforeEach(() => void vi.spyOn(console, 'error').mockImplementation(() => {}));
  afterEach(() => vi.restoreAllMocks());

  const reasonOf = async (
    file: Buffer,
    format: MediaFormat,
    durationMs = 2000,
    sampleRateHz = 8000,
  ): Promise<RedactedAudioMissing | undefined> => {
    try {
      const audio = { format, channels: 2, sampleRateHz };
      await whole((await decodeAudio({ audio, durationMs, file: streamed(file) })).samples);
      return undefined;
    } catch (error) {
      return (error as { reason: RedactedAudioMissing }).reason;
    }
  };

  it.each(['mp4', 'm4a', 'webm', 'amr'] as const)('is of a format that is not decoded: %s', async (format) => {
    expect(await reasonOf(fixture('aac.m4a'), format)).toBe('format-not-decoded');
  });

  it('is of a codec that is not decoded', async () => {
    expect(await reasonOf(fixture('speex.ogg'), 'ogg')).toBe('format-not-decoded');
  });

  it('has lost a part: what follows would be redacted at the wrong time', async () => {
    const flac = fixture('flac.flac');
    const cut = Buffer.concat([flac.subarray(0, 9000), flac.subarray(15_000)]);
    expect(await reasonOf(flac, 'flac')).toBeUndefined();
    expect(await reasonOf(cut, 'flac')).toBe('audio-damaged');
    const vorbis = fixture('vorbis.ogg');
    expect(await reasonOf(vorbis.subarray(0, 5000), 'ogg', 2000, 16_000)).toBe('audio-damaged');
  });

  it('has lost a part, or has something in between, that a decoder of MP3 passes over', async () => {
    const reason = (file: Buffer) => reasonOf(file, 'mp3', 2088, 16_000);
    const mp3 = fixture('plain-cbr.mp3');
    const tag = Buffer.concat([Buffer.from('ID3\x04\0\0\0\0\x01\x00', 'latin1'), noise(128)]);
    const trailer = Buffer.concat([Buffer.from('TAG'), noise(125)]);
    for (const sound of [mp3, Buffer.concat([tag, mp3, trailer]), Buffer.concat([Buffer.alloc(500), mp3, tag, mp3])])
      expect(await reason(sound)).toBeUndefined();
    expect(await reason(Buffer.concat([mp3.subarray(0, 3000), mp3.subarray(5000)]))).toBe('audio-damaged');
    expect(await reason(Buffer.concat([mp3.subarray(0, 4000), noise(3000), mp3.subarray(4000)]))).toBe('audio-damaged');
  });

  it('is not at the sample rate that was told of it', async () => {
    expect(await reasonOf(fixture('xing-cbr.mp3'), 'mp3', 2000, 44_100)).toBe('audio-damaged');
  });

  it('holds nothing that can be decoded', async () => {
    for (const format of ['mp3', 'flac', 'wav'] as const)
      expect.soft(await reasonOf(noise(5000), format), format).toBe('audio-damaged');
  });

  it('is told, or decoded, however it is damaged: nothing else is thrown', async () => {
    for (const [name, audio, durationMs] of decodable) {
      const sound = fixture(name);
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.tuple(fc.nat(sound.length - 1), fc.nat(255)), { maxLength: 30 }),
          async (changes) => {
            const damaged = Buffer.from(sound);
            for (const [at, byte] of changes) damaged[at] = byte;
            expect([undefined, 'audio-damaged', 'format-not-decoded']).toContain(
              await reasonOf(damaged, audio.format, durationMs, audio.sampleRateHz),
            );
          },
        ),
        { numRuns: 20 },
      );
    }
  });
});

/** S3, held in memory, as far as uploads go; `failing` names a command that fails. */
function memoryS3(failing?: string) {
  const objects = new Map<string, { Body: Buffer; ContentType?: string; Tagging?: string }>();
  const parts = new Map<number, Buffer>();
  const sent: string[] = [];
  let described: { ContentType?: string; Tagging?: string } = {};
  const send = async (command: { constructor: { name: string }; input: Record<string, unknown> }) => {
    const { name } = command.constructor;
    const input = command.input as Record<string, never> & {
      Key: string;
      Body: Buffer;
      PartNumber: number;
      MultipartUpload?: { Parts: { PartNumber: number }[] };
      ContentType?: string;
      Tagging?: string;
    };
    sent.push(name);
    if (name === failing) throw new Error(`${name} failed`);
    const { ContentType, Tagging } = input;
    if (name === 'PutObjectCommand') objects.set(input.Key, { Body: input.Body, ContentType, Tagging });
    if (name === 'CreateMultipartUploadCommand') {
      described = { ContentType, Tagging };
      return { UploadId: 'upload-1' };
    }
    if (name === 'UploadPartCommand') {
      parts.set(input.PartNumber, input.Body);
      return { ETag: `etag-${input.PartNumber}` };
    }
    if (name === 'CompleteMultipartUploadCommand') {
      const numbers = input.MultipartUpload?.Parts.map((part) => part.PartNumber) ?? [];
      expect(numbers).toEqual([...parts.keys()].toSorted((a, b) => a - b));
      const Body = Buffer.concat(numbers.map((number) => parts.get(number) ?? Buffer.alloc(0)));
      objects.set(input.Key, { Body, ...described });
    }
    if (name === 'AbortMultipartUploadCommand') parts.clear();
    return {};
  };
  return { client: { send } as unknown as S3Client, objects, parts, sent };
}

describe('storing redacted audio', () => {
  const tags = { 'retention-class': '30-days' };
  const file = (): FileInParts => {
    let read = 0;
    async function* body() {
      for (const piece of ['redacted ', 'audio ', 'in ', 'pieces']) {
        read += piece.length;
        yield Buffer.from(piece);
      }
    }
    return { body: body(), header: () => Buffer.from(`${read}:`) };
  };
  const stored = {
    Body: Buffer.from('24:redacted audio in pieces'),
    ContentType: 'audio/wav',
    Tagging: 'retention-class=30-days',
  };

  it.each([1, 9, 10, 23, 24, 1000])('writes the header before the body, in parts of %i bytes', async (partBytes) => {
    const s3 = memoryS3();
    const location = await redactedAudioStore(s3.client, 'transcripts', partBytes).put('call1', file(), tags);
    expect(location).toEqual({ bucket: 'transcripts', key: 'redacted-audio/call1.wav' });
    expect([...s3.objects]).toEqual([[location.key, stored]]);
  });

  it.each(['UploadPartCommand', 'CompleteMultipartUploadCommand'])(
    'leaves nothing behind where %s fails',
    async (failing) => {
      const s3 = memoryS3(failing);
      await expect(redactedAudioStore(s3.client, 'transcripts', 5).put('call1', file(), tags)).rejects.toThrow(failing);
      expect(s3.sent.at(-1)).toBe('AbortMultipartUploadCommand');
      expect(s3.objects.size).toBe(0);
    },
  );

  it.each([5, 1000])('stores nothing of audio that proves to be damaged at its end', async (partBytes) => {
    const s3 = memoryS3();
    const { header } = file();
    async function* body() {
      yield Buffer.from('nearly all');
      throw new Error('damaged');
    }
    const put = redactedAudioStore(s3.client, 'transcripts', partBytes).put('call1', { body: body(), header }, tags);
    await expect(put).rejects.toThrow('damaged');
    expect(s3.objects.size).toBe(0);
    expect(s3.parts.size).toBe(0);
  });
});

describe('redacted audio in S3', () => {
  const answering = (answer: () => unknown) => {
    const sent: unknown[] = [];
    const send = async (command: { constructor: { name: string }; input: unknown }) => {
      sent.push({ [command.constructor.name]: command.input });
      return answer();
    };
    return { store: redactedAudioStore({ send } as unknown as S3Client, 'transcripts'), sent };
  };
  const failing = (name: string) => () => {
    throw Object.assign(new Error(name), { name });
  };
  const recording = { bucket: 'recordings', key: 'support/one.wav', versionId: 'v1' };

  it('gets its object tags', async () => {
    const { store, sent } = answering(() => ({}));
    await store.tag('call1', { 'legal-hold': 'on' });
    const Tagging = { TagSet: [{ Key: 'legal-hold', Value: 'on' }] };
    expect(sent).toEqual([
      { PutObjectTaggingCommand: { Bucket: 'transcripts', Key: 'redacted-audio/call1.wav', Tagging } },
    ]);
  });

  it.each(['NoSuchKey', 'NoSuchVersion', 'MethodNotAllowed'])('may be gone, and its recording: %s', async (name) => {
    const { store } = answering(failing(name));
    await expect(store.tag('call1', {})).resolves.toBeUndefined();
    expect(await store.open(recording)).toBeUndefined();
  });

  it('is not taken for gone where S3 says something else, or nothing', async () => {
    const { store } = answering(failing('AccessDenied'));
    await expect(store.tag('call1', {})).rejects.toThrow('AccessDenied');
    await expect(store.open(recording)).rejects.toThrow('AccessDenied');
    await expect(answering(() => ({})).store.open(recording)).rejects.toThrow('the recording has no content');
  });
});

const job: TranscriptionJob = {
  ...{ kind: 'standard', name: 'verbatim-call1', agentChannel: 0 },
  redaction: { keepOriginalTranscript: false },
  outputs: { transcript: { bucket: 'transcripts', key: 'transcribe-output/redacted-verbatim-call1.json' } },
};
const recorded = riff(chunk('fmt ', formatOf({ tag: 1, bits: 16, silentByte: 0 })), chunk('data', noise(2 * RATE_HZ)));
const tagged = (changes: Partial<TranscriptionJob> = {}, audio: Partial<Audio> = {}): Call =>
  transcribingCall('call1', {
    state: 'tagged',
    audio: { format: 'wav', channels: 1, sampleRateHz: RATE_HZ, ...audio },
    durationMs: 1000,
    job: { ...job, ...changes },
  });

const word = { text: '[PII]', startMs: 300, endMs: 500, redaction: { type: 'SSN' } };
const redactedTranscript = Transcript.parse({
  durationMs: 1000,
  turns: [{ speaker: 'CUSTOMER', text: '[PII]', startMs: 300, endMs: 500, words: [word] }],
  redactions: [{ speaker: 'CUSTOMER', startMs: 300, endMs: 500, type: 'SSN' }],
});
const openTranscript = Transcript.parse({ ...redactedTranscript, turns: [], redactions: [] });

/** A call with its transcript and its recording, and what is made of them. */
function given(call: Call | undefined, transcript: Transcript | undefined, file: Buffer | undefined = recorded) {
  const memory = memoryCalls(...(call ? [call] : []));
  const files = new Map<string, Buffer>();
  const puts: Readonly<Record<string, string>>[] = [];
  const tags = new Map<string, Readonly<Record<string, string>>>();
  const calls = only<CallStore>({
    get: memory.store.get,
    async noteRedactedAudio(callId, jobName, found) {
      const now = memory.calls.get(callId);
      if (now?.job?.name !== jobName || !now.job.outputs) return false;
      const outputs = typeof found === 'string' ? now.job.outputs : { ...now.job.outputs, redactedAudio: found };
      const redactedAudioMissing = typeof found === 'string' ? found : undefined;
      memory.calls.set(callId, Call.parse({ ...now, job: { ...now.job, outputs, redactedAudioMissing } }));
      return true;
    },
  });
  const audio: RedactedAudioStore = {
    open: async () => (file ? Readable.from(streamed(file)) : undefined),
    async put(callId, made, given) {
      files.set(callId, await wholeFile(made));
      puts.push(given);
      tags.set(callId, given);
      return { bucket: 'transcripts', key: `redacted-audio/${callId}.wav` };
    },
    async tag(callId, given) {
      tags.set(callId, given);
    },
  };
  const transcripts = memoryTranscripts({}, transcript ? { call1: transcript } : {}).store;
  /** What becomes of the call while somebody else is at work. */
  const change = (changes: Partial<Call>) => {
    const now = memory.calls.get('call1');
    if (now) memory.calls.set('call1', { ...now, ...changes });
  };
  return { needs: { calls, audio, transcripts }, calls: memory.calls, change, files, puts, tags };
}

describe('the audio of a call of one channel', () => {
  const redactedAudio = { bucket: 'transcripts', key: 'redacted-audio/call1.wav' };

  it('is redacted where its transcript is, a little wider, and kept as long as the call', async () => {
    const { needs, calls, files, puts } = given(tagged(), redactedTranscript);
    expect(await redactAudio('call1', needs)).toEqual({ callId: 'call1', outcome: 'redacted' });
    const file = files.get('call1') ?? Buffer.alloc(0);
    const whereSilent = expected(noise(2 * RATE_HZ), { tag: 1, bits: 16, silentByte: 0 }, [[200, 600]]);
    expect(dataOf(file).equals(whereSilent)).toBe(true);
    expect(calls.get('call1')?.job).toEqual({ ...job, outputs: { ...job.outputs, redactedAudio } });
    expect(puts).toEqual([{ 'retention-class': '30-days' }]);
  });

  it('is redacted by the words alone, where only they tell what is redacted', async () => {
    const { needs, files } = given(tagged(), { ...redactedTranscript, redactions: [] });
    expect(await redactAudio('call1', needs)).toMatchObject({ outcome: 'redacted' });
    expect(files.size).toBe(1);
  });

  it.each([
    ['its source is not redacted', tagged({ redaction: undefined }), redactedTranscript],
    ['Transcribe redacts the audio itself', tagged({ kind: 'call-analytics' }), redactedTranscript],
    ['its job is not over', tagged({ outputs: undefined }), redactedTranscript],
    ['it has no transcript', tagged(), undefined],
  ])('is left alone where %s', async (_, call, transcript) => {
    const { needs, calls, files } = given(call, transcript);
    expect(await redactAudio('call1', needs)).toEqual({ callId: 'call1', outcome: 'not-needed' });
    expect(files.size).toBe(0);
    expect(calls.get('call1')).toEqual(call);
  });

  it('is as anybody may hear it where nothing in it is redacted: that is noted', async () => {
    const { needs, calls, files } = given(tagged(), openTranscript);
    expect(await redactAudio('call1', needs)).toEqual({ callId: 'call1', outcome: 'not-needed' });
    expect(files.size).toBe(0);
    expect(calls.get('call1')?.job).toEqual({ ...job, redactedAudioMissing: 'nothing-redacted' });
  });

  it('is redacted once, however often the event comes', async () => {
    const { needs, puts } = given(tagged(), redactedTranscript);
    await redactAudio('call1', needs);
    expect(await redactAudio('call1', needs)).toEqual({ callId: 'call1', outcome: 'not-needed' });
    expect(puts).toHaveLength(1);
  });

  it.each([
    ['the call', given(undefined, redactedTranscript)],
    ['the recording', { ...given(tagged(), redactedTranscript), ...goneRecording() }],
  ])('does no harm where %s is gone', async (_, { needs, files }) => {
    expect(await redactAudio('call1', needs)).toEqual({ callId: 'call1', outcome: 'gone' });
    expect(files.size).toBe(0);
  });

  it('is not noted on a call that has another job meanwhile', async () => {
    const { needs, calls } = given(tagged(), redactedTranscript);
    const { put } = needs.audio;
    needs.audio.put = async (...args) => {
      calls.set('call1', tagged({ name: 'verbatim-call1-2' }));
      return put(...args);
    };
    expect(await redactAudio('call1', needs)).toEqual({ callId: 'call1', outcome: 'gone' });
    expect(calls.get('call1')).toEqual(tagged({ name: 'verbatim-call1-2' }));
  });

  it.each([
    ['format-not-decoded', tagged({}, { format: 'm4a' }), recorded],
    ['audio-damaged', tagged(), recorded.subarray(0, 500)],
  ] as const)('is noted to be missing, and why: %s', async (reason, call, file) => {
    const { needs, calls, files } = given(call, redactedTranscript, file);
    expect(await redactAudio('call1', needs)).toEqual({ callId: 'call1', outcome: 'missing', reason });
    expect(calls.get('call1')?.job).toEqual({ ...job, redactedAudioMissing: reason });
    expect(files.size).toBe(0);
  });

  test.each(['before', 'after'] as const)('ends the same when a step crashes %s it was done', async (when) => {
    for (let nth = 1, reached = true; reached; nth++) {
      const { needs, calls, files } = given(tagged(), redactedTranscript);
      const { crashing, redeliver } = crashAt(nth, when);
      const crashingNeeds = {
        calls: crashing(needs.calls),
        audio: crashing(needs.audio),
        transcripts: crashing(needs.transcripts),
      };
      reached = await redeliver(() => redactAudio('call1', crashingNeeds));
      expect(calls.get('call1')?.job?.outputs?.redactedAudio).toEqual(redactedAudio);
      expect(files.size).toBe(1);
      if (!reached) expect(nth).toBe(7);
    }
  });

  const sevenYears = { retentionClass: '7-years', rule: 'by tag', expiresAt: '2033-10-14T09:00:00.000Z' };
  const meanwhile: [string, Partial<Call>, Partial<Call>, Record<string, string>][] = [
    ['decided anew', {}, { retention: sevenYears, tags: ['sale'] }, { 'retention-class': '7-years' }],
    ['held', {}, { holds: ['hold1'] }, { 'legal-hold': 'on' }],
    ['released', { holds: ['hold1'] }, { holds: [] }, { 'retention-class': '30-days' }],
  ];

  describe.each(meanwhile)('of a call that is %s meanwhile', (_, before, after, expectedTags) => {
    const call = { ...tagged(), ...before };

    it.each(['open', 'put', 'tag'] as const)('is tagged as the call says then: when it comes to %s', async (step) => {
      const { needs, change, tags } = given(call, redactedTranscript);
      const { open, put, tag } = needs.audio;
      const changing =
        <Given extends unknown[], Answer>(does: (...given: Given) => Promise<Answer>) =>
        async (...given: Given): Promise<Answer> => {
          const answer = await does(...given);
          change(after);
          return answer;
        };
      // Something must have changed before, for it to be tagged anew at all.
      if (step === 'tag')
        needs.audio.put = async (...args) => {
          change({ tags: ['complaint'] });
          return put(...args);
        };
      Object.assign(needs.audio, { [step]: changing({ open, put, tag }[step] as typeof put) });
      expect(await redactAudio('call1', needs)).toEqual({ callId: 'call1', outcome: 'redacted' });
      expect(tags.get('call1')).toEqual(expectedTags);
    });

    it.each(['before', 'after'] as const)('is so too when a step crashes %s it was done', async (when) => {
      for (let nth = 1, reached = true; reached; nth++) {
        const { needs, change, calls, files, tags } = given(call, redactedTranscript);
        const { put } = needs.audio;
        needs.audio.put = async (...args) => {
          const stored = await put(...args);
          change(after);
          return stored;
        };
        const { crashing, redeliver } = crashAt(nth, when);
        const crashingNeeds = {
          calls: crashing(needs.calls),
          audio: crashing(needs.audio),
          transcripts: crashing(needs.transcripts),
        };
        reached = await redeliver(() => redactAudio('call1', crashingNeeds));
        expect(calls.get('call1')?.job?.outputs?.redactedAudio).toEqual(redactedAudio);
        expect(files.size).toBe(1);
        expect(tags.get('call1'), `a crash ${when} step ${nth}`).toEqual(expectedTags);
      }
    });
  });

  it('is tagged as the call says where it is noted already: what noted it may have gone no further', async () => {
    const { needs, tags, puts } = given(
      { ...tagged({ outputs: { ...job.outputs, redactedAudio } as typeof job.outputs }), holds: ['hold1'] },
      redactedTranscript,
    );
    expect(await redactAudio('call1', needs)).toEqual({ callId: 'call1', outcome: 'not-needed' });
    expect(tags.get('call1')).toEqual({ 'legal-hold': 'on' });
    expect(puts).toEqual([]);
  });

  it("is not tagged where it is Transcribe's", async () => {
    const { needs, tags } = given(
      tagged({ kind: 'call-analytics', outputs: { ...job.outputs, redactedAudio } as typeof job.outputs }),
      redactedTranscript,
    );
    expect(await redactAudio('call1', needs)).toEqual({ callId: 'call1', outcome: 'not-needed' });
    expect(tags.size).toBe(0);
  });
});

/** What there is of a call whose recording is gone. */
function goneRecording() {
  const { needs, files } = given(tagged(), redactedTranscript);
  return { needs: { ...needs, audio: { ...needs.audio, open: async () => undefined } }, files };
}
