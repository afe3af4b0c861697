import type { Recording } from '../calls/calls.ts';

/** Why a recording was not taken up. It stays in the bucket, is listed as rejected, and `message` says what to mend. */
export interface Rejection {
  readonly code:
    | 'unknown-source'
    | 'replaced'
    | 'missing-metadata'
    | 'invalid-metadata'
    | 'unreadable-audio'
    | 'unsupported-audio';
  readonly message: string;
}

/** A recording as the message that S3's event of it would be: receive-recording takes it up like any other. */
export const createdMessage = ({ bucket, key, versionId }: Recording) => ({
  detail: { bucket: { name: bucket }, object: { key, 'version-id': versionId } },
});
