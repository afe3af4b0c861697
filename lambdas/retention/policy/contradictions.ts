import { type CallMatch, Consent, coversJurisdiction, matches, type RetentionSubject } from './call-match.ts';
import type { SourceOfCalls } from './decide-retention.ts';
import type { RetentionConfig } from './retention-config.ts';

/** What in a retention config cannot hold; `path` leads to the field from the retention config. */
export interface Contradiction {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** What a retention config is about. */
export interface RetentionScope {
  readonly sources: readonly SourceOfCalls[];
  /** The tags that the rulebook gives. */
  readonly tags: readonly string[];
}

/** A call as far as rules look at it. */
type Example = Omit<RetentionSubject, 'countedFrom'>;

/**
 * Finds what in a retention config contradicts itself, or the sources and the rulebook beside it: what no call can match,
 * rules that are never reached, floors above ceilings, locks that outlast a ceiling. Each message names the fix.
 *
 * Line of business and jurisdiction are known from the source, so that "can match the same call" is exact: every kind of
 * call that there can be is tried.
 */
export function findContradictions(config: RetentionConfig, scope: RetentionScope): Contradiction[] {
  return [
    ...unmatched(config, scope),
    ...unreachable(config, scope.sources),
    ...floorsAboveCeilings(config, scope.sources),
    ...locksAboveCeilings(config, scope.sources),
  ];
}

const LISTS = ['rules', 'floors', 'ceilings'] as const;

/** Names of sources, lines, jurisdictions and tags that there are none of, and matches that fit no source. */
function unmatched(config: RetentionConfig, { sources, tags }: RetentionScope): Contradiction[] {
  return LISTS.flatMap((list) =>
    config[list].flatMap((match, i) => {
      const known: [keyof CallMatch, string, string[], (wanted: string, one: string) => boolean][] = [
        ['sources', 'source', sources.map((one) => one.name), same],
        ['linesOfBusiness', 'line of business', defined(sources.map((one) => one.lineOfBusiness)), same],
        ['jurisdictions', 'jurisdiction', defined(sources.map((one) => one.jurisdiction)), coversJurisdiction],
        ['tags', 'tag', [...tags], same],
      ];
      const unknown = known.flatMap(([field, word, there, fits]) =>
        (match[field] ?? [])
          .filter((wanted) => !there.some((one) => fits(wanted, one)))
          .map((wanted): Contradiction => ({ path: [list, i, field], message: noSuch(word, wanted, there) })),
      );
      if (unknown.length > 0 || examples(sources, match).next().value) return unknown;
      const message = `no source has what "${match.name}" asks for together: change its sources, linesOfBusiness or jurisdictions`;
      return [{ path: [list, i, match.sources ? 'sources' : 'jurisdictions'], message }];
    }),
  );
}

const same = (a: string, b: string): boolean => a === b;
const defined = (values: readonly (string | undefined)[]): string[] => values.filter((one) => one !== undefined);

function noSuch(word: string, wanted: string, there: readonly string[]): string {
  if (word === 'source') return `there is no source "${wanted}": the sources are ${there.join(', ')}`;
  const known = [...new Set(there)].join(', ');
  if (word === 'tag') return `no rule of the rulebook gives the tag "${wanted}": its tags are ${known || 'none'}`;
  return `no source is of the ${word} "${wanted}": ${known ? `there is ${known}` : 'no source names one'}`;
}

/** Rules whose every call an earlier rule takes. */
function unreachable({ rules }: RetentionConfig, sources: readonly SourceOfCalls[]): Contradiction[] {
  return rules.flatMap((rule, i) => {
    const earlier = rules.slice(0, i);
    const calls = [...examples(sources, rule)];
    if (calls.length === 0 || calls.some((call) => !earlier.some((one) => matches(one, call)))) return [];
    const takers = earlier.filter((one) => calls.some((call) => matches(one, call))).map(({ name }) => `"${name}"`);
    const message = `the rule "${rule.name}" is never reached: all that it matches is taken by ${takers.join(' and ')} before it; put it first, or leave it out`;
    return [{ path: ['rules', i, 'name'], message }];
  });
}

/** Pairs of a floor and a ceiling that no retention of some call can satisfy. */
function floorsAboveCeilings({ floors, ceilings }: RetentionConfig, sources: readonly SourceOfCalls[]) {
  return floors.flatMap((floor, i) =>
    ceilings.flatMap((ceiling): Contradiction[] => {
      if (floor.keepDays <= ceiling.deleteByDays) return [];
      const call = examples(sources, floor, ceiling).next().value;
      if (!call) return [];
      const conflict = `the floor "${floor.name}" keeps ${describe(call)} for ${floor.keepDays} days, and the ceiling "${ceiling.name}" deletes it by ${ceiling.deleteByDays}`;
      const message = `${conflict}: raise deleteByDays to ${floor.keepDays}, or narrow one of them`;
      return [{ path: ['floors', i, 'keepDays'], message }];
    }),
  );
}

/** Classes whose lock would keep a call that a ceiling wants gone. */
function locksAboveCeilings(config: RetentionConfig, sources: readonly SourceOfCalls[]): Contradiction[] {
  return config.classes.flatMap(({ name, objectLock }, i) =>
    config.ceilings.flatMap((ceiling): Contradiction[] => {
      if (!objectLock || objectLock.days <= ceiling.deleteByDays) return [];
      const givers = [...config.rules.filter((rule) => rule.retentionClass === name), {}];
      const call = givers
        .flatMap((giver) => [...examples(sources, giver, ceiling)])
        .find(
          (one) => (config.rules.find((rule) => matches(rule, one))?.retentionClass ?? config.defaultClass) === name,
        );
      if (!call) return [];
      const conflict = `the class "${name}" locks ${describe(call)} for ${objectLock.days} days, and the ceiling "${ceiling.name}" deletes it by ${ceiling.deleteByDays}`;
      const message = `${conflict}: lock for ${ceiling.deleteByDays} days at most, or give those calls another class`;
      return [{ path: ['classes', i, 'objectLock', 'days'], message }];
    }),
  );
}

/**
 * One call of each kind that all of these match: with each source and with none, each direction and none, each consent,
 * and no more tags than they ask for. A call with more tags is matched by more, never by less.
 */
function* examples(sources: readonly SourceOfCalls[], ...all: readonly CallMatch[]): Generator<Example, undefined> {
  const origins: Example[] = [...sources.map(({ name, ...source }) => ({ ...source, source: name })), {}];
  const tagged = all.reduce<string[][]>(
    (sets, { tags }) => (tags ? sets.flatMap((set) => tags.map((tag) => [...set, tag])) : sets),
    [[]],
  );
  for (const origin of origins) {
    for (const direction of [undefined, 'inbound', 'outbound'] as const) {
      for (const consent of Consent.options.toReversed()) {
        for (const tags of tagged) {
          const call = { ...origin, direction, consent, tags };
          if (all.every((match) => matches(match, call))) yield call;
        }
      }
    }
  }
}

function describe({ source, direction, tags = [], consent }: Example): string {
  const facts = [
    source === undefined ? 'of no source' : `of the source "${source}"`,
    ...(direction ? [`that is ${direction}`] : []),
    ...(tags.length > 0 ? [`tagged ${[...new Set(tags)].join(' and ')}`] : []),
    ...(consent && consent !== 'unknown' ? [`with consent ${consent}`] : []),
  ];
  return `a call ${facts.join(', ')}`;
}
