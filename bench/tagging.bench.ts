import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileRulebook, Rulebook, starterRulebook } from '../lambdas/tagging/tagging.ts';
import { parseTranscript } from '../lambdas/transcription/transcription.ts';
import { type Bench, type Measurement, median } from './bench.ts';

const WORD_COUNTS = [10, 100, 1_000, 10_000];
const RULE_COUNTS = [10, 100, 1_000];
const ROUNDS = 30;
const WARM_UP_MS = 500;

/** What one round of some ways takes, in microseconds each: the median of many rounds, taken in turn. */
function inTurn(ways: readonly (() => unknown)[]): number[] {
  const warmUntil = performance.now() + WARM_UP_MS * ways.length;
  while (performance.now() < warmUntil) for (const way of ways) way();
  const took: number[][] = ways.map(() => []);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [i, way] of ways.entries()) {
      const repeats = 20;
      const begin = performance.now();
      for (let repeat = 0; repeat < repeats; repeat++) way();
      took[i]?.push(((performance.now() - begin) * 1000) / repeats);
    }
  }
  return took.map(median);
}

/** Words of calls, from which generated ones are made. */
const VOCABULARY = [
  'thank you for calling how can I help you today my bill is wrong and I would like to know why the charge is there',
  'let me have a look at your account one moment please I can see it here it was a fee for the late payment of May',
  'I want to cancel the contract because nobody told me about this and it is not what we agreed on the phone last week',
  'I can offer you a credit of forty dollars on your next bill would that be all right for you yes that is fine thank you',
].flatMap((sentence) => sentence.split(' '));

/** A Call Analytics document of so many words, in turns of 15. */
function generatedDocument(wordCount: number): string {
  const words = Array.from({ length: wordCount }, (_, i) => VOCABULARY[(i * 7) % VOCABULARY.length] ?? '');
  const turns = Array.from({ length: Math.ceil(wordCount / 15) }, (_, t) => {
    const own = words.slice(t * 15, (t + 1) * 15);
    const startMs = t * 6_000;
    return {
      ParticipantRole: t % 2 === 0 ? 'AGENT' : 'CUSTOMER',
      BeginOffsetMillis: startMs,
      EndOffsetMillis: startMs + own.length * 350,
      Content: own.join(' '),
      Items: own.map((word, i) => ({
        Type: 'pronunciation',
        Content: word,
        Confidence: 0.9931,
        BeginOffsetMillis: startMs + i * 350,
        EndOffsetMillis: startMs + i * 350 + 300,
      })),
      Id: `turn-${t}`,
      Sentiment: 'NEUTRAL',
      LoudnessScores: [71.2, 70.4, null, 69.9],
    };
  });
  return JSON.stringify({ JobStatus: 'COMPLETED', LanguageCode: 'en-US', Transcript: turns, Channel: 'VOICE' });
}

/** A rulebook of so many rules: each looks for a phrase of its own, most of them for words that calls have. */
const generatedRulebook = (ruleCount: number): Rulebook =>
  Rulebook.parse({
    version: `bench-${ruleCount}`,
    rules: Array.from({ length: ruleCount }, (_, i) => ({
      id: `rule-${i}`,
      tag: `tag-${i}`,
      phrases: [
        `${VOCABULARY[(i * 3) % VOCABULARY.length]} ${VOCABULARY[(i * 11) % VOCABULARY.length]} thing${i}`,
        `product${i} ... ~refund|~credit`,
      ],
    })),
  });

const microseconds = (value: number): string => `${value < 100 ? value.toFixed(1) : Math.round(value)} µs`;
const times = (value: number): string => `${value.toFixed(2)} times`;

/** Parsing and tagging a transcript, against parsing its JSON alone, and as calls and rulebooks grow. */
const bench: Bench = {
  name: 'tagging',
  async measure(log) {
    const starter = compileRulebook(Rulebook.parse(starterRulebook({ creditLimitDollars: 25 })));
    const measurements: Measurement[] = [];
    const file = join(process.env.TRANSCRIBE_SAMPLES ?? '', 'call-analytics.json');
    const real = existsSync(file);
    log(real ? 'with a real output of a Call Analytics job' : 'without TRANSCRIBE_SAMPLES: with a generated output');
    const text = real ? readFileSync(file, 'utf8') : generatedDocument(400);
    const [json = 0, parsed = 0, tagged = 0] = inTurn([
      () => JSON.parse(text),
      () => parseTranscript(text),
      () => starter.tag(parseTranscript(text)),
    ]);
    measurements.push(
      { what: `JSON.parse of ${real ? 'a real' : 'a generated'} file`, value: microseconds(json) },
      { what: 'parse', value: microseconds(parsed), note: `${times(parsed / json)} JSON.parse` },
      { what: 'parse and tag', value: microseconds(tagged), note: `${times(tagged / json)} JSON.parse` },
    );
    for (const wordCount of WORD_COUNTS) {
      const document = generatedDocument(wordCount);
      const [own = 0] = inTurn([() => starter.tag(parseTranscript(document))]);
      const note = `${microseconds(own / wordCount)} per word`;
      measurements.push({ what: `${wordCount} words, starter rulebook`, value: microseconds(own), note });
    }
    const transcript = parseTranscript(generatedDocument(1_000));
    let smallest: number | undefined;
    for (const ruleCount of RULE_COUNTS) {
      const rulebook = compileRulebook(generatedRulebook(ruleCount));
      const [own = 0] = inTurn([() => rulebook.tag(transcript)]);
      smallest ??= own;
      const note = `${times(own / smallest)} the smallest rulebook`;
      measurements.push({ what: `${ruleCount} rules, 1,000 words, tag alone`, value: microseconds(own), note });
    }
    return measurements;
  },
};
export default bench;
