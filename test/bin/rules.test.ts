import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { registerRules } from '../../bin/rules.ts';
import { momentsOfFile } from '../../bin/tag.ts';
import { callAnalyticsDocument, says } from '../lambdas/builders.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rules-'));
});
afterEach(async () => {
  process.exitCode = undefined;
  vi.restoreAllMocks();
  await rm(folder, { recursive: true });
});

async function written(name: string, content: unknown): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, JSON.stringify(content));
  return file;
}

const rulebook = (match: string[], noMatch: string[] = ['We send it back.']) => ({
  version: '3',
  rules: [{ id: 'refund', tag: 'refund', phrases: ['money back'], examples: { match, noMatch } }],
});

/** Runs `verbatim rules …`: what it prints, and its exit code. */
async function run(...args: string[]): Promise<{ printed: string; exitCode: number }> {
  const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  const program = new Command('verbatim');
  registerRules(program);
  await program.parseAsync(['rules', ...args], { from: 'user' });
  return { printed: log.mock.calls.flat().join('\n'), exitCode: Number(process.exitCode ?? 0) };
}

test('rules whose examples hold pass', async () => {
  const file = await written('rulebook.json', rulebook(['I want my money back.']));
  const { printed, exitCode } = await run('test', '--rulebook', file);
  expect(printed).toContain('2 of 2');
  expect(printed).not.toContain('FAILED');
  expect(exitCode).toBe(0);
});

test('an example that does not hold fails, and is shown with what was found instead', async () => {
  const wrong = rulebook(['I want it back.'], ['Not your money, but my money back.']);
  const { printed, exitCode } = await run(
    'test',
    '--config',
    await written('config.json', { tagging: { rulebook: wrong } }),
  );
  expect(printed).toContain('0 of 2');
  expect(printed).toContain('refund must match, and does not:\n  I want it back.\n  found:\n    nothing');
  expect(printed).toContain('refund must not match, and does:');
  expect(printed).toContain('    refund: "money back."');
  expect(exitCode).toBe(1);
});

test('a rule without examples of a kind is warned of, and passes', async () => {
  const { printed, exitCode } = await run('test', '--rulebook', await written('rulebook.json', rulebook([])));
  expect(printed).toContain('warning: refund has no example that it must match');
  expect(exitCode).toBe(0);
});

test('as JSON, all of it', async () => {
  const file = await written('rulebook.json', rulebook(['I want it back.']));
  const { printed, exitCode } = await run('test', '--json', '--rulebook', file);
  expect(JSON.parse(printed)).toEqual({
    version: '3',
    passed: false,
    rules: [
      {
        id: 'refund',
        tag: 'refund',
        passed: 1,
        failed: [{ example: 'I want it back.', mustMatch: true, passed: false, found: [] }],
      },
    ],
    warnings: [],
  });
  expect(exitCode).toBe(1);
});

test('rules are listed with what they find', async () => {
  const { printed } = await run('list');
  expect(printed).toContain('credit-over-policy');
  expect(printed).toContain('Nobody speaks for more than 20 seconds.');
});

test('a file that Transcribe wrote is tagged without AWS', async () => {
  const file = join(folder, 'output.json');
  await writeFile(file, callAnalyticsDocument(says('CUSTOMER', 'I want my money back.')));
  expect(await momentsOfFile(file, { rulebook: await written('rulebook.json', rulebook([])) })).toEqual([
    {
      tag: 'refund',
      ruleId: 'refund',
      rulebookVersion: '3',
      speaker: 'CUSTOMER',
      startMs: 900,
      endMs: 1500,
      quote: 'money back.',
    },
  ]);
});

test('a file that Transcribe did not write is an error that names it', async () => {
  await expect(momentsOfFile(await written('other.json', { a: 1 }))).rejects.toThrow('other.json: ');
});
