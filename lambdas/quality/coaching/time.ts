import { z } from '@hono/zod-openapi';
import { EARLIEST } from '../../platform/clock.ts';

/** A time as it is asked with, in UTC: what sorts as text, in keys of items. */
export const Time = z.iso
  .datetime({ offset: true, error: 'is not an ISO 8601 time with a zone, such as 2026-10-14T09:12:00Z' })
  .transform((time) => new Date(time).toISOString())
  .refine((time) => time >= EARLIEST && time < '9999', { error: 'is not between the years 1900 and 9999' });
