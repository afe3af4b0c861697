import type { Call } from '../../calls/calls.ts';

/** The reason in a call's history that tells that Object Lock kept its recording when it was to be deleted. */
export const RECORDING_LOCKED = 'recording-locked';

/** Whether Object Lock kept the recording of a call when it was last to be deleted: the call is due when that ends. */
export const isRecordingLocked = ({ history }: Pick<Call, 'history'>): boolean =>
  history.at(-1)?.reason?.code === RECORDING_LOCKED;
