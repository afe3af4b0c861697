/** In how many calls of a period a phrase is, however often it is said in one. */
export interface PhraseCalls {
  readonly phrase: string;
  readonly calls: number;
}

/** A period: its calls in all that have or could have phrases (`hasPhrases`), and its phrases, each once. */
export interface PhrasePeriod {
  readonly calls: number;
  readonly phrases: Iterable<PhraseCalls>;
}

/** What is told of phrases that rise. */
export interface RiserOptions {
  /** The least number of calls of which anything is told. @default 5 */
  readonly minCell?: number;
  /** How likely chance may put even one phrase among those told. @default 0.05 */
  readonly level?: number;
  /** How many are told at most. @default 20 */
  readonly limit?: number;
  /**
   * How many phrases were looked at, where whoever counted left some out: all whose calls in both periods together reach `minCell` (which of
   * them reach it now is already what is tested). Never fewer are corrected for than are in the two periods.
   * @default those of the two periods
   */
  readonly lookedAt?: number;
}

/** A phrase that is in a greater share of the calls than in the period before, with more than chance behind it. */
export interface Riser {
  readonly phrase: string;
  /** The calls that have it now, and the calls in all now. */
  readonly now: number;
  readonly nowOf: number;
  /** The same of the period before. */
  readonly before: number;
  readonly beforeOf: number;
  /** There were fewer than the smallest cell before: `before` is the most there can have been, and all else is reckoned with it. */
  readonly beforeAtMost: boolean;
  /** How many times the share of before the share is now (at least, if `beforeAtMost`); undefined where it was in no call before. */
  readonly ratio: number | undefined;
  /** Dunning's log-likelihood ratio (G², from 0): how strongly the two periods differ. */
  readonly logLikelihood: number;
  /** At most so likely would chance alone have even one of all the phrases rise as this one does, from 0 to 1. */
  readonly chance: number;
}

/**
 * The phrases that rise against the period before, the strongest first, then by alphabet; none where either period has fewer calls
 * than the smallest cell.
 *
 * Strength is Dunning's log-likelihood ratio of calls with and without the phrase. Whether it is chance is not taken from the
 * distribution that the ratio has in the long run, which flatters rare phrases, but from Fisher's exact test, one-sided, times the number of
 * phrases looked at (Bonferroni). Each call is supposed to be on its own: one customer who calls ten times a day is ten calls.
 * A phrase within a longer one that is told, and hardly ever without it, is not told again.
 *
 * Sources: T. Dunning, Accurate methods for the statistics of surprise and coincidence, Computational Linguistics 19 (1993), 61–74;
 * R. A. Fisher, On the interpretation of χ² from contingency tables, and the calculation of P, Journal of the Royal Statistical
 * Society 85 (1922), 87–94.
 *
 * @throws RangeError for counts that cannot be: a phrase in more calls than there are, or twice in a period
 */
export function risers(now: PhrasePeriod, before: PhrasePeriod, options: RiserOptions = {}): Riser[] {
  const { minCell = 5, level = 0.05, limit = 20, lookedAt = 0 } = options;
  const nowCalls = countsOf(now, 'now');
  const beforeCalls = countsOf(before, 'before');
  if (now.calls < minCell || before.calls < minCell) return [];
  const all = new Set([...nowCalls.keys(), ...beforeCalls.keys()]);
  const tests = Math.max(all.size, lookedAt);

  const found: Riser[] = [];
  for (const [phrase, calls] of nowCalls) {
    if (calls < minCell) continue;
    const counted = beforeCalls.get(phrase) ?? 0;
    const beforeAtMost = counted < minCell && minCell > 1;
    const cells = {
      now: calls,
      nowOf: now.calls,
      before: beforeAtMost ? minCell - 1 : counted,
      beforeOf: before.calls,
    };
    if (cells.now * cells.beforeOf <= cells.before * cells.nowOf) continue;
    const chance = Math.min(1, tests * tailOf(cells));
    if (chance > level) continue;
    found.push({
      phrase,
      ...cells,
      beforeAtMost,
      ratio: cells.before > 0 ? (cells.now * cells.beforeOf) / (cells.before * cells.nowOf) : undefined,
      logLikelihood: logLikelihoodOf(cells),
      chance,
    });
  }
  found.sort((a, b) => b.logLikelihood - a.logLikelihood || (a.phrase < b.phrase ? -1 : 1));
  return withoutParts(found).slice(0, limit);
}

interface Cells {
  readonly now: number;
  readonly nowOf: number;
  readonly before: number;
  readonly beforeOf: number;
}

function countsOf({ calls: callsInAll, phrases }: PhrasePeriod, period: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { phrase, calls } of phrases) {
    if (counts.has(phrase))
      throw new RangeError(`phrase "${phrase}" is twice in the period ${period}: count its calls together`);
    if (!(calls >= 0 && calls <= callsInAll)) {
      throw new RangeError(
        `phrase "${phrase}" is in ${calls} of the ${callsInAll} calls ${period}: count calls, not how often it is said`,
      );
    }
    counts.set(phrase, calls);
  }
  return counts;
}

/** G² = 2 Σ observed · ln(observed / expected), over calls with and without the phrase, now and before. */
function logLikelihoodOf({ now, nowOf, before, beforeOf }: Cells): number {
  const share = (now + before) / (nowOf + beforeOf);
  const part = (observed: number, expected: number) => (observed > 0 ? observed * Math.log(observed / expected) : 0);
  const half =
    part(now, nowOf * share) +
    part(nowOf - now, nowOf * (1 - share)) +
    part(before, beforeOf * share) +
    part(beforeOf - before, beforeOf * (1 - share));
  return Math.max(0, 2 * half);
}

/** How likely so many of the calls with the phrase, or more, would fall into the period now if each fell by chance. */
function tailOf({ now, nowOf, before, beforeOf }: Cells): number {
  const having = now + before;
  const lnChoose = (n: number, k: number): number => lnFactorial(n) - lnFactorial(k) - lnFactorial(n - k);
  let term = Math.exp(lnChoose(nowOf, now) + lnChoose(beforeOf, before) - lnChoose(nowOf + beforeOf, having));
  let sum = term;
  const most = Math.min(having, nowOf);
  for (let k = now; k < most && term > 1e-17 * sum; k++) {
    term *= ((nowOf - k) * (having - k)) / ((k + 1) * (beforeOf - having + k + 1));
    sum += term;
  }
  return Math.min(1, sum);
}

/** ln n! of a whole number. Source of the series: Abramowitz and Stegun, Handbook of Mathematical Functions, 6.1.41. */
function lnFactorial(n: number): number {
  // With so few terms the series is exact to the last digits from here on.
  if (n >= 20) {
    const series = 1 / (12 * n) - 1 / (360 * n ** 3) + 1 / (1260 * n ** 5) - 1 / (1680 * n ** 7);
    return n * Math.log(n) - n + Math.log(2 * Math.PI * n) / 2 + series;
  }
  let product = 1;
  for (let k = 2; k <= n; k++) product *= k;
  return Math.log(product);
}

/** From this share of its calls on, a phrase within a longer one says no more than the longer one does. */
const HARDLY_WITHOUT = 0.8;

/** Those that are not within a longer one. */
function withoutParts(found: readonly Riser[]): Riser[] {
  const longest = new Map<string, number>();
  for (const { phrase, now } of found) {
    const words = phrase.split(' ');
    if (words.length < 3) continue;
    for (const part of [words.slice(0, -1).join(' '), words.slice(1).join(' ')]) {
      longest.set(part, Math.max(longest.get(part) ?? 0, now));
    }
  }
  return found.filter(({ phrase, now }) => (longest.get(phrase) ?? 0) < HARDLY_WITHOUT * now);
}
