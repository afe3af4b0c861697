import * as z from 'zod';
import { iso } from '../../platform/clock.ts';
import type { PageRequest } from '../../platform/cursor.ts';
import { EVER } from '../../platform/cursor.ts';
import { VerbatimError } from '../../platform/errors.ts';
import type { Agent } from '../agents.ts';
import type { Review } from '../reviews/review.ts';
import type { OpenState, ReviewStore, ReviewSummary } from '../reviews/review-store.ts';
import type { RosterStore } from '../roster-store.ts';
import type { AgentScoreStore } from '../scoring/agent-score-store.ts';
import type { AgentMonth } from '../scoring/agent-scores.ts';
import { Estimate, meanOfGroups, meanOfPercentGroups, sumOf } from './intervals.ts';
import { LineOf, linesOf, meanOfLine, scoresOfMonths, type TalliedLine } from './progress.ts';
import type { Session } from './session.ts';
import type { SessionStore } from './session-store.ts';

/** The mean of what a line is of, in one month. */
export const MonthLine = LineOf.extend(Estimate.shape);
export type MonthLine = z.infer<typeof MonthLine>;

/** Where the reviews of calls of a month are. */
export const ReviewCounts = z.object({
  /** Drawn, and no reviewer has them. */
  waiting: z.int().nonnegative(),
  drafts: z.int().nonnegative(),
  /** Of those that wait or are drafts: by now they should be submitted. */
  overdue: z.int().nonnegative(),
  /** Submitted, whatever came of them since. */
  submitted: z.int().nonnegative(),
  /** Appealed against, and not decided. */
  appealed: z.int().nonnegative(),
});
export type ReviewCounts = z.infer<typeof ReviewCounts>;

const InMonth = z.object({
  lines: z.array(MonthLine),
  reviews: ReviewCounts,
  /** Coaching sessions that were held in the month, until now. */
  sessionsHeld: z.int().nonnegative(),
});

/** The month of a team: what its agents' calls scored, where their reviews are, and how often they were coached. */
export const TeamMonth = InMonth.extend({
  team: z.string(),
  month: z.string(),
  scorecard: z.string(),
  /** In order of their ids: it is no ranking. Intervals that overlap tell no difference. */
  agents: z.array(InMonth.extend({ agentId: z.string(), name: z.string().optional() })),
  /** Whether all reviews that are not submitted were counted: false where there are more than are read. */
  allCounted: z.boolean(),
});
export type TeamMonth = z.infer<typeof TeamMonth>;

/** What is known of an agent of the team. */
export interface AgentInMonth {
  readonly agent: Pick<Agent, 'agentId' | 'name'>;
  readonly months: readonly AgentMonth[];
  readonly sessions: readonly Pick<Session, 'heldAt'>[];
}

type OpenReview = Pick<Review, 'agentId' | 'callStartedAt' | 'state' | 'dueAt'>;

/** What a team's month is made of. */
export interface TeamMonthParts {
  readonly team: string;
  readonly month: string;
  readonly scorecard: string;
  readonly agents: readonly AgentInMonth[];
  /** Reviews that wait, are drafts or are appealed against, of whatever month. */
  readonly openReviews: readonly OpenReview[];
  readonly allCounted: boolean;
}

const keyOf = ({ by, criterionId, scorecardVersions }: LineOf): string =>
  // Of a criterion, versions are joined.
  JSON.stringify(criterionId === undefined ? [by, scorecardVersions] : [by, criterionId, true]);

const tallyOfLine = ({ tallies }: TalliedLine) => sumOf(tallies.map(({ tally }) => tally));

const countsOf = (open: readonly OpenReview[], months: readonly AgentMonth[], now: string): ReviewCounts => {
  const inState = (...states: readonly Review['state'][]) => open.filter(({ state }) => states.includes(state));
  return {
    waiting: inState('waiting').length,
    drafts: inState('draft').length,
    overdue: inState('waiting', 'draft').filter(({ dueAt }) => dueAt < now).length,
    submitted: months.filter(({ by }) => by === 'review').reduce((sum, { scored }) => sum + scored, 0),
    appealed: inState('appealed').length,
  };
};

/** A team's month, of what is known of its agents. The order of lines is that of `order`, of ids of criteria. */
export function teamMonthOf(
  { team, month, scorecard, agents, openReviews, allCounted }: TeamMonthParts,
  order: readonly string[],
  now: string,
): TeamMonth {
  const open = openReviews.filter(({ callStartedAt }) => callStartedAt.startsWith(month));
  const sessionsHeldBy = (one: AgentInMonth) =>
    one.sessions.filter(({ heldAt }) => heldAt.startsWith(month) && heldAt <= now).length;
  const tallied = agents.map((one) => linesOf(scoresOfMonths(one.months), order));
  const all = linesOf(scoresOfMonths(agents.flatMap(({ months }) => months)), order);
  return {
    ...{ team, month, scorecard },
    agents: agents.map((one, i) => ({
      agentId: one.agent.agentId,
      ...(one.agent.name !== undefined && { name: one.agent.name }),
      lines: (tallied[i] ?? []).map((line) => {
        const { tallies: _, ...of } = line;
        return { ...of, ...meanOfLine(line, tallyOfLine(line)) };
      }),
      reviews: countsOf(
        open.filter(({ agentId }) => agentId === one.agent.agentId),
        one.months,
        now,
      ),
      sessionsHeld: sessionsHeldBy(one),
    })),
    lines: all.map(({ tallies: _, ...line }) => {
      const groups = tallied.flatMap((lines) => lines.filter((other) => keyOf(other) === keyOf(line)).map(tallyOfLine));
      return { ...line, ...(line.criterionId === undefined ? meanOfPercentGroups(groups) : meanOfGroups(groups)) };
    }),
    reviews: countsOf(
      open,
      agents.flatMap(({ months }) => months),
      now,
    ),
    sessionsHeld: agents.reduce((sum, one) => sum + sessionsHeldBy(one), 0),
    allCounted,
  };
}

/** What reading a team's month needs. */
export interface TeamMonthNeeds {
  readonly roster: Pick<RosterStore, 'ofTeam'>;
  readonly scores: Pick<AgentScoreStore, 'months'>;
  readonly sessions: Pick<SessionStore, 'list'>;
  readonly reviews: Pick<ReviewStore, 'listByState'>;
}

/** A team whose month is one request has so many agents at the most: two Queries are made for each. */
export const MAX_TEAM = 300;

/** So many agents are read side by side. */
const AT_ONCE = 20;

/** So many reviews of each state are counted at the most: in pages of 200. */
const MAX_PAGES = 5;
const PAGE_SIZE = 200;

const OPEN_STATES = ['waiting', 'draft', 'appealed'] as const satisfies readonly OpenState[];

/**
 * Reads the month of a team: its agents, two Queries for each of them, and fifteen at the most for their reviews.
 *
 * @param month such as `2026-10`
 * @throws {VerbatimError} conflict, where the team has too many agents to be read at once
 */
export async function readTeamMonth(
  team: string,
  month: string,
  scorecard: string,
  { roster, scores, sessions, reviews }: TeamMonthNeeds,
): Promise<TeamMonthParts> {
  const agents = await roster.ofTeam(team);
  if (agents.length > MAX_TEAM)
    throw new VerbatimError(
      'conflict',
      `the team ${team} has ${agents.length} agents, more than ${MAX_TEAM}: ask for the progress of each`,
    );
  const period = periodOfMonth(month);
  const found: AgentInMonth[] = [];
  for (let first = 0; first < agents.length; first += AT_ONCE) {
    const some = agents.slice(first, first + AT_ONCE).map(async (agent) => {
      const [months, held] = await Promise.all([
        scores.months(agent.agentId, scorecard, month, month),
        sessions.list(agent.agentId, { ...period, order: 'oldest-first', limit: PAGE_SIZE }),
      ]);
      return { agent, months, sessions: held.items };
    });
    found.push(...(await Promise.all(some)));
  }
  const open = await Promise.all(OPEN_STATES.map((state) => openOf(state, team, scorecard, reviews)));
  return {
    ...{ team, month, scorecard, agents: found },
    openReviews: open.flatMap(({ items }) => items),
    allCounted: open.every(({ isAll }) => isAll),
  };
}

async function openOf(
  state: OpenState,
  team: string,
  scorecard: string,
  reviews: Pick<ReviewStore, 'listByState'>,
): Promise<{ items: ReviewSummary[]; isAll: boolean }> {
  const items: ReviewSummary[] = [];
  let request: PageRequest = { ...EVER, order: 'oldest-first', limit: PAGE_SIZE };
  for (let pages = 0; pages < MAX_PAGES; pages++) {
    const page = await reviews.listByState(state, [team], request);
    items.push(...page.items.filter((review) => review.scorecard === scorecard));
    if (!page.next) return { items, isAll: true };
    request = { ...request, position: page.next };
  }
  return { items, isAll: false };
}

/** The period of a month, in UTC: `to` is not included. */
export function periodOfMonth(month: string): { from: string; to: string } {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return { from: iso(new Date(Date.UTC(year, number - 1, 1))), to: iso(new Date(Date.UTC(year, number, 1))) };
}
