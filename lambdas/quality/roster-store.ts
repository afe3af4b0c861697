import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import type { TransactItem } from '../calls/calls.ts';
import type { Page, PageRequest } from '../platform/cursor.ts';
import { queryAll, queryPages } from '../platform/query-pages.ts';
import { Agent } from './agents.ts';
import { transact } from './items.ts';
import { agentSubject } from './quality-table.ts';

const AGENT = 'agent';
const ALL = 'agents';
const teamSubject = (team: string): string => `team#${team}`;
const agentKey = (agentId: string) => ({ subject: agentSubject(agentId), part: AGENT });
const personKey = (person: string) => ({ subject: `person#${person}`, part: AGENT });

/** Why an agent was not stored: somebody else changed them meanwhile, or the person is another agent. */
export type RosterRefusal = 'changed' | 'person-taken';

/** The agents, their teams and their persons. */
export function rosterStore(dynamodb: DynamoDBDocumentClient, TableName: string) {
  const get = async (agentId: string): Promise<Agent | undefined> => {
    const { Item } = await dynamodb.send(new GetCommand({ TableName, Key: agentKey(agentId), ConsistentRead: true }));
    return Item && Agent.parse(Item);
  };
  const put = (subject: string, part: string, agent: Agent): TransactItem => ({
    Put: { TableName, Item: { ...agent, subject, part } },
  });

  return {
    /** An agent; undefined where nobody of that id was seen or put in. */
    get,

    /** The agent who a person is; undefined where they are none. */
    async agentOf(person: string): Promise<string | undefined> {
      const { Item } = await dynamodb.send(new GetCommand({ TableName, Key: personKey(person), ConsistentRead: true }));
      return Item === undefined ? undefined : Agent.pick({ agentId: true }).parse(Item).agentId;
    },

    /**
     * Stores an agent in place of `before`, as they were read; the first of an id in place of nothing.
     *
     * @returns why not, where they were not stored
     */
    async put(before: Agent | undefined, after: Agent): Promise<RosterRefusal | undefined> {
      const { agentId, team, person } = after;
      const condition = before
        ? { ConditionExpression: '#version = :read', ExpressionAttributeValues: { ':read': before.version } }
        : { ConditionExpression: 'attribute_not_exists(#version)' };
      const items: TransactItem[] = [
        {
          Put: {
            TableName,
            Item: { ...after, ...agentKey(agentId) },
            ...condition,
            ExpressionAttributeNames: { '#version': 'version' },
          },
        },
        ...(person === undefined
          ? []
          : [
              {
                Put: {
                  TableName,
                  Item: { agentId, ...personKey(person) },
                  ConditionExpression: 'attribute_not_exists(#agentId) OR #agentId = :agentId',
                  ExpressionAttributeNames: { '#agentId': 'agentId' },
                  ExpressionAttributeValues: { ':agentId': agentId },
                },
              },
            ]),
        put(ALL, agentId, after),
        ...(team === undefined ? [] : [put(teamSubject(team), agentId, after)]),
        ...(before?.team !== undefined && before.team !== team
          ? [{ Delete: { TableName, Key: { subject: teamSubject(before.team), part: agentId } } }]
          : []),
        ...(before?.person !== undefined && before.person !== person
          ? [{ Delete: { TableName, Key: personKey(before.person) } }]
          : []),
      ];
      const refused = await transact(dynamodb, items);
      if (!refused) return undefined;
      const [ofAgent] = refused;
      return ofAgent ? 'changed' : 'person-taken';
    },

    /** One page of the agents of some teams, or of all, team after team, in order of their ids. */
    list(teams: readonly string[] | 'all', request: PageRequest): Promise<Page<Agent>> {
      const groups = teams === 'all' ? [[ALL]] : teams.map((team) => [teamSubject(team)]);
      return queryPages(dynamodb, { tableName: TableName, groups }, request, (item) => Agent.parse(item));
    },

    /** All agents of a team. */
    async ofTeam(team: string): Promise<Agent[]> {
      const items = await queryAll(dynamodb, { tableName: TableName, subject: teamSubject(team) });
      return items.map((item) => Agent.parse(item));
    },
  };
}
export type RosterStore = ReturnType<typeof rosterStore>;

/** An agent, as far as they are known: of one who was never seen nothing but the id is. */
export const knownAgent = async (
  roster: Pick<RosterStore, 'get'>,
  agentId: string,
): Promise<Pick<Agent, 'agentId' | 'team' | 'name' | 'person'>> => (await roster.get(agentId)) ?? { agentId };

/**
 * Puts an agent in the roster who is seen for the first time; whoever is there stays as they are.
 */
export async function registerAgent(roster: Pick<RosterStore, 'get' | 'put'>, agentId: string, now: string) {
  if (await roster.get(agentId)) return;
  await roster.put(undefined, { agentId, version: 1, since: now });
}
