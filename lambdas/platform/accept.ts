import { parseAccept } from 'hono/utils/accept';

/**
 * The media type of `offered` that an Accept header likes best; of several, the first. A range that says more counts
 * before one that says less: `text/vtt;q=0, text/*` takes no `text/vtt`. Without a header anything goes.
 * Source: RFC 9110, section 12.5.1.
 *
 * @returns undefined where the header admits none
 */
export function preferredType<T extends string>(accept: string | undefined, offered: readonly T[]): T | undefined {
  const ranges = parseAccept(accept?.trim() || '*/*').map(({ type, q }) => ({ type: type.toLowerCase(), q }));
  const qualityOf = (type: string): number => {
    const [essence = ''] = type.split(';');
    const widening = [essence, `${essence.split('/')[0]}/*`, '*/*'];
    return widening.map((range) => ranges.find((one) => one.type === range)?.q).find((q) => q !== undefined) ?? 0;
  };
  const [best] = offered
    .map((type) => ({ type, quality: qualityOf(type) }))
    .filter(({ quality }) => quality > 0)
    .toSorted((a, b) => b.quality - a.quality);
  return best?.type;
}
