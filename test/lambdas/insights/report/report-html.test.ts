import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Answer, AnswerRow } from '../../../../lambdas/insights/queries/answer.ts';
import { ticksOf } from '../../../../lambdas/insights/report/charts.ts';
import { weekNamed } from '../../../../lambdas/insights/report/iso-week.ts';
import { reportHtml, shown } from '../../../../lambdas/insights/report/report-html.ts';
import {
  type PartAnswer,
  type ReportPart,
  reportSections,
  weeklyReport,
} from '../../../../lambdas/insights/report/weekly-report.ts';
import { escaped } from '../../../../lambdas/platform/html.ts';

const week = weekNamed('2026-W42');
const [NOW, BEFORE] = ['2026-10-12', '2026-10-05'];

const answerWith = (part: ReportPart, rows: readonly AnswerRow[], more: Partial<Answer> = {}): Answer => ({
  ...part.parameters,
  ...{ rows: [...rows], suppressed: { rows: 0, values: 0 }, minCell: 5, truncated: false, ...more },
});

/** The page of a report, of which parts that are not given have no rows. */
async function pageOf(given: (part: ReportPart) => readonly AnswerRow[] | PartAnswer | undefined): Promise<string> {
  const report = await weeklyReport(week, async (part) => {
    const found = given(part) ?? [];
    return 'length' in found
      ? { answer: answerWith(part, found), asOf: '2026-10-19T03:00:00.000Z' }
      : (found as PartAnswer);
  });
  return reportHtml(report);
}

const isPart =
  (query: string, view: ReportPart['view'] = 'weeks') =>
  (part: ReportPart) =>
    part.query === query && part.view === view;

const sentimentRow = (group: string, mean: number, count = 100): AnswerRow => ({
  ...{ group, count, values: { customer_sentiment: { n: count, mean, low: mean - 0.1, high: mean + 0.1 } } },
});

/** What stands under a heading. */
const sectionOf = (page: string, name: string): string =>
  page.slice(page.indexOf(`<section aria-labelledby="${name}">`)).split('</section>')[0] ?? '';

describe('the report of a week', () => {
  it('asks about the week and the week before, and for groups about the week alone', () => {
    const parts = reportSections(week).flatMap((section) => section.parts);
    expect(new Set(parts.map(({ parameters }) => parameters.to))).toEqual(new Set(['2026-10-18']));
    for (const { view, parameters } of parts)
      expect(parameters.from).toBe(view === 'weeks' || view === 'days' ? BEFORE : NOW);
  });

  it('tells values with their intervals, in a chart and in the table beside it', async () => {
    const page = await pageOf((part) =>
      isPart('sentiment')(part) ? [sentimentRow(BEFORE, 0.5), sentimentRow(NOW, 1.25, 120)] : undefined,
    );
    const section = sectionOf(page, 'sentiment');
    expect(section).toContain('<td>1.25 <span class="interval-text">(1.15 to 1.35)</span></td>');
    expect(section).toContain('Customer: 1.25, from 1.15 to 1.35; the week before: 0.5, from 0.4 to 0.6.');
    expect(section).toContain('<td><strong>+0.75</strong>, apart</td>');
  });

  it('begins with what changed, and leaves out what the intervals do not tell apart', async () => {
    const of = (mean: number) => (part: ReportPart) =>
      isPart('sentiment')(part) ? [sentimentRow(BEFORE, 0.5), sentimentRow(NOW, mean)] : undefined;
    const changes = (page: string) => page.slice(page.indexOf('id="changes"'), page.indexOf('<section'));
    expect(changes(await pageOf(of(-0.5)))).toContain('<bdi>Sentiment · Customer</bdi>: −0.5, down from 0.5');
    expect(changes(await pageOf(of(0.65)))).toContain('None of 1 values did');
  });

  it('says what is left out because it is of few calls', async () => {
    const page = await pageOf((part) => {
      if (!isPart('tags')(part)) return undefined;
      const row = { group: NOW, labels: { tag: 'refund' }, count: 90, counts: { tagged_calls: 40, moments: 50 } };
      const values = { tagged: { n: 90, mean: 44.44, low: 33, high: 56 } };
      return {
        answer: answerWith(part, [{ ...row, values }], { suppressed: { rows: 1, values: 2 }, truncated: true }),
      };
    });
    const section = sectionOf(page, 'tags');
    expect(section).toContain('Left out, because they are of fewer than 5 calls: 1 row and 2 values of other rows.');
    expect(section).toContain('There are more rows than are told.');
    expect(section).toContain('<td class="none">not told</td>');
  });

  it('tells which questions have no answer, and why', async () => {
    const failure = 'it reads more than 1 MB of the dataset: ask about fewer days';
    const page = await pageOf((part) => (part.query === 'silence' ? { failure } : undefined));
    expect(sectionOf(page, 'silence')).toContain(`There is no answer: ${failure}`);
    expect(sectionOf(page, 'length')).toContain('There are no calls that may be told.');
    expect(sectionOf(page, 'issues')).toContain('No phrase rises by more than chance does.');
  });

  it('tells of a phrase in how many calls it was before, also where that is known roughly', async () => {
    const page = await pageOf((part) => {
      if (part.query !== 'issues') return undefined;
      const rise = { before: 4, beforeOf: 200, beforeAtMost: true, ratio: 8, logLikelihood: 40, chance: 0.0000001 };
      const values = { share: { n: 250, mean: 16, low: 11.9, high: 21 } };
      return [{ labels: { phrase: 'bill is wrong' }, count: 40, values, rise }];
    });
    const section = sectionOf(page, 'issues');
    expect(section).toContain('<td>at most 4 of 200</td><td>× 8</td><td>below 0.1 %</td>');
    expect(section).toContain('bill is wrong: 16 %, from 11.9 to 21; the week before: at most 2 %.');
  });

  it('has no script, loads nothing, and has nothing in it that was not escaped, whatever names are like', async () => {
    const names = fc.oneof(
      fc.string({ unit: 'binary', minLength: 1 }),
      fc.constantFrom('<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', "'&#x27;", '</style>', '</svg>'),
    );
    await fc.assert(
      fc.asyncProperty(names, async (name) => {
        const page = await pageOf((part) => {
          if (part.view === 'groups' && part.query === 'sentiment') return [sentimentRow(name, 1)];
          if (!isPart('tags')(part)) return undefined;
          const tagged = { n: 50, mean: 10, low: 5, high: 15 };
          return [{ group: NOW, labels: { tag: name }, count: 50, values: { tagged } }];
        });
        const plain = await pageOf((part) => {
          if (part.view === 'groups' && part.query === 'sentiment') return [sentimentRow('a', 1)];
          if (!isPart('tags')(part)) return undefined;
          const tagged = { n: 50, mean: 10, low: 5, high: 15 };
          return [{ group: NOW, labels: { tag: 'a' }, count: 50, values: { tagged } }];
        });
        const elements = (text: string) => text.match(/<[a-z/!]+/gi);
        expect(elements(page)).toEqual(elements(plain));
        expect(page).toContain(shown(escaped(name)));
      }),
      { numRuns: 60 },
    );
    const page = await pageOf(() => undefined);
    expect(page).toContain("default-src 'none'; style-src 'sha256-");
    expect(page).not.toMatch(/<(script|link|img|iframe)|javascript:|\son\w+=|url\(|@import|https?:/i);
  });

  it('can be read without being seen: every chart has a title and a text, every id is there once', async () => {
    const page = await pageOf((part) => {
      if (part.view === 'groups') return [sentimentRow('agent-1', 1), sentimentRow('agent-2', 2)];
      return isPart('sentiment')(part) ? [sentimentRow(BEFORE, 0.5), sentimentRow(NOW, 1)] : undefined;
    });
    const ids = [...page.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const named = [...page.matchAll(/aria-labelledby="([^"]*)"/g)].flatMap(([, of = '']) => of.split(' '));
    expect(named.filter((id) => !ids.includes(id))).toEqual([]);
    const charts = page.match(/<svg/g)?.length ?? 0;
    expect(charts).toBeGreaterThan(2);
    expect(page.match(/<title id="[^"]*">[^<]+</g)).toHaveLength(charts);
    expect(page.match(/<desc id="[^"]*">[^<]+</g)).toHaveLength(charts);
  });
});

describe('the ticks of an axis', () => {
  it('hold all values, and are few', () => {
    const finite = fc.maxSafeInteger().map((hundredths) => hundredths / 100);
    fc.assert(
      fc.property(fc.array(finite, { minLength: 1, maxLength: 20 }), (values) => {
        const ticks = ticksOf(values);
        expect(ticks[0]).toBeLessThanOrEqual(Math.min(...values) + 1e-3);
        expect(ticks.at(-1)).toBeGreaterThanOrEqual(Math.max(...values) - 1e-3);
        expect(ticks.length).toBeGreaterThan(1);
        expect(ticks.length).toBeLessThanOrEqual(9);
      }),
    );
  });

  it('of shares begin at 0 and do not go beyond 100', () => {
    expect(ticksOf([12, 97], { from: 0, until: 100 })).toEqual([0, 20, 40, 60, 80, 100]);
  });
});
