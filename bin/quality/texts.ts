import type {
  CallScore,
  Clip,
  CoachingNoteOfAgent,
  CoachingSessionWithNotes,
  Progress,
  Review,
  ReviewSummary,
  Scorecard,
  TeamMonth,
} from '../../client/verbatim-client.ts';
import { offsetText } from '../../lambdas/transcription/transcription.ts';
import { table } from '../tables.ts';

type Score = CallScore['score'];
type Estimate = TeamMonth['lines'][number];

const percentText = (percent: number | undefined): string => (percent === undefined ? 'no score' : `${percent} %`);

const rangeText = (startMs: number, endMs: number): string => `${offsetText(startMs)} – ${offsetText(endMs)}`;

const scoreLine = ({ percent, passed, failedBy }: Score): string =>
  [
    percentText(percent),
    ...(passed === undefined ? [] : [passed ? 'passed' : 'not passed']),
    ...(failedBy.length > 0 ? [`failed by ${failedBy.join(', ')}`] : []),
  ].join(', ');

/** A number of points as it is read. */
const hundredths = (points: number): string => String(Math.round(points * 100) / 100);

/** A score, point by point. */
const scoreLines = ({ sections }: Score, more: (criterionId: string) => readonly string[]): string[] =>
  sections.flatMap(({ sectionId, percent, points, ofPoints, failedBy, criteria }) => [
    `  ${sectionId}  ${hundredths(points)} of ${hundredths(ofPoints)} points (${percentText(percent)})${failedBy.length > 0 ? `, failed by ${failedBy.join(', ')}` : ''}`,
    ...criteria.flatMap(({ criterionId, because }) => [
      `    ${criterionId}  ${because}`,
      ...more(criterionId).map((line) => `        ${line}`),
    ]),
  ]);

/** An automatic score of a call, to be read: where each point comes from, and where in the call that is seen. */
export function callScoreText({ scorecard, scorecardVersion, score, answers, agentId }: CallScore): string {
  const seenIn = (criterionId: string) =>
    (answers[criterionId]?.moments ?? []).map(({ startMs, endMs, tag }) => `${rangeText(startMs, endMs)}  ${tag}`);
  return [`${scorecard} ${scorecardVersion}  agent ${agentId}  ${scoreLine(score)}`, ...scoreLines(score, seenIn)].join(
    '\n',
  );
}

/** A scorecard, to be read: what is asked, and how it is answered. */
export function scorecardText({ name, version, title, passPercent, sections }: Scorecard): string {
  return [
    `${name} ${version}  ${title}${passPercent === undefined ? '' : `, passed from ${passPercent} % on`}`,
    ...sections.flatMap((section) => [
      `  ${section.id}  ${section.title}  weight ${section.weight ?? 1}`,
      ...section.criteria.map((one) => {
        const { answer } = one;
        const ways = {
          'yes-no': () => 'yes, no',
          scale: () => (answer.type === 'scale' ? `${answer.from} to ${answer.to}` : ''),
          choice: () => (answer.type === 'choice' ? answer.options.map(({ id }) => id).join(', ') : ''),
          text: () => 'words',
        };
        return [
          `    ${one.id}  ${one.title}  [${ways[answer.type]()}${one.mayNotApply ? ', not-applicable' : ''}]`,
          `weight ${one.weight ?? 1}`,
          ...(one.critical ? [`fails the ${one.critical}`] : []),
          ...(one.automatic ? ['answered by itself'] : []),
        ].join('  ');
      }),
    ]),
  ].join('\n');
}

/** A review, to be read. */
export function reviewText(review: Review): string {
  const { callId, reviewId, state, stateSince, dueAt, reviewer, score, answers, comments, appeal, decision } = review;
  const given = (criterionId: string): string[] => {
    const one = answers[criterionId];
    if (!one) return [];
    const { automatic, overruledBecause, comment, startMs, endMs } = one;
    return [
      ...(overruledBecause === undefined ? [] : [`not ${automatic}, because ${overruledBecause}`]),
      ...(startMs === undefined || endMs === undefined ? [] : [rangeText(startMs, endMs)]),
      ...(comment === undefined ? [] : [comment]),
    ];
  };
  return [
    `review     ${reviewId} of call ${callId}, ${state} since ${stateSince} (version ${review.version})`,
    `agent      ${review.agentId}${review.team === undefined ? '' : `, of ${review.team}`}`,
    `scorecard  ${review.scorecard} ${review.scorecardVersion}`,
    `reviewer   ${reviewer ?? 'nobody yet'}, due ${dueAt}`,
    ...(score ? [`score      ${scoreLine(score)}`, ...scoreLines(score, given)] : []),
    ...comments.map(({ startMs, endMs, text, person, criterionId }) =>
      ['comment   ', rangeText(startMs, endMs), criterionId, `${person}: ${text}`]
        .flatMap((one) => one ?? [])
        .join(' '),
    ),
    ...(appeal ? [`appeal     ${appeal.person} at ${appeal.at}: ${appeal.reason}`] : []),
    ...(decision ? [`decided    ${decision.outcome} by ${decision.person} at ${decision.at}: ${decision.reason}`] : []),
  ].join('\n');
}

/** Reviews, a row each. */
export const reviewTable = (reviews: readonly (ReviewSummary | Review)[]): string =>
  table(
    ['call', 'review', 'agent', 'team', 'scorecard', 'state', 'reviewer', 'due'],
    reviews.map((one) => [
      ...[one.callId, one.reviewId, one.agentId, one.team ?? '', one.scorecard, one.state, one.reviewer ?? ''],
      'overdue' in one && one.overdue ? `${one.dueAt}, overdue` : one.dueAt,
    ]),
  );

/** A mean is never told without how many values it is of, and how sure it is. */
const estimateText = ({ n, mean, low, high, enough, lacks }: Omit<Estimate, 'by' | 'scorecardVersions'>): string =>
  mean === undefined
    ? 'nothing yet'
    : `${mean} % (${low} to ${high}, of ${n})${enough ? '' : `: ${lacks ?? 'too few to go by'}`}`;

const lineName = ({ by, criterionId }: Pick<Estimate, 'by' | 'criterionId'>): string =>
  `${criterionId ?? 'whole score'} (${by === 'review' ? 'reviews' : 'automatic'})`;

/** The progress of an agent, to be read. */
export function progressText({ agentId, scorecard, from, to, lines, comparison }: Progress): string {
  return [
    `${agentId}  ${scorecard}  ${from} to ${to}`,
    ...lines.flatMap((line) => [
      `  ${lineName(line)}  ${estimateText(line.whole)}`,
      ...line.periods.map((one) => `    ${one.period}  ${estimateText(one)}`),
    ]),
    ...(comparison
      ? [
          `before and after ${comparison.at}, ${comparison.windowDays} days each${comparison.isOver ? '' : ' (not over yet)'}`,
          ...comparison.lines.flatMap((line) => [
            `  ${lineName(line)}  ${line.difference.verdict}: ${line.difference.because}`,
            `    before  ${estimateText(line.before)}`,
            `    after   ${estimateText(line.after)}`,
          ]),
          comparison.caution,
        ]
      : []),
  ].join('\n');
}

/** A team's month, to be read. It is no ranking. */
export function teamMonthText(month: TeamMonth): string {
  const counts = ({ reviews: { waiting, drafts, overdue, submitted, appealed } }: Pick<TeamMonth, 'reviews'>) =>
    `${submitted} submitted, ${waiting} waiting, ${drafts} drafts, ${overdue} overdue, ${appealed} appealed`;
  const whole = (lines: TeamMonth['lines']) =>
    lines
      .filter(({ criterionId }) => criterionId === undefined)
      .map((line) => `${line.by === 'review' ? 'reviews' : 'automatic'} ${estimateText(line)}`)
      .join('\n');
  return [
    `${month.team}  ${month.month}  ${month.scorecard}`,
    table(
      ['agent', 'score', 'reviews', 'sessions'],
      [
        ...month.agents.map((one) => [
          [one.agentId, one.name].flatMap((name) => name ?? []).join('\n'),
          ...[whole(one.lines), counts(one), String(one.sessionsHeld)],
        ]),
        ['the team', whole(month.lines), counts(month), String(month.sessionsHeld)],
      ],
    ),
    ...(month.allCounted ? [] : ['There are more open reviews than were counted.']),
  ].join('\n');
}

/** A coaching note, to be read. Of one whose call is gone, that it was written. */
export const noteLine = ({
  callId,
  criterionId,
  at,
  startMs,
  endMs,
  text,
  person,
}: Partial<CoachingNoteOfAgent>): string =>
  [
    ...[at, callId, criterionId],
    startMs === undefined || endMs === undefined ? undefined : rangeText(startMs, endMs),
    text === undefined ? 'its call is gone, and its words with it' : `${person}: ${text}`,
  ]
    .flatMap((one) => one ?? [])
    .join('  ');

/** A coaching session, to be read. */
export const sessionText = (session: CoachingSessionWithNotes): string =>
  [
    `session  ${session.sessionId} of ${session.agentId}, held ${session.heldAt} by ${session.person} (version ${session.version})`,
    ...(session.nextAt === undefined ? [] : [`next     ${session.nextAt}`]),
    ...session.goals.map(
      ({ goalId, criterionId, scorecard, targetPercent, text, state }) =>
        `goal     ${goalId}  ${state}  ${criterionId ?? scorecard}${targetPercent === undefined ? '' : ` to ${targetPercent} %`}: ${text}`,
    ),
    ...session.notes.map((note) => `note     ${noteLine(note)}`),
    ...(session.hasMoreNotes ? ['There are more notes: they wait for the next session.'] : []),
  ].join('\n');

/** Clips, a row each. */
export const clipTable = (clips: readonly Clip[]): string =>
  table(
    ['call', 'clip', 'at', 'example', 'title', 'topics', 'why'],
    clips.map(({ callId, clipId, startMs, endMs, example, title, topics, why }) => [
      ...[callId, clipId, rangeText(startMs, endMs), example, title, topics.join('\n'), why],
    ]),
    [null, null, null, null, null, null, 50],
  );
