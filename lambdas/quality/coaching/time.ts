import { EARLIEST } from '../../platform/clock.ts';
import { UtcTime } from '../../platform/openapi.ts';

/** A time that may be in a key of an item: of years that sort as text. */
export const Time = UtcTime.refine((time) => time >= EARLIEST && time < '9999', {
  error: 'is not between the years 1900 and 9999',
});
