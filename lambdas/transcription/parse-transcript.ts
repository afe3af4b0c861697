import * as z from 'zod';
import { parseJson } from '../platform/json.ts';
import { CallAnalyticsOutput, readCallAnalytics } from './call-analytics-output.ts';
import { readStandard, StandardOutput } from './standard-output.ts';
import type { Transcript } from './transcript.ts';

/** A file that is not a Transcribe output we can read; says where it goes wrong, never what was said. */
export class TranscriptError extends Error {
  override readonly name = 'TranscriptError';
}

/**
 * Reads what Transcribe wrote, of a Call Analytics or a standard job, into our one model. Fields that we do not know
 * are passed over.
 *
 * @param text the file
 * @throws {TranscriptError} where the text is not JSON, or a part has not the documented shape
 */
export function parseTranscript(text: string): Transcript {
  let output: unknown;
  try {
    output = parseJson(text);
  } catch (error) {
    throw new TranscriptError('the file is not JSON: it may be truncated', { cause: error });
  }
  const shape = z.looseObject({}).safeParse(output).data;
  if (shape && 'Transcript' in shape) return readCallAnalytics(checked(CallAnalyticsOutput, shape));
  if (shape && 'results' in shape) return readStandard(checked(StandardOutput, shape));
  throw new TranscriptError('the file has neither "Transcript" nor "results": it is no Transcribe output');
}

function checked<S extends z.ZodType>(schema: S, value: unknown): z.infer<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [first] = parsed.error.issues;
  throw new TranscriptError(`${first?.path.join('.')}: ${first?.message}`, { cause: parsed.error });
}
