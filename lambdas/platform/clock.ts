/** Gives the present moment. Logic takes a clock or a time as an argument and never asks the machine itself. */
export type Clock = () => Date;

/** The machine's clock, for handlers. */
export const systemClock: Clock = () => new Date();

/** `date` as ISO 8601 in UTC with milliseconds: all times have one width, so that they sort as strings. */
export const iso = (date: Date): string => date.toISOString();

/** `time` (ISO 8601) moved by `ms` milliseconds. */
export const plusMs = (time: string, ms: number): string => iso(new Date(Date.parse(time) + ms));

/** The earliest time that a call, or a period that is asked for, may have: no recording is older. */
export const EARLIEST = '1900-01-01T00:00:00.000Z';

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;
