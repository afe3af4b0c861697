import type { Span } from '../transcript.ts';

/**
 * A file that is not a Transcribe output we can read. Its message says where it goes wrong and what is wrong there,
 * never what was said: `Transcript[3].Items[12].EndOffsetMillis: is before the begin`.
 */
export class TranscriptError extends Error {
  override readonly name = 'TranscriptError';
  /** What is wrong. */
  readonly problem: string;
  /** The path of what is wrong, from the value that was read. */
  readonly where: string;

  constructor(problem: string, where = '') {
    super(where ? `${where}: ${problem}` : problem);
    this.problem = problem;
    this.where = where;
  }

  /** The same, told from the value that holds the one that was read at `path`. */
  within(path: string): TranscriptError {
    const joint = this.where === '' || this.where.startsWith('[') ? '' : '.';
    return new TranscriptError(this.problem, `${path}${joint}${this.where}`);
  }
}

/** An object of a JSON document. */
export type Json = Readonly<Record<string, unknown>>;

/**
 * How far words may lie outside of their turn, and turns outside of the call. The real files that were seen have no such
 * slack; we allow for roundings of the services that write them.
 */
export const SLACK_MS = 500;

const told = (error: unknown, path: string): unknown => (error instanceof TranscriptError ? error.within(path) : error);

/** Whether a value is an object of a JSON document. */
export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Reads what is at `path`; errors tell that path. */
export function within<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw told(error, path);
  }
}

/** Reads each object of a list; errors tell its place. The path is only built for an error: this loop is the hot one. */
export function inEach(list: readonly unknown[], path: string, read: (value: Json, index: number) => void): void {
  let index = 0;
  try {
    for (; index < list.length; index++) {
      const value = list[index];
      if (!isObject(value)) throw new TranscriptError('is no object');
      read(value, index);
    }
  } catch (error) {
    throw told(error, `${path}[${index}]`);
  }
}

/** A value that must be there. */
export function required<T>(value: T | undefined, field: string): T {
  if (value === undefined) throw new TranscriptError('is missing', field);
  return value;
}

/** An object, or undefined where there is none; `null` counts as none, here and below. */
export function object(value: unknown, field: string): Json | undefined {
  if (value === undefined || value === null) return undefined;
  if (!isObject(value)) throw new TranscriptError('is no object', field);
  return value;
}

/** A list, or undefined where there is none. */
export function list(value: unknown, field: string): readonly unknown[] | undefined {
  if (value === undefined || value === null) return undefined;
  if (!Array.isArray(value)) throw new TranscriptError('is no list', field);
  return value;
}

/** A text, or undefined where there is none. */
export function string(value: unknown, field: string): string | undefined {
  if (typeof value === 'string') return value;
  if (value === undefined || value === null) return undefined;
  throw new TranscriptError('is no text', field);
}

/** A number, which may be written as a text, or undefined where there is none. */
export function number(value: unknown, field: string): number | undefined {
  if (value === undefined || value === null) return undefined;
  const read = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof read !== 'number' || !Number.isFinite(read)) throw new TranscriptError('is no number', field);
  return read;
}

/** A number from 0 to 1, or undefined where there is none. */
export function confidence(value: unknown, field: string): number | undefined {
  if (typeof value === 'number' && value >= 0 && value <= 1) return value;
  const read = number(value, field);
  if (read !== undefined && !(read >= 0 && read <= 1)) throw new TranscriptError('is not from 0 to 1', field);
  return read;
}

function time(ms: number, field: string): number {
  if (ms < 0) throw new TranscriptError('is negative', field);
  if (!Number.isSafeInteger(ms)) throw new TranscriptError('is too large for a time', field);
  return ms;
}

/** A time in milliseconds as a whole number of them, or undefined where there is none. */
export function millis(value: unknown, field: string): number | undefined {
  if (typeof value === 'number' && value >= 0 && value < 1e15) return Math.round(value) + 0;
  const read = number(value, field);
  return read === undefined ? undefined : time(read < 0 ? read : Math.round(read) + 0, field);
}

/** A time in seconds, `"12.345"` or a number, as whole milliseconds, or undefined where there is none. */
export function seconds(value: unknown, field: string): number | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string' || typeof value === 'number') {
    const ms = msOfDecimal(String(value));
    if (ms !== undefined) return time(ms, field);
  }
  const read = number(value, field) ?? 0;
  return time(read < 0 ? read : Math.round(read * 1000) + 0, field);
}

/**
 * Milliseconds of a decimal number of seconds, or undefined where the text is no plain one. Read from its digits: by
 * floating point 1.0005 s would be 1000 ms.
 */
function msOfDecimal(text: string): number | undefined {
  let ms = 0;
  let decimals = -1;
  let roundUp = false;
  for (let index = 0; index < text.length; index++) {
    const digit = text.charCodeAt(index) - 48;
    if (digit === -2 && decimals < 0 && index > 0) decimals = 0;
    else if (digit < 0 || digit > 9) return undefined;
    else if (decimals < 3) {
      ms = ms * 10 + digit;
      if (decimals >= 0) decimals++;
    } else if (decimals === 3) {
      roundUp = digit >= 5;
      decimals++;
    }
  }
  if (text === '') return undefined;
  for (let place = Math.max(decimals, 0); place < 3; place++) ms *= 10;
  return roundUp ? ms + 1 : ms;
}

/** The span that an object tells by `BeginOffsetMillis` and `EndOffsetMillis`; it lies in the call of `durationMs`. */
export function span(value: Json, durationMs = Number.POSITIVE_INFINITY): Span {
  const startMs = required(millis(value.BeginOffsetMillis, 'BeginOffsetMillis'), 'BeginOffsetMillis');
  const endMs = required(millis(value.EndOffsetMillis, 'EndOffsetMillis'), 'EndOffsetMillis');
  if (endMs < startMs) throw new TranscriptError('is before the begin', 'EndOffsetMillis');
  if (endMs > durationMs + SLACK_MS) {
    throw new TranscriptError(`is after the end of the call, which is ${durationMs} ms long`, 'EndOffsetMillis');
  }
  return { startMs, endMs };
}

/** The code of the likeliest of a list of languages, by what `read` tells of each; undefined where none is told. */
export function likeliestOf(
  value: unknown,
  path: string,
  read: (candidate: Json) => { code: string | undefined; score: number | undefined },
): string | undefined {
  let likeliest: { code: string; score: number } | undefined;
  inEach(list(value, path) ?? [], path, (candidate) => {
    const { code, score = 0 } = read(candidate);
    if (code && (!likeliest || score > likeliest.score)) likeliest = { code, score };
  });
  return likeliest?.code;
}

/** The spans of a list of objects that tell them. */
export function spans(value: unknown, field: string, durationMs?: number): Span[] {
  const read: Span[] = [];
  inEach(list(value, field) ?? [], field, (entry) => read.push(span(entry, durationMs)));
  return read;
}
