import { describe, expect, it } from 'vitest';
import { type Call, callIdOf } from '../../../lambdas/calls/calls.ts';
import { metadataArrived } from '../../../lambdas/recordings/metadata-arrived.ts';
import { receiveObject } from '../../../lambdas/recordings/receive-object.ts';
import { type RecordingStore, SourceConfig } from '../../../lambdas/recordings/recordings.ts';
import {
  memoryCalls,
  memoryGate,
  memoryHolds,
  memoryJobs,
  memoryManifests,
  NOW,
  only,
  recordingAt,
  retention,
  transcribingCall,
} from '../builders.ts';

const given = { agentId: 'agent', customerId: 'customer', startedAt: 'start' };
const sources = [
  { name: 'side', metadata: [{ from: 'sidecar', replacesExtension: true, fields: given }] },
  { name: 'list', metadata: [{ from: 'manifest', file: 'calls.csv', columns: given }] },
  { name: 'inner', prefix: 'list/inner/' },
].map((source) => SourceConfig.parse(source));

/** A bucket of these keys, whose recordings have these calls; what is looked at and tagged is noted. */
function world(keys: string[], calls: Record<string, Partial<Call>> = {}, text = '') {
  const log: string[] = [];
  const looked: string[] = [];
  const later: string[] = [];
  const received: string[] = [];
  const tags = new Map<string, Record<string, string>>();
  const stored = Object.entries(calls).map(([key, call]) =>
    transcribingCall(callIdOf(recordingAt(key)), { recording: recordingAt(key), ...call }),
  );
  const manifests = memoryManifests();
  const recordings = only<RecordingStore>({
    currentVersion: async (_bucket, key) => (keys.includes(key) ? 'v1' : undefined),
    // As S3 does: in order, and a thousand at the most.
    keysBelow: async (_bucket, prefix) =>
      keys
        .filter((key) => key.startsWith(prefix))
        .toSorted()
        .slice(0, 1000),
    stream: async () =>
      (async function* () {
        yield Buffer.from(text);
      })(),
    tagsOf: async ({ key }) => tags.get(key) ?? {},
    async tag({ key }, set) {
      log.push(`tag ${key}`);
      tags.set(key, { ...set });
    },
  });
  const needs = {
    sources,
    retention,
    calls: memoryCalls(...stored).store,
    recordings,
    manifests: manifests.store,
    jobs: memoryJobs().store,
    gate: memoryGate().store,
    ...memoryHolds().needs,
    clock: () => new Date(NOW),
    lookAt: async (described: { key: string }[]) => void looked.push(...described.map(({ key }) => key)),
    lookAgainLater: async ({ key }: { key: string }) => void later.push(key),
    async receiveAgain({ key }: { key: string }) {
      log.push(`receive ${key}`);
      received.push(key);
    },
  };
  return { needs, looked, later, received, tags, log, rows: manifests.kept };
}

const wanting: Partial<Call> = { state: 'rejected', stateReason: { code: 'missing-metadata', message: '' } };

describe('a sidecar', () => {
  it('takes up again the recordings that it describes, whatever their extension, and no others', async () => {
    const keys = ['side/a.wav', 'side/a', 'side/a.b.wav', 'side/ab.wav', 'side/a.json'];
    const { needs, received, tags } = world(keys, Object.fromEntries(keys.map((key) => [key, wanting])));
    await receiveObject(recordingAt('side/a.json'), needs);
    expect(received.toSorted()).toEqual(['side/a', 'side/a.wav']);
    expect(tags.get('side/a.json')).toEqual({ 'retention-class': '30-days', 'retention-days': '30' });
  });
});

describe('a sidecar', () => {
  it('finds its recording beside many whose names begin as its own', async () => {
    const beside = Array.from({ length: 1000 }, (_, i) => `side/1-${i}.wav`);
    const { needs, received } = world([...beside, 'side/1.wav', 'side/1.json', 'side/10.wav'], {
      'side/1.wav': wanting,
    });
    await receiveObject(recordingAt('side/1.json'), needs);
    expect(received).toEqual(['side/1.wav']);
  });

  it('is tagged when what it is for is done: where that breaks off, it is found again', async () => {
    const { needs, log } = world(['side/a.wav', 'side/a.json'], { 'side/a.wav': wanting });
    await receiveObject(recordingAt('side/a.json'), needs);
    expect(log).toEqual(['receive side/a.wav', 'tag side/a.json']);
  });

  it('of a held call stays held', async () => {
    const { needs, tags } = world(['side/a.wav', 'side/a.json'], { 'side/a.wav': wanting });
    tags.set('side/a.json', { 'legal-hold': 'on' });
    await receiveObject(recordingAt('side/a.json'), needs);
    expect(tags.get('side/a.json')).toEqual({ 'legal-hold': 'on' });
  });
});

describe('metadata that arrives', () => {
  const at = { bucket: 'recordings', key: 'side/a.wav' };

  it('does nothing where the recording is not there yet, was taken up, or is at fault otherwise', async () => {
    expect(await metadataArrived(at, world([]).needs)).toBe('nothing-to-do');
    for (const call of [
      { state: 'tagged' },
      { state: 'rejected', stateReason: { code: 'unreadable-audio', message: '' } },
    ] as const) {
      const { needs, received } = world([at.key], { [at.key]: call });
      expect(await metadataArrived(at, needs)).toBe('nothing-to-do');
      expect(received).toEqual([]);
    }
  });

  it('comes back to a recording that is just being received: it may have looked a moment before', async () => {
    const { needs, later } = world([at.key], { [at.key]: { state: 'received' } });
    expect(await metadataArrived(at, needs)).toBe('later');
    expect(later).toEqual([at.key]);
  });
});

describe('a manifest', () => {
  const header = 'file,agent,customer,start\n';

  it('has every row kept, and every recording that it names looked at', async () => {
    const lines = Array.from({ length: 1201 }, (_, i) => `${i}.wav,lee,c-${i},2026-10-14T09:00:00Z`);
    const { needs, looked, rows } = world([], {}, header + lines.join('\n'));
    await receiveObject(recordingAt('list/day/calls.csv'), needs);
    expect(rows.size).toBe(1201);
    expect(rows.get('list/day/7.wav')).toEqual({ agent: 'lee', customer: 'c-7', start: '2026-10-14T09:00:00Z' });
    expect(looked).toHaveLength(1201);
  });

  it("says nothing of another source's recordings", async () => {
    const { needs, rows } = world([], {}, `${header}inner/a.wav,eve,c,x\nb.wav,lee,c,x`);
    await receiveObject(recordingAt('list/calls.csv'), needs);
    expect([...rows.keys()]).toEqual(['list/b.wav']);
  });

  it('that is at fault is marked with what is wrong, and all of it that can be read is kept', async () => {
    const { needs, rows, tags } = world([], {}, `${header}a.wav,lee,c,x\n,lee,c,x\nd.wav,lee,c,x\nb.wav,"lee`);
    await receiveObject(recordingAt('list/calls.csv'), needs);
    expect([...rows.keys()]).toEqual(['list/a.wav', 'list/d.wav']);
    expect(tags.get('list/calls.csv')?.problem).toMatch(/^line 3 of list\/calls.csv: names no recording/);
  });
});
