import type * as z from 'zod';
import type { Rulebook } from './rulebook.ts';

/** What the starter rulebook can be told. */
interface StarterRulebookOptions {
  /** The highest credit, in dollars, that policy lets an agent offer. */
  readonly creditLimitDollars: number;
}

type RuleInput = z.input<typeof Rulebook>['rules'][number];

const DISCLOSURE = [
  'call|calls|conversation|conversations|line|lines ... may|might|could|can|will|is|are|be|being|been|gets|get ... recorded|monitored|recording',
  "call's|conversation's|line's ...4 recorded|monitored",
  'being recorded|monitored',
  '~record [or|and] [~monitor] this|our call|conversation',
  '~record|~monitor calls|conversations',
  'recorded|recording ... this|the call|conversation',
  'recorded|monitored for quality|training',
  'record|recording|recorded|monitor all|our|your|every [of] [our|these] [phone] call|calls|conversation|conversations',
  'recorded|monitored line',
];

const disclosure: RuleInput[] = [
  {
    id: 'recording-disclosure',
    tag: 'recording-disclosure',
    description: 'The agent says in the first minute that the call may be recorded.',
    speaker: 'AGENT',
    phrases: DISCLOSURE,
    firstSeconds: 60,
    examples: {
      match: [
        'Thank you for calling. This call may be recorded for quality and training.',
        'Please note that our conversation will be monitored.',
        'My name is Ann and I am on a recorded line.',
        'No problem. Just so you know, we are recording this call.',
      ],
      noMatch: [
        'How can I help you?',
        'I have recorded your meter reading.',
        'This call is not being recorded.',
        [{ speaker: 'CUSTOMER', text: 'Is this call being recorded?' }],
        [
          { speaker: 'AGENT', text: 'Hello.' },
          { speaker: 'AGENT', text: 'By the way, this call may be recorded.', pauseSeconds: 70 },
        ],
      ],
    },
  },
  {
    id: 'missing-disclosure',
    tag: 'missing-disclosure',
    description: 'In the first minute the agent does not say that the call may be recorded.',
    speaker: 'AGENT',
    phrases: DISCLOSURE,
    firstSeconds: 60,
    absent: true,
    examples: {
      match: [
        'Hello, how can I help you?',
        'This call is not being recorded.',
        [{ speaker: 'CUSTOMER', text: 'This call may be recorded.' }],
      ],
      noMatch: ['This call may be recorded for quality and training.', 'Your call is being recorded.'],
    },
  },
];

const CREDIT_OFFER = [
  '~give|~offer|~apply|~issue|~add|~put|~get|~credit|~post|~process|~send|~approve|~authorize|~submit ...9 credit',
  'throw|throwing in ...9 credit',
  'how about ...9 credit',
  'would ...9 credit work|help',
  'account|bill|balance is|has|will be|been|being credited',
  'can|could|will do ...4 credit',
  'do a ...4 credit',
  'credit for you',
  "will|you'll see|receive|have ... credit",
  'make it ...3 credit',
  "~see|~receive|~have|you'll|be ... credit on|to|towards|toward|for|in your|the",
  'credit|crediting|credited ... your|the account|bill|card|balance',
  'credit|crediting|credited you',
  'credit|crediting|credited ...4 back',
  'credit of',
  '~take|~knock|~deduct ... off ...3 bill|account|balance|statement|invoice',
];

const NO_CREDIT_OFFER = {
  phrases: [
    'credit card|cards|score|report|check|history|union|limit|line|bureau|rating',
    // What somebody else offered, or the customer asked for, is spoken of.
    'did|have|has you|they|he|she|somebody|someone|anyone [already|ever] get|got|receive*|see|seen|give*|offer*|promise*',
    'somebody|someone|anyone|who|they|he|she [ever|already] gave|offered|promised|told',
    'been|were|was [you|they] [already|ever] promised|told|offered|given',
    'agent|representative|rep|colleague|person [already] gave|offered|promised|told',
    'stopped|quit ~offer|~give',
    'against [our|the|company] policy',
    'only a|my|the supervisor|manager',
    // What only would be.
    'before i|we can|could',
    'if i|we could ...12 i|we would',
    "you'd like ...2 credit",
    'you would like ...2 credit',
    'you [already] received|got',
    'you [had|have] asked|requested|wanted|mentioned|claimed|said ...3 credit',
    'told you ...4 get|receive|have',
  ],
  withinWords: 2,
};

const credit = (limit: number): RuleInput[] => [
  {
    id: 'credit-offered',
    tag: 'credit-offered',
    description: 'The agent offers or gives a credit, and says how much.',
    speaker: 'AGENT',
    phrases: CREDIT_OFFER,
    not: NO_CREDIT_OFFER,
    amount: {},
    examples: {
      match: [
        'I will give you a credit of forty dollars on your next bill.',
        'I can offer you a $20 credit.',
        'No problem, I can give you a credit of ten dollars.',
        'no problem i can give you a ten dollar credit',
        "Why don't I give you a $20 credit?",
        "I don't see why not, I'll credit your account fifteen dollars.",
        "I can't do that, but I can give you a credit of ten dollars.",
        'there will be a credit on your next bill of twenty dollars',
        'We can take twenty dollars off your bill.',
        'Let me go ahead and credit you fifteen bucks.',
      ],
      noMatch: [
        "I can't offer a credit of forty dollars.",
        "I'm sorry, we are not able to give a credit of $40.",
        "I don't think I can give you a credit of forty dollars.",
        'A credit of forty dollars is not possible.',
        'I would love to give you a credit of forty dollars, but I cannot.',
        'I wish I could give you a $40 credit.',
        'There is nothing I can do to give you a credit of forty dollars.',
        'Can you give me the credit card that was charged forty dollars?',
        'I see that you asked for a credit of $40.',
        'Did somebody offer you a credit of forty dollars?',
        'I will give you a credit of forty minutes.',
        'I will give you a credit.',
        [{ speaker: 'CUSTOMER', text: 'You have to give me a credit of forty dollars.' }],
      ],
    },
  },
  {
    id: 'credit-over-policy',
    tag: 'credit-over-policy',
    description: `The agent offers or gives a credit of more than ${limit} dollars.`,
    speaker: 'AGENT',
    phrases: CREDIT_OFFER,
    not: NO_CREDIT_OFFER,
    amount: { over: limit, currency: 'USD' },
    examples: {
      match: [
        `I will give you a credit of $${limit + 1}.`,
        `We can credit your account ${limit + 15} dollars.`,
        `I'll put a $${limit + 0.5} credit on there.`,
      ],
      noMatch: [
        `I will give you a credit of $${limit}.`,
        `I cannot give you a credit of $${limit + 1}.`,
        `Your bill is $${limit + 1}.`,
      ],
    },
  },
];

const requests: RuleInput[] = [
  {
    id: 'refund',
    tag: 'refund',
    description: 'A refund is asked for, promised or spoken of.',
    phrases: [
      '~refund',
      '~reimburse',
      'reimbursement',
      'refundable',
      '~get|~give|~want ... money back',
      'my|your|our|their money back',
      '~send|~give [me] back my|your|our money',
      // Who never got it speaks of it, too.
      "never|haven't|hasn't|didn't ...2 ~get|~receive|~see ...4 refund|reimbursement",
      'not received|gotten|seen ...4 refund|reimbursement',
      "never|haven't|hasn't|didn't ~refund|~reimburse",
    ],
    examples: {
      match: [
        'I want a refund.',
        'Can I get my money back?',
        'They said it would be refunded last week.',
        [{ speaker: 'AGENT', text: 'We will reimburse you for the second charge.' }],
      ],
      noMatch: ["I don't want a refund, I want it repaired.", 'Please send it back.', 'I sent the money last week.'],
    },
  },
  {
    id: 'cancellation',
    tag: 'cancellation',
    description: 'The customer wants to cancel a contract or service, or speaks of it.',
    speaker: 'CUSTOMER',
    phrases: [
      'cancel*',
      'get|want out of [my|the|this] contract',
      '~switch|~go|~move|leaving [you] to|with|for [a] another|different|new provider|company|carrier|supplier',
      'to|with [a|the] competitor|competition',
      'unsubscribe',
      'shut|turn off my|the|our|this service|plan|account|subscription',
      'terminate|end|close|stop|discontinue|disconnect my|the|our|this [entire|whole] contract|service|plan|account|subscription|membership',
    ],
    not: {
      phrases: [
        'noise|echo cancel*',
        'cancel* ...3 appointment|meeting|visit|technician|card|check|payment|transaction|order|flight|reservation',
      ],
      withinWords: 0,
    },
    examples: {
      match: [
        'I want to cancel my contract at the end of the month.',
        'Please cancel.',
        'I would like to close my account.',
        'i do not need it any more so please cancel my contract',
        "Why don't you just cancel it?",
      ],
      noMatch: [
        "I don't want to cancel.",
        'I never said that I would cancel.',
        'I have to cancel the appointment with the technician.',
        'It comes at the end of the service.',
        [{ speaker: 'AGENT', text: 'Do you want to cancel?' }],
      ],
    },
  },
  {
    id: 'escalation',
    tag: 'escalation',
    description: 'Somebody asks for a supervisor, or the agent passes the call on to one.',
    phrases: [
      'speak|talk|get|transfer|connect|put|pass|escalate|want ... supervisor|manager|boss|superior',
      'with|to a|your|the supervisor|manager|boss',
      'your supervisor|manager|boss there|available|around',
      'have your|a supervisor|manager',
      'need|give [me] [a|your|the] supervisor|manager',
      '~ask for ...3 supervisor|manager',
      'there a|any supervisor|manager',
      "who's|who|where's|where [is] your supervisor|manager",
      'supervisor|manager [that] [i|we] can|could|will speak|talk|call|contact',
      '~escalate|escalation',
      'speak|talk to|with someone|somebody above|over|higher',
      'someone|somebody|person in charge',
    ],
    not: { phrases: ['property|project|building|office|hiring|product manager'], withinWords: 0 },
    examples: {
      match: [
        'I want to speak to a supervisor right now.',
        'Get me your manager!',
        [{ speaker: 'AGENT', text: 'I will connect you with my supervisor.' }],
        [{ speaker: 'AGENT', text: 'I am escalating your complaint.' }],
      ],
      noMatch: [
        'Our manager is on holiday.',
        "I don't need to speak to a supervisor.",
        'I have to ask my property manager.',
        'I talk to the property manager every week.',
      ],
    },
  },
];

const temper: RuleInput[] = [
  {
    id: 'complaint',
    tag: 'complaint',
    description: 'The customer complains, or says how unhappy they are.',
    speaker: 'CUSTOMER',
    phrases: [
      '~complain|complaint|complaints',
      'unhappy|upset|angry|annoyed|frustrated|frustrating|disappointed|disappointing|dissatisfied|furious',
      "couldn't|never be|been more|so unhappy|upset|angry|frustrated|disappointed",
      'not [at] [all] [very|really|too|so] happy|satisfied|acceptable|impressed|pleased',
      'unacceptable|outrageous|ridiculous|absurd|disgrace|disgraceful|appalling|unprofessional',
      'this|that|it|you|guys is|was|are [so|just|really] terrible|horrible|awful',
      'been waiting ...4 hours|days|weeks|months',
      'been calling ...4 hours|days|weeks|months',
      'no one ...2 called|calls|helped|helps|helping|answered|answers|cares',
      'worst|terrible|horrible|awful|lousy ...2 service|experience|company|treatment',
      'third|fourth|fifth|sixth|tenth time ... call*',
      'service|support|company|experience ...2 terrible|horrible|awful|lousy|sucks',
      '~call ... two|three|four|five|six|several|many|multiple|#1 times',
      'nobody|no-one ...2 called|calls|helped|helps|helping|answered|answers|cares',
      'sick of',
      'had it with',
      'fed up',
      'sick and tired',
    ],
    examples: {
      match: [
        'I want to make a complaint.',
        'I have been a customer for ten years, and I am very unhappy about this.',
        'This is the fourth time that I am calling you.',
        'I am not happy with that at all.',
        'This is ridiculous.',
      ],
      noMatch: [
        "I'm not complaining.",
        'I am not upset, I only want to know.',
        'I am happy with the service.',
        'I call every month.',
        [{ speaker: 'AGENT', text: 'I am sorry that you are unhappy.' }],
      ],
    },
  },
  {
    id: 'abuse',
    tag: 'abuse',
    description: 'Somebody insults, swears at or threatens the other.',
    phrases: [
      "you|you're [people|guys] [are|all] [such|so|a|an|just|all] [complete|a|an|bunch] idiot|idiots|moron|morons|stupid|pathetic|incompetent|useless|worthless|liar|liars|dumb",
      'how stupid|dumb are|is you|he|she',
      'you must be stupid|dumb',
      'full|piece of shit',
      'bunch of idiots|morons|liars|crooks|thieves',
      'fuck*|motherfuck*|asshole|assholes|bitch|bastard|bastards|dumbass|bullshit',
      'shut up',
      'shut your mouth',
      'go to hell',
      'screw|damn you',
      "i'll|will|gonna|to kill|hurt you",
    ],
    examples: {
      match: [
        'You are a complete idiot.',
        'Are you stupid?',
        'Shut up and listen to me.',
        'You people are a bunch of liars.',
        "I'll kill you.",
      ],
      noMatch: [
        'That was stupid of me.',
        "I'm not saying that you are stupid.",
        'Your app is useless.',
        'I was up all night.',
        'It would be useful to have.',
      ],
    },
  },
];

const DIGIT = 'zero|oh|one|two|three|four|five|six|seven|eight|nine|#1';

const payment: RuleInput[] = [
  {
    id: 'payment-data-redacted',
    tag: 'payment-data-spoken',
    description: 'Transcribe redacted the data of a card or of a bank account.',
    redacted: [
      'CREDIT_DEBIT_NUMBER',
      'CREDIT_DEBIT_CVV',
      'CREDIT_DEBIT_EXPIRY',
      'BANK_ACCOUNT_NUMBER',
      'BANK_ROUTING',
      'PIN',
    ],
    examples: {
      match: ['It is [CREDIT_DEBIT_NUMBER].', 'The code on the back is [CREDIT_DEBIT_CVV].'],
      noMatch: ['My name is [NAME].', 'It is [PII].', 'I paid by card.'],
    },
  },
  {
    id: 'payment-data-said',
    tag: 'payment-data-spoken',
    description: 'The number or the code of a card is said and was not redacted.',
    maskNumbers: true,
    phrases: [
      '#13|#14|#15|#16',
      '#4 #4 #4 #4',
      '#4 #6 #5',
      Array.from({ length: 13 }, () => DIGIT).join(' '),
      'card number is',
      "card number's",
      'bank|checking|savings account number is',
      'security code is',
      'routing number is',
      'expiration|expiry date is',
      'digits on the back are|is',
      'cvv|cvc [code|number] is',
    ],
    not: {
      phrases: [
        'is not|declined|invalid|on|in|still|already|there|wrong|right|correct|saved|expired|missing|required|what|different|ending',
        'is the same',
      ],
      withinWords: 0,
    },
    examples: {
      match: [
        'My card number is four one one one.',
        'My card number is [PII].',
        'four one one one one one one one one one one one one one one one',
        'It is 4111 1111 1111 1111.',
        'Yes, 4111-1111-1111-1111.',
      ],
      noMatch: [
        'My card number is on file.',
        'My number is five five five, oh one oh, two three four five.',
        'The reading is 56182.',
        'What is your card number?',
      ],
    },
  },
];

const ID_DATA =
  'name|address|birth|birthday|birthdate|email|zip|postcode|phone|identity|pin|passcode|password|social|account|details';

const conduct: RuleInput[] = [
  {
    id: 'verification-done',
    tag: 'verification-done',
    description: 'The agent checks who is calling, or says that it was checked.',
    speaker: 'AGENT',
    phrases: [
      `~verify|confirm|confirming [with|for] [me] your|the|that ...3 ${ID_DATA}`,
      'date of birth',
      'security question|questions',
      'for [security] verification|identification',
      'for security purposes|reasons',
      "i|i've|we|we've|have [just|now|successfully] verified you",
      '~verify ...3 information|identity',
      '~verify [a] few|some|your details',
      'just to verify',
      "that's [all] verified",
      'your birthday|birthdate',
      'your [full] name and ...2 address|account|date|zip|phone',
      'passed [the] [security] security|verification|check',
      "mother's maiden name",
      'last four|4 [digits|numbers] of',
      'thank|thanks [you] for verify*|verif*|confirming',
      "you're|you|been|is|account [are|is|has] [now|all|been] [been] verified",
    ],
    examples: {
      match: [
        'Can you confirm your full name and address for me?',
        'What is your date of birth?',
        'Thank you for verifying that.',
        'Thank you, you are now verified.',
        'And the last four digits of your social?',
      ],
      noMatch: [
        'What is your new address?',
        'I will email you a confirmation.',
        'I have not verified your account.',
        [{ speaker: 'CUSTOMER', text: 'My date of birth is in the file.' }],
      ],
    },
  },
  {
    id: 'hold',
    tag: 'hold',
    description: 'The agent puts the customer on hold, or thanks them for holding.',
    speaker: 'AGENT',
    phrases: [
      '~put|~place|~pop|~keep|have you ... on ...3 hold',
      'being|waiting|patience on hold',
      'able to hold',
      'appreciate you|your holding',
      'please hold',
      'hold the line',
      'hold on',
      'mind|for holding',
      'can|could|will you hold',
      'stay on the line',
      'while|when you ...2 on hold',
      'hold [for] a|one|just [brief|quick|a|one] moment|minute|second|sec',
    ],
    not: { phrases: ['hold on to', 'the|a|any hold on'], withinWords: 0 },
    examples: {
      match: [
        'Please hold the line.',
        'Do you mind if I put you on a brief hold?',
        'Can you hold for just a moment?',
        'Thank you for holding.',
      ],
      noMatch: [
        "I won't put you on hold.",
        'Hold on to that letter.',
        'The hold on your account is gone.',
        [{ speaker: 'CUSTOMER', text: 'I was on hold for an hour.' }],
      ],
    },
  },
];

const CLOSING = [
  'have [yourself] a|an [very|really] good|great|nice|wonderful|lovely|pleasant|fantastic|amazing|awesome|excellent|blessed|safe|happy ...4 day|evening|afternoon|night|morning|weekend|one|holiday|week',
  'enjoy your|the ...3 day|evening|afternoon|night|weekend|holiday|week',
  'thank|thanks [you] for being|your [a|our] [valued|loyal] customer|patience|time|call|business|loyalty',
  'thank|thanks [you] for choosing',
  'appreciate your business|time|patience|call|loyalty',
  'anything|something else',
  'what else can|may i|we',
  'will|would that be all',
  'goodbye|good-bye|bye|bye-bye',
  'good bye',
  'take care',
];

const closing: RuleInput[] = [
  {
    id: 'closing',
    tag: 'closing',
    description: 'In the last minute the agent asks whether there is anything else, or says goodbye.',
    speaker: 'AGENT',
    phrases: CLOSING,
    negations: [],
    lastSeconds: 60,
    examples: {
      match: [
        'Is there anything else I can help you with?',
        'You are welcome. Have a good day.',
        'Thank you and goodbye.',
        'Thank you for being our customer.',
      ],
      noMatch: [
        'Thank you for calling United Energy.',
        'We have a technician in your street.',
        [{ speaker: 'CUSTOMER', text: 'Goodbye.' }],
        [
          { speaker: 'AGENT', text: 'Is there anything else?' },
          { speaker: 'CUSTOMER', text: 'Yes. My bill.', pauseSeconds: 70 },
        ],
      ],
    },
  },
  {
    id: 'missing-closing',
    tag: 'missing-closing',
    description: 'In the last minute of a call of a minute or more, the agent neither asks for more nor says goodbye.',
    speaker: 'AGENT',
    phrases: CLOSING,
    negations: [],
    lastSeconds: 60,
    callAtLeastSeconds: 60,
    absent: true,
    examples: {
      match: [
        [
          { speaker: 'AGENT', text: 'How can I help you?' },
          { speaker: 'CUSTOMER', text: 'It works again.', pauseSeconds: 60 },
        ],
      ],
      noMatch: [
        'A short call that is cut off.',
        [
          { speaker: 'AGENT', text: 'How can I help you?' },
          { speaker: 'AGENT', text: 'Have a nice day.', pauseSeconds: 60 },
        ],
      ],
    },
  },
  {
    id: 'long-silence',
    tag: 'long-silence',
    description: 'Nobody speaks for more than 20 seconds.',
    conversation: { silenceOverSeconds: 20 },
    examples: {
      match: [
        [
          { speaker: 'AGENT', text: 'Let me see.' },
          { speaker: 'AGENT', text: 'There it is.', pauseSeconds: 21 },
        ],
      ],
      noMatch: [
        [
          { speaker: 'AGENT', text: 'Let me see.' },
          { speaker: 'AGENT', text: 'There it is.', pauseSeconds: 19 },
        ],
      ],
    },
  },
];

/** Rules for customer service in English to begin with. Each has examples, which `verbatim rules test` tries out. */
export function starterRulebook({ creditLimitDollars }: StarterRulebookOptions): z.input<typeof Rulebook> {
  return {
    version: `starter-2/credit-limit-${creditLimitDollars}`,
    languages: ['en'],
    rules: [...disclosure, ...credit(creditLimitDollars), ...requests, ...temper, ...payment, ...conduct, ...closing],
  };
}
