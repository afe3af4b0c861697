/** What went wrong, in the caller's terms. Each kind is mapped to one HTTP status in http.ts. */
export type ErrorKind =
  | 'bad-request'
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'not-acceptable'
  | 'conflict'
  | 'precondition-failed'
  | 'precondition-required'
  | 'too-large'
  | 'too-many-requests'
  | 'unavailable';

/**
 * An error that a caller may see: its message names the field or the thing and the fix, and holds nothing internal.
 * Anything else that is thrown reaches a caller as a bare 500.
 */
export class VerbatimError extends Error {
  override readonly name = 'VerbatimError';
  readonly kind: ErrorKind;

  constructor(kind: ErrorKind, message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }
}

/** `error`'s AWS error name (`ConflictException`, `NoSuchKey` …) is one of `names`. */
export function isAwsError(error: unknown, ...names: string[]): boolean {
  return error instanceof Error && names.includes(error.name);
}

/** `error` is S3's answer that an object, or the version that was asked for, is not there. */
export const isGone = (error: unknown): boolean =>
  // A delete marker answers MethodNotAllowed to those who ask for it by its version.
  isAwsError(error, 'NotFound', 'NoSuchKey', 'NoSuchVersion', 'MethodNotAllowed');

/** What was asked of an object, or undefined where that object, or that version of it, is not there. */
export async function unlessGone<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}
