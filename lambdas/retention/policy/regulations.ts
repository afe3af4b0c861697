import type * as z from 'zod';
import type { callMatch } from './call-match.ts';
import type { RetentionCeiling, RetentionFloor } from './retention-config.ts';

/** The calls that a regulation is for. Whoever deploys knows which of them it holds for: this is no legal advice. */
export type RegulatedCalls = { [F in keyof typeof callMatch]?: z.input<(typeof callMatch)[F]> };

/** A rule from outside that says how long recordings are kept. */
export interface Regulation {
  readonly name: string;
  /** The calendar years that it demands. */
  readonly years: number;
  /** Where it holds, for calls whose source names a jurisdiction. */
  readonly jurisdictions: readonly string[];
  /** What it says, and of which calls. */
  readonly says: string;
  /** The citation. */
  readonly citation: string;
  /** Where it can be read. */
  readonly url: string;
}

/** The most days that so many calendar years have: a floor is never a leap day short. */
export const daysOfYears = (years: number): number => 365 * years + Math.ceil(years / 4);

/** Gives the floor that a regulation demands, for the calls that it is said to hold for. */
function floorOf(regulation: Regulation) {
  const { name, years, jurisdictions, says, citation, url } = regulation;
  const floor = (calls: RegulatedCalls = {}): z.input<typeof RetentionFloor> => ({
    name,
    jurisdictions: [...jurisdictions],
    ...calls,
    keepDays: daysOfYears(years),
    because: `${citation}: ${says} (${url})`,
  });
  return Object.assign(floor, { regulation });
}

const MIFID_CALLS = 'recordings of telephone conversations that concern dealing on own account or client orders';

/**
 * Floors and ceilings of common regulations, for `retention.floors` and `retention.ceilings`. Each takes the calls that it
 * is for, such as `regulations.mifid2({ linesOfBusiness: ['brokerage'] })`: without any, all of its jurisdiction. No legal
 * advice: laws change and have exceptions, and your counsel knows which hold for you. Looked up in November 2026.
 */
export const regulations = {
  /** European Union: investment firms. */
  mifid2: floorOf({
    name: 'mifid-2',
    years: 5,
    jurisdictions: ['EU'],
    says: `${MIFID_CALLS} are kept for five years`,
    citation: 'Directive 2014/65/EU (MiFID II), article 16(7)',
    url: 'https://eur-lex.europa.eu/eli/dir/2014/65/oj',
  }),
  /** European Union: investment firms whose authority has asked for the longer time. */
  mifid2OnRequest: floorOf({
    name: 'mifid-2-on-request',
    years: 7,
    jurisdictions: ['EU'],
    says: `${MIFID_CALLS} are kept for up to seven years where the competent authority requests it`,
    citation: 'Directive 2014/65/EU (MiFID II), article 16(7)',
    url: 'https://eur-lex.europa.eu/eli/dir/2014/65/oj',
  }),
  /** United Kingdom: firms that SYSC 10A applies to. Seven years where the FCA requests it: raise `keepDays` then. */
  fcaSysc10a: floorOf({
    name: 'fca-sysc-10a',
    years: 5,
    jurisdictions: ['GB'],
    says: 'recordings of telephone conversations about activities in financial instruments are kept for five years',
    citation: 'FCA Handbook, SYSC 10A.1',
    url: 'https://www.handbook.fca.org.uk/handbook/SYSC/10A/1.html',
  }),
  /** United States: debt collectors who record calls. */
  regulationF: floorOf({
    name: 'regulation-f',
    years: 3,
    jurisdictions: ['US'],
    says: 'recordings of calls made in connection with the collection of a debt are kept for three years after the call',
    citation: '12 CFR 1006.100(b) (Regulation F)',
    url: 'https://www.consumerfinance.gov/rules-policy/regulations/1006/100/',
  }),
  /** United States: sellers and telemarketers; for calls that are the record of a consent or an authorization. */
  telemarketingSalesRule: floorOf({
    name: 'telemarketing-sales-rule',
    years: 5,
    jurisdictions: ['US'],
    says: 'records of consent and of verifiable authorizations are kept for five years, also where a recording is that record',
    citation: '16 CFR 310.5, as amended by 89 FR 26760 (2024)',
    url: 'https://www.ecfr.gov/current/title-16/section-310.5',
  }),
  /** United States: broker-dealers to whom the Taping Rule applies. */
  finraTapingRule: floorOf({
    name: 'finra-taping-rule',
    years: 3,
    jurisdictions: ['US'],
    says: 'recordings of calls between registered persons and customers are kept for three years',
    citation: 'FINRA Rule 3170',
    url: 'https://www.finra.org/rules-guidance/guidance/taping-rule',
  }),
  /** United States: futures commission merchants and others who record pre-trade calls. */
  cftcOralCommunications: floorOf({
    name: 'cftc-oral-communications',
    years: 1,
    jurisdictions: ['US'],
    says: 'oral communications that lead to a transaction in a commodity interest are kept for one year',
    citation: '17 CFR 1.31 and 1.35, 77 FR 75523 (2012)',
    url: 'https://www.ecfr.gov/current/title-17/section-1.31',
  }),
  /** United States: marketing and sales calls for Medicare Advantage and Part D plans. */
  medicareSales: floorOf({
    name: 'medicare-sales',
    years: 6,
    jurisdictions: ['US'],
    says: 'marketing and sales calls are kept for six years, the first three of them as audio',
    citation: '42 CFR 422.2274 and 423.2274, as amended by 91 FR 17384 (2026)',
    url: 'https://www.ecfr.gov/current/title-42/section-422.2274',
  }),
  /** United States: calls in which a beneficiary enrols in a Medicare Advantage plan. */
  medicareEnrollment: floorOf({
    name: 'medicare-enrollment',
    years: 10,
    jurisdictions: ['US'],
    says: 'records of enrollment, which the enrolling part of a call is, are kept for ten years',
    citation: '42 CFR 422.504(d)',
    url: 'https://www.ecfr.gov/current/title-42/section-422.504',
  }),
  /** United States: HIPAA sets no period for recordings as such; only for calls that are required documentation. */
  hipaaDocumentation: floorOf({
    name: 'hipaa-documentation',
    years: 6,
    jurisdictions: ['US'],
    says: 'required documentation, such as of a complaint, is kept for six years; of recordings as such nothing is said',
    citation: '45 CFR 164.316(b)(2)(i) and 164.530(j)',
    url: 'https://www.ecfr.gov/current/title-45/section-164.316',
  }),
  /**
   * European Union: personal data goes when it is no longer needed. The law names no number: who decides over the data
   * sets one, and says for what purpose it is needed so long.
   */
  gdprStorageLimitation: ({
    deleteByDays,
    purpose,
    ...calls
  }: RegulatedCalls & { readonly deleteByDays: number; readonly purpose: string }): z.input<
    typeof RetentionCeiling
  > => ({
    name: 'gdpr-storage-limitation',
    jurisdictions: ['EU'],
    ...calls,
    deleteByDays,
    because: `Regulation (EU) 2016/679 (GDPR), article 5(1)(e): kept no longer than necessary, here for ${purpose} (https://eur-lex.europa.eu/eli/reg/2016/679/oj)`,
  }),
};
