import type { Moment } from '../../calls/calls.ts';
import type { Transcript, Turn, Word } from '../../transcription/transcription.ts';
import { compileRulebook } from './compile-rulebook.ts';
import type { Rulebook, RuleExample, TaggingRule } from './rulebook.ts';

/** How a rule did on one of its examples. */
export interface ExampleResult {
  readonly example: RuleExample;
  /** Whether the rule had to find something. */
  readonly mustMatch: boolean;
  readonly passed: boolean;
  /** What all rules found instead, in order of time. */
  readonly found: readonly Moment[];
}

/** How a rule did on all of them. */
export interface RuleResult {
  readonly rule: TaggingRule;
  readonly examples: readonly ExampleResult[];
}

/** Applies the rulebook to the examples of each of its rules. */
export function testRulebook(rulebook: Rulebook): RuleResult[] {
  const compiled = compileRulebook(rulebook);
  const tryOut = (rule: TaggingRule, example: RuleExample, mustMatch: boolean): ExampleResult => {
    const found = compiled.tag(exampleTranscript(example, rule, rulebook));
    return { example, mustMatch, passed: found.some(({ ruleId }) => ruleId === rule.id) === mustMatch, found };
  };
  return rulebook.rules.map((rule) => ({
    rule,
    examples: [
      ...(rule.examples?.match ?? []).map((example) => tryOut(rule, example, true)),
      ...(rule.examples?.noMatch ?? []).map((example) => tryOut(rule, example, false)),
    ],
  }));
}

/** Speech of nobody in a hurry. */
const WORD_MS = 300;
const PAUSE_SECONDS = 0.5;

/** Call Analytics tells silences longer than this. */
const NON_TALK_MS = 3000;

const REDACTED_PART = /^\[([A-Z][A-Z_]*)\]/;

type ExampleTurn = Exclude<RuleExample, string>[number];

/** The transcript of an example: 300 ms for each word, silences and interruptions as its pauses have them. */
export function exampleTranscript(
  example: RuleExample,
  { speaker = 'CUSTOMER', languages }: Pick<TaggingRule, 'speaker' | 'languages'>,
  rulebook: Pick<Rulebook, 'languages'> = {},
): Transcript {
  const said: readonly ExampleTurn[] =
    typeof example === 'string' ? [{ speaker, text: example, pauseSeconds: 0 }] : example;
  const turns: Turn[] = [];
  const nonTalkTimes: Transcript['nonTalkTimes'] = [];
  const interruptions: Transcript['interruptions'] = [];
  const categories = new Map<string, Transcript['categories'][number]>();
  let endMs = 0;
  for (const {
    text,
    speaker: by,
    pauseSeconds = turns.length === 0 ? 0 : PAUSE_SECONDS,
    sentiment,
    categories: names = [],
  } of said) {
    const startMs = Math.max(0, endMs + Math.round(pauseSeconds * 1000));
    if (startMs - endMs >= NON_TALK_MS) nonTalkTimes.push({ startMs: endMs, endMs: startMs });
    const turn = turnOf(by, text, startMs);
    if (startMs < endMs) interruptions.push({ speaker: by, startMs, endMs: Math.min(endMs, turn.endMs) });
    turns.push({ ...turn, ...(sentiment && { sentiment }) });
    for (const name of names) {
      const category = categories.get(name) ?? { name, pointsOfInterest: [] };
      categories.set(name, category);
      category.pointsOfInterest.push({ startMs: turn.startMs, endMs: turn.endMs });
    }
    endMs = Math.max(endMs, turn.endMs);
  }
  return {
    language: (languages ?? rulebook.languages)?.[0],
    languages: [],
    durationMs: endMs,
    speakers: speakersOf(turns),
    turns,
    interruptions,
    nonTalkTimes,
    redactions: turns.flatMap(({ speaker: by, words }) =>
      words.flatMap((word) =>
        word.redaction ? [{ speaker: by, startMs: word.startMs, endMs: word.endMs, ...word.redaction }] : [],
      ),
    ),
    issues: [],
    outcomes: [],
    actionItems: [],
    categories: [...categories.values()],
  };
}

function turnOf(speaker: string, text: string, startMs: number): Turn {
  const words = text
    .split(/\s/)
    .filter(Boolean)
    .map((part, i): Word => {
      const type = REDACTED_PART.exec(part)?.[1];
      return {
        text: type === undefined ? part : part.replace(type, 'PII'),
        startMs: startMs + i * WORD_MS,
        endMs: startMs + (i + 1) * WORD_MS,
        ...(type !== undefined && { redaction: type === 'PII' ? {} : { type } }),
      };
    });
  return {
    speaker,
    text: words.map((word) => word.text).join(' '),
    startMs,
    endMs: startMs + words.length * WORD_MS,
    words,
  };
}

function speakersOf(turns: readonly Turn[]): Transcript['speakers'] {
  return [...Map.groupBy(turns, (turn) => turn.speaker)].map(([speaker, own]) => {
    const talkTimeMs = own.reduce((sum, turn) => sum + turn.endMs - turn.startMs, 0);
    const words = own.reduce((sum, turn) => sum + turn.words.length, 0);
    return {
      speaker,
      label: speaker,
      talkTimeMs,
      wordsPerMinute: talkTimeMs === 0 ? 0 : (words * 60_000) / talkTimeMs,
    };
  });
}
