import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { HeadBucketCommand, HeadObjectCommand, S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { type AudioDecoder, pythonDecoder } from './audio.ts';
import { answerComprehend } from './comprehend.ts';
import { JobFailure, RequestError } from './errors.ts';
import { createEventSender, type JobEvent, jobEvent } from './events.ts';
import { Faults } from './faults.ts';
import { JobTable } from './jobs.ts';
import { createOperations, type Operations } from './operations.ts';
import { pythonRecogniser, type Recogniser } from './recogniser.ts';
import { transcribe } from './transcription.ts';

/** Where the local Transcribe listens, and what it works with. */
export interface LocalTranscribeOptions {
  /** @default any free port */
  port?: number;
  /** @default only this machine: 127.0.0.1 */
  host?: string;
  /** The emulator that has S3, EventBridge and SQS. */
  awsEndpoint: string;
  /** @default us-east-1 */
  region?: string;
  /** @default 000000000000 */
  accountId?: string;
  /** A folder in which results of the recogniser are kept between starts. */
  cacheDir: string;
  /** The Python interpreter that has the recogniser installed. */
  python: string;
  /** How many jobs run at once; the others wait. @default 2 */
  concurrentJobs?: number;
  /** @default `recognise.py`, run with `python` */
  recogniser?: Recogniser;
  /** @default `decode.py`, run with `python` */
  decoder?: AudioDecoder;
}

/** A running local Transcribe. */
export interface LocalTranscribe {
  url: string;
  /** Stops the server and the recognisers that run; jobs are forgotten. */
  close(): Promise<void>;
}

/**
 * Starts a server that speaks the Transcribe API for batch jobs, with a real recogniser behind it. It writes the
 * documents and sends the events that Transcribe does, and refuses what it cannot do truly. What goes wrong on purpose
 * is set with `GET`, `PUT` and `DELETE /faults` (see `FaultSettings`). Comprehend's BatchDetectSentiment is answered at the
 * same address.
 */
export async function startLocalTranscribe(options: LocalTranscribeOptions): Promise<LocalTranscribe> {
  const { port = 0, host = '127.0.0.1', region = 'us-east-1', accountId = '000000000000' } = options;
  const client = {
    endpoint: options.awsEndpoint,
    region,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  };
  const s3 = new S3Client({ ...client, forcePathStyle: true });
  const events = new EventBridgeClient(client);
  const sqs = new SQSClient(client);
  const sendEvent = createEventSender({ events, sqs, region, accountId });
  const recogniser = options.recogniser ?? pythonRecogniser(options);
  const decoder = options.decoder ?? pythonDecoder(options.python);
  const faults = new Faults();

  const closing = new AbortController();
  const sending = new Set<Promise<void>>();
  /** Sends an event after a while; a job does not wait for its event. */
  const sendLate = async (event: JobEvent, delayMs: number) => {
    try {
      await sleep(delayMs, undefined, { signal: closing.signal });
      await sendEvent(event);
    } catch (error) {
      // As on AWS, events are best effort: the job is done all the same.
      if (!closing.signal.aborted) console.error('the event of a job was not sent:', event.detail, error);
    }
  };

  const jobs = new JobTable({
    concurrentJobs: options.concurrentJobs ?? 2,
    work: async (job, signal) => {
      await sleep(faults.settings.delayMs ?? 0, undefined, { signal });
      const failure = faults.takeFailure(job.plan.name);
      if (failure !== undefined) throw new JobFailure(failure);
      await transcribe(job, { s3, recogniser, decoder }, signal);
    },
    announce: async (job) => {
      for (let copies = faults.takeEventCopies(); copies > 0; copies -= 1) {
        const late = sendLate(jobEvent(job), faults.takeEventDelayMs());
        sending.add(late);
        late.finally(() => sending.delete(late));
      }
    },
  });
  const operations = createOperations({
    accountId,
    region,
    jobs,
    faults,
    canRead: ({ bucket, key }) => exists(s3.send(new HeadObjectCommand({ Bucket: bucket, Key: key }))),
    canWriteTo: (bucket) => exists(s3.send(new HeadBucketCommand({ Bucket: bucket }))),
  });

  const server = createServer(async (request, response) => {
    const isFaults = request.url === '/faults';
    const reply = await (isFaults ? answerFaults(request, faults) : answerOperation(request, operations));
    response.writeHead(reply.status, {
      'content-type': isFaults ? 'application/json' : 'application/x-amz-json-1.1',
    });
    response.end(JSON.stringify(reply.body));
  });
  server.listen(port, host);
  await once(server, 'listening');
  const address = server.address();
  const listeningPort = typeof address === 'object' && address !== null ? address.port : port;
  return {
    url: `http://${host}:${listeningPort}`,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await Promise.all([closed, jobs.close()]);
      closing.abort();
      await Promise.all(sending);
      for (const used of [s3, events, sqs]) used.destroy();
    },
  };
}

interface Reply {
  status: number;
  body: unknown;
}

async function answerOperation(request: IncomingMessage, operations: Operations): Promise<Reply> {
  try {
    const [service = '', operation = ''] = String(request.headers['x-amz-target'] ?? '').split('.');
    const body = parseBody(await text(request));
    const answer = service.startsWith('Comprehend') ? answerComprehend : operations;
    return { status: 200, body: await answer(operation, body) };
  } catch (error) {
    if (error instanceof RequestError) {
      return { status: 400, body: { __type: error.code, Message: error.message } };
    }
    console.error(error);
    return { status: 500, body: { __type: 'InternalFailureException', Message: String(error) } };
  }
}

async function answerFaults(request: IncomingMessage, faults: Faults): Promise<Reply> {
  try {
    const body = await text(request);
    if (request.method === 'PUT') faults.replace(parseBody(body));
    else if (request.method === 'DELETE') faults.replace({});
    else if (request.method !== 'GET') return { status: 405, body: { message: 'use GET, PUT or DELETE' } };
    return { status: 200, body: faults.settings };
  } catch (error) {
    return { status: 400, body: { message: error instanceof Error ? error.message : String(error) } };
  }
}

function parseBody(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new RequestError('SerializationException', 'the request body is not JSON');
  }
}

async function exists(found: Promise<unknown>): Promise<boolean> {
  try {
    await found;
    return true;
  } catch (error) {
    if (error instanceof S3ServiceException && [403, 404].includes(error.$metadata.httpStatusCode ?? 0)) return false;
    throw error;
  }
}
