import { expect, it } from 'vitest';
import { findLost } from '../../../../lambdas/disputes/evidence/find-lost.ts';
import { evidenceWorld } from './evidence-world.ts';

const later = (hours: number) => () => new Date(Date.parse('2026-10-14T12:00:00.000Z') + hours * 3_600_000);

it('a request that was lost is found by the schedule, and given up where it breaks off again and again', async () => {
  const { needs, store, request, notes } = await evidenceWorld();
  const sent: unknown[] = [];
  const look = (hours: number) =>
    findLost({ ...needs, evidence: store, clock: later(hours), send: async (messages) => void sent.push(...messages) });
  await request();
  expect(await look(1)).toEqual({ again: 0, givenUp: 0 });
  expect(await look(3)).toEqual({ again: 1, givenUp: 0 });
  expect(sent).toEqual([{ disputeId: 'd1', number: 1 }]);
  expect(await look(4)).toEqual({ again: 0, givenUp: 0 });
  expect(await look(6)).toEqual({ again: 1, givenUp: 0 });
  expect(await look(9)).toEqual({ again: 0, givenUp: 1 });
  expect(await store.get('d1', 1)).toMatchObject({ state: 'failed', failure: expect.stringContaining('3 times') });
  expect(notes).toEqual(['evidence-failed']);
  expect(await look(99)).toEqual({ again: 0, givenUp: 0 });
});

it('a package that is built is not looked for', async () => {
  const { needs, store, built } = await evidenceWorld();
  await built();
  const nothing = { ...needs, evidence: store, clock: later(99), send: async () => undefined };
  expect(await findLost(nothing)).toEqual({ again: 0, givenUp: 0 });
});
