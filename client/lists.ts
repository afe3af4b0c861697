/** One page of a list; `nextCursor` is there where more may follow. */
export interface Page<T> {
  readonly items: T[];
  readonly nextCursor?: string;
}

/**
 * A list, which is asked for page after page while it is iterated over: by item, or by page for whoever keeps the cursor.
 *
 * @example
 * for await (const call of verbatim.calls({ agentId: 'agent-lee' })) console.log(call.callId);
 * for await (const { items, nextCursor } of verbatim.calls({ agentId: 'agent-lee' }).pages()) await keep(items, nextCursor);
 */
export interface List<T, P extends Page<T> = Page<T>> extends AsyncIterable<T> {
  /** The pages, from the cursor on that the list was asked with. */
  pages(): AsyncIterableIterator<P>;
}

/** The list that is asked for with `asked`, of which `pageOf` asks for one page. */
export function listOf<Asked extends { readonly cursor?: string | undefined }, T, P extends Page<T>>(
  asked: Asked,
  pageOf: (asked: Asked) => Promise<P & Page<T>>,
): List<T, P> {
  async function* pages(): AsyncGenerator<P & Page<T>> {
    let { cursor } = asked;
    do {
      const page = await pageOf({ ...asked, cursor });
      yield page;
      cursor = page.nextCursor;
    } while (cursor !== undefined);
  }
  async function* items(): AsyncGenerator<T> {
    for await (const page of pages()) yield* page.items;
  }
  return { pages, [Symbol.asyncIterator]: items };
}
