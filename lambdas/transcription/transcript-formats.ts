import { type Transcript, type Turn, textOf, type Word } from './transcript.ts';

/** How a transcript can be written: our model, to be read, or as subtitles of the recording. */
export const TRANSCRIPT_FORMATS = ['json', 'text', 'vtt', 'srt'] as const;
export type TranscriptFormat = (typeof TRANSCRIPT_FORMATS)[number];

/** The media type of each format. */
export const TRANSCRIPT_TYPES = {
  json: 'application/json',
  text: 'text/plain; charset=utf-8',
  vtt: 'text/vtt; charset=utf-8',
  srt: 'application/x-subrip; charset=utf-8',
} as const satisfies Record<TranscriptFormat, string>;

/** A transcript in a format. Every word of it is there once, in the order of the turns. */
export function renderTranscript(transcript: Transcript, format: TranscriptFormat): string {
  switch (format) {
    case 'json':
      return JSON.stringify(transcript);
    case 'text':
      return transcriptText(transcript);
    case 'vtt':
      return transcriptVtt(transcript);
    case 'srt':
      return transcriptSrt(transcript);
  }
}

/** An offset in a recording as people read it, to the tenth of a second: `1:02:03.4`. */
export function offsetText(ms: number): string {
  const tenths = Math.floor(ms / 100);
  const seconds = ((tenths % 600) / 10).toFixed(1).padStart(4, '0');
  const minutes = Math.floor(tenths / 600);
  if (minutes < 60) return `${minutes}:${seconds}`;
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}:${seconds}`;
}

const TEXT_WIDTH = 100;
const TEXT_INDENT = ' '.repeat(8);

/**
 * A transcript to be read: what is known of it, then a paragraph for each turn, `0:12.3 AGENT: …`, whose further lines
 * are indented.
 */
export function transcriptText(transcript: Transcript): string {
  const turns = transcript.turns.flatMap((turn) => {
    const begin = `${offsetText(turn.startMs)} ${plain(turn.speaker)}: `;
    const reserved = begin.length - TEXT_INDENT.length;
    const lines = linesOf(turn.words, languageOf(turn, transcript), TEXT_WIDTH - TEXT_INDENT.length, reserved);
    return lines.map(({ text }, i) => (i === 0 ? begin : TEXT_INDENT) + text);
  });
  return `${[...factsOf(transcript), ...(turns.length > 0 ? ['', ...turns] : [])].join('\n')}\n`;
}

/** What comes before what was said. A speaker whose role is inferred is marked here, once. */
function factsOf({ language, languages, durationMs, speakers, redactions, summary }: Transcript): string[] {
  const types = [...new Set(redactions.flatMap(({ type }) => type ?? []))].join(', ');
  const facts: (readonly [string, string | undefined])[] = [
    ['language', languages.map((one) => one.language).join(', ') || (language ?? 'not known')],
    ['length', offsetText(durationMs)],
    ...speakers.map(
      ({ speaker, inferredFrom }) =>
        ['speaker', inferredFrom === undefined ? speaker : `${speaker} (inferred: ${inferredFrom})`] as const,
    ),
    ['redacted', redactions.length === 0 ? undefined : `${redactions.length}${types && ` (${types})`}`],
    ['summary', summary],
  ];
  return facts.flatMap(([name, fact]) => (fact === undefined ? [] : [name.padEnd(10) + plain(fact)]));
}

/**
 * A transcript as WebVTT: a voice for each speaker, and cues of at most two lines and 7 seconds, none of which overlap.
 * Source: W3C, "WebVTT: The Web Video Text Tracks Format".
 */
export function transcriptVtt(transcript: Transcript): string {
  const note = withoutArrows(['NOTE', ...factsOf(transcript)].join('\n'));
  const cues = cuesOf(transcript, () => 0).map(({ startMs, endMs, turn, lines }) => {
    const times = `${timestamp(startMs, '.')} --> ${timestamp(endMs, '.')}`;
    return `${times}\n<v ${vttEscaped(plain(turn.speaker))}>${vttEscaped(lines.join('\n'))}`;
  });
  return `${['WEBVTT', note, ...cues].join('\n\n')}\n`;
}

/**
 * A transcript as SubRip: numbered cues of at most two lines and 7 seconds, none of which overlap; the first cue of a
 * turn names its speaker.
 */
export function transcriptSrt(transcript: Transcript): string {
  const label = ({ speaker }: Turn) => `${plain(speaker)}: `;
  const cues = cuesOf(transcript, (turn) => label(turn).length).map(
    ({ startMs, endMs, turn, lines, beginsTurn }, i) => {
      const times = `${timestamp(startMs, ',')} --> ${timestamp(endMs, ',')}`;
      return `${i + 1}\n${times}\n${withoutArrows((beginsTurn ? label(turn) : '') + lines.join('\n'))}\n`;
    },
  );
  return cues.join('\n');
}

/** Text without what would be read as the arrow between the times of a cue; SubRip has no way to escape it. */
const withoutArrows = (text: string): string => text.replaceAll('-->', '→');

const vttEscaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Text on one line, without control characters: neither can it end a cue, nor steer a terminal. */
const plain = (text: string): string => text.replace(/[\s\p{Cc}]+/gu, ' ').trim();

function timestamp(ms: number, separator: '.' | ','): string {
  const part = (unitMs: number, of: number) => String(Math.floor(ms / unitMs) % of).padStart(2, '0');
  const hours = String(Math.floor(ms / 3_600_000)).padStart(2, '0');
  return `${hours}:${part(60_000, 60)}:${part(1000, 60)}${separator}${String(ms % 1000).padStart(3, '0')}`;
}

const CUE_LINE_WIDTH = 42;
const MAX_CUE_LINES = 2;
const MAX_CUE_MS = 7000;

interface Cue {
  readonly startMs: number;
  readonly endMs: number;
  readonly turn: Turn;
  readonly beginsTurn: boolean;
  readonly lines: readonly string[];
}

/** The cues of a transcript, one after the other; of the first line of a turn, `reserved` columns are left free. */
function cuesOf(transcript: Transcript, reserved: (turn: Turn) => number): Cue[] {
  const cues = transcript.turns.flatMap((turn) => cuesOfTurn(turn, languageOf(turn, transcript), reserved(turn)));
  let overMs = 0;
  return cues.map((cue, i) => {
    // Who is interrupted leaves the screen to who interrupts; a cue that takes no time is shown by no player.
    const startMs = Math.max(cue.startMs, overMs);
    const endMs = Math.max(startMs + 1, Math.min(cue.endMs, cues[i + 1]?.startMs ?? cue.endMs));
    overMs = endMs;
    return { ...cue, startMs, endMs };
  });
}

function cuesOfTurn(turn: Turn, language: string | undefined, reserved: number): Cue[] {
  const cues: Line[][] = [];
  for (const line of linesOf(turn.words, language, CUE_LINE_WIDTH, reserved, MAX_CUE_MS)) {
    const open = cues.at(-1);
    const beginMs = open?.[0]?.startMs ?? 0;
    if (open && open.length < MAX_CUE_LINES && line.endMs - beginMs <= MAX_CUE_MS) open.push(line);
    else cues.push([line]);
  }
  return cues.map((lines, i) => ({
    startMs: lines[0]?.startMs ?? 0,
    endMs: Math.max(...lines.map((line) => line.endMs)),
    turn,
    beginsTurn: i === 0,
    lines: lines.map((line) => line.text),
  }));
}

interface Line {
  readonly startMs: number;
  readonly endMs: number;
  readonly text: string;
}

/**
 * Words on lines of at most `width` columns and `maxMs`; a word that is longer has a line of its own. On the first line,
 * `reserved` columns are left free.
 */
function linesOf(
  words: readonly Word[],
  language: string | undefined,
  width: number,
  reserved: number,
  maxMs = Number.POSITIVE_INFINITY,
): Line[] {
  const lines: { startMs: number; endMs: number; words: Word[]; columns: number }[] = [];
  const gap = textOf([LETTER, LETTER], language).length - 2;
  for (const word of words) {
    const text = plain(word.text);
    if (text === '') continue;
    const shown = { ...word, text };
    const open = lines.at(-1);
    const columns = (open?.columns ?? 0) + gap + columnsOf(text);
    if (open && columns <= width && word.endMs - open.startMs <= maxMs) {
      open.words.push(shown);
      open.columns = columns;
      open.endMs = Math.max(open.endMs, word.endMs);
    } else {
      const begun = columnsOf(text) + (open ? 0 : reserved);
      lines.push({ startMs: word.startMs, endMs: word.endMs, words: [shown], columns: begun });
    }
  }
  return lines.map((line) => ({ startMs: line.startMs, endMs: line.endMs, text: textOf(line.words, language) }));
}

const LETTER: Word = { text: 'x', startMs: 0, endMs: 0 };

const WIDE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu;

/** How many columns a text takes: a character of East Asia takes two. */
const columnsOf = (text: string): number => text.length + (text.match(WIDE)?.length ?? 0);

const languageOf = (turn: Turn, transcript: Transcript): string | undefined => turn.language ?? transcript.language;
