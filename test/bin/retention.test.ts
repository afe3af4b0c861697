import { join } from 'node:path';
import { Command } from 'commander';
import { expect, test, vi } from 'vitest';
import { explainCall, registerRetention } from '../../bin/retention.ts';
import { defineConfig } from '../../lib/config.ts';
import { directoryWith } from './import-files.ts';

const config = defineConfig({
  sources: [
    { name: 'support', jurisdiction: 'US-CA' },
    { name: 'loans', lineOfBusiness: 'banking', jurisdiction: 'DE' },
  ],
  retention: {
    rules: [
      { name: 'refused', consent: ['refused'], retentionClass: '30-days' },
      { name: 'credits', tags: ['credit-offered'], retentionClass: '7-years' },
      { name: 'banking', linesOfBusiness: ['banking'], retentionClass: '5-years' },
    ],
    floors: [{ name: 'law', jurisdictions: ['EU'], directions: ['outbound'], keepDays: 400, because: 'the law of it' }],
  },
});
const at = new Date('2026-11-24T00:00:00.000Z');
const explain = (call: object) => explainCall(JSON.stringify(call), config, at);
const startedAt = '2026-10-14T11:12:00+02:00';

test('a call that a file describes is explained, with what its source says of it', () => {
  expect(explain({ source: 'loans', startedAt, direction: 'outbound', consent: 'refused' })).toMatchObject({
    retentionClass: '30-days',
    rule: 'refused',
    countedFrom: '2026-10-14T09:12:00.000Z',
    floor: { name: 'law', until: '2027-11-18T09:12:00.000Z' },
    expiresAt: '2027-11-18T09:12:00.000Z',
    holds: [],
    next: { when: '2027-11-18T09:12:00.000Z' },
  });
  expect(explain({ source: 'loans', startedAt }).rule).toBe('banking');
  expect(explain({ source: 'support', startedAt }).rule).toBe('default');
  expect(explain({ source: 'support', startedAt, tags: ['credit-offered'] }).rule).toBe('credits');
});

test('the file may say otherwise than the source', () => {
  const call = { source: 'support', startedAt, direction: 'outbound', lineOfBusiness: 'banking', jurisdiction: 'FR' };
  expect(explain(call)).toMatchObject({ rule: 'banking', floor: { name: 'law' } });
});

test('a call as it is printed by the command call is taken', () => {
  const printed = { callId: 'c', state: 'tagged', agentId: 'lee', source: 'support', startedAt, tags: [], moments: [] };
  expect(explain(printed).retentionClass).toBe('1-year');
});

test('a call whose start is not known counts from when it was received', () => {
  expect(explain({ source: 'support', receivedAt: startedAt }).countedFrom).toBe('2026-10-14T09:12:00.000Z');
});

test.each<[string, object, RegExp]>([
  ['no source', { startedAt }, /source: is missing/],
  ['a source that is not there', { source: 'sales', startedAt }, /source: .*: the sources are support, loans/],
  ['no start', { source: 'support' }, /startedAt: is missing: say when the call began/],
  ['a start without a zone', { source: 'support', startedAt: '2026-10-14T09:12:00' }, /startedAt: is not an ISO 8601/],
  ['a direction that is none', { source: 'support', startedAt, direction: 'in' }, /direction: is neither "inbound"/],
  ['a consent that is none', { source: 'support', startedAt, consent: 'yes' }, /consent: is neither "given"/],
  [
    'a jurisdiction that is no code',
    { source: 'support', startedAt, jurisdiction: 'Bavaria' },
    /jurisdiction: use an ISO/,
  ],
  ['tags that are no list', { source: 'support', startedAt, tags: 'credit' }, /tags: is no list of tags/],
  [
    'a field that is misspelt',
    { source: 'support', startedAt, jurisdicton: 'DE' },
    /jurisdicton: is no field of a call/,
  ],
])('%s is told by its field', (_, call, message) => {
  expect(() => explain(call)).toThrow(message);
});

test('every field at fault is told at once, and what is not JSON as such', () => {
  expect(() => explain({ source: 'sales', consent: 'yes' })).toThrow(/source: .*\n.*consent: |consent: .*\n.*source: /);
  expect(() => explainCall('{', config, at)).toThrow(/^the call is not JSON: /);
});

test('the command reads call and config from files, and prints JSON', async () => {
  const library = join(import.meta.dirname, '../../lib/config.ts');
  const directory = await directoryWith({
    'call.json': JSON.stringify({ source: 'support', startedAt }),
    'short.config.ts': `import { defineConfig } from ${JSON.stringify(library)};
      export default defineConfig({ sources: [{ name: 'support' }], retention: { defaultClass: '30-days' } });`,
  });
  const run = async (...given: string[]) => {
    const program = new Command('verbatim').exitOverride();
    registerRetention(program);
    await program.parseAsync(['retention', 'explain', ...given], { from: 'user' });
  };
  const print = vi.spyOn(console, 'log').mockImplementation(() => {});
  const [call, short] = [join(directory, 'call.json'), join(directory, 'short.config.ts')];
  await run(call, '--config', short, '--at', '2026-12-24T00:00:00Z');
  expect(JSON.parse(print.mock.lastCall?.[0])).toMatchObject({
    retentionClass: '30-days',
    next: { what: 'the next daily sweep deletes the call: it is due' },
  });
  await expect(run(join(directory, 'none.json'), '--config', short)).rejects.toThrow(
    /none\.json cannot be read \(ENOENT\)/,
  );
  await expect(run(call, '--config', 'no.config.ts')).rejects.toThrow('name the config with --config');
  await expect(run(call, '--config', short, '--at', 'soon')).rejects.toThrow('--at: "soon" is not an ISO 8601 time');
  print.mockRestore();
});
