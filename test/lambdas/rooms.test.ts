import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, sep } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');

/** What a file imports or exports again: packages by name, files by their path from the root. */
function importsOf(file: string, text: string): string[] {
  const specifiers = [...text.matchAll(/\b(?:from\s+|import\s*\(?\s*)'([^']+)'/g)].map((match) => match[1] ?? '');
  return specifiers.map((specifier) =>
    specifier.startsWith('.') ? normalize(join(dirname(file), specifier)).replaceAll(sep, '/') : specifier,
  );
}

/** Why a file may not import something; nothing where it may. */
function objection(file: string, imported: string): string | undefined {
  const [house, room] = file.split('/');
  const [otherHouse, otherRoom, ...within] = imported.split('/');
  if (house === 'lambdas' && /^(aws-cdk-lib|constructs|lib|bin|local)(\/|$)/.test(imported)) {
    return 'what runs does not know what deploys it';
  }
  // What apps import, also in a browser; what writes its types reads the routes.
  if (house === 'client' && file !== 'client/generate.ts' && !/^(client\/|aws4fetch$|openapi-fetch$)/.test(imported)) {
    return 'the client knows a deployment by its OpenAPI documents alone';
  }
  if (otherHouse !== 'lambdas' || house === 'client') return undefined;
  if (house === 'lambdas' && (otherRoom === room || otherRoom === 'platform')) return undefined;
  return within.join('/') === `${otherRoom}.ts` ? undefined : `use lambdas/${otherRoom}/${otherRoom}.ts`;
}

test.each([
  ['lambdas/tagging/tag-call.ts', 'lambdas/calls/call-store.ts'],
  ['lambdas/platform/http.ts', 'lambdas/calls/call.ts'],
  ['lambdas/calls/call.ts', 'aws-cdk-lib'],
  ['lambdas/calls/call.ts', 'aws-cdk-lib/aws-s3'],
  ['lambdas/calls/call.ts', 'constructs'],
  ['lambdas/calls/call.ts', 'lib/config.ts'],
  ['lib/config.ts', 'lambdas/tagging/rulebook.ts'],
  ['lib/config.ts', 'lambdas/platform/clock.ts'],
  ['client/verbatim-client.ts', 'lambdas/calls/calls.ts'],
  ['client/signed-fetch.ts', 'node:crypto'],
])('%s may not import %s', (file, imported) => {
  expect(objection(file, imported)).toBeDefined();
});

test.each([
  ['lambdas/tagging/tag-call.ts', 'lambdas/calls/calls.ts'],
  ['lambdas/tagging/tag-call.ts', 'lambdas/tagging/tokens.ts'],
  ['lambdas/tagging/tag-call.ts', 'lambdas/platform/clock.ts'],
  ['lambdas/tagging/tag-call.ts', 'zod'],
  ['lib/config.ts', 'lambdas/tagging/tagging.ts'],
  ['lib/config.ts', 'aws-cdk-lib'],
  ['client/verbatim-client.ts', 'client/api/calls.ts'],
  ['client/verbatim-client.ts', 'openapi-fetch'],
  ['client/generate.ts', 'lambdas/calls/calls-api.ts'],
])('%s may import %s', (file, imported) => {
  expect(objection(file, imported)).toBeUndefined();
});

test('every form of import is seen', () => {
  const text = [
    "import { a } from './a.ts';",
    "import type { B } from '../b/b.ts';",
    "export * from './c.ts';",
    "import './d.ts';",
    "const e = await import('./e.ts');",
    "import {\n  f,\n} from 'zod';",
  ].join('\n');
  expect(importsOf('lambdas/x/x.ts', text)).toEqual([
    'lambdas/x/a.ts',
    'lambdas/b/b.ts',
    'lambdas/x/c.ts',
    'lambdas/x/d.ts',
    'lambdas/x/e.ts',
    'zod',
  ]);
});

test('rooms use each other only through what they export from one file', () => {
  const files = globSync('{client,lambdas,lib}/**/*.ts', { cwd: root }).map((file) => file.replaceAll(sep, '/'));
  expect(files.length).toBeGreaterThan(40);
  const objections = files.flatMap((file) =>
    importsOf(file, readFileSync(join(root, file), 'utf8')).flatMap((imported) => {
      const why = objection(file, imported);
      return why === undefined ? [] : [`${file} imports ${imported}: ${why}`];
    }),
  );
  expect(objections).toEqual([]);
});
