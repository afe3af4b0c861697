import type { Moment } from '../../calls/calls.ts';
import type { Span, Transcript } from '../../transcription/transcription.ts';
import { findingsInFeatures } from './features.ts';
import type { Finding } from './finding.ts';
import { countWhere, settled } from './place-and-order.ts';
import { inOrder, type Rulebook, type TaggingRule } from './rulebook.ts';
import { utterancesOf } from './tokens.ts';
import { compileRule, indexRules, readUtterance, type Said, speaks } from './utterance-rules.ts';

/** A rulebook that is ready to tag many calls: its phrases are read once, and found together. */
export interface CompiledRulebook {
  /**
   * The moments that the rules give in a transcript, in order of their start. The same transcript and rulebook give the
   * same moments.
   */
  tag(transcript: Transcript): Moment[];
}

/** Reads a rulebook's phrases and puts them into one index, by the words that they begin with. */
export function compileRulebook(rulebook: Rulebook): CompiledRulebook {
  const rules = rulebook.rules.map((rule) => compileRule(rule, rulebook));
  const index = indexRules(rules);
  const ordered = inOrder(rulebook.rules).flatMap((i) => rules[i] ?? []);
  return {
    tag(transcript) {
      const said: Said = { found: new Map(), replies: new Map() };
      for (const utterance of utterancesOf(transcript)) readUtterance(utterance, index, said);
      const moments: Moment[] = [];
      const momentsOf = new Map<string, Moment[]>();
      for (const compiled of ordered) {
        const { rule, languages } = compiled;
        const words = said.found.get(compiled) ?? [];
        if (words.length === 0 && rule.phrases && !rule.absent) continue;
        if (!appliesTo(rule, languages, transcript)) continue;
        const findings = rule.phrases
          ? answered(words, rule, said.replies.get(compiled))
          : findingsInFeatures(rule, transcript);
        const own = settled(rule, findings, transcript, momentsOf).map((finding) => ({
          ...within(finding, transcript),
          rulebookVersion: rulebook.version,
        }));
        const ofTag = momentsOf.get(rule.tag) ?? [];
        momentsOf.set(rule.tag, ofTag);
        for (const moment of own) {
          ofTag.push(moment);
          moments.push(moment);
        }
      }
      return moments.sort(byTime);
    },
  };
}

/** Those near which a reply is, where the rule asks for one within seconds. */
function answered(
  findings: readonly Finding[],
  { near }: TaggingRule,
  replies: readonly Span[] = [],
): readonly Finding[] {
  if (near?.withinSeconds === undefined) return findings;
  const withinMs = near.withinSeconds * 1000;
  const inTime = replies.toSorted((a, b) => a.startMs - b.startMs);
  const starts = inTime.map(({ startMs }) => startMs);
  let latestMs = 0;
  const latestEnds = inTime.map(({ endMs }) => {
    latestMs = Math.max(latestMs, endMs);
    return latestMs;
  });
  return findings.filter(({ startMs, endMs }) => {
    const latestEndMs = latestEnds[countWhere(starts, (replyMs) => replyMs - endMs <= withinMs) - 1];
    return latestEndMs !== undefined && startMs - latestEndMs <= withinMs;
  });
}

/** Whether a rule is meant for a call: by its length, and by the languages that are spoken. */
function appliesTo(rule: TaggingRule, wanted: readonly string[] | undefined, transcript: Transcript): boolean {
  if (transcript.durationMs < (rule.callAtLeastSeconds ?? 0) * 1000) return false;
  if (!wanted || speaks(transcript.language, wanted)) return true;
  return transcript.languages.some(({ language }) => speaks(language, wanted));
}

/** A finding within the call, whatever the output's rounding. */
const within = (finding: Finding, { durationMs }: Transcript): Finding =>
  finding.endMs <= durationMs
    ? finding
    : { ...finding, startMs: Math.min(finding.startMs, durationMs), endMs: durationMs };

const byTime = (a: Moment, b: Moment): number =>
  a.startMs - b.startMs || a.endMs - b.endMs || compare(a.tag, b.tag) || compare(a.ruleId, b.ruleId);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
