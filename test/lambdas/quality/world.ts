import { S3Client } from '@aws-sdk/client-s3';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { type AudioLinks, type Call, callStore, custodyStore, type Moment } from '../../../lambdas/calls/calls.ts';
import { VerbatimError } from '../../../lambdas/platform/errors.ts';
import type { Role } from '../../../lambdas/quality/access.ts';
import { qualityApi } from '../../../lambdas/quality/quality-api.ts';
import { QualityConfig } from '../../../lambdas/quality/quality-config.ts';
import type { QualityNeeds } from '../../../lambdas/quality/quality-needs.ts';
import { rosterStore } from '../../../lambdas/quality/roster-store.ts';
import { Scorecard } from '../../../lambdas/quality/scoring/scorecard.ts';
import type { Transcript } from '../../../lambdas/transcription/transcription.ts';
import { roleRights } from '../../../lib/quality-rights.ts';
import { memoryTranscripts, NOW, only, recordingAt, retention, transcribingCall } from '../builders.ts';
import { testEdge } from '../http-edge.ts';
import { memoryDynamodb } from '../memory-dynamodb.ts';

/** A scorecard with a criterion of every kind. */
export const scorecard = Scorecard.parse({
  name: 'service',
  version: '1',
  title: 'Service',
  passPercent: 80,
  sections: [
    {
      id: 'opening',
      title: 'Opening',
      criteria: [
        {
          id: 'disclosure',
          title: 'Was the recording disclosed?',
          answer: { type: 'yes-no' },
          critical: 'form',
          automatic: { cases: [{ if: { tag: 'recording-disclosure' }, answer: 'yes' }], otherwise: 'no' },
        },
        { id: 'greeting', title: 'Was the customer greeted?', answer: { type: 'scale', from: 1, to: 5 } },
      ],
    },
    {
      id: 'solution',
      title: 'Solution',
      weight: 2,
      criteria: [
        { id: 'solved', title: 'Was it solved?', answer: { type: 'yes-no' }, mayNotApply: true },
        {
          id: 'how',
          title: 'How?',
          answer: {
            type: 'choice',
            options: [
              { id: 'at-once', title: 'At once', share: 1 },
              { id: 'later', title: 'Later', share: 0.5 },
              { id: 'badly', title: 'Badly', share: 0 },
            ],
          },
          onlyIf: { criterion: 'solved', is: ['yes'] },
          comment: 'when-points-are-lost',
        },
        { id: 'words', title: 'What else?', answer: { type: 'text' } },
      ],
    },
  ],
});

/** A tagged call of an agent, as calls of tests are. */
export const taggedCall = (callId: string, changes: Partial<Call> = {}): Call =>
  transcribingCall(callId, { recording: recordingAt(`${callId}.wav`), state: 'tagged', ...changes });

/** The teams of the persons of tests; the token of a person is their name. */
export type Persons = Readonly<Record<string, readonly string[]>>;

const everyone: Persons = {
  rita: ['billing'],
  rob: ['billing'],
  sue: ['billing'],
  sid: ['sales'],
  lee: [],
  tina: ['billing'],
  quinn: ['quality-leads'],
};

/** What a world begins with. */
export interface Given {
  readonly calls?: readonly Call[];
  readonly moments?: Readonly<Record<string, readonly Moment[]>>;
  readonly transcripts?: Record<string, Transcript>;
  readonly quality?: Partial<QualityConfig>;
  readonly persons?: Persons;
  readonly changes?: Partial<QualityNeeds>;
}

/**
 * The quality URLs over one table that is held in memory. The agent `lee` (person lee) is of the team `billing`; rita, rob (reviewers),
 * sue (supervisor) and tina (trainer) are of that team, sid of `sales`, quinn of every team.
 */
export async function qualityWorld({
  calls: stored = [taggedCall('a'), taggedCall('b')],
  moments = {},
  transcripts = {},
  quality = {},
  persons = everyone,
  changes = {},
}: Given = {}) {
  const table = memoryDynamodb();
  const calls = callStore(table.client, 't');
  for (const call of stored) {
    const said = moments[call.callId];
    await calls.create(said ? { ...call, state: 'transcribing' } : call);
    if (said) await calls.enterTagged({ ...call, state: 'transcribing' }, said, NOW, { rulebookVersion: '1' });
  }
  const roster = rosterStore(table.client, 't');
  await roster.put(undefined, { agentId: 'lee', name: 'Lee', team: 'billing', person: 'lee', version: 1, since: NOW });
  const time = { now: NOW };
  const clock = () => new Date(time.now);
  const custody = custodyStore(table.client, 't', async () => {});
  const sent: { scores: unknown[]; draws: unknown[] } = { scores: [], draws: [] };
  let ids = 0;
  const needs = (role: Role): QualityNeeds => ({
    role,
    edge: testEdge({
      clock,
      identityOf: async (token) => {
        const teams = persons[token];
        if (!teams) throw new VerbatimError('unauthenticated', 'Verbatim-Identity: it is no token');
        return { person: token, teams };
      },
    }),
    clock,
    randomId: () => `id${++ids}`,
    quality: {
      ...QualityConfig.parse({ everyTeam: ['quality-leads'], ...quality }),
      scorecards: quality.scorecards ?? [scorecard],
    },
    retention,
    dynamodb: withinRights(role, table.client),
    tableName: 't',
    calls,
    custody: custodyStore(withinRights(role, table.client), 't', async () => {}),
    transcripts: memoryTranscripts({}, transcripts).store,
    audio: only<AudioLinks>({}),
    s3: new S3Client({ region: 'us-east-1' }),
    transcriptsBucket: 'transcripts',
    sendScores: async (messages) => void sent.scores.push(...messages),
    sendDraws: async (messages) => void sent.draws.push(...messages),
    ...changes,
  });
  /** Asks by the URL of a role, as a person: `as('reviewer', 'rita')('/me')`. */
  const as =
    (role: Role, person?: string) =>
    async (
      path: string,
      {
        method = 'GET',
        body,
        headers = {},
      }: { method?: string; body?: unknown; headers?: Record<string, string> } = {},
    ) => {
      const response = await qualityApi(needs(role)).request(path, {
        method: body === undefined ? method : method === 'GET' ? 'POST' : method,
        headers: {
          ...(person !== undefined && { 'verbatim-identity': person }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      const told: unknown = text === '' ? undefined : JSON.parse(text);
      return {
        status: response.status,
        etag: response.headers.get('etag') ?? '',
        body: told,
        headers: response.headers,
      };
    };
  return { table, time, clock, calls, custody, roster, needs, as, sent };
}

interface WrittenItem {
  readonly Item?: { readonly subject?: unknown };
  readonly Key?: { readonly subject?: unknown };
}

/** What a command writes: the action, as IAM names it, and the subject of the item. */
function writesOf({ constructor: { name }, input }: { constructor: { name: string }; input: object }) {
  const written = (action: string, { Item, Key }: WrittenItem) => ({ action, subject: String((Item ?? Key)?.subject) });
  if ('TransactItems' in input)
    return (input.TransactItems as Record<string, WrittenItem>[]).flatMap((parts) =>
      Object.entries(parts).map(([action, part]) => written(action, part)),
    );
  return /^(Put|Update|Delete)/.test(name) ? [written(name.replace(/Command$/, ''), input)] : [];
}

/** A client of the table that is let do what IAM lets the function of a role do: the emulator lets everybody do everything. */
function withinRights(role: Role, client: DynamoDBDocumentClient): DynamoDBDocumentClient {
  const { writes = [], deletes = [] } = roleRights.find((one) => one.role === role) ?? {};
  const allowed: Record<string, readonly string[]> = { Put: writes, Update: writes, Delete: deletes };
  return new Proxy(client, {
    get(target, property) {
      if (property !== 'send') return Reflect.get(target, property);
      return (command: Parameters<typeof writesOf>[0]) => {
        for (const { action, subject } of writesOf(command)) {
          const begins = allowed[action];
          if (begins && !begins.some((one) => subject.startsWith(one)))
            throw new Error(`IAM does not let the ${role} URL ${action} ${subject}: see lib/quality-rights.ts`);
        }
        return target.send(command as never);
      };
    },
  });
}
