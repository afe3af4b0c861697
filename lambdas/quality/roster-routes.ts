import { type OpenAPIHono, z } from '@hono/zod-openapi';
import { iso } from '../platform/clock.ts';
import { EVER } from '../platform/cursor.ts';
import { VerbatimError } from '../platform/errors.ts';
import { etagOf, jsonContent, problemResponse, versionAsked } from '../platform/http.ts';
import { ListQuery, pageOf } from '../platform/listing.ts';
import { ChangeHeaders, named } from '../platform/openapi.ts';
import { askerOf, checkSeesAgent, Role, roleRoute, seesTeam, teamsAsked } from './access.ts';
import { Agent } from './agents.ts';
import type { QualityNeeds } from './quality-needs.ts';
import { rosterStore } from './roster-store.ts';

const AgentBody = named('Agent', Agent);
const Text = z.string().trim().min(1, 'is empty').max(200, 'is longer than 200 characters');

const Me = z
  .object({
    role: Role,
    person: z.string(),
    teams: z.array(z.string()),
    /** Whether every team's calls are theirs to see. */
    isOfEveryTeam: z.boolean(),
    agentId: z.string().optional(),
  })
  .openapi('Me');

const RosterEntry = z
  .strictObject({
    name: Text.optional(),
    team: Text.optional().openapi({ description: 'As identity tokens name it.' }),
    person: Text.optional().openapi({ description: 'Who the agent is, as identity tokens name persons.' }),
  })
  .openapi('RosterEntry');

/** The path of whatever is of an agent. */
export const AgentPath = z.object({
  agentId: z
    .string()
    .max(256, 'is longer than 256 characters')
    .openapi({ param: { name: 'agentId', in: 'path' } }),
});

const getMe = roleRoute(Role.options, {
  method: 'get',
  path: '/me',
  summary: 'Who asks, and what is theirs to see',
  responses: { 200: { description: 'Who asks', ...jsonContent(Me) } },
});

const listAgents = roleRoute(['reviewer', 'supervisor', 'trainer'], {
  method: 'get',
  path: '/agents',
  summary: 'The agents of the teams of whoever asks, or of one of them',
  request: {
    query: ListQuery.pick({ limit: true, cursor: true }).extend({
      team: z.string().min(1).optional().openapi({ description: 'Without it: every team that whoever asks sees.' }),
    }),
  },
  responses: {
    200: { description: 'One page of agents', ...jsonContent(pageOf(AgentBody)) },
    403: problemResponse('The team is not one of theirs.'),
  },
});

const getAgent = roleRoute(Role.options, {
  method: 'get',
  path: '/agents/{agentId}',
  summary: 'An agent: their team, and who they are',
  request: { params: AgentPath },
  responses: {
    200: { description: 'The agent; `ETag` is its version', ...jsonContent(AgentBody) },
    403: problemResponse('The agent is not theirs to see.'),
    404: problemResponse('Nobody of that id was seen or put in.'),
  },
});

const putAgent = roleRoute(['supervisor'], {
  method: 'put',
  path: '/agents/{agentId}',
  summary: 'Says of which team an agent is, and who they are',
  request: { params: AgentPath, headers: ChangeHeaders, body: { required: true, ...jsonContent(RosterEntry) } },
  responses: {
    200: { description: 'The agent; `ETag` is its version', ...jsonContent(AgentBody) },
    400: problemResponse('A field is not as it must be; `detail` names it.'),
    403: problemResponse('The agent is, or would be, of a team that is not theirs; or is, or would be, whoever asks.'),
    409: problemResponse('The person is another agent.'),
    412: problemResponse('They have changed since the version of `If-Match`: read them again.'),
    428: problemResponse('There is no `If-Match`: one who is known already is changed as they were read.'),
  },
});

/** Who asks, and the roster: agents, their teams and their persons. */
export function rosterRoutes(app: OpenAPIHono, { dynamodb, tableName, edge, clock }: QualityNeeds): void {
  const roster = rosterStore(dynamodb, tableName);

  app.openapi(getMe, (c) => {
    const { role, person, teams, isOfEveryTeam, agentId } = askerOf(c);
    return c.json({ role, person, teams: [...teams], isOfEveryTeam, ...(agentId !== undefined && { agentId }) }, 200);
  });

  app.openapi(listAgents, async (c) => {
    const asker = askerOf(c);
    const { team, ...asked } = c.req.valid('query');
    const teams = teamsAsked(asker, team);
    const page = await edge.listPage(
      ['agents', ...(teams === 'all' ? ['*'] : teams)],
      { ...EVER, order: 'oldest-first', ...asked },
      (request) => roster.list(teams, request),
    );
    return c.json(page, 200);
  });

  app.openapi(getAgent, async (c) => {
    const { agentId } = c.req.valid('param');
    const asker = askerOf(c);
    const agent = await roster.get(agentId);
    // Whoever is of no team yet is read by the supervisor who takes them in.
    if (asker.role !== 'supervisor' || !agent || agent.team !== undefined) checkSeesAgent(asker, agent ?? { agentId });
    if (!agent) throw new VerbatimError('not-found', `there is no agent ${agentId}`);
    c.header('etag', etagOf(agent.version));
    return c.json(agent, 200);
  });

  app.openapi(putAgent, async (c) => {
    const { agentId } = c.req.valid('param');
    const entry = c.req.valid('json');
    const asker = askerOf(c);
    const before = await roster.get(agentId);
    // Whoever was seen in a call and is of no team yet is anybody's to take in.
    if (before?.team !== undefined) checkSeesAgent(asker, before);
    if (asker.agentId === agentId || entry.person === asker.person)
      throw new VerbatimError(
        'forbidden',
        'nobody says who they are themselves, or of which team: ask another supervisor',
      );
    if (!seesTeam(asker, entry.team))
      throw new VerbatimError('forbidden', `team: you can put agents in your own teams: ${asker.teams.join(', ')}`);
    if (before && versionAsked(c) !== before.version)
      throw new VerbatimError('precondition-failed', `the agent ${agentId} has changed: read them again`);
    const { since = iso(clock()), version = 0 } = before ?? {};
    const after = { agentId, ...entry, since, version: version + 1 };
    const refusal = await roster.put(before, after);
    if (refusal === 'person-taken') throw new VerbatimError('conflict', `person: ${entry.person} is another agent`);
    if (refusal) throw new VerbatimError('precondition-failed', `the agent ${agentId} has changed: read them again`);
    c.header('etag', etagOf(after.version));
    return c.json(after, 200);
  });
}
