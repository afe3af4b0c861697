import { callSubject } from '../../calls/calls.ts';
import { clipPart } from '../quality-table.ts';

/** The keys of the transcripts bucket below which the sound of clips is, by their calls: it goes with them. */
export const CLIP_AUDIO_PREFIX = 'clips/calls/';

/** The keys of the transcripts bucket below which exports are: nothing in a key tells a call. */
export const EXPORT_PREFIX = 'clips/exports/';

/** What the keys of the sound of a call's clips begin with. */
export const clipAudioOf = (callId: string): string => `${CLIP_AUDIO_PREFIX}${callId}/`;

/**
 * The key of the sound of a clip: another range is another object, and so is the same range in a later version, as whoever changes the
 * clip removes the sound that it had.
 */
export const clipAudioKey = (
  { callId, clipId, version }: { readonly callId: string; readonly clipId: string; readonly version: number },
  { startMs, endMs }: { readonly startMs: number; readonly endMs: number },
): string => `${clipAudioOf(callId)}${clipId}-${version}-${startMs}-${endMs}.wav`;

/** The key of the sound of an export. */
export const exportAudioKey = (exportId: string): string => `${EXPORT_PREFIX}${exportId}.wav`;

/** The key of the text of an export. */
export const exportTextKey = (exportId: string): string => `${EXPORT_PREFIX}${exportId}.json`;

/** The keys of an export's objects. */
export const exportObjectKeys = (exportId: string): string[] => [exportAudioKey(exportId), exportTextKey(exportId)];

/** The key of a clip's own item. */
export const clipKey = (callId: string, clipId: string) => ({ ...callSubject(callId), part: clipPart(clipId) });

/** The sort key, below its clip, of what lists it on a shelf of the library. */
export const shelfPart = (clipId: string, shelf: string): string => `${clipPart(clipId)}#on#${shelf}`;

/** The sort key, below its clip, of what tells that it was exported; without an export, what they all begin with. */
export const exportLinkPart = (clipId: string, exportId = ''): string => `${clipPart(clipId)}#export#${exportId}`;

/** The key of an export's own item. */
export const exportKey = (exportId: string) => ({ subject: `export#${exportId}`, part: 'export' });

/** The key of what lists an export. */
export const exportListKey = ({
  exportId,
  exportedAt,
}: {
  readonly exportId: string;
  readonly exportedAt: string;
}) => ({
  subject: 'exports',
  part: `${exportedAt}#${exportId}`,
});
