import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findTarget, whyNotKey } from '../../bin/import/target.ts';
import { directoryWith } from './import-files.ts';

const library = join(import.meta.dirname, '../../lib/config.ts');
const config = async () => {
  const text = `import { defineConfig } from ${JSON.stringify(library)};
    export default defineConfig({ sources: [{ name: 'support' }, { name: 'vip', prefix: 'support/vip/', requiredMetadata: ['startedAt'] }] });`;
  return join(await directoryWith({ 'verbatim.config.ts': text }), 'verbatim.config.ts');
};

test('the config tells the prefix of a source, and what its recordings must have', async () => {
  const file = await config();
  expect(await findTarget('vip', undefined, file)).toMatchObject({
    prefix: 'support/vip/',
    source: { requiredMetadata: ['startedAt'] },
  });
  expect(await findTarget('support', 'support/2019/', file)).toMatchObject({ prefix: 'support/2019/' });
  await expect(findTarget('sales', undefined, file)).rejects.toThrow('no source "sales": its sources are support, vip');
  await expect(findTarget('support', 'sales/', file)).rejects.toThrow('would belong to no source, not to "support"');
  await expect(findTarget('support', 'support/20', file)).rejects.toThrow('it does not end in "/"');
});

test('without a config the name of the source is its prefix', async () => {
  const target = await findTarget('support', undefined, 'no-such.config.ts');
  expect(target).toMatchObject({ prefix: 'support/', source: { metadata: [{ from: 's3-metadata' }] } });
  await expect(findTarget('Support!', undefined, 'no-such.config.ts')).rejects.toThrow('use lower-case letters');
});

test('a file whose key would be too long, or of another source, is found out', async () => {
  const target = await findTarget('support', undefined, await config());
  expect(whyNotKey('support/a.wav', target)).toBeUndefined();
  expect(whyNotKey('support/vip/a.wav', target)).toBe('the key would belong to the source "vip", not to "support"');
  expect(whyNotKey(`support/${'é'.repeat(509)}`, target)).toContain('longer than 1024 bytes');
});
