import { BatchDetectSentimentCommand, ComprehendClient, type LanguageCode } from '@aws-sdk/client-comprehend';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type LocalTranscribe, startLocalTranscribe } from '../../../local/transcribe/server.ts';

let server: LocalTranscribe;
let client: ComprehendClient;

beforeAll(async () => {
  server = await startLocalTranscribe({ awsEndpoint: 'http://127.0.0.1:1', cacheDir: 'unused', python: 'python3' });
  client = new ComprehendClient({
    endpoint: server.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });
});
afterAll(async () => {
  client.destroy();
  await server.close();
});

const detect = (texts: string[], LanguageCode: LanguageCode = 'en') =>
  client.send(new BatchDetectSentimentCommand({ TextList: texts, LanguageCode }));

test('Comprehend tells the sentiment of each text, in order, with scores that add up to 1', async () => {
  const texts = ['thank you so much that is wonderful', 'this is a terrible horrible service', 'it is on the table'];
  const { ResultList = [], ErrorList } = await detect(texts);
  expect(ErrorList).toEqual([]);
  expect(ResultList.map(({ Index, Sentiment }) => [Index, Sentiment])).toEqual([
    [0, 'POSITIVE'],
    [1, 'NEGATIVE'],
    [2, 'NEUTRAL'],
  ]);
  const scores = ResultList.map(({ SentimentScore }) => SentimentScore);
  expect(scores[0]?.Positive).toBeGreaterThan(scores[0]?.Negative ?? 1);
  expect(scores[1]?.Negative).toBeGreaterThan(scores[1]?.Positive ?? 1);
  for (const score of scores) {
    const sum = Object.values(score ?? {}).reduce((total, share) => total + share, 0);
    expect(sum).toBeCloseTo(1);
  }
});

test('a text over 5 KB is an error of its own, the others are answered', async () => {
  const { ResultList, ErrorList } = await detect(['good', 'é'.repeat(2501), 'bad']);
  expect(ResultList?.map(({ Index }) => Index)).toEqual([0, 2]);
  expect(ErrorList).toEqual([
    { Index: 1, ErrorCode: 'TEXT_SIZE_LIMIT_EXCEEDED', ErrorMessage: 'the text has 5002 bytes: give at most 5000' },
  ]);
});

test.each<[string, () => Promise<unknown>, string]>([
  ['more than 25 texts', () => detect(Array(26).fill('good')), 'BatchSizeLimitExceededException'],
  ['another language than English', () => detect(['gut'], 'de'), 'UnsupportedLanguageException'],
  ['no text', () => detect([]), 'InvalidRequestException'],
])('%s is refused', async (_, request, name) => {
  await expect(request()).rejects.toMatchObject({ name });
});
