import { type OpenAPIHono, z } from '@hono/zod-openapi';
import { monthsOf } from '../../calls/calls.ts';
import { DAY_MS, iso, plusMs } from '../../platform/clock.ts';
import { VerbatimError } from '../../platform/errors.ts';
import { jsonContent, problemResponse } from '../../platform/http.ts';
import { named } from '../../platform/openapi.ts';
import { askerOf, checkSeesAgent, roleRoute, seesTeam } from '../access.ts';
import type { QualityNeeds } from '../quality-needs.ts';
import { reviewStore } from '../reviews/review-store.ts';
import { AgentPath } from '../roster-routes.ts';
import { knownAgent, rosterStore } from '../roster-store.ts';
import { agentScoreStore } from '../scoring/agent-score-store.ts';
import { ScoredBy } from '../scoring/agent-scores.ts';
import { criteriaOf, type Scorecard } from '../scoring/scorecard.ts';
import { noSession } from './coach.ts';
import {
  ComparisonLine,
  comparisonOf,
  GoalLine,
  Grain,
  goalLines,
  ProgressLine,
  progressOf,
  scoresOfMonths,
  scoresOfRows,
  weekOf,
} from './progress.ts';
import { sessionStore } from './session-store.ts';
import { readTeamMonth, TeamMonth, teamMonthOf } from './team-month.ts';
import { Time } from './time.ts';

/** The rows that are read for one answer are bounded by these. */
const MAX_WEEKS_DAYS = 184;
const MAX_MONTHS_DAYS = 3660;
const MAX_WINDOW_DAYS = 92;
const WINDOW_DAYS = 56;

const WINDOW = `is not a whole number from 1 to ${MAX_WINDOW_DAYS}`;

const ProgressQuery = z
  .object({
    scorecard: z.string().min(1).optional().openapi({ description: 'Without it: the first one of the config.' }),
    by: Grain.default('month').openapi({ description: 'How long the periods are: whole months, or ISO weeks.' }),
    from: Time.optional().openapi({
      description: `The begin of the period, included. Without it: 366 days before \`to\`, of weeks ${MAX_WEEKS_DAYS}.`,
    }),
    to: Time.optional().openapi({ description: 'The end of the period, not included. Without it: now.' }),
    sessionId: z
      .string()
      .min(1)
      .optional()
      .openapi({ description: 'Compares before and after this coaching session.' }),
    around: Time.optional().openapi({ description: 'Compares before and after this time.' }),
    windowDays: z.coerce
      .number(WINDOW)
      .int(WINDOW)
      .min(1, WINDOW)
      .max(MAX_WINDOW_DAYS, WINDOW)
      .optional()
      .openapi({ description: `So many days on each side are compared. Without it: ${WINDOW_DAYS}.` }),
  })
  .refine(({ sessionId, around }) => sessionId === undefined || around === undefined, {
    error: 'is named together with sessionId: name one of them',
    path: ['around'],
  })
  .refine(
    ({ sessionId, around, windowDays }) => windowDays === undefined || sessionId !== undefined || around !== undefined,
    { error: 'is of a comparison: name a sessionId, or around', path: ['windowDays'] },
  );

const Period = z.object({ from: z.iso.datetime(), to: z.iso.datetime() });

const Comparison = z.object({
  /** When the session was held, or the time that was asked for. */
  at: z.iso.datetime(),
  sessionId: z.string().optional(),
  windowDays: z.int().positive(),
  /** Of calls that began in these periods. */
  before: Period,
  after: Period,
  /** Whether the period after it is over. */
  isOver: z.boolean(),
  /** So many lines have enough values to be compared: the more there are, the surer each has to be. */
  comparedLines: z.int().nonnegative(),
  lines: z.array(ComparisonLine),
  /** Of the goals of the session that have a target. */
  goals: z.array(GoalLine),
  /** What it does not tell. */
  caution: z.string(),
});

/** The progress of an agent, and a comparison where one was asked for. */
export const Progress = z
  .object({
    agentId: z.string(),
    scorecard: z.string(),
    by: Grain,
    /** Of calls that began in this period; of months, in those that it touches. */
    ...Period.shape,
    lines: z.array(ProgressLine),
    comparison: Comparison.optional(),
  })
  .openapi('Progress');

/** What every comparison of before and after leaves open. */
const CAUTION =
  'It tells whether something changed, not why. Whoever is coached after a bad month is likely to be better in the next without ' +
  'it, too; and calls, rules and customers change meanwhile.';

const TeamMonthBody = named('TeamMonth', TeamMonth);

const getProgress = roleRoute(['supervisor', 'agent'], {
  method: 'get',
  path: '/agents/{agentId}/progress',
  summary: 'How the scores of an agent went, and whether they changed with a coaching session',
  description:
    'Each mean comes with how many values it is of, its 95 % interval, and whether that is enough to go by. Automatic scores and reviews ' +
    'are told apart, and so is the whole score by each version of a scorecard; a criterion is one line by its id.',
  request: { params: AgentPath, query: ProgressQuery },
  responses: {
    200: { description: 'The progress', ...jsonContent(Progress) },
    400: problemResponse('A parameter is not as it must be; `detail` names it.'),
    403: problemResponse('The agent is not theirs to see.'),
    404: problemResponse('There is no such session.'),
  },
});

const getTeamMonth = roleRoute(['supervisor'], {
  method: 'get',
  path: '/teams/{team}/months/{month}',
  summary: "A team's month: scores of each agent, reviews, coaching",
  request: {
    params: z.object({
      team: z.string().openapi({ param: { name: 'team', in: 'path' } }),
      month: z
        .string()
        .regex(/^(?:19|[2-9]\d)\d\d-(?:0[1-9]|1[0-2])$/, 'is not a month, such as 2026-10')
        .openapi({ param: { name: 'month', in: 'path' } }),
    }),
    query: z.object({
      scorecard: z.string().min(1).optional().openapi({ description: 'Without it: the first one of the config.' }),
    }),
  },
  responses: {
    200: { description: 'The month (UTC)', ...jsonContent(TeamMonthBody) },
    400: problemResponse('A parameter is not as it must be; `detail` names it.'),
    403: problemResponse('The team is not theirs to see.'),
    409: problemResponse('The team has too many agents to be told of in one answer.'),
  },
});

/** The name of a scorecard that is asked for, and the order of its criteria; one that left the config has no order. */
function cardOf(scorecards: readonly Scorecard[], asked: string | undefined): { name: string; order: string[] } {
  const card = asked === undefined ? scorecards[0] : scorecards.find(({ name }) => name === asked);
  const name = asked ?? card?.name;
  if (name === undefined) throw new VerbatimError('bad-request', 'scorecard: is missing: the config has none');
  return { name, order: card ? criteriaOf(card).map(({ id }) => id) : [] };
}

/** The progress of agents, and the month of a team. */
export function progressRoutes(app: OpenAPIHono, { dynamodb, tableName, quality, clock }: QualityNeeds): void {
  const roster = rosterStore(dynamodb, tableName);
  const scores = agentScoreStore(dynamodb, tableName, quality.keepScoresDays);
  const sessions = sessionStore(dynamodb, tableName, quality.keepScoresDays);
  const reviews = reviewStore(dynamodb, tableName);

  const rowsOf = async (agentId: string, scorecard: string, period: z.infer<typeof Period>) =>
    (await Promise.all(ScoredBy.options.map((by) => scores.rows(agentId, { by, scorecard }, period)))).flat();

  app.openapi(getProgress, async (c) => {
    const { agentId } = c.req.valid('param');
    const { by, sessionId, windowDays = WINDOW_DAYS, ...asked } = c.req.valid('query');
    checkSeesAgent(askerOf(c), await knownAgent(roster, agentId));
    const { name: scorecard, order } = cardOf(quality.scorecards, asked.scorecard);
    const now = iso(clock());
    const { to = now } = asked;
    const { from = plusMs(to, -(by === 'week' ? MAX_WEEKS_DAYS : 366) * DAY_MS) } = asked;
    checkPeriod(from, to, by === 'week' ? MAX_WEEKS_DAYS : MAX_MONTHS_DAYS);

    const session = sessionId === undefined ? undefined : await sessions.get(agentId, sessionId);
    if (sessionId !== undefined && !session) throw noSession(agentId, sessionId);
    const at = session?.heldAt ?? asked.around;

    const months = monthsOf(from, to);
    const [first, last] = [months[0], months.at(-1)];
    const periods =
      by === 'week'
        ? scoresOfRows(await rowsOf(agentId, scorecard, { from, to }), weekOf)
        : scoresOfMonths(
            first === undefined || last === undefined ? [] : await scores.months(agentId, scorecard, first, last),
          );
    const progress = { agentId, scorecard, by, from, to, lines: progressOf(periods, order) };
    if (at === undefined) return c.json(progress, 200);

    const before = { from: plusMs(at, -windowDays * DAY_MS), to: at };
    const after = { from: at, to: plusMs(at, windowDays * DAY_MS) };
    const { lines, comparedLines } = comparisonOf(
      await rowsOf(agentId, scorecard, { from: before.from, to: after.to }),
      at,
      order,
    );
    const comparison = {
      ...{ at, ...(sessionId !== undefined && { sessionId }), windowDays, before, after },
      ...{ isOver: after.to <= now, comparedLines, lines },
      ...{ goals: goalLines(session?.goals ?? [], scorecard, lines), caution: CAUTION },
    };
    return c.json({ ...progress, comparison }, 200);
  });

  app.openapi(getTeamMonth, async (c) => {
    const { team, month } = c.req.valid('param');
    if (!seesTeam(askerOf(c), team)) throw new VerbatimError('forbidden', `team: the team ${team} is not yours to see`);
    const { name, order } = cardOf(quality.scorecards, c.req.valid('query').scorecard);
    const parts = await readTeamMonth(team, month, name, { roster, scores, sessions, reviews });
    return c.json(teamMonthOf(parts, order, iso(clock())), 200);
  });
}

function checkPeriod(from: string, to: string, maxDays: number): void {
  if (from >= to) throw new VerbatimError('bad-request', `from: ${from} is not before to: ${to}`);
  if (Date.parse(to) - Date.parse(from) > maxDays * DAY_MS)
    throw new VerbatimError('bad-request', `from: is more than ${maxDays} days before to: ask for less at once`);
}
