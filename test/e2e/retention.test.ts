import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { CallWithMoments } from '../../client/verbatim-client.ts';
import type { Recording } from '../../lambdas/calls/calls.ts';
import { DAY_MS, plusMs } from '../../lambdas/platform/clock.ts';
import { RetentionConfig } from '../../lambdas/retention/retention.ts';
import { calls, cli, objectTags, sampleAudio, settled, transcriptTags, upload, verbatim } from './stack.ts';
import config from './verbatim.config.ts';

const startedAt = '2026-06-06T10:00:00.000Z';
const metadata = { 'agent-id': 'agent-kept', 'customer-id': 'customer-kept', 'started-at': startedAt };

let recording: Recording;
let call: CallWithMoments;

/** The report of an apply, once it does not run any more. */
async function ended({ applyId }: { readonly applyId: string }) {
  await expect
    .poll(async () => (await verbatim.retentionApply(applyId)).state, { timeout: 60_000, interval: 300 })
    .not.toBe('running');
  return verbatim.retentionApply(applyId);
}

beforeAll(async () => {
  recording = await upload('retained/one.mp3', await sampleAudio('credit-over-policy.mp3'), metadata);
  call = await settled(recording);
}, 240_000);

describe('a call whose tags matter', () => {
  it('is kept as its tags demand, and every copy says so', async () => {
    expect(call.tags).toContain('credit-over-policy');
    const expiresAt = plusMs(startedAt, 1826 * DAY_MS);
    expect(call).toMatchObject({
      dueAt: expiresAt,
      retention: { retentionClass: '5-years', rule: 'credits are disputed', expiresAt },
    });
    const tags = { 'retention-class': '5-years', 'retention-days': '1826' };
    expect(await objectTags(recording)).toMatchObject({ ...tags, 'call-id': call.callId });
    expect(await transcriptTags(call.callId)).toEqual(tags);
  });

  it('tells by which rule, why, and what happens next', async () => {
    const shown = await verbatim.retention(call.callId);
    expect(shown).toMatchObject({
      ...{ callId: call.callId, state: 'tagged', retentionClass: '5-years', rule: 'credits are disputed', holds: [] },
      lifecycle: { transitions: [{ storageClass: 'GLACIER_IR', afterDays: 90 }], expirationDays: 1828 },
    });
    expect(shown.because[0]).toMatch(/^the rule "credits are disputed" is the first that matches/);
    expect(shown.wouldBe).toBeUndefined();
  });
});

describe('a plan', () => {
  it('tells what goes by a shorter config, and by which rule, and changes nothing', async () => {
    const retention = RetentionConfig.parse({
      defaultClass: '30-days',
      floors: [{ name: 'german law', jurisdictions: ['DE'], keepDays: 400, because: 'a law that is made up' }],
    });
    const report = await ended(
      await verbatim.applyRetention({ dryRun: true, config: { retention, sources: config.sources.map(nameOf) } }),
    );
    expect(report).toMatchObject({ state: 'done', calls: { allFound: true, applied: 0 } });
    expect(report.changes).toContainEqual(
      expect.objectContaining({
        effect: 'shortened',
        from: { retentionClass: '5-years', rule: 'credits are disputed' },
        to: { retentionClass: '30-days', rule: 'default', floor: 'german law' },
      }),
    );
    expect(report.keeps).toContainEqual(expect.objectContaining({ by: 'floor', name: 'german law' }));
    const month = plusMs(startedAt, 400 * DAY_MS).slice(0, 7);
    const gone = report.goes.find((row) => row.month === month && row.retentionClass === '30-days');
    expect(gone?.bytes).toBeGreaterThanOrEqual(call.sizeBytes ?? Number.POSITIVE_INFINITY);
    expect(report.costs.untilGone.afterUsd).toBeLessThan(report.costs.untilGone.beforeUsd);
    expect(await verbatim.call(call.callId)).toEqual(call);
  });
});

const nameOf = ({ name, jurisdiction }: { name: string; jurisdiction?: string | undefined }) => ({
  name,
  jurisdiction,
});

describe('an apply', () => {
  it('decides stored calls by the deployed config, and the tags of their objects follow', async () => {
    const decidedBefore = { ...call.retention, retentionClass: '1-year', rule: 'default' };
    const expiresAt = plusMs(startedAt, 365 * DAY_MS);
    const retention = { ...decidedBefore, expiresAt };
    await calls.setRetention(await verbatim.call(call.callId), { retention, by: 'an earlier config' }, []);
    expect(await verbatim.retention(call.callId)).toMatchObject({
      ...{ expiresAt, retentionClass: '1-year', wouldBe: { retentionClass: '5-years' } },
    });

    const report = await ended(await verbatim.applyRetention({ dryRun: false }));
    expect(report).toMatchObject({ state: 'done', dryRun: false });
    expect(report.calls.applied).toBe(report.calls.changed);
    expect(report.samples.lengthened).toContain(call.callId);
    expect(report.configSha256).toBe(report.deployedConfigSha256);
    const { dueAt, retention: after } = await verbatim.call(call.callId);
    expect({ dueAt, after }).toEqual({ dueAt: call.dueAt, after: call.retention });
    const tags = { 'retention-class': '5-years', 'retention-days': '1826' };
    expect(await objectTags(recording)).toMatchObject({ ...tags, 'call-id': call.callId });
    expect(await transcriptTags(call.callId)).toEqual(tags);
  });

  it('done again changes nothing', async () => {
    const report = await ended(await verbatim.applyRetention({ dryRun: false }));
    expect(report).toMatchObject({ state: 'done', calls: { changed: 0, applied: 0 } });
  });
});

describe('npx verbatim retention', () => {
  it('shows a call', async () => {
    expect(await cli('retention', 'show', call.callId)).toMatch(/class +5-years, by credits are disputed\n/);
    expect(JSON.parse(await cli('retention', 'show', call.callId, '--json'))).toMatchObject({
      retentionClass: '5-years',
    });
  });

  it('plans a config before it is deployed', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'plan-'));
    const file = join(directory, 'next.ts');
    const lib = join(import.meta.dirname, '../../lib/config.ts');
    const next = `{ sources: [{ name: 'support' }, { name: 'retained' }], retention: { defaultClass: '30-days' } }`;
    await writeFile(file, `import { defineConfig } from '${lib}';\nexport default defineConfig(${next});\n`);
    const printed = await cli('retention', 'plan', '--config', file).finally(() => rm(directory, { recursive: true }));
    expect(printed).toMatch(/^plan +\S+, done: nothing is changed/);
    expect(printed).toMatch(/shortened +│ 5-years, by credits are disputed +│ 30-days, by default +│ +1 /);
    expect(printed).toMatch(/until gone +│ \$/);
    const [, applyId = ''] = /^plan +([^,]+),/.exec(printed) ?? [];
    expect(JSON.parse(await cli('retention', 'apply', '--status', applyId, '--json'))).toMatchObject({
      applyId,
      dryRun: true,
    });
  });
});

describe('what cannot be', () => {
  it('is applying a config that is not deployed', async () => {
    const asked = { dryRun: false, config: { retention: {}, sources: [] } };
    await expect(verbatim.applyRetention(asked)).rejects.toThrow(/400 config: only a dry run/);
  });

  it('is a call, or an apply, that there is not', async () => {
    await expect(verbatim.retention('none')).rejects.toMatchObject({ status: 404 });
    await expect(verbatim.retentionApply('none')).rejects.toMatchObject({ status: 404 });
  });
});
