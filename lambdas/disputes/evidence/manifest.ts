import * as z from 'zod';

/** What a manifest says of the format that its package has: what is written down in docs/evidence.md. */
export const EVIDENCE_FORMAT = 'verbatim-evidence/1';

/** The two files that no manifest lists: the manifest itself, and its signature. */
export const MANIFEST = 'manifest.json';
export const SIGNATURE = 'manifest.sig';
/** The key that the signature was made with, for whoever has not got it from the deployment. */
export const PUBLIC_KEY = 'public-key.pem';
/** The same hashes as the manifest's, as `sha256sum --check` reads them. */
export const SUMS = 'SHA256SUMS';

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** A file of a package. */
export const ManifestFile = z.strictObject({
  path: z.string(),
  bytes: z.number().int().nonnegative(),
  /** In hex. */
  sha256: Sha256,
  /** The version of an object of S3 that it is, byte for byte. */
  from: z.strictObject({ bucket: z.string(), key: z.string(), versionId: z.string() }).optional(),
});
export type ManifestFile = z.infer<typeof ManifestFile>;

/** A call of a package: where its files are, and the last entry of its custody chain that is among them. */
export const ManifestCall = z.strictObject({
  callId: z.string(),
  directory: z.string(),
  custodyHead: z.strictObject({ entries: z.number().int().positive(), hash: Sha256 }).optional(),
});
export type ManifestCall = z.infer<typeof ManifestCall>;

/** What one would look for in a package, and why it is not there. */
export const MissingFile = z.strictObject({ path: z.string(), because: z.string() });
export type MissingFile = z.infer<typeof MissingFile>;

/** What an evidence package holds: what its signature is over. */
export const Manifest = z.strictObject({
  format: z.literal(EVIDENCE_FORMAT),
  disputeId: z.string(),
  /** Which package of its dispute it is: 1, 2, 3 … */
  number: z.number().int().positive(),
  requestedAt: z.iso.datetime(),
  /** Who asked for it, as custody tells them, and why. */
  requestedBy: z.strictObject({ by: z.string(), person: z.string().optional(), byName: z.string().optional() }),
  reason: z.string(),
  builtAt: z.iso.datetime(),
  /** The stack that built it. */
  builtBy: z.string(),
  /** Whether it holds what was not redacted, too. */
  originals: z.boolean(),
  /** SHA-256, in hex, of the public key in DER (SubjectPublicKeyInfo) that belongs to the signature. */
  keyFingerprint: Sha256,
  calls: z.array(ManifestCall),
  files: z.array(ManifestFile),
  missing: z.array(MissingFile),
});
export type Manifest = z.infer<typeof Manifest>;

/** A manifest as it is written: what is signed are these bytes. */
export const manifestText = (manifest: Manifest): string => `${JSON.stringify(manifest, null, 2)}\n`;

/** The lines of `SHA256SUMS` for files. Paths in packages have neither a backslash nor a line's end. */
export const sumsText = (files: readonly Pick<ManifestFile, 'path' | 'sha256'>[]): string =>
  files.map(({ path, sha256 }) => `${sha256}  ${path}\n`).join('');
