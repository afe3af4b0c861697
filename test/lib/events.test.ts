import { Match, type Template } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, it } from 'vitest';
import { callSubject } from '../../lambdas/calls/call-table.ts';
import { idOf, synthesize } from './synthesize.ts';

let template: Template;
beforeAll(() => {
  template = synthesize();
});

const bus = () => idOf(template, 'AWS::Events::EventBus', /^Events/);
const deadLetters = () => idOf(template, 'AWS::SQS::Queue', /^EventsDeadLetterQueue/);
const attribute = (id: string, name: string) => ({ 'Fn::GetAtt': [id, name] });

describe('the stream of the table, which is the outbox of events', () => {
  it('is read from its beginning, of calls, scores, reviews and disputes alone, and what fails is tried again in parts before it is put aside', () => {
    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      EventSourceArn: attribute('CallTable0BF11117', 'StreamArn'),
      FunctionName: { Ref: idOf(template, 'AWS::Lambda::Function', /^EventsPublishEvents/) },
      StartingPosition: 'TRIM_HORIZON',
      BisectBatchOnFunctionError: true,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      MaximumRetryAttempts: Match.anyValue(),
      DestinationConfig: { OnFailure: { Destination: attribute(deadLetters(), 'Arn') } },
      FilterCriteria: { Filters: Match.anyValue() },
    });
    const worker = idOf(template, 'AWS::Lambda::Function', /^EventsPublishEvents/);
    const mapping = Object.values(template.findResources('AWS::Lambda::EventSourceMapping')).find(
      ({ Properties }) => Properties.FunctionName.Ref === worker,
    );
    const filters: { Pattern: string }[] = mapping?.Properties.FilterCriteria.Filters;
    const ofCalls = { subject: { S: [{ prefix: 'call#' }] } };
    expect(filters.map(({ Pattern }) => JSON.parse(Pattern).dynamodb.Keys)).toEqual([
      { part: { S: [callSubject('any').part] } },
      { ...ofCalls, part: { S: [{ prefix: 'score#' }] } },
      { ...ofCalls, part: { S: [{ prefix: 'review#' }] } },
      { part: { S: ['dispute'] } },
    ]);
  });

  it('has alarms on events that were not published, and on ones that are late', () => {
    const alarmed = { AlarmActions: [{ Ref: Match.stringLikeRegexp('AlarmTopic') }] };
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName: 'ApproximateNumberOfMessagesVisible',
      Dimensions: [{ Name: 'QueueName', Value: attribute(deadLetters(), 'QueueName') }],
      ...alarmed,
    });
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName: 'IteratorAge',
      Dimensions: [
        { Name: 'FunctionName', Value: { Ref: idOf(template, 'AWS::Lambda::Function', /^EventsPublishEvents/) } },
      ],
      ...alarmed,
    });
  });
});

describe('the bus', () => {
  it('is encrypted with the key of the platform, which lets EventBridge use it for this bus', () => {
    template.hasResourceProperties('AWS::Events::EventBus', {
      KmsKeyIdentifier: attribute('PlatformKeyE2280810', 'Arn'),
      DeadLetterConfig: { Arn: attribute(deadLetters(), 'Arn') },
    });
    template.hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: {
        Statement: Match.arrayWith([
          Match.objectLike({ Principal: { Service: 'events.amazonaws.com' }, Condition: Match.anyValue() }),
        ]),
      },
    });
  });

  it('may write to its dead-letter queue, and no other bus may', () => {
    template.hasResourceProperties('AWS::SQS::QueuePolicy', {
      Queues: [{ Ref: deadLetters() }],
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Action: 'sqs:SendMessage',
            Principal: { Service: 'events.amazonaws.com' },
            Condition: { ArnEquals: { 'aws:SourceArn': attribute(bus(), 'Arn') } },
          }),
        ]),
      },
    });
  });

  it('is named in the outputs, for those who subscribe', () => {
    template.hasOutput('EventBusName', { Value: { Ref: bus() } });
  });
});
