import type { Tag } from '@aws-sdk/client-s3';

/** S3 takes at most so many characters as a tag's value. Source: Amazon S3 User Guide, "Categorizing your storage using tags". */
export const MAX_TAG_VALUE_LENGTH = 256;

/** Object tags, as S3 is asked to set them. */
export const tagSet = (tags: Readonly<Record<string, string>>): Tag[] =>
  Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
