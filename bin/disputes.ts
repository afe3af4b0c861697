import { type Command, Option } from 'commander';
import type { Candidate, Candidates } from '../lambdas/disputes/candidates.ts';
import {
  type Decision,
  type Dispute,
  DisputeState,
  type DisputeSummary,
  Outcome,
} from '../lambdas/disputes/dispute.ts';
import { offsetText } from '../lambdas/transcription/transcription.ts';
import { clientOf } from './deployment.ts';
import { printed } from './printed.ts';
import { table } from './tables.ts';

interface JsonOptions {
  readonly json?: boolean;
}

interface ByOptions extends JsonOptions {
  readonly as?: string;
}

interface OpenOptions extends ByOptions {
  readonly customer: string;
  readonly claim: string;
  readonly topic?: string;
  readonly day?: string;
  readonly window?: string;
  readonly from?: string;
  readonly to?: string;
}

interface FindOptions extends ByOptions {
  readonly call: string;
  readonly at?: string;
  readonly until?: string;
  readonly conclusion: string;
}

interface DecideOptions extends ByOptions {
  readonly outcome: Outcome;
  readonly reason: string;
  readonly policy?: string;
  readonly notSaid?: boolean;
}

const AS = ['--as <name>', 'your name, beside the principal that signs'] as const;
const JSON_WHOLE = ['--json', 'print JSON, whole'] as const;

/** Adds the commands `dispute` and `disputes` to a program. */
export function registerDisputes(program: Command): void {
  const dispute = program
    .command('dispute')
    .description('look into what a customer claims: open, take calls in, conclude, decide, close');

  dispute
    .command('open')
    .description('open a dispute')
    .requiredOption('--customer <id>', 'the customer')
    .requiredOption('--claim <text>', 'what is claimed, such as "Your agent promised me a $40 credit."')
    .option('--topic <name>', 'one of the topics of the config, such as credit')
    .option('--day <date>', 'the day of which the claim speaks, such as 2026-10-14 (UTC)')
    .option('--window <days>', 'so many days before and behind that day calls are looked for (default: 7)')
    .option('--from <time>', 'or: the begin of the period, ISO 8601, included')
    .option('--to <time>', 'and its end, not included')
    .option(...AS)
    .option(...JSON_WHOLE)
    .action(async ({ customer, window, as, json, ...asked }: OpenOptions, command: Command) => {
      const verbatim = await clientOf(command, 'disputes');
      const windowDays = window === undefined ? undefined : Number(window);
      const opened = await verbatim.openDispute({ ...asked, customerId: customer, windowDays, byName: as });
      printed(json, opened, () => disputeText(opened));
    });

  dispute
    .command('show')
    .description('show a dispute, its calls, what was found in them, and all that happened to it')
    .argument('<disputeId>', 'the id of the dispute')
    .option(...JSON_WHOLE)
    .action(async (disputeId: string, { json }: JsonOptions, command: Command) => {
      const found = await (await clientOf(command, 'disputes')).dispute(disputeId);
      printed(json, found, () => disputeText(found));
    });

  dispute
    .command('candidates')
    .description("look into the customer's calls of the period, those first that bear most on the claim")
    .argument('<disputeId>', 'the id of the dispute')
    .option(...JSON_WHOLE)
    .action(async (disputeId: string, { json }: JsonOptions, command: Command) => {
      const found = await (await clientOf(command, 'disputes')).disputeCandidates(disputeId);
      printed(json, found, () => candidatesText(found));
    });

  dispute
    .command('take')
    .description('take calls into a dispute: they are held until it is closed')
    .argument('<disputeId>', 'the id of the dispute')
    .argument('<callIds...>', 'the ids of the calls')
    .requiredOption('--why <text>', 'why they bear on the claim')
    .option(...AS)
    .option(...JSON_WHOLE)
    .action(
      async (
        disputeId: string,
        callIds: string[],
        { why, as, json }: ByOptions & { readonly why: string },
        command: Command,
      ) => {
        const verbatim = await clientOf(command, 'disputes');
        const seen = await verbatim.dispute(disputeId);
        const taken = await verbatim.takeCalls(seen, { callIds, why, byName: as });
        printed(json, taken, () => disputeText(taken));
      },
    );

  dispute
    .command('find')
    .description('add what you conclude from a moment of a call, or from the whole of it')
    .argument('<disputeId>', 'the id of the dispute')
    .requiredOption('--call <callId>', 'a call of the dispute')
    .option('--at <offset>', 'where in the recording: 1:05, 65 or 65.2')
    .option('--until <offset>', 'until where (default: the end of the moment that is tagged there, or of the turn)')
    .requiredOption('--conclusion <text>', 'what you conclude')
    .option(...AS)
    .option(...JSON_WHOLE)
    .action(async (disputeId: string, { call, at, until, conclusion, as, json }: FindOptions, command: Command) => {
      const [startMs, endMs] = [at, until].map((offset) => (offset === undefined ? undefined : msOf(offset)));
      if (Number.isNaN(startMs) || Number.isNaN(endMs)) command.error('--at and --until are offsets: 1:05, 65 or 65.2');
      const verbatim = await clientOf(command, 'disputes');
      const seen = await verbatim.dispute(disputeId);
      const asked = { callId: call, startMs, endMs, conclusion, byName: as };
      const found = await verbatim.addFinding(seen, asked);
      printed(json, found, () => disputeText(found));
    });

  dispute
    .command('decide')
    .description('decide a dispute, by the policy that was in force when its calls were')
    .argument('<disputeId>', 'the id of the dispute')
    .addOption(
      new Option('--outcome <outcome>', 'whether the claim was right').choices(Outcome.options).makeOptionMandatory(),
    )
    .requiredOption('--reason <text>', 'why')
    .option('--policy <name>', "one of the policies of the config (default: that of the dispute's topic)")
    .option('--not-said', 'decided on what was not said: no call need be taken in')
    .option(...AS)
    .option(...JSON_WHOLE)
    .action(async (disputeId: string, { as, json, ...decision }: DecideOptions, command: Command) => {
      const verbatim = await clientOf(command, 'disputes');
      const seen = await verbatim.dispute(disputeId);
      const decided = await verbatim.decideDispute(seen, { ...decision, byName: as });
      printed(json, decided, () => disputeText(decided));
    });

  dispute
    .command('close')
    .description('close a dispute: the hold of its calls is released')
    .argument('<disputeId>', 'the id of the dispute')
    .option('--reason <text>', 'why, where it was not decided')
    .option(...AS)
    .option(...JSON_WHOLE)
    .action(async (disputeId: string, { reason, as, json }: ByOptions & { reason?: string }, command: Command) => {
      const verbatim = await clientOf(command, 'disputes');
      const closed = await verbatim.closeDispute(await verbatim.dispute(disputeId), { reason, byName: as });
      printed(json, closed, () => disputeText(closed));
    });

  dispute
    .command('reopen')
    .description('reopen a dispute that was decided or closed: its calls are held again')
    .argument('<disputeId>', 'the id of the dispute')
    .requiredOption('--reason <text>', 'why')
    .option(...AS)
    .option(...JSON_WHOLE)
    .action(async (disputeId: string, { reason, as, json }: ByOptions & { reason: string }, command: Command) => {
      const verbatim = await clientOf(command, 'disputes');
      const reopened = await verbatim.reopenDispute(await verbatim.dispute(disputeId), { reason, byName: as });
      printed(json, reopened, () => disputeText(reopened));
    });

  program
    .command('disputes')
    .description('list disputes, the oldest first')
    .addOption(new Option('--state <state>', 'those in a state').choices(DisputeState.options))
    .option('--customer <id>', 'those of a customer')
    .option(...JSON_WHOLE)
    .action(
      async (
        { state, customer, json }: JsonOptions & { readonly state?: DisputeState; readonly customer?: string },
        command: Command,
      ) => {
        const verbatim = await clientOf(command, 'disputes');
        const found = await Array.fromAsync(
          verbatim.disputes({ state, customerId: customer, order: 'oldest-first', limit: 200 }),
        );
        printed(json, found, () => disputeTable(found));
      },
    );
}

/** An offset in milliseconds of one that is written as `1:02:03`, `1:05`, `65` or `65.2`; NaN where it is none. */
export function msOf(offset: string): number {
  if (!/^(\d+:){0,2}\d+([.]\d+)?$/.test(offset)) return Number.NaN;
  return Math.round(offset.split(':').reduce((sum, part) => sum * 60 + Number(part), 0) * 1000);
}

/** Who did something: the person that was verified, the name that was given, and the principal that signed. */
const whoText = ({ by, person, byName }: Pick<Decision, 'by' | 'person' | 'byName'>): string => {
  const names = [person, byName].flatMap((name) => name ?? []).join(', named ');
  return names === '' ? by : `${names} (${by})`;
};

const policyText = ({ startedAt, policy, version, inForceFrom }: Decision['policies'][number]): string => {
  if (version !== undefined) return `${policy}, version ${version}, in force from ${inForceFrom}`;
  return startedAt === undefined
    ? `${policy}: when the call began is not known, nor which version was in force`
    : `${policy}, of which no version was in force at ${startedAt}`;
};

const decisionLines = ({ outcome, reason, policies, notSaid, ...who }: Decision): string[] => [
  `decided    ${outcome}${notSaid ? ', on what was not said' : ''}: ${reason}, says ${whoText(who)}`,
  ...policies.map((one) => `             ${one.callId}  by ${policyText(one)}`),
];

const findingLines = ({
  callId,
  startMs,
  endMs,
  speaker,
  tag,
  quote,
  conclusion,
  ...who
}: Dispute['findings'][number]): string[] => {
  const place = [startMs, endMs].flatMap((ms) => (ms === undefined ? [] : offsetText(ms))).join(' to ');
  return [
    `finding    ${callId}${place === '' ? '' : ` at ${place}`}${tag ? ` (${tag})` : ''}: ${conclusion}, says ${whoText(who)}`,
    ...(quote === undefined ? [] : [`             ${speaker === undefined ? '' : `${speaker}: `}"${quote}"`]),
  ];
};

const historyLine = ({ at, what, callId, decision, reason, ...who }: Dispute['history'][number]): string =>
  `  ${at}  ${[what, callId, decision?.outcome].flatMap((one) => one ?? []).join(' ')} by ${whoText(who)}${reason === undefined ? '' : `: ${reason}`}`;

/** A dispute, to be read. */
export function disputeText(dispute: Dispute): string {
  const { disputeId, state, stateSince, customerId, claim, topic, from, to, holdId, decision } = dispute;
  return [
    `dispute    ${disputeId}, ${state} since ${stateSince} (version ${dispute.version})`,
    `customer   ${customerId}`,
    `claim      ${claim}${topic === undefined ? '' : ` (${topic})`}`,
    `period     ${from} to ${to}`,
    ...(holdId === undefined ? [] : [`hold       ${holdId}${state === 'closed' ? ', released' : ''}`]),
    ...dispute.calls.map(
      ({ callId, startedAt, why, goneAt }) =>
        `call       ${callId}${startedAt ? ` of ${startedAt}` : ''}${goneAt ? `, gone (found ${goneAt})` : ''}${why ? `: ${why}` : ''}`,
    ),
    ...dispute.findings.flatMap(findingLines),
    ...(decision ? decisionLines(decision) : []),
    'history',
    ...dispute.history.map(historyLine),
  ].join('\n');
}

const candidateLines = ({
  callId,
  startedAt,
  agentId,
  score,
  why,
  moments,
  moreMoments,
  takenIn,
}: Candidate): string[] => [
  `${callId}  ${startedAt ?? 'no start'}  agent ${agentId ?? 'not known'}  ${score} points${takenIn ? ', taken in' : ''}`,
  ...why.map(({ points, because }) => `    ${String(points).padStart(3)}  ${because}`),
  ...moments.map(
    ({ startMs, speaker, quote, tag }) =>
      `    ${offsetText(startMs).padStart(9)}  ${speaker}: ${quote}${tag === undefined ? '' : ` (${tag})`}`,
  ),
  ...(moreMoments === undefined ? [] : [`    and ${moreMoments} moments more`]),
];

function lookedForText({ tags, phrases, amounts }: Candidates['searched']['for']): string {
  const all = [
    ...amounts.map(({ value, currency }) => `${value} ${currency}`),
    ...tags.map((tag) => `moments tagged ${tag}`),
    ...(phrases.length > 0 ? [`${phrases.length} phrases of the topic`] : []),
  ];
  return all.length > 0
    ? `looked for ${all.join(', ')}`
    : 'looked for nothing: the dispute has no topic, and its claim names no amount';
}

/** The calls that may bear on a claim, to be read. */
export function candidatesText({ items, searched, notSaid }: Candidates): string {
  const minutes = Math.round(searched.durationMs / 6000) / 10;
  const words = searched.redacted.reduce((sum, one) => sum + one.words, 0);
  const languages = searched.languages.map(({ language, calls }) => `${language} (${calls})`).join(', ');
  return [
    ...items.flatMap(candidateLines),
    lookedForText(searched.for),
    `listened to ${searched.calls} calls, ${minutes} minutes${languages === '' ? '' : `, in ${languages}`}`,
    ...searched.notTranscribed.map(({ callId, state }) => `not listened to: ${callId}, which is ${state}`),
    ...(words > 0 ? [`${words} words of ${searched.redacted.length} calls are redacted`] : []),
    ...(notSaid ? [notSaid.message] : []),
  ].join('\n');
}

const disputeTable = (disputes: readonly DisputeSummary[]): string =>
  table(
    ['dispute', 'customer', 'state', 'opened', 'claim', 'outcome'],
    disputes.map(({ disputeId, customerId, state, openedAt, claim, decision }) => [
      ...[disputeId, customerId, state, openedAt, claim],
      decision?.outcome ?? '',
    ]),
    [null, null, null, null, 60, null],
  );
