import { posix } from 'node:path';
import { fileTypeFromBuffer } from 'file-type';

/** As many bytes from a file's begin as tell its type. */
export const HEAD_BYTES = 4100;

/**
 * The audio that is uploaded, as Amazon Transcribe takes it, by extension and media type.
 * Source: Amazon Transcribe Developer Guide, "Data input and output", media formats.
 */
const contentTypes: Record<string, string> = {
  amr: 'audio/amr',
  flac: 'audio/flac',
  m4a: 'audio/mp4',
  mkv: 'video/x-matroska',
  mp3: 'audio/mpeg',
  mp4: 'audio/mp4',
  oga: 'audio/ogg',
  ogg: 'audio/ogg',
  opus: 'audio/ogg',
  wav: 'audio/wav',
  webm: 'audio/webm',
};

/**
 * Decides whether a file is a recording, by its first bytes; where these say nothing, by its extension, so that audio
 * with a strange begin is left to the examination that every upload undergoes.
 *
 * @param head the file's first {@link HEAD_BYTES}, or all of it
 * @returns its media type, or why it is none
 */
export async function audioType(path: string, head: Uint8Array): Promise<{ contentType: string } | { reason: string }> {
  const found = await fileTypeFromBuffer(head);
  const extension = posix.extname(path).slice(1).toLowerCase();
  const contentType = contentTypes[found?.ext ?? extension];
  if (contentType !== undefined) return { contentType };
  if (found === undefined) return { reason: `not audio: neither its bytes nor ".${extension}" are of a known format` };
  return { reason: `not audio that Transcribe takes: it is ${found.mime}` };
}
