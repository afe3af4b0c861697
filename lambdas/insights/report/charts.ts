import { type Html, html } from '../../platform/html.ts';

/** A value with its interval, as far as it has one. */
export interface Point {
  readonly mean: number;
  readonly low?: number | undefined;
  readonly high?: number | undefined;
  /** The value is this one at most: how much it is is not known. */
  readonly isAtMost?: boolean | undefined;
}

/** What a line of a chart shows: a value now, and before. */
export interface ChartLine {
  readonly label: string;
  readonly now: Point | undefined;
  readonly before?: Point | undefined;
}

/** How the axis of a chart goes. */
export interface Scale {
  /** What is written at its ticks behind the number, such as ` %`. */
  readonly unit: string;
  /** Where it begins at the latest: 0 where values are shares or amounts. @default with the values */
  readonly from?: number | undefined;
  /** Where it ends at the latest: no share is above 100. @default behind the values */
  readonly until?: number | undefined;
}

/** What is read of a chart instead of being seen. */
export interface ChartText {
  /** A name that no other chart of the page has: letters, digits and hyphens. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
}

const WIDTH = 720;
const LABEL_WIDTH = 220;
const RIGHT = 40;
const TOP = 10;
const AXIS_HEIGHT = 26;
const MAX_LABEL = 30;
const TEXT_HEIGHT = 15;

const numbers = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 2 });

/** A number as it is written in a report, with two decimals at most. */
export const numberText = (value: number): string => numbers.format(value).replace('-', '−');

const short = (label: string): string => {
  const characters = [...label];
  return characters.length <= MAX_LABEL ? label : `${characters.slice(0, MAX_LABEL - 1).join('')}…`;
};

/** A label in one line, or in two where there is room for them. */
function linesOf(label: string, most: 1 | 2): string[] {
  const space = label.lastIndexOf(' ', MAX_LABEL);
  if (most === 1 || label.length <= MAX_LABEL || space < 1) return [short(label)];
  return [label.slice(0, space), short(label.slice(space + 1))];
}

/** Coordinates need no more than a tenth of a pixel. */
const at = (coordinate: number): number => Math.round(coordinate * 10) / 10;

/** The ticks of an axis that holds all of `values`: some round numbers, from the first to the last of the axis. */
export function ticksOf(values: readonly number[], { from, until }: Omit<Scale, 'unit'> = {}, most = 6): number[] {
  const low = values.reduce((least, value) => Math.min(least, value), from ?? values[0] ?? 0);
  const high = values.reduce((greatest, value) => Math.max(greatest, value), values[0] ?? 1);
  const span = high - low || Math.max(Math.abs(high), 1);
  const rough = span / (most - 1);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= rough) ?? 10 * power;
  const first = Math.floor(low / step);
  const last = Math.max(first + 1, Math.ceil(high / step));
  const ticks = Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
  return until === undefined ? ticks : ticks.filter((tick) => tick <= Math.max(until, high));
}

/** Where the values of an axis are between two coordinates. */
function placing(ticks: readonly number[], values: readonly number[], start: number, end: number) {
  const [low, high] = [ticks[0] ?? 0, Math.max(ticks.at(-1) ?? 1, ...values)];
  return (value: number): number => at(start + ((value - low) / (high - low || 1)) * (end - start));
}

function svg(height: number, { id, title, description }: ChartText, content: Html): Html {
  return html`<svg viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-labelledby="${id}-title ${id}-desc">
<title id="${id}-title">${title}</title>
<desc id="${id}-desc">${description}</desc>
${content}</svg>`;
}

const valuesOf = (point: Point | undefined): number[] =>
  point ? [point.mean, point.low, point.high].filter((value) => value !== undefined) : [];

/** Above each other, where there are two in a line: neither hides the other. */
function pointMarkup(point: Point, y: number, x: (value: number) => number, kind: 'now' | 'before'): Html {
  const { mean, low, high, isAtMost } = point;
  const [cx, lowX, highX] = [x(mean), x(low ?? mean), x(high ?? mean)];
  const interval = html`<path class="${kind} interval" d="M${lowX} ${y}H${highX}M${lowX} ${at(y - 4)}v8M${highX} ${at(y - 4)}v8"/>`;
  const dot = isAtMost
    ? html`<path class="${kind} dot" d="M${at(cx - 6)} ${y}l8 -5v10z"/>`
    : html`<circle class="${kind} dot" cx="${cx}" cy="${y}" r="5"/>`;
  return html`${low === undefined || high === undefined ? undefined : interval}${dot}`;
}

/**
 * Values with their 95 % intervals, a line for each: a full dot is of now, a hollow one below it of before, and an arrow to the left is what
 * a value is at most.
 */
export function intervalChart(lines: readonly ChartLine[], scale: Scale, text: ChartText): Html {
  const isPaired = lines.some(({ before }) => before !== undefined);
  const lineHeight = isPaired ? 38 : 26;
  const values = lines.flatMap(({ now, before }) => [...valuesOf(now), ...valuesOf(before)]);
  const ticks = ticksOf(values, scale);
  const x = placing(ticks, values, LABEL_WIDTH, WIDTH - RIGHT);
  const bottom = TOP + lines.length * lineHeight;
  const middle = (i: number) => TOP + (i + 0.5) * lineHeight;
  const away = isPaired ? 7 : 0;
  return svg(
    bottom + AXIS_HEIGHT,
    text,
    html`${ticks.map(
      (tick) =>
        html`<path class="${tick === 0 ? 'zero' : 'grid'}" d="M${x(tick)} ${TOP}V${bottom}"/><text class="tick" x="${x(tick)}" y="${bottom + 17}">${numberText(tick)}${scale.unit}</text>
`,
    )}${lines.map(
      ({ label, now, before }, i) =>
        html`${labelMarkup(linesOf(label, isPaired ? 2 : 1), middle(i))}${
          now && pointMarkup(now, at(middle(i) - away), x, 'now')
        }${before && pointMarkup(before, at(middle(i) + away), x, 'before')}
`,
    )}`,
  );
}

/** The lines of a label, around a height. */
const labelMarkup = (texts: readonly string[], y: number): Html =>
  html`${texts.map(
    (text, i) =>
      html`<text class="label" x="${LABEL_WIDTH - 14}" y="${at(y + 4 + TEXT_HEIGHT * (i - (texts.length - 1) / 2))}">${text}</text>`,
  )}`;

/** What a pair of columns shows. */
export interface ChartColumn {
  readonly label: string;
  readonly now: number | undefined;
  readonly before: number | undefined;
}

/** Numbers as columns from 0: a full one of now beside a hollow one of before. What is not told has none. */
export function columnChart(columns: readonly ChartColumn[], text: ChartText): Html {
  const [left, height] = [56, 180];
  const values = columns.flatMap(({ now, before }) => [now ?? 0, before ?? 0]);
  const ticks = ticksOf(values, { from: 0 }, 5);
  const bottom = TOP + height;
  const y = placing(ticks, values, bottom, TOP);
  const step = (WIDTH - RIGHT - left) / Math.max(1, columns.length);
  const width = at(step * 0.34);
  const column = (value: number | undefined, x: number, kind: 'now' | 'before') =>
    value === undefined
      ? undefined
      : html`<rect class="${kind} column" x="${at(x)}" y="${y(value)}" width="${width}" height="${at(bottom - y(value))}"/>`;
  return svg(
    bottom + AXIS_HEIGHT,
    text,
    html`${ticks.map(
      (tick) =>
        html`<path class="${tick === 0 ? 'zero' : 'grid'}" d="M${left} ${y(tick)}H${WIDTH - RIGHT}"/><text class="label" x="${left - 10}" y="${at(y(tick) + 4)}">${numberText(tick)}</text>
`,
    )}${columns.map(({ label, now, before }, i) => {
      const middle = left + (i + 0.5) * step;
      return html`${column(before, middle - width - 1, 'before')}${column(now, middle + 1, 'now')}<text class="tick" x="${at(middle)}" y="${bottom + 17}">${short(label)}</text>
`;
    })}`,
  );
}
