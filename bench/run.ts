import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { table } from '../bin/tables.ts';
import type { Bench } from './bench.ts';

const names = process.argv.slice(2);
const files = readdirSync(import.meta.dirname).filter((file) => file.endsWith('.bench.ts'));
const benches = await Promise.all(
  files.sort().map(async (file) => {
    const module: { default: Bench } = await import(pathToFileURL(join(import.meta.dirname, file)).href);
    return module.default;
  }),
);
const chosen = benches.filter((bench) => names.length === 0 || names.includes(bench.name));
if (chosen.length === 0) {
  console.error(
    `there is no bench ${names.join(', ')}: name ${benches.map((bench) => bench.name).join(', ')}, or none`,
  );
  process.exitCode = 1;
}
for (const bench of chosen) {
  const measurements = await bench.measure((line) => console.error(`${bench.name}: ${line}`));
  const rows = measurements.map(({ what, value, note = '' }) => [what, value, note]);
  console.log(table([bench.name, '', ''], rows));
}
