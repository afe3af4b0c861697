import {
  LanguageCode,
  MediaFormat,
  ParticipantRole,
  PiiEntityType,
  RedactionOutput,
  RedactionType,
  TranscriptionJobStatus,
} from '@aws-sdk/client-transcribe';
import * as z from 'zod';
import { RequestError } from './errors.ts';

const namePattern = /^[0-9a-zA-Z._-]+$/;
const roleArnPattern =
  /^arn:(aws|aws-cn|aws-us-gov|aws-iso-{0,1}[a-z]{0,1}):iam::[0-9]{0,63}:role\/[A-Za-z0-9:_/+=,@.-]{0,1024}$/;

const matching = (pattern: RegExp, maxLength: number) =>
  z
    .string()
    .max(maxLength, `Member must have length less than or equal to ${maxLength}`)
    .regex(pattern, `Member must satisfy regular expression pattern: ${pattern.source}`);

const oneOf = <T extends Record<string, string>>(values: T) =>
  z.enum(values, `Member must satisfy enum value set: [${Object.values(values).join(', ')}]`);

const jobName = matching(namePattern, 200);
const s3Uri = matching(/^s3:\/\/[a-z0-9][.\-a-z0-9]{1,61}[a-z0-9](\/[\s\S]*)?$/, 2000);
const media = z.strictObject({
  MediaFileUri: s3Uri.refine((uri) => locationOf(uri).key !== '', 'Member must name an object: s3://bucket/key'),
});
const roleArn = matching(roleArnPattern, 2048);
const kmsKeyId = matching(/^[A-Za-z0-9][A-Za-z0-9:_/+=,@.-]{0,2048}$/, 2048);
const languageCode = oneOf(LanguageCode);
const tags = z
  .array(z.strictObject({ Key: z.string().min(1).max(128), Value: z.string().max(256) }))
  .min(1)
  .max(200);

const contentRedaction = z.strictObject({
  RedactionType: oneOf(RedactionType),
  RedactionOutput: oneOf(RedactionOutput),
  PiiEntityTypes: z.array(oneOf(PiiEntityType)).max(30).optional(),
});

const startTranscriptionJob = z.strictObject({
  TranscriptionJobName: jobName,
  LanguageCode: languageCode.optional(),
  IdentifyLanguage: z.boolean().optional(),
  IdentifyMultipleLanguages: z.boolean().optional(),
  MediaSampleRateHertz: z.int().min(8000).max(48000).optional(),
  MediaFormat: oneOf(MediaFormat).optional(),
  Media: media,
  OutputBucketName: matching(/^[a-z0-9][.\-a-z0-9]{1,61}[a-z0-9]$/, 64).optional(),
  OutputKey: matching(/^[a-zA-Z0-9-_.!*'()/]{1,1024}$/, 1024).optional(),
  OutputEncryptionKMSKeyId: kmsKeyId.optional(),
  Settings: z
    .strictObject({
      ChannelIdentification: z.boolean().optional(),
      ShowSpeakerLabels: z.boolean().optional(),
      MaxSpeakerLabels: z.int().min(2).max(30).optional(),
    })
    .optional(),
  ContentRedaction: contentRedaction.optional(),
  JobExecutionSettings: z
    .strictObject({ AllowDeferredExecution: z.boolean().optional(), DataAccessRoleArn: roleArn.optional() })
    .optional(),
  Tags: tags.optional(),
});

const startCallAnalyticsJob = z.strictObject({
  CallAnalyticsJobName: jobName,
  Media: media,
  OutputLocation: s3Uri.optional(),
  OutputEncryptionKMSKeyId: kmsKeyId.optional(),
  DataAccessRoleArn: roleArn,
  ChannelDefinitions: z
    .array(z.strictObject({ ChannelId: z.int().min(0).max(1), ParticipantRole: oneOf(ParticipantRole) }))
    .length(2, 'Member must have length equal to 2')
    .refine(
      ([a, b]) => a?.ChannelId !== b?.ChannelId && a?.ParticipantRole !== b?.ParticipantRole,
      'Members must define channels 0 and 1, one as AGENT and the other as CUSTOMER',
    ),
  Settings: z
    .strictObject({
      LanguageOptions: z.array(languageCode).min(1).optional(),
      ContentRedaction: contentRedaction.optional(),
    })
    .optional(),
  Tags: tags.optional(),
});

const listJobs = z.strictObject({
  Status: oneOf(TranscriptionJobStatus).optional(),
  JobNameContains: jobName.optional(),
  NextToken: matching(/^[0-9]+$/, 8192).optional(),
  MaxResults: z.int().min(1).max(100).optional(),
});

/** What a checked request asks to be redacted. */
export type ContentRedaction = z.infer<typeof contentRedaction>;

/** A checked StartTranscriptionJob request, with what is optional on AWS and needed here. */
export type StartTranscriptionJob = z.infer<typeof startTranscriptionJob> & {
  LanguageCode: LanguageCode;
  OutputBucketName: string;
};

/** A checked StartCallAnalyticsJob request, with what is optional on AWS and needed here. */
export type StartCallAnalyticsJob = z.infer<typeof startCallAnalyticsJob> & { OutputLocation: string };

/** An object, or a prefix, in S3. */
export interface S3Location {
  bucket: string;
  key: string;
}

/** Splits `s3://bucket/key`. The key is taken as it is: it may hold any character, and is not decoded. */
export function locationOf(uri: string): S3Location {
  const [bucket = '', ...key] = uri.slice('s3://'.length).split('/');
  return { bucket, key: key.join('/') };
}

/**
 * Checks a StartTranscriptionJob request as Transcribe does, then refuses what would change the transcript and cannot be
 * done here. Throws BadRequestException.
 * @see https://docs.aws.amazon.com/transcribe/latest/APIReference/API_StartTranscriptionJob.html
 */
export function parseStartTranscriptionJob(body: unknown): StartTranscriptionJob {
  const request = parse(startTranscriptionJob, body);
  const { Settings: settings = {}, JobExecutionSettings: execution = {} } = request;
  const languageChoices = [request.LanguageCode, request.IdentifyLanguage, request.IdentifyMultipleLanguages];
  if (languageChoices.filter(Boolean).length !== 1) {
    refuse('include exactly one of LanguageCode, IdentifyLanguage and IdentifyMultipleLanguages in your request');
  }
  if (settings.ChannelIdentification && settings.ShowSpeakerLabels) {
    refuse('Settings.ChannelIdentification and Settings.ShowSpeakerLabels cannot be used together');
  }
  if (Boolean(settings.ShowSpeakerLabels) !== (settings.MaxSpeakerLabels !== undefined)) {
    refuse('Settings.ShowSpeakerLabels and Settings.MaxSpeakerLabels must be given together');
  }
  if (execution.AllowDeferredExecution && execution.DataAccessRoleArn === undefined) {
    refuse('JobExecutionSettings.AllowDeferredExecution needs JobExecutionSettings.DataAccessRoleArn');
  }
  if (request.OutputKey !== undefined && request.OutputBucketName === undefined) {
    refuse('OutputKey needs OutputBucketName');
  }
  const { LanguageCode, OutputBucketName } = request;
  if (LanguageCode === undefined) refuseHere('language identification', 'give LanguageCode');
  if (OutputBucketName === undefined) refuseHere('a service-managed bucket', 'give OutputBucketName');
  return { ...request, LanguageCode, OutputBucketName };
}

/**
 * Checks a StartCallAnalyticsJob request in the same way. Throws BadRequestException.
 * @see https://docs.aws.amazon.com/transcribe/latest/APIReference/API_StartCallAnalyticsJob.html
 */
export function parseStartCallAnalyticsJob(body: unknown): StartCallAnalyticsJob {
  const request = parse(startCallAnalyticsJob, body);
  const { OutputLocation } = request;
  if (OutputLocation === undefined) refuseHere('a service-managed bucket', 'give OutputLocation');
  return { ...request, OutputLocation };
}

/** Checks the one name that a Get or Delete request holds, under the given field. Throws BadRequestException. */
export function parseJobName(field: string, body: unknown): string {
  return parse(z.strictObject({ [field]: jobName }), body)[field] ?? '';
}

/** Checks a List request, of either kind. Throws BadRequestException. */
export function parseListJobs(body: unknown): z.infer<typeof listJobs> {
  return parse(listJobs, body);
}

function refuse(message: string): never {
  throw new RequestError('BadRequestException', message);
}

function refuseHere(what: string, instead: string): never {
  refuse(`the local Transcribe does not support ${what}: ${instead}`);
}

function parse<T>(schema: z.ZodType<T>, body: unknown): T {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  const unknown = result.error.issues.find((issue) => issue.code === 'unrecognized_keys');
  if (unknown !== undefined) {
    refuseHere(unknown.keys.map((key) => [...unknown.path, key].join('.')).join(', '), 'leave it out');
  }
  const violations = result.error.issues.map((issue) => {
    const value = issue.path.reduce(memberOf, body);
    const constraint = value === undefined ? 'Member must not be null' : issue.message;
    const shown = value === undefined ? 'null' : `'${typeof value === 'string' ? value : JSON.stringify(value)}'`;
    return `Value ${shown} at '${issue.path.map(lowerFirst).join('.')}' failed to satisfy constraint: ${constraint}`;
  });
  const errors = violations.length === 1 ? 'error' : 'errors';
  return refuse(`${violations.length} validation ${errors} detected: ${violations.join('; ')}`);
}

function memberOf(value: unknown, key: PropertyKey): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}

function lowerFirst(key: PropertyKey): string {
  const text = String(key);
  return text.charAt(0).toLowerCase() + text.slice(1);
}
