import { createServer, type Server } from 'node:http';
import { Command } from 'commander';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { registerSearch } from '../../bin/search.ts';
import type { SearchPage } from '../../client/verbatim-client.ts';

const found = (callId: string, quote: string): SearchPage['items'][number] => ({
  ...{ callId, agentId: 'lee', customerId: 'c-1', startedAt: '2026-10-14T09:00:00.000Z', tags: [] },
  matches: [{ speaker: 'AGENT', startMs: 61_500, endMs: 63_000, quote }],
});

/** The pages of a search: the second has no match, and is not the last. */
const pages: Record<string, SearchPage> = {
  '': { items: [found('call1', 'a new card')], searchedCalls: 25, notTranscribed: 1, nextCursor: 'second' },
  second: { items: [], searchedCalls: 25, notTranscribed: 0, nextCursor: 'third' },
  third: { items: [found('call2', 'the new card')], searchedCalls: 4, notTranscribed: 1 },
};

let server: Server;
let url: string;
const asked: Record<string, string>[] = [];
beforeAll(async () => {
  server = createServer((request, response) => {
    const query = Object.fromEntries(new URL(request.url ?? '', 'http://localhost').searchParams);
    asked.push(query);
    response.end(JSON.stringify(pages[query.cursor ?? '']));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  url = `http://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : ''}/`;
});
afterAll(() => server.close());
beforeEach(() => {
  asked.length = 0;
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

/** What `verbatim search` with these arguments prints, to the standard output and the standard error. */
async function printed(...given: string[]) {
  const log = vi.spyOn(console, 'log').mockReturnValue();
  const error = vi.spyOn(console, 'error').mockReturnValue();
  const program = new Command('verbatim').exitOverride().option('--url <url>').option('--region <region>');
  registerSearch(program);
  for (const command of program.commands) command.exitOverride().configureOutput({ writeErr: () => {} });
  await program.parseAsync(['--url', url, '--region', 'eu-central-1', 'search', ...given], { from: 'user' });
  const text = (calls: unknown[][]) => calls.map(([line]) => String(line)).join('\n');
  return { output: text(log.mock.calls), errors: text(error.mock.calls) };
}

test('every match of every page is printed, and how many calls were looked into', async () => {
  const { output, errors } = await printed('new card', '--agent', 'lee', '--from', '2026-10-01T00:00:00Z');
  expect(output.split('\n')).toEqual([
    'call1  2026-10-14T09:00:00.000Z  agent lee  customer c-1',
    '     1:01.5  AGENT: a new card',
    'call2  2026-10-14T09:00:00.000Z  agent lee  customer c-1',
    '     1:01.5  AGENT: the new card',
  ]);
  expect(errors).toBe('looked into 54 calls; 2 of them have no transcript');
  const query = { agentId: 'lee', phrase: 'new card', from: '2026-10-01T00:00:00Z' };
  expect(asked).toEqual([query, { ...query, cursor: 'second' }, { ...query, cursor: 'third' }]);
});

test('with --json the calls are printed whole, and nothing else', async () => {
  const { output } = await printed('new card', '--customer', 'c-1', '--speaker', 'AGENT', '--json');
  expect(JSON.parse(output)).toEqual([found('call1', 'a new card'), found('call2', 'the new card')]);
  expect(asked[0]).toEqual({ customerId: 'c-1', phrase: 'new card', speaker: 'AGENT' });
});

test.each([[[]], [['--agent', 'lee', '--customer', 'c-1']]])('an agent or a customer is named: %j', async (given) => {
  await expect(printed('new card', ...given)).rejects.toThrow('name one of --agent and --customer');
  expect(asked).toEqual([]);
});
