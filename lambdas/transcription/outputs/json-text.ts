import { TranscriptError } from './reader.ts';

/** What a text holds: one JSON value, or one on each line. */
export type JsonText =
  | { readonly value: unknown; readonly lines?: undefined }
  | { readonly value?: undefined; readonly lines: unknown[] };

/**
 * Parses JSON, or lines of JSON. Its error says where it goes wrong but does not quote the text, as that of JSON.parse
 * does: what customers said must not reach a log.
 *
 * @throws {TranscriptError} where `text` is neither
 */
export function parseJsonText(text: string): JsonText {
  const json = text.startsWith('\uFEFF') ? text.slice(1) : text;
  try {
    return { value: JSON.parse(json) };
  } catch (error) {
    if (json.trim() === '') throw new TranscriptError('the file is empty');
    const lines = json.split('\n');
    if (lines.length > 1 && isObjectLine(lines[0] ?? '')) return { lines: parseLines(lines) };
    throw notJson(json, error, 1);
  }
}

function isObjectLine(line: string): boolean {
  try {
    return line.startsWith('{') && typeof JSON.parse(line) === 'object';
  } catch {
    return false;
  }
}

function parseLines(lines: readonly string[]): unknown[] {
  return lines.flatMap((line, index) => {
    try {
      return line.trim() === '' ? [] : [JSON.parse(line)];
    } catch (error) {
      throw notJson(line, error, index + 1);
    }
  });
}

function notJson(json: string, error: unknown, firstLine: number): TranscriptError {
  const offset = offsetOf(json, error);
  if (offset >= json.trimEnd().length) {
    const line = firstLine - 1 + lineAt(json, json.length);
    const end = `line ${line} (character ${json.length})`;
    return new TranscriptError(`the file is not JSON: it is truncated, as it ends in ${end} before its value does`);
  }
  const line = firstLine - 1 + lineAt(json, offset);
  const column = offset - json.lastIndexOf('\n', offset - 1);
  return new TranscriptError(`the file is not JSON: line ${line}, column ${column} (character ${offset})`);
}

const lineAt = (text: string, offset: number): number => text.slice(0, offset).split('\n').length;

/** Where JSON.parse stumbled: most of its messages end with the position, and the rest quote the text instead. */
function offsetOf(json: string, error: unknown): number {
  const { message } = error as Error;
  if (!message.startsWith('Unexpected token')) {
    const position = /at position (\d+)/.exec(message)?.[1];
    return position === undefined ? json.length : Number(position);
  }
  // The shortest begin of the text that holds the token fails for it too; a shorter one fails for its end, or not at all.
  let from = 0;
  let to = json.length;
  while (to - from > 1) {
    const middle = (from + to) >> 1;
    if (stumbles(json.slice(0, middle))) to = middle;
    else from = middle;
  }
  return from;
}

function stumbles(json: string): boolean {
  try {
    JSON.parse(json);
    return false;
  } catch (error) {
    return (error as Error).message.startsWith('Unexpected token');
  }
}
