import { Match, type Template } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, it } from 'vitest';
import { idOf, statementsOf, synthesize } from './synthesize.ts';

let template: Template;
beforeAll(() => {
  template = synthesize();
});

/** What a role may do with objects: for each action, the keys of each bucket. */
function objectsOf(role: RegExp): string[] {
  return statementsOf(template, idOf(template, 'AWS::IAM::Role', role))
    .flatMap(({ Action, Resource }) =>
      [Action].flat().flatMap((action) => [Resource].flat().map((one) => `${action} ${keysIn(one)}`)),
    )
    .filter((one) => /^s3:(Get|Put)Object/.test(one))
    .toSorted();
}

/** The bucket and the keys of an ARN. */
const keysIn = (arn: unknown): string => {
  const [, bucket, keys] = /"(Recordings|TranscriptionTranscripts)[^"]*".*"(\/[^"]*)"/.exec(JSON.stringify(arn)) ?? [];
  return `${bucket}${keys}`;
};

describe('tagging stored calls anew', () => {
  it('is throttled by how many of the function run at once', () => {
    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      FunctionName: { Ref: idOf(template, 'AWS::Lambda::Function', /^TaggingRetagWorkerFunction/) },
      ScalingConfig: { MaximumConcurrency: 10 },
    });
  });

  it('reads transcripts and rulebooks, not what Transcribe wrote, and tags every copy without reading it', () => {
    const folders = ['clips/calls', 'redacted-audio', 'transcribe-output', 'transcripts'];
    const copies = ['Recordings/*', ...folders.map((folder) => `TranscriptionTranscripts/${folder}/*`)];
    expect(objectsOf(/^TaggingRetagWorkerRole/)).toEqual([
      's3:GetObject TranscriptionTranscripts/rulebooks/*',
      's3:GetObject TranscriptionTranscripts/transcripts/*',
      ...['Get', 'Put'].flatMap((verb) =>
        ['', 'Version'].flatMap((of) => copies.map((keys) => `s3:${verb}Object${of}Tagging ${keys}`)),
      ),
    ]);
  });
});

describe('the tagging URL', () => {
  it('can store rulebooks, and read nothing that was said', () => {
    expect(objectsOf(/^TaggingApiRole/)).toEqual(['s3:PutObject TranscriptionTranscripts/rulebooks/*']);
  });

  it('is named in the outputs, with the policy of those who may call it', () => {
    template.hasOutput('TaggingUrl', { Value: Match.anyValue() });
    template.hasOutput('TaggingOperatorPolicyArn', {
      Value: { Ref: idOf(template, 'AWS::IAM::ManagedPolicy', /^TaggingUrlCallerPolicy/) },
    });
  });
});
