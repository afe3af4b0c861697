import { type Span, UNKNOWN_SPEAKER, type Word } from '../transcript.ts';
import { wordsOfContent } from './content.ts';
import { PAUSE_MS } from './conversation.ts';
import {
  confidence,
  inEach,
  isObject,
  type Json,
  likeliestOf,
  list,
  number,
  object,
  required,
  SLACK_MS,
  seconds,
  string,
  TranscriptError,
  within,
} from './reader.ts';
import { emptyReading, type Reading } from './reading.ts';
import { WordList } from './word-list.ts';

/**
 * Reads what a standard transcription job writes: its speakers are channels, speaker labels, or unknown.
 *
 * Of items that are written by channel and once more in all, the former count. Where two or more channels are told, they
 * are the speakers, and labels of speakers do not count.
 * https://docs.aws.amazon.com/transcribe/latest/dg/how-input.html
 */
export function readStandard(output: Json): Reading {
  const reading = emptyReading();
  within('results', () => {
    const results = required(object(output.results, ''), '');
    readLanguages(results, reading);
    const items = list(results.items, 'items') ?? [];
    const channels = channelsOf(results);
    const spoken = channels.filter((channel) => channel.items.length > 0);
    const byChannel = spoken.length > 0 && (channels.length > 1 || items.length === 0 || !hasSpeakers(results, items));
    if (byChannel || channels.length > 1) for (const { label } of channels) reading.labels.add(label);

    // Also where items by channel or by segment count instead: a file in which they cannot be is no output.
    if (byChannel || hasSegments(results)) {
      inEach(items, 'items', (item) => {
        if (item.type === 'pronunciation') timesOf(item);
      });
    }
    const streams = new Streams();
    if (byChannel) {
      const segments = segmentsOf(
        results,
        items.length > 0 ? items : spoken.flatMap((channel) => channel.items),
        reading,
      );
      for (const channel of spoken) {
        inEach(channel.items, channel.path, (item, index) =>
          streams.read(item, channel.label, segments.get(idOf(item, index))?.language),
        );
      }
    } else if (items.length > 0) {
      readItems(results, items, streams, reading);
    } else if (!readSegments(results, streams, reading) && channels.length === 0) {
      const told = transcriptsOf(results);
      if (told === undefined) throw new TranscriptError('is missing', 'items');
      if (told) throw new TranscriptError('has no word of what transcripts tell', 'items');
    }
    streams.tell(reading);
  });
  return reading;
}

const hasSegments = ({ audio_segments: segments }: Json): boolean => Array.isArray(segments) && segments.length > 0;

/** Whether something is said by the transcripts as a whole; undefined where there are neither those nor items. */
function transcriptsOf(results: Json): boolean | undefined {
  const transcripts = list(results.transcripts, 'transcripts');
  let told = false;
  inEach(transcripts ?? [], 'transcripts', ({ transcript }) => {
    if (string(transcript, 'transcript')?.trim()) told = true;
  });
  return transcripts || Array.isArray(results.items) ? told : undefined;
}

function readLanguages(results: Json, reading: Reading): void {
  const languages: Reading['languages'] = [];
  inEach(list(results.language_codes, 'language_codes') ?? [], 'language_codes', (entry) => {
    const language = required(string(entry.language_code, 'language_code'), 'language_code');
    const durationMs = seconds(entry.duration_in_seconds, 'duration_in_seconds');
    languages.push(durationMs === undefined ? { language } : { language, durationMs });
  });
  const [most] = languages.toSorted((a, b) => (b.durationMs ?? 0) - (a.durationMs ?? 0));
  if (languages.length > 1) reading.languages = languages;

  const likeliest = likeliestOf(results.language_identification, 'language_identification', (candidate) => ({
    code: string(candidate.code, 'code'),
    score: number(candidate.score, 'score'),
  }));
  reading.language = most?.language ?? (string(results.language_code, 'language_code') || likeliest);
}

interface Channel {
  readonly label: string;
  readonly items: readonly unknown[];
  readonly path: string;
}

function channelsOf(results: Json): Channel[] {
  const labels = object(results.channel_labels, 'channel_labels');
  const channels: Channel[] = [];
  within('channel_labels', () => {
    inEach(list(labels?.channels, 'channels') ?? [], 'channels', (channel, index) => {
      const label = string(channel.channel_label, 'channel_label') ?? `ch_${index}`;
      const path = `channel_labels.channels[${index}].items`;
      channels.push({ label, items: list(channel.items, 'items') ?? [], path });
    });
    // A channel may be counted only: nobody speaks there. The number is bounded as channels are.
    const count = number(labels?.number_of_channels, 'number_of_channels') ?? 0;
    for (let index = channels.length; index < Math.min(count, 16); index++) {
      const label = `ch_${index}`;
      if (!channels.some((channel) => channel.label === label)) channels.push({ label, items: [], path: '' });
    }
  });
  return channels;
}

/** An audio segment, in what it tells of its items. */
interface Segment {
  readonly speaker: string | undefined;
  readonly channel: string | undefined;
  readonly language: string | undefined;
}

/** The audio segment of each item, by the item's id. */
function segmentsOf(results: Json, items: readonly unknown[], reading: Reading): Map<number, Segment> {
  const segments = new Map<number, Segment>();
  if (!hasSegments(results)) return segments;
  const byId = new Map(items.map((item, index) => [idOf(item, index), item]));
  inEach(list(results.audio_segments, 'audio_segments') ?? [], 'audio_segments', (value) => {
    const bounds = spanOf(value);
    if (bounds) reading.endMs = Math.max(reading.endMs, bounds.endMs);
    const segment = {
      speaker: string(value.speaker_label, 'speaker_label'),
      channel: string(value.channel_label, 'channel_label'),
      language: string(value.language_code, 'language_code'),
    };
    (list(value.items, 'items') ?? []).forEach((reference, place) => {
      within(`items[${place}]`, () => {
        const id = required(number(reference, ''), '');
        const item = byId.get(id);
        if (!isObject(item)) throw new TranscriptError(`refers to item ${id}, which is not there`);
        const time = item.type === 'pronunciation' ? spanOf(item) : undefined;
        if (bounds && time) checkWithin(time, bounds, 'refers to an item outside of its segment');
        segments.set(id, segment);
      });
    });
  });
  return segments;
}

const idOf = (item: unknown, index: number): number =>
  isObject(item) && item.id !== undefined && item.id !== null ? Number(item.id) : index;

/** Whether somebody is told apart by a label of a speaker. */
const hasSpeakers = (results: Json, items: readonly unknown[]): boolean =>
  isObject(results.speaker_labels) ||
  [...items, ...(list(results.audio_segments, 'audio_segments') ?? [])].some(
    (entry) => isObject(entry) && entry.speaker_label !== undefined,
  );

function checkWithin(inner: Span, outer: Span, problem: string): void {
  if (inner.startMs < outer.startMs - SLACK_MS || inner.endMs > outer.endMs + SLACK_MS) {
    throw new TranscriptError(problem);
  }
}

/** Reads items that are written in all, each with its speaker as far as it or a segment tells one. */
function readItems(results: Json, items: readonly unknown[], streams: Streams, reading: Reading): void {
  const segments = segmentsOf(results, items, reading);
  const channelIn = (item: Json, segment: Segment | undefined) =>
    string(item.channel_label, 'channel_label') ?? segment?.channel;
  const channels = new Set<string>();
  inEach(items, 'items', (item, index) => {
    const channel = channelIn(item, segments.get(idOf(item, index)));
    if (channel !== undefined) channels.add(channel);
  });
  const speakerAt = speakerLabelsOf(results);
  inEach(items, 'items', (item, index) => {
    const segment = segments.get(idOf(item, index));
    const channel = channelIn(item, segment);
    const speaker = string(item.speaker_label, 'speaker_label') ?? segment?.speaker;
    const timed = item.type === 'pronunciation' && (channels.size < 2 || !channel);
    const startMs = timed ? seconds(item.start_time, 'start_time') : undefined;
    // Also where the item tells its speaker: a word after all that anybody says is an error.
    const inSegment = startMs === undefined ? undefined : speakerAt(startMs);
    const label = (channels.size > 1 ? channel : undefined) ?? speaker ?? inSegment ?? channel;
    streams.read(item, label, segment?.language);
  });
}

/** Tells whose segment a word is in by its start; between two, of the one before. */
function speakerLabelsOf(results: Json): (startMs: number) => string | undefined {
  const byWord = new Map<number, string>();
  const starts: { startMs: number; label: string }[] = [];
  let latestMs = Number.NEGATIVE_INFINITY;
  const labels = object(results.speaker_labels, 'speaker_labels');
  within('speaker_labels', () => {
    inEach(list(labels?.segments, 'segments') ?? [], 'segments', (segment) => {
      const bounds = spanOf(segment);
      const label = string(segment.speaker_label, 'speaker_label');
      latestMs = Math.max(latestMs, bounds?.endMs ?? Number.POSITIVE_INFINITY);
      if (bounds && label !== undefined) starts.push({ startMs: bounds.startMs, label });
      inEach(list(segment.items, 'items') ?? [], 'items', (item) => {
        const speaker = required(string(item.speaker_label, 'speaker_label') ?? label, 'speaker_label');
        const word = spanOf(item);
        if (!word) return;
        if (bounds) checkWithin(word, bounds, 'is outside of its segment');
        byWord.set(word.startMs, speaker);
      });
    });
  });
  starts.sort((a, b) => a.startMs - b.startMs);
  return (startMs) => {
    if (starts.length > 0 && startMs > latestMs + SLACK_MS) {
      throw new TranscriptError('is after all segments of speakers', 'start_time');
    }
    return byWord.get(startMs) ?? labelAt(starts, startMs);
  };
}

function labelAt(starts: readonly { startMs: number; label: string }[], startMs: number): string | undefined {
  let from = 0;
  let to = starts.length;
  while (to - from > 1) {
    const middle = (from + to) >> 1;
    if ((starts[middle]?.startMs ?? 0) <= startMs) from = middle;
    else to = middle;
  }
  return starts[from]?.label;
}

/**
 * Reads an output without items from what its segments say: those with alternatives, by the items of the likeliest; audio
 * segments, by their text.
 */
function readSegments(results: Json, streams: Streams, reading: Reading): boolean {
  const segments = list(results.segments, 'segments') ?? [];
  inEach(segments, 'segments', (segment) => {
    const [first] = list(segment.alternatives, 'alternatives') ?? [];
    within('alternatives[0]', () => {
      const label = string(segment.speaker_label ?? segment.channel_label, 'speaker_label');
      inEach(list(object(first, '')?.items, 'items') ?? [], 'items', (item) =>
        streams.read(item, string(item.speaker_label, 'speaker_label') ?? label, undefined),
      );
    });
  });
  if (segments.length > 0) return true;
  const audioSegments = list(results.audio_segments, 'audio_segments') ?? [];
  inEach(audioSegments, 'audio_segments', (segment) => {
    const content = required(string(segment.transcript, 'transcript'), 'transcript');
    const bounds = required(spanOf(segment), 'start_time');
    const language = string(segment.language_code, 'language_code');
    const label = string(segment.speaker_label ?? segment.channel_label, 'speaker_label') ?? UNKNOWN_SPEAKER;
    reading.labels.add(label);
    reading.endMs = Math.max(reading.endMs, bounds.endMs);
    const words = wordsOfContent(content, bounds, [], language ?? reading.language);
    if (words.length > 0) reading.utterances.push({ label, words, startMs: bounds.startMs });
  });
  return audioSegments.length > 0;
}

/** No word lasts longer, nor what stands for a redacted one. */
const LONGEST_WORD_MS = 60_000;

/** The times of a word, as far as it tells them. */
function timesOf(item: Json): Partial<Span> {
  const startMs = seconds(item.start_time, 'start_time');
  const endMs = seconds(item.end_time, 'end_time');
  if (startMs === undefined || endMs === undefined) return { startMs, endMs };
  if (endMs < startMs) throw new TranscriptError('is before the begin', 'end_time');
  if (endMs - startMs > LONGEST_WORD_MS) throw new TranscriptError('is more than a minute after the begin', 'end_time');
  return { startMs, endMs };
}

/** The times of an item or a segment, where it tells both. */
function spanOf(value: Json): Span | undefined {
  const startMs = seconds(value.start_time, 'start_time');
  const endMs = seconds(value.end_time, 'end_time');
  if (startMs === undefined || endMs === undefined) return undefined;
  if (endMs < startMs) throw new TranscriptError('is before the begin', 'end_time');
  return { startMs, endMs };
}

interface Stream {
  readonly label: string;
  readonly language: string | undefined;
  readonly words: WordList;
}

/** The words of each speaker, by language where that is told. */
class Streams {
  readonly #streams = new Map<string, Stream>();
  #last: Stream | undefined;
  /** Punctuation before any word. */
  #before = '';

  /** Reads an item of `label`; a punctuation mark without one follows the word before it. */
  read(item: Json, label: string | undefined, segmentLanguage: string | undefined): void {
    const { type, alternatives } = item;
    const best = alternatives === undefined ? item : firstOf(alternatives);
    const { content } = best;
    if (typeof content !== 'string') {
      throw new TranscriptError('is missing or no text', best === item ? 'alternatives' : 'alternatives[0].content');
    }
    const language = string(item.language_code, 'language_code') ?? segmentLanguage;
    if (type === 'punctuation') {
      const own = label === undefined ? undefined : this.#streams.get(keyOf(label, language));
      const follows = label === undefined || this.#last?.label === label;
      const stream = own ?? (follows ? this.#last : this.#of(label, language));
      if (stream) stream.words.punctuate(content);
      else this.#before += content;
      return;
    }
    if (type !== 'pronunciation') throw new TranscriptError('is neither pronunciation nor punctuation', 'type');
    const { startMs, endMs } = timesOf(item);
    const stream = this.#of(label ?? UNKNOWN_SPEAKER, language);
    this.#last = stream;
    const word = stream.words.say(content, startMs, endMs, confidence(best.confidence, 'alternatives[0].confidence'));
    if (item.vocabularyFilterMatch === true) word.filtered = true;
    if (best.redactions !== undefined && best.redactions !== null) readRedactions(best.redactions, word);
  }

  #of(label: string, language: string | undefined): Stream {
    const key = keyOf(label, language);
    let stream = this.#streams.get(key);
    if (!stream) {
      stream = { label, language, words: new WordList() };
      this.#streams.set(key, stream);
      if (this.#before !== '') stream.words.punctuate(this.#before);
      this.#before = '';
    }
    return stream;
  }

  #mostSpoken(): string | undefined {
    const counts = new Map<string, number>();
    for (const { language, words } of this.#streams.values()) {
      if (language !== undefined) counts.set(language, (counts.get(language) ?? 0) + words.words.length);
    }
    return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
  }

  /** Tells what was said: an utterance lasts until a longer pause. */
  tell(reading: Reading): void {
    const streams = [...this.#streams.values()].filter(({ words }) => words.words.length > 0);
    const languages = new Set(streams.map(({ language }) => language));
    reading.language ??= this.#mostSpoken();
    for (const { label, language, words } of streams) {
      reading.labels.add(label);
      const told = languages.size > 1 ? language : undefined;
      let utterance: Word[] = [];
      let endMs = 0;
      for (const word of words.finish()) {
        if (utterance.length > 0 && word.startMs - endMs > PAUSE_MS) utterance = [];
        if (utterance.length === 0) {
          endMs = word.endMs;
          reading.utterances.push({ label, words: utterance, startMs: word.startMs, language: told });
        }
        utterance.push(word);
        endMs = Math.max(endMs, word.endMs);
      }
    }
  }
}

const keyOf = (label: string, language: string | undefined): string =>
  language === undefined ? label : `${label} ${language}`;

function firstOf(alternatives: unknown): Json {
  const first = list(alternatives, 'alternatives')?.[0];
  if (first === undefined) throw new TranscriptError('is empty', 'alternatives');
  if (!isObject(first)) throw new TranscriptError('is no object', 'alternatives[0]');
  return first;
}

function readRedactions(value: unknown, word: Word): void {
  const path = 'alternatives[0].redactions';
  inEach(list(value, path) ?? [], path, (redaction) => {
    const type = string(redaction.type, 'type');
    word.redaction ??= {};
    if (type) word.redaction.type ??= type;
    word.confidence ??= confidence(redaction.confidence, 'confidence');
  });
}
