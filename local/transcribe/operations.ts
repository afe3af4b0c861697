import { type CallAnalyticsInput, callAnalyticsOutput } from './call-analytics-output.ts';
import { JobFailure, RequestError } from './errors.ts';
import type { Faults } from './faults.ts';
import type { Job, JobKind, JobPlan, JobTable, RedactionPlan } from './jobs.ts';
import {
  type ContentRedaction,
  locationOf,
  parseJobName,
  parseListJobs,
  parseStartCallAnalyticsJob,
  parseStartTranscriptionJob,
  type S3Location,
  type StartCallAnalyticsJob,
  type StartTranscriptionJob,
} from './requests.ts';
import { standardOutput } from './standard-output.ts';

/** What the operations work on. */
export interface OperationsContext {
  accountId: string;
  region: string;
  jobs: JobTable;
  faults: Faults;
  canRead(object: S3Location): Promise<boolean>;
  canWriteTo(bucket: string): Promise<boolean>;
}

/** Answers one operation, such as `StartTranscriptionJob`. Throws RequestError for what Transcribe refuses. */
export type Operations = (operation: string, body: unknown) => Promise<Record<string, unknown>>;

/** The Transcribe operations, over a table of jobs. */
export function createOperations(context: OperationsContext): Operations {
  const { accountId, jobs } = context;
  return async (operation, body) => {
    const match = /^(Start|Get|List|Delete)(TranscriptionJob|CallAnalyticsJob)(s?)$/.exec(operation);
    const [, verb, kind, plural] = match ?? [];
    if ((kind !== 'TranscriptionJob' && kind !== 'CallAnalyticsJob') || (verb === 'List') !== (plural === 's')) {
      throw new RequestError('UnknownOperationException', `the local Transcribe has no operation ${operation}`);
    }
    if (verb === 'List') return list(kind, body, context);
    if (verb === 'Start') {
      const plan =
        kind === 'TranscriptionJob'
          ? planTranscriptionJob(parseStartTranscriptionJob(body), accountId)
          : planCallAnalyticsJob(parseStartCallAnalyticsJob(body), accountId);
      return { [kind]: describe(await start(plan, context), context.region) };
    }
    const job = jobs.find(kind, parseJobName(`${kind}Name`, body));
    if (job === undefined) {
      throw new RequestError(
        verb === 'Get' ? 'NotFoundException' : 'BadRequestException',
        "The requested job couldn't be found. Check the job name and try your request again.",
      );
    }
    if (verb === 'Get') return { [kind]: describe(job, context.region) };
    if (job.completedAtMs === undefined) {
      throw new RequestError('BadRequestException', `the job is ${job.status}: only finished jobs can be deleted`);
    }
    jobs.remove(job);
    return {};
  };
}

async function start(plan: JobPlan, { jobs, faults, canRead, canWriteTo }: OperationsContext): Promise<Job> {
  if (faults.takeThrottle()) {
    throw new RequestError(
      'LimitExceededException',
      "You've sent too many requests. Wait before retrying your request, and try your request again.",
    );
  }
  if (!(await canRead(plan.media))) {
    throw new RequestError(
      'BadRequestException',
      "The S3 URI that you provided can't be accessed. Make sure that you have read permission and try your request again.",
    );
  }
  if (!(await canWriteTo(plan.output.bucket))) {
    throw new RequestError(
      'BadRequestException',
      "The specified S3 bucket can't be accessed. Make sure you have write permission on the bucket and try your request again.",
    );
  }
  if (jobs.find(plan.kind, plan.name) !== undefined) {
    throw new RequestError('ConflictException', 'The requested job name already exists. Use a different job name.');
  }
  return jobs.start(plan);
}

function planTranscriptionJob(request: StartTranscriptionJob, accountId: string): JobPlan {
  const { TranscriptionJobName: name, MediaFormat: format, MediaSampleRateHertz: sampleRateHz } = request;
  const channelIdentification = request.Settings?.ChannelIdentification ?? false;
  const output = { bucket: request.OutputBucketName, key: transcriptionOutputKey(name, request.OutputKey) };
  return {
    kind: 'TranscriptionJob',
    name,
    languageCode: request.LanguageCode,
    media: locationOf(request.Media.MediaFileUri),
    output,
    redaction: redactionPlan(request.ContentRedaction, { transcript: redactedTranscriptionLocation(output) }),
    maxSpeakers: request.Settings?.MaxSpeakerLabels,
    outputKmsKeyId: request.OutputEncryptionKMSKeyId,
    claimed: { format, sampleRateHz },
    echo: {
      Settings: request.Settings,
      ContentRedaction: request.ContentRedaction,
      JobExecutionSettings: request.JobExecutionSettings,
      Tags: request.Tags,
    },
    toDocument: (heard, redaction) => {
      const channels = heard.recognition.channels.length;
      if (channelIdentification && channels !== 2) {
        throw new JobFailure(`Invalid number of channels: channel identification needs 2, the audio has ${channels}.`);
      }
      const isRedacted = request.ContentRedaction === undefined ? undefined : redaction !== undefined;
      return standardOutput({ ...heard, jobName: name, accountId, channelIdentification, isRedacted, redaction });
    },
  };
}

function planCallAnalyticsJob(request: StartCallAnalyticsJob, accountId: string): JobPlan {
  const { CallAnalyticsJobName: name } = request;
  const languages = request.Settings?.LanguageOptions ?? ['en-US'];
  const languageCode = languages.includes('en-US') ? 'en-US' : languages.join(', ');
  const agent = request.ChannelDefinitions.find((channel) => channel.ParticipantRole === 'AGENT');
  const roles: CallAnalyticsInput['roles'] = agent?.ChannelId === 0 ? ['AGENT', 'CUSTOMER'] : ['CUSTOMER', 'AGENT'];
  const location = locationOf(request.OutputLocation);
  return {
    kind: 'CallAnalyticsJob',
    name,
    languageCode,
    media: locationOf(request.Media.MediaFileUri),
    output: callAnalyticsOutputLocation(name, location),
    redaction: redactionPlan(request.Settings?.ContentRedaction, redactedCallAnalyticsLocations(name, location)),
    outputKmsKeyId: request.OutputEncryptionKMSKeyId,
    claimed: {},
    echo: {
      DataAccessRoleArn: request.DataAccessRoleArn,
      Settings: request.Settings,
      ChannelDefinitions: request.ChannelDefinitions,
      Tags: request.Tags,
    },
    toDocument: ({ recognition }, redaction) => {
      const channels = recognition.channels.length;
      if (channels !== 2) {
        throw new JobFailure(`Invalid number of channels: Call Analytics needs 2, the audio has ${channels}.`);
      }
      return callAnalyticsOutput({ jobName: name, accountId, languageCode, roles, recognition, redaction });
    },
  };
}

/**
 * Where a standard job writes: at a key that ends in `.json`, or under any other as a folder.
 * @see https://docs.aws.amazon.com/transcribe/latest/APIReference/API_StartTranscriptionJob.html
 */
export function transcriptionOutputKey(jobName: string, outputKey: string | undefined): string {
  if (outputKey === undefined) return `${jobName}.json`;
  return outputKey.endsWith('.json') ? outputKey : `${outputKey.replace(/\/$/, '')}/${jobName}.json`;
}

/**
 * Where a Call Analytics job writes: at a key that ends in `.json`, or in the `analytics/` folder under any other.
 * @see https://docs.aws.amazon.com/transcribe/latest/dg/tca-post-call.html
 */
export function callAnalyticsOutputLocation(jobName: string, { bucket, key }: S3Location): S3Location {
  if (key.endsWith('.json')) return { bucket, key };
  return { bucket, key: `${asFolder(key)}analytics/${jobName}.json` };
}

/**
 * Where a standard job writes what is redacted: beside the other, with `redacted-` before the name. The documentation only
 * says that both are in one bucket; the name is a guess.
 * @see https://docs.aws.amazon.com/transcribe/latest/dg/pii-redaction-batch.html
 */
function redactedTranscriptionLocation({ bucket, key }: S3Location): S3Location {
  const folder = key.lastIndexOf('/') + 1;
  return { bucket, key: `${key.slice(0, folder)}redacted-${key.slice(folder)}` };
}

/**
 * Where a Call Analytics job writes what is redacted: in the `redacted-analytics/` folder, transcript and audio by the name
 * of the job. The documentation tells only that there are these files; the keys are those that published code of AWS takes
 * (its Live Call Analytics and Post Call Analytics solutions). For an OutputLocation that is a key of its own nothing
 * was seen: its name is kept then, in that folder.
 * @see https://docs.aws.amazon.com/transcribe/latest/dg/tca-post-call.html
 */
function redactedCallAnalyticsLocations(
  jobName: string,
  { bucket, key }: S3Location,
): { transcript: S3Location; audio: S3Location } {
  const isFile = key.endsWith('.json');
  const folder = isFile ? key.slice(0, key.lastIndexOf('/') + 1) : asFolder(key);
  const name = isFile ? key.slice(folder.length, -'.json'.length) : jobName;
  const at = (ending: string) => ({ bucket, key: `${folder}redacted-analytics/${name}${ending}` });
  return { transcript: at('.json'), audio: at('.wav') };
}

function redactionPlan(
  asked: ContentRedaction | undefined,
  locations: Pick<RedactionPlan, 'transcript' | 'audio'>,
): RedactionPlan | undefined {
  if (asked === undefined) return undefined;
  const keepsOriginal = asked.RedactionOutput === 'redacted_and_unredacted';
  return { types: asked.PiiEntityTypes ?? [], keepsOriginal, ...locations };
}

const asFolder = (key: string) => (key === '' || key.endsWith('/') ? key : `${key}/`);

function describe(job: Job, region: string): Record<string, unknown> {
  const { plan } = job;
  const { redaction } = plan;
  const isDone = job.status === 'COMPLETED';
  const uriOf = ({ bucket, key }: S3Location) =>
    `https://s3.${region}.amazonaws.com/${[bucket, ...key.split('/')].map(encodeURIComponent).join('/')}`;
  return {
    ...progress(job),
    MediaSampleRateHertz: job.sampleRateHz ?? plan.claimed.sampleRateHz,
    MediaFormat: job.mediaFormat ?? plan.claimed.format,
    ...plan.echo,
    Media: {
      MediaFileUri: `s3://${plan.media.bucket}/${plan.media.key}`,
      ...(isDone && redaction?.audio && { RedactedMediaFileUri: uriOf(redaction.audio) }),
    },
    ...(isDone && {
      Transcript: {
        ...((!redaction || redaction.keepsOriginal) && { TranscriptFileUri: uriOf(plan.output) }),
        ...(redaction && { RedactedTranscriptFileUri: uriOf(redaction.transcript) }),
      },
    }),
  };
}

function progress(job: Job): Record<string, unknown> {
  const { kind, name, languageCode } = job.plan;
  return {
    [`${kind}Name`]: name,
    [`${kind}Status`]: job.status,
    LanguageCode: languageCode,
    CreationTime: epochSeconds(job.createdAtMs),
    StartTime: epochSeconds(job.startedAtMs),
    CompletionTime: epochSeconds(job.completedAtMs),
    FailureReason: job.failureReason,
  };
}

function list(kind: JobKind, body: unknown, { jobs }: OperationsContext): Record<string, unknown> {
  const { Status, JobNameContains = '', NextToken, MaxResults = 5 } = parseListJobs(body);
  const before = NextToken === undefined ? Number.POSITIVE_INFINITY : Number(NextToken);
  const matches = jobs
    .list(kind)
    .filter((job) => job.sequence < before)
    .filter((job) => Status === undefined || job.status === Status)
    .filter((job) => job.plan.name.toLowerCase().includes(JobNameContains.toLowerCase()));
  const page = matches.slice(0, MaxResults);
  return {
    Status,
    NextToken: matches.length > page.length ? String(page.at(-1)?.sequence) : undefined,
    [`${kind}Summaries`]: page.map((job) => ({
      ...progress(job),
      ...(kind === 'TranscriptionJob' && { OutputLocationType: 'CUSTOMER_BUCKET' }),
    })),
  };
}

function epochSeconds(epochMs: number | undefined): number | undefined {
  return epochMs === undefined ? undefined : epochMs / 1000;
}
