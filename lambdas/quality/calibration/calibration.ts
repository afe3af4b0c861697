import * as z from 'zod';
import { type Asker, seesTeam } from '../access.ts';
import { AnswerValue } from '../scoring/scorecard.ts';

/** Whether a calibration still takes answers, of which nobody sees another's, or is over: then everybody who took part sees all. */
export const CalibrationState = z.enum(['open', 'closed']);
export type CalibrationState = z.infer<typeof CalibrationState>;

/** So many calls, and reviewers, a calibration has at the most; reviewers two at least. */
export const MAX_CALLS = 20;
export const MAX_REVIEWERS = 20;

/** A call of a calibration. */
export const CalibrationCall = z.object({
  callId: z.string(),
  /** When the call began; where that is not known, when its recording arrived. */
  callStartedAt: z.iso.datetime(),
});
export type CalibrationCall = z.infer<typeof CalibrationCall>;

/** A round in which several reviewers answer the same form on the same calls, each without seeing what the others answer. */
export const Calibration = z.object({
  calibrationId: z.string(),
  scorecard: z.string(),
  scorecardVersion: z.string(),
  calls: z.array(CalibrationCall),
  /** The persons, in order of their names. */
  reviewers: z.array(z.string()),
  /** That of the agents of all of its calls, as the roster had it; none where they were of several, or of none. */
  team: z.string().optional(),
  /** By when the reviewers are to answer. It takes answers until it is closed. */
  dueAt: z.iso.datetime(),
  state: CalibrationState,
  openedAt: z.iso.datetime(),
  /** The person who opened it. */
  openedBy: z.string(),
  closedAt: z.iso.datetime().optional(),
  closedBy: z.string().optional(),
  /** 1, and 2 once it is closed: the ETag. */
  version: z.int().positive(),
});
export type Calibration = z.infer<typeof Calibration>;

/** What one reviewer answered on one call of a calibration. It holds no answer in words. */
export const CalibrationEntry = z.object({
  callId: z.string(),
  reviewer: z.string(),
  /** By the ids of the criteria: of those that are asked, each one. */
  answers: z.record(z.string(), AnswerValue),
  /** What they come to, from 0 to 100; none where nothing is scored. */
  percent: z.number().min(0).max(100).optional(),
  answeredAt: z.iso.datetime(),
  /** 1, and 1 more with each change: the ETag. */
  version: z.int().positive(),
});
export type CalibrationEntry = z.infer<typeof CalibrationEntry>;

/** How far a reviewer has come. */
export const CalibrationProgress = z.object({
  reviewer: z.string(),
  /** How many of the calls they answered. */
  answered: z.int().nonnegative(),
});
export type CalibrationProgress = z.infer<typeof CalibrationProgress>;

/** A calibration, as it is told to whoever asks. */
export const CalibrationTold = Calibration.extend({
  /** While it is open those of whoever asks alone; then all. In order of the calls and of the reviewers. */
  entries: z.array(CalibrationEntry),
  /** Of each reviewer: told to supervisors alone while it is open. */
  progress: z.array(CalibrationProgress).optional(),
});
export type CalibrationTold = z.infer<typeof CalibrationTold>;

/** Whether somebody oversees a calibration: a supervisor who sees its team. One of several teams is for those who see every team. */
export const oversees = (asker: Asker, { team }: Pick<Calibration, 'team'>): boolean =>
  asker.role === 'supervisor' && seesTeam(asker, team);

/** Whether a calibration is somebody's to see: they oversee it, or are one of its reviewers. */
export const seesCalibration = (asker: Asker, calibration: Pick<Calibration, 'team' | 'reviewers'>): boolean =>
  oversees(asker, calibration) || calibration.reviewers.includes(asker.person);

/**
 * What somebody is told of a calibration that is theirs to see. As long as it is open nobody is told what another answered, whoever
 * they are; and reviewers not how far the others have come.
 */
export function tellCalibration(
  asker: Asker,
  calibration: Calibration,
  entries: readonly CalibrationEntry[],
): CalibrationTold {
  const isClosed = calibration.state === 'closed';
  const places = new Map(calibration.calls.map(({ callId }, i) => [callId, i]));
  const place = ({ callId }: CalibrationEntry): number => places.get(callId) ?? 0;
  const told = entries
    .filter(({ reviewer }) => isClosed || reviewer === asker.person)
    .toSorted((a, b) => place(a) - place(b) || (a.reviewer < b.reviewer ? -1 : 1));
  const progress = calibration.reviewers.map((reviewer) => ({
    reviewer,
    answered: entries.filter((entry) => entry.reviewer === reviewer).length,
  }));
  return { ...calibration, entries: told, ...((isClosed || oversees(asker, calibration)) && { progress }) };
}
