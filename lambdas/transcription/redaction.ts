import type { PiiEntityType } from '@aws-sdk/client-transcribe';
import * as z from 'zod';

/** What Transcribe can redact. Source: Amazon Transcribe API Reference, ContentRedaction. */
const PII_ENTITY_TYPES = [
  ...['ADDRESS', 'AGE', 'AWS_ACCESS_KEY', 'AWS_SECRET_KEY', 'BANK_ACCOUNT_NUMBER', 'BANK_ROUTING'],
  ...['CA_HEALTH_NUMBER', 'CA_SOCIAL_INSURANCE_NUMBER', 'CREDIT_DEBIT_CVV', 'CREDIT_DEBIT_EXPIRY'],
  ...['CREDIT_DEBIT_NUMBER', 'DATE_TIME', 'DRIVER_ID', 'EMAIL', 'INTERNATIONAL_BANK_ACCOUNT_NUMBER', 'IP_ADDRESS'],
  ...['LICENSE_PLATE', 'MAC_ADDRESS', 'NAME', 'PASSPORT_NUMBER', 'PASSWORD', 'PHONE', 'PIN', 'SSN', 'SWIFT_CODE'],
  ...['URL', 'USERNAME', 'US_INDIVIDUAL_TAX_IDENTIFICATION_NUMBER', 'VEHICLE_IDENTIFICATION_NUMBER'],
] as const satisfies readonly PiiEntityType[];

/** What is redacted in the calls of a source: in transcript and audio, unless there is a reason not to. */
export const RedactionConfig = z.union(
  [
    z.strictObject({
      /**
       * What is redacted, in Transcribe's words. @default everything personal that Transcribe finds, dates too
       */
      piiEntityTypes: z
        .array(z.enum(PII_ENTITY_TYPES))
        .min(1, 'name at least one type, or leave it out to redact all')
        .optional(),
      /**
       * Whether Transcribe writes the original transcript too, for whoever settles disputes. @default false: the original
       * recording alone tells what was redacted
       */
      keepOriginalTranscript: z.boolean().default(false),
    }),
    z.strictObject({ offBecause: z.string().min(10, 'say why what customers say of themselves may be read by all') }),
  ],
  { error: 'use { piiEntityTypes, keepOriginalTranscript }, or { offBecause: "the reason" }' },
);
export type RedactionConfig = z.infer<typeof RedactionConfig>;

/**
 * The languages in which Transcribe redacts recordings.
 * Source: Amazon Transcribe Developer Guide, "Redacting PII in your batch job", and its document history of May 2026.
 */
export const REDACTED_LANGUAGES: readonly string[] = [
  ...['en-US', 'es-US', 'fr-FR', 'fr-CA', 'de-DE', 'de-CH', 'it-IT', 'pt-PT', 'pt-BR'],
];
