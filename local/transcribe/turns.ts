import type { Word } from './recogniser.ts';

/** What one channel says without handing over. Its words are in order of time, and there is at least one. */
export interface Turn {
  /** Index of the audio channel, from 0. */
  channel: number;
  startMs: number;
  endMs: number;
  words: Word[];
}

/** A silence this long ends a turn, whoever speaks next. */
const longPauseMs = 1000;

/** A silence this long ends a turn if another channel begins to speak in it; shorter ones are gaps between words. */
const handoverPauseMs = 250;

/**
 * Splits the words of each channel into turns, at long pauses and where another channel takes over.
 * Every word is in exactly one turn; turns are ordered by their start.
 */
export function turnsOf(channels: readonly (readonly Word[])[]): Turn[] {
  return channels
    .flatMap((words, channel) => {
      const othersStartMs = channels.flatMap((other, index) => (index === channel ? [] : other.map((w) => w.startMs)));
      return splitChannel(words, channel, othersStartMs);
    })
    .sort((a, b) => a.startMs - b.startMs || a.channel - b.channel);
}

/** The text of a turn. The local recogniser gives no punctuation, so there is none. */
export function textOf(turn: Turn): string {
  return turn.words.map((word) => word.text).join(' ');
}

function splitChannel(words: readonly Word[], channel: number, othersStartMs: number[]): Turn[] {
  const turns: Turn[] = [];
  for (const word of words.toSorted((a, b) => a.startMs - b.startMs)) {
    const turn = turns.at(-1);
    if (turn === undefined || isTurnEnd(turn.endMs, word.startMs, othersStartMs)) {
      turns.push({ channel, startMs: word.startMs, endMs: word.endMs, words: [word] });
    } else {
      turn.words.push(word);
      turn.endMs = Math.max(turn.endMs, word.endMs);
    }
  }
  return turns;
}

function isTurnEnd(silentFromMs: number, silentToMs: number, othersStartMs: number[]): boolean {
  const pauseMs = silentToMs - silentFromMs;
  if (pauseMs >= longPauseMs) return true;
  return pauseMs >= handoverPauseMs && othersStartMs.some((ms) => ms >= silentFromMs && ms < silentToMs);
}
