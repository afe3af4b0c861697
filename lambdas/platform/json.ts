/**
 * Parses JSON. Its error does not quote the text, as that of JSON.parse does: what customers said must not reach a log.
 *
 * @throws {SyntaxError} where `text` is not JSON
 */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new SyntaxError('the text is not JSON: it may be cut off');
  }
}
