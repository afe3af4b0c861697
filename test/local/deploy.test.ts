import { expect, test } from 'vitest';
import { localFunctionUrl } from '../../local/deploy.ts';

test('a Function URL is reached through the emulator by its id', () => {
  const url = 'https://299m2dl43t20m1j8r7njjwahj7fbet7q.lambda-url.us-east-1.on.aws/';
  expect(localFunctionUrl(url, 'http://127.0.0.1:4566')).toBe(
    'http://127.0.0.1:4566/_aws/lambda-url/299m2dl43t20m1j8r7njjwahj7fbet7q/',
  );
});
