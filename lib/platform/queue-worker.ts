import { Duration } from 'aws-cdk-lib';
import { type EventPattern, type IEventBus, Rule, type Schedule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { allowSending } from './grants.ts';
import { VerbatimFunction, type VerbatimFunctionProps } from './verbatim-function.ts';

/** A function that takes up messages from a queue. */
export interface QueueWorkerProps extends VerbatimFunctionProps {
  /** The events that come to the queue, one rule for each pattern, by name. @default none */
  readonly events?: Record<string, EventPattern>;
  /** The bus that those events are on. @default the account's */
  readonly eventBus?: IEventBus;
  /** How often a scheduled event comes to the queue. @default never */
  readonly schedule?: Schedule;
  /** How many messages the function takes up at once. @default 10 */
  readonly batchSize?: number;
  /** How long messages are gathered for a batch, which is then larger: more than 10 need it. @default not at all */
  readonly batchingWindow?: Duration;
  /** How many of the function take up messages at once, 2 at least. @default 20 */
  readonly maxConcurrency?: number;
}

const TIMEOUT = Duration.minutes(2);

/** A message that fails so often is put aside. */
const MAX_RECEIVES = 5;

/**
 * Events → queue → function, with a dead-letter queue behind it: messages are answered one by one, so that only those
 * that failed come again. An alarm tells of messages that were put aside, and of ones that wait too long.
 */
export class QueueWorker extends Construct {
  readonly queue: Queue;
  readonly deadLetterQueue: Queue;
  readonly worker: VerbatimFunction;

  constructor(scope: Construct, id: string, props: QueueWorkerProps) {
    super(scope, id);
    const { platform, events = {}, eventBus, schedule, timeout = TIMEOUT, ...rest } = props;
    const { batchSize = 10, batchingWindow, maxConcurrency = 20, ...functionProps } = rest;
    // As long as SQS keeps anything: a fault that is found after a long weekend has lost nothing.
    const common = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true, retentionPeriod: Duration.days(14) };
    this.deadLetterQueue = new Queue(this, 'DeadLetterQueue', common);
    this.queue = new Queue(this, 'Queue', {
      ...common,
      // Six times the function's timeout and the window, as Lambda recommends, so that no message comes again while it is worked on.
      visibilityTimeout: Duration.seconds(6 * timeout.toSeconds() + (batchingWindow?.toSeconds() ?? 0)),
      deadLetterQueue: { queue: this.deadLetterQueue, maxReceiveCount: MAX_RECEIVES },
    });
    const target = () => new SqsQueue(this.queue, { deadLetterQueue: this.deadLetterQueue });
    for (const [name, eventPattern] of Object.entries(events))
      new Rule(this, name, { eventPattern, eventBus, targets: [target()] });
    if (schedule) new Rule(this, 'Schedule', { schedule, targets: [target()] });

    this.worker = new VerbatimFunction(this, 'Worker', { timeout, platform, ...functionProps });
    this.worker.function.addEventSource(
      new SqsEventSource(this.queue, {
        ...{ batchSize, maxBatchingWindow: batchingWindow, maxConcurrency },
        reportBatchItemFailures: true,
      }),
    );

    platform.alarm(this, 'DeadLettersAlarm', {
      metric: this.deadLetterQueue.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(1) }),
      atLeast: 1,
      description: `Messages of ${id} failed ${MAX_RECEIVES} times and were put aside. See docs/operations.md, "Dead letters".`,
    });
    platform.alarm(this, 'AgeAlarm', {
      metric: this.queue.metricApproximateAgeOfOldestMessage({ period: Duration.minutes(5) }),
      atLeast: Duration.hours(1).toSeconds(),
      description: `Messages of ${id} have waited for an hour. See docs/operations.md, "Waiting messages".`,
    });
  }

  /**
   * Lets a function send messages to the queue, whose URL it reads in the environment variable of that name. The worker itself may go
   * on so, page after page, for as long as its work takes: Lambda would take that for a loop and stop it after some 16 rounds.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html
   */
  allowSendingFrom(sender: VerbatimFunction, variable: string): void {
    if (sender === this.worker) sender.allowRecursion();
    sender.function.addEnvironment(variable, this.queue.queueUrl);
    allowSending(sender.role, this.queue);
  }
}
