import { expect, it } from 'vitest';
import { athenaStore } from '../../../lambdas/insights/athena.ts';
import { memoryAthena } from './memory-athena.ts';

const token = 't'.repeat(32);

it('gives all rows of results over their pages, nulls as nothing, without the names of the columns', async () => {
  const memory = memoryAthena();
  const athena = athenaStore(memory.client, { workGroup: 'insights', database: 'verbatim' });
  const id = await athena.start('SELECT', token);
  const given = Array.from({ length: 2500 }, (_, i) => ({ grp: `g${i}`, calls: i, mean: i % 2 ? undefined : 0.5 }));
  memory.succeed(given, 4711);
  expect(await athena.execution(id)).toEqual({ state: 'succeeded', scannedBytes: 4711 });
  const rows = await athena.rows(id);
  expect(rows).toHaveLength(2500);
  expect(rows?.[0]).toEqual({ grp: 'g0', calls: '0', mean: '0.5' });
  expect(rows?.[2499]).toEqual({ grp: 'g2499', calls: '2499', mean: undefined });
});

it('keeps a row that happens to begin with the name of its column', async () => {
  const memory = memoryAthena();
  const athena = athenaStore(memory.client, { workGroup: 'insights', database: 'verbatim' });
  const id = await athena.start('SELECT', token);
  memory.succeed([{ grp: 'grp', calls: 5 }]);
  expect(await athena.rows(id)).toEqual([{ grp: 'grp', calls: '5' }]);
});
