import { Match, type Template } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, it } from 'vitest';
import { callSubject } from '../../lambdas/calls/call-table.ts';
import { CHANGED_BY_HAND_METRIC } from '../../lambdas/calls/calls.ts';
import { CUSTODY, CUSTODY_ENTRY } from '../../lambdas/calls/custody/custody-store.ts';
import { idOf, synthesize } from './synthesize.ts';

let template: Template;
beforeAll(() => {
  template = synthesize();
});

const attribute = (id: string, name: string) => ({ 'Fn::GetAtt': [id, name] });
const deadLetters = () => idOf(template, 'AWS::SQS::Queue', /^CustodyDeadLetterQueue/);
const noteChanges = () => idOf(template, 'AWS::Lambda::Function', /^CustodyNoteChanges/);

describe('what notes the changes of calls', () => {
  it('follows the table from its beginning, and puts aside what fails for good', () => {
    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      FunctionName: { Ref: noteChanges() },
      EventSourceArn: attribute('CallTable0BF11117', 'StreamArn'),
      StartingPosition: 'TRIM_HORIZON',
      BisectBatchOnFunctionError: true,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      MaximumRetryAttempts: Match.anyValue(),
      DestinationConfig: { OnFailure: { Destination: attribute(deadLetters(), 'Arn') } },
    });
  });

  it('is given calls, and custody that somebody changes, and not what it notes itself', () => {
    const [mapping] = Object.values(template.findResources('AWS::Lambda::EventSourceMapping')).filter(
      ({ Properties }) => Properties.FunctionName.Ref === noteChanges(),
    );
    const filters = mapping?.Properties.FilterCriteria.Filters as { Pattern: string }[];
    const part = (rule: unknown) => ({ dynamodb: { Keys: { part: { S: [rule] } } } });
    expect(filters.map(({ Pattern }) => JSON.parse(Pattern))).toEqual([
      part(callSubject('any').part),
      { eventName: ['MODIFY', 'REMOVE'], ...part({ prefix: CUSTODY_ENTRY }) },
      { eventName: ['REMOVE'], ...part(CUSTODY) },
    ]);
  });

  it('may do with items what noting needs, and removes none', () => {
    const [policy] = Object.entries(template.findResources('AWS::IAM::Policy'))
      .filter(([id]) => id.startsWith('CustodyNoteChanges'))
      .map(([, { Properties }]) => Properties.PolicyDocument.Statement as { Action: string | string[] }[]);
    const onItems = policy?.flatMap(({ Action }) => Action).filter((action) => /Item|Query|Scan/.test(action));
    expect(onItems?.toSorted()).toEqual(
      ['ConditionCheckItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'].map((action) => `dynamodb:${action}`),
    );
  });

  it('has alarms: on changes that were not noted, on late ones, and on what was changed by hand', () => {
    const alarmed = { AlarmActions: [{ Ref: Match.stringLikeRegexp('AlarmTopic') }] };
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName: 'ApproximateNumberOfMessagesVisible',
      Dimensions: [{ Name: 'QueueName', Value: attribute(deadLetters(), 'QueueName') }],
      ...alarmed,
    });
    for (const MetricName of ['IteratorAge', CHANGED_BY_HAND_METRIC.metricName]) {
      template.hasResourceProperties('AWS::CloudWatch::Alarm', {
        MetricName,
        Dimensions: [{ Name: 'FunctionName', Value: { Ref: noteChanges() } }],
        ...alarmed,
      });
    }
  });
});
