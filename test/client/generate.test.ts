import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Validator } from '@seriousme/openapi-schema-validator';
import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { generated } from '../../client/generate.ts';

const root = join(import.meta.dirname, '../..');
const files = await generated();
const documents = files.filter(({ path }) => path.endsWith('.json'));

test.each(files)('$path is what the routes tell: if not, run "npm run openapi"', async ({ path, text }) => {
  expect(await readFile(join(root, path), 'utf8')).toBe(text);
});

test.each(documents)('$path is a valid OpenAPI document', async ({ text }) => {
  expect(await new Validator().validate(JSON.parse(text))).toEqual({ valid: true });
});

test.each(documents)(
  'every operation of $path has a name of its own, a summary, and a schema for its errors',
  ({ text }) => {
    const { paths }: { paths: Record<string, Record<string, Operation>> } = JSON.parse(text);
    const operations = Object.values(paths).flatMap((path) => Object.values(path));
    expect(operations.length).toBeGreaterThan(0);
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
    for (const { operationId, summary, responses } of operations) {
      expect(operationId).toMatch(/^[a-z][A-Za-z]+$/);
      expect(summary).toMatch(/\S/);
      const own = Object.entries(responses).filter(([status, { $ref }]) => Number(status) >= 400 && $ref === undefined);
      for (const [status, { content }] of own)
        expect([operationId, status, content?.['application/problem+json']]).toEqual([
          ...[operationId, status],
          { schema: { $ref: '#/components/schemas/Problem' } },
        ]);
    }
  },
);

interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly responses: Record<string, { readonly content?: Record<string, unknown>; readonly $ref?: string }>;
}

test('a browser can bundle the client, and it brings nothing of the deployment', async () => {
  const { metafile } = await build({
    ...{ entryPoints: [join(root, 'client/verbatim-client.ts')], absWorkingDir: root },
    ...{ bundle: true, write: false, metafile: true, platform: 'browser', format: 'esm' },
  });
  const bundled = Object.keys(metafile.inputs);
  expect(bundled).toContain('client/verbatim-client.ts');
  expect(bundled.filter((path) => !/^(client|node_modules\/(aws4fetch|openapi-fetch))\//.test(path))).toEqual([]);
});
