import { expect, test } from 'vitest';
import * as z from 'zod';
import { EnvironmentError, json, parseEnvironment } from '../../../lambdas/platform/environment.ts';

const failure = (shape: z.ZodRawShape, source: Record<string, string>): Error => {
  try {
    parseEnvironment(shape, source);
  } catch (error) {
    if (error instanceof EnvironmentError) return error;
    throw error;
  }
  throw new Error('the environment was accepted');
};

test('variables are read, and JSON in them typed', () => {
  const shape = { TABLE_NAME: z.string().min(1), CONFIG: json(z.object({ days: z.number() })) };
  expect(parseEnvironment(shape, { TABLE_NAME: 'calls', CONFIG: '{"days":30}', OTHER: 'x' })).toEqual({
    TABLE_NAME: 'calls',
    CONFIG: { days: 30 },
  });
});

test('every variable that is missing or empty is named at once', () => {
  const shape = { TABLE_NAME: z.string().min(1), BUCKET: z.string().min(1), PREFIX: z.string() };
  const { message } = failure(shape, { BUCKET: '', PREFIX: 'p-' });
  expect(message).toContain('TABLE_NAME');
  expect(message).toContain('BUCKET');
  expect(message).not.toContain('PREFIX');
});

test.each(['{"token":"s3cret"', '{"token":{"s3cret":1}}', '["s3cret"]'])(
  'a variable that is malformed is named without its value: %s',
  (value) => {
    const { message } = failure({ CONFIG: json(z.object({ token: z.number() })) }, { CONFIG: value });
    expect(message).toContain('CONFIG');
    expect(message).not.toContain('s3cret');
  },
);

test('a field within JSON is named by its path', () => {
  const shape = { CONFIG: json(z.object({ sources: z.array(z.object({ name: z.string() })) })) };
  expect(failure(shape, { CONFIG: '{"sources":[{"name":1}]}' }).message).toContain('CONFIG.sources.0.name');
});
