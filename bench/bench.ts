/** One number that a bench found. */
export interface Measurement {
  /** What was measured, such as `import: files per second`. */
  readonly what: string;
  /** The number with its unit, as people read it. */
  readonly value: string;
  /** What it means, or how it compares. */
  readonly note?: string;
}

/** What a `*.bench.ts` file exports by default. */
export interface Bench {
  /** The name it is run by, alone. */
  readonly name: string;
  /**
   * Measures.
   *
   * @param log told what is going on
   */
  measure(log: (line: string) => void): Promise<Measurement[]>;
}

/** The middle one of some numbers, or the mean of the two in the middle. */
export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [low = Number.NaN, high = Number.NaN] = [sorted[middle - 1], sorted[middle]];
  return sorted.length % 2 === 1 ? high : (low + high) / 2;
}
