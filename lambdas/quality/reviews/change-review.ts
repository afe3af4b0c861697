import type { z } from 'zod';
import { type CustodyKind, type CustodyStore, sha256OfContent, type TransactItem } from '../../calls/calls.ts';
import { type Clock, DAY_MS, iso, plusMs } from '../../platform/clock.ts';
import { isAwsError, VerbatimError } from '../../platform/errors.ts';
import { type Asker, checkNotOwn } from '../access.ts';
import type { QualityChoices, QualityNeeds } from '../quality-needs.ts';
import type { RosterStore } from '../roster-store.ts';
import { type AgentScoreStore, agentScoreOf } from '../scoring/agent-score-store.ts';
import type { AgentScore } from '../scoring/agent-scores.ts';
import { automaticAnswers } from '../scoring/automatic-answers.ts';
import { callFacts, callStartOf } from '../scoring/call-facts.ts';
import { callNumbers } from '../scoring/call-numbers.ts';
import { scoreAnswers } from '../scoring/score-answers.ts';
import type { Scorecard } from '../scoring/scorecard.ts';
import type { ScorecardStore } from '../scoring/scorecard-store.ts';
import type { CallOfAgent } from '../seen-call.ts';
import { type AppealDecision, Review, type ReviewComment } from './review.ts';
import {
  type AskedAnswer,
  answersAfter,
  automaticPart,
  checkComplete,
  correctedAnswers,
  plainAnswers,
  prefilled,
  rangeProblem,
} from './review-answers.ts';
import type { ReviewStore, StoredVersion } from './review-store.ts';
import { isSeenByAgent, type ReviewAction, stateAfter, toldAs } from './review-transitions.ts';

/** What changing reviews needs. */
export interface ChangeNeeds extends Pick<QualityNeeds, 'calls' | 'transcripts'> {
  readonly reviews: ReviewStore;
  readonly roster: Pick<RosterStore, 'get' | 'agentOf'>;
  readonly scorecards: Pick<ScorecardStore, 'get'>;
  /** Keeps a scorecard under its version, and tells the one that holds for it. */
  readonly register: ScorecardStore['register'];
  readonly agentScores: Pick<AgentScoreStore, 'get' | 'changes'>;
  readonly custody: Pick<CustodyStore, 'append'>;
  readonly quality: Pick<QualityChoices, 'scorecards' | 'dueDays' | 'appealDays'>;
  readonly clock: Clock;
}

/** A change of a review that is asked for, by somebody who sees the call. */
export interface AskedChange {
  readonly call: CallOfAgent;
  readonly reviewId: string;
  /** The version that whoever asks has seen. */
  readonly version: number;
  readonly asker: Asker;
  /** Names the request, and the same whenever it is made again. */
  readonly changeId: string;
}

/** So many comments has a review at the most. */
const MAX_COMMENTS = 200;

/**
 * So large may a review be: DynamoDB takes items of 400 KB. And so large by answers and comments: whatever was written, there is room
 * for an appeal and for its decision. Source: DynamoDB Developer Guide, Quotas.
 */
const MAX_REVIEW_BYTES = 300_000;
const MAX_WRITTEN_BYTES = 250_000;

const gone = (callId: string) => new VerbatimError('not-found', `the call ${callId} is being deleted`);

const changed = (reviewId: string) =>
  new VerbatimError('precondition-failed', `the review ${reviewId} has changed: read it again`);

/**
 * A review, as far as whoever asks may see it: agents see their own, from the submission on.
 *
 * @throws {VerbatimError} not-found
 */
export async function seenReview(
  { callId }: Pick<CallOfAgent, 'callId'>,
  reviewId: string,
  asker: Asker,
  { reviews }: Pick<ChangeNeeds, 'reviews'>,
): Promise<Review> {
  const review = await reviews.get(callId, reviewId);
  if (review && isSeen(review, asker)) return review;
  throw new VerbatimError('not-found', `the call ${callId} has no review ${reviewId}`);
}

/** Whether a review is such as whoever asks may see: whoever is its agent sees no draft of it, by none of the URLs. */
export const isSeen = ({ agentId, state }: Pick<Review, 'agentId' | 'state'>, asker: Asker): boolean =>
  asker.agentId === agentId ? isSeenByAgent(state) : asker.role !== 'agent';

/** A review that is asked to be begun by hand. */
export interface AskedReview extends Pick<AskedChange, 'call' | 'asker'> {
  /** The same whenever the same request is made again. */
  readonly reviewId: string;
  /** The name of one of the scorecards of the config. */
  readonly scorecard: string;
}

/**
 * Begins a review by hand: it is a draft of whoever asks.
 *
 * @throws {VerbatimError} bad-request, where there is no such scorecard; forbidden, where the call is their own; conflict, where the
 *   call is reviewed by that scorecard already, or the id is that of another request; not-found, where the call is gone
 */
export async function beginReview(
  { call, asker, reviewId, scorecard: name }: AskedReview,
  needs: ChangeNeeds,
): Promise<Review> {
  const { callId, agentId } = call;
  const { reviews, quality } = needs;
  checkNotOwn(asker, agentId, 'review it');
  const configured = quality.scorecards.find((one) => one.name === name);
  if (!configured) {
    const names = quality.scorecards.map((one) => one.name).join(', ') || 'none';
    throw new VerbatimError(
      'bad-request',
      `scorecard: there is no scorecard "${name}"; those of the config are: ${names}`,
    );
  }
  const scorecard = await needs.register(configured);
  const at = iso(needs.clock());
  const answers = await automaticOf(call, scorecard, needs);
  const review = Review.parse({
    ...{ reviewId, callId, agentId, callStartedAt: callStartOf(call), team: await teamOf(agentId, needs) },
    ...{ scorecard: scorecard.name, scorecardVersion: scorecard.version, state: 'draft', stateSince: at },
    ...{ dueAt: plusMs(at, quality.dueDays * DAY_MS), reviewer: asker.person, answers, comments: [], version: 1 },
    score: scoreAnswers(scorecard, plainAnswers(answers)),
  });
  const contentSha256 = sha256OfContent(['begin', name, asker.person]);
  const made: StoredVersion = {
    version: 1,
    at,
    by: asker.person,
    what: 'begun',
    review,
    changeId: reviewId,
    contentSha256,
  };
  if ((await reviews.write(callId, reviews.createItems(review, made))) === 'done') return review;
  const first = await reviews.version(callId, reviewId, 1);
  if (first?.contentSha256 === contentSha256) return seenReview(call, reviewId, asker, needs);
  if (first)
    throw new VerbatimError('conflict', `Idempotency-Key: it is that of the review ${reviewId}, which is another one`);
  const other = await reviews.byScorecard(callId, name);
  if (!other) throw gone(callId);
  throw new VerbatimError(
    'conflict',
    `the call ${callId} is reviewed by "${name}" already: the review ${other.reviewId} is ${other.state}`,
  );
}

/** Takes a review that waits: it is a draft of whoever asks, and begins with what is answered by itself. */
export const takeReview = (asked: AskedChange, needs: ChangeNeeds): Promise<Review> =>
  change(asked, 'take', {}, needs, async ({ review, scorecard }) => {
    const { call, asker } = asked;
    checkNotOwn(asker, review.agentId, 'review it');
    return { reviewer: asker.person, answers: await automaticOf(call, scorecard, needs) };
  });

/**
 * Assigns a review to a person, who begins anew: what somebody else answered and commented in its draft is left to its versions.
 *
 * @throws {VerbatimError} as every change; bad-request, where the person is the agent of the call
 */
export const assignReview = (asked: AskedChange, person: string, needs: ChangeNeeds): Promise<Review> =>
  change(asked, 'assign', { person }, needs, async ({ review, scorecard }) => {
    const { call, asker } = asked;
    checkNotOwn(asker, review.agentId, 'say who reviews it');
    if ((await needs.roster.agentOf(person)) === review.agentId)
      throw new VerbatimError('bad-request', `person: ${person} is the agent of the call, and cannot review it`);
    if (review.reviewer === person) return {};
    return { reviewer: person, comments: [], answers: await automaticOf(call, scorecard, needs) };
  });

/** Gives a draft back: it waits for anybody, who begins anew. It is its reviewer's to give back, or a supervisor's. */
export const releaseReview = (asked: AskedChange, needs: ChangeNeeds): Promise<Review> =>
  change(asked, 'release', {}, needs, async ({ review }) => {
    if (asked.asker.role !== 'supervisor') checkReviewer(review, asked.asker);
    return { reviewer: undefined, comments: [], answers: automaticPart(review.answers) };
  });

/** Puts a reviewer's answers in the place of those that they gave before; the score is that of what is answered. */
export const answerReview = (
  asked: AskedChange,
  answers: Readonly<Record<string, AskedAnswer>>,
  needs: ChangeNeeds,
): Promise<Review> =>
  change(asked, 'answer', { answers }, needs, async ({ review, scorecard }) => {
    checkReviewer(review, asked.asker);
    return { answers: answersAfter(scorecard, review.answers, answers, asked.call.durationMs) };
  });

/** A comment that is asked to be added. */
export type AskedComment = Pick<ReviewComment, 'criterionId' | 'startMs' | 'endMs' | 'text'>;

/**
 * Adds a comment on a place of the call: to a draft its reviewer does, after it was submitted the agent and whoever reviews or
 * supervises, until it is over.
 */
export const commentReview = (asked: AskedChange, comment: AskedComment, needs: ChangeNeeds): Promise<Review> =>
  change(asked, 'comment', { comment }, needs, async ({ review, scorecard, at }) => {
    const { asker, call, changeId } = asked;
    if (review.state === 'draft') checkReviewer(review, asker);
    else if (asker.role !== 'agent') checkNotOwn(asker, review.agentId, 'comment on it as a reviewer');
    if (comment.criterionId !== undefined) checkCriteria('criterionId', [comment.criterionId], scorecard);
    const problem = rangeProblem(comment, call.durationMs);
    if (problem !== undefined) throw new VerbatimError('bad-request', problem);
    if (review.comments.length >= MAX_COMMENTS)
      throw new VerbatimError('conflict', `a review has ${MAX_COMMENTS} comments at the most`);
    return { comments: [...review.comments, { ...comment, commentId: changeId, person: asker.person, at }] };
  });

/**
 * Submits a draft: the agent sees it from then on, and may appeal for some days. Its score counts for their progress.
 *
 * @throws {VerbatimError} as every change; conflict, where an answer or a comment is missing, naming each
 */
export const submitReview = (asked: AskedChange, needs: ChangeNeeds): Promise<Review> =>
  change(asked, 'submit', {}, needs, async ({ review, scorecard, at }) => {
    checkReviewer(review, asked.asker);
    checkComplete('conflict', scorecard, review.answers);
    return { dueAt: appealDue(at, needs) };
  });

/** The agent has seen a review, and lets it stand: it is over. */
export const acknowledgeReview = (asked: AskedChange, needs: ChangeNeeds): Promise<Review> =>
  change(asked, 'acknowledge', {}, needs, async () => ({}));

/** An appeal that is asked for. */
export interface AskedAppeal {
  readonly reason: string;
  /** @default the whole review */
  readonly criterionIds?: readonly string[] | undefined;
}

/**
 * The agent appeals against a review, as long as they may.
 *
 * @throws {VerbatimError} as every change; conflict, where that time is over
 */
export const appealReview = (asked: AskedChange, { reason, criterionIds = [] }: AskedAppeal, needs: ChangeNeeds) =>
  change(asked, 'appeal', { reason, criterionIds }, needs, async ({ review, scorecard, at }) => {
    if (review.dueAt <= at)
      throw new VerbatimError('conflict', `the review ${review.reviewId} could be appealed until ${review.dueAt}`);
    checkCriteria('criterionIds', criterionIds, scorecard);
    const appeal = { reason, criterionIds: [...criterionIds], person: asked.asker.person, at };
    return { appeal, dueAt: appealDue(at, needs) };
  });

/** A decision that is asked for. */
export interface AskedDecision extends Pick<AppealDecision, 'outcome' | 'reason'> {
  /** What is corrected; the other answers stay. @default nothing */
  readonly answers?: Readonly<Record<string, AskedAnswer>> | undefined;
}

/**
 * Decides an appeal. Neither who reviewed nor who appealed decides. Answers that are corrected are scored anew.
 *
 * @throws {VerbatimError} as every change; bad-request, where the appeal is rejected and answers are corrected, or a correction cannot
 *   be; forbidden, where whoever asks has reviewed, has appealed, or is the agent
 */
export const decideReview = (
  asked: AskedChange,
  { outcome, reason, answers = {} }: AskedDecision,
  needs: ChangeNeeds,
) =>
  change(asked, 'decide', { outcome, reason, answers }, needs, async ({ review, scorecard, at }) => {
    const { asker, call } = asked;
    checkNotOwn(asker, review.agentId, 'decide on it');
    if (asker.person === review.reviewer)
      throw new VerbatimError('forbidden', 'you reviewed it: another supervisor decides on the appeal');
    // The roster may say by now that they are nobody's agent.
    if (asker.person === review.appeal?.person)
      throw new VerbatimError('forbidden', 'you appealed: another supervisor decides on it');
    if (outcome === 'rejected' && Object.keys(answers).length > 0)
      throw new VerbatimError('bad-request', 'answers: an appeal that is rejected corrects nothing: leave them out');
    return {
      decision: { outcome, reason, person: asker.person, at },
      answers: correctedAnswers(scorecard, review.answers, answers, call.durationMs),
    };
  });

const appealDue = (at: string, { quality }: Pick<ChangeNeeds, 'quality'>) => plusMs(at, quality.appealDays * DAY_MS);

/** What of a review a change puts in place. */
type Changes = Partial<Pick<Review, 'answers' | 'comments' | 'dueAt' | 'appeal' | 'decision'>> & {
  readonly reviewer?: string | undefined;
};

interface Met {
  readonly review: Review;
  readonly scorecard: Scorecard;
  readonly at: string;
}

const custodyKind: Partial<Record<ReviewAction, z.infer<typeof CustodyKind>>> = {
  submit: 'review-submitted',
  acknowledge: 'review-acknowledged',
  appeal: 'review-appealed',
  decide: 'review-decided',
};

/**
 * Changes a review as it was seen: the review, its version, what it counts for its agent, and its act in the custody of the call are
 * one transaction. A request that is made again with its key is answered with what came of it.
 *
 * @throws {VerbatimError} not-found, where it is not there or the call is gone; precondition-failed, where it changed since it was seen;
 *   conflict, where that cannot be in its state, or the key is that of another request
 */
async function change(
  asked: AskedChange,
  action: ReviewAction,
  content: object,
  needs: ChangeNeeds,
  make: (met: Met) => Promise<Changes>,
): Promise<Review> {
  const { call, reviewId, asker, changeId, version } = asked;
  const { callId } = call;
  const { reviews } = needs;
  const contentSha256 = sha256OfContent([action, asker.person, content]);
  const review = await seenReview(call, reviewId, asker, needs);
  if (review.version !== version) {
    const made = await reviews.version(callId, reviewId, version + 1);
    if (made?.changeId !== changeId) throw changed(reviewId);
    if (made.contentSha256 === contentSha256) return review;
    throw new VerbatimError('conflict', `Idempotency-Key: it is that of another change of the review ${reviewId}`);
  }
  const state = stateAfter(review, action);
  const scorecard = await scorecardOf(review, needs);
  const at = iso(needs.clock());
  const changes = await make({ review, scorecard, at });
  const answers = changes.answers ?? review.answers;
  const after = Review.parse({
    ...{ ...review, ...changes, state, version: version + 1, team: await teamOf(review.agentId, needs) },
    stateSince: state === review.state ? review.stateSince : at,
    score: changes.answers ? scoreAnswers(scorecard, plainAnswers(answers)) : review.score,
  });
  const maxBytes = action === 'answer' || action === 'comment' ? MAX_WRITTEN_BYTES : MAX_REVIEW_BYTES;
  if (Buffer.byteLength(JSON.stringify(after)) > maxBytes)
    throw new VerbatimError('too-large', `the review ${reviewId} would be larger than ${maxBytes} bytes: write less`);
  const made: StoredVersion = {
    ...{ version: after.version, at, by: asker.person, what: toldAs[action], review: after, changeId, contentSha256 },
  };
  const counted = await scoreItems(asked, action, made, scorecard, needs);
  const items = [...reviews.changeItems(review, made), ...counted];
  const kind = custodyKind[action];
  const isWritten = kind
    ? await noted(kind, after, at, items, asked, needs)
    : (await reviews.write(callId, items)) === 'done';
  if (isWritten) return after;
  const now = await reviews.get(callId, reviewId);
  throw now && now.version !== version ? changed(reviewId) : gone(callId);
}

/** Writes items together with an act in the custody of the call; false where the call is gone, or the review has changed. */
async function noted(
  kind: z.infer<typeof CustodyKind>,
  { callId, reviewId, scorecard, version, decision }: Review,
  at: string,
  items: readonly TransactItem[],
  { asker: { who }, changeId }: AskedChange,
  { custody, reviews }: Pick<ChangeNeeds, 'custody' | 'reviews'>,
): Promise<boolean> {
  const details = { reviewId, scorecard, version, ...(decision && { outcome: decision.outcome }) };
  const act = { kind, at, by: who.by, person: who.person, details, actId: `${kind} ${reviewId} ${changeId}` };
  try {
    return (await custody.append(callId, act, items)) !== undefined;
  } catch (error) {
    const isChanged = (await reviews.get(callId, reviewId))?.version !== version - 1;
    if (isChanged && isAwsError(error, 'TransactionCanceledException')) return false;
    throw error;
  }
}

/** What a review counts for its agent's progress once it is submitted: numbers, and no word. */
async function scoreItems(
  { call }: AskedChange,
  action: ReviewAction,
  { review, at }: StoredVersion,
  scorecard: Scorecard,
  needs: Pick<ChangeNeeds, 'agentScores' | 'transcripts'>,
): Promise<TransactItem[]> {
  const { agentId, callId, callStartedAt, reviewId, reviewer, state, score } = review;
  if (!isSeenByAgent(state) || !score) return [];
  const key = { by: 'review', scorecard: review.scorecard, callStartedAt, callId, reviewId } as const;
  const before = await needs.agentScores.get(agentId, key);
  // What was deleted since, as its time was over, does not come back.
  if (!before && action !== 'submit') return [];
  const after: AgentScore = agentScoreOf(scorecard, score, {
    ...{ agentId, callId, callStartedAt, reviewId, reviewer, state, by: 'review' },
    scoredAt: before && action !== 'decide' ? before.scoredAt : at,
    facts: before?.facts ?? callFacts(call, await numbersOf(call, needs)),
  });
  return needs.agentScores.changes(before, after);
}

const numbersOf = async ({ callId, durationMs }: CallOfAgent, { transcripts }: Pick<ChangeNeeds, 'transcripts'>) => {
  const transcript = await transcripts.get(callId);
  return transcript ? callNumbers(transcript, durationMs) : {};
};

/** What a call answers by itself of a scorecard, as it is tagged now; of a call that is not tagged nothing is known. */
async function automaticOf(call: CallOfAgent, scorecard: Scorecard, needs: ChangeNeeds): Promise<Review['answers']> {
  if (call.state !== 'tagged') return {};
  const [moments, numbers] = await Promise.all([needs.calls.momentsOf(call.callId), numbersOf(call, needs)]);
  return prefilled(automaticAnswers(scorecard, { tags: call.tags, moments, numbers }));
}

const teamOf = async (agentId: string, { roster }: Pick<ChangeNeeds, 'roster'>): Promise<string | undefined> =>
  (await roster.get(agentId))?.team;

/**
 * The scorecard that a review goes by, in the version that it was begun with.
 *
 * @throws {VerbatimError} conflict, where that is not known any more
 */
async function scorecardOf(
  { scorecard: name, scorecardVersion: version }: Review,
  { scorecards, quality }: Pick<ChangeNeeds, 'scorecards' | 'quality'>,
): Promise<Scorecard> {
  const found =
    (await scorecards.get(name, version)) ??
    quality.scorecards.find((one) => one.name === name && one.version === version);
  if (found) return found;
  throw new VerbatimError('conflict', `the version ${version} of the scorecard "${name}" is not known`);
}

function checkReviewer({ reviewId, reviewer, agentId }: Review, asker: Asker): void {
  checkNotOwn(asker, agentId, 'review it');
  if (reviewer !== asker.person)
    throw new VerbatimError('forbidden', `the review ${reviewId} is ${reviewer ?? 'nobody'}'s: it is theirs to change`);
}

function checkCriteria(field: string, criterionIds: readonly string[], { name, sections }: Scorecard): void {
  const known = new Set(sections.flatMap(({ criteria }) => criteria.map(({ id }) => id)));
  const unknown = criterionIds.filter((id) => !known.has(id));
  if (unknown.length > 0)
    throw new VerbatimError(
      'bad-request',
      `${field}: the scorecard "${name}" has no criterion ${unknown.join(', ')}; it has ${[...known].join(', ')}`,
    );
}
