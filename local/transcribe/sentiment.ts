import vader from 'vader-sentiment';

/** The sentiment of a text by the VADER lexicon, from -1 (negative) to 1 (positive). */
export function sentimentScore(text: string): number {
  return vader.SentimentIntensityAnalyzer.polarity_scores(text).compound;
}

/**
 * Transcribe's name for a score, by the thresholds VADER's authors give.
 * @see https://github.com/cjhutto/vaderSentiment#about-the-scoring
 */
export function sentimentLabel(score: number): 'POSITIVE' | 'NEGATIVE' | 'NEUTRAL' {
  if (score >= 0.05) return 'POSITIVE';
  return score <= -0.05 ? 'NEGATIVE' : 'NEUTRAL';
}
