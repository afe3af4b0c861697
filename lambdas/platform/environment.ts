import * as z from 'zod';

/** An environment variable that is missing or malformed; names each one and what is wrong with it. */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError';
}

/** A string that holds JSON of the given shape, for structured values in environment variables. */
export const json = <S extends z.ZodType>(schema: S) =>
  z
    .string()
    .transform((text, context) => {
      try {
        return JSON.parse(text) as unknown;
      } catch {
        context.addIssue({ code: 'custom', message: 'is not JSON' });
        return z.NEVER;
      }
    })
    .pipe(schema);

/** The function's environment. The bundler writes the config in place of `process.env.VERBATIM_CONFIG`: see lib/platform. */
const functionEnvironment = () => ({ ...process.env, VERBATIM_CONFIG: process.env.VERBATIM_CONFIG });

/**
 * Reads the variables that `shape` names from `source`, once, typed.
 *
 * @example
 * const environment = parseEnvironment({ TABLE_NAME: z.string().min(1) });
 * @throws {EnvironmentError} naming every variable that is missing or malformed, without its value
 */
export function parseEnvironment<S extends z.ZodRawShape>(
  shape: S,
  source: Record<string, string | undefined> = functionEnvironment(),
): z.infer<z.ZodObject<S>> {
  const parsed = z.object(shape).safeParse(source);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new EnvironmentError(`environment is not usable: ${problems.join('; ')}`, { cause: parsed.error });
}
