import { createHash } from 'node:crypto';
import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { parseJson } from '../../platform/json.ts';
import { Rulebook } from '../rulebook/rulebook.ts';

/** The keys of the transcripts bucket below which the rulebooks of retags are. There is nothing of a customer in them. */
export const RULEBOOK_PREFIX = 'rulebooks/';

/**
 * The SHA-256 of a rulebook, in hex: the same for the same rules, in whichever order their fields are written, and whatever
 * their examples are.
 */
export const rulebookSha256 = ({ rules, ...rulebook }: Rulebook): string =>
  createHash('sha256')
    .update(JSON.stringify(inOrder({ ...rulebook, rules: rules.map(({ examples: _, ...rule }) => rule) })))
    .digest('hex');

/** `value` with the fields of its objects in alphabetical order. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).filter(([, content]) => content !== undefined);
  return Object.fromEntries(
    fields.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([name, content]) => [name, inOrder(content)]),
  );
}

/** Rulebooks in S3, each under its SHA-256. */
export function rulebookStore(s3: S3Client, bucket: string) {
  const keyOf = (sha256: string) => `${RULEBOOK_PREFIX}${sha256}.json`;
  return {
    /** Stores a rulebook; the same one may be stored again. */
    async put(rulebook: Rulebook): Promise<void> {
      await s3.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: keyOf(rulebookSha256(rulebook)),
          Body: JSON.stringify(rulebook),
          ContentType: 'application/json',
        }),
      );
    },

    /** The rulebook with that SHA-256. */
    async get(sha256: string): Promise<Rulebook> {
      const object = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: keyOf(sha256) }));
      return Rulebook.parse(parseJson((await object.Body?.transformToString('utf8')) ?? ''));
    },
  };
}
export type RulebookStore = ReturnType<typeof rulebookStore>;
