import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  applyRulebook,
  exampleTranscript,
  Rulebook,
  type RuleExample,
  starterRulebook,
  testRulebook,
} from '../../../../lambdas/tagging/tagging.ts';
import { parseTranscript } from '../../../../lambdas/transcription/transcription.ts';
import { transcribeSample, transcribeSamples } from '../../../transcribe-samples.ts';

const starter = Rulebook.parse(starterRulebook({ creditLimitDollars: 25 }));
const momentsOf = (example: RuleExample) => applyRulebook(exampleTranscript(example, { speaker: 'AGENT' }), starter);
const offersOf = (text: string) => momentsOf(text).filter(({ tag }) => tag === 'credit-offered');

describe.each(testRulebook(starter))('the rule $rule.id', ({ rule, examples }) => {
  test.each(examples.map((result) => [result.mustMatch ? 'finds' : 'does not find', result.example, result] as const))(
    '%s %j',
    (_verb, _example, { passed, found }) => {
      expect(passed, JSON.stringify(found)).toBe(true);
    },
  );

  test('has examples of both kinds, and a description', () => {
    expect(new Set(examples.map(({ mustMatch }) => mustMatch))).toEqual(new Set([true, false]));
    expect(rule.description).toBeDefined();
  });
});

test('the examples hold for other limits of a credit', () => {
  for (const creditLimitDollars of [0, 1, 50, 999]) {
    const failed = testRulebook(Rulebook.parse(starterRulebook({ creditLimitDollars })))
      .flatMap(({ examples }) => examples)
      .filter(({ passed }) => !passed);
    expect(failed).toEqual([]);
  }
});

describe('an offer of a credit', () => {
  test.each([
    "Not a problem at all, I'll put a twenty dollar credit on your account.",
    'why don’t i give you a twenty dollar credit',
    "i don't see why not i'll credit your account twenty dollars",
    "I don't see any reason why I couldn't give you a $20 credit.",
    "There's no reason I can't give you a $20 credit.",
    "don't worry about it we'll issue a credit of twenty dollars",
    'No worries we’ll issue a credit of twenty dollars',
    "If you don't mind I'll apply a twenty dollar credit to your account.",
    "I can't waive the fee. However, I can offer a $20 credit.",
    "I'm not able to waive the fee, however I can give you a twenty dollar credit.",
    "We don't usually do this, but I will apply a $20 credit.",
    "Not only that, I'll also give you a $20 credit.",
    'No, I will give you a credit of $20.',
    'no i will give you a credit of twenty dollars',
    'No, a credit of twenty dollars is on its way.',
    'I do not want to lose you so I will give you a credit of twenty dollars',
    "I don't know why that happened, I'll give you a credit of $20.",
    "I wouldn't want you to be upset, so let me give you a $20 credit.",
    "since the technician never came i'm going to apply a twenty dollar credit",
    "That shouldn't have happened. I've issued a twenty dollar credit.",
    "Because it wasn't your fault we will credit your account twenty dollars.",
    'I just applied a $20 credit, is that not fair?',
    "Ok I'll give you a credit of $20, isn't that great?",
    "I'm going to credit your account $20 and you won't be charged again.",
    'No sir, I can give you a twenty dollar credit.',
    "You'll see a twenty dollar credit on your next statement.",
    'I would like to offer you a $20 credit.',
    'I could give you a $20 credit, would that help?',
    "since i can't send a technician today i'll credit you twenty dollars",
    "I can't get that fee waived, but I'll credit you $20.",
    "I don't doubt that, so I'll give you a $20 credit.",
    'I can offer you nothing more than a $20 credit.',
    "Can't we just give you a forty dollar credit?",
  ])('is one though there is a negation about: "%s"', (text) => {
    expect(offersOf(text)).toHaveLength(1);
  });

  test.each([
    'I cannot, at this time, offer you a credit of $20.',
    "I'm unable to issue a $20 credit.",
    "We won't be able to apply a credit of twenty dollars.",
    'Unfortunately we do not give credits of $20.',
    "I don't think that we can offer a credit of twenty dollars",
    "I'm not sure I can give you a credit of $20.",
    'I never said I would give you a credit of $20.',
    "There's no way I can give you a $20 credit.",
    "I didn't say we'd issue a twenty dollar credit.",
    "I don't know if I can give you a $20 credit.",
    "We can't just give you a $20 credit.",
    'There is no credit of $20 on your account.',
    "It's not like I can give you a $20 credit.",
    'A credit of twenty dollars is not something we offer.',
    "I'd love to give you a $20 credit but unfortunately we don't do that.",
    'My supervisor refused to give you a credit of $20.',
    'Nobody can give you a credit of $20.',
    "I can't guarantee that we will give you a credit of $20.",
    "that doesn't mean i can give you a twenty dollar credit",
    'I will not give you a credit of twenty dollars.',
    "The system won't let me apply a $40 credit.",
    'the system does not let me give you a forty dollar credit',
    'I doubt that I can offer you a $40 credit.',
    'I cannot offer you, at this time, a credit of $40.',
  ])('is none that is denied: "%s"', (text) => {
    expect(offersOf(text)).toEqual([]);
  });
});

const sentences: [tag: string, speaker: string, isFound: boolean, said: string[]][] = [
  [
    'recording-disclosure',
    'AGENT',
    true,
    [
      'This call is being recorded for quality assurance.',
      'Calls are recorded and monitored.',
      'Your call may be monitored or recorded.',
      'Just to let you know, this call is recorded.',
      'Please be aware that all calls are recorded for training purposes.',
      'this line is recorded',
      'I have to tell you that we record our calls.',
      'We record all calls for quality.',
      'This conversation is recorded.',
      'I am required to inform you that this is a recorded line.',
      'This call might be recorded.',
      'For quality and training purposes, this call could be monitored.',
      'Is it okay if I record this call?',
      'We may record or monitor this call.',
      'We record calls for training.',
      'All lines are recorded.',
      "This call's recorded.",
      "Your call's going to be recorded.",
      'You are being recorded.',
      'We record all our phone calls.',
    ],
  ],
  [
    'recording-disclosure',
    'AGENT',
    false,
    [
      'I recorded your complaint in the system.',
      'There is no record of your call.',
      'I see your call from yesterday on record.',
      "I'll record your payment.",
      'I have a record of your call from Monday.',
      'We do not record calls.',
      "I can't record this call.",
    ],
  ],
  [
    'credit-offered',
    'AGENT',
    true,
    [
      'I can do a $20 credit for you.',
      "I'm going to give you a twenty dollar credit.",
      'I could credit you ten dollars.',
      'Let me apply a one time courtesy credit of $15.',
      'I have issued you a credit in the amount of twenty dollars.',
      'I went ahead and credited your account for $30.',
      'How about a credit of ten dollars?',
      'You will receive a $10 credit.',
      'A twenty dollar credit has been applied to your account.',
      'We would be happy to offer you a credit of twenty five dollars.',
      'I can get you a fifty dollar credit on that.',
      'What if I gave you a $20 credit?',
      "I'll add a $20 bill credit.",
      "We'll send you a $20 credit.",
      "I'm able to offer forty dollars as a credit.",
      "I'll make it a $20 credit.",
      'I am authorizing a credit of $20.',
      'Let me see if I can get you a credit of $20.',
      'I will approve a twenty dollar credit.',
      "I'm happy to offer you a one hundred and five dollars credit.",
      'How about a $20 credit?',
      'Would a $20 credit work for you?',
      "I'll throw in a $20 credit.",
      'Your account has been credited forty dollars.',
      'I will give you USD 40 as a credit.',
      "Okay so that's a forty dollar credit for you.",
      'I submitted a credit for forty dollars.',
    ],
  ],
  [
    'credit-offered',
    'AGENT',
    false,
    [
      'Your credit limit is five hundred dollars.',
      'Your credit card has been charged $40.',
      'You have a credit score of 700 and owe $40.',
      'Did somebody offer you a credit of forty dollars?',
      'The $40 was paid by credit card.',
      'You said that you were promised a credit of $40.',
      'I see that you asked for a credit of $40.',
      'Who told you that you would get a credit of forty dollars?',
      "I'm sorry but a forty dollar credit is out of the question.",
      'We are not going to give you a credit of forty dollars.',
      'you do not qualify for a credit of forty dollars',
      "I don't have the authority to give you a $40 credit.",
      'Without a receipt I cannot give you a credit of $40.',
      'Were you offered a $40 credit?',
      'The previous agent offered you a $40 credit?',
      "I understand you'd like a credit of forty dollars.",
      'If I could give you a $40 credit, I would.',
      'I would have to get approval before I could offer a $40 credit.',
      'We stopped offering the $40 credit last year.',
      "It's against our policy to offer a $40 credit.",
      'Only a manager can give you a $40 credit.',
    ],
  ],
  [
    'refund',
    'CUSTOMER',
    true,
    [
      'I want to be refunded.',
      'Where is my refund?',
      'Give me my money back.',
      'I need a full refund please.',
      'Are you going to reimburse me?',
      "I'd like my money back.",
      'Just give me back my money.',
      "I haven't received my refund.",
      'You never refunded me.',
      "Can't you just refund it?",
    ],
  ],
  [
    'refund',
    'CUSTOMER',
    false,
    ['I am not asking for a refund.', 'I need to fund my account.', 'I sent money back home.'],
  ],
  [
    'cancellation',
    'CUSTOMER',
    true,
    [
      'I want to cancel my subscription.',
      'I am calling to cancel.',
      'I need to close my account.',
      'Can you cancel my service please?',
      'I would like to discontinue my service.',
      'I am thinking about canceling.',
      'Please terminate my contract.',
      'I wanna cancel.',
      "I'd like to get out of my contract.",
      'I want to stop my subscription.',
      'I am switching to another provider.',
      'no i want to cancel',
      'i don’t want it anymore cancel it',
      'I wish to cancel.',
      'Please disconnect my service.',
      "I'm going to go with another company.",
      'I am leaving you for a different provider.',
    ],
  ],
  [
    'cancellation',
    'CUSTOMER',
    false,
    [
      "I'm not calling to cancel.",
      'I do not want to cancel my contract.',
      'Please do not cancel it.',
      "Don't cancel my account.",
      'At the end of the day I need service.',
      'My noise cancelling headphones are broken.',
      'I am going to go with the new plan.',
    ],
  ],
  [
    'escalation',
    'CUSTOMER',
    true,
    [
      'Can I speak with a manager?',
      'Let me talk to your supervisor.',
      'I demand to speak to someone in charge.',
      'I want to talk to someone higher up.',
      'Is there a manager I can speak to?',
      'I would like to escalate this.',
      'Put your boss on the phone.',
      'May I have your supervisor please?',
      'Get me a manager now.',
      'I need a manager.',
      'Give me your supervisor.',
      'Is there a supervisor available?',
      "Who's your manager?",
      "I've asked for a supervisor three times.",
      'I want this escalated.',
      'May I speak to the person in charge?',
    ],
  ],
  [
    'escalation',
    'CUSTOMER',
    false,
    [
      'I am a manager at a bank.',
      'My manager at work told me.',
      'The escalator is broken.',
      'I need to ask my manager.',
      'There is no need to escalate this.',
    ],
  ],
  [
    'complaint',
    'CUSTOMER',
    true,
    [
      'I want to file a complaint.',
      'This is unacceptable.',
      'I am really disappointed in your service.',
      'Your service is terrible.',
      'This is the worst company I ever dealt with.',
      'I am extremely frustrated.',
      'I have called three times about this.',
      'I am so angry about this.',
      'This is ridiculous!',
      'I am not satisfied with this.',
      'Nobody ever called me back.',
      'I am sick of this.',
      'I have had it with you people.',
      'No one ever called me back.',
      'I have been waiting for two weeks.',
      "I couldn't be more disappointed.",
      'I am not too happy about it.',
      'This is horrible.',
    ],
  ],
  [
    'complaint',
    'CUSTOMER',
    false,
    ['I have no complaints.', 'I am not frustrated, just curious.', 'It was no problem.', "I can't complain."],
  ],
  [
    'abuse',
    'CUSTOMER',
    true,
    [
      'You are an idiot.',
      'You idiot!',
      'You are so stupid.',
      'What the fuck is this?',
      'You stupid idiot.',
      'You people are useless.',
      'Go to hell.',
      'Shut your mouth.',
      'You are a liar.',
      "You're an asshole.",
      'You are all liars.',
      'How stupid are you?',
      "You're full of shit.",
    ],
  ],
  [
    'abuse',
    'CUSTOMER',
    false,
    ['Am I stupid?', 'I feel stupid.', 'This is stupid.', 'I do not want to be rude.', 'Can you kill the process?'],
  ],
  [
    'payment-data-spoken',
    'CUSTOMER',
    true,
    [
      'My card number is four five five six.',
      'The security code is one two three.',
      'The CVV is 123.',
      '4556 1234 5678 9012',
      'my credit card number is',
      'The expiration date is zero five twenty six.',
      'the three digits on the back are one two three',
      'My routing number is 021000021.',
      'My bank account number is 123456789.',
      "the card number's four one one one",
    ],
  ],
  [
    'payment-data-spoken',
    'CUSTOMER',
    false,
    [
      'I paid with my card.',
      'My phone number is five five five one two three four five six seven.',
      'My account number is 12345678.',
      'I lost my card.',
      'My card number is not working.',
    ],
  ],
  [
    'verification-done',
    'AGENT',
    true,
    [
      'Can I have your date of birth please?',
      'Please confirm your address.',
      'Can you verify the last four of your social?',
      'For security purposes, can you tell me your date of birth?',
      'Could you please verify your full name?',
      'I have verified your account.',
      'Thanks for confirming that.',
      'What are the last four digits of your card?',
      'You have been verified.',
      "For verification, what's your zip code?",
      'Thank you, I was able to verify your identity.',
      'I have verified you.',
      "You've passed security.",
      'I just need to verify some information.',
      'What are the last 4 digits of your social security number?',
      'And your birthday?',
    ],
  ],
  [
    'verification-done',
    'AGENT',
    false,
    [
      'I will verify that with my supervisor.',
      'Let me verify the charge.',
      'Can you confirm that you received the letter?',
    ],
  ],
  [
    'hold',
    'AGENT',
    true,
    [
      'Thanks for waiting on hold.',
      'I appreciate you holding.',
      'May I place you on a brief hold?',
      'Can I put you on hold for a minute?',
      'Would you mind holding for a moment?',
      'Please stay on the line.',
      'Thanks for holding.',
      'Hold on one second.',
      'Thank you for your patience while you were on hold.',
      'Let me put you on hold real quick.',
      'Please hold.',
      'Can you hold?',
    ],
  ],
  [
    'hold',
    'AGENT',
    false,
    ['You will not be put on hold.', 'There is a hold on your account.', 'We hold your deposit for a month.'],
  ],
  [
    'closing',
    'AGENT',
    true,
    [
      'Thank you for choosing us.',
      'What else can I help you with?',
      'Have yourself a great day.',
      'Thank you for calling, have a great day.',
      'Is there anything else I can do for you today?',
      'Have a wonderful weekend.',
      'Thanks for calling Acme, goodbye.',
      'Bye now.',
      'Take care.',
      'Was there anything else?',
      'Have a good one.',
      'Have a nice rest of your day.',
      'Enjoy the rest of your day.',
    ],
  ],
  ['closing', 'AGENT', false, ['Thank you for calling Acme.', 'How can I help you?', 'It will be there by Monday.']],
];

describe.each(sentences)('%s, by the %s: %s', (tag, speaker, isFound, said) => {
  test.each(said)('"%s", as it is written and as it is recognised without punctuation', (text) => {
    for (const heard of [text, text.toLowerCase().replaceAll(/[.,?!]/g, '')]) {
      const tags = momentsOf([{ speaker, text: heard }]).map((moment) => moment.tag);
      expect(tags.includes(tag), heard).toBe(isFound);
    }
  });
});

test('numbers of cards that were not redacted are not repeated in a quote', () => {
  const quotes = ['It is 4111 1111 1111 1111.', 'four one one one one one one one one one one one one one']
    .flatMap(momentsOf)
    .filter(({ tag }) => tag === 'payment-data-spoken')
    .map(({ quote }) => quote);
  expect(quotes).toHaveLength(2);
  for (const quote of quotes) expect(quote).toMatch(/^(\*\*\* ?)+$/);
});

test('a call in another language is not judged by rules in English', () => {
  const transcript = { ...exampleTranscript('Buenos días.', { speaker: 'AGENT' }), language: 'es-US' };
  expect(applyRulebook(transcript, starter)).toEqual([]);
});

const samples = join(import.meta.dirname, '../../../../samples');
const scripts: { recording: string; channels: string[]; turns: { speaker: string; text: string }[]; tags: string[] }[] =
  readdirSync(samples)
    .filter((file) => file.endsWith('.json'))
    .map((file) => JSON.parse(readFileSync(join(samples, file), 'utf8')));

test.each(scripts)('the sample call $recording has the tags of its script', ({ channels, turns, tags }) => {
  const said = turns.map(({ speaker, text }) => ({ speaker: channels.length === 1 ? 'UNKNOWN' : speaker, text }));
  expect(new Set(momentsOf(said).map(({ tag }) => tag))).toEqual(new Set(tags));
});

test.skipIf(transcribeSamples === undefined)('a real call: who is calling is verified, nobody offers a credit', () => {
  const moments = applyRulebook(parseTranscript(transcribeSample('call-analytics.json')), starter);
  expect(moments.map(({ tag, speaker, quote }) => [tag, speaker, quote])).toEqual([
    ['missing-disclosure', 'AGENT', ''],
    ['verification-done', 'AGENT', 'last four digits of'],
    ['verification-done', 'AGENT', 'date of birth?'],
    ['verification-done', 'AGENT', 'security question,'],
    ['closing', 'AGENT', 'anything else'],
    ['closing', 'AGENT', 'Bye.'],
  ]);
});
