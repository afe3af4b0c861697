interface Made {
  readonly encoding?: number;
  readonly channels?: number;
  readonly sampleRateHz?: number;
  readonly bits?: number;
  readonly samples: Buffer;
  /** What is written between the format and the samples. */
  readonly between?: Buffer;
  readonly statedBytes?: number;
}

/** A WAV file, as recorders write it. */
export function wav({
  encoding = 1,
  channels = 1,
  sampleRateHz = 8000,
  bits = 16,
  samples,
  between = Buffer.alloc(0),
  statedBytes = samples.length,
}: Made): Buffer {
  const blockBytes = (channels * bits) / 8;
  const head = Buffer.alloc(44);
  head.write('RIFF', 0, 'latin1');
  head.writeUInt32LE(36 + between.length + samples.length, 4);
  head.write('WAVEfmt ', 8, 'latin1');
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(encoding, 20);
  head.writeUInt16LE(channels, 22);
  head.writeUInt32LE(sampleRateHz, 24);
  head.writeUInt32LE(sampleRateHz * blockBytes, 28);
  head.writeUInt16LE(blockBytes, 32);
  head.writeUInt16LE(bits, 34);
  head.write('data', 36, 'latin1');
  head.writeUInt32LE(statedBytes, 40);
  return Buffer.concat([head.subarray(0, 36), between, head.subarray(36), samples]);
}

/** Samples that tell their places. */
export const counting = (bytes: number): Buffer => Buffer.from(Array.from({ length: bytes }, (_, i) => i % 251));
