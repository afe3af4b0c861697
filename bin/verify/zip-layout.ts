import type { Entry } from 'yauzl';

/** What a ZIP's directory tells of a file, as far as the layout goes by it. */
export type ZipEntry = Pick<Entry, 'fileName' | 'crc32' | 'uncompressedSize' | 'relativeOffsetOfLocalHeader'>;

/** Sizes and offsets beyond it need ZIP64. */
const MAX_32 = 0xffff_fffe;
const ZIP64_MARK = 0xffff_ffff;
const MAX_ENTRIES = 0xffff;
/** Names in UTF-8; hash and sizes behind the content. */
const FLAGS = 0x0808;
/** Midnight of 1980-01-01: no file of a package has a time of its own. */
const DOS_DATE = 0x0021;
/** A regular file that everybody may read, in the notation of Unix. */
const ATTRIBUTES = (0o100_644 << 16) >>> 0;

/** Little-endian numbers of 2, 4 and 8 bytes, in a row. */
function packed(...numbers: readonly (readonly [bytes: 2 | 4 | 8, value: number])[]): Buffer {
  const buffer = Buffer.alloc(numbers.reduce((sum, [bytes]) => sum + bytes, 0));
  let at = 0;
  for (const [bytes, value] of numbers) {
    if (bytes === 8) buffer.writeBigUInt64LE(BigInt(value), at);
    else buffer.writeUIntLE(value, at, bytes);
    at += bytes;
  }
  return buffer;
}

const isLarge = ({ uncompressedSize, relativeOffsetOfLocalHeader }: ZipEntry): boolean =>
  uncompressedSize > MAX_32 || relativeOffsetOfLocalHeader > MAX_32;

/** What stands before the content of a file of a package. */
export function headerOf({ fileName }: Pick<ZipEntry, 'fileName'>): Buffer {
  const name = Buffer.from(fileName);
  const fields = packed([4, 0x0403_4b50], [2, 20], [2, FLAGS], [2, 0], [2, 0], [2, DOS_DATE], [4, 0], [4, 0], [4, 0]);
  return Buffer.concat([fields, packed([2, name.length], [2, 0]), name]);
}

/** What stands behind the content of a file of a package. */
export function descriptorOf(entry: ZipEntry): Buffer {
  const { crc32, uncompressedSize: size } = entry;
  const bytes = isLarge(entry) ? 8 : 4;
  return packed([4, 0x0807_4b50], [4, crc32], [bytes, size], [bytes, size]);
}

function recordOf(entry: ZipEntry): Buffer {
  const { crc32, uncompressedSize: size, relativeOffsetOfLocalHeader: offset } = entry;
  const name = Buffer.from(entry.fileName);
  const large = isLarge(entry);
  const extra = large ? packed([2, 1], [2, 24], [8, size], [8, size], [8, offset]) : Buffer.alloc(0);
  const or64 = (value: number) => (large ? ZIP64_MARK : value);
  return Buffer.concat([
    packed([4, 0x0201_4b50], [2, (3 << 8) | 63], [2, large ? 45 : 20], [2, FLAGS], [2, 0], [2, 0], [2, DOS_DATE]),
    packed([4, crc32], [4, or64(size)], [4, or64(size)], [2, name.length], [2, extra.length], [2, 0], [2, 0], [2, 0]),
    packed([4, ATTRIBUTES], [4, or64(offset)]),
    name,
    extra,
  ]);
}

/** The directory of a package, with the name of the file that each part of it is about, and what ends it. */
export function directoryOf(
  entries: readonly ZipEntry[],
  offset: number,
): { readonly bytes: Buffer; readonly about: string }[] {
  const records = entries.map((entry) => ({ bytes: recordOf(entry), about: entry.fileName }));
  const size = records.reduce((sum, { bytes }) => sum + bytes.length, 0);
  const count = entries.length;
  const large = count >= MAX_ENTRIES || size > MAX_32 || offset > MAX_32;
  const end64 = large
    ? [
        packed(
          [4, 0x0606_4b50],
          [8, 44],
          [2, (3 << 8) | 63],
          [2, 45],
          [4, 0],
          [4, 0],
          [8, count],
          [8, count],
          [8, size],
        ),
        packed([8, offset], [4, 0x0706_4b50], [4, 0], [8, offset + size], [4, 1]),
      ]
    : [];
  const end = packed(
    ...([
      [4, 0x0605_4b50],
      [2, 0],
      [2, 0],
      [2, Math.min(count, MAX_ENTRIES)],
      [2, Math.min(count, MAX_ENTRIES)],
      [4, size > MAX_32 ? ZIP64_MARK : size],
      [4, offset > MAX_32 ? ZIP64_MARK : offset],
      [2, 0],
    ] as const),
  );
  return [...records, { bytes: Buffer.concat([...end64, end]), about: 'the end of the directory' }];
}
