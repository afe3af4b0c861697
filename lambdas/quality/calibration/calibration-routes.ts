import { type OpenAPIHono, z } from '@hono/zod-openapi';
import { DAY_MS, iso, plusMs } from '../../platform/clock.ts';
import { VerbatimError } from '../../platform/errors.ts';
import { etagOf, idOfRequest, jsonContent, problemResponse, versionAsked } from '../../platform/http.ts';
import { ListQuery, pageOf } from '../../platform/listing.ts';
import { ChangeHeaders, KeyHeader, named, UtcTime } from '../../platform/openapi.ts';
import { type Asker, askerOf, roleRoute, teamsAsked } from '../access.ts';
import type { QualityNeeds } from '../quality-needs.ts';
import { rosterStore } from '../roster-store.ts';
import { AnswerValue } from '../scoring/scorecard.ts';
import { scorecardStore } from '../scoring/scorecard-store.ts';
import { seenCallOfAgent } from '../seen-call.ts';
import { agreementOver, answerCalibration, closeCalibration, openCalibration } from './calibrate.ts';
import {
  Calibration,
  CalibrationEntry,
  CalibrationTold,
  MAX_CALLS,
  MAX_REVIEWERS,
  oversees,
  seesCalibration,
  tellCalibration,
} from './calibration.ts';
import { CalibrationAgreement } from './calibration-agreement.ts';
import { calibrationStore } from './calibration-store.ts';

const SummaryBody = named('Calibration', Calibration);
const CalibrationBody = named('CalibrationWithEntries', CalibrationTold);
const EntryBody = named('CalibrationEntry', CalibrationEntry);
const AgreementBody = named('CalibrationAgreement', CalibrationAgreement);

const Name = z.string().trim().min(1, 'is empty').max(256, 'is longer than 256 characters');
const isDistinct = (texts: readonly string[]): boolean => new Set(texts).size === texts.length;

const NewCalibration = z
  .strictObject({
    scorecard: Name.openapi({ description: 'By its name: in the version that the config has now.' }),
    callIds: z
      .array(Name)
      .min(1, 'is empty')
      .max(MAX_CALLS, `names more than ${MAX_CALLS} calls`)
      .refine(isDistinct, 'names a call twice'),
    reviewers: z
      .array(Name)
      .min(2, 'names less than two persons: nobody could be compared')
      .max(MAX_REVIEWERS, `names more than ${MAX_REVIEWERS} persons`)
      .refine(isDistinct, 'names a person twice')
      .openapi({ description: 'Persons, as identity tokens name them. Each must see the team of the calls.' }),
    dueAt: UtcTime,
  })
  .openapi('NewCalibration');

const NewAnswers = z
  .strictObject({
    answers: z.record(z.string(), AnswerValue).openapi({
      description: 'Of each criterion that is asked, by its id; none in words.',
    }),
  })
  .openapi('CalibrationAnswers');

const CalibrationPath = z.object({
  calibrationId: z.string().openapi({ param: { name: 'calibrationId', in: 'path' } }),
});
const CallPath = CalibrationPath.extend({ callId: z.string().openapi({ param: { name: 'callId', in: 'path' } }) });

const notTheirs = { 403: problemResponse('It is not theirs to see.') };
const notThere = { 404: problemResponse('There is no such calibration.') };

const postCalibration = roleRoute(['supervisor'], {
  method: 'post',
  path: '/calibrations',
  summary: 'Opens a calibration: several reviewers score the same calls, each without seeing the others',
  request: { headers: KeyHeader, body: { required: true, ...jsonContent(NewCalibration) } },
  responses: {
    201: {
      description: 'The calibration; `Location` is where it is, `ETag` its version',
      ...jsonContent(CalibrationBody),
    },
    400: problemResponse('A field is not as it must be, or a reviewer is the agent of a call; `detail` names it.'),
    403: problemResponse('A call is not theirs to see.'),
    404: problemResponse('There is no such call.'),
    409: problemResponse('The `Idempotency-Key` is that of another one, or a call names no agent or is too old.'),
  },
});

const listCalibrations = roleRoute(['reviewer', 'supervisor'], {
  method: 'get',
  path: '/calibrations',
  summary:
    'Calibrations by when they were opened: of reviewers those that name them, of supervisors those of their teams',
  request: {
    query: ListQuery.extend({
      team: z.string().min(1).optional().openapi({ description: 'Of supervisors: one of their teams.' }),
      mine: z
        .enum(['true', 'false'])
        .default('false')
        .transform((mine) => mine === 'true')
        .openapi({ type: 'boolean', description: 'Of supervisors: those that name them as a reviewer.' }),
    }),
  },
  responses: {
    200: { description: 'One page of calibrations', ...jsonContent(pageOf(SummaryBody)) },
    400: problemResponse('A parameter is not as it must be; `detail` names it.'),
    403: problemResponse('The team is not one of theirs.'),
  },
});

const getCalibration = roleRoute(['reviewer', 'supervisor'], {
  method: 'get',
  path: '/calibrations/{calibrationId}',
  summary: 'A calibration, with the own answers as long as it is open, and with all once it is closed',
  request: { params: CalibrationPath },
  responses: {
    200: { description: 'The calibration; `ETag` is its version', ...jsonContent(CalibrationBody) },
    ...notTheirs,
    ...notThere,
  },
});

const putAnswers = roleRoute(['reviewer', 'supervisor'], {
  method: 'put',
  path: '/calibrations/{calibrationId}/calls/{callId}/answers',
  summary: 'Answers the form on a call, as one of the reviewers of the calibration',
  request: { params: CallPath, headers: ChangeHeaders, body: { required: true, ...jsonContent(NewAnswers) } },
  responses: {
    200: { description: 'What is stored; `ETag` is its version', ...jsonContent(EntryBody) },
    400: problemResponse('An answer is not as it must be, or is missing; `detail` names it.'),
    403: problemResponse('They are no reviewer of it, the call is not theirs to see, or is their own.'),
    404: problemResponse('There is no such calibration, or no such call in it, or the call is gone.'),
    409: problemResponse('The calibration is closed.'),
    412: problemResponse('Their answers have changed since the version of `If-Match`: read them again.'),
    428: problemResponse('There is no `If-Match`: answers that are there are changed as they were read.'),
  },
});

const postClose = roleRoute(['supervisor'], {
  method: 'post',
  path: '/calibrations/{calibrationId}/close',
  summary: 'Closes a calibration: it takes no more answers, and its reviewers see all of them',
  request: { params: CalibrationPath, headers: ChangeHeaders },
  responses: {
    200: { description: 'The calibration; `ETag` is its version', ...jsonContent(CalibrationBody) },
    403: problemResponse('It is not of a team of theirs.'),
    ...notThere,
    409: problemResponse('It is closed already.'),
    412: problemResponse('It has changed since the version of `If-Match`: read it again.'),
    428: problemResponse('There is no `If-Match`.'),
  },
});

const getAgreement = roleRoute(['reviewer', 'supervisor'], {
  method: 'get',
  path: '/calibrations/{calibrationId}/agreement',
  summary:
    'How much the reviewers of a closed calibration agree: on each criterion, and each of them against the others',
  request: { params: CalibrationPath },
  responses: {
    200: { description: 'The agreement', ...jsonContent(AgreementBody) },
    ...notTheirs,
    ...notThere,
    409: problemResponse('It is open: nothing is told of the answers of others before it is closed.'),
  },
});

/** So many rounds are taken together at the most, */
const MAX_ROUNDS = 100;
/** and so many answered forms as they may have: what is read and compared while somebody waits. */
const MAX_FORMS = 10_000;
const DEFAULT_PERIOD_MS = 366 * DAY_MS;

const AgreementOver = z
  .object({
    scorecard: z.string(),
    from: z.iso.datetime(),
    to: z.iso.datetime(),
    /** By each version of the scorecard that was used: they ask other things, and are not taken together. */
    versions: z.array(AgreementBody.extend({ rounds: z.int().positive() })),
  })
  .openapi('AgreementOverCalibrations');

const getAgreementOver = roleRoute(['supervisor'], {
  method: 'get',
  path: '/calibrations/agreement',
  summary: 'How much reviewers agree over all calibrations by a scorecard that were closed in a period',
  request: {
    query: ListQuery.pick({ from: true, to: true }).extend({
      scorecard: Name,
      team: z.string().min(1).optional().openapi({ description: 'Without it: every team that whoever asks sees.' }),
    }),
  },
  responses: {
    200: { description: 'The agreement, by each version of the scorecard', ...jsonContent(AgreementOver) },
    400: problemResponse(
      `A parameter is not as it must be, or there are more than ${MAX_ROUNDS} rounds, or ${MAX_FORMS} forms of them.`,
    ),
    403: problemResponse('The team is not one of theirs.'),
  },
});

/** Calibrations, and what they tell. */
export function calibrationRoutes(app: OpenAPIHono, needs: QualityNeeds): void {
  const { dynamodb, tableName, edge, clock, quality } = needs;
  const calibrations = calibrationStore(dynamodb, tableName, quality.keepScoresDays);
  const calibrating = {
    calibrations,
    scorecards: scorecardStore(dynamodb, tableName),
    roster: rosterStore(dynamodb, tableName),
    ...{ clock, keepScoresDays: quality.keepScoresDays },
  };

  const seen = async (asker: Asker, calibrationId: string): Promise<Calibration> => {
    const calibration = await calibrations.get(calibrationId);
    if (!calibration) throw new VerbatimError('not-found', `there is no calibration ${calibrationId}`);
    if (seesCalibration(asker, calibration)) return calibration;
    throw new VerbatimError('forbidden', `the calibration ${calibrationId} is not yours to see: it does not name you`);
  };
  const told = async (asker: Asker, calibration: Calibration): Promise<CalibrationTold> =>
    tellCalibration(asker, calibration, await calibrations.entries(calibration.calibrationId));

  app.openapi(postCalibration, async (c) => {
    const { scorecard: name, callIds, reviewers, dueAt } = c.req.valid('json');
    const asker = askerOf(c);
    const scorecard = quality.scorecards.find((one) => one.name === name);
    if (!scorecard) {
      const names = quality.scorecards.map((one) => one.name).join(', ');
      throw new VerbatimError('bad-request', `scorecard: there is no scorecard "${name}"; there are: ${names}`);
    }
    const calls = await Promise.all(callIds.map((callId) => seenCallOfAgent(c, callId, needs)));
    const id = idOfRequest(c, needs.randomId);
    const opened = await openCalibration(id, { scorecard, calls, reviewers, dueAt }, asker, calibrating);
    c.header('location', `/calibrations/${opened.calibrationId}`);
    c.header('etag', etagOf(opened.version));
    return c.json(await told(asker, opened), 201);
  });

  app.openapi(listCalibrations, async (c) => {
    const asker = askerOf(c);
    const { team, mine, ...asked } = c.req.valid('query');
    const isMine = mine || asker.role === 'reviewer';
    if (isMine && team !== undefined)
      throw new VerbatimError('bad-request', 'team: is for supervisors, without "mine": leave it out');
    const scope = isMine ? { reviewer: asker.person } : teamsAsked(asker, team);
    const page = await edge.listPage(['calibrations', JSON.stringify(scope)], asked, (request) =>
      calibrations.list(scope, request),
    );
    return c.json(page, 200);
  });

  // Before that of one calibration, whose id it would be taken for.
  app.openapi(getAgreementOver, async (c) => {
    const { scorecard, team, ...period } = c.req.valid('query');
    const teams = teamsAsked(askerOf(c), team);
    const to = period.to ?? plusMs(iso(clock()), DAY_MS);
    const from = period.from ?? plusMs(to, -DEFAULT_PERIOD_MS);
    if (from >= to) throw new VerbatimError('bad-request', `from: ${from} is not before to: ${to}`);
    const { items } = await calibrations.listClosed(scorecard, teams, {
      ...{ from, to, order: 'newest-first', limit: MAX_ROUNDS + 1 },
    });
    const forms = items.reduce((all, one) => all + one.calls.length * one.reviewers.length, 0);
    if (items.length > MAX_ROUNDS || forms > MAX_FORMS)
      throw new VerbatimError(
        'bad-request',
        `from: there are more than ${MAX_ROUNDS} calibrations, or ${MAX_FORMS} forms of them, from then on: name a shorter period, or a team`,
      );
    return c.json({ scorecard, from, to, versions: await agreementOver(items, calibrating) }, 200);
  });

  app.openapi(getCalibration, async (c) => {
    const asker = askerOf(c);
    const calibration = await seen(asker, c.req.valid('param').calibrationId);
    c.header('etag', etagOf(calibration.version));
    return c.json(await told(asker, calibration), 200);
  });

  app.openapi(putAnswers, async (c) => {
    const asker = askerOf(c);
    const { calibrationId, callId } = c.req.valid('param');
    const calibration = await seen(asker, calibrationId);
    if (!calibration.reviewers.includes(asker.person))
      throw new VerbatimError('forbidden', `you are no reviewer of it: they are ${calibration.reviewers.join(', ')}`);
    if (!calibration.calls.some((one) => one.callId === callId))
      throw new VerbatimError('not-found', `there is no call ${callId} in the calibration ${calibrationId}`);
    const call = await seenCallOfAgent(c, callId, needs);
    const { answers } = c.req.valid('json');
    const version = () => versionAsked(c);
    const entry = await answerCalibration(calibration, call, answers, asker, version, calibrating);
    c.header('etag', etagOf(entry.version));
    return c.json(entry, 200);
  });

  app.openapi(postClose, async (c) => {
    const asker = askerOf(c);
    const calibration = await seen(asker, c.req.valid('param').calibrationId);
    const closed = await closeCalibration(calibration, versionAsked(c), asker, calibrating);
    c.header('etag', etagOf(closed.version));
    return c.json(await told(asker, closed), 200);
  });

  app.openapi(getAgreement, async (c) => {
    const asker = askerOf(c);
    const calibration = await seen(asker, c.req.valid('param').calibrationId);
    if (calibration.state !== 'closed')
      throw new VerbatimError(
        'conflict',
        oversees(asker, calibration) ? 'it is open: close it first' : 'it is open: it is told once it is closed',
      );
    const [agreement] = await agreementOver([calibration], calibrating);
    if (!agreement) throw new Error(`the calibration ${calibration.calibrationId} has no scorecard`);
    const { rounds: _, ...of } = agreement;
    return c.json(of, 200);
  });
}
