import { createHash } from 'node:crypto';

/** The id of an event: the same whenever it is made of the same occasion. */
export const eventIdOf = (occasion: readonly unknown[]): string =>
  createHash('sha256').update(JSON.stringify(occasion)).digest('hex').slice(0, 32);
