import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** Makes texts that others carry unreadable to them, and tells whether they carried them unchanged. */
export interface Seal {
  /** The text sealed, fit for a URL. */
  seal(text: string): Promise<string>;
  /** The text that was sealed; undefined where `sealed` is nothing that this seal made. */
  open(sealed: string): Promise<string | undefined>;
}

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * A seal of AES-256-GCM.
 *
 * @param keyOf gives the key, of 32 bytes; it is asked once, and again after it failed
 */
export function sealBy(keyOf: () => Promise<Uint8Array>): Seal {
  let asked: Promise<Uint8Array> | undefined;
  const key = (): Promise<Uint8Array> => {
    asked ??= keyOf().catch((error: unknown) => {
      asked = undefined;
      throw error;
    });
    return asked;
  };
  return {
    async seal(text) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(CIPHER, await key(), nonce, { authTagLength: TAG_BYTES });
      const sealed = Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
      return sealed.toString('base64url');
    },
    async open(sealed) {
      const bytes = Buffer.from(sealed, 'base64url');
      // Base64url that is written otherwise is not what was given, though it may mean the same.
      if (bytes.length < NONCE_BYTES + TAG_BYTES || bytes.toString('base64url') !== sealed) return undefined;
      const nonce = bytes.subarray(0, NONCE_BYTES);
      const decipher = createDecipheriv(CIPHER, await key(), nonce, { authTagLength: TAG_BYTES });
      decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
      try {
        return decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
      } catch {
        return undefined;
      }
    },
  };
}
