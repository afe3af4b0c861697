import { type DynamoDBDocumentClient, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { type Call, type CallState, type CallStore, callSubject, type TransactItem } from '../../calls/calls.ts';
import { type Clock, iso } from '../../platform/clock.ts';
import { isAwsError } from '../../platform/errors.ts';
import type { TranscriptStore } from '../../transcription/transcription.ts';
import { type RosterStore, registerAgent } from '../roster-store.ts';
import { type AgentScoreStore, agentScoreOf } from './agent-score-store.ts';
import type { AgentScore } from './agent-scores.ts';
import { automaticAnswers, type CallNumbers } from './automatic-answers.ts';
import { callFacts, callStartOf } from './call-facts.ts';
import { callNumbers } from './call-numbers.ts';
import { type CallScore, type CallScoreStore, saysTheSame } from './call-score.ts';
import { scoreAnswers } from './score-answers.ts';
import type { Scorecard } from './scorecard.ts';
import type { ScorecardStore } from './scorecard-store.ts';

/** What scoring a call needs. */
export interface ScoreCallNeeds {
  readonly dynamodb: DynamoDBDocumentClient;
  readonly tableName: string;
  /** Those of the config. */
  readonly scorecards: readonly Scorecard[];
  readonly calls: Pick<CallStore, 'get' | 'momentsToReplace'>;
  readonly transcripts: Pick<TranscriptStore, 'get'>;
  readonly callScores: Pick<CallScoreStore, 'get' | 'change'>;
  readonly agentScores: Pick<AgentScoreStore, 'get' | 'changes'>;
  readonly roster: Pick<RosterStore, 'get' | 'put'>;
  /** Keeps a scorecard under its version, and tells the one that holds for it. */
  readonly register: ScorecardStore['register'];
  readonly clock: Clock;
  /** Waits so long, in milliseconds, before what somebody else was about to write, too, is tried again. */
  readonly wait: (ms: number) => Promise<unknown>;
}

/** What became of a call that was to be scored. */
export interface ScoredCall {
  readonly callId: string;
  /** `not-there`: it is gone, not tagged, or its moments are being replaced, which is told by an event of its own. */
  readonly outcome: 'scored' | 'as-before' | 'no-agent' | 'not-there';
  /** The scorecards by which its score changed. */
  readonly scorecards?: readonly string[];
}

/** The row of an agent is written by all of their calls of a month: so often is one tried that meets another. */
const TRIES = 8;
const WAIT_MS = 40;

/**
 * Scores a call by all scorecards that are for it, as it stands now: whichever message comes, however often and however late, what is
 * stored is the score of its present tagging. The score, the row of its agent and the difference that it makes to the agent's month
 * are one transaction, on the condition that the call has not been tagged anew. A score by a scorecard that is not for the call any more
 * is taken back.
 *
 * @throws Error where others wrote the same again and again: the message comes again
 */
export async function scoreCall(callId: string, needs: ScoreCallNeeds): Promise<ScoredCall> {
  for (let attempt = 1; ; attempt++) {
    const call = await needs.calls.get(callId);
    if (call?.state !== 'tagged' || call.replacing !== undefined) return { callId, outcome: 'not-there' };
    const { agentId } = call;
    if (agentId === undefined) return { callId, outcome: 'no-agent' };
    try {
      const scorecards = await scoreAsRead({ ...call, agentId }, needs);
      return { callId, outcome: scorecards.length > 0 ? 'scored' : 'as-before', scorecards };
    } catch (error) {
      if (!isAwsError(error, 'TransactionCanceledException') || attempt === TRIES) throw error;
    }
    await needs.wait(WAIT_MS * 2 ** (attempt - 1) * (0.5 + Math.random()));
  }
}

type AgentsCall = Call & { readonly agentId: string };

/** Scores a call as it was read; returns the scorecards by which its score changed. */
async function scoreAsRead(call: AgentsCall, needs: ScoreCallNeeds): Promise<string[]> {
  const { callId } = call;
  const [transcript, { moments }] = await Promise.all([
    needs.transcripts.get(callId),
    needs.calls.momentsToReplace(call),
  ]);
  const numbers = transcript ? callNumbers(transcript, call.durationMs) : {};
  const known = { tags: call.tags, moments, numbers };
  const scoredAt = iso(needs.clock());
  const changed: string[] = [];
  for (const configured of needs.scorecards) {
    const before = await needs.callScores.get(callId, configured.name);
    const isFor = isForCall(configured, call);
    if (!before && !isFor) continue;
    const scorecard = isFor ? await needs.register(configured) : configured;
    const after = isFor ? callScoreOf(call, scorecard, known, scoredAt) : undefined;
    if (before && after && saysTheSame(before, after)) continue;
    if (after) await registerAgent(needs.roster, call.agentId, scoredAt);
    await store(call, before, after, needs);
    changed.push(configured.name);
  }
  return changed;
}

/** Whether calls such as this one are checked by a scorecard. */
export function isForCall(
  { calls: { sources, queues, directions, tags } }: Pick<Scorecard, 'calls'>,
  call: Pick<Call, 'source' | 'queue' | 'direction' | 'tags'>,
): boolean {
  const isOne = <T>(wanted: readonly T[] | undefined, is: T | undefined) =>
    wanted === undefined || (is !== undefined && wanted.includes(is));
  return (
    isOne(sources, call.source) &&
    isOne(queues, call.queue) &&
    isOne(directions, call.direction) &&
    (tags === undefined || tags.some((tag) => call.tags.includes(tag)))
  );
}

function callScoreOf(
  call: AgentsCall,
  scorecard: Scorecard,
  known: Parameters<typeof automaticAnswers>[1] & { readonly numbers: CallNumbers },
  scoredAt: string,
): CallScore {
  const answers = automaticAnswers(scorecard, known);
  const plain = Object.fromEntries(Object.entries(answers).map(([id, { answer }]) => [id, answer]));
  const { callId, agentId, rulebookVersion } = call;
  return {
    ...{ callId, agentId, callStartedAt: callStartOf(call), scoredAt, answers },
    ...{ scorecard: scorecard.name, scorecardVersion: scorecard.version, tagging: call.taggings.length },
    ...(rulebookVersion !== undefined && { rulebookVersion }),
    ...{ numbers: known.numbers, facts: callFacts(call, known.numbers), score: scoreAnswers(scorecard, plain) },
  };
}

/** The row that an automatic score leaves with its agent. */
const rowOf = ({ agentId, callId, callStartedAt, scoredAt, facts, score, ...by }: CallScore): AgentScore =>
  agentScoreOf({ name: by.scorecard, version: by.scorecardVersion }, score, {
    ...{ agentId, callId, callStartedAt, by: 'automatic', scoredAt, facts },
  });

async function store(
  call: Call,
  before: CallScore | undefined,
  after: CallScore | undefined,
  { dynamodb, tableName, callScores, agentScores }: ScoreCallNeeds,
): Promise<void> {
  const named = before ?? after;
  const row = named && (await agentScores.get(named.agentId, { ...named, by: 'automatic', reviewId: undefined }));
  const TransactItems = [
    taggedAsRead(tableName, call),
    ...callScores.change(before, after),
    ...agentScores.changes(row, after && rowOf(after)),
  ];
  await dynamodb.send(new TransactWriteCommand({ TransactItems }));
}

/** That a call is tagged as it was when it was read, and not about to be tagged anew. */
function taggedAsRead(TableName: string, { callId, taggings }: Call): TransactItem {
  const known = 'size(#taggings) = :known';
  return {
    ConditionCheck: {
      TableName,
      Key: callSubject(callId),
      ConditionExpression: [
        '#state = :tagged AND attribute_not_exists(#replacing)',
        taggings.length > 0 ? known : `(attribute_not_exists(#taggings) OR ${known})`,
      ].join(' AND '),
      ExpressionAttributeNames: { '#state': 'state', '#replacing': 'replacing', '#taggings': 'taggings' },
      ExpressionAttributeValues: { ':tagged': 'tagged' satisfies CallState, ':known': taggings.length },
    },
  };
}
