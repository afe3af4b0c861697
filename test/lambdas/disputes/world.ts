import { type Call, callStore, custodyStore } from '../../../lambdas/calls/calls.ts';
import {
  type AskedChange,
  addFinding,
  type ChangeNeeds,
  closeDispute,
  decideDispute,
  openDispute,
  reopenDispute,
  takeCalls,
} from '../../../lambdas/disputes/change-dispute.ts';
import { disputeStore } from '../../../lambdas/disputes/dispute-store.ts';
import { starterTopicsOf } from '../../../lambdas/disputes/disputes-config.ts';
import { evidenceStore } from '../../../lambdas/disputes/evidence/evidence-store.ts';
import { Policy } from '../../../lambdas/disputes/policies.ts';
import type { RecordingStore } from '../../../lambdas/recordings/recordings.ts';
import type { HoldMessage } from '../../../lambdas/retention/holds/hold.ts';
import { holdCall } from '../../../lambdas/retention/holds/hold-call.ts';
import { beginHold, checkHolds, holdPage } from '../../../lambdas/retention/holds/hold-page.ts';
import { holdStore } from '../../../lambdas/retention/holds/hold-store.ts';
import { disputeHolds } from '../../../lambdas/retention/retention.ts';
import { NOW, only, recordingAt, transcribingCall } from '../builders.ts';
import { memoryDynamodb } from '../memory-dynamodb.ts';

export type Through = <T extends object>(store: T) => T;
const straight: Through = (store) => store;

export const someone = { by: 'arn:aws:iam::111122223333:role/disputes', byName: 'Ada' };
export const CUSTOMER = 'c-1';

export const policy = Policy.parse({
  name: 'credits',
  versions: [
    { version: '1', inForceFrom: '2026-01-01', text: 'up to 20 dollars' },
    { version: '2', inForceFrom: '2026-10-01', text: 'up to 25 dollars' },
  ],
});
const topics = starterTopicsOf(['credit-offered', 'credit-over-policy']).map((topic) => ({
  ...topic,
  policy: policy.name,
}));

export const taggedCall = (callId: string, changes: Partial<Call> = {}): Call =>
  transcribingCall(callId, { recording: recordingAt(`${callId}.wav`), state: 'tagged', ...changes });

/** Disputes, calls with their custody, and holds with their worker, in one table that is held in memory. */
export async function world(stored: readonly Call[] = [taggedCall('a'), taggedCall('b'), taggedCall('c')]) {
  const table = memoryDynamodb();
  for (const call of stored) await callStore(table.client, 't').create(call);
  const queue: HoldMessage[] = [];
  const time = { now: NOW };
  const locked = new Set<string>();
  const clock = () => new Date(time.now);
  const needs = (through: Through = straight): ChangeNeeds => {
    const client = through(table.client);
    const sqs = through({
      // What comes a quarter of an hour later changes nothing here.
      send: async (messages: readonly HoldMessage[], delaySeconds?: number) =>
        void (delaySeconds === undefined && queue.push(...messages)),
    });
    return {
      tableName: 't',
      disputes: disputeStore(client, 't'),
      calls: callStore(client, 't'),
      custody: custodyStore(client, 't', async () => {}),
      holds: disputeHolds(client, 't'),
      sendHolds: (messages, delaySeconds) => sqs.send(messages, delaySeconds),
      ...{ topics, policies: [policy], clock },
    };
  };
  const holdNeeds = {
    holds: holdStore(table.client, 't'),
    calls: callStore(table.client, 't'),
    recordings: only<RecordingStore>({
      setLegalHold: async ({ key }, on) => void (on ? locked.add(key) : locked.delete(key)),
    }),
    copies: { tag: async () => {}, uncover: async () => {} },
    send: async (messages: readonly HoldMessage[], delaySeconds?: number) =>
      void (delaySeconds === undefined && queue.push(...messages)),
    ...{ clock, recordKeepDays: 10 },
  };
  /** Lets the worker of holds do all that it was asked. */
  const work = async () => {
    for (let message = queue.shift(); message; message = queue.shift()) {
      if (message.kind === 'begin') await beginHold(message.holdId, message.again, holdNeeds);
      if (message.kind === 'page') await holdPage(message, holdNeeds);
      if (message.kind === 'call') await holdCall(message, holdNeeds);
      if (message.kind === 'check') await checkHolds(message, holdNeeds);
    }
  };
  const disputes = disputeStore(table.client, 't');
  const calls = callStore(table.client, 't');
  const custody = custodyStore(table.client, 't', async () => {});
  let requests = 0;
  const versionOf = async (disputeId: string) => (await disputes.head(disputeId))?.version ?? 0;
  /** A change of a dispute as it stands now, by a request of its own. */
  const asked = async (disputeId: string, changes: Partial<AskedChange> = {}): Promise<AskedChange> => ({
    ...{ disputeId, version: await versionOf(disputeId), who: someone, changeId: `request${++requests}` },
    ...changes,
  });
  const open = (disputeId = 'd', customerId = CUSTOMER) =>
    openDispute(
      disputeId,
      { customerId, claim: 'Your agent promised me a $40 credit.', topic: 'credit', day: '2026-10-14' },
      someone,
      needs(),
    );
  const said = async () => ({ startMs: 1000, endMs: 2000, quote: 'a credit of forty dollars' });
  const decision = { outcome: 'upheld', reason: 'it was promised' } as const;
  const change = {
    take: async (callIds: string[], disputeId = 'd', at?: Partial<AskedChange>, through?: Through) =>
      takeCalls(await asked(disputeId, at), { callIds, why: 'it may be the one' }, needs(through)),
    find: async (callId: string, disputeId = 'd', at?: Partial<AskedChange>, through?: Through) =>
      addFinding(
        await asked(disputeId, at),
        { callId, startMs: 1000, conclusion: 'it was promised' },
        said,
        needs(through),
      ),
    decide: async (disputeId = 'd', more = {}, at?: Partial<AskedChange>, through?: Through) =>
      decideDispute(await asked(disputeId, at), { ...decision, ...more }, needs(through)),
    close: async (disputeId = 'd', at?: Partial<AskedChange>, through?: Through) =>
      closeDispute(await asked(disputeId, at), { reason: 'it is paid' }, needs(through)),
    reopen: async (disputeId = 'd', at?: Partial<AskedChange>, through?: Through) =>
      reopenDispute(await asked(disputeId, at), { reason: 'it was not paid' }, needs(through)),
  };
  /** The kinds of what was noted of a call, and how often each dispute's change was. */
  const notedOf = async (callId: string) => (await custody.all(callId)).map(({ kind }) => kind);
  const holdStateOf = async (holdId: string) => (await holdNeeds.holds.get(holdId))?.state;
  return {
    ...{ table, time, queue, locked, needs, work, disputes, calls, custody, holds: holdNeeds.holds, asked, open },
    ...{ ...change, notedOf, holdStateOf, versionOf },
  };
}

/**
 * Asks for an evidence package of a dispute.
 *
 * @param lockedUntil builds it, locked until then
 * @returns builds it later
 */
export async function packageOf(
  client: ReturnType<typeof memoryDynamodb>['client'],
  disputeId: string,
  lockedUntil?: string,
): Promise<(lockedUntil: string) => Promise<void>> {
  const store = evidenceStore(client, 't');
  const asked = {
    ...{ disputeId, ...someone, reason: 'asked', originals: true, callIds: [], attempt: 1, handedOut: [] },
    ...{ state: 'requested' as const, stateSince: NOW, requestedAt: NOW },
  };
  const created = await store.create(asked, `${lockedUntil}`);
  if (!created) throw new Error(`there is no dispute ${disputeId}`);
  const { evidence } = created;
  const build = async (until: string) => {
    await store.noteFile(evidence, {
      ...{ key: 'k', versionId: 'v', sizeBytes: 1, sha256: '0', manifestSha256: '0', signature: '0' },
      ...{ keyFingerprint: '0', builtAt: NOW, lockedUntil: until, missing: [] },
    });
    await store.noteBuilt(evidence, NOW);
  };
  if (lockedUntil !== undefined) await build(lockedUntil);
  return build;
}
