import { expect, test } from 'vitest';
import { isUsablePython } from '../../local/python.ts';

test.each(['Python 3.10.0', 'Python 3.11.7\n', 'Python 3.14.0rc1'])('%j runs the emulator', (version) => {
  expect(isUsablePython(version)).toBe(true);
});

test.each(['Python 2.7.18', 'Python 3.9.25', 'Python 4.0.0', '', 'command not found'])('%j does not', (version) => {
  expect(isUsablePython(version)).toBe(false);
});
