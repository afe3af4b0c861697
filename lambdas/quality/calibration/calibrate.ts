import { isDeepStrictEqual } from 'node:util';
import type { Call } from '../../calls/calls.ts';
import { type Clock, DAY_MS, iso, plusMs } from '../../platform/clock.ts';
import { VerbatimError } from '../../platform/errors.ts';
import { type Asker, checkNotOwn } from '../access.ts';
import type { RosterStore } from '../roster-store.ts';
import { callStartOf } from '../scoring/call-facts.ts';
import type { Answers } from '../scoring/score.ts';
import { checkAnswers, missingOf, scoreAnswers } from '../scoring/score-answers.ts';
import { criteriaOf, type Scorecard } from '../scoring/scorecard.ts';
import type { ScorecardStore } from '../scoring/scorecard-store.ts';
import type { CallOfAgent } from '../seen-call.ts';
import { type Calibration, type CalibrationEntry, oversees } from './calibration.ts';
import { agreementOf, type CalibrationAgreement } from './calibration-agreement.ts';
import type { CalibrationStore } from './calibration-store.ts';

/** What calibrating needs. */
export interface CalibrateNeeds {
  readonly calibrations: CalibrationStore;
  readonly scorecards: Pick<ScorecardStore, 'get' | 'register'>;
  readonly roster: Pick<RosterStore, 'agentOf' | 'get'>;
  readonly clock: Clock;
  /** Beyond so many days what is answered on a call is not kept. */
  readonly keepScoresDays: number;
}

/** A calibration that is asked for, with its calls as whoever asks may see them. */
export interface AskedCalibration {
  readonly scorecard: Scorecard;
  readonly calls: readonly CallOfAgent[];
  readonly reviewers: readonly string[];
  readonly dueAt: string;
}

const idOf = ({ callId }: Pick<Call, 'callId'>): string => callId;

/** What a calibration was asked for by. */
const askedFor = ({ scorecard, calls, reviewers, dueAt, openedBy }: Calibration) => ({
  ...{ scorecard, calls: calls.map(idOf), reviewers, dueAt, openedBy },
});

/**
 * Opens a calibration.
 *
 * @param calibrationId the same whenever the same request is made again
 * @throws {VerbatimError} bad-request, where it is due already, or a reviewer is the agent of a call; conflict, where a call is so old
 *   that its scores are not kept, or the id is that of another calibration
 */
export async function openCalibration(
  calibrationId: string,
  { scorecard, calls, reviewers: asked, dueAt }: AskedCalibration,
  { person }: Asker,
  { calibrations, scorecards, roster, clock, keepScoresDays }: CalibrateNeeds,
): Promise<Calibration> {
  const reviewers = asked.toSorted();
  const openedAt = iso(clock());
  const wanted = { scorecard: scorecard.name, calls: calls.map(idOf), reviewers, dueAt, openedBy: person };
  const again = async (): Promise<Calibration | undefined> => {
    const there = await calibrations.get(calibrationId);
    if (!there) return undefined;
    if (isDeepStrictEqual(askedFor(there), wanted)) return there;
    throw new VerbatimError('conflict', 'Idempotency-Key: it is that of another calibration');
  };
  const before = await again();
  if (before) return before;
  if (dueAt <= openedAt) throw new VerbatimError('bad-request', `dueAt: ${dueAt} is over already`);

  const begins = calls.map((call) => ({ callId: call.callId, callStartedAt: callStartOf(call) }));
  const oldest = plusMs(openedAt, -keepScoresDays * DAY_MS);
  const old = begins.find(({ callStartedAt }) => callStartedAt <= oldest);
  if (old)
    throw new VerbatimError('conflict', `callIds: scores of the call ${old.callId} are not kept: it is too long ago`);

  const agents = await Promise.all(
    reviewers.map(async (reviewer) => ({ reviewer, of: await roster.agentOf(reviewer) })),
  );
  for (const { callId, agentId } of calls) {
    const own = agents.find(({ of }) => of === agentId);
    if (own)
      throw new VerbatimError(
        'bad-request',
        `reviewers: ${own.reviewer} is the agent of the call ${callId}: name another`,
      );
  }
  const teams = await Promise.all(
    [...new Set(calls.map(({ agentId }) => agentId))].map(async (agentId) => (await roster.get(agentId))?.team),
  );
  const [team] = new Set(teams).size === 1 ? teams : [];
  const { name, version } = await scorecards.register(scorecard);
  const calibration: Calibration = {
    ...{ calibrationId, scorecard: name, scorecardVersion: version, calls: begins, reviewers },
    ...(team !== undefined && { team }),
    ...{ dueAt, state: 'open', openedAt, openedBy: person, version: 1 },
  };
  if (await calibrations.create(calibration)) return calibration;
  return (await again()) ?? calibration;
}

/**
 * The answers of a reviewer, as they are compared.
 *
 * @throws {VerbatimError} bad-request, where one is none, is in words, or is missing
 */
function comparedAnswers(scorecard: Scorecard, answers: Answers): Answers {
  checkAnswers(scorecard, answers);
  const inWords = criteriaOf(scorecard).find(({ id, answer }) => answer.type === 'text' && answers[id] !== undefined);
  if (inWords)
    throw new VerbatimError(
      'bad-request',
      `answers.${inWords.id}: words are not compared, and not kept in a calibration: leave it out`,
    );
  const given = Object.fromEntries(Object.entries(answers).map(([id, answer]) => [id, { answer }]));
  const missing = missingOf(scorecard, given).filter(({ what }) => what === 'answer');
  if (missing.length > 0)
    throw new VerbatimError(
      'bad-request',
      missing.map(({ criterionId }) => `answers.${criterionId}: is missing: every criterion is answered`).join('; '),
    );
  return answers;
}

/** The scorecard of a calibration, as it was when that was opened. */
async function scorecardOf(
  { scorecard, scorecardVersion }: Pick<Calibration, 'scorecard' | 'scorecardVersion'>,
  { scorecards }: Pick<CalibrateNeeds, 'scorecards'>,
): Promise<Scorecard> {
  const found = await scorecards.get(scorecard, scorecardVersion);
  if (!found) throw new Error(`there is no version ${scorecardVersion} of the scorecard ${scorecard}`);
  return found;
}

/**
 * Stores what a reviewer answers on a call, or answers instead.
 *
 * @param version asks for the version that theirs was seen with, where they answered before
 * @throws {VerbatimError} forbidden, where they are no reviewer of it, or the agent of the call; conflict, where it is closed;
 *   bad-request, where an answer is none; precondition-failed, where theirs has changed since
 */
export async function answerCalibration(
  calibration: Calibration,
  call: CallOfAgent,
  answers: Answers,
  asker: Asker,
  version: () => number,
  needs: Pick<CalibrateNeeds, 'calibrations' | 'scorecards' | 'clock'>,
): Promise<CalibrationEntry> {
  const { calibrationId } = calibration;
  const { callId } = call;
  const { person: reviewer } = asker;
  checkNotOwn(asker, call.agentId, 'score it');
  checkOpen(calibration);
  const scorecard = await scorecardOf(calibration, needs);
  const compared = comparedAnswers(scorecard, answers);
  const before = await needs.calibrations.entry(calibrationId, { callId, reviewer });
  const changed = () =>
    new VerbatimError('precondition-failed', `your answers to the call ${callId} have changed: read them again`);
  if (before && version() !== before.version) throw changed();
  const { percent } = scoreAnswers(scorecard, compared);
  const after: CalibrationEntry = {
    ...{ callId, reviewer, answers: { ...compared }, answeredAt: iso(needs.clock()) },
    ...(percent !== undefined && { percent }),
    version: (before?.version ?? 0) + 1,
  };
  const refusal = await needs.calibrations.putEntry(calibration, before, after);
  if (refusal === 'changed') throw changed();
  if (refusal) throw isClosed(calibration);
  return after;
}

const isClosed = ({ calibrationId }: Calibration) =>
  new VerbatimError('conflict', `the calibration ${calibrationId} is closed: it takes no more answers`);

function checkOpen(calibration: Calibration): void {
  if (calibration.state !== 'open') throw isClosed(calibration);
}

/**
 * Closes a calibration: it takes no more answers, and those who took part see all of them.
 *
 * @throws {VerbatimError} forbidden, where it is not theirs to close; conflict, where it is closed; precondition-failed
 */
export async function closeCalibration(
  before: Calibration,
  version: number,
  asker: Asker,
  { calibrations, clock }: Pick<CalibrateNeeds, 'calibrations' | 'clock'>,
): Promise<Calibration> {
  if (!oversees(asker, before))
    throw new VerbatimError('forbidden', 'it is closed by a supervisor who sees the team of its calls');
  checkOpen(before);
  const changed = () =>
    new VerbatimError('precondition-failed', `the calibration ${before.calibrationId} has changed: read it again`);
  if (before.version !== version) throw changed();
  const after: Calibration = {
    ...before,
    ...{ state: 'closed', closedAt: iso(clock()), closedBy: asker.person, version: version + 1 },
  };
  if (!(await calibrations.change(before, after))) throw changed();
  return after;
}

/** So many rounds are looked into at once. */
const AT_ONCE = 10;

/** How much reviewers agree over some closed calibrations, by each version of their scorecard: other versions ask other things. */
export async function agreementOver(
  closed: readonly Calibration[],
  needs: Pick<CalibrateNeeds, 'calibrations' | 'scorecards'>,
): Promise<(CalibrationAgreement & { rounds: number })[]> {
  const entries = new Map<string, Awaited<ReturnType<CalibrationStore['entries']>>>();
  for (let first = 0; first < closed.length; first += AT_ONCE)
    await Promise.all(
      closed.slice(first, first + AT_ONCE).map(async ({ calibrationId }) => {
        entries.set(calibrationId, await needs.calibrations.entries(calibrationId));
      }),
    );
  const byVersion = [...Map.groupBy(closed, ({ scorecardVersion }) => scorecardVersion).values()];
  return Promise.all(
    byVersion.map(async (rounds) => {
      const [first] = rounds;
      if (!first) throw new Error('a group is empty');
      const of = rounds.flatMap(({ calibrationId }) =>
        (entries.get(calibrationId) ?? []).map((entry) => ({ ...entry, calibrationId })),
      );
      return { ...agreementOf(await scorecardOf(first, needs), of), rounds: rounds.length };
    }),
  );
}
