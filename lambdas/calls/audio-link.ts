import { GetObjectCommand, HeadObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import * as z from 'zod';
import { type Clock, iso } from '../platform/clock.ts';
import { unlessGone, VerbatimError } from '../platform/errors.ts';
import type { MediaFormat } from './audio.ts';
import type { Call } from './call.ts';

/** A link by which the sound of a call is heard, for a few minutes, by whoever has it. */
export const AudioLink = z.object({
  /** A presigned GET of one version of one object, which takes ranges; a media fragment says where to begin. */
  url: z.url(),
  /** When it ends at the latest: earlier where the credentials end that signed it. */
  expiresAt: z.iso.datetime(),
  /** Where to begin, in milliseconds in the recording. */
  startMs: z.number().int().nonnegative(),
  /** Whether what is redacted in the transcript cannot be heard, or everything can. */
  audio: z.enum(['redacted', 'original']),
  contentType: z.string(),
  /** How long the recording is, where its audio tells. */
  durationMs: z.number().int().nonnegative().optional(),
  /** The version of the object. */
  versionId: z.string(),
});
export type AudioLink = z.infer<typeof AudioLink>;

/** What a link is made of: a call, as far as its audio goes. */
export type HeardCall = Pick<Call, 'callId' | 'recording' | 'state' | 'audio' | 'durationMs' | 'job'>;

/** A link is good for so long: for a player to ask for the begin, and to be asked for again by an app. */
const LINK_SECONDS = 300;

/** What browsers play each format as. */
const contentTypes: Record<MediaFormat, string> = {
  ...{ wav: 'audio/wav', mp3: 'audio/mpeg', mp4: 'audio/mp4', m4a: 'audio/mp4' },
  ...{ flac: 'audio/flac', ogg: 'audio/ogg', webm: 'audio/webm', amr: 'audio/amr' },
};

const whyMissing = {
  'format-not-decoded': 'its format cannot be redacted',
  'audio-damaged': 'its recording is damaged, and cannot be redacted for sure',
};

/**
 * Which audio of a call may be heard by whoever looks calls up: the redacted one; the original where its job redacted nothing, as there
 * was nothing to redact, or its source has redaction off. Undefined where there is none, or none yet. Only a job tells for sure
 * whether its source is redacted.
 */
export function heardAudio(job: Call['job']): AudioLink['audio'] | undefined {
  if (!job?.outputs) return undefined;
  if (job.outputs.redactedAudio) return 'redacted';
  return !job.redaction || job.redactedAudioMissing === 'nothing-redacted' ? 'original' : undefined;
}

/**
 * Which audio of a call may be handed out to whoever looks calls up. @see heardAudio
 *
 * @throws {VerbatimError} not-found, telling why there is none
 */
export function audioForAll({ callId, state, job }: HeardCall): AudioLink['audio'] {
  const none = (why: string) => new VerbatimError('not-found', `the call ${callId} has no audio to be heard: ${why}`);
  const audio = heardAudio(job);
  if (audio) return audio;
  if (!job?.outputs) throw none(`it is ${state}, and was not transcribed`);
  const missing = job.redactedAudioMissing;
  if (missing && missing !== 'nothing-redacted') throw none(whyMissing[missing]);
  throw none('its redacted audio is not made yet');
}

/** A presigned GET of one version of a sound, which browsers play at once, and when it ends at the latest. */
export async function presignedAudio(
  s3: S3Client,
  object: { readonly Bucket: string; readonly Key: string; readonly VersionId?: string | undefined },
  ResponseContentType: string,
  clock: Clock,
): Promise<{ url: string; expiresAt: string }> {
  const get = new GetObjectCommand({ ...object, ResponseContentType, ResponseContentDisposition: 'inline' });
  const signingDate = clock();
  const url = await getSignedUrl(s3, get, { expiresIn: LINK_SECONDS, signingDate });
  return { url, expiresAt: iso(new Date(signingDate.getTime() + LINK_SECONDS * 1000)) };
}

/**
 * Makes links by which the sound of calls is heard. Who hands one out notes that first.
 *
 * What it may do: GetObject and GetObjectVersion of recordings and of redacted audio, and decrypt them.
 */
export function audioLinks(s3: S3Client, clock: Clock) {
  async function link(call: HeardCall, audio: AudioLink['audio'], startMs = 0): Promise<AudioLink> {
    const { callId, recording, durationMs } = call;
    if (durationMs !== undefined && startMs > durationMs)
      throw new VerbatimError('bad-request', `startMs: the call ${callId} is ${durationMs} ms long`);
    const found = audio === 'redacted' ? call.job?.outputs?.redactedAudio : recording;
    if (!found) throw new VerbatimError('not-found', `the call ${callId} has no redacted audio`);
    const at = { Bucket: found.bucket, Key: found.key };
    const asked = new HeadObjectCommand({ ...at, ...(audio === 'original' && { VersionId: recording.versionId }) });
    const head = await unlessGone(s3.send(asked));
    const versionId = audio === 'original' ? recording.versionId : head?.VersionId;
    if (!head || versionId === undefined)
      throw new VerbatimError('not-found', `the ${audio} audio of the call ${callId} is not kept any more`);
    // Both Transcribe and we write redacted audio as WAV.
    const contentType = audio === 'redacted' ? contentTypes.wav : call.audio && contentTypes[call.audio.format];
    const type = contentType ?? head.ContentType ?? 'application/octet-stream';
    const { url, expiresAt } = await presignedAudio(s3, { ...at, VersionId: versionId }, type, clock);
    return {
      url: startMs === 0 ? url : `${url}#t=${startMs / 1000}`,
      expiresAt,
      ...{ startMs, audio, contentType: type, versionId },
      ...(durationMs !== undefined && { durationMs }),
    };
  }

  return {
    /**
     * A link for whoever looks calls up. @see audioForAll
     *
     * @param startMs where to begin
     * @throws {VerbatimError} not-found, telling why there is none; bad-request, where `startMs` is behind the end
     */
    forAll: async (call: HeardCall, startMs?: number): Promise<AudioLink> => link(call, audioForAll(call), startMs),

    /**
     * A link to the redacted audio of a call.
     *
     * @throws {VerbatimError} not-found, where it has none or it is gone; bad-request, where `startMs` is behind the end
     */
    redacted: (call: HeardCall, startMs?: number): Promise<AudioLink> => link(call, 'redacted', startMs),

    /**
     * A link to the recording itself, in which everything is heard: for disputes.
     *
     * @throws {VerbatimError} not-found, where it is gone; bad-request, where `startMs` is behind the end
     */
    original: (call: HeardCall, startMs?: number): Promise<AudioLink> => link(call, 'original', startMs),
  };
}
export type AudioLinks = ReturnType<typeof audioLinks>;
