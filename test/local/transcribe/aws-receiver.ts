import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';

/** An event as it was put on the bus. */
export interface ReceivedEvent {
  source: string;
  detailType: string;
  detail: Record<string, unknown>;
}

/** Buckets, a bus and a queue over HTTP: just what the local Transcribe uses of S3, EventBridge and SQS. */
export interface AwsReceiver {
  endpoint: string;
  /** Objects by `bucket/key`. */
  objects: Map<string, Buffer>;
  buckets: Set<string>;
  events: ReceivedEvent[];
  /** If set, PutEvents is refused as AWS does for `aws.` sources, and a rule with this pattern brings events to a queue. */
  rulePattern?: Record<string, unknown>;
  /** Resolves with all events as soon as there are this many. */
  eventCount(count: number): Promise<ReceivedEvent[]>;
  close(): Promise<void>;
}

export async function startAwsReceiver(): Promise<AwsReceiver> {
  const objects = new Map<string, Buffer>();
  const buckets = new Set<string>();
  const events: ReceivedEvent[] = [];
  const waiting: { count: number; resolve: () => void }[] = [];

  function receive(event: ReceivedEvent): void {
    events.push(event);
    for (const waiter of waiting) if (events.length >= waiter.count) waiter.resolve();
  }

  function answerAction(action: string, body: Record<string, unknown>): unknown {
    const pattern = receiver.rulePattern;
    switch (action) {
      case 'AWSEvents.PutEvents':
        if (pattern !== undefined) return { Entries: [{ ErrorCode: 'NotAuthorizedForSourceException' }] };
        for (const entry of asEntries(body.Entries)) {
          receive({ source: entry.Source, detailType: entry.DetailType, detail: JSON.parse(entry.Detail) });
        }
        return { FailedEntryCount: 0, Entries: [] };
      case 'AWSEvents.ListRules':
        return { Rules: [{ Name: 'rule', State: 'ENABLED', EventPattern: JSON.stringify(pattern) }] };
      case 'AWSEvents.TestEventPattern':
        return { Result: JSON.parse(String(body.EventPattern)).source[0] === JSON.parse(String(body.Event)).source };
      case 'AWSEvents.ListTargetsByRule':
        return { Targets: [{ Id: 'queue', Arn: 'arn:aws:sqs:us-east-1:000000000000:finished' }] };
      case 'AmazonSQS.GetQueueUrl':
        return { QueueUrl: `${receiver.endpoint}/${body.QueueName}` };
      case 'AmazonSQS.SendMessage': {
        const message = JSON.parse(String(body.MessageBody));
        receive({ source: message.source, detailType: message['detail-type'], detail: message.detail });
        return { MessageId: '1', MD5OfMessageBody: createHash('md5').update(String(body.MessageBody)).digest('hex') };
      }
      default:
        throw new Error(`the receiver has no ${action}`);
    }
  }

  async function answer(request: IncomingMessage): Promise<{ status: number; body?: Buffer | string }> {
    const body = await buffer(request);
    const action = request.headers['x-amz-target'];
    if (action !== undefined) {
      return { status: 200, body: JSON.stringify(answerAction(String(action), JSON.parse(body.toString()))) };
    }
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname.slice(1)).replace(
      /\/$/,
      '',
    );
    if (request.method === 'PUT') {
      objects.set(path, body);
      return { status: 200 };
    }
    if (!path.includes('/')) return { status: buckets.has(path) ? 200 : 404 };
    const object = objects.get(path);
    return object === undefined ? { status: 404 } : { status: 200, body: object };
  }

  const server = createServer(async (request, response) => {
    const { status, body = '' } = await answer(request);
    response.writeHead(status, { 'content-length': Buffer.byteLength(body) });
    response.end(request.method === 'HEAD' ? undefined : body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the receiver has no port');
  const receiver: AwsReceiver = {
    endpoint: `http://127.0.0.1:${address.port}`,
    objects,
    buckets,
    events,
    eventCount: async (count) => {
      if (events.length < count) await new Promise<void>((resolve) => waiting.push({ count, resolve }));
      return events;
    },
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
  return receiver;
}

function asEntries(value: unknown): { Source: string; DetailType: string; Detail: string }[] {
  return Array.isArray(value) ? value : [];
}
