/** How something is made once. */
export interface OnceOptions {
  /** The same key is the same thing, however often it is asked for. @default another one each time */
  readonly idempotencyKey?: string | undefined;
}

/** What was told in an answer; any other than a success was thrown before. */
export async function told<T>(asked: Promise<{ readonly data?: T }>): Promise<T> {
  return (await asked).data as T;
}

/** The header by which something is made once. */
export const keyOf = ({ idempotencyKey = crypto.randomUUID() }: OnceOptions = {}) => ({
  'Idempotency-Key': idempotencyKey,
});

/** The headers by which something is changed as it was seen, once. */
export const changing = ({ version }: { readonly version: number }, once?: OnceOptions) => ({
  'If-Match': `"${version}"`,
  ...keyOf(once),
});
