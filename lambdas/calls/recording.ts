import { createHash } from 'node:crypto';
import * as z from 'zod';

/** One version of one audio object: what a recording *is*. Everything that is done with it is keyed by these three. */
export const Recording = z.object({
  /** The recordings bucket. */
  bucket: z.string().min(1),
  /** The object's key, as S3 has it (never URL-encoded). */
  key: z.string().min(1),
  /** The object's version. */
  versionId: z.string().min(1),
});
export type Recording = z.infer<typeof Recording>;

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const ID_LENGTH = 26;

/**
 * The id of the call that `recording` records: 26 characters of Crockford's base 32, lower case, from a SHA-256 of
 * bucket, key and version. The same recording has the same id whenever it is asked, so that work on it is idempotent,
 * and any key gives an id that is safe in a Transcribe job name and a URL.
 */
export function callIdOf(recording: Recording): string {
  const { bucket, key, versionId } = recording;
  const hash = createHash('sha256')
    .update(JSON.stringify([bucket, key, versionId]))
    .digest();
  let bits = BigInt(`0x${hash.toString('hex')}`) >> BigInt(256 - 5 * ID_LENGTH);
  let id = '';
  for (let i = 0; i < ID_LENGTH; i++) {
    id = ALPHABET.charAt(Number(bits & 31n)) + id;
    bits >>= 5n;
  }
  return id;
}
