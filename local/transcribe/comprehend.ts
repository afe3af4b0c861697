import * as z from 'zod';
import { RequestError } from './errors.ts';
import { sentimentLabel, sentimentScore } from './sentiment.ts';

const maxTexts = 25;
const maxTextBytes = 5000;

const batchSchema = z.object({ LanguageCode: z.string().min(1), TextList: z.array(z.string().min(1)).min(1) });

/** The sentiment of one text of a batch; `Index` is its place, from 0. */
export interface SentimentResult {
  Index: number;
  Sentiment: 'POSITIVE' | 'NEGATIVE' | 'NEUTRAL';
  /** VADER's one score, as shares that add up to 1: it never finds a text mixed. */
  SentimentScore: { Positive: number; Negative: number; Neutral: number; Mixed: number };
}

/** A text of a batch that could not be read, and why. */
export interface SentimentError {
  Index: number;
  ErrorCode: string;
  ErrorMessage: string;
}

/** What BatchDetectSentiment answers. */
export interface SentimentBatch {
  ResultList: SentimentResult[];
  ErrorList: SentimentError[];
}

/**
 * Answers an operation of Amazon Comprehend: BatchDetectSentiment, in English, by the VADER lexicon. A text over 5 KB is an
 * error of its own in the answer, the others are answered. Throws RequestError for what Comprehend refuses.
 * @see https://docs.aws.amazon.com/comprehend/latest/APIReference/API_BatchDetectSentiment.html
 */
export function answerComprehend(operation: string, body: unknown): SentimentBatch {
  if (operation !== 'BatchDetectSentiment') {
    throw new RequestError('UnknownOperationException', `the local Comprehend has no operation ${operation}`);
  }
  const request = batchSchema.safeParse(body);
  if (!request.success) {
    const [issue] = request.error.issues;
    throw new RequestError('InvalidRequestException', `${issue?.path.join('.') || 'the request'}: ${issue?.message}`);
  }
  const { LanguageCode: language, TextList: texts } = request.data;
  if (texts.length > maxTexts) {
    throw new RequestError(
      'BatchSizeLimitExceededException',
      `the batch has ${texts.length} texts: give at most ${maxTexts}`,
    );
  }
  if (language !== 'en') {
    throw new RequestError('UnsupportedLanguageException', `the local Comprehend reads en only, not ${language}`);
  }
  const batch: SentimentBatch = { ResultList: [], ErrorList: [] };
  for (const [Index, text] of texts.entries()) {
    const bytes = Buffer.byteLength(text);
    if (bytes <= maxTextBytes) batch.ResultList.push({ Index, ...sentimentOf(text) });
    else {
      const ErrorMessage = `the text has ${bytes} bytes: give at most ${maxTextBytes}`;
      batch.ErrorList.push({ Index, ErrorCode: 'TEXT_SIZE_LIMIT_EXCEEDED', ErrorMessage });
    }
  }
  return batch;
}

function sentimentOf(text: string): Omit<SentimentResult, 'Index'> {
  const score = sentimentScore(text);
  return {
    Sentiment: sentimentLabel(score),
    SentimentScore: {
      Positive: Math.max(0, score),
      Negative: Math.max(0, -score),
      Neutral: 1 - Math.abs(score),
      Mixed: 0,
    },
  };
}
