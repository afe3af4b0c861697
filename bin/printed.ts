/** Prints what was found: whole, as JSON, or as the text of it that is read by people. */
export const printed = (json: boolean | undefined, found: unknown, text: () => string): void =>
  console.log(json ? JSON.stringify(found, null, 2) : text());
