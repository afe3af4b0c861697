import { beforeAll, describe, expect, inject, it } from 'vitest';
import type { CallWithMoments, Review } from '../../client/verbatim-client.ts';
import { custodyStore, type Recording } from '../../lambdas/calls/calls.ts';
import { cliAs, dynamodb, qualityOf, sampleAudio, settled, upload, verbatim } from './stack.ts';

const AGENT = 'agent-quality';
const CUSTOMER = 'customer-quality';
const TEAM = 'billing';
const lead = { role: 'supervisor', person: 'quinn@example.com', teams: ['quality-leads'] } as const;
const sue = { role: 'supervisor', person: 'sue@example.com', teams: [TEAM] } as const;
const rita = { role: 'reviewer', person: 'rita@example.com', teams: [TEAM] } as const;
const tina = { role: 'trainer', person: 'tina@example.com', teams: [TEAM] } as const;
const lee = { role: 'agent', person: 'lee@example.com' } as const;
const sid = { role: 'supervisor', person: 'sid@example.com', teams: ['sales'] } as const;

const patience = { timeout: 60_000, interval: 300 };
const kindsOf = async (callId: string) =>
  (await custodyStore(dynamodb, inject('outputs').table).all(callId)).map(({ kind }) => kind);

let recordings: Recording[];
let promised: CallWithMoments;
let missed: CallWithMoments;

beforeAll(async () => {
  const files = { 'credit-over-policy.mp3': '2026-03-10T10:00:00Z', 'disclosure-missed.mp3': '2026-03-12T10:00:00Z' };
  recordings = await Promise.all(
    Object.entries(files).map(async ([file, startedAt]) =>
      upload(`support/quality/${file}`, await sampleAudio(file), {
        ...{ 'agent-id': AGENT, 'customer-id': CUSTOMER, 'started-at': startedAt },
      }),
    ),
  );
  const [first, second] = await Promise.all(recordings.map(settled));
  if (!first || !second) throw new Error('there are no calls');
  [promised, missed] = [first, second];
}, 240_000);

describe('a call that was tagged', () => {
  it('is scored, and each point is told with where in the call it comes from', async () => {
    const scored = async () => (await qualityOf(lead).callScores(promised.callId)).map(({ scorecard }) => scorecard);
    await expect.poll(scored, patience).toEqual(['service']);
    const [score] = await qualityOf(lead).callScores(promised.callId);
    const offer = promised.moments.find(({ tag }) => tag === 'credit-over-policy');
    expect(score?.answers['credit-within-policy']).toMatchObject({
      answer: 'no',
      moments: [{ tag: 'credit-over-policy', startMs: offer?.startMs, endMs: offer?.endMs }],
    });
    expect(score?.score.sections.find(({ sectionId }) => sectionId === 'policy')).toMatchObject({
      ...{ points: 0, failedBy: ['credit-within-policy'] },
    });
  });

  it('is nobody’s to see without a token, nor the agent’s team’s until a supervisor says which that is', async () => {
    const anonymous = qualityOf({ ...rita, person: '' });
    await expect(anonymous.me()).rejects.toMatchObject({ status: 401 });
    await expect(qualityOf(rita).callScores(promised.callId)).rejects.toMatchObject({ status: 403 });
    await cliAs(sue, 'agent', 'set', AGENT, '--team', TEAM, '--person', lee.person, '--name', 'Lee');
    expect(await cliAs(sue, 'roster')).toContain(lee.person);
    expect(await qualityOf(rita).callScores(promised.callId)).toHaveLength(1);
    expect(await qualityOf(lee).me()).toMatchObject({ agentId: AGENT });
  });
});

describe('who may', () => {
  it('reads and hears what is theirs, redacted and without the customer, and custody tells it', async () => {
    for (const asker of [rita, sue, tina, lee]) {
      const call = await qualityOf(asker).call(promised.callId);
      expect(JSON.stringify(call)).not.toContain(CUSTOMER);
      expect((await qualityOf(asker).transcript(promised.callId)).turns.length).toBeGreaterThan(3);
    }
    const { url } = await qualityOf(lee).audio(promised.callId);
    expect((await fetch(url)).status).toBe(200);
    expect(await kindsOf(promised.callId)).toContain('audio-handed-out');
    await expect(qualityOf(sid).call(promised.callId)).rejects.toMatchObject({ status: 403 });
    const other = { role: 'agent', person: 'kim@example.com', teams: [TEAM] } as const;
    await expect(qualityOf(other).call(promised.callId)).rejects.toMatchObject({ status: 403 });
  });

  it('is refused by the URL of each role what is not for that role', async () => {
    const { callId } = promised;
    const clip = { startMs: 0, endMs: 1000, title: 't', example: 'good', why: 'w', topics: ['t'] } as const;
    const refused = [
      qualityOf(rita).rescore({ from: '2026-03-01T00:00:00Z', to: '2026-03-02T00:00:00Z' }),
      qualityOf(rita).teamMonth(TEAM, '2026-03'),
      qualityOf(tina).beginReview(callId, { scorecard: 'service' }),
      qualityOf(tina).reviewsOfCall(callId),
      qualityOf(lee).beginReview(callId, { scorecard: 'service' }),
      qualityOf(lee).makeClip(callId, { ...clip, topics: [...clip.topics] }),
      qualityOf(sue).acknowledgeReview({ callId, reviewId: 'r', version: 1 }),
    ];
    const answers = await Promise.allSettled<unknown>(refused);
    expect(answers).toEqual(
      answers.map(() => ({ status: 'rejected', reason: expect.objectContaining({ status: 403 }) })),
    );
  });
});

/** What a person hears, of the starter scorecard: the rest is answered by itself. */
const heard = { listening: { answer: 5 }, solved: { answer: 'solved' } };

describe('a review', () => {
  let review: Review;

  it('is drawn by the plan, and taken, answered and submitted by a reviewer', async () => {
    const { callId } = promised;
    const would = await qualityOf(sue).sample('monthly', '2026-03', AGENT);
    await cliAs(sue, 'plan', 'draw', 'monthly', '2026-03', '--team', TEAM);
    const drawn = async () => {
      const [of] = await Array.fromAsync(qualityOf(sue).draws('monthly', '2026-03', { team: TEAM }));
      return of?.draw?.calls.map((one) => one.callId).toSorted();
    };
    await expect.poll(drawn, patience).toEqual([promised.callId, missed.callId].toSorted());
    expect(would.toDraw.map((one) => one.callId).toSorted()).toEqual(await drawn());
    const waiting = await Array.fromAsync(qualityOf(rita).reviews({ team: TEAM }));
    expect(waiting).toMatchObject([{ state: 'waiting', team: TEAM }, { plan: 'monthly' }]);
    const [seen] = await qualityOf(rita).reviewsOfCall(callId);
    if (!seen) throw new Error('there is no review');
    review = await qualityOf(rita).takeReview(seen);
    expect(review).toMatchObject({ state: 'draft', reviewer: rita.person, agentId: AGENT, team: TEAM });
    await expect(qualityOf(lee).review(callId, review.reviewId)).rejects.toMatchObject({ status: 404 });
    const unanswered = qualityOf(rita).submitReview(review);
    await expect(unanswered).rejects.toMatchObject({ status: 409, detail: expect.stringContaining('listening') });
    const prefilled = Object.fromEntries(
      Object.entries(review.answers).map(([id, { automatic: _, ...given }]) => [id, given]),
    );
    const policy = prefilled['credit-within-policy'];
    const answers = {
      ...{ ...prefilled, ...heard },
      'credit-within-policy': { ...policy, answer: 'no', comment: 'forty dollars, where twenty-five is the limit' },
    };
    const before = review;
    review = await qualityOf(rita).answerReview(review, answers);
    await expect(qualityOf(rita).submitReview(before)).rejects.toMatchObject({ status: 412 });
    review = await qualityOf(rita).submitReview(review);
    expect(review).toMatchObject({ state: 'submitted', score: { percent: expect.any(Number) } });
  });

  it('is appealed against by the agent, and decided by a supervisor, who scores anew', async () => {
    const { callId, reviewId } = review;
    const appealed = await cliAs(
      ...([lee, 'review', 'appeal', callId, reviewId] as const),
      ...['--reason', 'my supervisor had allowed it', '--criterion', 'credit-within-policy'],
    );
    expect(appealed).toContain('appealed since');
    await expect(qualityOf(lee).acknowledgeReview(await qualityOf(lee).review(callId, reviewId))).rejects.toMatchObject(
      {
        status: 409,
      },
    );
    const seen = await qualityOf(sue).review(callId, reviewId);
    const decided = await qualityOf(sue).decideAppeal(seen, {
      ...{ outcome: 'upheld', reason: 'it was allowed, in writing' },
      answers: {
        'credit-within-policy': { answer: 'yes', overruledBecause: 'a supervisor had allowed it' },
      },
    });
    expect(decided.state).toBe('decided');
    expect(decided.score?.percent ?? 0).toBeGreaterThan(review.score?.percent ?? 100);
    expect(await kindsOf(callId)).toEqual(
      expect.arrayContaining(['review-submitted', 'review-appealed', 'review-decided']),
    );
    const [row] = await Array.fromAsync(qualityOf(lee).reviewsOfAgent(AGENT));
    expect(row).toMatchObject({ callId, reviewId, percent: decided.score?.percent, state: 'decided' });
  });
});

describe('coaching', () => {
  it('gathers notes into a session, and says how sure progress is', async () => {
    const { callId } = promised;
    const note = ['--at', '0:01', '--until', '0:05', '--criterion', 'listening', '--text', 'well asked'];
    await cliAs(sue, 'note', callId, ...note);
    const session = await qualityOf(sue).openSession(AGENT, {
      ...{ heldAt: '2026-03-20T10:00:00Z', goals: [{ text: 'ask before offering', criterionId: 'listening' }] },
    });
    expect(session.notes).toMatchObject([{ callId, text: 'well asked', gone: false }]);
    expect(await qualityOf(lee).notesOfCall(callId)).toMatchObject([{ text: 'well asked' }]);
    const { lines } = await qualityOf(sue).progress(AGENT, {
      ...{ from: '2026-03-01T00:00:00Z', to: '2026-04-01T00:00:00Z' },
    });
    const whole = lines.find(({ by, criterionId }) => by === 'automatic' && criterionId === undefined)?.whole;
    expect(whole).toMatchObject({ n: 2, enough: false, lacks: expect.any(String) });
  });

  it('and a team’s month, one request, tell each agent’s scores', async () => {
    const month = await qualityOf(sue).teamMonth(TEAM, '2026-03');
    expect(month.agents).toMatchObject([{ agentId: AGENT, sessionsHeld: 1, reviews: { submitted: 1, waiting: 1 } }]);
    expect(await cliAs(sue, 'team', TEAM, '2026-03')).toContain('of 2)');
    await expect(qualityOf(sid).teamMonth(TEAM, '2026-03')).rejects.toMatchObject({ status: 403 });
  });
});

describe('calibration', () => {
  it('lets nobody see another’s answers until it is closed', async () => {
    const { callId } = missed;
    const { calibrationId } = await qualityOf(sue).openCalibration({
      ...{ scorecard: 'service', callIds: [callId], reviewers: [rita.person, sue.person] },
      dueAt: '2027-01-01T00:00:00Z',
    });
    const automatic = (await qualityOf(rita).callScores(callId))[0]?.answers ?? {};
    const answers = {
      ...Object.fromEntries(Object.entries(automatic).map(([id, { answer }]) => [id, answer])),
      ...{ listening: 4, solved: 'solved' },
    };
    await qualityOf(rita).answerCalibration({ calibrationId, callId }, answers);
    await qualityOf(sue).answerCalibration({ calibrationId, callId }, { ...answers, listening: 2 });
    const seen = await qualityOf(rita).calibration(calibrationId);
    expect(seen.entries.map(({ reviewer }) => reviewer)).toEqual([rita.person]);
    await expect(qualityOf(rita).agreement(calibrationId)).rejects.toMatchObject({ status: 409 });
    await qualityOf(sue).closeCalibration(await qualityOf(sue).calibration(calibrationId));
    const { criteria, reviewers } = await qualityOf(rita).agreement(calibrationId);
    expect(criteria[0]).toMatchObject({ criterionId: 'listening', agreement: { mean: 0 } });
    expect(reviewers).toHaveLength(2);
  });
});

let openings: string;
const statesOf = async (playlistId: string) =>
  (await qualityOf(lee).playlist(playlistId)).played.map(({ state }) => state);

describe('the training library', () => {
  it('has clips that are heard by themselves, and found by their topic', async () => {
    const { callId } = missed;
    const made = await qualityOf(tina).makeClip(callId, {
      ...{ startMs: 1000, endMs: 5000, title: 'A start without the notice', example: 'bad', why: 'it is missing' },
      ...{ topics: ['disclosure'], audience: 'team' },
    });
    const link = await qualityOf(lee).clipAudio(callId, made.clipId);
    expect(link).toMatchObject({ durationMs: 4000 });
    expect((await fetch(link.url)).status).toBe(200);
    expect(await cliAs(tina, 'clips', '--topic', 'disclosure')).toContain(made.title);
    const { playlistId } = await qualityOf(tina).makePlaylist({
      ...{ title: 'Openings', team: TEAM, entries: [{ callId, clipId: made.clipId }] },
    });
    expect(await statesOf(playlistId)).toEqual(['there']);
    openings = playlistId;
  });
});

describe('the deletion of calls', () => {
  it('takes all that was said and written of them, and leaves the scores of their agent, without a word', async () => {
    await verbatim.eraseCustomer(CUSTOMER, { reason: 'asked for' });
    const gone = async () =>
      Promise.all(
        [promised, missed].map(({ callId }) =>
          verbatim.call(callId).then(
            () => 'there',
            ({ status }: { status?: number }) => status,
          ),
        ),
      );
    await expect.poll(gone, patience).toEqual([404, 404]);
    for (const { callId } of [promised, missed]) {
      await expect(qualityOf(lead).reviewsOfCall(callId)).rejects.toMatchObject({ status: 404 });
      await expect.poll(async () => (await verbatim.receipt(callId)).deletedAt, patience).toBeDefined();
    }
    const kindsOfCopies = async ({ callId }: CallWithMoments) =>
      new Set((await verbatim.receipt(callId)).copies.map(({ kind }) => kind));
    expect([...(await kindsOfCopies(promised))]).toEqual(
      expect.arrayContaining(['scores', 'reviews', 'coaching-notes']),
    );
    expect([...(await kindsOfCopies(missed))]).toEqual(expect.arrayContaining(['scores', 'clips', 'clip-audio']));
    const rows = await Array.fromAsync(qualityOf(sue).reviewsOfAgent(AGENT));
    expect(rows).toMatchObject([{ callId: promised.callId, percent: expect.any(Number) }]);
    expect(JSON.stringify(rows)).not.toMatch(/forty dollars|in writing/);
    const notes = await Array.fromAsync(qualityOf(sue).notesOfAgent(AGENT));
    expect(notes).toMatchObject([{ gone: true }]);
    expect(await Array.fromAsync(qualityOf(tina).clips({ topic: 'disclosure' }))).toEqual([]);
    expect(await statesOf(openings)).toEqual(['gone']);
  });
});
