import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { s3LocationOf } from '../../../lambdas/transcription/output-uri.ts';

const key = 'transcribe-output/verbatim-1.json';

test.each([
  `s3://transcripts/${key}`,
  `https://s3.us-east-1.amazonaws.com/transcripts/${key}`,
  `https://s3.amazonaws.com/transcripts/${key}`,
  `https://s3-us-west-2.amazonaws.com/transcripts/${key}`,
  `https://s3.dualstack.eu-central-1.amazonaws.com/transcripts/${key}`,
  `https://s3.cn-north-1.amazonaws.com.cn/transcripts/${key}`,
  `https://transcripts.s3.us-east-1.amazonaws.com/${key}`,
  `https://transcripts.s3.amazonaws.com/${key}`,
  `https://transcripts.s3-us-west-2.amazonaws.com/${key}`,
  `http://localhost:4566/transcripts/${key}`,
])('%s is that object of that bucket', (uri) => {
  expect(s3LocationOf(uri)).toEqual({ bucket: 'transcripts', key });
});

test('a bucket with dots is told from its host', () => {
  expect(s3LocationOf('https://my.s3.files.s3.us-east-1.amazonaws.com/a')).toEqual({ bucket: 'my.s3.files', key: 'a' });
});

test.each(['a b.json', 'a+b.json', '100%.json', 'a%20b.json', 'grüße/日本.json', 'a?b#c.json'])(
  'the key %j comes back from each form of URI',
  (name) => {
    const encoded = encodeURIComponent(name);
    expect(s3LocationOf(`s3://transcripts/${name}`)).toEqual({ bucket: 'transcripts', key: name });
    for (const host of ['s3.us-east-1.amazonaws.com/transcripts', 'transcripts.s3.us-east-1.amazonaws.com']) {
      expect(s3LocationOf(`https://${host}/${encoded}`)).toEqual({ bucket: 'transcripts', key: name });
    }
  },
);

test('any key comes back from an encoded URI', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), (name) => {
      // A segment of dots is a step in a path, not a name.
      fc.pre(!/^(\.|%2e)+$/i.test(name));
      const uri = `https://s3.us-east-1.amazonaws.com/transcripts/${encodeURIComponent(name)}`;
      expect(s3LocationOf(uri)).toEqual({ bucket: 'transcripts', key: name });
    }),
  );
});

test.each([
  'transcripts/one.json',
  '',
  's3://transcripts',
  's3://transcripts/',
  'https://s3.us-east-1.amazonaws.com/transcripts',
  'https://s3.us-east-1.amazonaws.com/transcripts/',
  'https://transcripts.s3.us-east-1.amazonaws.com/',
  'https://s3.us-east-1.amazonaws.com/transcripts/100%.json',
])('%j is no URI of an object', (uri) => {
  expect(() => s3LocationOf(uri)).toThrow(TypeError);
});
