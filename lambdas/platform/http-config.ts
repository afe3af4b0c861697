import * as z from 'zod';

const REQUESTS = 'is not a whole number from 1 on';
const BYTES = 'is not a whole number of bytes from 1024 to 6000000: Lambda takes no larger body';

/** How much may be asked of each URL. */
export const HttpConfig = z.strictObject({
  /** So many requests a principal may make to one URL in a minute. @default 6000 */
  requestsPerMinute: z.number(REQUESTS).int(REQUESTS).min(1, REQUESTS).default(6000),
  /** A body that is larger, in bytes, is refused; Lambda takes none of more than 6 MB. @default 1 MiB */
  maxBodyBytes: z.number(BYTES).int(BYTES).min(1024, BYTES).max(6_000_000, BYTES).default(1_048_576),
});
export type HttpConfig = z.infer<typeof HttpConfig>;
