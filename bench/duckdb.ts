import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** A DuckDB of its own, in memory. */
export interface DuckDb {
  /**
   * The rows that a statement answers, each a list of its columns.
   *
   * @throws Error where DuckDB refuses it; nothing can be asked any more then
   */
  ask(sql: string): Promise<unknown[][]>;
  /** Ends it. */
  stop(): void;
}

/** @param python a Python that has the package `duckdb` */
export function startDuckDb(python: string): DuckDb {
  const child = spawn(python, [join(import.meta.dirname, 'answer_sql.py')], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async ask(sql) {
      child.stdin.write(`${JSON.stringify(sql)}\n`);
      const { value, done } = await lines.next();
      if (done) throw new Error('DuckDB gave up: what it said of it stands above');
      return JSON.parse(value);
    },
    stop() {
      child.stdin.end();
    },
  };
}
