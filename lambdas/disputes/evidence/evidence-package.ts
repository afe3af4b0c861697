import { z } from '@hono/zod-openapi';

/**
 * Where a package is: asked for, and being built; there to be handed out; or failed, for the reason that it tells. A failed
 * one can be asked for again.
 */
export const EvidenceState = z.enum(['requested', 'built', 'failed']);
export type EvidenceState = z.infer<typeof EvidenceState>;

const By = { by: z.string(), person: z.string().optional(), byName: z.string().optional() };

/** The ZIP of a package, in the evidence bucket. */
export const EvidenceFile = z.object({
  key: z.string(),
  versionId: z.string(),
  sizeBytes: z.number().int(),
  /** Of the whole ZIP, in hex. */
  sha256: z.string(),
  /** Of its manifest, in hex: what custody tells. */
  manifestSha256: z.string(),
  /** Over its manifest: ECDSA with SHA-256 on P-256, in DER, in base64. */
  signature: z.string(),
  keyFingerprint: z.string().openapi({ description: 'SHA-256, in hex, of the public key in DER.' }),
  builtAt: z.iso.datetime(),
  /** Until then Object Lock lets nobody remove it. */
  lockedUntil: z.iso.datetime(),
  /** What one would look for in it, and does not find. */
  missing: z.array(z.object({ path: z.string(), because: z.string() })),
});
export type EvidenceFile = z.infer<typeof EvidenceFile>;

/** An evidence package of a dispute. */
export const EvidencePackage = z
  .object({
    disputeId: z.string(),
    /** Which package of its dispute it is: 1, 2, 3 … */
    number: z.number().int().positive(),
    state: EvidenceState,
    stateSince: z.iso.datetime(),
    requestedAt: z.iso.datetime(),
    ...By,
    reason: z.string(),
    /** Whether it holds what was not redacted, too. */
    originals: z.boolean(),
    /** The calls of the dispute when it was asked for. */
    callIds: z.array(z.string()),
    /** How often it was tried to build it. */
    attempt: z.number().int().positive(),
    /** Why it failed, while it is `failed`. */
    failure: z.string().optional(),
    /** There once it is built. */
    file: EvidenceFile.optional(),
    /** Each time that it was handed out, in order. */
    handedOut: z.array(z.object({ at: z.iso.datetime(), ...By, reason: z.string() })).default([]),
  })
  .openapi('EvidencePackage');
export type EvidencePackage = z.infer<typeof EvidencePackage>;

/** The sort key, in its dispute's partition, of a package; without one, what they all begin with. */
export const evidencePart = (number?: number): string =>
  `evidence#${number === undefined ? '' : String(number).padStart(5, '0')}`;

/** Whether the ZIP of a package is there, and Object Lock lets nobody remove it, at a time. */
export const isLocked = ({ file }: EvidencePackage, now: string): boolean =>
  file !== undefined && file.lockedUntil > now;

/** That a package is to be built. A schedule's event asks which requests were lost. */
export const EvidenceMessage = z.union([
  z.object({ disputeId: z.string(), number: z.number().int().positive() }),
  z.object({ 'detail-type': z.literal('Scheduled Event') }).transform(() => 'schedule' as const),
]);
export type EvidenceMessage = z.infer<typeof EvidenceMessage>;
/** What asks for a package to be built. */
export type BuildMessage = Exclude<EvidenceMessage, 'schedule'>;
