import * as z from 'zod';
import { Call, CallState, isFinal, StateReason, Tagging } from '../call.ts';
import { workOf } from '../call-table.ts';
import { BY_VERBATIM, type CustodyActInput, type CustodyKind, canonicalJson } from './custody.ts';

/** Who did what only somebody with access to the table can have done. */
const BY_UNKNOWN = 'unknown';

/** An item of the table as the stream tells it: it may be anything that somebody made of it. */
type Item = Readonly<Record<string, unknown>>;

const Holds = z.array(z.string()).default([]);

/** The parts of a call's item that acts tell of; what is not as it must be counts as not there. */
const Told = z.object({
  state: CallState.optional().catch(undefined),
  stateSince: z.iso.datetime().optional().catch(undefined),
  stateReason: StateReason.optional().catch(undefined),
  receivedAt: z.iso.datetime().optional().catch(undefined),
  dueAt: z.string().optional().catch(undefined),
  source: z.string().optional().catch(undefined),
  retention: Call.shape.retention.catch(undefined),
  erasure: z.string().optional().catch(undefined),
  holds: Holds.catch([]),
  tags: z.array(z.string()).catch([]),
  taggings: z.array(Tagging).catch([]),
});
type Told = z.infer<typeof Told>;

/** Fields that a function may write at any time, and that tell nothing of what was done with a call. */
const WORK_FIELDS = ['appliedBy', 'replacing'];

/** Fields that no state that a call enters changes. */
const FIXED_FIELDS: ReadonlySet<string> = new Set(['callId', 'recording', 'receivedAt', 'subject', 'part']);

/** Fields that a call takes along into a state. */
const STATE_FIELDS: ReadonlySet<string> = new Set(
  ['work', ...Object.keys(Call.shape)].filter((field) => !FIXED_FIELDS.has(field)),
);

/**
 * What was done with a call, by the change of its item: in order, each as it can be noted. What no function of Verbatim changes
 * alone, such as the agent of a call, was changed by somebody who wrote into the table: that is noted as `changed`, with
 * the names of the fields and not what they hold. Who placed or released a hold is not told by the item: see {@link actOfHold}.
 *
 * It takes any items: what somebody wrote who may write into the table must not keep it from being noted.
 *
 * @param before the item as it was; undefined where there was none
 * @param after the item as it is now; undefined where there is none any more, and nothing is noted
 * @param at when it changed
 */
export function actsOfChange(before: Item | undefined, after: Item | undefined, at: string): CustodyActInput[] {
  if (after === undefined) return [];
  const now = Told.parse(after);
  if (before === undefined) {
    const { source, state } = now;
    const how = { kind: 'received', at: now.receivedAt ?? at, by: BY_VERBATIM } as const;
    return [{ ...how, details: detailsOf({ state, source }) }];
  }
  const was = Told.parse(before);
  const differs = (field: string) => !isSame(before[field], after[field]);
  const entered = hasEntered(before, after, now);
  const tagged = now.taggings.length > was.taggings.length && isBegin(was.taggings, now.taggings);
  const explained = new Set([...(entered ? STATE_FIELDS : []), ...WORK_FIELDS]);
  if (Holds.safeParse(before.holds).success && Holds.safeParse(after.holds).success) explained.add('holds');
  if (tagged) for (const field of ['taggings', 'tags', 'rulebookVersion', 'retention', 'dueAt']) explained.add(field);
  if (differs('retention')) for (const field of ['retention', 'dueAt']) explained.add(field);
  if (differs('erasure')) for (const field of ['erasure', 'dueAt']) explained.add(field);
  // A call on its way is given more time; when one that stays is deleted is told by its retention.
  if (!now.state || !isFinal(now.state)) explained.add('dueAt');
  if (isSame(jobBefore(before), jobBefore(after)) && !changesRedactedAudio(before, after)) explained.add('job');

  const acts: CustodyActInput[] = [];
  const note = (kind: CustodyKind, told: Record<string, string | undefined>, how: Partial<CustodyActInput> = {}) =>
    void acts.push({ kind, at, by: BY_VERBATIM, ...how, details: detailsOf(told) });

  if (entered)
    note(
      'state-changed',
      { from: was.state, to: now.state, reasonCode: now.stateReason?.code },
      { at: now.stateSince ?? at },
    );
  if (tagged) {
    const { rulebookVersion, at: taggedAt } = now.taggings.at(-1) ?? {};
    note(
      'tagged',
      {
        rulebookVersion,
        tags: list(now.tags),
        added: list(now.tags.filter((tag) => !was.tags.includes(tag))),
        removed: list(was.tags.filter((tag) => !now.tags.includes(tag))),
      },
      { at: taggedAt },
    );
  }
  if (differs('retention')) {
    const decided = entered || tagged || differs('appliedBy');
    const [from, to] = [was.retention, now.retention];
    note(
      'retention-changed',
      {
        ...{ classBefore: from?.retentionClass, class: to?.retentionClass, rule: to?.rule },
        ...{ from: from?.expiresAt, to: to?.expiresAt },
      },
      decided ? {} : { by: BY_UNKNOWN },
    );
  }
  if (differs('erasure'))
    note('retention-changed', { rule: 'erasure', erasure: now.erasure, from: was.dueAt, to: now.dueAt });
  for (const holdId of now.holds) if (!was.holds.includes(holdId)) note('held', { holdId }, { by: BY_UNKNOWN });
  for (const holdId of was.holds)
    if (!now.holds.includes(holdId)) note('hold-released', { holdId }, { by: BY_UNKNOWN });

  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((field) => differs(field) && !explained.has(field))
    .toSorted();
  // The index must find it by its state, whatever else is right.
  if (!fields.includes('work') && differs('work') && !isInIndex(after, now)) fields.push('work');
  if (fields.length > 0) note('changed', { fields: list(fields) }, { by: BY_UNKNOWN });
  return acts;
}

/** A hold, as far as the custody of its calls tells of it. */
export interface NotedHold {
  readonly isActive: boolean;
  readonly placed: HoldStep;
  readonly released: HoldStep | undefined;
}

/** Who placed or released a hold, and why. */
export interface HoldStep {
  readonly by: string;
  readonly person?: string | undefined;
  readonly byName?: string | undefined;
  readonly why: string;
}

/** The id of the hold of which an act tells; undefined where it tells of none. */
export const holdOfAct = ({ kind, details }: CustodyActInput): string | undefined =>
  kind === 'held' || kind === 'hold-released' ? String(details?.holdId) : undefined;

/**
 * An act with who placed or released its hold, and why. Where no hold of that id demands it, somebody wrote it into the table,
 * and it stays that of somebody unknown.
 */
export function actOfHold(act: CustodyActInput, hold: NotedHold | undefined): CustodyActInput {
  const step = act.kind === 'held' ? hold?.placed : hold?.isActive ? undefined : hold?.released;
  return step ? { ...act, ...step } : act;
}

/** Whether a call entered a state as the store lets it: with an entry of its history for each. */
function hasEntered(before: Item, after: Item, { state, stateSince }: Told): boolean {
  const [was, now] = [before.history, after.history];
  if (!Array.isArray(was) || !Array.isArray(now) || now.length <= was.length || !isBegin(was, now)) return false;
  const last = z.object({ state: z.string(), at: z.string() }).safeParse(now.at(-1)).data;
  return last !== undefined && last.state === state && last.at === stateSince;
}

const isBegin = (begin: readonly unknown[], all: readonly unknown[]): boolean =>
  isSame(begin, all.slice(0, begin.length));

const isInIndex = (item: Item, { state }: Told): boolean =>
  state !== undefined && item.work === workOf(String(item.callId), state);

/** The job of a call without what is noted of it later. */
function jobBefore({ job }: Item): unknown {
  if (!isItem(job)) return job;
  const { redactedAudioMissing: _, outputs, ...rest } = job;
  if (!isItem(outputs)) return { ...rest, outputs };
  const { redactedAudio: _audio, ...others } = outputs;
  return { ...rest, outputs: others };
}

/** Whether redacted audio that was noted is taken away, or is another one. */
function changesRedactedAudio(before: Item, after: Item): boolean {
  const noted = ({ job }: Item) => (isItem(job) && isItem(job.outputs) ? job.outputs.redactedAudio : undefined);
  return noted(before) !== undefined && !isSame(noted(before), noted(after));
}

const isSame = (a: unknown, b: unknown): boolean =>
  (a === undefined) === (b === undefined) && canonicalJson(a) === canonicalJson(b);

const isItem = (value: unknown): value is Item => typeof value === 'object' && value !== null && !Array.isArray(value);

const list = (names: readonly string[]): string => names.join(', ');

const detailsOf = (told: Record<string, string | undefined>): Record<string, string> =>
  Object.fromEntries(Object.entries(told).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
