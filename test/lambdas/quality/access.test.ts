import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { Role } from '../../../lambdas/quality/access.ts';
import { qualityApi } from '../../../lambdas/quality/quality-api.ts';
import { SamplingPlan } from '../../../lambdas/quality/sampling/plan.ts';
import { NOW } from '../builders.ts';
import { libraryWorld, refund } from './library/library-world.ts';
import { qualityWorld } from './world.ts';

const Operation = z.object({
  'x-roles': z.array(Role).default([]),
  parameters: z.array(z.object({ name: z.string(), in: z.string() })).default([]),
});
const Document = z.object({ paths: z.record(z.string(), z.record(z.string(), Operation)) });

/** Every route of the application, as its own document tells it: what comes to it is tested with the others. */
const routes = await (async () => {
  const { needs } = await qualityWorld();
  const response = await qualityApi(needs('agent')).request('/openapi.json');
  const { paths } = Document.parse(await response.json());
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, { 'x-roles': roles, parameters }]) => ({
      ...{ method: method.toUpperCase(), path, roles },
      asksForTeam: parameters.some((one) => one.in === 'query' && one.name === 'team'),
      name: `${method.toUpperCase()} ${path}`,
    })),
  );
})();

/** Persons of the team `billing`, of which the agent lee is; of `sales`, of which kim is; of no team; and who see every team. */
const persons = {
  ...{ rita: ['billing'], rob: ['billing'], sue: ['billing'], tina: ['billing'], lee: [], pat: [] },
  ...{ rey: ['sales'], sid: ['sales'], tom: ['sales'], kim: [], quinn: ['quality-leads'] },
  ...{ nobody: [] },
};
/** Who is shown what is of lee, by the URL of each role; and who is not. */
const insiders: Readonly<Record<Role, string>> = { reviewer: 'rita', supervisor: 'sue', agent: 'lee', trainer: 'tina' };
const strangers: Readonly<Record<Role, readonly string[]>> = {
  ...{ reviewer: ['rey', 'nobody'], supervisor: ['sid', 'nobody', 'lee'], agent: ['kim', 'nobody'] },
  trainer: ['tom', 'nobody'],
};

/** What is written of lee: no stranger may read it. */
const SECRET = 'is told to those of billing alone';
const LATER = '2030-01-01T00:00:00.000Z';
const clip = { ...refund, title: `A refund, which ${SECRET}` };
const answers = { disclosure: 'yes', greeting: 5, solved: 'no' };
const given = { greeting: { answer: 5 }, solved: { answer: 'no' } };

/** The body of each route that takes one: such that nothing but who asks can be why it is refused. */
const bodies: Readonly<Record<string, unknown>> = {
  'PUT /agents/{agentId}': { team: 'billing' },
  'POST /agents/{agentId}/sessions': {},
  'PUT /agents/{agentId}/sessions/{sessionId}': { heldAt: NOW, goals: [] },
  'POST /calibrations': { scorecard: 'service', callIds: ['a'], reviewers: ['rita', 'rob'], dueAt: LATER },
  'PUT /calibrations/{calibrationId}/calls/{callId}/answers': { answers },
  'POST /calls/{callId}/clips': clip,
  'PUT /calls/{callId}/clips/{clipId}': clip,
  'POST /calls/{callId}/clips/{clipId}/exports': {
    ...{ retentionClass: '1-year', basis: 'legitimate-interests', reason: 'for new staff' },
  },
  'POST /calls/{callId}/notes': { startMs: 0, endMs: 1000, criterionId: 'greeting', text: SECRET },
  'POST /calls/{callId}/reviews': { scorecard: 'service' },
  'POST /calls/{callId}/reviews/{reviewId}/acknowledge': {},
  'PUT /calls/{callId}/reviews/{reviewId}/answers': { answers: given },
  'POST /calls/{callId}/reviews/{reviewId}/appeal': { reason: SECRET },
  'POST /calls/{callId}/reviews/{reviewId}/assign': { person: 'rob' },
  'POST /calls/{callId}/reviews/{reviewId}/comments': { startMs: 0, endMs: 1000, text: SECRET },
  'POST /calls/{callId}/reviews/{reviewId}/decide': { outcome: 'rejected', reason: SECRET },
  'POST /calls/{callId}/reviews/{reviewId}/release': {},
  'POST /calls/{callId}/reviews/{reviewId}/submit': {},
  'POST /calls/{callId}/reviews/{reviewId}/take': {},
  'POST /plans/{plan}/months/{month}/draws': { team: 'billing' },
  'POST /playlists': { title: SECRET, team: 'billing', entries: [] },
  'PUT /playlists/{playlistId}': { title: SECRET, team: 'billing', entries: [] },
  'POST /rescores': { from: '2026-10-01T00:00:00Z', to: '2026-11-01T00:00:00Z' },
};

/** What routes must be asked with that take something of a query. */
const queries: Readonly<Record<string, string>> = {
  'GET /agents/{agentId}/progress': '?scorecard=service',
  'GET /calibrations/agreement': '?scorecard=service',
  'GET /plans/{plan}/months/{month}/sample': '?agentId=lee',
  'GET /reviews': '?state=submitted',
};

/** What holds nothing of an agent, a call or a team: everybody is shown it who has a role that it is for. */
const everyones = [
  ...['GET /me', 'GET /plans', 'GET /scorecards', 'GET /scorecards/{name}'],
  'GET /scorecards/{name}/versions/{version}',
  // Nothing in an export tells of whom it is: that is what it was made for.
  ...['GET /exports', 'GET /exports/{exportId}', 'GET /exports/{exportId}/audio'],
];

type World = Awaited<ReturnType<typeof libraryWorld>>;
type Told = Awaited<ReturnType<ReturnType<World['as']>>>;
type Route = (typeof routes)[number];
/** A route with what it is asked with, where that is not what {@link queries} has for it. */
type Asked = Route & { readonly query?: string };

/** A world in which there is something of lee behind every route. */
async function filledWorld() {
  const plan = SamplingPlan.parse({ name: 'monthly', scorecard: 'service', perAgent: 2 });
  const world = await libraryWorld({ persons, quality: { plans: [plan] } });
  const { as } = world;
  const id = async (name: string, asked: Promise<Told>): Promise<string> => {
    const { status, body } = await asked;
    if (status !== 201) throw new Error(`${name}: ${JSON.stringify(body)}`);
    return z
      .record(z.string(), z.unknown())
      .transform((told) => String(told[name]))
      .parse(body);
  };
  const body = (name: string) => ({ body: bodies[name] });
  const clipId = await world.clip({ title: clip.title });
  const exports = `/calls/a/clips/${clipId}/exports`;
  const exportId = await id(
    'exportId',
    as('trainer', 'tina')(exports, body('POST /calls/{callId}/clips/{clipId}/exports')),
  );
  const playlistId = await id('playlistId', as('trainer', 'tina')('/playlists', body('POST /playlists')));
  await id('noteId', as('supervisor', 'sue')('/calls/a/notes', body('POST /calls/{callId}/notes')));
  const sessionId = await id(
    'sessionId',
    as('supervisor', 'sue')('/agents/lee/sessions', { body: { goals: [{ criterionId: 'greeting', text: SECRET }] } }),
  );
  const reviewId = await id('reviewId', as('reviewer', 'rita')('/calls/a/reviews', { body: { scorecard: 'service' } }));
  const reviewing = async (method: string, what: string, change: unknown): Promise<void> => {
    const path = `/calls/a/reviews/${reviewId}`;
    const { etag } = await as('reviewer', 'rita')(path);
    const headers = { 'if-match': etag };
    const { status, body: told } = await as('reviewer', 'rita')(`${path}/${what}`, { method, body: change, headers });
    if (status !== 200) throw new Error(`${what}: ${JSON.stringify(told)}`);
  };
  await reviewing('POST', 'comments', { startMs: 0, endMs: 1000, text: SECRET });
  await reviewing('PUT', 'answers', { answers: given });
  await reviewing('POST', 'submit', {});
  const calibrationId = await id('calibrationId', as('supervisor', 'sue')('/calibrations', body('POST /calibrations')));
  const answered = await as('reviewer', 'rita')(`/calibrations/${calibrationId}/calls/a/answers`, {
    ...{ method: 'PUT', body: { answers } },
  });
  const closed = await as('supervisor', 'sue')(`/calibrations/${calibrationId}/close`, {
    ...{ method: 'POST', headers: { 'if-match': '"1"' } },
  });
  if (answered.status !== 200 || closed.status !== 200) throw new Error(JSON.stringify([answered, closed]));
  const params: Readonly<Record<string, string>> = {
    ...{
      agentId: 'lee',
      callId: 'a',
      team: 'billing',
      month: '2026-10',
      plan: 'monthly',
      name: 'service',
      version: '1',
    },
    ...{ clipId, exportId, playlistId, sessionId, reviewId, calibrationId },
  };
  /** Asks a route for what is of lee, as somebody by the URL of a role. */
  const ask = (role: Role, person: string | undefined, { method, path, name, query }: Asked): Promise<Told> => {
    const filled = path.replaceAll(/\{(\w+)\}/g, (_, param: string) => {
      const value = params[param];
      if (value === undefined) throw new Error(`nothing is known of the parameter ${param} of ${name}`);
      return value;
    });
    const asked = { method, body: bodies[name], headers: { 'if-match': '"1"' } };
    return as(role, person)(`${filled}${query ?? queries[name] ?? ''}`, asked);
  };
  return { ...world, ask };
}

/** What is not as it should be, each thing in a line: of all routes at once. */
async function wrong(
  asked: readonly (readonly [Role, string | undefined, Asked])[],
  ask: (role: Role, person: string | undefined, route: Asked) => Promise<Told>,
  isRight: (told: Told, route: Route) => boolean,
): Promise<string[]> {
  const found: string[] = [];
  for (const [role, person, route] of asked) {
    const told = await ask(role, person, route);
    if (!isRight(told, route))
      found.push(`${role} ${person} ${route.name}: ${told.status} ${JSON.stringify(told.body)?.slice(0, 150)}`);
  }
  return found;
}

const isRead = ({ method }: Route): boolean => method === 'GET';
/** Whether a route names what it is asked for: then it is refused; other ones answer what is there for whoever asks. */
const namesIt = ({ path, name }: Route): boolean =>
  /\{(?!(plan|month|name|version)\})/.test(path) || (queries[name] ?? '').includes('agentId');
const isRefused = ({ status }: Told): boolean => status === 403;
const ofLee = new RegExp(`${SECRET}|"(callId|agentId)":"(a|lee)"|"reviewer":"rita"`);
const holdsSome = ({ status, body }: Told): boolean => status === 200 && ofLee.test(JSON.stringify(body));
const holdsNothing = ({ status, body }: Told): boolean => status === 200 && !ofLee.test(JSON.stringify(body));
const byStrangers = routes
  .filter(({ name }) => !everyones.includes(name))
  .flatMap((route) => route.roles.flatMap((role) => strangers[role].map((person) => [role, person, route] as const)));

let world: Awaited<ReturnType<typeof filledWorld>>;
beforeAll(async () => {
  world = await filledWorld();
});

describe('every route of the quality URLs', () => {
  it('says which roles it is for', () => {
    expect(routes.length).toBeGreaterThan(50);
    expect(routes.filter(({ roles }) => roles.length === 0)).toEqual([]);
  });

  it('is what is asked here: nothing is held ready for one that is gone', () => {
    const names = new Set(routes.map(({ name }) => name));
    const known = [...Object.keys(bodies), ...Object.keys(queries), ...everyones];
    expect(known.filter((name) => !names.has(name))).toEqual([]);
  });

  it('is refused to every other role, also to those who see every team', async () => {
    const asked = routes.flatMap((route) =>
      Role.options.flatMap((role) => (route.roles.includes(role) ? [] : [[role, 'quinn', route] as const])),
    );
    const isForAnother = ({ status, body }: Told): boolean =>
      status === 403 && JSON.stringify(body).includes('this is not for the role');
    expect(await wrong(asked, world.ask, isForAnother)).toEqual([]);
  });

  it.each([
    ['no identity', undefined],
    ['one that does not verify', 'mallory'],
  ])('answers nobody with %s', async (_, person) => {
    const asked = routes.flatMap((route) => Role.options.map((role) => [role, person, route] as const));
    expect(await wrong(asked, world.ask, ({ status }) => status === 401)).toEqual([]);
  });

  it('changes nothing for those of another team, or of none', async () => {
    const asked = byStrangers.filter(([, , route]) => !isRead(route));
    expect(await wrong(asked, world.ask, isRefused)).toEqual([]);
  });

  it('shows them nothing that it is asked for by its name', async () => {
    const asked = byStrangers.filter(([, , route]) => isRead(route) && namesIt(route));
    expect(await wrong(asked, world.ask, isRefused)).toEqual([]);
  });

  it('lists nothing of it to them', async () => {
    const asked = byStrangers.filter(([, , route]) => isRead(route) && !namesIt(route));
    expect(asked.length).toBeGreaterThan(10);
    expect(await wrong(asked, world.ask, holdsNothing)).toEqual([]);
    const byInsiders = asked.map(([role, , route]) => [role, insiders[role], route] as const);
    expect(await wrong(byInsiders, world.ask, holdsSome)).toEqual([]);
  });

  it('lists nothing of a team to those who are not of it, nor of one that they name', async () => {
    const ofTeam = ({ name }: Route) => ({ query: `${queries[name] ?? '?'}&team=billing`.replace('?&', '?') });
    const asked = routes
      .filter(({ asksForTeam }) => asksForTeam)
      .flatMap((route) => route.roles.map((role) => [role, { ...route, ...ofTeam(route) }] as const))
      // Reviewers are listed the calibrations that name them: they name no team there.
      .filter(([role, { name }]) => role !== 'reviewer' || name !== 'GET /calibrations');
    expect(asked.length).toBeGreaterThan(5);
    const byOthers = asked.flatMap(([role, route]) => strangers[role].map((person) => [role, person, route] as const));
    expect(await wrong(byOthers, world.ask, isRefused)).toEqual([]);
    const byInsiders = asked.map(([role, route]) => [role, insiders[role], route] as const);
    expect(await wrong(byInsiders, world.ask, ({ status }) => status === 200)).toEqual([]);
  });

  it('shows all of it to those whose it is', async () => {
    const asked = routes
      .filter(isRead)
      .flatMap((route) => route.roles.map((role) => [role, insiders[role], route] as const));
    expect(await wrong(asked, world.ask, ({ status }) => status === 200)).toEqual([]);
  });

  it('shows agents nothing of their colleagues but the clips of their team', async () => {
    const asked = routes
      .filter((route) => route.roles.includes('agent') && namesIt(route) && !everyones.includes(route.name))
      .filter(({ path }) => !path.includes('/clips') && !path.includes('/playlists'))
      // Whoever reviews the team as a reviewer is nobody's agent by the URL of agents.
      .flatMap((route) => ['pat', 'rita'].map((person) => ['agent', person, route] as const));
    expect(asked.length).toBeGreaterThan(10);
    expect(await wrong(asked, world.ask, isRefused)).toEqual([]);
  });
});
