import * as z from 'zod';
import type { Moment } from '../../calls/calls.ts';

/** What becomes of a moment when a call is tagged anew. */
export const ChangeKind = z.enum(['gained', 'lost', 'moved']);
export type ChangeKind = z.infer<typeof ChangeKind>;

/** What becomes of the moments of one tag in one call. */
export interface TagDiff {
  readonly tag: string;
  /** Moments that there were not before. */
  readonly gained: readonly Moment[];
  /** Moments that there are no longer. */
  readonly lost: readonly Moment[];
  /** Moments that overlap one that there was before, but begin, end, or are spoken otherwise, or tell another amount. */
  readonly moved: readonly Moment[];
  /** How many are as they were, whichever rule finds them. */
  readonly unchanged: number;
}

/**
 * What changes, tag by tag, when `next` takes the place of `former`. Every former moment is lost, moved or unchanged, every
 * next one is gained, moved or unchanged, and each is counted once.
 */
export function diffMoments(former: readonly Moment[], next: readonly Moment[]): TagDiff[] {
  const tags = [...new Set([...former, ...next].map((moment) => moment.tag))].toSorted();
  return tags.map((tag) => {
    const of = (moments: readonly Moment[]) => moments.filter((moment) => moment.tag === tag).toSorted(inOrder);
    return { tag, ...diffOfTag(of(former), of(next)) };
  });
}

/** Whether anything changes at all. */
export const isChanged = (diffs: readonly TagDiff[]): boolean =>
  diffs.some(({ gained, lost, moved }) => gained.length + lost.length + moved.length > 0);

const inOrder = (a: Moment, b: Moment): number => a.startMs - b.startMs || a.endMs - b.endMs;

/** By what a moment is known again. */
const likeness = ({ startMs, endMs, speaker, amount }: Moment): string =>
  JSON.stringify([startMs, endMs, speaker, amount?.value, amount?.currency]);

function diffOfTag(former: readonly Moment[], next: readonly Moment[]): Omit<TagDiff, 'tag'> {
  const known = new Map<string, number>();
  for (const moment of former) known.set(likeness(moment), (known.get(likeness(moment)) ?? 0) + 1);
  const take = (moment: Moment): boolean => {
    const left = known.get(likeness(moment)) ?? 0;
    if (left > 0) known.set(likeness(moment), left - 1);
    return left > 0;
  };
  const fresh = next.filter((moment) => !take(moment));
  // What nobody took of the former ones is left.
  const left = former.filter(take);

  const [gained, lost, moved]: [Moment[], Moment[], Moment[]] = [[], [], []];
  let [i, j] = [0, 0];
  while (i < left.length || j < fresh.length) {
    const [before, after] = [left[i], fresh[j]];
    if (before && after && before.startMs <= after.endMs && after.startMs <= before.endMs) {
      moved.push(after);
      i++;
      j++;
    } else if (before && (!after || before.endMs < after.startMs)) {
      lost.push(before);
      i++;
    } else if (after) {
      gained.push(after);
      j++;
    }
  }
  return { gained, lost, moved, unchanged: next.length - fresh.length };
}
