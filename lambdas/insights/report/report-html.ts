import { createHash } from 'node:crypto';
import { Html, type HtmlPart, html } from '../../platform/html.ts';
import type { Answer, AnswerRow } from '../queries/answer.ts';
import type { Told, Unit } from '../queries/measure.ts';
import { addDays } from '../queries/parameters.ts';
import { queryNamed } from '../queries/queries.ts';
import type { Query } from '../queries/query.ts';
import { type ChartLine, columnChart, intervalChart, numberText, type Point, type Scale } from './charts.ts';
import type { Week } from './iso-week.ts';
import { REPORT_STYLE } from './report-style.ts';
import type { AnsweredPart, WeeklyReport } from './weekly-report.ts';

/** So many lines are in a chart at most, and so many rows in a table. */
const MAX_LINES = 30;
const MAX_TABLE_ROWS = 500;

/** A measure of a query, as it is told. */
type Shown = Query['columns']['measures'][number];

/** A part with its answer, and what is known of its query. */
interface Shape {
  /** A name that no other part has. */
  readonly id: string;
  readonly part: AnsweredPart;
  readonly answer: Answer;
  readonly query: Query;
  readonly measures: readonly Shown[];
  readonly week: Week;
  readonly before: Week;
}

const days = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', day: 'numeric', month: 'long', year: 'numeric' });
const weekdays = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', weekday: 'short' });
const dayText = (day: string): string => days.format(new Date(`${day}T00:00:00Z`));
const weekdayText = (day: string): string => weekdays.format(new Date(`${day}T00:00:00Z`));

const inWords = (name: string): string => name.replaceAll(/[_-]/g, ' ');
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** What follows a number of a unit. */
function suffixOf(unit: Unit, { parameters }: AnsweredPart): string {
  if (unit === 'percent') return ' %';
  if (unit === 'seconds') return ' s';
  if (unit === 'hours') return ' h';
  return unit === 'money' && parameters.currency ? ` ${parameters.currency}` : '';
}

/** Shares end at 100, and begin at 0, as do amounts. */
function scaleOf(unit: Unit, part: AnsweredPart): Scale {
  const suffix = suffixOf(unit, part);
  if (unit === 'percent') return { unit: suffix, from: 0, until: 100 };
  return unit === 'points' ? { unit: suffix } : { unit: suffix, from: 0 };
}

const hasInterval = (point: Point): point is Point & { low: number; high: number } =>
  point.low !== undefined && point.high !== undefined;

/** Whether intervals tell two values apart. */
const areApart = (a: Point, b: Point): boolean =>
  hasInterval(a) && hasInterval(b) && (a.low > b.high || b.low > a.high);

const signed = (value: number): string => (value > 0 ? `+${numberText(value)}` : numberText(value));

const pointText = (point: Point | undefined, suffix: string): string => {
  if (!point) return 'not told';
  const value = `${point.isAtMost ? 'at most ' : ''}${numberText(point.mean)}${suffix}`;
  return hasInterval(point) ? `${value}, from ${numberText(point.low)} to ${numberText(point.high)}` : value;
};

/** The cell of a value with its interval. */
function pointCell(point: Point | undefined, suffix: string): Html {
  if (!point) return html`<td class="none">not told</td>`;
  const interval = hasInterval(point)
    ? html` <span class="interval-text">(${numberText(point.low)} to ${numberText(point.high)})</span>`
    : undefined;
  return html`<td>${point.isAtMost ? 'at most ' : undefined}${numberText(point.mean)}${suffix}${interval}</td>`;
}

/** The cell that tells how far two values are apart, and whether their intervals are. */
function changeCell(now: Point | undefined, before: Point | undefined, suffix: string): Html {
  if (!now || !before) return html`<td></td>`;
  const change = signed(Math.round((now.mean - before.mean) * 100) / 100);
  return html`<td>${areApart(now, before) ? html`<strong>${change}${suffix}</strong>, apart` : `${change}${suffix}`}</td>`;
}

const cell = (value: number | undefined): Html =>
  value === undefined ? html`<td class="none">not told</td>` : html`<td>${numberText(value)}</td>`;

/** A table that is scrolled by the keyboard, too, where it is wider than the page. */
function tableOf(id: string, caption: string, head: readonly string[], rows: readonly Html[]): Html {
  return html`<div class="scroll" role="region" tabindex="0" aria-labelledby="${id}-caption">
<table>
<caption id="${id}-caption">${caption}</caption>
<thead><tr>${head.map((title) => html`<th scope="col">${title}</th>`)}</tr></thead>
<tbody>
${rows.map((row) => html`<tr>${row}</tr>\n`)}</tbody>
</table>
</div>
`;
}

const rowHead = (title: string): Html => html`<th scope="row"><bdi>${title}</bdi></th>`;

const KEYS = html`<span class="key-now">this week</span> <span class="key-before">the week before</span>; bars are 95 % intervals.`;
const KEY_NOW = html`Bars are 95 % intervals.`;

function figureOf(id: string, title: string, key: Html, chart: Html): Html {
  return html`<figure>
<figcaption id="${id}-key"><strong>${title}</strong>${key}</figcaption>
<div class="scroll" role="region" tabindex="0" aria-labelledby="${id}-key">${chart}</div>
</figure>
`;
}

/** A chart of lines with what it shows in words. Those with the most calls come first: the others are in the table alone. */
function intervalFigure(id: string, title: string, lines: readonly ChartLine[], scale: Scale): Html | undefined {
  const told = lines.filter(({ now, before }) => now !== undefined || before !== undefined);
  if (told.length === 0) return undefined;
  const isPaired = told.some(({ before }) => before !== undefined);
  const shown = told.slice(0, MAX_LINES);
  const sentences = shown.map(({ label, now, before }) => {
    const was = isPaired ? `; the week before: ${pointText(before, scale.unit)}` : '';
    return `${label}: ${pointText(now, scale.unit)}${was}.`;
  });
  const left = told.length > shown.length ? ` The other ${told.length - shown.length} are in the table.` : '';
  const key = isPaired ? KEYS : KEY_NOW;
  const chart = intervalChart(shown, scale, { id, title, description: `${sentences.join(' ')}${left}` });
  return figureOf(id, title, left ? html`${key}${left}` : key, chart);
}

const labelsOf = ({ labels = {} }: AnswerRow): string => Object.values(labels).join(' · ');

/** Of each label, its row of this week and of the week before: those with most calls come first. */
function pairsOf({ answer, week, before }: Shape): { label: string; now?: AnswerRow; before?: AnswerRow }[] {
  const byLabel = Map.groupBy(answer.rows, labelsOf);
  const pairs = [...byLabel].map(([label, rows]) => ({
    label,
    now: rows.find(({ group }) => group === week.from),
    before: rows.find(({ group }) => group === before.from),
  }));
  const size = (row: AnswerRow | undefined) => row?.counts?.tagged_calls ?? row?.count ?? 0;
  return pairs.toSorted(
    (a, b) => size(b.now) - size(a.now) || size(b.before) - size(a.before) || (a.label < b.label ? -1 : 1),
  );
}

/** Measures with the same unit are drawn on the same axis. */
const byUnit = (measures: readonly Shown[]): Shown[][] => [...Map.groupBy(measures, ({ unit }) => unit).values()];

const unitTitle = (unit: Unit): string => (unit === 'percent' ? 'Shares' : capital(unit));

const percentilesText = (told: Told | undefined, suffix: string): string =>
  told?.p50 === undefined
    ? ''
    : `${numberText(told.p50)} / ${numberText(told.p90 ?? told.p50)} / ${numberText(told.p95 ?? told.p50)}${suffix}`;

/** A query without labels: a line for each of its measures. */
function weekSummary(shape: Shape): HtmlPart {
  const { id, part, answer, query, measures, week, before } = shape;
  const now = answer.rows.find(({ group }) => group === week.from);
  const was = answer.rows.find(({ group }) => group === before.from);
  const figures = byUnit(measures).map((same, i) => {
    const [first] = same;
    if (!first) return undefined;
    const lines = same.map(({ name, title }) => ({ label: title, now: now?.values[name], before: was?.values[name] }));
    const title = same.length === 1 ? first.title : unitTitle(first.unit);
    return intervalFigure(`${id}-${i}`, title, lines, scaleOf(first.unit, part));
  });
  const withPercentiles = measures.some(({ percentiles }) => percentiles);
  /** A row: what is told of this week and of the week before, each with its percentiles where any measure has some. */
  const rowOf = (title: string, cells: readonly Html[], percentiles: readonly string[], change: Html) => {
    const [a, b] = cells;
    const [of, ofBefore] = withPercentiles ? percentiles.map((text) => html`<td>${text}</td>`) : [];
    return html`${rowHead(title)}${a}${of}${b}${ofBefore}${change}`;
  };
  const countRow = (title: string, of: (row: AnswerRow) => number | undefined) => {
    const [a, b] = [now && of(now), was && of(was)];
    const change = a === undefined || b === undefined ? '' : signed(a - b);
    return rowOf(title, [cell(a), cell(b)], ['', ''], html`<td>${change}</td>`);
  };
  const measureRows = ({ name, title, unit, total }: Shown) => {
    const suffix = suffixOf(unit, part);
    const both = [now?.values[name], was?.values[name]];
    const [a, b] = both;
    const means = both.map((told) => pointCell(told, suffix));
    const percentiles = both.map((told) => percentilesText(told, suffix));
    const totals = both.map(
      (told) => html`<td>${told?.total === undefined ? '' : `${numberText(told.total)}${suffix}`}</td>`,
    );
    return [
      rowOf(title, means, percentiles, changeCell(a, b, suffix)),
      ...(total ? [rowOf(`${title}, in all`, totals, ['', ''], html`<td></td>`)] : []),
    ];
  };
  const rows = [
    countRow(capital(query.of), ({ count }) => count),
    ...query.columns.counts.map((name) => countRow(capital(inWords(name)), ({ counts }) => counts?.[name])),
    ...measures.flatMap(measureRows),
  ];
  const p = withPercentiles ? ['p50 / p90 / p95'] : [];
  const head = ['', 'This week', ...p, 'The week before', ...p, 'Change'];
  return [figures, tableOf(id, captionOf(measures), head, rows)];
}

/** What a table tells of measures. */
function captionOf(measures: readonly Shown[]): string {
  if (measures.length === 0) return 'Numbers';
  const percentiles = measures.some(({ percentiles }) => percentiles)
    ? '; p90 is the smallest value that 90 of 100 do not exceed'
    : '';
  return `Means, with their 95 % intervals${percentiles}`;
}

/** Rows of many labels or groups: those that are shown, and what is said of the others. */
function cut<T>(rows: readonly T[]): { readonly shown: readonly T[]; readonly note: Html | undefined } {
  const left = rows.length - MAX_TABLE_ROWS;
  return {
    shown: rows.slice(0, MAX_TABLE_ROWS),
    note: left > 0 ? html`<p class="note">${left} more, with fewer calls, are not in this table.</p>` : undefined,
  };
}

/** A query with labels: a chart for each measure, with a line for each label. */
function weekLabels(shape: Shape): HtmlPart {
  const { id, part, query, measures } = shape;
  const { shown, note } = cut(pairsOf(shape));
  const figures = measures.map(({ name, title, unit }, i) => {
    const lines = shown.map(({ label, now, before }) => ({
      ...{ label, now: now?.values[name], before: before?.values[name] },
    }));
    return intervalFigure(`${id}-${i}`, title, lines, scaleOf(unit, part));
  });
  const head = [
    ...[capital(query.columns.labels.join(', ')), capital(query.of), 'The week before'],
    ...query.columns.counts.flatMap((count) => [capital(inWords(count)), 'The week before']),
    ...measures.flatMap(({ title }) => [title, 'The week before', 'Change']),
  ];
  const rows = shown.map(({ label, now, before }) => [
    ...[rowHead(label), cell(now?.count), cell(before?.count)],
    ...query.columns.counts.flatMap((count) => [cell(now?.counts?.[count]), cell(before?.counts?.[count])]),
    ...measures.flatMap(({ name, unit }) => {
      const [a, b, suffix] = [now?.values[name], before?.values[name], suffixOf(unit, part)];
      return [pointCell(a, suffix), pointCell(b, suffix), changeCell(a, b, suffix)];
    }),
  ]);
  return [
    figures,
    tableOf(
      id,
      'Means, with their 95 % intervals',
      head,
      rows.map((row) => html`${row}`),
    ),
    note,
  ];
}

/** Each day, beside the same weekday of the week before. */
function dayView({ id, answer, query, week, before }: Shape): HtmlPart {
  const countOf = (day: string) => answer.rows.find(({ group }) => group === day)?.count;
  const columns = Array.from({ length: 7 }, (_, i) => {
    const day = addDays(week.from, i);
    return { day, label: weekdayText(day), now: countOf(day), before: countOf(addDays(before.from, i)) };
  });
  const of = (count: number | undefined) => (count === undefined ? 'not told' : numberText(count));
  const description = columns
    .map(({ label, now, before }) => `${label}: ${of(now)}; the week before: ${of(before)}.`)
    .join(' ');
  const title = `${capital(query.of)} by day`;
  const key = html`<span class="key-now">this week</span> <span class="key-before">the week before</span>`;
  return [
    figureOf(`${id}-0`, title, key, columnChart(columns, { id: `${id}-0`, title, description })),
    tableOf(
      id,
      title,
      ['Day', 'This week', 'The week before'],
      columns.map(({ day, now, before }) => html`${rowHead(`${weekdayText(day)} ${day}`)}${cell(now)}${cell(before)}`),
    ),
  ];
}

/** Agents, or teams, beside each other: by their values in the chart, by their calls in the table. */
function groupView({ id, part, answer, query, measures }: Shape): HtmlPart {
  const { by } = part.parameters;
  const named = answer.rows.map((row) => ({
    row,
    label: [row.group ?? 'not known', labelsOf(row)].filter(Boolean).join(' · '),
  }));
  const sorted = named.toSorted((a, b) => b.row.count - a.row.count || (a.label < b.label ? -1 : 1));
  const { shown, note } = cut(sorted);
  const figures = measures.map(({ name, title, unit }, i) => {
    const told = shown.flatMap(({ label, row }) => (row.values[name] ? [{ label, now: row.values[name] }] : []));
    const most = told.slice(0, MAX_LINES).toSorted((a, b) => b.now.mean - a.now.mean);
    const lines = [...most, ...told.slice(MAX_LINES)];
    return intervalFigure(`${id}-${i}`, `${title}, by ${by}`, lines, scaleOf(unit, part));
  });
  const head = [
    ...[[by, ...query.columns.labels].join(', '), query.of, ...query.columns.counts.map(inWords)].map(capital),
    ...measures.flatMap(({ title }) => [title, `of ${query.of}`]),
  ];
  const rows = shown.map(({ label, row }) => [
    ...[rowHead(label), cell(row.count), ...query.columns.counts.map((count) => cell(row.counts?.[count]))],
    ...measures.flatMap(({ name, unit }) => [
      pointCell(row.values[name], suffixOf(unit, part)),
      row.values[name] ? cell(row.values[name].n) : html`<td></td>`,
    ]),
  ]);
  return [
    figures,
    tableOf(
      id,
      'Means, with their 95 % intervals: where two overlap, the values are not told apart',
      head,
      rows.map((row) => html`${row}`),
    ),
    note,
  ];
}

/** A tenth of a percent, or less than that. */
const chanceText = (chance: number): string =>
  chance < 0.001 ? 'below 0.1 %' : `${numberText(Math.round(chance * 1000) / 10)} %`;

/** Phrases that are in more calls than in the week before. */
function riseView({ id, answer }: Shape): HtmlPart {
  const risen = answer.rows.flatMap((row) => (row.rise ? [{ row, rise: row.rise, label: labelsOf(row) }] : []));
  if (risen.length === 0) return html`<p class="none">No phrase rises by more than chance does.</p>`;
  const lines = risen.map(({ label, row, rise }) => ({
    label,
    now: row.values.share,
    before: { mean: (100 * rise.before) / rise.beforeOf, isAtMost: rise.beforeAtMost },
  }));
  const rows = risen.map(({ label, row, rise }) => {
    const before = `${rise.beforeAtMost ? 'at most ' : ''}${numberText(rise.before)} of ${numberText(rise.beforeOf)}`;
    const ratio = rise.ratio === undefined ? '' : `× ${numberText(Math.round(rise.ratio * 10) / 10)}`;
    return html`${rowHead(label)}${cell(row.count)}${pointCell(row.values.share, ' %')}<td>${before}</td><td>${ratio}</td><td>${chanceText(rise.chance)}</td>`;
  });
  return [
    intervalFigure(`${id}-0`, 'Calls that have the phrase', lines, { unit: ' %', from: 0, until: 100 }),
    tableOf(
      id,
      'In how many calls the customer says it; chance alone makes even one phrase rise so with the likelihood of the last column, at most',
      ['Phrase', 'Calls', 'Share of calls', 'Calls the week before', 'Rise', 'By chance'],
      rows,
    ),
  ];
}

function viewOf(shape: Shape): HtmlPart {
  const { view } = shape.part;
  if (view === 'days') return dayView(shape);
  if (view === 'groups') return groupView(shape);
  if (view === 'rises') return riseView(shape);
  return shape.query.columns.labels.length > 0 ? weekLabels(shape) : weekSummary(shape);
}

const plural = (count: number, one: string, many = `${one}s`): string =>
  `${numberText(count)} ${count === 1 ? one : many}`;

/** What is left out of an answer, in words; nothing where nothing is. */
function leftOut({ suppressed: { rows, values }, minCell, truncated }: Answer, of: string): HtmlPart {
  const parts = [
    ...(rows > 0 ? [plural(rows, 'row')] : []),
    ...(values > 0 ? [`${plural(values, 'value')} of other rows`] : []),
  ];
  return [
    parts.length > 0
      ? html`<p class="note">Left out, because they are of fewer than ${minCell} ${of}: ${parts.join(' and ')}.</p>\n`
      : undefined,
    truncated ? html`<p class="note">There are more rows than are told.</p>\n` : undefined,
  ];
}

function shapeOf(id: string, part: AnsweredPart, { week, before }: WeeklyReport): Shape | undefined {
  const { answer } = part;
  if (!answer) return undefined;
  const query = queryNamed(part.query);
  const measures = query.columns.measures.filter(({ name }) => part.measures?.includes(name) ?? true);
  return { id, part, answer, query, measures, week, before };
}

function partMarkup(shape: Shape | undefined, part: AnsweredPart): Html {
  const title = html`<h3>${part.title}</h3>\n`;
  if (!shape) return html`${title}<p class="none">There is no answer: ${part.failure ?? 'it was not asked'}</p>\n`;
  const { answer, query } = shape;
  // Where calls were looked at and no phrase rises, that is what there is to tell.
  const isTold = answer.rows.length > 0 || (part.view === 'rises' && answer.suppressed.rows === 0);
  const content = isTold ? viewOf(shape) : html`<p class="none">There are no ${query.of} that may be told.</p>\n`;
  return html`${title}${content}${leftOut(answer, query.of)}`;
}

/** The values of the week that the intervals tell from those of the week before. */
function changesOf(shapes: readonly Shape[]): { readonly changes: Html[]; readonly compared: number } {
  const changes: Html[] = [];
  let compared = 0;
  for (const shape of shapes.filter(({ part }) => part.view === 'weeks')) {
    for (const { label, now, before } of pairsOf(shape)) {
      for (const { name, title, unit } of shape.measures) {
        const [a, b] = [now?.values[name], before?.values[name]];
        if (!a || !b || !hasInterval(a) || !hasInterval(b)) continue;
        compared += 1;
        if (!areApart(a, b)) continue;
        const suffix = suffixOf(unit, shape.part);
        const what = [shape.query.title, label, title].filter(Boolean).join(' · ');
        changes.push(
          html`<li><bdi>${what}</bdi>: ${numberText(a.mean)}${suffix}, ${a.mean > b.mean ? 'up' : 'down'} from ${numberText(b.mean)}${suffix}</li>\n`,
        );
      }
    }
  }
  return { changes, compared };
}

function changesMarkup(shapes: readonly Shape[]): Html {
  const { changes, compared } = changesOf(shapes);
  const found =
    changes.length > 0 ? html`<ul>\n${changes}</ul>\n` : html`<p>None of ${numberText(compared)} values did.</p>\n`;
  return html`<h2 id="changes">What changed</h2>
<p>Values whose 95 % intervals do not overlap with those of the week before. Others may have changed by less than so many calls can tell.</p>
${found}`;
}

const minuteText = (time: string): string => `${time.slice(0, 10)} ${time.slice(11, 16)} UTC`;

/** A text with the characters replaced that HTML has not. */
export const shown = (text: string): string =>
  text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is replaced.
    .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]/g, '\ufffd')
    .toWellFormed();

/**
 * A report as one HTML page: no script, and nothing that is loaded from anywhere. Beside each chart there is a table with all that it
 * shows; what is left out because it is of few calls is told.
 */
export function reportHtml(report: WeeklyReport): string {
  const { week, before, sections } = report;
  const shaped = sections.map((section) => ({
    ...section,
    parts: section.parts.map((part, i) => ({ part, shape: shapeOf(`${section.name}-${i}`, part, report) })),
  }));
  const shapes = shaped.flatMap(({ parts }) => parts.flatMap(({ shape }) => shape ?? []));
  const [asOf] = sections.flatMap(({ parts }) => parts.flatMap(({ asOf }) => asOf ?? [])).sort();
  const styleHash = createHash('sha256').update(REPORT_STYLE).digest('base64');
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${styleHash}'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>Calls in week ${week.name}</title>
<style>${new Html(REPORT_STYLE)}</style>
</head>
<body>
<a class="skip" href="#changes">Skip to the report</a>
<header>
<h1>Calls in week ${week.name}</h1>
<p class="soft">${dayText(week.from)} to ${dayText(week.to)} (UTC), against the week before, ${before.name}.${asOf ? ` As of ${minuteText(asOf)}.` : undefined}</p>
<nav aria-label="Sections"><ul>
<li><a href="#changes">What changed</a></li>
${sections.map(({ name, title }) => html`<li><a href="#${name}">${title}</a></li>\n`)}</ul></nav>
</header>
<main>
${changesMarkup(shapes)}${shaped.map(
  ({ name, title, parts }) => html`<section aria-labelledby="${name}">
<h2 id="${name}">${title}</h2>
<p class="soft">${descriptionsOf(parts.map(({ part }) => part.query))}</p>
${parts.map(({ part, shape }) => partMarkup(shape, part))}</section>
`,
)}</main>
<footer class="note">
<p>A 95 % interval is where the mean of such calls is likely to be; it knows that calls of one agent are like each other. Two values whose intervals overlap are not told apart by them. Of fewer calls than the smallest number that is told, nothing is.</p>
</footer>
</body>
</html>
`;
  return shown(page.text);
}

/** What the queries of a section answer, each said once. */
const descriptionsOf = (queries: readonly string[]): string =>
  [...new Set(queries)].map((name) => queryNamed(name).description).join(' ');
