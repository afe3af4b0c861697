import { defineConfig, localIdentity, recorders } from '../../lib/config.ts';

/** The sources of the end-to-end tests: as `verbatim.config.ts` has them, and one for each place of metadata. */
export default defineConfig({
  // Whole lists are followed page by page, of every size, by one principal.
  http: { requestsPerMinute: 1_000_000 },
  identity: localIdentity(),
  transcription: { sentimentOfStandardJobs: 'comprehend' },
  sources: [
    { name: 'support' },
    {
      name: 'sidecars',
      metadata: [
        {
          from: 'sidecar',
          fields: { agentId: 'agent.id', customerId: 'customer', startedAt: 'started' },
        },
      ],
    },
    {
      name: 'manifests',
      metadata: [
        {
          from: 'manifest',
          file: 'calls.csv',
          columns: { agentId: 'Agent', customerId: 'Customer', startedAt: 'Start' },
          startedAt: { format: 'dd.MM.yyyy HH:mm:ss', zone: 'Europe/Berlin' },
        },
      ],
    },
    { name: 'connect', ...recorders.amazonConnect() },
    { name: 'retained', jurisdiction: 'DE' },
    { name: 'floored' },
  ],
  quality: {
    everyTeam: ['quality-leads'],
    // Drawn when it is asked for: no test waits for a month's end.
    plans: [{ name: 'monthly', scorecard: 'service', perAgent: 2, strata: ['length'] }],
  },
  insights: { weeklyReport: true },
  policies: [
    {
      name: 'credits',
      versions: [
        { version: '1', inForceFrom: '2025-01-01', text: 'An agent may give a credit of up to 20 dollars.' },
        { version: '2', inForceFrom: '2026-01-01', text: 'An agent may give a credit of up to 25 dollars.' },
      ],
    },
  ],
  retention: {
    floors: [{ name: 'five years', sources: ['floored'], keepDays: 1826, because: 'a regulation of these tests' }],
    rules: [
      {
        name: 'credits are disputed',
        ...{ sources: ['retained'], tags: ['credit-over-policy'], retentionClass: '5-years' },
      },
    ],
  },
});
