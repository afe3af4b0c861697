import { randomUUID } from 'node:crypto';
import {
  type EventBridgeClient,
  ListRulesCommand,
  ListTargetsByRuleCommand,
  PutEventsCommand,
  type Rule,
  TestEventPatternCommand,
} from '@aws-sdk/client-eventbridge';
import { GetQueueUrlCommand, SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { Job } from './jobs.ts';

const source = 'aws.transcribe';

/** An event of Transcribe, before EventBridge puts it in its envelope. */
export interface JobEvent {
  detailType: string;
  detail: Record<string, unknown>;
}

/** What events are sent with, and the account and region they name. */
export interface EventSenderOptions {
  events: EventBridgeClient;
  sqs: SQSClient;
  region: string;
  accountId: string;
}

/**
 * The event that Transcribe sends for a job that is COMPLETED or FAILED; it sends none for other states.
 * @see https://docs.aws.amazon.com/transcribe/latest/dg/monitoring-events.html
 */
export function jobEvent(job: Job): JobEvent {
  const { kind, name } = job.plan;
  const failure = job.failureReason === undefined ? {} : { FailureReason: job.failureReason };
  return kind === 'TranscriptionJob'
    ? {
        detailType: 'Transcribe Job State Change',
        detail: { TranscriptionJobName: name, TranscriptionJobStatus: job.status, ...failure },
      }
    : {
        detailType: 'Call Analytics Job State Change',
        detail: { JobName: name, JobStatus: job.status, ...failure },
      };
}

/**
 * Sends events to the default bus. Like AWS, an emulator may refuse events that claim to come from an AWS service; they
 * are then brought to the queues of the rules that match them, as EventBridge would do it for a service.
 * Throws an error if the event cannot be sent, or a matching rule has a target that is not a plain queue.
 */
export function createEventSender(options: EventSenderOptions): (event: JobEvent) => Promise<void> {
  return async (event) => {
    const entry = { Source: source, DetailType: event.detailType, Detail: JSON.stringify(event.detail), Resources: [] };
    const { Entries: [result] = [] } = await options.events.send(new PutEventsCommand({ Entries: [entry] }));
    if (result?.ErrorCode === 'NotAuthorizedForSourceException') await sendToTargets(event, options);
    else if (result?.ErrorCode !== undefined) throw new Error(`${result.ErrorCode}: ${result.ErrorMessage}`);
  };
}

async function sendToTargets(event: JobEvent, options: EventSenderOptions): Promise<void> {
  const { events, sqs, region, accountId } = options;
  const message = JSON.stringify({
    version: '0',
    id: randomUUID(),
    'detail-type': event.detailType,
    source,
    account: accountId,
    time: `${new Date().toISOString().slice(0, 19)}Z`,
    region,
    resources: [],
    detail: event.detail,
  });
  for (const { Name, EventPattern } of await enabledRules(events)) {
    if (EventPattern === undefined) continue;
    const { Result } = await events.send(new TestEventPatternCommand({ EventPattern, Event: message }));
    if (!Result) continue;
    const { Targets = [] } = await events.send(new ListTargetsByRuleCommand({ Rule: Name }));
    for (const target of Targets) {
      const [, queue] = /^arn:aws:sqs:[^:]*:[^:]*:(.+)$/.exec(target.Arn ?? '') ?? [];
      if (queue === undefined || target.Input || target.InputPath || target.InputTransformer || target.SqsParameters) {
        throw new Error(
          `rule ${Name} has the target ${target.Arn}: only queues that take the event as it is are served`,
        );
      }
      const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: queue }));
      await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: message }));
    }
  }
}

async function enabledRules(events: EventBridgeClient): Promise<Rule[]> {
  const rules: Rule[] = [];
  let NextToken: string | undefined;
  do {
    const page = await events.send(new ListRulesCommand({ NextToken }));
    rules.push(...(page.Rules ?? []));
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return rules.filter((rule) => rule.State === 'ENABLED');
}
