import { type OpenAPIHono, z } from '@hono/zod-openapi';
import { iso } from '../../platform/clock.ts';
import { EVER } from '../../platform/cursor.ts';
import { VerbatimError } from '../../platform/errors.ts';
import { jsonContent, problemResponse } from '../../platform/http.ts';
import { ListQuery, pageOf } from '../../platform/listing.ts';
import { named } from '../../platform/openapi.ts';
import { askerOf, checkNotOwn, checkSeesAgent, type Role, roleRoute, teamsAsked } from '../access.ts';
import type { QualityNeeds } from '../quality-needs.ts';
import { reviewStore } from '../reviews/review-store.ts';
import { knownAgent, rosterStore } from '../roster-store.ts';
import { agentScoreStore } from '../scoring/agent-score-store.ts';
import { AgentSample, readSample } from './agent-sample.ts';
import { Draw, firstAt, Month, sizeAt } from './draw.ts';
import type { AgentsPageMessage } from './draw-sample.ts';
import { drawStore } from './draw-store.ts';
import { SamplingPlan } from './plan.ts';

const PlanBody = named('SamplingPlan', SamplingPlan);
const SampleBody = named('AgentSample', AgentSample);
const DrawBody = named('Draw', Draw);

// As long as an agent's id may be.
const Name = z.string().trim().min(1, 'is empty').max(256, 'is longer than 256 characters');

/** So many agents a page has at the most: a hundred calls of each of them, with why they were drawn, are half of what Lambda answers. */
const MAX_DRAWS_PER_PAGE = 100;

const AgentDraw = z
  .object({
    agentId: z.string(),
    name: z.string().optional(),
    team: z.string().optional(),
    draw: DrawBody.optional().openapi({ description: 'Without it: nothing was drawn of this agent’s month yet.' }),
  })
  .openapi('AgentDraw');

const DrawRequest = z
  .strictObject({
    team: Name.optional().openapi({
      description: 'Whose agents: those of this team. Without it, all: for those who see every team.',
    }),
  })
  .openapi('DrawRequest');

const BegunDraw = z
  .object({
    plan: z.string(),
    month: Month,
    team: z.string().optional(),
    size: z.int().positive().openapi({ description: 'So many calls of each agent are wanted by now, in all.' }),
  })
  .openapi('BegunDraw');

// Made anew, as `named` does: what was made before may not be described.
const PlanPath = z.object({
  plan: z.string().openapi({ param: { name: 'plan', in: 'path' } }),
  month: Month.clone().openapi({ param: { name: 'month', in: 'path' }, description: 'In UTC, such as `2026-10`.' }),
});

const AT = '/plans/{plan}/months/{month}';
const REVIEWING = ['reviewer', 'supervisor'] as const satisfies readonly Role[];
const noPlan = { 404: problemResponse('The config has no such plan; `detail` tells those that it has.') };
const badRequest = { 400: problemResponse('A field is not as it must be; `detail` names it.') };

const listPlans = roleRoute(REVIEWING, {
  method: 'get',
  path: '/plans',
  summary: 'The plans by which calls are drawn for review',
  responses: { 200: { description: 'All of them', ...jsonContent(z.object({ items: z.array(PlanBody) })) } },
});

const getSample = roleRoute(REVIEWING, {
  method: 'get',
  path: `${AT}/sample`,
  summary: 'What a plan drew of an agent’s month, what it would draw now, and why',
  description: 'It draws nothing. Whoever draws these calls by this seed, now or later, draws the same ones.',
  request: {
    params: PlanPath,
    query: z.object({ agentId: Name.openapi({ description: 'Whose calls.' }) }),
  },
  responses: {
    200: { description: 'The sample', ...jsonContent(SampleBody) },
    ...badRequest,
    403: problemResponse('The agent is not theirs to see, or it is themselves.'),
    ...noPlan,
  },
});

const postDraw = roleRoute(['supervisor'], {
  method: 'post',
  path: `${AT}/draws`,
  summary: 'Draws now: what is wanted by now of each agent’s month, with what was drawn before',
  description:
    'A plan draws by itself when a month has settled. Again draws nothing twice: it fills up, where recordings came late. Of a running month as much is wanted as its part that has passed.',
  request: { params: PlanPath, body: { required: true, ...jsonContent(DrawRequest) } },
  responses: {
    202: { description: 'It has begun: `GET` of the same path tells what is drawn', ...jsonContent(BegunDraw) },
    ...badRequest,
    403: problemResponse('The team is not theirs; or no team is named, and they do not see every team.'),
    ...noPlan,
    409: problemResponse('Nothing is wanted of that month yet: `detail` tells from when on.'),
  },
});

const listDraws = roleRoute(REVIEWING, {
  method: 'get',
  path: `${AT}/draws`,
  summary: 'The agents of the teams of whoever asks, or of one of them, and what was drawn of each one’s month',
  description:
    'Who is an agent does not see what was drawn of themselves: their page is shorter by one. A page has 100 agents at the most.',
  request: {
    params: PlanPath,
    query: ListQuery.pick({ limit: true, cursor: true }).extend({
      team: Name.optional().openapi({ description: 'Without it: every team that whoever asks sees.' }),
    }),
  },
  responses: {
    200: { description: 'One page of agents', ...jsonContent(pageOf(AgentDraw)) },
    ...badRequest,
    403: problemResponse('The team is not one of theirs.'),
    ...noPlan,
  },
});

/** Sampling plans: what they draw, what they drew, and drawing now. */
export function samplingRoutes(app: OpenAPIHono, needs: QualityNeeds): void {
  const { quality, dynamodb, tableName, calls, clock, edge, sendDraws } = needs;
  const roster = rosterStore(dynamodb, tableName);
  const draws = drawStore(dynamodb, tableName, quality.keepScoresDays);
  const scores = agentScoreStore(dynamodb, tableName, quality.keepScoresDays);
  const reviews = reviewStore(dynamodb, tableName);

  const planOf = (name: string): SamplingPlan => {
    const plan = quality.plans.find((one) => one.name === name);
    if (plan) return plan;
    const names = quality.plans.map((one) => one.name).join(', ');
    throw new VerbatimError('not-found', `there is no plan ${name}: there is ${names || 'none'}`);
  };

  app.openapi(listPlans, (c) => c.json({ items: [...quality.plans] }, 200));

  app.openapi(getSample, async (c) => {
    const { plan, month } = c.req.valid('param');
    const { agentId } = c.req.valid('query');
    const asker = askerOf(c);
    checkSeesAgent(asker, await knownAgent(roster, agentId));
    checkNotOwn(asker, agentId, 'see which of your calls are drawn');
    const asked = { plan: planOf(plan), month, agentId };
    const { sample } = await readSample(asked, { scores, draws, calls, reviews, clock });
    return c.json(sample, 200);
  });

  app.openapi(postDraw, async (c) => {
    const { plan: name, month } = c.req.valid('param');
    const { team } = c.req.valid('json');
    if (teamsAsked(askerOf(c), team) !== 'all' && team === undefined)
      throw new VerbatimError('forbidden', 'team: is missing, and you do not see every team: name one of yours');
    const plan = planOf(name);
    const size = sizeAt(plan, month, iso(clock()));
    if (size === 0)
      throw new VerbatimError(
        'conflict',
        `month: a first call of ${month} is wanted from ${firstAt(plan, month)} on: ${plan.perAgent} in all, spread over the month`,
      );
    const begun = { plan: plan.name, month, ...(team !== undefined && { team }) };
    await sendDraws([{ kind: 'agents-page', ...begun, byItself: false } satisfies AgentsPageMessage]);
    return c.json({ ...begun, size }, 202);
  });

  app.openapi(listDraws, async (c) => {
    const { plan, month } = c.req.valid('param');
    const { team, limit, ...asked } = c.req.valid('query');
    const asker = askerOf(c);
    const teams = teamsAsked(asker, team);
    const { name } = planOf(plan);
    const { items, ...page } = await edge.listPage(
      ['draws', name, month, ...(teams === 'all' ? ['*'] : teams)],
      { ...EVER, order: 'oldest-first', ...asked, limit: Math.min(limit, MAX_DRAWS_PER_PAGE) },
      (request) => roster.list(teams, request),
    );
    const others = items.filter(({ agentId }) => agentId !== asker.agentId);
    const drawn = await Promise.all(
      others.map(async ({ agentId, name: called, team: of }) => {
        const draw = await draws.get(name, month, agentId);
        return {
          agentId,
          ...(called !== undefined && { name: called }),
          ...(of !== undefined && { team: of }),
          ...(draw && { draw }),
        };
      }),
    );
    return c.json({ ...page, items: drawn }, 200);
  });
}
