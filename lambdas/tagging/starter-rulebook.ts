import type * as z from 'zod';
import type { Rulebook } from './rulebook.ts';

/** What the starter rulebook can be told. */
export interface StarterRulebookOptions {
  /** The highest credit, in dollars, that policy lets an agent offer. */
  readonly creditLimitDollars: number;
}

const DISCLOSURE = [
  'call|conversation|line ... may|will|is|being|are ... recorded|monitored|recording',
  'recorded|recording ... this|the call|conversation',
  'recorded|monitored for quality|training',
];

const CREDIT_OFFER = [
  'give|offer|apply|issue|add|put|get|credit ... credit',
  'credit|crediting ... your|the account',
  'credit of',
];

/** Rules for customer service in English to begin with. */
export function starterRulebook({ creditLimitDollars }: StarterRulebookOptions): z.input<typeof Rulebook> {
  return {
    version: `starter-1/credit-limit-${creditLimitDollars}`,
    rules: [
      {
        id: 'recording-disclosure',
        tag: 'recording-disclosure',
        speaker: 'AGENT',
        phrases: DISCLOSURE,
        firstSeconds: 60,
      },
      {
        id: 'missing-disclosure',
        tag: 'missing-disclosure',
        speaker: 'AGENT',
        phrases: DISCLOSURE,
        firstSeconds: 60,
        absent: true,
      },
      { id: 'credit-offered', tag: 'credit-offered', speaker: 'AGENT', phrases: CREDIT_OFFER, amount: {} },
      {
        id: 'credit-over-policy',
        tag: 'credit-over-policy',
        speaker: 'AGENT',
        phrases: CREDIT_OFFER,
        amount: { over: creditLimitDollars },
      },
      {
        id: 'cancellation',
        tag: 'cancellation',
        speaker: 'CUSTOMER',
        phrases: [
          'cancel|cancelled|canceled|cancelling|canceling|cancellation',
          'terminate|end my|the|our contract|service|plan',
        ],
      },
      {
        id: 'escalation',
        tag: 'escalation',
        phrases: [
          'speak|talk|get|transfer|connect|put|escalate|want|with|to ... supervisor|manager',
          'escalate|escalating ... complaint|case|call|this',
        ],
      },
    ],
  };
}
