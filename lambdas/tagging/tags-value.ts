import { MAX_TAG_VALUE_LENGTH } from '../platform/object-tags.ts';

/** A call's tags as the value of one object tag: separated by spaces, as many whole ones as fit. */
export function tagsValue(tags: readonly string[]): string {
  let value = '';
  for (const tag of tags) {
    const longer = value === '' ? tag : `${value} ${tag}`;
    if (longer.length > MAX_TAG_VALUE_LENGTH) break;
    value = longer;
  }
  return value;
}
