import { type OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { iso } from '../../platform/clock.ts';
import { EVER } from '../../platform/cursor.ts';
import { etagOf, idOfRequest, jsonContent, problemResponse, Reason, versionAsked } from '../../platform/http.ts';
import { ListQuery, pageOf } from '../../platform/listing.ts';
import { ChangeHeaders, KeyHeader, named } from '../../platform/openapi.ts';
import { askerOf, checkSeesAgent, type Role, roleRoute, teamsAsked } from '../access.ts';
import type { QualityNeeds } from '../quality-needs.ts';
import { AgentPath } from '../roster-routes.ts';
import { knownAgent, rosterStore } from '../roster-store.ts';
import { agentScoreStore } from '../scoring/agent-score-store.ts';
import { AgentScore } from '../scoring/agent-scores.ts';
import { AnswerValue } from '../scoring/scorecard.ts';
import { registeredOnce, scorecardStore } from '../scoring/scorecard-store.ts';
import { CallPath, seenCall, seenCallOfAgent } from '../seen-call.ts';
import {
  type AskedChange,
  acknowledgeReview,
  answerReview,
  appealReview,
  assignReview,
  beginReview,
  type ChangeNeeds,
  commentReview,
  decideReview,
  isSeen,
  releaseReview,
  seenReview,
  submitReview,
  takeReview,
} from './change-review.ts';
import { AppealDecision, Review, ReviewVersion } from './review.ts';
import { OPEN_STATES, ReviewSummary, reviewStore } from './review-store.ts';

const ReviewBody = named('Review', Review);
const VersionBody = named('ReviewVersion', ReviewVersion);
const ScoreBody = named('AgentScore', AgentScore);
const SummaryBody = named(
  'ReviewSummary',
  ReviewSummary.extend({
    /** Its `dueAt` is over. */
    overdue: z.boolean(),
  }),
);

const Name = z.string().trim().min(1, 'is empty').max(200, 'is longer than 200 characters');
const Offset = z.number('is no offset in milliseconds').int('is not a whole number').nonnegative('is below 0');
const text = (longest: number) =>
  z.string().trim().min(1, 'is empty').max(longest, `is longer than ${longest} characters`);

const GivenAnswer = z
  .strictObject({
    answer: AnswerValue,
    comment: text(4000).optional(),
    startMs: Offset.optional().openapi({ description: 'Where in the recording it is seen; together with `endMs`.' }),
    endMs: Offset.optional(),
    overruledBecause: text(2000).optional().openapi({
      description: 'Of a criterion that is answered by itself, otherwise: why that is wrong. It must be there then.',
    }),
  })
  .openapi('GivenAnswer');
const GivenAnswers = z.record(z.string(), GivenAnswer).openapi({ description: 'By the ids of the criteria.' });

const NewReview = z
  .strictObject({ scorecard: Name.openapi({ description: 'One of the scorecards of the config.' }) })
  .openapi('NewReview');
const AnswersOfReview = z.strictObject({ answers: GivenAnswers }).openapi('AnswersOfReview');
const Assignment = z
  .strictObject({ person: Name.openapi({ description: 'As identity tokens name persons.' }) })
  .openapi('Assignment');
const NewComment = z
  .strictObject({ criterionId: Name.optional(), startMs: Offset, endMs: Offset, text: text(4000) })
  .openapi('NewReviewComment');
const NewAppeal = z
  .strictObject({
    reason: Reason,
    criterionIds: z.array(Name).max(100).optional().openapi({
      description: 'The criteria it is about. Without it: the whole review.',
    }),
  })
  .openapi('NewAppeal');
const NewAppealDecision = z
  .strictObject({
    outcome: AppealDecision.shape.outcome,
    reason: Reason,
    answers: GivenAnswers.optional().openapi({ description: 'What is corrected; the other answers stay.' }),
  })
  .openapi('NewAppealDecision');

const ReviewPath = CallPath.extend({
  reviewId: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,100}$/, 'is not the id of a review')
    .openapi({ param: { name: 'reviewId', in: 'path' } }),
});

const REVIEWING = ['reviewer', 'supervisor'] as const satisfies readonly Role[];
const SEEING = [...REVIEWING, 'agent'] as const satisfies readonly Role[];

/** So many versions are in a page at the most: each holds a whole review, and Lambda answers 6 MB. */
const VERSIONS_PER_PAGE = 15;

const AT = '/calls/{callId}/reviews';
const forbidden = { 403: problemResponse('It is not theirs: `detail` tells why.') };
const notFound = { 404: problemResponse('There is no such call, or no such review of it that they may see.') };
const answersReview = (description: string) => ({ description, ...jsonContent(ReviewBody) });

const changeRoute = <P extends string, S extends z.ZodType>(
  roles: readonly Role[],
  path: P,
  summary: string,
  body: S,
  method: 'post' | 'put' = 'post',
) =>
  roleRoute(roles, {
    method,
    path: `${AT}/{reviewId}/${path}`,
    summary,
    request: { params: ReviewPath, headers: ChangeHeaders, body: { required: true, ...jsonContent(body) } },
    responses: {
      200: answersReview('The review as it is then; `ETag` is its version'),
      400: problemResponse('A field is not as it must be; `detail` names it.'),
      ...forbidden,
      ...notFound,
      409: problemResponse('It is in a state in which that cannot be: `detail` names the state, and what can.'),
      412: problemResponse('It has changed since the version of `If-Match`: read it again.'),
      428: problemResponse('There is no `If-Match`.'),
    },
  });

const Nothing = z.strictObject({}).openapi('Nothing');

const listReviews = roleRoute(REVIEWING, {
  method: 'get',
  path: '/reviews',
  summary: 'The reviews in a state, of the teams of whoever asks or of one of them, by when they are due',
  description:
    'A page may be short, or empty, and have a `nextCursor`: where a reviewer is named, up to 250 reviews of each team are looked into for it, and of their own calls nobody is told what is not submitted.',
  request: {
    query: ListQuery.extend({
      from: ListQuery.shape.from.openapi({
        description: 'The begin of the period in which they are due, included. Without it: all.',
      }),
      to: ListQuery.shape.to.openapi({ description: 'Its end, not included. Without it: all.' }),
      order: ListQuery.shape.order.openapi({ description: 'Without it: oldest-first.' }),
      state: z.enum(OPEN_STATES, `is not one of ${OPEN_STATES.join(', ')}`).default('waiting'),
      team: Name.optional().openapi({ description: 'Without it: every team that whoever asks sees.' }),
      reviewer: Name.optional().openapi({ description: 'Only those of this person.' }),
    }),
  },
  responses: {
    200: { description: 'One page of reviews', ...jsonContent(pageOf(SummaryBody)) },
    400: problemResponse('A parameter is not as it must be; `detail` names it.'),
    403: problemResponse('The team is not one of theirs.'),
  },
});

const postReview = roleRoute(REVIEWING, {
  method: 'post',
  path: AT,
  summary: 'Begins a review of a call by hand: a draft of whoever asks',
  request: { params: CallPath, headers: KeyHeader, body: { required: true, ...jsonContent(NewReview) } },
  responses: {
    201: answersReview('The review; `Location` is where it is, `ETag` its version'),
    400: problemResponse('A field is not as it must be; `detail` names it.'),
    ...forbidden,
    404: problemResponse('There is no such call.'),
    409: problemResponse(
      'The call is reviewed by that scorecard already, or names no agent; or the `Idempotency-Key` is that of another request.',
    ),
  },
});

const listCallReviews = roleRoute(SEEING, {
  method: 'get',
  path: AT,
  summary: 'The reviews of a call: one by each scorecard at the most. Agents see them from their submission on',
  request: { params: CallPath },
  responses: {
    200: { description: 'The reviews', ...jsonContent(z.object({ items: z.array(ReviewBody) })) },
    ...forbidden,
    404: problemResponse('There is no such call.'),
  },
});

const getReview = roleRoute(SEEING, {
  method: 'get',
  path: `${AT}/{reviewId}`,
  summary: 'A review: its answers, comments and score, and what became of it',
  request: { params: ReviewPath },
  responses: { 200: answersReview('The review; `ETag` is its version'), ...forbidden, ...notFound },
});

const listVersions = roleRoute(SEEING, {
  method: 'get',
  path: `${AT}/{reviewId}/versions`,
  summary: 'A review as it was in each of its versions, and who made it so. Agents see those from its submission on',
  description: `A page has ${VERSIONS_PER_PAGE} of them at the most.`,
  request: { params: ReviewPath, query: ListQuery.pick({ limit: true, cursor: true, order: true }) },
  responses: {
    200: { description: 'One page of versions', ...jsonContent(pageOf(VersionBody)) },
    ...forbidden,
    ...notFound,
  },
});

const listAgentReviews = roleRoute(SEEING, {
  method: 'get',
  path: '/agents/{agentId}/reviews',
  summary: "The scores of an agent's reviews, by when their calls began: those of calls that are gone, too",
  request: {
    params: AgentPath,
    query: ListQuery.extend({
      from: ListQuery.shape.from.openapi({ description: 'The begin of the period, included. Without it: all.' }),
      to: ListQuery.shape.to.openapi({ description: 'Its end, not included. Without it: all.' }),
    }),
  },
  responses: { 200: { description: 'One page of scores', ...jsonContent(pageOf(ScoreBody)) }, ...forbidden },
});

const putAnswers = changeRoute(
  REVIEWING,
  'answers',
  'Puts the answers of a draft in the place of those before',
  AnswersOfReview,
  'put',
);
const postTake = changeRoute(REVIEWING, 'take', 'Takes a review that waits', Nothing);
const postRelease = changeRoute(REVIEWING, 'release', 'Gives a draft back: whoever takes it begins anew', Nothing);
const postAssign = changeRoute(['supervisor'], 'assign', 'Assigns a review to a person', Assignment);
const postComment = changeRoute(SEEING, 'comments', 'Adds a comment on a place of the call', NewComment);
const postSubmit = changeRoute(REVIEWING, 'submit', 'Submits a draft: the agent sees it from then on', Nothing);
const postAcknowledge = changeRoute(['agent'], 'acknowledge', 'The agent lets a review stand', Nothing);
const postAppeal = changeRoute(['agent'], 'appeal', 'The agent appeals against a review', NewAppeal);
const postDecide = changeRoute(
  ['supervisor'],
  'decide',
  'Decides an appeal, by somebody who did not review',
  NewAppealDecision,
);

/** Reviews of calls by people: drawn or begun, answered, submitted, acknowledged or appealed against, and decided. */
export function reviewRoutes(app: OpenAPIHono, needs: QualityNeeds): void {
  const { dynamodb, tableName, edge, clock, randomId, quality } = needs;
  const reviews = reviewStore(dynamodb, tableName);
  const roster = rosterStore(dynamodb, tableName);
  const scorecards = scorecardStore(dynamodb, tableName);
  const agentScores = agentScoreStore(dynamodb, tableName, quality.keepScoresDays);
  const change: ChangeNeeds = {
    ...{ reviews, roster, scorecards, agentScores, quality, clock, register: registeredOnce(scorecards) },
    ...{ calls: needs.calls, transcripts: needs.transcripts, custody: needs.custody },
  };
  /** A change that is asked for, of a call that whoever asks may see. */
  const askedOf = async (
    c: Context,
    { callId, reviewId }: { callId: string; reviewId: string },
  ): Promise<AskedChange> => ({
    ...{ call: await seenCallOfAgent(c, callId, needs), reviewId, asker: askerOf(c) },
    ...{ version: versionAsked(c), changeId: idOfRequest(c, randomId) },
  });
  /** A review as it is told, with its version. */
  const told = (c: Context, review: Review): Review => {
    c.header('etag', etagOf(review.version));
    return review;
  };

  app.openapi(listReviews, async (c) => {
    const asker = askerOf(c);
    const { state, team, reviewer, ...asked } = c.req.valid('query');
    const teams = teamsAsked(asker, team);
    const now = iso(clock());
    const page = await edge.listPage(
      ['reviews', state, reviewer ?? '', ...(teams === 'all' ? ['all'] : ['of', ...teams])],
      { ...EVER, order: 'oldest-first', ...asked },
      (request) => reviews.listByState(state, teams, request, reviewer),
    );
    const items = page.items.filter((one) => isSeen(one, asker)).map((one) => ({ ...one, overdue: one.dueAt <= now }));
    return c.json({ ...page, items }, 200);
  });

  app.openapi(postReview, async (c) => {
    const { callId } = c.req.valid('param');
    const call = await seenCallOfAgent(c, callId, needs);
    const asked = { call, asker: askerOf(c), reviewId: idOfRequest(c, randomId), ...c.req.valid('json') };
    const begun = await beginReview(asked, change);
    c.header('location', `/calls/${callId}/reviews/${begun.reviewId}`);
    return c.json(told(c, begun), 201);
  });

  app.openapi(listCallReviews, async (c) => {
    const { callId } = c.req.valid('param');
    await seenCall(c, callId, needs);
    const asker = askerOf(c);
    const items = (await reviews.ofCall(callId)).filter((review) => isSeen(review, asker));
    return c.json({ items }, 200);
  });

  app.openapi(getReview, async (c) => {
    const { callId, reviewId } = c.req.valid('param');
    const call = await seenCall(c, callId, needs);
    return c.json(told(c, await seenReview(call, reviewId, askerOf(c), change)), 200);
  });

  app.openapi(listVersions, async (c) => {
    const { callId, reviewId } = c.req.valid('param');
    const call = await seenCall(c, callId, needs);
    const asker = askerOf(c);
    await seenReview(call, reviewId, asker, change);
    const query = c.req.valid('query');
    const page = await edge.listPage(
      ['review-versions', callId, reviewId],
      { ...EVER, order: 'oldest-first', ...query, limit: Math.min(query.limit, VERSIONS_PER_PAGE) },
      (request) => reviews.versions(callId, reviewId, request),
    );
    const items = page.items.filter(({ review }) => isSeen(review, asker));
    return c.json({ ...page, items }, 200);
  });

  app.openapi(listAgentReviews, async (c) => {
    const { agentId } = c.req.valid('param');
    checkSeesAgent(askerOf(c), await knownAgent(roster, agentId));
    const page = await edge.listPage(['agent-reviews', agentId], { ...EVER, ...c.req.valid('query') }, (request) =>
      agentScores.listReviews(agentId, request),
    );
    return c.json(page, 200);
  });

  app.openapi(putAnswers, async (c) => {
    const { answers } = c.req.valid('json');
    return c.json(told(c, await answerReview(await askedOf(c, c.req.valid('param')), answers, change)), 200);
  });
  app.openapi(postTake, async (c) =>
    c.json(told(c, await takeReview(await askedOf(c, c.req.valid('param')), change)), 200),
  );
  app.openapi(postRelease, async (c) =>
    c.json(told(c, await releaseReview(await askedOf(c, c.req.valid('param')), change)), 200),
  );
  app.openapi(postAssign, async (c) => {
    const { person } = c.req.valid('json');
    return c.json(told(c, await assignReview(await askedOf(c, c.req.valid('param')), person, change)), 200);
  });
  app.openapi(postComment, async (c) => {
    const comment = c.req.valid('json');
    return c.json(told(c, await commentReview(await askedOf(c, c.req.valid('param')), comment, change)), 200);
  });
  app.openapi(postSubmit, async (c) =>
    c.json(told(c, await submitReview(await askedOf(c, c.req.valid('param')), change)), 200),
  );
  app.openapi(postAcknowledge, async (c) =>
    c.json(told(c, await acknowledgeReview(await askedOf(c, c.req.valid('param')), change)), 200),
  );
  app.openapi(postAppeal, async (c) => {
    const appeal = c.req.valid('json');
    return c.json(told(c, await appealReview(await askedOf(c, c.req.valid('param')), appeal, change)), 200);
  });
  app.openapi(postDecide, async (c) => {
    const decision = c.req.valid('json');
    return c.json(told(c, await decideReview(await askedOf(c, c.req.valid('param')), decision, change)), 200);
  });
}
