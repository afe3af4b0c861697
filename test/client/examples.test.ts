import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const document = await readFile(join(root, 'docs/api.md'), 'utf8');
const [whole = '', ...parts] = [...document.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code = '']) => code);

/** What the shorter examples take as given. */
const GIVEN = `
  import type { VerbatimClient, NewRetag, NewRetentionApply } from 'verbatim/client';
  import { createHash } from 'node:crypto';
  declare const verbatim: VerbatimClient;
  declare const callId: string, from: string, to: string;
  declare const audio: Uint8Array<ArrayBuffer>;
  declare const rulebook: NewRetag['rulebook'];
  declare const { retention, sources }: NonNullable<NewRetentionApply['config']>;
`;

/** What the compiler says of these files, each a module below test/client. */
function complaints(files: ReadonlyMap<string, string>): string[] {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const examples = {
    ...{ ...options, noUnusedLocals: false, incremental: false },
    paths: { 'verbatim/client': [join(root, 'client/verbatim-client.ts')] },
  };
  const host = ts.createCompilerHost(examples);
  const { fileExists, readFile: read } = host;
  host.fileExists = (file) => files.has(file) || fileExists(file);
  host.readFile = (file) => files.get(file) ?? read(file);
  const program = ts.createProgram([...files.keys()], examples, host);
  return [...files.keys()].flatMap((file) =>
    ts
      .getPreEmitDiagnostics(program, program.getSourceFile(file))
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n')),
  );
}

const fileOf = (name: string) => join(root, `test/client/${name}.ts`);

test('every example of docs/api.md is typed as the client is', () => {
  expect(parts.length).toBeGreaterThan(4);
  const examples = [whole, ...parts.map((part) => `${GIVEN}\n${part}`)];
  const files = new Map(examples.map((code, n) => [fileOf(`example-${n}`), `${code}\nexport {};\n`]));
  expect(complaints(files)).toEqual([]);
});

test('an example that asks for what there is not would be found', () => {
  const wrong = new Map([[fileOf('example-wrong'), `${GIVEN}\nawait verbatim.calls({ agent: 'lee' });\nexport {};\n`]]);
  expect(complaints(wrong)).toEqual([expect.stringContaining("'agent' does not exist")]);
});
