import type { HoldState } from './hold.ts';

/** What begins the sort keys of the calls that a hold reached, and of the work that it has left. */
export const REACHED = 'call#';
export const TODO = 'todo#';
export const FOUND = `${TODO}call#`;

/** The partition of all that is kept of a hold. */
export const holdSubject = (holdId: string): string => `hold#${holdId}`;

/** The key of a hold's own item. */
export const holdKey = (holdId: string) => ({ subject: holdSubject(holdId), part: 'hold' });

/** The key of a call that a hold is to reach. */
export const foundKey = (holdId: string, callId: string) => ({
  subject: holdSubject(holdId),
  part: `${FOUND}${callId}`,
});

/** The partition of `work-by-state` in which holds of a state are, by when they were placed. */
export const holdWorkOf = (state: HoldState): string => `hold-${state}`;
