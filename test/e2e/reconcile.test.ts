import {
  DisableRuleCommand,
  EnableRuleCommand,
  EventBridgeClient,
  ListRulesCommand,
} from '@aws-sdk/client-eventbridge';
import { InvokeCommand, LambdaClient, paginateListFunctions } from '@aws-sdk/client-lambda';
import { afterEach, describe, expect, it } from 'vitest';
import { callIdOf, type Recording } from '../../lambdas/calls/calls.ts';
import { aws, calls, faults, sampleAudio, sampleTags, sendTo, settled, upload } from './stack.ts';

const lambda = new LambdaClient(aws);
const eventBridge = new EventBridgeClient(aws);

const metadata = { 'agent-id': 'agent-chaos', 'customer-id': 'customer-chaos', 'started-at': '2026-06-06T10:00:00Z' };
const audio = await sampleAudio('credit-over-policy.mp3');
const tags = await sampleTags('credit-over-policy');
const FINAL = ['tagged', 'failed', 'rejected'];

afterEach(() => faults());

/** Runs a function that has a schedule, as its schedule would some minutes from now. */
async function tick(description: string, minutesFromNow = 0): Promise<void> {
  for await (const page of paginateListFunctions({ client: lambda }, {})) {
    const found = page.Functions?.find((one) => one.Description === description);
    if (!found) continue;
    const time = new Date(Date.now() + minutesFromNow * 60_000).toISOString();
    const Payload = JSON.stringify({ time });
    const { FunctionError } = await lambda.send(new InvokeCommand({ FunctionName: found.FunctionName, Payload }));
    expect(FunctionError).toBeUndefined();
    return;
  }
  throw new Error(`no function is described as "${description}"`);
}
const lookForOverdue = (minutesFromNow: number) => tick('Finds calls whose deadline is over', minutesFromNow);
const startQueued = () => tick('Starts the transcription of calls that wait for Transcribe, in order of arrival');

/** Looks for recordings below a prefix whose event never came, as its schedule would for the whole bucket. */
async function lookForMissed(prefix: string): Promise<void> {
  const to = new Date(Date.now() + 60_000).toISOString();
  await sendTo('FindMissedQueue', { prefix, from: '2026-01-01T00:00:00Z', to });
}

/** Does something while no event of an uploaded object reaches the stack. */
async function withoutObjectEvents(work: () => Promise<void>): Promise<void> {
  const { Rules = [] } = await eventBridge.send(new ListRulesCommand({}));
  const Name = Rules.find((rule) => /ObjectCreated/.test(rule.Name ?? ''))?.Name;
  await eventBridge.send(new DisableRuleCommand({ Name }));
  try {
    await work();
  } finally {
    await eventBridge.send(new EnableRuleCommand({ Name }));
  }
}

/** Uploads recordings, some at once. */
async function uploadAll(keys: readonly string[]): Promise<Recording[]> {
  const uploaded: Recording[] = [];
  for (let first = 0; first < keys.length; first += 20) {
    uploaded.push(...(await Promise.all(keys.slice(first, first + 20).map((key) => upload(key, audio, metadata)))));
  }
  return uploaded;
}

describe('a call whose event is lost', () => {
  it('is tagged when its deadline is over', async () => {
    await faults({ loseEvents: { times: 1 } });
    const recording = await upload('support/reconcile/lost.mp3', audio, metadata);
    await expect
      .poll(async () => (await calls.get(callIdOf(recording)))?.state, { timeout: 30_000 })
      .toBe('transcribing');
    // Before its deadline it is let be.
    await lookForOverdue(5);
    await lookForOverdue(31);
    expect(await settled(recording)).toMatchObject({ state: 'tagged' });
  });
});

describe('a recording whose event is lost', () => {
  it('is found in the bucket, and received', async () => {
    const uploaded: Recording[] = [];
    await withoutObjectEvents(async () => {
      uploaded.push(
        ...(await uploadAll(['support/missed/a/one.mp3', 'support/missed/a/b/two.mp3', 'support/missed/three.mp3'])),
      );
    });
    await lookForMissed('support/missed/');
    for (const recording of uploaded) expect(await settled(recording)).toMatchObject({ state: 'tagged' });
  });
});

describe('a Transcribe that is busy', () => {
  it('makes recordings wait, and takes them in order of arrival when it no longer is', async () => {
    await faults({ throttle: { times: 4 } });
    const recordings: Recording[] = [];
    for (const name of ['first', 'second', 'third']) {
      recordings.push(await upload(`support/busy/${name}.mp3`, audio, metadata));
      await expect
        .poll(async () => (await calls.get(callIdOf(recordings.at(-1) as Recording)))?.state, { timeout: 30_000 })
        .toBe('queued');
    }
    // Transcribe is still busy at the first tick, and no longer at the second.
    await startQueued();
    await startQueued();
    const startedAt: string[] = [];
    for (const recording of recordings) {
      const call = await settled(recording);
      expect(call).toMatchObject({ state: 'tagged', attempt: 1 });
      startedAt.push(call.history.findLast((entry) => entry.state === 'transcribing')?.at ?? '');
    }
    expect(startedAt).toEqual(startedAt.toSorted());
  });
});

describe('everything going wrong at once', () => {
  const RECORDINGS = 1_000;

  it(`leaves none of ${RECORDINGS} recordings without an end, and ends each exactly once`, {
    timeout: 900_000,
  }, async () => {
    await faults({
      random: { seed: 2026, throttle: 0.05, fail: 0.05, loseEvents: 0.2, duplicateEvents: 0.2, maxEventDelayMs: 3_000 },
    });
    const keys = Array.from({ length: RECORDINGS }, (_, i) => `support/chaos/${i % 10}/${i}.mp3`);
    const recordings: Recording[] = await uploadAll(keys.slice(0, 900));
    await withoutObjectEvents(async () => {
      recordings.push(...(await uploadAll(keys.slice(900))));
    });
    await lookForMissed('support/chaos/');

    const ids = recordings.map(callIdOf);
    const states = async () => {
      const found = [];
      for (let first = 0; first < ids.length; first += 50) {
        found.push(...(await Promise.all(ids.slice(first, first + 50).map((id) => calls.get(id)))));
      }
      return found;
    };
    const unfinished = async () => (await states()).filter((call) => !call || !FINAL.includes(call.state)).length;
    let before = Number.POSITIVE_INFINITY;
    for (let left = await unfinished(); left > 0; left = await unfinished()) {
      // As long as events move calls on, they are left to it.
      if (left === before) await lookForOverdue(31);
      before = left;
      await new Promise((resolve) => setTimeout(resolve, 3_000));
    }
    for (const call of await states()) {
      expect(call?.history.filter((entry) => FINAL.includes(entry.state))).toHaveLength(1);
      expect(call?.state === 'tagged' ? call.tags : call?.stateReason?.code).toEqual(
        call?.state === 'tagged' ? tags : 'transcription-failed',
      );
    }
  });
});
