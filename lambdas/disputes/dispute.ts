import * as z from 'zod';

/** Where a dispute is: being looked into, decided, or over. A dispute that is decided or over can be reopened. */
export const DisputeState = z.enum(['open', 'decided', 'closed']);
export type DisputeState = z.infer<typeof DisputeState>;

/** Whether the claim was right. */
export const Outcome = z.enum(['upheld', 'not-upheld', 'partly-upheld']);
export type Outcome = z.infer<typeof Outcome>;

/** Who did something. */
export const By = z.object({
  at: z.iso.datetime(),
  /** The ARN of the IAM principal that signed the request; `unknown` where the request does not tell. */
  by: z.string(),
  /** The person behind it, as a verified identity token names them. */
  person: z.string().optional(),
  /** The name of whoever stands behind it, as it was given. */
  byName: z.string().optional(),
});
export type By = z.infer<typeof By>;

/** A call that was taken into a dispute: it is held from then on, until the dispute is closed. */
export const DisputeCall = By.extend({
  callId: z.string(),
  /** When it began, where that is known: it tells the policy then in force, also when the call is gone. */
  startedAt: z.iso.datetime().optional(),
  why: z.string().optional(),
  /** When it was found, on reopening, that the call was deleted while nothing held it. */
  goneAt: z.iso.datetime().optional(),
});
export type DisputeCall = z.infer<typeof DisputeCall>;

/** What somebody concluded from a moment of a call, or from the whole of it. Offsets are milliseconds in the recording. */
export const Finding = By.extend({
  findingId: z.string(),
  callId: z.string(),
  startMs: z.number().int().nonnegative().optional(),
  endMs: z.number().int().nonnegative().optional(),
  /** Who speaks there, where it is one. */
  speaker: z.string().optional(),
  /** The tag of the moment, where it is one that the rulebook found. */
  tag: z.string().optional(),
  /** The words, as the transcript has them. */
  quote: z.string().optional(),
  conclusion: z.string(),
});
export type Finding = z.infer<typeof Finding>;

/**
 * The version of a policy that was in force when a call began; `version` is absent where none was, or where it is not known when
 * the call began.
 */
export const PolicyInForce = z.object({
  callId: z.string(),
  /** When the call began, where that is known. */
  startedAt: z.iso.datetime().optional(),
  policy: z.string(),
  version: z.string().optional(),
  /** Since when that version was in force. */
  inForceFrom: z.iso.datetime().optional(),
});
export type PolicyInForce = z.infer<typeof PolicyInForce>;

/** How a dispute was decided, and by which policy, in the version in force at the time of each of its calls. */
export const Decision = By.extend({
  outcome: Outcome,
  reason: z.string(),
  policies: z.array(PolicyInForce),
  /** Whether it was decided on what was not said. */
  notSaid: z.boolean().optional(),
});
export type Decision = z.infer<typeof Decision>;

/** What can happen to a dispute. */
export const DisputeEvent = z.enum([
  'opened',
  'call-taken-in',
  'finding-added',
  'decided',
  'closed',
  'reopened',
  'evidence-requested',
  'evidence-built',
  'evidence-failed',
]);
export type DisputeEvent = z.infer<typeof DisputeEvent>;

/** One thing that happened to a dispute. */
export const DisputeEntry = By.extend({
  what: DisputeEvent,
  reason: z.string().optional(),
  callId: z.string().optional(),
  findingId: z.string().optional(),
  /** The decision, also where the dispute was reopened since. */
  decision: Decision.optional(),
});
export type DisputeEntry = z.infer<typeof DisputeEntry>;

/** What is known of a dispute itself, without its calls and what was found in them. */
export const DisputeSummary = z.object({
  disputeId: z.string(),
  customerId: z.string(),
  /** What is claimed, in a sentence. */
  claim: z.string(),
  /** One of the topics of the config. */
  topic: z.string().optional(),
  /** The day of which the claim speaks (UTC), where one was named: calls near to it come first. */
  day: z.iso.date().optional(),
  /** Calls that began in it may bear on the claim: `from` is included, `to` is not. */
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  state: DisputeState,
  stateSince: z.iso.datetime(),
  /** 1, and 1 more with each change: the ETag. */
  version: z.number().int().positive(),
  openedAt: z.iso.datetime(),
  /** The legal hold of its calls: of the last time that it was opened, once a call was taken in. */
  holdId: z.string().optional(),
  /** There while it is decided, or closed after that. By which policies is told by the dispute itself. */
  decision: Decision.omit({ policies: true }).optional(),
});
export type DisputeSummary = z.infer<typeof DisputeSummary>;

/** A dispute: what a customer claims, the calls that bear on it, what was found in them, and how it was decided. */
export const Dispute = DisputeSummary.extend({
  /** There while it is decided, or closed after that. */
  decision: Decision.optional(),
  calls: z.array(DisputeCall),
  findings: z.array(Finding),
  /** Everything that happened to it, in order. */
  history: z.array(DisputeEntry),
});
export type Dispute = z.infer<typeof Dispute>;

/**
 * A change that all calls of a dispute are told of, as it is noted before the first of them is: whoever comes next, or the
 * schedule, brings it to its end.
 */
export const PendingChange = By.extend({
  change: z.enum(['decided', 'closed', 'reopened']),
  /** Names the request, and the same whenever it is made again. */
  changeId: z.string(),
  /** Of what was asked: the same request has the same. */
  contentSha256: z.string(),
  reason: z.string().optional(),
  decision: Decision.optional(),
  /** The hold that a dispute which was closed gets when it is reopened. */
  holdId: z.string().optional(),
});
export type PendingChange = z.infer<typeof PendingChange>;

const Request = { changeId: z.string().optional(), contentSha256: z.string().optional() };

/** A dispute as it is stored. */
export const StoredDispute = Dispute.extend({
  /** How often it was opened, once closed: each time has its own hold. */
  round: z.number().int().positive(),
  /** Of the request that opened it. */
  ...Request,
  pending: PendingChange.optional(),
  /** There while it is deleted, part by part. */
  deletingSince: z.iso.datetime().optional(),
  history: z.array(DisputeEntry.extend({ version: z.number().int().positive(), ...Request })),
});
export type StoredDispute = z.infer<typeof StoredDispute>;

/** A stored dispute without its parts. */
export const StoredHead = StoredDispute.omit({ calls: true, findings: true, history: true });
export type StoredHead = z.infer<typeof StoredHead>;
