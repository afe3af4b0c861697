import { expect } from 'vitest';
import type { Answer } from '../../../../lambdas/insights/queries/answer.ts';
import { queries } from '../../../../lambdas/insights/queries/queries.ts';
import type { Generated } from './generated-calls.ts';
import { type Asked, plainAnswer } from './plain-answers.ts';

/** How far numbers with two decimals that were reckoned in another order may be apart. */
const ROUNDING = 0.011;

const isClose = (a: unknown, b: unknown): boolean => {
  if (typeof a === 'number' && typeof b === 'number') return Math.abs(a - b) <= ROUNDING;
  if (a === null || b === null || typeof a !== 'object' || typeof b !== 'object') return a === b;
  const names = Object.keys(a);
  const of = (one: object, name: string) => (one as Record<string, unknown>)[name];
  return names.length === Object.keys(b).length && names.every((name) => isClose(of(a, name), of(b, name)));
};

/** That an answer is what is computed plainly: row by row, whatever their order. */
export function expectPlain(name: string, answer: Answer, generated: Generated, asked: Asked): void {
  const plain = plainAnswer(name, generated, asked);
  const keyOf = ({ group, labels }: { group?: string | undefined; labels?: object }) => JSON.stringify([group, labels]);
  const told = answer.rows.map(({ partial, ...row }) => row);
  expect(told.map(keyOf).toSorted()).toEqual(plain.rows.map(keyOf).toSorted());
  const byKey = new Map(plain.rows.map((row) => [keyOf(row), row]));
  for (const row of told) if (!isClose(row, byKey.get(keyOf(row)))) expect(row).toEqual(byKey.get(keyOf(row)));
  expect(answer.suppressed).toEqual(plain.suppressed);
}

/** Every query by everything that it can be asked by, and with each filter, of 28 of the days from `firstDay` on. */
export function questionsFrom(from: string, to: string): { name: string; asked: Asked }[] {
  const filters: Record<string, string>[] = [
    { agentId: "o'hara" },
    { team: "l'équipe", queue: 'sales' },
    { source: 'support' },
    { agentId: 'nobody' },
  ];
  const own: Record<string, Record<string, string>[]> = {
    volume: [{ language: 'en-GB' }, { direction: 'outbound' }],
    tags: [{ tag: 'refund' }, { tag: "customer's rare tag" }],
    scores: [{ scoredBy: 'automatic' }, { scoredBy: 'automatic', scorecard: 'sales' }],
    criteria: [{ scoredBy: 'automatic' }],
    disputes: [{ topic: 'credit' }],
  };
  const bys = ['all', 'day', 'week', 'month', 'agent', 'team', 'queue', 'source'];
  const isOfPeriods = (by: string) => by === 'day' || by === 'week' || by === 'month';
  return queries.flatMap(({ name }) => [
    ...bys.filter((by) => name !== 'issues' || !isOfPeriods(by)).map((by) => ({ name, asked: { from, to, by } })),
    ...[...filters, ...(own[name] ?? [])].map((more) => ({ name, asked: { from, to, by: 'agent', ...more } })),
  ]);
}
