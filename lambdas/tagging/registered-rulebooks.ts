import type { S3Client } from '@aws-sdk/client-s3';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { isAwsError } from '../platform/errors.ts';
import { logger } from '../platform/logger.ts';
import { rulebookSha256, rulebookStore } from './retag/retag-rulebooks.ts';
import { retagStore } from './retag/retag-store.ts';
import type { Rulebook } from './rulebook/rulebook.ts';

/** Where rulebooks are registered. */
export interface RegisteredRulebooksNeeds {
  readonly dynamodb: DynamoDBDocumentClient;
  readonly tableName: string;
  readonly s3: S3Client;
  readonly transcriptsBucket: string;
}

/**
 * The rulebooks by which calls were tagged, by their versions: moments tell the version alone, and the deployed rulebook is
 * another one some day.
 */
export function registeredRulebooks({ dynamodb, tableName, s3, transcriptsBucket }: RegisteredRulebooksNeeds) {
  const rulebooks = rulebookStore(s3, transcriptsBucket);
  const versions = retagStore(dynamodb, tableName);
  return {
    /** Stores a rulebook, and notes that its version is this one; again does no harm. */
    async register(rulebook: Rulebook): Promise<void> {
      const sha256 = rulebookSha256(rulebook);
      await rulebooks.put(rulebook);
      const noted = await versions.noteRulebook(rulebook.version, sha256);
      if (noted !== sha256)
        logger.warn('the version of the rulebook is that of another one: change it whenever rules change', {
          ...{ rulebookVersion: rulebook.version, sha256, noted },
        });
    },

    /** The rulebook of a version, as JSON; undefined where none was registered, or it is not kept any more. */
    async textOf(version: string): Promise<string | undefined> {
      const sha256 = await versions.notedRulebook(version);
      if (sha256 === undefined) return undefined;
      try {
        return `${JSON.stringify(await rulebooks.get(sha256), null, 2)}\n`;
      } catch (error) {
        if (isAwsError(error, 'NoSuchKey')) return undefined;
        throw error;
      }
    },
  };
}

/** Registers the rulebook of a function's config with its first call; what failed is tried again with the next. */
export function registeringOnce(register: () => Promise<void>): () => Promise<void> {
  let registered: Promise<void> | undefined;
  return () => {
    registered ??= register().catch((error: unknown) => {
      registered = undefined;
      throw error;
    });
    return registered;
  };
}
