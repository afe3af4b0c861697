import type { Audio, CallMetadata } from '../calls/calls.ts';
import { type AudioHeader, inspectAudio } from './audio.ts';
import { type MetadataEvidence, readMetadata } from './metadata.ts';
import type { Rejection } from './recording.ts';
import { prefixOf, type SourceConfig } from './sources.ts';

/** What is known of a recording before it is decided whether to take it up. */
export interface Evidence extends MetadataEvidence {
  readonly sizeBytes: number;
  readonly header: AudioHeader | undefined;
}

/** What a recording tells of its call. */
export type Facts = CallMetadata & {
  readonly audio?: Audio;
  readonly durationMs?: number;
  readonly language?: string;
};

/** A recording is taken up with all its facts, or rejected with those that could be read. */
export type Examination =
  | { readonly accepted: true; readonly source: SourceConfig; readonly facts: Facts & { readonly audio: Audio } }
  | { readonly accepted: false; readonly facts: Facts; readonly rejection: Rejection };

/**
 * Decides whether a recording can be taken up, from its source, its metadata and its audio. The first thing at fault is
 * told; what could be read is kept.
 *
 * @param now the present time, ISO 8601
 */
export function examineRecording(
  evidence: Evidence,
  source: SourceConfig | undefined,
  sources: readonly SourceConfig[],
  now: string,
): Examination {
  if (!source) {
    const prefixes = sources.map((one) => `"${prefixOf(one)}"`).join(', ');
    const message = `no source uploads to this key: the prefixes of the sources are ${prefixes}`;
    return { accepted: false, facts: {}, rejection: { code: 'unknown-source', message } };
  }
  const metadata = readMetadata(evidence, source, now);
  const audio = inspectAudio(evidence.header, evidence.sizeBytes, source);
  const facts: Facts = {
    ...('code' in metadata ? {} : metadata),
    ...('code' in audio ? {} : audio),
    language: source.language,
  };
  if ('code' in metadata) return { accepted: false, facts, rejection: metadata };
  if ('code' in audio) return { accepted: false, facts, rejection: audio };
  return { accepted: true, source, facts: { ...facts, audio: audio.audio } };
}
