import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadRulebook } from '../../bin/rulebook-file.ts';

const rulebook = { version: '7', rules: [{ id: 'refund', tag: 'refund', phrases: ['money back'] }] };

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rulebook-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function written(name: string, text: string): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, text);
  return file;
}

test.each([
  ['a rulebook in JSON', 'plain.json', JSON.stringify(rulebook)],
  ['a config in JSON', 'config.json', JSON.stringify({ sources: [], tagging: { rulebook } })],
  [
    'a rulebook in TypeScript',
    'plain.ts',
    `const version: string = '7';\nexport default { ...${JSON.stringify(rulebook)}, version };`,
  ],
  ['a config in TypeScript', 'config.ts', `export default { tagging: { rulebook: ${JSON.stringify(rulebook)} } };`],
])('%s is read and validated', async (_what, name, text) => {
  const { version, rules } = await loadRulebook(await written(name, text));
  expect(version).toBe('7');
  expect(rules).toMatchObject([{ id: 'refund', absent: false }]);
});

test('without a file, the rulebook is that of the config in the working directory', async () => {
  expect((await loadRulebook()).version).toBe('starter-2/credit-limit-25');
});

test.each([
  ['no JSON', 'broken.json', '{', 'broken.json cannot be read as a rulebook: '],
  ['no rulebook', 'other.json', '{"version":"1"}', 'other.json has no valid rulebook:\n  rules: '],
  ['nothing exported', 'empty.ts', 'export {};', 'empty.ts has no valid rulebook:\n  rulebook: '],
  [
    'a wrong rule',
    'wrong.json',
    JSON.stringify({ version: '1', rules: [{ id: 'a', tag: 'a', phrases: ['...'] }] }),
    'rules.0.phrases.0: the phrase "..." must begin and end with a word',
  ],
])('%s is an error that names the file and what is wrong', async (_what, name, text, message) => {
  await expect(loadRulebook(await written(name, text))).rejects.toThrow(message);
});

test('a file that is not there is an error that names it', async () => {
  await expect(loadRulebook(join(folder, 'none.json'))).rejects.toThrow('none.json cannot be read as a rulebook');
});
