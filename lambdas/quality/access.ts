import { type createRoute, createRoute as route } from '@hono/zod-openapi';
import type { Context, MiddlewareHandler } from 'hono';
import * as z from 'zod';
import { VerbatimError } from '../platform/errors.ts';
import { type Who, whoOf } from '../platform/http.ts';

/** Who asks by a quality URL: each role has a URL of its own, and an IAM policy that lets a principal call it. */
export const Role = z.enum(['reviewer', 'supervisor', 'agent', 'trainer']);
export type Role = z.infer<typeof Role>;

/** A verified person who asks by the URL of a role. */
export interface Asker {
  readonly role: Role;
  readonly person: string;
  /** The teams of which the token names the person. */
  readonly teams: readonly string[];
  /** The person is of one of `quality.everyTeam`: every team's calls are theirs to see. */
  readonly isOfEveryTeam: boolean;
  /** The agent who the person is, as the roster has it; none where they are none. */
  readonly agentId?: string | undefined;
  /** As it is noted with what they do. */
  readonly who: Who;
}

declare module 'hono' {
  interface ContextVariableMap {
    asker?: Asker;
  }
}

/** What tells who asks. */
export interface AskerNeeds {
  readonly role: Role;
  /** Teams whose persons see every team. */
  readonly everyTeam: readonly string[];
  /** The agent who a person is. */
  readonly agentOf: (person: string) => Promise<string | undefined>;
}

/** Knows who asks, before any route does anything. Nobody is let through without a verified person. */
export const knowingAsker =
  ({ role, everyTeam, agentOf }: AskerNeeds): MiddlewareHandler =>
  async (c, next) => {
    const who = whoOf(c);
    const { person } = who;
    const teams = [...new Set(who.teams)];
    if (person === undefined)
      throw new VerbatimError(
        'unauthenticated',
        'Verbatim-Identity: is missing: the quality URLs answer verified persons alone (see "identity" in the config)',
      );
    const isOfEveryTeam = teams.some((team) => everyTeam.includes(team));
    c.set('asker', { role, person, teams, isOfEveryTeam, agentId: await agentOf(person), who });
    await next();
  };

/** Who asks: of routes behind {@link knowingAsker}. */
export function askerOf(c: Context): Asker {
  const asker = c.get('asker');
  if (!asker) throw new Error('it is not known who asks');
  return asker;
}

const onlyFor =
  (roles: readonly Role[]): MiddlewareHandler =>
  async (c, next) => {
    const { role } = askerOf(c);
    if (!roles.includes(role))
      throw new VerbatimError('forbidden', `this is not for the role ${role}, but for: ${roles.join(', ')}`);
    await next();
  };

type RouteConfig = Parameters<typeof createRoute>[0];

/**
 * A route of the quality URLs, which must say whose it is: others are answered with 403. Every route of theirs is made by this; a test
 * holds it.
 */
export const roleRoute = <P extends string, R extends Omit<RouteConfig, 'path'> & { path: P }>(
  roles: readonly Role[],
  config: R,
) => route({ ...config, 'x-roles': roles, middleware: [onlyFor(roles)] as MiddlewareHandler[] });

/** Whether what is of a team is a person's to see. What is of no team is for those alone who see every team. */
export const seesTeam = ({ teams, isOfEveryTeam }: Asker, team: string | undefined): boolean =>
  isOfEveryTeam || (team !== undefined && teams.includes(team));

/**
 * The teams of which a person is listed what there is: the one that they name, or else all that they see.
 *
 * @throws {VerbatimError} forbidden, where it is not theirs to see
 */
export function teamsAsked(asker: Asker, team: string | undefined): readonly string[] | 'all' {
  if (team === undefined) return asker.isOfEveryTeam ? 'all' : asker.teams.toSorted();
  if (seesTeam(asker, team)) return [team];
  throw new VerbatimError('forbidden', `team: the team ${team} is not yours to see`);
}

/** An agent as far as it decides who may see what is theirs. */
export interface AgentOfTeam {
  readonly agentId: string;
  readonly team?: string | undefined;
}

/** Whether what is of an agent is a person's to see: by the URL of agents that of themselves alone, by others that of their teams. */
export const seesAgent = (asker: Asker, { agentId, team }: AgentOfTeam): boolean =>
  asker.role === 'agent' ? asker.agentId === agentId : seesTeam(asker, team);

/**
 * Refuses what is of an agent who is not a person's to see.
 *
 * @throws {VerbatimError} forbidden
 */
export function checkSeesAgent(asker: Asker, agent: AgentOfTeam): void {
  if (seesAgent(asker, agent)) return;
  const why =
    asker.role === 'agent' ? 'you see what is yours' : `you see the teams ${asker.teams.join(', ') || '(none)'}`;
  // Without who it is: whoever asks may have named a call alone.
  throw new VerbatimError('forbidden', `the agent is not yours to see: ${why}`);
}

/**
 * Refuses what nobody may do with a call of their own.
 *
 * @throws {VerbatimError} forbidden
 */
export function checkNotOwn(asker: Asker, agentId: string, what: string): void {
  if (asker.agentId === agentId)
    throw new VerbatimError('forbidden', `you are the agent of this call: you cannot ${what}`);
}
