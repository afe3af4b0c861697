import * as z from 'zod';

/** The formats of audio that Transcribe takes, by its own names. */
export const MediaFormat = z.enum(['wav', 'mp3', 'mp4', 'm4a', 'flac', 'ogg', 'webm', 'amr']);
export type MediaFormat = z.infer<typeof MediaFormat>;

/** What the bytes of a recording say of its audio. */
export const Audio = z.object({
  format: MediaFormat,
  channels: z.number().int().positive(),
  sampleRateHz: z.number().int().positive(),
});
export type Audio = z.infer<typeof Audio>;
