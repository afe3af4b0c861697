/** S3 takes at most 256 characters as the value of an object tag. Source: Amazon S3 User Guide, "Categorizing your storage using tags". */
const MAX_VALUE_LENGTH = 256;

/** A call's tags as the value of one object tag: separated by spaces, as many whole ones as fit. */
export function tagsValue(tags: readonly string[]): string {
  let value = '';
  for (const tag of tags) {
    const longer = value === '' ? tag : `${value} ${tag}`;
    if (longer.length > MAX_VALUE_LENGTH) break;
    value = longer;
  }
  return value;
}
