import * as z from 'zod';

/** Whether the customer agreed to be recorded. Where nothing was said of it, it is `unknown`. */
export const Consent = z.enum(
  ['given', 'refused', 'withdrawn', 'unknown'],
  'is neither "given", "refused", "withdrawn" nor "unknown"',
);
export type Consent = z.infer<typeof Consent>;

/** What retention looks at in a call. */
export interface RetentionSubject {
  /** The name of the source that uploaded the recording; none where no source has its prefix. */
  readonly source?: string | undefined;
  readonly lineOfBusiness?: string | undefined;
  readonly jurisdiction?: string | undefined;
  readonly direction?: 'inbound' | 'outbound' | undefined;
  /** The tags of the call's moments; none where it has not been tagged. */
  readonly tags?: readonly string[] | undefined;
  /** @default unknown */
  readonly consent?: Consent | undefined;
  /** When the call began (ISO 8601); where that is not known, when its recording was received. */
  readonly countedFrom: string;
}

/** At least one: an empty list would match no call at all. */
const some = <S extends z.ZodType>(of: S) =>
  z.array(of).min(1, 'is empty: leave it out to match every call').optional();

/** Which calls a rule, a floor or a ceiling is for: those that all of its lists match. */
export const callMatch = {
  /** The sources whose calls it takes. @default every source */
  sources: some(z.string()),
  /** The lines of business, as sources name theirs. @default every one */
  linesOfBusiness: some(z.string()),
  /**
   * The jurisdictions, as ISO 3166 codes, or `EU`. A country takes its parts with it (`US` also `US-CA`), and `EU` its
   * members (`DE`, `FR` …). @default every one
   */
  jurisdictions: some(
    z.string().regex(/^[A-Z]{2}(-[A-Z0-9]{1,3})?$/, 'use an ISO 3166 code, such as "US", "US-CA" or "DE", or "EU"'),
  ),
  /** The directions. A call whose direction is not known has neither. @default both, and calls without one */
  directions: some(z.enum(['inbound', 'outbound'], 'is neither "inbound" nor "outbound"')),
  /** The tags of which the call has one at least. A call that was not tagged has none. @default with and without tags */
  tags: some(z.string()),
  /** Whether the customer agreed to be recorded. @default whether or not */
  consent: some(Consent),
};
const CallMatch = z.object(callMatch);
export type CallMatch = z.infer<typeof CallMatch>;

/**
 * The members of the European Union, by their ISO 3166 codes.
 * Source: https://european-union.europa.eu/principles-countries-history/eu-countries_en
 */
const EU_MEMBERS: ReadonlySet<string> = new Set(
  'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' '),
);

/** Whether law that holds in `wide` holds in `jurisdiction`. */
export function coversJurisdiction(wide: string, jurisdiction: string): boolean {
  const [country = jurisdiction] = jurisdiction.split('-');
  return wide === jurisdiction || wide === country || (wide === 'EU' && EU_MEMBERS.has(country));
}

/** Whether a rule, a floor or a ceiling is for a call. */
export function matches(match: CallMatch, call: Omit<RetentionSubject, 'countedFrom'>): boolean {
  const { source, lineOfBusiness, jurisdiction, direction, tags = [], consent = 'unknown' } = call;
  return (
    has(match.sources, source) &&
    has(match.linesOfBusiness, lineOfBusiness) &&
    (match.jurisdictions?.some((wide) => jurisdiction !== undefined && coversJurisdiction(wide, jurisdiction)) ??
      true) &&
    has(match.directions, direction) &&
    (match.tags?.some((tag) => tags.includes(tag)) ?? true) &&
    has(match.consent, consent)
  );
}

const has = (wanted: readonly string[] | undefined, value: string | undefined): boolean =>
  wanted === undefined || (value !== undefined && wanted.includes(value));
