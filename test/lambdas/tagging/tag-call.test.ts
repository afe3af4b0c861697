import { describe, expect, test } from 'vitest';
import type { Call } from '../../../lambdas/calls/calls.ts';
import { decideRetention, RetentionConfig } from '../../../lambdas/retention/retention.ts';
import { tagCall } from '../../../lambdas/tagging/tag-call.ts';
import { Rulebook, starterRulebook } from '../../../lambdas/tagging/tagging.ts';
import type { JobOutcome } from '../../../lambdas/transcription/transcription-jobs.ts';
import {
  callAnalyticsDocument,
  crashAt,
  memoryCalls,
  memoryJobs,
  memoryRecordings,
  memoryTranscripts,
  NOW,
  retention,
  says,
  support,
  transcribingCall,
} from '../builders.ts';

const OUTPUT_URI = 's3://transcripts/transcribe-output/verbatim-call1.json';
const OUTPUT_KEY = 'transcribe-output/verbatim-call1.json';
const outputs = { transcript: { bucket: 'transcripts', key: OUTPUT_KEY } };
const completed: JobOutcome = { status: 'completed', outputs };
const conversation = callAnalyticsDocument(
  says('AGENT', 'This call may be recorded.'),
  says('CUSTOMER', 'I want to cancel.', 3000),
  says('AGENT', 'I will give you a credit of forty dollars.', 6000),
);

interface Given {
  readonly call?: Call;
  readonly outcome?: JobOutcome;
  readonly output?: string;
  /** What decides how long calls are kept. @default every call 30 days */
  readonly decides?: RetentionConfig;
  /** What S3 answers to who asks for the recording. @default it is there */
  readonly recordingGone?: string;
}

/** A call that is being transcribed, and the state of its job. */
function world({
  call = transcribingCall(),
  outcome = completed,
  output = conversation,
  decides = retention,
  recordingGone,
}: Given = {}) {
  const calls = memoryCalls(call);
  const recordings = memoryRecordings({});
  const gone = async () => {
    throw Object.assign(new Error('it is gone'), { name: recordingGone });
  };
  if (recordingGone) Object.assign(recordings.store, { lock: gone, tag: gone });
  const transcripts = memoryTranscripts({ [OUTPUT_URI]: output });
  const jobs = memoryJobs({ outcome });
  const registered: string[] = [];
  const tag = (jobName = 'verbatim-call1', through = <T extends object>(store: T): T => store) =>
    tagCall(jobName, {
      rulebook: Rulebook.parse(starterRulebook({ creditLimitDollars: 25 })),
      ...{ retention: decides, sources: [support] },
      jobNamePrefix: 'verbatim-',
      calls: through(calls.store),
      recordings: through(recordings.store),
      transcripts: through(transcripts.store),
      jobs: through(jobs.store),
      registerRulebook: async () => void registered.push(calls.calls.get('call1')?.state ?? 'gone'),
      clock: () => new Date(NOW),
    });
  const seen = () => ({
    calls: calls.calls,
    moments: calls.moments,
    recordingTags: recordings.tags,
    transcripts: transcripts.transcripts,
    outputTags: transcripts.outputTags,
    transcriptTags: transcripts.tags,
  });
  return { tag, seen, registered, call: () => calls.calls.get('call1'), moments: () => calls.moments.get('call1') };
}

const TAGS = ['cancellation', 'credit-offered', 'credit-over-policy', 'recording-disclosure'];

test('the rulebook is kept before a call is tagged by it', async () => {
  const { tag, registered } = world();
  await tag();
  expect(registered).toEqual(['transcribing']);
});

test('a call whose job is done has its transcript, its moments and its tags', async () => {
  const { tag, seen, call, moments } = world();
  expect(await tag()).toEqual({ callId: 'call1', outcome: 'tagged', tags: TAGS });
  expect(call()).toMatchObject({ state: 'tagged', tags: TAGS, language: 'en-US' });
  expect(call()?.dueAt).toBe(transcribingCall().retention?.expiresAt);
  expect(moments()?.map((moment) => moment.tag)).toEqual([
    'recording-disclosure',
    'cancellation',
    'credit-offered',
    'credit-over-policy',
  ]);
  expect(
    seen()
      .transcripts.get('call1')
      ?.turns.map((turn) => turn.speaker),
  ).toEqual(['AGENT', 'CUSTOMER', 'AGENT']);
});

test('every copy of a tagged call is tagged with its retention, the recording with what it is about', async () => {
  const { tag, seen } = world();
  await tag();
  expect(seen().outputTags.get(OUTPUT_KEY)).toEqual({ 'retention-class': '30-days', 'retention-days': '30' });
  expect(seen().transcriptTags.get('call1')).toEqual({ 'retention-class': '30-days', 'retention-days': '30' });
  expect(seen().recordingTags.get('support/one.wav')).toEqual({
    'retention-class': '30-days',
    'retention-days': '30',
    'call-id': 'call1',
    tags: TAGS.join(' '),
  });
});

test('a redacted call keeps where its outputs are; each is tagged with its retention, and only the redacted one is read', async () => {
  const at = (key: string) => ({ bucket: 'transcripts', key });
  const redacted = {
    transcript: at(OUTPUT_KEY),
    originalTranscript: at('transcribe-output/analytics/verbatim-call1.json'),
    redactedAudio: at('transcribe-output/redacted-analytics/verbatim-call1.wav'),
  };
  const { tag, seen, call } = world({ outcome: { status: 'completed', outputs: redacted } });
  await tag();
  expect(call()?.job?.outputs).toEqual(redacted);
  expect([...seen().outputTags.keys()].toSorted()).toEqual(
    Object.values(redacted)
      .map(({ key }) => key)
      .toSorted(),
  );
});

test.each(['NoSuchKey', 'NoSuchVersion', 'MethodNotAllowed'])(
  'a call whose recording vanished while it was transcribed is tagged all the same: %s',
  async (recordingGone) => {
    const lockedClass = { name: 'locked', keepDays: 30, objectLock: { mode: 'governance', days: 30 } } as const;
    const decides = RetentionConfig.parse({ classes: [lockedClass], defaultClass: 'locked' });
    const { tag, seen, call } = world({ recordingGone, decides });
    expect(await tag()).toEqual({ callId: 'call1', outcome: 'tagged', tags: TAGS });
    expect(call()).toMatchObject({ state: 'tagged', tags: TAGS });
    expect(seen().transcriptTags.get('call1')).toEqual({ 'retention-class': 'locked', 'retention-days': '30' });
    expect(seen().recordingTags.size).toBe(0);
    expect(await tag()).toEqual({ callId: 'call1', outcome: 'already-ended' });
  },
);

test('a recording that may not be locked or tagged is not one that is gone', async () => {
  const { tag, call } = world({ recordingGone: 'AccessDenied' });
  await expect(tag()).rejects.toThrow('it is gone');
  expect(call()?.state).toBe('transcribing');
});

test('a silent call is tagged: the disclosure is missing', async () => {
  const { tag } = world({ output: callAnalyticsDocument() });
  expect(await tag()).toMatchObject({ outcome: 'tagged', tags: ['missing-disclosure'] });
});

test('a job that failed is a failed call with the reason that Transcribe gives', async () => {
  const { tag, call } = world({ outcome: { status: 'failed', reason: 'the media is corrupt' } });
  expect(await tag()).toMatchObject({ outcome: 'failed' });
  expect(call()).toMatchObject({
    state: 'failed',
    stateReason: { code: 'transcription-failed', message: 'the media is corrupt' },
  });
});

test('an event that comes while the job still runs changes nothing', async () => {
  const { tag, seen } = world({ outcome: { status: 'running' } });
  const before = structuredClone(seen());
  expect(await tag()).toMatchObject({ outcome: 'running' });
  expect(seen()).toEqual(before);
});

test('an event that comes twice changes nothing', async () => {
  const { tag, seen } = world();
  await tag();
  const before = structuredClone(seen());
  expect(await tag()).toEqual({ callId: 'call1', outcome: 'already-ended' });
  expect(seen()).toEqual(before);
});

test('a call that was queued although its job ran after all is tagged when the job is done', async () => {
  const { tag, call } = world({ call: transcribingCall('call1', { state: 'queued' }) });
  expect(await tag()).toMatchObject({ outcome: 'tagged' });
  expect(call()).toMatchObject({ state: 'tagged', tags: TAGS });
});

test("an earlier attempt's event says nothing of the present one", async () => {
  const job = { kind: 'call-analytics', name: 'verbatim-call1-2', agentChannel: 0 } as const;
  const { tag, call } = world({ call: transcribingCall('call1', { job, attempt: 2 }) });
  expect(await tag('verbatim-call1')).toMatchObject({ outcome: 'already-ended' });
  expect(call()?.state).toBe('transcribing');
  expect(await tag('verbatim-call1-2')).toMatchObject({ outcome: 'tagged' });
});

test.each(['verbatim-call2', 'payroll-call1', 'verbatim-'])(
  'an event of a job that is of no call (%s) fails: it is tried again, and kept',
  async (jobName) => {
    await expect(world().tag(jobName)).rejects.toThrow(jobName);
  },
);

test.each([
  ['truncated', conversation.slice(0, 200)],
  ['of no known shape', '{"something":"This call may be recorded."}'],
])('an output that is %s is a failed call that says so, without its words', async (_how, output) => {
  const { tag, call, seen } = world({ output });
  expect(await tag()).toMatchObject({ outcome: 'failed' });
  expect(call()?.stateReason?.code).toBe('unreadable-transcript');
  expect(call()?.stateReason?.message).not.toContain('recorded');
  // What Transcribe wrote is still there: it has to go when the call goes.
  expect(seen().outputTags.get(OUTPUT_KEY)).toEqual({ 'retention-class': '30-days' });
});

describe('how long a call is kept', () => {
  const byTag = (tag: string, retentionClass: string, defaultClass: string) =>
    RetentionConfig.parse({ defaultClass, rules: [{ name: 'by tag', tags: [tag], retentionClass }] });
  const startedAt = '2026-10-14T09:00:00.000Z';
  const kept = (decides: RetentionConfig) => decideRetention({ source: 'support', countedFrom: startedAt }, decides);
  const received = (decides: RetentionConfig) => transcribingCall('call1', { retention: kept(decides) });
  const longer = byTag('credit-offered', '5-years', '30-days');
  const shorter = byTag('cancellation', '30-days', '5-years');

  test.each([
    ['longer', longer, { 'retention-class': '5-years', 'retention-days': '1826' }, '2031-10-14T09:00:00.000Z'],
    ['shorter', shorter, { 'retention-class': '30-days', 'retention-days': '30' }, '2026-11-13T09:00:00.000Z'],
  ])('is decided by its tags once it has them, %s, and every copy says so', async (_how, decides, tags, dueAt) => {
    const { tag, seen, call } = world({ call: received(decides), decides });
    await tag();
    expect(call()).toMatchObject({ dueAt, retention: { rule: 'by tag', expiresAt: dueAt } });
    expect(seen().recordingTags.get('support/one.wav')).toMatchObject(tags);
    expect(seen().outputTags.get(OUTPUT_KEY)).toEqual(tags);
    expect(seen().transcriptTags.get('call1')).toEqual(tags);
  });

  test('does not count on lifecycle while it is held', async () => {
    const { tag, seen } = world({ call: { ...received(longer), holds: ['hold1'] }, decides: longer });
    await tag();
    expect(seen().outputTags.get(OUTPUT_KEY)).toEqual({ 'legal-hold': 'on' });
    expect(seen().recordingTags.get('support/one.wav')).not.toHaveProperty('retention-days');
  });

  test.each([
    ['longer', longer],
    ['shorter', shorter],
  ])('is at no step %s by the tags of an object than by the call', async (_how, decides) => {
    for (const when of ['before', 'after'] as const) {
      for (let step = 1; ; step++) {
        const { tag, seen, call } = world({ call: received(decides), decides });
        const ended = await tag('verbatim-call1', crashAt(step, when).crashing).catch(() => undefined);
        const { countedFrom = '', expiresAt = '' } = call()?.retention ?? {};
        const days = (Date.parse(expiresAt) - Date.parse(countedFrom)) / 86_400_000;
        const { recordingTags, outputTags, transcriptTags } = seen();
        for (const tags of [recordingTags, outputTags, transcriptTags].flatMap((one) => [...one.values()])) {
          expect(Number(tags['retention-days']), `a crash ${when} step ${step}`).toBeGreaterThanOrEqual(days);
        }
        if (ended) break;
      }
    }
  });
});

describe.each(['before', 'after'] as const)('a crash %s any step', (when) => {
  test.each<[string, Given]>([
    ['of a job that is done', {}],
    ['of a job that failed', { outcome: { status: 'failed', reason: 'no' } }],
    ['of an output that cannot be read', { output: '{' }],
    [
      'of a call that is kept shorter by its tags',
      {
        decides: RetentionConfig.parse({
          rules: [{ name: 'by tag', tags: ['cancellation'], retentionClass: '30-days' }],
        }),
        call: transcribingCall('call1', {
          retention: { retentionClass: '1-year', rule: 'default', expiresAt: '2027-10-14T09:00:00.000Z' },
        }),
      },
    ],
  ])('%s ends as if there had been none', async (_what, given) => {
    const unbroken = world(given);
    await unbroken.tag();
    for (let step = 1; ; step++) {
      const broken = world(given);
      const { crashing, redeliver } = crashAt(step, when);
      const crashed = await redeliver(() => broken.tag('verbatim-call1', crashing));
      expect(broken.seen(), `a crash at step ${step}`).toEqual(unbroken.seen());
      if (!crashed) {
        expect(step).toBeGreaterThan(2);
        break;
      }
    }
  });
});
