import { defineConfig, recorders } from '../../lib/config.ts';

/** The sources of the end-to-end tests: as `verbatim.config.ts` has them, and one for each place of metadata. */
export default defineConfig({
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
