/** The error names that Transcribe and Comprehend declare for their operations, and those of their protocol. */
export type ErrorCode =
  | 'BadRequestException'
  | 'BatchSizeLimitExceededException'
  | 'ConflictException'
  | 'InternalFailureException'
  | 'InvalidRequestException'
  | 'LimitExceededException'
  | 'NotFoundException'
  | 'SerializationException'
  | 'UnknownOperationException'
  | 'UnsupportedLanguageException';

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
