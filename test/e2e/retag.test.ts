import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { CallWithMoments, NewRetag } from '../../client/verbatim-client.ts';
import { type Call, callIdOf, type Moment, type Recording, receivedCall } from '../../lambdas/calls/calls.ts';
import { calls, cli, objectTags, sampleAudio, settled, upload, verbatim } from './stack.ts';

const slice = { agentId: 'agent-retag' };
const metadata = { 'agent-id': 'agent-retag', 'customer-id': 'customer-retag', 'started-at': '2026-06-06T10:00:00Z' };
const june = { from: '2026-06-01T00:00:00Z', to: '2026-07-01T00:00:00Z' };

let recording: Recording;
let before: CallWithMoments;
let next: NewRetag['rulebook'];

/** The report of a retag, once it does not run any more. */
async function ended(asked: Omit<NewRetag, 'rulebook'> & Partial<Pick<NewRetag, 'rulebook'>>) {
  const { retagId } = await verbatim.retag({ rulebook: next, ...asked });
  return reportOf(retagId);
}

async function reportOf(retagId: string) {
  await expect
    .poll(async () => (await verbatim.retagReport(retagId)).state, { timeout: 60_000, interval: 300 })
    .not.toBe('running');
  return verbatim.retagReport(retagId);
}

/** A call that was tagged by hand, for which there is no transcript. */
const withoutTranscript = (): Call => {
  const one = { bucket: 'retag', key: 'support/retag/bare.mp3', versionId: '1' };
  return {
    ...receivedCall(callIdOf(one), one, 'support', '2026-06-06T11:00:00.000Z'),
    ...{ state: 'transcribing', agentId: 'agent-retag', startedAt: '2026-06-06T11:00:00.000Z' },
  };
};
const moment: Moment = {
  ...{ tag: 'by-hand', startMs: 0, endMs: 1, speaker: 'AGENT', quote: '' },
  ...{ ruleId: 'by-hand', rulebookVersion: 'test' },
};

beforeAll(async () => {
  recording = await upload('support/retag/one.mp3', await sampleAudio('credit-over-policy.mp3'), metadata);
  before = await settled(recording);
  const bare = withoutTranscript();
  await calls.create(bare);
  await calls.enterTagged(bare, [moment], bare.receivedAt, { rulebookVersion: 'test' });
  const { rulebook } = await verbatim.deployedRulebook();
  next = {
    version: `e2e-${Date.now()}`,
    rules: [
      ...rulebook.rules.filter((rule) => rule.tag !== 'credit-over-policy'),
      { id: 'recorded', tag: 'recorded-said', phrases: ['recorded'] },
    ],
  };
}, 240_000);

describe('the first tagging', () => {
  it('is the begin of the history', async () => {
    const { version } = await verbatim.deployedRulebook();
    expect(before).toMatchObject({ state: 'tagged', rulebookVersion: version });
    expect(before.taggings).toEqual([{ rulebookVersion: version, at: before.stateSince, tags: before.tags }]);
  });
});

describe('a dry run', () => {
  it('tells what would change, with the calls, and changes nothing', async () => {
    const report = await ended({ dryRun: true, slice });
    expect(report).toMatchObject({
      state: 'done',
      calls: { found: 2, allFound: true, settled: 1, changed: 1, skipped: 1 },
    });
    const byTag = Object.fromEntries(report.tags.map((one) => [one.tag, one]));
    expect(byTag['credit-over-policy']).toMatchObject({ gained: 0, lost: 1, moved: 0, unchanged: 0 });
    expect(byTag['recorded-said']?.gained).toBeGreaterThan(0);
    expect(byTag['recording-disclosure']).toMatchObject({ gained: 0, lost: 0, moved: 0 });
    expect(byTag['credit-over-policy']?.samples).toMatchObject([{ kind: 'lost', callId: before.callId }]);
    const lost = await Array.fromAsync(verbatim.retagChanges(report.retagId, { tag: 'credit-over-policy' }));
    expect(lost).toMatchObject([{ kind: 'lost', callId: before.callId, agentId: 'agent-retag', moments: 1 }]);
    expect(await Array.fromAsync(verbatim.retagChanges(report.retagId, { kind: 'skipped' }))).toMatchObject([
      { callId: withoutTranscript().callId, reason: 'it has no transcript' },
    ]);
    expect(await verbatim.call(before.callId)).toEqual(before);
  });

  it('finds no call in an empty slice', async () => {
    const report = await ended({ dryRun: true, slice: { ...slice, to: '2020-01-01T00:00:00Z' } });
    expect(report).toMatchObject({ state: 'done', calls: { found: 0, allFound: true }, tags: [] });
  });
});

describe('a retag', () => {
  it('replaces moments, tags and look-ups, and keeps how the call was tagged before', async () => {
    const report = await ended({ dryRun: false, slice });
    expect(report).toMatchObject({ state: 'done', calls: { found: 2, settled: 1, changed: 1, skipped: 1 } });

    const after = await verbatim.call(before.callId);
    const tags = [...before.tags.filter((tag) => tag !== 'credit-over-policy'), 'recorded-said'].toSorted();
    expect(after).toMatchObject({
      state: 'tagged',
      tags,
      rulebookVersion: next.version,
      stateSince: before.stateSince,
    });
    expect(after.taggings).toMatchObject([
      { rulebookVersion: before.rulebookVersion, tags: before.tags },
      { rulebookVersion: next.version, tags },
    ]);
    expect([...new Set(after.moments.map((one) => one.tag))].toSorted()).toEqual(tags);
    expect(new Set(after.moments.map((one) => one.rulebookVersion))).toEqual(new Set([next.version]));
    const former = await calls.formerMoments(before.callId, 1);
    expect(former.map((one) => [one.tag, one.startMs])).toEqual(before.moments.map((one) => [one.tag, one.startMs]));

    const found = async (tag: string) => (await Array.fromAsync(verbatim.moments(tag, june))).map((one) => one.callId);
    expect(await found('credit-over-policy')).not.toContain(before.callId);
    expect(await found('recorded-said')).toContain(before.callId);
    expect(await objectTags(recording)).toMatchObject({ 'call-id': before.callId, tags: tags.join(' ') });
  });

  it('done again changes nothing', async () => {
    const once = await verbatim.call(before.callId);
    const report = await ended({ dryRun: false, slice });
    expect(report).toMatchObject({ state: 'done', calls: { found: 2, settled: 1, changed: 0 } });
    for (const tag of report.tags) expect(tag).toMatchObject({ gained: 0, lost: 0, moved: 0 });
    expect(await verbatim.call(before.callId)).toEqual(once);
  });

  it('of all calls finds those of every source and agent', async () => {
    const report = await ended({ dryRun: true });
    expect(report.state).toBe('done');
    expect(report.calls.found).toBeGreaterThanOrEqual(2);
    expect(report.calls.settled + report.calls.skipped).toBe(report.calls.found);
  });

  it('that is cancelled ends, and one that is resumed ends as if it had not been', async () => {
    const { retagId } = await verbatim.retag({ rulebook: next, dryRun: true, slice });
    const cancelled = await verbatim.cancelRetag(retagId).catch((error: { status?: number }) => error.status);
    if (cancelled !== 409) {
      await verbatim.resumeRetag(retagId).catch((error: { status?: number }) => expect(error.status).toBe(409));
    }
    expect(await reportOf(retagId)).toMatchObject({ state: 'done', calls: { found: 2, settled: 1, skipped: 1 } });
  });
});

describe('npx verbatim retag', () => {
  it('waits for the end, and tells what changes tag by tag', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'retag-'));
    const file = join(directory, 'next.json');
    await writeFile(file, JSON.stringify({ ...next, version: `${next.version}-cli`, rules: next.rules.slice(-1) }));
    const printed = await cli('retag', '--rulebook', file, '--agent', slice.agentId, '--dry-run').finally(() =>
      rm(directory, { recursive: true }),
    );
    expect(printed).toMatch(/^retag +\S+, done, a dry run/);
    expect(printed).toMatch(new RegExp(`recording-disclosure .* lost ${before.callId} at`));
    expect(printed).toMatch(/recorded-said +│ 0 +│ 0 +│ 0 +│ [1-9]/);
    const [, retagId = ''] = /^retag +([^,]+),/.exec(printed) ?? [];
    expect(JSON.parse(await cli('retag', '--status', retagId, '--json'))).toMatchObject({ retagId, state: 'done' });
    expect(await cli('retags')).toContain(retagId);
  });
});

describe('what cannot be', () => {
  const refused = (asked: Partial<NewRetag>) =>
    verbatim.retag({ rulebook: next, dryRun: true, slice, ...asked }).catch((error: Error) => error.message);

  it('is told by the field at fault', async () => {
    expect(
      await refused({ rulebook: { version: '1', rules: [{ id: 'a', tag: 'Not A Tag', phrases: ['a'] }] } }),
    ).toMatch(/400 rulebook\.rules\.0\.tag: /);
    expect(await refused({ slice: { from: 'yesterday' } })).toMatch(/400 slice\.from: /);
  });

  it('is another rulebook under a version that calls are tagged by', async () => {
    expect(await refused({ rulebook: { ...next, rules: next.rules.slice(1) } })).toMatch(/409 .*change the version/);
  });

  it('is a retag that there is not', async () => {
    await expect(verbatim.retagReport('none')).rejects.toMatchObject({ status: 404 });
  });
});
