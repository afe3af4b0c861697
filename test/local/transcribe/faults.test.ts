import { expect, test } from 'vitest';
import { Faults } from '../../../local/transcribe/faults.ts';

test('a fault applies as often as it says, to the jobs it names', () => {
  const faults = new Faults();
  faults.replace({ fail: { jobName: 'bad', reason: 'broken audio', times: 2 }, throttle: { times: 1 } });
  expect(faults.takeFailure('good-call')).toBeUndefined();
  expect(faults.takeFailure('bad-1')).toBe('broken audio');
  expect(faults.settings.fail?.times).toBe(1);
  expect(faults.takeFailure('bad-2')).toBe('broken audio');
  expect(faults.takeFailure('bad-3')).toBeUndefined();
  expect([faults.takeThrottle(), faults.takeThrottle()]).toEqual([true, false]);
});

test('events are lost or doubled for a number of jobs', () => {
  const faults = new Faults();
  faults.replace({ loseEvents: { times: 1 }, duplicateEvents: { times: 1 } });
  expect([faults.takeEventCopies(), faults.takeEventCopies(), faults.takeEventCopies()]).toEqual([0, 2, 1]);
});

test.each([
  [{ delay: 5 }, 'unknown field delay'],
  [{ fail: { reason: 'x', job: 'y' } }, 'unknown field fail.job'],
  [{ throttle: { times: 0 } }, 'throttle.times'],
  [{ fail: {} }, 'fail.reason'],
])('%j is refused, and the faults stay as they were', (settings, message) => {
  const faults = new Faults();
  faults.replace({ delayMs: 1 });
  expect(() => faults.replace(settings)).toThrow(message);
  expect(faults.settings).toEqual({ delayMs: 1 });
});

test('random faults come in about their share, and again in the same way for the same seed', () => {
  const random = { seed: 7, throttle: 0.3, fail: 0.1, loseEvents: 0.2, duplicateEvents: 0.2, maxEventDelayMs: 500 };
  const play = () => {
    const faults = new Faults();
    faults.replace({ random });
    return Array.from({ length: 1000 }, () => [
      faults.takeThrottle(),
      faults.takeFailure('job') !== undefined,
      faults.takeEventCopies(),
      faults.takeEventDelayMs(),
    ]);
  };
  const first = play();
  expect(play()).toEqual(first);
  const share = (index: number, value: unknown) => first.filter((row) => row[index] === value).length / first.length;
  expect(share(0, true)).toBeCloseTo(0.3, 1);
  expect(share(1, true)).toBeCloseTo(0.1, 1);
  expect(share(2, 0)).toBeCloseTo(0.2, 1);
  expect(Math.max(...first.map((row) => Number(row[3])))).toBeLessThan(500);
});
