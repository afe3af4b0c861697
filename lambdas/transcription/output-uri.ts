import type { S3Location } from '../calls/calls.ts';

/**
 * Reads the place of a job's output from the URI that Transcribe tells: `https://s3.REGION.amazonaws.com/BUCKET/KEY`,
 * `https://BUCKET.s3.REGION.amazonaws.com/KEY` or `s3://BUCKET/KEY`. A key that holds "%" in an https URI is decoded.
 *
 * @throws {TypeError} where `uri` is no URI of an S3 object
 */
export function s3LocationOf(uri: string): S3Location {
  const plain = /^s3:\/\/([^/]+)\/(.+)$/.exec(uri);
  if (plain?.[1] && plain[2]) return { bucket: plain[1], key: plain[2] };
  const { hostname, pathname } = new URL(uri);
  const hosted = /^(.+)\.s3[.-]/.exec(hostname)?.[1];
  const [bucket, key] = hosted
    ? [hosted, pathname.slice(1)]
    : (/^\/([^/]+)\/(.+)$/.exec(pathname)?.slice(1) ?? [undefined, undefined]);
  if (!bucket || !key) throw new TypeError('the URI of the output names no S3 object');
  try {
    return { bucket, key: decodeURIComponent(key) };
  } catch (cause) {
    throw new TypeError('the URI of the output is not well encoded', { cause });
  }
}
