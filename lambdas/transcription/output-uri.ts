/** Where an object is. */
export interface S3Location {
  readonly bucket: string;
  readonly key: string;
}

/**
 * Reads the place of a job's output from the URI that Transcribe tells: `https://s3.REGION.amazonaws.com/BUCKET/KEY`,
 * `https://BUCKET.s3.REGION.amazonaws.com/KEY` or `s3://BUCKET/KEY`. A key that holds "%" in an https URI is decoded.
 *
 * @throws {TypeError} where `uri` is no URI of an S3 object
 */
export function s3LocationOf(uri: string): S3Location {
  const plain = /^s3:\/\/([^/]+)\/(.+)$/.exec(uri);
  if (plain?.[1] && plain[2]) return { bucket: plain[1], key: plain[2] };
  const url = new URL(uri);
  const path = decodeURIComponent(url.pathname.slice(1));
  const hosted = /^(.+)\.s3[.-]/.exec(url.hostname)?.[1];
  if (hosted) return { bucket: hosted, key: path };
  const slash = path.indexOf('/');
  if (slash <= 0 || slash === path.length - 1) throw new TypeError('the URI of the output names no S3 object');
  return { bucket: path.slice(0, slash), key: path.slice(slash + 1) };
}
