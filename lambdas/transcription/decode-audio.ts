import { FLACDecoder } from '@wasm-audio-decoders/flac';
import { OggVorbisDecoder } from '@wasm-audio-decoders/ogg-vorbis';
import { MPEGDecoder } from 'mpg123-decoder';
import { OggOpusDecoder } from 'ogg-opus-decoder';
import type { Audio } from '../calls/calls.ts';
import { mp3Length } from './mp3-length.ts';
import { type Sound, UnredactableAudio } from './sound.ts';
import { pcm16, readWav } from './wav-file.ts';

/** What is decoded: a recording, of which the inspection told what it is and how long. */
export interface EncodedAudio {
  readonly audio: Audio;
  readonly durationMs?: number;
  readonly file: AsyncIterable<Uint8Array>;
}

/**
 * Decodes a recording to samples: as they are in WAV, of 16 bits from MP3, FLAC and Ogg (Opus, Vorbis, FLAC). It is
 * decoded as it is read, and never held whole.
 *
 * @throws {UnredactableAudio} where the format is another, here or, for audio that proves to be damaged, from `samples`
 */
export async function decodeAudio({ audio, durationMs, file }: EncodedAudio): Promise<Sound> {
  switch (audio.format) {
    case 'wav':
      return readWav(file);
    case 'mp3':
      return decoded(audio, file, () => new MPEGDecoder(), lengthByFrames(audio));
    case 'flac':
      return decoded(audio, file, () => new FLACDecoder(), lengthByHeader(audio, durationMs));
    case 'ogg': {
      const [head, whole] = await peeked(file);
      const codec = oggCodecs.find(({ magic }) => head.includes(magic, 0, 'latin1'));
      if (!codec) throw new UnredactableAudio('format-not-decoded', 'the codec of the Ogg file is not decoded');
      const sampleRateHz = codec.rateFor?.(audio.sampleRateHz) ?? audio.sampleRateHz;
      const decodedAudio = { ...audio, sampleRateHz };
      const length = lengthByHeader(decodedAudio, durationMs);
      return decoded(decodedAudio, whole, () => codec.decoder(sampleRateHz), length);
    }
    default:
      throw new UnredactableAudio('format-not-decoded', `${audio.format} is not decoded`);
  }
}

/** Opus can be decoded at these rates: at the one that it was made from, if it is of them, or at its own. */
const OPUS_RATES_HZ = [8000, 12_000, 16_000, 24_000, 48_000] as const;
const opusRateHz = (madeFromHz: number) => OPUS_RATES_HZ.find((rate) => rate === madeFromHz) ?? 48_000;
/** Its documentation tells of the sample rate, its types do not. */
const opusOptions = (sampleRateHz: number) => ({ sampleRate: sampleRateHz, forceStereo: false });

interface OggCodec {
  /** What its first packet begins with. */
  readonly magic: string;
  readonly decoder: (sampleRateHz: number) => Decoder;
  /** At which sample rate audio is decoded that was made from another; at that one, where this is not here. */
  readonly rateFor?: (madeFromHz: number) => number;
}

const oggCodecs: readonly OggCodec[] = [
  {
    magic: 'OpusHead',
    rateFor: opusRateHz,
    decoder: (sampleRateHz) => new OggOpusDecoder(opusOptions(sampleRateHz)),
  },
  { magic: '\x01vorbis', decoder: () => new OggVorbisDecoder() },
  { magic: '\x7fFLAC', decoder: () => new FLACDecoder() },
];

interface Decoded {
  readonly channelData: readonly Float32Array[];
  readonly samplesDecoded: number;
  readonly sampleRate: number;
  readonly errors: readonly unknown[];
}

interface Decoder {
  readonly ready: Promise<void>;
  free(): void;
  decode(bytes: Uint8Array): Decoded | Promise<Decoded>;
  flush?(): Promise<Decoded>;
}

/** So little is decoded at once, because silence that was compressed well can be a thousand times as long. */
const PIECE_BYTES = 4096;

/** Tells whether decoded audio is as long as it should be: where a part was lost, all that follows comes too early. */
interface LengthCheck {
  /** Is shown the file, piece by piece. */
  readonly see: (piece: Uint8Array) => void;
  readonly fits: (samples: number) => boolean;
}

/** So much may the decoded audio be off the length that its header told. */
const MAX_DEVIATION_MS = 100;

const lengthByHeader = ({ sampleRateHz }: Audio, durationMs: number | undefined): LengthCheck => ({
  see() {},
  fits: (samples) =>
    durationMs === undefined || Math.abs((1000 * samples) / sampleRateHz - durationMs) <= MAX_DEVIATION_MS,
});

/** What an encoder put before and behind the recorded samples, and a tag in place of a frame, is three frames at most. */
const MAX_TRIMMED_SAMPLES = 3 * 1152;

/** The header of an MP3 file tells no length, or one that need not be true. */
function lengthByFrames({ sampleRateHz }: Audio): LengthCheck {
  const length = mp3Length(sampleRateHz);
  return {
    see: length.push,
    fits: (samples) => samples <= length.samples() && samples >= length.samples() - MAX_TRIMMED_SAMPLES,
  };
}

function decoded(
  { channels, sampleRateHz }: Audio,
  file: AsyncIterable<Uint8Array>,
  open: () => Decoder,
  length: LengthCheck,
): Sound {
  /** Samples of 16 bits, the channels side by side; a decoder that knows stereo only gives one channel twice. */
  const interleaved = ({ channelData, samplesDecoded, sampleRate, errors }: Decoded): Buffer => {
    if (errors.length > 0) throw damaged('cannot be decoded');
    if (samplesDecoded > 0 && (sampleRate !== sampleRateHz || channelData.length < channels)) {
      throw damaged('changes its sample rate or its channels');
    }
    // Little-endian, as WAV files are and every machine that this runs on is.
    const samples = new Int16Array(channels * samplesDecoded);
    for (let channel = 0; channel < channels; channel++) {
      const data = channelData[channel] ?? [];
      for (let i = 0; i < samplesDecoded; i++) {
        const value = Math.round((data[i] ?? 0) * 32_768);
        samples[i * channels + channel] = Math.max(-32_768, Math.min(32_767, value));
      }
    }
    return Buffer.from(samples.buffer);
  };
  async function* samples(): AsyncGenerator<Buffer> {
    const decoder = open();
    await decoder.ready;
    let blocks = 0;
    const take = async (decoding: () => Decoded | Promise<Decoded>): Promise<Buffer> => {
      const piece = await attempt(decoding);
      blocks += piece.samplesDecoded;
      return interleaved(piece);
    };
    try {
      for await (const chunk of file) {
        for (let at = 0; at < chunk.length; at += PIECE_BYTES) {
          const piece = chunk.subarray(at, at + PIECE_BYTES);
          length.see(piece);
          yield await take(() => decoder.decode(piece));
        }
      }
      const { flush } = decoder;
      if (flush) yield await take(() => flush.call(decoder));
    } finally {
      decoder.free();
    }
    if (blocks === 0 || !length.fits(blocks)) throw damaged('is not as long as it says');
  }
  return { ...pcm16({ channels, sampleRateHz }), samples: samples() };
}

const damaged = (what: string, options?: ErrorOptions) =>
  new UnredactableAudio('audio-damaged', `the audio ${what}`, options);

/** What a decoder throws is for want of sound audio. */
async function attempt(decoding: () => Decoded | Promise<Decoded>): Promise<Decoded> {
  try {
    return await decoding();
  } catch (cause) {
    throw damaged('cannot be decoded', { cause });
  }
}

/** The first page of an Ogg file, which holds the first packet alone, is no longer. */
const OGG_HEAD_BYTES = 512;

/** The beginning of a file, and the file. */
async function peeked(file: AsyncIterable<Uint8Array>): Promise<[Buffer, AsyncIterable<Uint8Array>]> {
  const chunks = file[Symbol.asyncIterator]();
  const first: Uint8Array[] = [];
  let bytes = 0;
  while (bytes < OGG_HEAD_BYTES) {
    const { done, value } = await chunks.next();
    if (done) break;
    first.push(value);
    bytes += value.length;
  }
  async function* whole(): AsyncGenerator<Uint8Array> {
    yield* first;
    yield* { [Symbol.asyncIterator]: () => chunks };
  }
  return [Buffer.concat(first).subarray(0, OGG_HEAD_BYTES), whole()];
}
