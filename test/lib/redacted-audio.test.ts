import { Match, type Template } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, it } from 'vitest';
import { idOf, statementsOf, synthesize } from './synthesize.ts';

let template: Template;
beforeAll(() => {
  template = synthesize();
});

/** The one resource of a type whose logical id is like `id`. */
function one(type: string, id: RegExp) {
  const found = idOf(template, type, id);
  return { id: found, properties: template.findResources(type)[found]?.Properties };
}
const worker = () => one('AWS::Lambda::Function', /^RedactedAudioRedactAudio/);
const queue = () => one('AWS::SQS::Queue', /^RedactedAudioRedactAudioQueue/);

describe('the worker that redacts audio', () => {
  it('is told by our own bus of every call that was tagged, and of nothing else', () => {
    template.hasResourceProperties('AWS::Events::Rule', {
      EventBusName: { Ref: idOf(template, 'AWS::Events::EventBus', /^EventsBus/) },
      EventPattern: { source: ['verbatim'], 'detail-type': ['Call Tagged'] },
      Targets: [Match.objectLike({ Arn: { 'Fn::GetAtt': [queue().id, 'Arn'] } })],
    });
  });

  it('takes up one recording at a time, and nobody else takes it up meanwhile', () => {
    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      FunctionName: { Ref: worker().id },
      BatchSize: 1,
    });
    expect(queue().properties.VisibilityTimeout).toBe(6 * worker().properties.Timeout);
  });

  it('reads recordings and our transcripts, not what Transcribe wrote, and writes redacted audio only', () => {
    const [role] = worker().properties.Role['Fn::GetAtt'];
    const objects = statementsOf(template, role).flatMap(({ Action, Resource }) =>
      [Action].flat().flatMap((action) => {
        const [, key] = /"(\/[^"]*\*)"/.exec(JSON.stringify(Resource)) ?? [];
        return action.startsWith('s3:') && key ? [[action, key]] : [];
      }),
    );
    expect(objects.toSorted()).toEqual([
      ['s3:AbortMultipartUpload', '/redacted-audio/*'],
      ['s3:GetObject', '/transcripts/*'],
      ['s3:GetObjectVersion', '/*'],
      ['s3:PutObject', '/redacted-audio/*'],
      ['s3:PutObjectTagging', '/redacted-audio/*'],
    ]);
  });
});
