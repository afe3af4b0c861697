import { isUtf8 } from 'node:buffer';

/** What is uploaded in place of recordings, by the bytes that it begins with, in hexadecimal. */
const binaryKinds: readonly (readonly [RegExp, string])[] = [
  // Bit 0 of the first file's flags says that it is encrypted. https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
  [/^504b0304.{4}.[13579bdf]/, 'an encrypted archive (zip)'],
  [/^504b0(304|506)/, 'a zip archive'],
  [/^377abcaf271c/, 'a 7z archive'],
  // The first block is the one that tells how the others are encrypted. https://www.rarlab.com/technote.htm
  [/^526172211a070100.{8}(..|[89a-f].{3})04/, 'an encrypted archive (RAR)'],
  [/^526172211a07/, 'a RAR archive'],
  [/^1f8b/, 'a gzip archive'],
  [/^425a683[1-9]/, 'a bzip2 archive'],
  [/^fd377a585a00/, 'an xz archive'],
  [/^28b52ffd/, 'a zstd archive'],
  [/^.{514}7573746172/, 'a tar archive'],
  // A session key encrypted for a key (version 3 or 6), or by a passphrase (4 to 6). https://www.rfc-editor.org/rfc/rfc9580
  [/^(84..|85.{4}|c1[0-9ab].|c1[cd]...)0[36]/, 'a file encrypted with PGP'],
  [/^(8c..|8d.{4}|c3[0-9ab].)0[456]/, 'a file encrypted with PGP'],
  [/^53616c7465645f5f/, 'a file encrypted with OpenSSL'],
  [/^6167652d656e6372797074696f6e2e6f7267/, 'a file encrypted with age'],
  [/^4145530[123]/, 'a file encrypted with AES Crypt'],
  [/^25504446/, 'a PDF document'],
  [/^(89504e47|ffd8ff|47494638)/, 'an image'],
];

const textKinds: readonly (readonly [RegExp, string])[] = [
  [/^-----BEGIN PGP MESSAGE-----/, 'a message encrypted with PGP'],
  [/^\s*[{[]/, 'JSON'],
  [/^\s*<(!doctype html|html)/i, 'an HTML page'],
  [/^\s*<[?!a-z]/i, 'XML'],
  [/^/, 'text'],
];

const HEAD_BYTES = 512;

/** What an object seems to be that begins with `head` and is not audio, with its article; undefined if not known. */
export function looksLike(head: Buffer): string | undefined {
  const start = head.subarray(0, HEAD_BYTES);
  const hex = start.toString('hex');
  const binary = binaryKinds.find(([pattern]) => pattern.test(hex))?.[1];
  if (binary) return binary;
  return isText(start) ? textKinds.find(([pattern]) => pattern.test(start.toString().trimStart()))?.[1] : undefined;
}

/** A character that the end of `start` cuts is text too; control characters, apart from white space, are not. */
function isText(start: Buffer): boolean {
  const whole = [0, 1, 2, 3].some((cut) => start.length > cut + 1 && isUtf8(start.subarray(0, start.length - cut)));
  return whole && !start.some((byte) => byte < 0x20 && !'\t\n\f\r'.includes(String.fromCharCode(byte)));
}
