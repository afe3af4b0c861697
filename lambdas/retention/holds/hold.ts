import * as z from 'zod';

const Identifier = z.string().trim().min(1, 'is empty').max(256, 'is longer than 256 characters');

/** So many calls, and so many customers, are named in one case. A case that has more is held by more than one hold. */
const MAX_NAMED = 500;

const Identifiers = z.array(Identifier).min(1, 'is empty').max(MAX_NAMED, `names more than ${MAX_NAMED}`);

const HOLD_ON =
  'is none of { callId }, { customerId } and { caseId, callIds, customerIds }, of which a case names one list or both';

const askedOn = [
  z.strictObject({ callId: Identifier }),
  z.strictObject({ customerId: Identifier }),
  z
    .strictObject({ caseId: Identifier, callIds: Identifiers.optional(), customerIds: Identifiers.optional() })
    .refine((one) => one.callIds !== undefined || one.customerIds !== undefined, HOLD_ON),
] as const;

/**
 * What a hold can be asked on: a call; all calls of a customer, also those that arrive later; or a case, which names such calls
 * and customers.
 */
export const AskedHoldOn = z.union(askedOn, HOLD_ON);
export type AskedHoldOn = z.infer<typeof AskedHoldOn>;

/** What is held: what was asked, or the calls that are taken into a dispute, one after another. */
export const HoldOn = z.union([...askedOn, z.strictObject({ disputeId: Identifier })], HOLD_ON);
export type HoldOn = z.infer<typeof HoldOn>;

/** The calls that a hold names, each once. */
export const namedCalls = (on: HoldOn): string[] => [
  ...new Set('callId' in on ? [on.callId] : 'caseId' in on ? (on.callIds ?? []) : []),
];

/** The customers that a hold names, each once. */
export const namedCustomers = (on: HoldOn): string[] => [
  ...new Set('customerId' in on ? [on.customerId] : 'caseId' in on ? (on.customerIds ?? []) : []),
];

/**
 * How far a hold is. It holds from `placing` on, call after call as they are found; `placed` says that all were. So it is with
 * `releasing` and `released`.
 */
export const HoldState = z.enum(['placing', 'placed', 'releasing', 'released']);
export type HoldState = z.infer<typeof HoldState>;

/** Who did something: the principal that signed the request, the person behind it, and the name that was given with it. */
const By = {
  /** The ARN of the IAM principal; `unknown` where the request does not tell, as on the local stack. */
  by: z.string(),
  /** Whoever stands behind the principal, as it was given. */
  byName: z.string().optional(),
  /** The person behind the principal, as a verified identity token names them. */
  person: z.string().optional(),
};

/** A legal hold: what it holds, why, and all that happened to it. */
export const Hold = z.object({
  holdId: z.string(),
  on: HoldOn,
  reason: z.string(),
  placedAt: z.iso.datetime(),
  placedBy: z.string(),
  placedByName: z.string().optional(),
  placedByPerson: By.person,
  releasedAt: z.iso.datetime().optional(),
  releasedBy: z.string().optional(),
  releasedByName: z.string().optional(),
  releasedByPerson: By.person,
  releaseReason: z.string().optional(),
  state: HoldState,
  stateSince: z.iso.datetime(),
  /** Every state that the hold was in, in order; who brought it there, where somebody did. */
  history: z.array(
    z.object({
      state: HoldState,
      at: z.iso.datetime(),
      by: By.by.optional(),
      byName: By.byName,
      person: By.person,
      reason: z.string().optional(),
    }),
  ),
});
export type Hold = z.infer<typeof Hold>;

/** A hold as it is stored, with what its workers go by. */
export const StoredHold = Hold.extend({
  /** The state for which it is known where calls are looked for: before that, no absence of work means that it is done. */
  begunFor: HoldState.optional(),
  /** When it is deleted, once it is released, in seconds since 1970: the table's time to live. */
  ttl: z.number().int().optional(),
});
export type StoredHold = z.infer<typeof StoredHold>;

/** Whether a hold holds: its calls are kept. */
export const isActive = ({ state }: Pick<Hold, 'state'>): boolean => state === 'placing' || state === 'placed';

/** What became of a call of a hold: `gone` where it was deleted, or was just being, when the hold reached it. */
export const HeldCallState = z.enum(['held', 'released', 'gone']);
export type HeldCallState = z.infer<typeof HeldCallState>;

/** A call of a hold. */
export const HeldCall = z.object({ callId: z.string(), state: HeldCallState, at: z.iso.datetime() });
export type HeldCall = z.infer<typeof HeldCall>;

/** How many calls of a hold are in each state. */
export const HeldCallCounts = z.object({
  held: z.number().int(),
  released: z.number().int(),
  gone: z.number().int(),
});
export type HeldCallCounts = z.infer<typeof HeldCallCounts>;

/** Where the calls of a hold are looked for. */
export const HoldChain = z.union([
  /** Among the calls of a customer that it names, by its place in their list. */
  z.strictObject({ customer: z.number().int().nonnegative() }),
  /**
   * In one part of the rejected recordings, for those of all customers that it names: where they do not tell when their call
   * began, they are in no order of a customer's calls.
   */
  z.strictObject({ rejected: z.number().int().nonnegative() }),
  /** In the list of calls that it names. */
  z.strictObject({ named: z.literal(true) }),
  /** Among those that it reached before. */
  z.strictObject({ reached: z.literal(true) }),
  /** Among those that were found, and not reached yet. */
  z.strictObject({ found: z.literal(true) }),
]);
export type HoldChain = z.infer<typeof HoldChain>;

/** Looks for the calls of a hold from the start; `again` tells that it was done for its state before. */
export const BeginMessage = z.object({ kind: z.literal('begin'), holdId: z.string(), again: z.boolean() });

/** Looks for calls of a hold on one page of a chain. */
export const PageMessage = z.object({
  kind: z.literal('page'),
  holdId: z.string(),
  state: HoldState,
  chain: HoldChain,
  position: z.unknown().optional(),
});
export type PageMessage = z.infer<typeof PageMessage>;

/** Brings one call to what a hold says of it. */
export const CallMessage = z.object({ kind: z.literal('call'), holdId: z.string(), callId: z.string() });
export type CallMessage = z.infer<typeof CallMessage>;

/** Begins again every hold that holds, or is being released. */
export const CheckMessage = z.object({ kind: z.literal('check'), position: z.unknown().optional() });
export type CheckMessage = z.infer<typeof CheckMessage>;

/** What the holds queue holds. */
export const HoldMessage = z.discriminatedUnion('kind', [BeginMessage, PageMessage, CallMessage, CheckMessage]);
export type HoldMessage = z.infer<typeof HoldMessage>;
