import type { Span, Transcript, Turn, Word } from '../transcript.ts';

/** A longer pause ends what somebody says in one go. */
export const PAUSE_MS = 1500;

/** Nobody speaking for this long is non-talk time. */
const NON_TALK_MS = 3000;

/** Speaking into another's speech for this long is an interruption; a shorter "mhm" is none. */
const INTERRUPTION_MS = 1000;

/** The stretches in which one speaks: words with no pause longer than `PAUSE_MS` between them. */
export function stretchesOf(words: readonly Word[]): Span[] {
  const stretches: Span[] = [];
  let last: Span | undefined;
  for (const { startMs, endMs } of words) {
    if (last && startMs - last.endMs <= PAUSE_MS) last.endMs = Math.max(last.endMs, endMs);
    else {
      last = { startMs, endMs };
      stretches.push(last);
    }
  }
  return stretches;
}

/** How long somebody speaks who speaks in `stretches`. */
export const talkTimeOf = (stretches: readonly Span[]): number =>
  stretches.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);

/** Where nobody speaks for at least `NON_TALK_MS`, also before the first word and after the last. */
export function nonTalkTimesIn(turns: readonly Turn[], durationMs: number): Span[] {
  const silences: Span[] = [];
  let silentFromMs = 0;
  const until = (ms: number) => {
    if (ms - silentFromMs >= NON_TALK_MS) silences.push({ startMs: silentFromMs, endMs: ms });
  };
  for (const turn of turns) {
    for (const word of turn.words) {
      until(word.startMs);
      silentFromMs = Math.max(silentFromMs, word.endMs);
    }
  }
  until(durationMs);
  return silences;
}

/** Where somebody begins to speak into another's stretch, and both speak on for at least `INTERRUPTION_MS`. */
export function interruptionsIn(
  stretches: ReadonlyMap<string, readonly Span[]>,
  nameOf: (label: string) => string,
): Transcript['interruptions'] {
  const all = [...stretches].flatMap(([label, spans]) => spans.map((span) => ({ label, ...span })));
  all.sort((a, b) => a.startMs - b.startMs);
  const found: Transcript['interruptions'] = [];
  let running: typeof all = [];
  for (const next of all) {
    running = running.filter(({ endMs }) => endMs > next.startMs);
    const others = running.filter(({ label, startMs }) => label !== next.label && startMs < next.startMs);
    const endMs = others.reduce((latest, other) => Math.max(latest, Math.min(other.endMs, next.endMs)), 0);
    if (endMs - next.startMs >= INTERRUPTION_MS) {
      found.push({ speaker: nameOf(next.label), startMs: next.startMs, endMs });
    }
    running.push(next);
  }
  return found;
}
