import {
  DeleteTranscriptionJobCommand,
  GetTranscriptionJobCommand,
  type TranscribeClient,
} from '@aws-sdk/client-transcribe';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { type Call, callCopies, callStore, custodyStore, type Moment } from '../../../lambdas/calls/calls.ts';
import { objectVersions } from '../../../lambdas/platform/object-versions.ts';
import { recordingCopies, SourceConfig } from '../../../lambdas/recordings/recordings.ts';
import type { DeleteCallNeeds } from '../../../lambdas/retention/expiry/delete-call.ts';
import { receiptStore } from '../../../lambdas/retention/expiry/receipt-store.ts';
import { transcriptionCopies } from '../../../lambdas/transcription/transcription.ts';
import { crashAt, transcribingCall } from '../builders.ts';
import { memoryDynamodb } from '../memory-dynamodb.ts';
import { memoryS3 } from '../memory-s3.ts';

const TRANSCRIPTS = 'transcripts';
const PREFIX = 'verbatim-';

const sources = [
  SourceConfig.parse({
    name: 'support',
    metadata: [{ from: 'sidecar', fields: { agentId: 'agent', customerId: 'c', startedAt: 's' } }],
  }),
];

/** Jobs of Transcribe, held in memory by name, with how they stand. */
function memoryTranscribe(jobs: Map<string, string>) {
  const refusal = (name: string) => Object.assign(new Error(name), { name });
  const send = async (command: unknown) => {
    if (command instanceof GetTranscriptionJobCommand) {
      const status = jobs.get(command.input.TranscriptionJobName ?? '');
      if (status === undefined) throw refusal('BadRequestException');
      return { TranscriptionJob: { TranscriptionJobStatus: status } };
    }
    if (command instanceof DeleteTranscriptionJobCommand) {
      if (!jobs.delete(command.input.TranscriptionJobName ?? '')) throw refusal('NotFoundException');
      return {};
    }
    throw new Error(`${command?.constructor.name} is not part of this test`);
  };
  return { send } as unknown as TranscribeClient;
}

/** Everything in which calls are kept, held in memory, with the stores and what deletes. */
export function world() {
  const table = memoryDynamodb();
  const s3 = memoryS3();
  const jobs = new Map<string, string>();
  const time = { now: '2026-10-14T12:00:00.000Z' };
  const leftovers: string[] = [];

  const needsOf = (crashing: <T extends object>(client: T) => T = (client) => client): DeleteCallNeeds => {
    const dynamodb: DynamoDBDocumentClient = crashing(table.client);
    const versions = objectVersions(crashing(s3.client));
    return {
      calls: callStore(dynamodb, 't'),
      custody: custodyStore(dynamodb, 't'),
      receipts: receiptStore(dynamodb, 't', 2557),
      stores: [
        ...recordingCopies({ versions, dynamodb, tableName: 't', sources }),
        ...transcriptionCopies({
          versions,
          transcribe: crashing(memoryTranscribe(jobs)),
          transcriptsBucket: TRANSCRIPTS,
          jobNamePrefix: PREFIX,
        }),
        ...callCopies({ dynamodb, tableName: 't' }),
      ],
      hashOf: async (copy) => (copy.of === 'object' ? versions.sha256Of(copy) : undefined),
      lookForLeftovers: async (callId) => void leftovers.push(callId),
      clock: () => new Date(time.now),
    };
  };
  const needs = needsOf();
  const calls = callStore(table.client, 't');
  const custody = custodyStore(table.client, 't');

  /** A tagged call of two attempts, with a copy in every place. */
  async function put(callId: string, changes: Partial<Call> = {}): Promise<Call> {
    const key = `support/${callId}-555-0100.wav`;
    const call = transcribingCall(callId, {
      recording: { bucket: 'recordings', key, versionId: 'v1' },
      attempt: 2,
      job: { kind: 'standard', name: `${PREFIX}${callId}-2`, agentChannel: 0 },
      ...changes,
    });
    await calls.create(call);
    const moment = (startMs: number): Moment => ({
      ...{ tag: 'refund', startMs, endMs: startMs + 1, speaker: 'CUSTOMER', quote: 'my card is 555-0100' },
      ...{ ruleId: 'r', rulebookVersion: '1' },
    });
    if (call.state === 'transcribing')
      await calls.enterTagged(call, [moment(0), moment(5)], time.now, { rulebookVersion: '1' });
    const objects = [
      ...[`transcribe-output/${PREFIX}${callId}.json`, `transcribe-output/redacted-${PREFIX}${callId}-2.json`],
      ...[`transcribe-output/redacted-analytics/${PREFIX}${callId}.wav`, `transcripts/${callId}.json`],
      `redacted-audio/${callId}.wav`,
    ];
    s3.put(
      { bucket: 'recordings', key, versionId: 'v1', sha256: 'ab'.repeat(32) },
      { bucket: 'recordings', key: `${key}.json`, versionId: 's1' },
      { bucket: 'recordings', key: `${key}.json`, versionId: 's2', deleteMarker: true },
      ...objects.map((one) => ({ bucket: TRANSCRIPTS, key: one, versionId: 'v1' })),
      { bucket: TRANSCRIPTS, key: `transcripts/${callId}.json`, versionId: 'v0' },
    );
    jobs.set(`${PREFIX}${callId}`, 'FAILED');
    jobs.set(`${PREFIX}${callId}-2`, 'COMPLETED');
    await custody.append(callId, { kind: 'received', at: time.now, by: 'verbatim' });
    await custody.append(callId, { kind: 'call-read', at: time.now, by: 'arn:qa' });
    return (await calls.get(callId)) ?? call;
  }

  /** Everything that is kept of a call, beside its receipt. */
  const remains = (callId: string): string[] => [
    ...s3.keys().filter((key) => key.includes(callId)),
    ...[...jobs.keys()].filter((name) => name.includes(callId)),
    ...table.items(`call#${callId}`).map((item) => String(item.part)),
  ];

  /** What deletes, with a crash at the `nth` request to AWS. */
  const crashing = (nth: number, when: 'before' | 'after') => {
    const crash = crashAt(nth, when);
    return { needs: needsOf(crash.crashing), redeliver: crash.redeliver };
  };

  return { table, s3, jobs, time, leftovers, needs, calls, custody, put, remains, crashing };
}
