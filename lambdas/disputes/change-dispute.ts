import {
  type CallStore,
  type CustodyActInput,
  type CustodyStore,
  changeHolds,
  sha256OfContent,
} from '../calls/calls.ts';
import { type Clock, iso } from '../platform/clock.ts';
import { isAwsError, VerbatimError } from '../platform/errors.ts';
import type { Who } from '../platform/http.ts';
import type { DisputeHolds, HoldMessage } from '../retention/retention.ts';
import type { By, Decision, Finding, Outcome, PendingChange, StoredDispute, StoredHead } from './dispute.ts';
import type { DisputeStore } from './dispute-store.ts';
import type { Topic } from './disputes-config.ts';
import { type AskedPeriod, periodOf } from './period.ts';
import { type Policies, policyInForce } from './policies.ts';
import type { Said } from './said-at.ts';
import { checkPossible, type DisputeAction } from './transitions.ts';

/** What changing disputes needs. */
export interface ChangeNeeds {
  readonly tableName: string;
  readonly disputes: Pick<
    DisputeStore,
    'create' | 'read' | 'head' | 'transact' | 'change' | 'begin' | 'whilePending' | 'callPut' | 'findingPut'
  >;
  readonly calls: Pick<CallStore, 'get'>;
  readonly custody: Pick<CustodyStore, 'append'>;
  readonly holds: DisputeHolds;
  /** Tells the worker of holds what it has to do; what is lost of it, its daily check finds. */
  readonly sendHolds: (messages: readonly HoldMessage[], delaySeconds?: number) => Promise<void>;
  readonly topics: readonly Topic[];
  readonly policies: Policies;
  readonly clock: Clock;
}

/** A change that is asked for. */
export interface AskedChange {
  readonly disputeId: string;
  /** The version that whoever asks has seen. */
  readonly version: number;
  readonly who: Who;
  /** Names the request, and the same whenever it is made again. */
  readonly changeId: string;
}

/** A dispute that is asked to be opened. */
export interface AskedDispute extends AskedPeriod {
  readonly customerId: string;
  readonly claim: string;
  readonly topic?: string | undefined;
}

/** So many calls are in one dispute at the most, and so many findings: a function answers with 6 MB of it at most. */
export const MAX_CALLS = 500;
export const MAX_FINDINGS = 200;

/** So often is a change tried again where others change the same call: then whoever asked asks again. */
const ATTEMPTS = 8;

/**
 * A call that was being written by a function which had read it before it was held is looked at once more when no such function
 * can run any more: so long SQS delays a message.
 */
const ONCE_MORE_SECONDS = 900;

const byOf = ({ by, person, byName }: Who, at: string): By => ({
  ...{ at, by },
  ...(person !== undefined && { person }),
  ...(byName !== undefined && { byName }),
});

/**
 * Opens a dispute.
 *
 * @param disputeId the same whenever the same request is made again
 * @throws {VerbatimError} bad-request, where the topic or the period is none; conflict, where the id is that of another dispute
 */
export async function openDispute(
  disputeId: string,
  { customerId, claim, topic, ...period }: AskedDispute,
  who: Who,
  needs: Pick<ChangeNeeds, 'disputes' | 'topics' | 'clock'>,
): Promise<StoredDispute> {
  const { disputes, topics } = needs;
  if (topic !== undefined && !topics.some(({ name }) => name === topic)) {
    const names = topics.map(({ name }) => name).join(', ') || 'none';
    throw new VerbatimError(
      'bad-request',
      `topic: there is no topic "${topic}"; the topics of the config are: ${names}`,
    );
  }
  const contentSha256 = sha256OfContent({ customerId, claim, topic, ...period });
  const by = byOf(who, iso(needs.clock()));
  const dispute: StoredHead = {
    ...{ disputeId, customerId, claim, topic, ...periodOf(period) },
    ...{ state: 'open', stateSince: by.at, version: 1, openedAt: by.at, round: 1, contentSha256 },
  };
  await disputes.create(dispute, { ...by, what: 'opened', version: 1 });
  const stored = await disputes.read(disputeId);
  if (!stored) throw new VerbatimError('conflict', `the dispute ${disputeId} is being opened or deleted: ask again`);
  if (stored.contentSha256 !== contentSha256)
    throw new VerbatimError(
      'conflict',
      `Idempotency-Key: it is that of the dispute ${disputeId}, which is another one`,
    );
  return stored;
}

async function existing(disputeId: string, { disputes }: Pick<ChangeNeeds, 'disputes'>): Promise<StoredDispute> {
  const dispute = await disputes.read(disputeId);
  if (!dispute) throw new VerbatimError('not-found', `there is no dispute ${disputeId}`);
  return dispute;
}

/** What a change that is asked for meets: a dispute that may be changed so, or one that was, by the same request. */
type Met = { readonly dispute: StoredDispute; readonly contentSha256: string; readonly isDone: boolean };

/**
 * Reads a dispute that is to be changed, and ends what was begun with it before.
 *
 * @throws {VerbatimError} not-found; precondition-failed, where it changed since it was seen; conflict, where it cannot be changed
 *   so in its state, or the request's key is that of another request
 */
async function meet(
  { disputeId, version, changeId }: AskedChange,
  action: DisputeAction,
  content: unknown,
  needs: ChangeNeeds,
): Promise<Met> {
  const contentSha256 = sha256OfContent([action, content]);
  const dispute = await settled(await existing(disputeId, needs), needs);
  const before = dispute.history.filter((entry) => entry.changeId === changeId);
  if (before.some((entry) => entry.contentSha256 !== contentSha256))
    throw new VerbatimError('conflict', `Idempotency-Key: it is that of another change of the dispute ${disputeId}`);
  if (before.length > 0) return { dispute, contentSha256, isDone: true };
  checkVersion(dispute, version);
  checkPossible(dispute, action);
  return { dispute, contentSha256, isDone: false };
}

function checkVersion({ disputeId, version }: StoredHead, seen: number): void {
  if (version === seen) return;
  throw new VerbatimError(
    'precondition-failed',
    `the dispute ${disputeId} has changed: it is at version ${version}, not ${seen}; read it again`,
  );
}

const changed = ({ disputeId }: { readonly disputeId: string }) =>
  new VerbatimError('precondition-failed', `the dispute ${disputeId} has just changed: read it again`);

/** What is noted of a dispute in the custody of a call: once for each request. */
const actOf = (
  kind: CustodyActInput['kind'],
  { disputeId }: { readonly disputeId: string },
  changeId: string,
  { at, by, person, byName }: By,
  why: string | undefined,
  details: CustodyActInput['details'] = {},
): CustodyActInput => ({
  ...{ kind, at, by, person, byName, why },
  details: { disputeId, ...details },
  actId: `${disputeId} ${changeId} ${kind}`,
});

/** The calls that are asked to be taken into a dispute, and why. */
export interface AskedCalls {
  readonly callIds: readonly string[];
  readonly why: string;
}

/**
 * Takes calls into a dispute. Each of them in one transaction is in the dispute, is held, and has it noted in its custody. A
 * request that broke off between two calls goes on with the others when it is made again, with the same key.
 *
 * @throws {VerbatimError} as every change; not-found, or conflict, where one of them is not there, is being deleted or is another
 *   customer's: then none of those that are named is taken in
 */
export async function takeCalls(
  asked: AskedChange,
  { callIds, why }: AskedCalls,
  needs: ChangeNeeds,
): Promise<StoredDispute> {
  const { holds, sendHolds, clock } = needs;
  const met = await meet(asked, 'take-calls', { callIds, why }, needs);
  let { dispute } = met;
  const taken = () => new Set(dispute.calls.map(({ callId }) => callId));
  const left = [...new Set(callIds)].filter((callId) => !taken().has(callId));
  if (left.length === 0) return dispute;
  if (met.isDone) {
    // Only what the same request did may have happened since.
    if (dispute.history.at(-1)?.changeId !== asked.changeId) throw changed(dispute);
    checkPossible(dispute, 'take-calls');
  }
  if (dispute.calls.length + left.length > MAX_CALLS)
    throw new VerbatimError('conflict', `callIds: a dispute has ${MAX_CALLS} calls at the most`);
  for (const callId of left) await takeable(callId, dispute, needs);
  for (const callId of left) {
    const by = byOf(asked.who, iso(clock()));
    const holdId =
      dispute.holdId !== undefined && (await holds.isActive(dispute.holdId)) ? dispute.holdId : holdIdOf(dispute);
    const isNew = holdId !== dispute.holdId;
    const request = { changeId: asked.changeId, contentSha256: met.contentSha256 };
    const isTaken = await withCall(
      callId,
      needs,
      (call) =>
        needs.custody.append(callId, actOf('taken-into-dispute', dispute, asked.changeId, by, why), [
          ...needs.disputes.change(
            dispute,
            { holdId },
            { ...by, ...request, what: 'call-taken-in', callId, reason: why },
          ),
          needs.disputes.callPut(dispute.disputeId, { ...by, callId, startedAt: call.startedAt, why }),
          ...changeHolds(needs.tableName, call, { add: holdId }, by.at),
          isNew ? holds.place(holdId, dispute.disputeId, by) : holds.extend(holdId, by),
          holds.reach(holdId, callId),
        ]),
      unchanged(dispute, needs),
    );
    if (!isTaken) throw gone(callId);
    if (isNew) await sendHolds([{ kind: 'begin', holdId, again: false }]);
    await sendHolds([{ kind: 'call', holdId, callId }]);
    await sendHolds([{ kind: 'call', holdId, callId }], ONCE_MORE_SECONDS);
    dispute = await existing(dispute.disputeId, needs);
  }
  return dispute;
}

const holdIdOf = ({ disputeId, round }: StoredHead): string => `dispute-${disputeId}-${round}`;

const gone = (callId: string) =>
  new VerbatimError('conflict', `the call ${callId} is being deleted: it cannot be taken in any more`);

/** A call that may be taken into a dispute. */
async function takeable(callId: string, { customerId }: StoredHead, { calls }: Pick<ChangeNeeds, 'calls'>) {
  const call = await calls.get(callId);
  if (!call) throw new VerbatimError('not-found', `callIds: there is no call ${callId}`);
  if (call.state === 'deleting') throw gone(callId);
  if (call.customerId !== undefined && call.customerId !== customerId)
    throw new VerbatimError('conflict', `callIds: the call ${callId} is another customer's: open a dispute of theirs`);
  return call;
}

/**
 * Does a transaction with a call as it is read, again where the call changed meanwhile.
 *
 * @param check throws where something else than the call is why it was refused
 * @returns false where the call is gone, or being deleted
 */
async function withCall(
  callId: string,
  { calls }: Pick<ChangeNeeds, 'calls'>,
  write: (call: NonNullable<Awaited<ReturnType<CallStore['get']>>>) => Promise<unknown>,
  check: () => Promise<void> = async () => {},
): Promise<boolean> {
  for (let attempt = 1; ; attempt++) {
    const call = await calls.get(callId);
    if (!call || call.state === 'deleting') return false;
    try {
      return (await write(call)) !== undefined;
    } catch (error) {
      if (!isAwsError(error, 'TransactionCanceledException')) throw error;
      await check();
      if (attempt === ATTEMPTS) throw error;
    }
  }
}

/** Refuses to go on where a dispute is not any more as it was read. */
const unchanged =
  (dispute: StoredHead, { disputes }: Pick<ChangeNeeds, 'disputes'>) =>
  async (): Promise<void> => {
    const now = await disputes.head(dispute.disputeId);
    if (now?.version !== dispute.version || now.pending) throw changed(dispute);
  };

/** A finding that is asked to be added, with what the transcript has there. */
export type AskedFinding = Pick<Finding, 'callId' | 'startMs' | 'endMs' | 'conclusion'>;

/**
 * Adds a finding to a dispute.
 *
 * @param said what is said at that place: it is read from the transcript, never given
 * @throws {VerbatimError} as every change; conflict, where the call is not in the dispute, or gone
 */
export async function addFinding(
  asked: AskedChange,
  finding: AskedFinding,
  said: (callId: string) => Promise<Said>,
  needs: ChangeNeeds,
): Promise<StoredDispute> {
  const { disputes, custody } = needs;
  const { dispute, contentSha256, isDone } = await meet(asked, 'add-finding', finding, needs);
  if (isDone) return dispute;
  const { callId, conclusion } = finding;
  callOf(dispute, callId);
  if (dispute.findings.length >= MAX_FINDINGS)
    throw new VerbatimError('conflict', `a dispute has ${MAX_FINDINGS} findings at the most`);
  const by = byOf(asked.who, iso(needs.clock()));
  const added: Finding = { ...by, findingId: asked.changeId, callId, ...(await said(callId)), conclusion };
  const { findingId, startMs } = added;
  const details = { findingId, ...(startMs !== undefined && { startMs }) };
  const isAdded = await withCall(
    callId,
    needs,
    () =>
      custody.append(callId, actOf('finding-added', dispute, asked.changeId, by, undefined, details), [
        ...disputes.change(
          dispute,
          {},
          { ...by, changeId: asked.changeId, contentSha256, what: 'finding-added', callId, findingId },
        ),
        disputes.findingPut(dispute.disputeId, added),
      ]),
    unchanged(dispute, needs),
  );
  if (!isAdded) throw new VerbatimError('conflict', `callId: the call ${callId} is gone`);
  return existing(dispute.disputeId, needs);
}

/**
 * The call of a dispute.
 *
 * @throws {VerbatimError} conflict, where it was not taken in, or was deleted since
 */
export function callOf({ disputeId, calls }: Pick<StoredDispute, 'disputeId' | 'calls'>, callId: string) {
  const call = calls.find((one) => one.callId === callId);
  if (!call)
    throw new VerbatimError(
      'conflict',
      `callId: the call ${callId} is not in the dispute ${disputeId}: take it in first`,
    );
  if (call.goneAt !== undefined)
    throw new VerbatimError('conflict', `callId: the call ${callId} was deleted while nothing held it`);
  return call;
}

/** A decision that is asked for. */
export interface AskedDecision {
  readonly outcome: Outcome;
  readonly reason: string;
  /** @default that of the dispute's topic */
  readonly policy?: string | undefined;
  /** It is decided on what was not said: there need be no call for that. */
  readonly notSaid?: boolean | undefined;
}

/**
 * Decides a dispute. Every call of it has it noted in its custody before.
 *
 * @throws {VerbatimError} as every change; bad-request, where there is no such policy; conflict, where no call was taken in and
 *   it is not said that nothing was said
 */
export async function decideDispute(
  asked: AskedChange,
  decided: AskedDecision,
  needs: ChangeNeeds,
): Promise<StoredDispute> {
  const { topics, policies } = needs;
  const { dispute, contentSha256, isDone } = await meet(asked, 'decide', decided, needs);
  if (isDone) return dispute;
  const { outcome, reason, notSaid } = decided;
  if (dispute.calls.length === 0 && !notSaid)
    throw new VerbatimError(
      'conflict',
      'there is nothing to decide on: take a call in, or say with notSaid that nothing was said',
    );
  const name = decided.policy ?? topics.find((one) => one.name === dispute.topic)?.policy;
  const policy = policies.find((one) => one.name === name);
  if (name !== undefined && !policy) {
    const names = policies.map((one) => one.name).join(', ') || 'none';
    throw new VerbatimError('bad-request', `policy: there is no policy "${name}"; those of the config are: ${names}`);
  }
  const by = byOf(asked.who, iso(needs.clock()));
  const decision: Decision = {
    ...by,
    ...{ outcome, reason },
    policies: policy ? dispute.calls.map((call) => policyInForce(policy, call)) : [],
    ...(notSaid && { notSaid }),
  };
  return begin(dispute, { ...by, change: 'decided', changeId: asked.changeId, contentSha256, reason, decision }, needs);
}

/** Closes a dispute: the hold of its calls is released. Every call of it has it noted in its custody before. */
export async function closeDispute(
  asked: AskedChange,
  { reason }: { readonly reason?: string | undefined },
  needs: ChangeNeeds,
): Promise<StoredDispute> {
  const { dispute, contentSha256, isDone } = await meet(asked, 'close', { reason }, needs);
  if (isDone) return dispute;
  const by = byOf(asked.who, iso(needs.clock()));
  return begin(dispute, { ...by, change: 'closed', changeId: asked.changeId, contentSha256, reason }, needs);
}

/**
 * Reopens a dispute. One that was closed gets another hold, on those of its calls that were not deleted meanwhile; of the others
 * it is told that they are gone.
 */
export async function reopenDispute(
  asked: AskedChange,
  { reason }: { readonly reason: string },
  needs: ChangeNeeds,
): Promise<StoredDispute> {
  const { dispute, contentSha256, isDone } = await meet(asked, 'reopen', { reason }, needs);
  if (isDone) return dispute;
  const by = byOf(asked.who, iso(needs.clock()));
  const isHeldAnew = dispute.state === 'closed' && dispute.calls.some(({ goneAt }) => goneAt === undefined);
  const holdId = isHeldAnew ? holdIdOf({ ...dispute, round: dispute.round + 1 }) : undefined;
  return begin(dispute, { ...by, change: 'reopened', changeId: asked.changeId, contentSha256, reason, holdId }, needs);
}

async function begin(dispute: StoredDispute, pending: PendingChange, needs: ChangeNeeds): Promise<StoredDispute> {
  const { disputes, holds } = needs;
  const items = [
    ...disputes.begin(dispute, pending),
    ...(pending.holdId === undefined ? [] : [holds.place(pending.holdId, dispute.disputeId, pending)]),
  ];
  if (!(await disputes.transact(items))) throw changed(dispute);
  return settled(await existing(dispute.disputeId, needs), needs);
}

const KIND = { decided: 'dispute-decided', closed: 'dispute-closed', reopened: 'dispute-reopened' } as const;

/**
 * Brings a change that was begun to its end: each call is told of it, then it is done. However often it is done, and by
 * however many at once, it ends the same.
 */
export async function settled(dispute: StoredDispute, needs: ChangeNeeds): Promise<StoredDispute> {
  const { disputes, sendHolds } = needs;
  let before = dispute;
  for (let attempt = 1; before.pending; attempt++) {
    const { pending } = before;
    for (const { callId, goneAt } of before.calls) {
      if (goneAt === undefined) await tellCall(callId, before, pending, needs);
    }
    before = await existing(dispute.disputeId, needs);
    if (before.pending?.changeId !== pending.changeId) continue;
    const { holdId } = before;
    const isReleased = pending.change === 'closed' && holdId !== undefined && (await needs.holds.isActive(holdId));
    const isDone = await disputes.transact([
      ...disputes.change(before, changesOf(before, pending), entryOf(pending)),
      ...(isReleased ? [needs.holds.release(holdId, pending, `the dispute ${before.disputeId} is closed`)] : []),
    ]);
    if (!isDone && attempt === ATTEMPTS)
      throw new Error(`the dispute ${dispute.disputeId} changes too fast: try again`);
    const begun = pending.holdId ?? (pending.change === 'closed' ? holdId : undefined);
    if (isDone && begun !== undefined) await sendHolds([{ kind: 'begin', holdId: begun, again: false }]);
    before = await existing(dispute.disputeId, needs);
  }
  return before;
}

function changesOf({ state, round }: StoredHead, { change, at, decision, holdId }: PendingChange) {
  const entered = { stateSince: at };
  if (change === 'decided') return { ...entered, state: 'decided' as const, decision };
  if (change === 'closed') return { ...entered, state: 'closed' as const };
  const anew = state === 'closed' ? { holdId, round: round + 1 } : {};
  return { ...entered, ...anew, state: 'open' as const, decision: undefined };
}

const entryOf = ({ change, changeId, contentSha256, reason, decision, at, by, person, byName }: PendingChange) => ({
  ...byOf({ by, person, byName }, at),
  ...{ what: change, changeId, contentSha256 },
  ...(reason !== undefined && { reason }),
  ...(decision && { decision }),
});

/** Notes a change in the custody of a call; on reopening, holds the call anew, or notes that it is gone. */
async function tellCall(
  callId: string,
  dispute: StoredDispute,
  pending: PendingChange,
  needs: ChangeNeeds,
): Promise<void> {
  const { custody, disputes, holds, tableName, clock } = needs;
  const { change, changeId, reason, holdId, decision } = pending;
  const details = decision && { outcome: decision.outcome };
  const act = actOf(KIND[change], dispute, changeId, pending, reason, details);
  if (holdId === undefined) {
    await custody.append(callId, act);
    return;
  }
  const isHeld = await withCall(callId, needs, (call) =>
    custody.append(
      callId,
      act,
      call.holds?.includes(holdId)
        ? []
        : [...changeHolds(tableName, call, { add: holdId }, pending.at), holds.reach(holdId, callId)],
    ),
  );
  const noted = dispute.calls.find((one) => one.callId === callId);
  if (isHeld || !noted) return;
  // Once the change is done by another, the dispute may be deleted: no row of it may come back.
  const gonePut = disputes.callPut(dispute.disputeId, { ...noted, goneAt: iso(clock()) });
  if (await disputes.transact([disputes.whilePending(dispute), gonePut])) return;
  const now = await disputes.head(dispute.disputeId);
  if (now?.pending?.changeId === changeId)
    throw new Error(`the dispute ${dispute.disputeId} is just written: try again`);
}
