/** What an answer that was not the one asked for tells, as RFC 9457 has it. */
export interface ToldProblem {
  /** The name of the status, such as `Conflict`. */
  readonly title?: string | undefined;
  /** Which field or thing is at fault, and the fix. */
  readonly detail?: string | undefined;
}

/** An answer other than the one that was asked for: its status, and what the deployment said of it. */
export class VerbatimClientError extends Error {
  override readonly name = 'VerbatimClientError';
  readonly status: number;
  readonly title: string | undefined;
  readonly detail: string | undefined;

  constructor(status: number, message: string, { title, detail }: ToldProblem = {}) {
    super(message);
    this.status = status;
    this.title = title;
    this.detail = detail;
  }
}

/** The error of an answer to what was asked, such as `GET /calls`. */
export function errorOf(asked: string, status: number, text: string): VerbatimClientError {
  const told = problemOf(text);
  const message = `${asked}: ${status} ${told.detail ?? told.title ?? ''}`;
  return new VerbatimClientError(status, message.trim(), told);
}

/** A problem of Verbatim's, or what AWS answers in its place: `{ Message }` without a valid signature, `{ message }` when throttled. */
function problemOf(text: string): ToldProblem {
  const told = jsonOf(text);
  if (typeof told !== 'object' || told === null) return {};
  const field = (name: string): string | undefined => {
    const value: unknown = Reflect.get(told, name);
    return typeof value === 'string' ? value : undefined;
  };
  return { title: field('title'), detail: field('detail') ?? field('message') ?? field('Message') };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
