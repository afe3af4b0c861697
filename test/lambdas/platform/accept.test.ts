import { expect, test } from 'vitest';
import { preferredType } from '../../../lambdas/platform/accept.ts';

const offered = ['application/json', 'text/plain; charset=utf-8', 'text/vtt; charset=utf-8'] as const;
const [json, plain, vtt] = offered;

test.each([
  [undefined, json],
  ['', json],
  ['*/*', json],
  ['text/vtt', vtt],
  ['TEXT/VTT', vtt],
  ['text/*', plain],
  ['text/plain;q=0.5, text/vtt', vtt],
  ['text/plain;q=0, text/*', vtt],
  ['application/json;q=0.1, text/vtt;q=0.2', vtt],
  ['image/png, */*;q=0.1', json],
  ['text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8', json],
  ['image/png', undefined],
  ['*/*;q=0', undefined],
  ['nonsense', undefined],
])('%s is answered with %s', (accept, type) => {
  expect(preferredType(accept, offered)).toBe(type);
});
