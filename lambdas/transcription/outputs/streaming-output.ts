import { type Span, UNKNOWN_SPEAKER } from '../transcript.ts';
import { languageOf, readCategories } from './call-analytics-output.ts';
import { type CallTurn, readCallTurn } from './call-turn.ts';
import { wordsOfContent } from './content.ts';
import {
  confidence,
  inEach,
  isObject,
  type Json,
  list,
  object,
  required,
  seconds,
  span,
  string,
  TranscriptError,
  within,
} from './reader.ts';
import { emptyReading, type Reading } from './reading.ts';
import { WordList } from './word-list.ts';

/** A turn as it is told while the call goes on: often several times, the last time as it stays. */
export interface Heard extends CallTurn {
  /** The same each time. */
  readonly id: string | undefined;
  readonly partial: boolean;
  /** Where it is in the document. */
  readonly path: string;
}

/**
 * Reads turns as they stay. Where a stream ended before it told one finally, what it told last is kept, unless it lies
 * within what the same speaker said finally.
 */
export function finalOnly(heard: readonly Heard[], reading: Reading): void {
  const latest = latestOf(
    heard,
    ({ id, partial, label, value }, index) => id ?? (partial ? `${label} ${value.BeginOffsetMillis}` : `at ${index}`),
  );
  const turns = latest.map((turn) => ({ ...turn, span: within(turn.path, () => span(turn.value)) }));
  const finals = Map.groupBy(
    turns.filter(({ partial }) => !partial),
    ({ label }) => label,
  );
  for (const turn of turns) {
    const told = turn.partial && finals.get(turn.label)?.some((final) => overlap(final.span, turn.span));
    if (!told) within(turn.path, () => readCallTurn(turn, reading));
  }
}

/** Of each that is told several times, what was told last: nothing partial takes the place of what was told finally. */
function latestOf<T extends { readonly partial: boolean }>(
  told: readonly T[],
  keyOf: (one: T, index: number) => string,
): T[] {
  const latest = new Map<string, T>();
  told.forEach((one, index) => {
    const key = keyOf(one, index);
    if (!one.partial || latest.get(key)?.partial !== false) latest.set(key, one);
  });
  return [...latest.values()];
}

const overlap = (a: Span, b: Span): boolean => a.startMs < b.endMs && b.startMs < a.endMs;

/** The wrappers in which the guide and the SDKs show events. */
const WRAPPERS = ['CallAnalyticsTranscriptResultStream', 'TranscriptResultStream', 'TranscriptEvent'];

/** The event in a value of a stream, or undefined where there is none. */
function eventIn(value: Json): { event: Json; path: string } | undefined {
  let event = value;
  let path = '';
  for (const wrapper of WRAPPERS) {
    const inner = event[wrapper];
    if (isObject(inner)) {
      event = inner;
      path += `${path && '.'}${wrapper}`;
    }
  }
  const results = isObject(event.Transcript) && 'Results' in event.Transcript;
  return 'UtteranceEvent' in event || 'CategoryEvent' in event || results ? { event, path } : undefined;
}

/** Whether a value is an event of a stream. */
export const isStreamEvent = (value: unknown): boolean => isObject(value) && eventIn(value) !== undefined;

/**
 * Reads the events of a stream, of real-time Call Analytics or of plain transcription; `pathOf` tells where one is.
 * https://docs.aws.amazon.com/transcribe/latest/dg/tca-output-streaming.html
 */
export function readStream(values: readonly unknown[], pathOf: (index: number) => string): Reading {
  const reading = emptyReading();
  const heard: Heard[] = [];
  const results: Result[] = [];
  values.forEach((value, index) => {
    const found = isObject(value) ? eventIn(value) : undefined;
    if (!isObject(value)) throw new TranscriptError('is no event of a stream', pathOf(index));
    // Streams also tell how they go, such as by exceptions.
    if (!found) return;
    const { event } = found;
    const path = `${pathOf(index)}${pathOf(index) && found.path && '.'}${found.path}`;
    const at = (field: string) => `${path}${path && '.'}${field}`;
    const utterance = object(event.UtteranceEvent, at('UtteranceEvent'));
    if (utterance)
      heard.push(within(at('UtteranceEvent'), () => utteranceOf(utterance, at('UtteranceEvent'), reading)));
    readCategories(event.CategoryEvent, at('CategoryEvent'), reading);
    const transcript = object(event.Transcript, at('Transcript'));
    if (transcript) within(at('Transcript'), () => results.push(...resultsOf(transcript, at('Transcript'), reading)));
  });
  finalOnly(heard, reading);
  readResults(results, reading);
  return reading;
}

function utteranceOf(value: Json, path: string, reading: Reading): Heard {
  reading.language ??= languageOf(value);
  return {
    value,
    path,
    contentField: 'Transcript',
    id: string(value.UtteranceId, 'UtteranceId'),
    partial: value.IsPartial === true,
    label: required(string(value.ParticipantRole, 'ParticipantRole'), 'ParticipantRole'),
  };
}

interface Result {
  readonly value: Json;
  readonly id: string | undefined;
  readonly partial: boolean;
  readonly path: string;
}

function resultsOf(transcript: Json, path: string, reading: Reading): Result[] {
  const results: Result[] = [];
  inEach(list(transcript.Results, 'Results') ?? [], 'Results', (value, index) => {
    reading.language ??= languageOf(value);
    const id = string(value.ResultId, 'ResultId');
    results.push({ value, id, partial: value.IsPartial === true, path: `${path}.Results[${index}]` });
  });
  return results;
}

/** Reads the results of a plain stream as they stay: the times are in seconds, a speaker is a channel or a number. */
function readResults(results: readonly Result[], reading: Reading): void {
  const known = results.filter(({ id, partial }) => id !== undefined || !partial);
  for (const { value, path } of latestOf(known, ({ id }, index) => id ?? `at ${index}`))
    within(path, () => readResult(value, reading));
}

function readResult(value: Json, reading: Reading): void {
  const channel = string(value.ChannelId, 'ChannelId');
  const bounds = secondsSpan(value);
  const byLabel = new Map<string, WordList>();
  let last: WordList | undefined;
  const [first] = list(value.Alternatives, 'Alternatives') ?? [];
  const items = within('Alternatives[0]', () => list(object(first, '')?.Items, 'Items') ?? []);
  inEach(items, 'Alternatives[0].Items', (item) => {
    const content = required(string(item.Content, 'Content'), 'Content');
    const speaker = string(item.Speaker, 'Speaker');
    if (item.Type === 'punctuation') {
      last?.punctuate(content);
      return;
    }
    if (item.Type !== 'pronunciation') throw new TranscriptError('is neither pronunciation nor punctuation', 'Type');
    const label = channel ?? (speaker === undefined ? UNKNOWN_SPEAKER : `spk_${speaker}`);
    last = byLabel.get(label) ?? new WordList();
    byLabel.set(label, last);
    const { startMs, endMs } = secondsSpan(item);
    const word = last.say(content, startMs, endMs, confidence(item.Confidence, 'Confidence'));
    if (item.VocabularyFilterMatch === true) word.filtered = true;
  });
  if (channel) reading.labels.add(channel);
  const transcript = string(object(first, 'Alternatives[0]')?.Transcript, 'Alternatives[0].Transcript');
  if (items.length === 0 && transcript) {
    const words = wordsOfContent(transcript, bounds, [], reading.language);
    const label = channel ?? UNKNOWN_SPEAKER;
    if (words.length > 0) reading.utterances.push({ label, words, startMs: bounds.startMs });
  }
  for (const [label, words] of byLabel) {
    reading.labels.add(label);
    reading.utterances.push({ label, words: words.finish(bounds), startMs: bounds.startMs });
    reading.endMs = Math.max(reading.endMs, bounds.endMs);
  }
}

function secondsSpan(value: Json): Span {
  const startMs = required(seconds(value.StartTime, 'StartTime'), 'StartTime');
  const endMs = required(seconds(value.EndTime, 'EndTime'), 'EndTime');
  if (endMs < startMs) throw new TranscriptError('is before the begin', 'EndTime');
  return { startMs, endMs };
}
