/** The error names that Transcribe declares for its operations, and those of its protocol. */
export type ErrorCode =
  | 'BadRequestException'
  | 'ConflictException'
  | 'InternalFailureException'
  | 'LimitExceededException'
  | 'NotFoundException'
  | 'SerializationException'
  | 'UnknownOperationException';

/** A refused request: answered to the caller under AWS's error name. */
export class RequestError extends Error {
  override readonly name = 'RequestError';
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** Why an accepted job ends as FAILED; the message becomes its `FailureReason`. */
export class JobFailure extends Error {
  override readonly name = 'JobFailure';
}
