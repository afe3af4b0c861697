/** What other rooms may use of insights. */
export { INSIGHTS_SUBJECTS } from './dataset/insights-store.ts';
export { type Column, dayPrefix, SCHEMA_VERSION, type TableName, tables } from './dataset/tables.ts';
export { InsightsConfig } from './insights-config.ts';
export { type NamedQuery, namedQueries } from './queries/queries.ts';
export { lastWholeWeek, weekNamed } from './report/iso-week.ts';
export { reportHtml } from './report/report-html.ts';
export { type PartAnswer, REPORTS_PREFIX, type ReportPart, weeklyReport } from './report/weekly-report.ts';
export { RUN_SUBJECTS } from './run-store.ts';
