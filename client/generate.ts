import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { OpenAPIHono } from '@hono/zod-openapi';
import openapiTypes, { astToString, type OpenAPI3 } from 'openapi-typescript';
import { callsApi } from '../lambdas/calls/calls-api.ts';
import { disputesApi } from '../lambdas/disputes/disputes-api.ts';
import { insightsApi } from '../lambdas/insights/insights-api.ts';
import { qualityApi } from '../lambdas/quality/quality-api.ts';
import { recordingsApi } from '../lambdas/recordings/recordings-api.ts';
import { uploadsApi } from '../lambdas/recordings/uploads-api.ts';
import { erasureApi } from '../lambdas/retention/erasure/erasure-api.ts';
import { holdsApi } from '../lambdas/retention/holds/holds-api.ts';
import { retentionApi } from '../lambdas/retention/retention-api.ts';
import { taggingApi } from '../lambdas/tagging/retag/retag-api.ts';

const root = join(import.meta.dirname, '..');

/** Stands for all that an application needs: it is built, and answers nothing but its document. */
const notNeeded: never = new Proxy(() => {}, { get: () => notNeeded }) as never;

/** The application behind each URL. */
const apps: Record<string, () => OpenAPIHono> = {
  calls: () => callsApi(notNeeded),
  disputes: () => disputesApi(notNeeded),
  erasure: () => erasureApi(notNeeded),
  holds: () => holdsApi(notNeeded),
  insights: () => insightsApi(notNeeded),
  quality: () => qualityApi(notNeeded),
  recordings: () => recordingsApi(notNeeded),
  retention: () => retentionApi(notNeeded),
  tagging: () => taggingApi(notNeeded),
  uploads: () => uploadsApi(notNeeded),
};

/** A file that is written: its path from the root, and its text. */
export interface GeneratedFile {
  readonly path: string;
  readonly text: string;
}

/** The OpenAPI document of each URL, as that URL serves it, and the types of it for the client. */
export async function generated(): Promise<GeneratedFile[]> {
  const files = await Promise.all(
    Object.entries(apps).map(async ([name, app]) => {
      const document = (await (await app().request('/openapi.json')).json()) as OpenAPI3;
      const types = astToString(await openapiTypes(document, { defaultNonNullable: false }));
      return [
        { path: `docs/api/${name}.json`, text: `${JSON.stringify(document, null, 2)}\n` },
        {
          path: `client/api/${name}.ts`,
          text: `// Written by "npm run openapi" from docs/api/${name}.json: edit the routes.\n\n${types}`,
        },
      ];
    }),
  );
  return files.flat();
}

if (import.meta.main) {
  for (const { path, text } of await generated()) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
    console.log(path);
  }
}
