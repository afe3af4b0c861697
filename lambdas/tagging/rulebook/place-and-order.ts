import type { Moment } from '../../calls/calls.ts';
import { type Span, type Transcript, UNKNOWN_SPEAKER } from '../../transcription/transcription.ts';
import { type Finding, findingOf } from './finding.ts';
import type { TaggingRule } from './rulebook.ts';

/** What is left of what a rule finds by place and order; of a rule of absence, what is missing. */
export function settled(
  rule: TaggingRule,
  findings: readonly Finding[],
  { durationMs }: Transcript,
  momentsOf: ReadonlyMap<string, readonly Moment[]>,
): readonly Finding[] {
  const fromMs = rule.lastSeconds === undefined ? 0 : Math.max(0, durationMs - rule.lastSeconds * 1000);
  const toMs = rule.firstSeconds === undefined ? Number.POSITIVE_INFINITY : rule.firstSeconds * 1000;
  const inPlace = findings.filter(({ startMs }) => startMs >= fromMs && startMs < toMs);
  const others = (tag: string) => (momentsOf.get(tag) ?? []).toSorted(byStart);
  if (rule.absent) {
    const { after, before } = rule;
    const stretches = after
      ? others(after.tag).map(({ endMs }) => ({ startMs: endMs, endMs: Math.min(durationMs, endMs + reachMs(after)) }))
      : before
        ? others(before.tag).map(({ startMs }) => ({ startMs: Math.max(0, startMs - reachMs(before)), endMs: startMs }))
        : [{ startMs: fromMs, endMs: Math.min(toMs, durationMs) }];
    const isIn = (stretch: Span) => (finding: Finding) =>
      finding.startMs >= stretch.startMs && (before ? finding.endMs : finding.startMs) <= stretch.endMs;
    return stretches
      .filter((stretch) => !inPlace.some(isIn(stretch)))
      .map((stretch) => findingOf(rule, rule.speaker ?? UNKNOWN_SPEAKER, stretch, []));
  }
  const follows = rule.after && followsOne(rule.after, others(rule.after.tag));
  const precedes = rule.before && precedesOne(rule.before, others(rule.before.tag));
  return inPlace.filter((finding) => (follows?.(finding) ?? true) && (precedes?.(finding) ?? true));
}

type Order = NonNullable<TaggingRule['after']>;
const reachMs = ({ withinSeconds = Number.POSITIVE_INFINITY }: Order): number => withinSeconds * 1000;

/** Whether a finding begins behind the end of one of `moments`, and soon enough. */
function followsOne(order: Order, moments: readonly Moment[]): (finding: Finding) => boolean {
  const ends = moments.map(({ endMs }) => endMs).toSorted((a, b) => a - b);
  return ({ startMs }) => {
    const latest = ends[countWhere(ends, (endMs) => endMs <= startMs) - 1];
    return latest !== undefined && startMs - latest <= reachMs(order);
  };
}

/** Whether a finding ends before the start of one of `moments`, and soon enough. */
function precedesOne(order: Order, moments: readonly Moment[]): (finding: Finding) => boolean {
  const starts = moments.map(({ startMs }) => startMs);
  return ({ endMs }) => {
    const next = starts[countWhere(starts, (startMs) => startMs < endMs)];
    return next !== undefined && next - endMs <= reachMs(order);
  };
}

/** How many of `sorted`, from its begin, are so: found by halving. */
export function countWhere(sorted: readonly number[], isSo: (value: number) => boolean): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isSo(sorted[middle] ?? 0)) low = middle + 1;
    else high = middle;
  }
  return low;
}

const byStart = (a: Moment, b: Moment): number => a.startMs - b.startMs || a.endMs - b.endMs;
