import { createHash, createPublicKey } from 'node:crypto';
import { GetPublicKeyCommand, type KMSClient, SignCommand } from '@aws-sdk/client-kms';

/** A public key, as PEM, and the SHA-256 in hex of its DER (SubjectPublicKeyInfo), by which people compare it. */
export interface PublicKey {
  readonly pem: string;
  readonly fingerprint: string;
}

/**
 * The fingerprint of a public key: SHA-256, in hex, of its DER (SubjectPublicKeyInfo).
 *
 * @throws Error where `pem` is no public key
 */
export const fingerprintOf = (pem: string): string =>
  createHash('sha256')
    .update(createPublicKey(pem).export({ type: 'spki', format: 'der' }))
    .digest('hex');

/** The key in KMS that packages are signed with: its private half never leaves KMS. */
export function evidenceSigner(kms: KMSClient, keyId: string) {
  let known: Promise<PublicKey> | undefined;
  const ask = async (): Promise<PublicKey> => {
    const { PublicKey: der = new Uint8Array() } = await kms.send(new GetPublicKeyCommand({ KeyId: keyId }));
    const key = createPublicKey({ key: Buffer.from(der), format: 'der', type: 'spki' });
    const pem = String(key.export({ type: 'spki', format: 'pem' }));
    return { pem, fingerprint: fingerprintOf(pem) };
  };
  return {
    /** The public half. */
    publicKey(): Promise<PublicKey> {
      known ??= ask();
      known.catch(() => {
        known = undefined;
      });
      return known;
    },

    /** The signature of a message: ECDSA with SHA-256 on P-256, in DER. */
    async sign(message: Buffer): Promise<Buffer> {
      const { Signature = new Uint8Array() } = await kms.send(
        new SignCommand({
          KeyId: keyId,
          // KMS takes messages of 4 KB at the most, and digests of any.
          Message: createHash('sha256').update(message).digest(),
          MessageType: 'DIGEST',
          SigningAlgorithm: 'ECDSA_SHA_256',
        }),
      );
      return Buffer.from(Signature);
    },
  };
}
export type EvidenceSigner = ReturnType<typeof evidenceSigner>;
