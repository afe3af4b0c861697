import * as z from 'zod';
import { callStore } from '../calls/calls.ts';
import { clients } from '../platform/clients.ts';
import { systemClock } from '../platform/clock.ts';
import { recordingStore } from '../recordings/recordings.ts';
import { retentionChoices } from '../retention/retention.ts';
import {
  jobOutcomes,
  sentimentDetector,
  TranscriptionConfig,
  transcriptStore,
} from '../transcription/transcription.ts';
import { registeredRulebooks, registeringOnce } from './registered-rulebooks.ts';
import { Rulebook } from './rulebook/rulebook.ts';
import type { TagCallNeeds } from './tag-call.ts';

/** The environment variables of a function that tags calls. */
export const taggingEnvironment = {
  TABLE_NAME: z.string().min(1),
  TRANSCRIPTS_BUCKET: z.string().min(1),
  JOB_NAME_PREFIX: z.string().min(1),
};

/** The parts of the config that tagging a call goes by. */
export const taggingChoices = {
  tagging: z.object({ rulebook: Rulebook }),
  transcription: TranscriptionConfig,
  ...retentionChoices,
};

/** What tagging a call needs, of a function's environment and config. */
export const tagCallNeeds = (
  environment: z.infer<z.ZodObject<typeof taggingEnvironment>>,
  { tagging, transcription, retention, sources }: z.infer<z.ZodObject<typeof taggingChoices>>,
): TagCallNeeds => ({
  rulebook: tagging.rulebook,
  retention,
  sources,
  jobNamePrefix: environment.JOB_NAME_PREFIX,
  calls: callStore(clients.dynamodb(), environment.TABLE_NAME),
  recordings: recordingStore(clients.s3()),
  transcripts: transcriptStore(clients.s3(), environment.TRANSCRIPTS_BUCKET),
  jobs: jobOutcomes(clients.transcribe()),
  ...(transcription.sentimentOfStandardJobs === 'comprehend' && {
    sentiments: sentimentDetector(clients.comprehend()),
  }),
  registerRulebook: registeringOnce(() =>
    registeredRulebooks({
      ...{ dynamodb: clients.dynamodb(), tableName: environment.TABLE_NAME },
      ...{ s3: clients.s3(), transcriptsBucket: environment.TRANSCRIPTS_BUCKET },
    }).register(tagging.rulebook),
  ),
  clock: systemClock,
});
