import { DateTime, IANAZone } from 'luxon';
import * as z from 'zod';

const EPOCHS: Readonly<Record<string, number>> = { 'epoch-seconds': 1000, 'epoch-milliseconds': 1 };

/** What is left of a format without its 'quoted literals'. */
const tokensOf = (format: string): string => format.replace(/'[^']*'/g, '');
const hasOffset = (format: string): boolean => /[Zz]/.test(tokensOf(format));
const isTokens = (format: string): boolean => format !== 'iso' && !(format in EPOCHS);

/** How a recorder writes the time at which a call began. Left out, the time must be ISO 8601 with a zone. */
export const StartTime = z
  .strictObject({
    /**
     * `'iso'`, `'epoch-seconds'`, `'epoch-milliseconds'`, or Luxon's tokens, such as `yyyyMMdd_HHmmss`, with what is no
     * token in single quotes.
     * Source: https://moment.github.io/luxon/#/parsing?id=table-of-tokens
     */
    format: z.string().min(1),
    /**
     * The IANA time zone of times that tell none themselves, such as `Europe/Berlin`, `UTC`, or `Etc/GMT+5` for a
     * recorder that is always 5 hours behind UTC. An hour that comes twice as clocks go back is taken as its first; one
     * that is left out as they go forward, as an hour later.
     */
    zone: z
      .string()
      .refine(IANAZone.isValidZone, 'use an IANA time zone, such as "America/New_York" or "UTC"')
      .optional(),
  })
  .superRefine(({ format, zone }, context) => {
    const complain = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
    const inUtc = format in EPOCHS || (isTokens(format) && hasOffset(format));
    if (!zone && !inUtc) complain('zone', 'say in which time zone the times are, such as "America/New_York" or "UTC"');
    if (isTokens(format)) {
      if (/[YD]/.test(tokensOf(format))) complain('format', 'write years as yyyy and days as dd');
      else if (!canTellADay(format)) complain('format', 'tells no day: use tokens such as yyyy, LL, dd, HH, mm, ss');
    }
  });
export type StartTime = z.infer<typeof StartTime>;

function canTellADay(format: string): boolean {
  const day = DateTime.fromISO('2003-11-25T09:12:34Z', { zone: 'UTC', locale: 'en' });
  return DateTime.fromFormat(day.toFormat(format), format, { zone: 'UTC', locale: 'en' }).hasSame(day, 'day');
}

/**
 * Reads the time at which a call began.
 *
 * @returns the time in UTC, as ISO 8601, or undefined where `text` is not of the format
 */
export function readStartTime(text: string, { format, zone = 'UTC' }: StartTime): string | undefined {
  const unitMs = EPOCHS[format];
  if (unitMs !== undefined) {
    return /^\d{1,15}$/.test(text) ? isoOf(DateTime.fromMillis(Number(text) * unitMs)) : undefined;
  }
  const time =
    format === 'iso' ? DateTime.fromISO(text, { zone }) : DateTime.fromFormat(text, format, { zone, locale: 'en' });
  const tellsOffset = format === 'iso' ? /(Z|[+-]\d\d(:?\d\d)?)$/i.test(text) && text.includes('T') : hasOffset(format);
  if (!time.isValid || tellsOffset) return isoOf(time);
  const possible = time.getPossibleOffsets().map((one) => one.toMillis());
  return isoOf(DateTime.fromMillis(Math.min(...possible)));
}

const isoOf = (time: DateTime): string | undefined => (time.isValid ? time.toJSDate().toISOString() : undefined);
