import { CLIP_AUDIO_PREFIX, EXPORT_PREFIX } from '../../quality/quality.ts';
import { identifySource, kindOfObject, type SourceConfig } from '../../recordings/recordings.ts';
import {
  callIdOfJob,
  OUTPUT_PREFIX,
  REDACTED_AUDIO_PREFIX,
  TRANSCRIPT_PREFIX,
} from '../../transcription/transcription.ts';
import { declaresObjects } from '../expiry/kept.ts';

/** What objects' keys are read by. */
export interface CallOfObjectNeeds {
  readonly sources: readonly SourceConfig[];
  readonly jobNamePrefix: string;
}

/**
 * Tells whose an object is by its key: the id of its call; `recording`, where the version itself is what a call's id is made
 * of; `beside`, where it is declared to be of no call; undefined where nobody knows it.
 *
 * Only handlers may import this: the rooms that it asks import the facade of retention.
 */
export const callIdOfObject =
  ({ sources, jobNamePrefix }: CallOfObjectNeeds) =>
  (scope: 'recordings' | 'transcripts', key: string): string | 'beside' | 'recording' | undefined => {
    if (scope === 'recordings') {
      const source = identifySource(key, sources);
      return source && kindOfObject(key, source) !== 'audio' ? 'beside' : 'recording';
    }
    const name = key.slice(key.lastIndexOf('/') + 1);
    if (key.startsWith(TRANSCRIPT_PREFIX) || key.startsWith(REDACTED_AUDIO_PREFIX)) return name.split('.')[0];
    if (key.startsWith(OUTPUT_PREFIX)) {
      const job = name.startsWith('redacted-') ? name.slice('redacted-'.length) : name;
      return callIdOfJob(job, jobNamePrefix)?.split('.')[0];
    }
    if (key.startsWith(CLIP_AUDIO_PREFIX)) return key.slice(CLIP_AUDIO_PREFIX.length).split('/')[0];
    if (key.startsWith(EXPORT_PREFIX)) return 'beside';
    return declaresObjects([], scope, key) ? 'beside' : undefined;
  };
