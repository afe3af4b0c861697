import { type OpenAPIHono, z } from '@hono/zod-openapi';
import { VerbatimError } from '../../platform/errors.ts';
import { jsonContent, problemResponse } from '../../platform/http.ts';
import { named, UtcTime } from '../../platform/openapi.ts';
import { askerOf, Role, roleRoute } from '../access.ts';
import type { QualityNeeds } from '../quality-needs.ts';
import { CallPath, seenCall } from '../seen-call.ts';
import { CallScore, callScoreStore } from './call-score.ts';
import { rescoreMessages } from './rescore.ts';
import { Scorecard } from './scorecard.ts';
import { scorecardStore } from './scorecard-store.ts';

const ScorecardBody = named('Scorecard', Scorecard);
const CallScoreBody = named('CallScore', CallScore);

const Rescore = z
  .strictObject({
    from: UtcTime.openapi({ description: 'When the first calls began: it is included.' }),
    to: UtcTime.openapi({ description: 'The end of the period, not included.' }),
  })
  .refine(({ from, to }) => from < to, { error: 'is not before "to"', path: ['from'] })
  .openapi('Rescore');

const NamePath = z.object({ name: z.string().openapi({ param: { name: 'name', in: 'path' } }) });
const VersionPath = NamePath.extend({ version: z.string().openapi({ param: { name: 'version', in: 'path' } }) });

const listScorecards = roleRoute(Role.options, {
  method: 'get',
  path: '/scorecards',
  summary: 'The scorecards by which calls are checked',
  responses: {
    200: { description: 'All of them', ...jsonContent(z.object({ items: z.array(ScorecardBody) })) },
  },
});

const getScorecard = roleRoute(Role.options, {
  method: 'get',
  path: '/scorecards/{name}',
  summary: 'A scorecard, as calls are checked by it now',
  request: { params: NamePath },
  responses: {
    200: { description: 'The scorecard', ...jsonContent(ScorecardBody) },
    404: problemResponse('Calls are checked by no such scorecard; its versions may be there.'),
  },
});

const getScorecardVersion = roleRoute(Role.options, {
  method: 'get',
  path: '/scorecards/{name}/versions/{version}',
  summary: 'A version of a scorecard, by which calls were scored or reviewed',
  request: { params: VersionPath },
  responses: {
    200: { description: 'The scorecard of that version', ...jsonContent(ScorecardBody) },
    404: problemResponse('There is no such version.'),
  },
});

const listCallScores = roleRoute(Role.options, {
  method: 'get',
  path: '/calls/{callId}/scores',
  summary: 'The automatic scores of a call: where each point comes from, and where in the call that is seen',
  request: { params: CallPath },
  responses: {
    200: { description: 'One score for each scorecard', ...jsonContent(z.object({ items: z.array(CallScoreBody) })) },
    403: problemResponse('The call is not theirs to see.'),
    404: problemResponse('There is no such call.'),
  },
});

const postRescore = roleRoute(['supervisor'], {
  method: 'post',
  path: '/rescores',
  summary: 'Scores the calls of a period anew, by the scorecards as they are now',
  request: { body: { required: true, ...jsonContent(Rescore) } },
  responses: {
    202: { description: 'It has begun', ...jsonContent(z.object({ from: z.string(), to: z.string() })) },
    400: problemResponse('A field is not as it must be; `detail` names it.'),
    403: problemResponse('Whoever asks does not see every team.'),
  },
});

/** Scorecards, the automatic scores of calls, and scoring anew. */
export function scoringRoutes(app: OpenAPIHono, needs: QualityNeeds): void {
  const { quality, dynamodb, tableName, sendScores } = needs;
  const versions = scorecardStore(dynamodb, tableName);
  const callScores = callScoreStore(dynamodb, tableName);

  app.openapi(listScorecards, (c) => c.json({ items: [...quality.scorecards] }, 200));

  app.openapi(getScorecard, (c) => {
    const { name } = c.req.valid('param');
    const scorecard = quality.scorecards.find((one) => one.name === name);
    if (!scorecard) {
      const names = quality.scorecards.map((one) => one.name).join(', ');
      throw new VerbatimError('not-found', `there is no scorecard ${name}: there are ${names}`);
    }
    return c.json(scorecard, 200);
  });

  app.openapi(getScorecardVersion, async (c) => {
    const { name, version } = c.req.valid('param');
    const scorecard =
      (await versions.get(name, version)) ??
      quality.scorecards.find((one) => one.name === name && one.version === version);
    if (!scorecard) throw new VerbatimError('not-found', `there is no version ${version} of the scorecard ${name}`);
    return c.json(scorecard, 200);
  });

  app.openapi(listCallScores, async (c) => {
    const { callId } = await seenCall(c, c.req.valid('param').callId, needs);
    return c.json({ items: await callScores.ofCall(callId) }, 200);
  });

  app.openapi(postRescore, async (c) => {
    if (!askerOf(c).isOfEveryTeam)
      throw new VerbatimError('forbidden', 'the calls of all teams are scored anew: you do not see every team');
    const { from, to } = c.req.valid('json');
    await sendScores(rescoreMessages(from, to));
    return c.json({ from, to }, 202);
  });
}
