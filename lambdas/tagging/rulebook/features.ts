import { type Span, type Transcript, UNKNOWN_SPEAKER, type Word } from '../../transcription/transcription.ts';
import { countsFor, type Finding, findingOf } from './finding.ts';
import type { Conversation, TaggingRule } from './rulebook.ts';

/** What `rule`, which has no phrases, finds in what the transcript tells besides its words. */
export function findingsInFeatures(rule: TaggingRule, transcript: Transcript): Finding[] {
  if (rule.categories) return inCategories(rule, rule.categories, transcript);
  if (rule.redacted) return inRedactions(rule, rule.redacted, transcript);
  if (rule.conversation) return inConversation(rule, rule.conversation, transcript);
  return inSentiment(rule, transcript);
}

const wholeOf = ({ durationMs }: Transcript): Span => ({ startMs: 0, endMs: durationMs });

/** Where a category matches; of one that matches the call as a whole, all of it. */
function inCategories(rule: TaggingRule, names: readonly string[], transcript: Transcript): Finding[] {
  return transcript.categories
    .filter(({ name }) => names.includes(name))
    .flatMap(({ pointsOfInterest }) => {
      if (pointsOfInterest.length === 0) {
        return [findingOf(rule, rule.speaker ?? UNKNOWN_SPEAKER, wholeOf(transcript), [])];
      }
      return pointsOfInterest.flatMap((point) => {
        const said = saidIn(transcript, point).filter(({ speaker }) => countsFor(rule, speaker));
        if (said.length === 0 && rule.speaker) return [];
        const speakers = new Set(said.map(({ speaker }) => speaker));
        const [only = UNKNOWN_SPEAKER] = speakers;
        const speaker = speakers.size === 1 ? only : UNKNOWN_SPEAKER;
        return [
          findingOf(
            rule,
            speaker,
            point,
            said.map(({ word }) => word),
          ),
        ];
      });
    });
}

/** The words that are said in a stretch of the call. */
function saidIn({ turns }: Transcript, { startMs, endMs }: Span): { speaker: string; word: Word }[] {
  return turns
    .filter((turn) => turn.startMs < endMs && turn.endMs > startMs)
    .flatMap(({ speaker, words }) =>
      words
        .filter((word) => word.startMs + word.endMs >= 2 * startMs && word.startMs + word.endMs <= 2 * endMs)
        .map((word) => ({ speaker, word })),
    );
}

interface Redaction extends Span {
  readonly speaker: string;
  readonly type?: string | undefined;
}

/** A number is redacted in several words; between them there is no longer pause. */
const REDACTION_PAUSE_MS = 1500;

/** What was redacted: each stretch of one type by one speaker. */
function inRedactions(rule: TaggingRule, types: 'any' | readonly string[], transcript: Transcript): Finding[] {
  const joined: Redaction[] = [];
  const last = new Map<string, number>();
  for (const redaction of transcript.redactions.toSorted((a, b) => a.startMs - b.startMs)) {
    const { speaker, type } = redaction;
    if (!countsFor(rule, speaker)) continue;
    if (types !== 'any' && (type === undefined || !types.includes(type))) continue;
    const key = `${type} ${speaker}`;
    const at = last.get(key) ?? -1;
    const before = joined[at];
    if (before && redaction.startMs - before.endMs <= REDACTION_PAUSE_MS) {
      joined[at] = { ...before, endMs: Math.max(before.endMs, redaction.endMs) };
    } else {
      last.set(key, joined.push(redaction) - 1);
    }
  }
  return joined.map((redaction) => {
    const said = saidIn(transcript, redaction).filter(({ speaker }) => speaker === redaction.speaker);
    return findingOf(
      rule,
      redaction.speaker,
      redaction,
      said.map(({ word }) => word),
    );
  });
}

const inSentiment = (rule: TaggingRule, { turns }: Transcript): Finding[] =>
  turns
    .filter(({ speaker, sentiment }) => sentiment === rule.sentiment && countsFor(rule, speaker))
    .map((turn) => findingOf(rule, turn.speaker, turn, turn.words));

function inConversation(rule: TaggingRule, limits: Conversation, transcript: Transcript): Finding[] {
  const { durationMs } = transcript;
  const whole = (isSo: boolean, speaker: string = rule.speaker ?? UNKNOWN_SPEAKER): Finding[] =>
    isSo ? [findingOf(rule, speaker, wholeOf(transcript), [])] : [];

  const { silenceOverSeconds, interruptionsOver, talkShareOver, talkShareUnder, wordsPerMinuteOver } = limits;
  if (silenceOverSeconds !== undefined) {
    return transcript.nonTalkTimes
      .filter(({ startMs, endMs }) => endMs - startMs > silenceOverSeconds * 1000)
      .map((silence) => findingOf(rule, UNKNOWN_SPEAKER, silence, []));
  }
  if (interruptionsOver !== undefined) {
    const interruptions = transcript.interruptions.filter(({ speaker }) => countsFor(rule, speaker));
    if (interruptions.length <= interruptionsOver) return [];
    const startMs = interruptions.reduce((first, { startMs }) => Math.min(first, startMs), durationMs);
    const endMs = interruptions.reduce((last, { endMs }) => Math.max(last, endMs), 0);
    return [findingOf(rule, rule.speaker ?? UNKNOWN_SPEAKER, { startMs, endMs }, [])];
  }
  if (wordsPerMinuteOver !== undefined) {
    return transcript.speakers
      .filter(({ speaker, wordsPerMinute = 0 }) => countsFor(rule, speaker) && wordsPerMinute > wordsPerMinuteOver)
      .flatMap(({ speaker }) => whole(true, speaker));
  }
  if (talkShareOver !== undefined || talkShareUnder !== undefined) {
    const talking = transcript.speakers.reduce((sum, { talkTimeMs }) => sum + talkTimeMs, 0);
    const own = transcript.speakers.filter(({ speaker }) => speaker === rule.speaker);
    // Where nobody is known to be the agent, nobody's share is known.
    if (talking === 0 || own.length === 0) return [];
    const share = own.reduce((sum, { talkTimeMs }) => sum + talkTimeMs, 0) / talking;
    return whole(talkShareOver === undefined ? share < (talkShareUnder ?? 0) : share > talkShareOver);
  }
  const { durationOverSeconds, durationUnderSeconds } = limits;
  if (durationOverSeconds !== undefined) return whole(durationMs > durationOverSeconds * 1000);
  return whole(durationMs < (durationUnderSeconds ?? 0) * 1000);
}
