import * as z from 'zod';
import { EARLIEST } from '../platform/clock.ts';
import { Consent } from '../retention/retention.ts';

const Identifier = z.string().trim().min(1, 'is empty').max(256, 'is longer than 256 characters');

/** What is known of a call besides its audio: who spoke, when it began (UTC), which way and through which queue. */
export const CallMetadata = z.object({
  /** The recorder's own id of the call. */
  externalCallId: Identifier.optional(),
  agentId: Identifier.optional(),
  customerId: Identifier.optional(),
  startedAt: z.iso
    .datetime({
      offset: true,
      abort: true,
      message: 'is not an ISO 8601 time with a zone, such as 2026-10-14T09:12:00Z',
    })
    .refine((time) => Date.parse(time) >= Date.parse(EARLIEST), { message: 'is before 1900', abort: true })
    .transform((time) => new Date(time).toISOString())
    .optional(),
  direction: z.enum(['inbound', 'outbound'], 'is neither "inbound" nor "outbound"').optional(),
  queue: Identifier.optional(),
  /** Whether the customer agreed to be recorded, as the recorder tells it. */
  consent: Consent.optional(),
});
export type CallMetadata = z.infer<typeof CallMetadata>;
