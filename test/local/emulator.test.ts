import { describe, expect, test } from 'vitest';
import { givenEndpoint } from '../../local/emulator.ts';

describe('the emulator that AWS_ENDPOINT_URL names', () => {
  test.each(['http://localhost:4566', 'http://127.0.0.1:4566/', 'https://emulator.example:443/'])('is %s', (url) => {
    expect(givenEndpoint(url)).toBe(new URL(url).href.replace(/\/$/, ''));
  });

  test.each([undefined, '', ' '])('is none for %j', (value) => {
    expect(givenEndpoint(value)).toBeUndefined();
  });

  test.each([
    'https://s3.us-east-1.amazonaws.com',
    'https://transcribe.cn-north-1.amazonaws.com.cn/',
    'https://lambda.us-east-1.api.aws',
    'https://id.lambda-url.us-east-1.on.aws',
    'https://S3.Amazonaws.Com',
  ])('is never AWS itself: %s', (url) => {
    expect(() => givenEndpoint(url)).toThrow('is AWS itself');
  });

  test.each(['localhost:4566', 'file:///tmp', 'nonsense'])('is an http URL, not %s', (value) => {
    expect(() => givenEndpoint(value)).toThrow('not an http(s) URL');
  });
});
