import { beforeEach, expect, it } from 'vitest';
import { type AudioLinks, type CallStore, callStore, custodyStore, type Moment } from '../../../lambdas/calls/calls.ts';
import { callsApi } from '../../../lambdas/calls/calls-api.ts';
import { plusMs } from '../../../lambdas/platform/clock.ts';
import { memoryTranscripts, NOW, only, transcribingCall } from '../builders.ts';
import { testEdge } from '../http-edge.ts';
import { memoryDynamodb } from '../memory-dynamodb.ts';

const later = plusMs(NOW, 60_000);
const moment = (tag: string, rulebookVersion: string): Moment => ({
  ...{ tag, startMs: 100, endMs: 900, speaker: 'AGENT', quote: 'as it was said', ruleId: tag, rulebookVersion },
});

const kept = { retentionClass: '5-years', rule: 'default', expiresAt: '2031-10-15T09:00:00.000Z' };

let table: ReturnType<typeof memoryDynamodb>;
let calls: CallStore;
const api = () =>
  callsApi({
    ...{ calls, transcripts: memoryTranscripts().store, edge: testEdge(), clock: () => new Date(NOW) },
    ...{ custody: custodyStore(table.client, 'calls'), audio: only<AudioLinks>({}) },
    phraseFinder: () => {
      throw new Error('nothing is searched');
    },
  });
const ask = async (path: string) => {
  const response = await api().request(`/calls/call1${path}`);
  return { status: response.status, body: (await response.json()) as { detail?: string; taggings?: unknown } };
};

beforeEach(async () => {
  table = memoryDynamodb();
  calls = callStore(table.client, 'calls');
  const call = transcribingCall();
  await calls.create(call);
  await calls.enterTagged(call, [moment('refund', '1')], NOW, { rulebookVersion: '1' });
  const tagged = await calls.get('call1');
  if (!tagged) throw new Error('the call is not there');
  await calls.replaceMoments(tagged, await calls.momentsToReplace(tagged), {
    ...{ rulebookVersion: '2', moments: [moment('credit', '2')], now: later, by: 'a retag', retention: kept },
  });
});

it('a call tells every rulebook that it was tagged by', async () => {
  expect((await ask('')).body).toMatchObject({
    ...{ rulebookVersion: '2', tags: ['credit'], moments: [{ tag: 'credit' }] },
    ...{ retention: kept, dueAt: kept.expiresAt },
    taggings: [
      { rulebookVersion: '1', at: NOW, tags: ['refund'] },
      { rulebookVersion: '2', at: later, tags: ['credit'] },
    ],
  });
});

it.each([
  [1, '1', 'refund'],
  [2, '2', 'credit'],
])('tagging %i answers the moments of rulebook %s', async (tagging, rulebookVersion, tag) => {
  expect((await ask(`/taggings/${tagging}`)).body).toMatchObject({
    ...{ rulebookVersion, tags: [tag] },
    moments: [moment(tag, rulebookVersion)],
  });
});

it('a tagging that there was not is told', async () => {
  expect(await ask('/taggings/3')).toMatchObject({
    status: 404,
    body: { detail: 'the call call1 was tagged 2 times' },
  });
  expect((await ask('/taggings/first')).status).toBe(400);
});

it('a call whose tagging was not noted keeps the moments that it had all the same', async () => {
  const call = transcribingCall('call1', { callId: 'old' });
  await calls.create(call);
  await calls.enterTagged(call, [moment('refund', '0')], NOW);
  const tagged = await calls.get('old');
  if (!tagged) throw new Error('the call is not there');
  const former = await calls.momentsToReplace(tagged);
  await calls.replaceMoments(tagged, former, {
    ...{ rulebookVersion: '2', moments: [], now: later, by: 'a retag', retention: kept },
  });
  expect((await calls.get('old'))?.taggings).toEqual([
    { rulebookVersion: '0', at: NOW, tags: ['refund'] },
    { rulebookVersion: '2', at: later, tags: [] },
  ]);
  expect(await calls.formerMoments('old', 1)).toEqual([moment('refund', '0')]);
});
