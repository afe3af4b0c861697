import { type Passage, Sentiment, type Span, type Word } from '../transcript.ts';
import { passageOf, wordsOfContent } from './content.ts';
import {
  confidence,
  inEach,
  isObject,
  type Json,
  list,
  millis,
  number,
  object,
  required,
  SLACK_MS,
  span,
  spans,
  string,
  TranscriptError,
  within,
} from './reader.ts';
import type { Reading } from './reading.ts';
import { isPlaceholder, WordList } from './word-list.ts';

/** A turn of a participant, as Call Analytics and Contact Lens write it. */
export interface CallTurn {
  readonly value: Json;
  /** The field of its text: they differ. */
  readonly contentField: 'Content' | 'Transcript' | 'PartialContent';
  readonly label: string;
}

/**
 * Reads a turn into `reading`. Errors tell the path from the turn.
 *
 * @throws {TranscriptError} where the turn is impossible: its end before its begin, words outside of it, …
 */
export function readCallTurn({ value, contentField, label }: CallTurn, reading: Reading): void {
  const { durationMs, language } = reading;
  const bounds = span(value, durationMs);
  const content = string(value[contentField], contentField);
  const items = list(value.Items, 'Items') ?? [];
  if (content === undefined && items.length === 0) throw new TranscriptError('is missing', contentField);
  const redacted = redactionsOf(value.Redaction, durationMs);

  let words = wordsOfItems(items, bounds, durationMs);
  if (words.length === 0 && content !== undefined) {
    words = wordsOfContent(content, bounds, redacted.spans, language);
  }
  reading.labels.add(label);
  reading.endMs = Math.max(reading.endMs, bounds.endMs);
  const sentiment = sentimentOf(value.Sentiment);
  const loudness = loudnessOf(value);
  if (words.length > 0) {
    reading.utterances.push({ label, words, startMs: bounds.startMs, sentiment, loudness });
  }
  if (redacted.types.length > 0) tellTypes(words, redacted.types);
  if (isObject(value.Entities) || Array.isArray(value.Entities)) tellEntities(words, value.Entities);
  for (const time of redacted.spans) {
    if (!words.some((word) => word.redaction && word.startMs < time.endMs && word.endMs > time.startMs)) {
      reading.redactions.push({ speaker: label, ...time });
    }
  }
  if (content !== undefined) {
    readPassages(value, 'IssuesDetected', content, words, label, reading.issues);
    readPassages(value, 'OutcomesDetected', content, words, label, reading.outcomes);
    readPassages(value, 'ActionItemsDetected', content, words, label, reading.actionItems);
  }
}

function wordsOfItems(items: readonly unknown[], turn: Span, durationMs = turn.endMs): Word[] {
  const words = new WordList();
  const earliest = turn.startMs - SLACK_MS;
  const latest = turn.endMs + SLACK_MS;
  const callEndMs = durationMs + SLACK_MS;
  // What was redacted may be told as longer than the turn.
  const isOutside = (ms: number, content: string) =>
    (ms < earliest || ms > latest) && !(ms <= callEndMs && isPlaceholder(content));
  inEach(items, 'Items', (item) => {
    const content = item.Content;
    // Chime's stream of the same events says ItemType.
    const type = item.Type ?? item.ItemType;
    if (typeof content !== 'string') throw new TranscriptError('is missing or no text', 'Content');
    if (type === 'punctuation') return words.punctuate(content);
    if (type !== 'pronunciation') throw new TranscriptError('is neither pronunciation nor punctuation', 'Type');
    const startMs = millis(item.BeginOffsetMillis, 'BeginOffsetMillis');
    const endMs = millis(item.EndOffsetMillis, 'EndOffsetMillis');
    if (startMs !== undefined && isOutside(startMs, content)) {
      throw new TranscriptError('is outside of its turn', 'BeginOffsetMillis');
    }
    if (endMs !== undefined) {
      if (startMs !== undefined && endMs < startMs) throw new TranscriptError('is before the begin', 'EndOffsetMillis');
      if (isOutside(endMs, content)) throw new TranscriptError('is outside of its turn', 'EndOffsetMillis');
    }
    const word = words.say(content, startMs, endMs, confidence(item.Confidence, 'Confidence'));
    if (item.VocabularyFilterMatch === true) word.filtered = true;
    if (item.Redaction !== undefined && item.Redaction !== null) readRedaction(item.Redaction, word);
  });
  return words.finish(turn);
}

/** Reads the redactions of an item, `[{ Confidence, Type, Category }]`; an item has one in all files that were seen. */
function readRedaction(value: unknown, word: Word): void {
  inEach(list(value, 'Redaction') ?? [], 'Redaction', (redaction) => {
    const type = string(redaction.Type, 'Type');
    word.redaction ??= {};
    if (type) word.redaction.type ??= type;
    word.confidence ??= confidence(redaction.Confidence, 'Confidence');
  });
}

/**
 * The redactions that a turn tells as a whole: by their times, or, as the guide's example shows, by their types; either
 * in the order of what was redacted.
 */
function redactionsOf(
  value: unknown,
  durationMs: number | undefined,
): { spans: Span[]; types: (string | undefined)[] } {
  const types: (string | undefined)[] = [];
  if (Array.isArray(value)) {
    inEach(value, 'Redaction', (redaction) => types.push(string(redaction.Type, 'Type')));
    return { spans: [], types };
  }
  const redaction = object(value, 'Redaction');
  if (!redaction) return { spans: [], types };
  const field = redaction.RedactedTimestamps === undefined ? 'RedactionTimestamps' : 'RedactedTimestamps';
  return { spans: within('Redaction', () => spans(redaction[field], field, durationMs)), types };
}

function tellTypes(words: readonly Word[], types: readonly (string | undefined)[]): void {
  const left = types.values();
  for (const word of words) {
    const type = word.redaction && left.next().value;
    if (word.redaction && type) word.redaction.type ??= type;
  }
}

/** Entities name what is redacted, and may also only point at what is not: then they change nothing. */
function tellEntities(words: readonly Word[], value: unknown): void {
  const redacted = words.filter(({ redaction }) => redaction && redaction.type === undefined);
  inEach(list(value, 'Entities') ?? [], 'Entities', (entity) => {
    const type = string(entity.Type, 'Type');
    const startMs = millis(entity.BeginOffsetMillis, 'BeginOffsetMillis') ?? 0;
    const endMs = millis(entity.EndOffsetMillis, 'EndOffsetMillis') ?? 0;
    if (!type) return;
    for (const word of redacted) {
      if (word.redaction && word.startMs < endMs && word.endMs > startMs) word.redaction.type ??= type;
    }
  });
}

function sentimentOf(value: unknown): Sentiment | undefined {
  if (value === undefined || value === null) return undefined;
  const known = Sentiment.options.find((option) => option === value);
  if (!known) throw new TranscriptError(`is none of ${Sentiment.options.join(', ')}`, 'Sentiment');
  return known;
}

/** Call Analytics says LoudnessScores, Contact Lens LoudnessScore. */
function loudnessOf(value: Json): (number | null)[] | undefined {
  const field = value.LoudnessScores === undefined ? 'LoudnessScore' : 'LoudnessScores';
  const scores = list(value[field], field);
  if (!scores || scores.length === 0) return undefined;
  return scores.map((score, index) => (score === null ? null : required(number(score, `${field}[${index}]`), field)));
}

function readPassages(
  value: Json,
  field: string,
  content: string,
  words: readonly Word[],
  label: string,
  into: Passage[],
): void {
  inEach(list(value[field], field) ?? [], field, (detected) => {
    const offsets = object(detected.CharacterOffsets, 'CharacterOffsets') ?? offsetsOf(detected, content);
    const passage = within('CharacterOffsets', () => {
      const offset = (field: string) => {
        const name = offsets[field] === undefined ? `${field}OffsetChar` : field;
        const read = required(number(offsets[name], name), name);
        if (read < 0) throw new TranscriptError('is negative', name);
        return read;
      };
      const begin = offset('Begin');
      const end = offset('End');
      if (end < begin) throw new TranscriptError('is before the begin', 'End');
      return passageOf(content, words, begin, end, label);
    });
    if (passage) into.push(passage);
  });
}

/** The offsets of what a passage tells as a text alone: without them, or a text that is there, it is the whole turn. */
function offsetsOf(detected: Json, content: string): Json {
  const text = string(detected.Text, 'Text') ?? content;
  const begin = content.indexOf(text);
  return begin < 0 ? { Begin: 0, End: content.length } : { Begin: begin, End: begin + text.length };
}
