import { dueAt, enteredFrom } from '../../lambdas/calls/call.ts';
import { Call, type CallStore, FoundMoment, type Moment, type Recording } from '../../lambdas/calls/calls.ts';
import { plusMs } from '../../lambdas/platform/clock.ts';
import type { AudioHeader } from '../../lambdas/recordings/audio.ts';
import type { ManifestRow, ManifestStore } from '../../lambdas/recordings/manifest-store.ts';
import { type RecordingStore, SourceConfig } from '../../lambdas/recordings/recordings.ts';
import {
  type CustomerHolds,
  type EraseCallMessage,
  type ErasureArrivals,
  type HoldMessage,
  type ObjectLock,
  RetentionConfig,
} from '../../lambdas/retention/retention.ts';
import { type JobMedia, jobOf } from '../../lambdas/transcription/job.ts';
import {
  type Gate,
  type JobOutcomes,
  type JobStarter,
  s3LocationOf,
  Transcript,
  type TranscriptStore,
  type Turn,
} from '../../lambdas/transcription/transcription.ts';
import type { JobAnswer, JobOutcome } from '../../lambdas/transcription/transcription-jobs.ts';

/** The present time of tests. */
export const NOW = '2026-10-14T12:00:00.000Z';

export const support = SourceConfig.parse({ name: 'support' });

export const retention = RetentionConfig.parse({ defaultClass: '30-days' });

export const stereo: AudioHeader = { container: 'WAVE', channels: 2, sampleRateHz: 8000, durationSeconds: 90 };

export const s3Metadata = { 'agent-id': 'lee', 'customer-id': 'c-1', 'started-at': '2026-10-14T11:00:00+02:00' };

export const recordingAt = (key: string): Recording => ({ bucket: 'recordings', key, versionId: 'v1' });

/** A call that was taken up, whose job runs. */
export const transcribingCall = (callId = 'call1', changes: Partial<Call> = {}): Call => ({
  callId,
  recording: recordingAt('support/one.wav'),
  source: 'support',
  state: 'transcribing',
  stateSince: NOW,
  dueAt: NOW,
  history: [{ state: 'transcribing', at: NOW }],
  receivedAt: NOW,
  attempt: 1,
  agentId: 'lee',
  customerId: 'c-1',
  startedAt: '2026-10-14T09:00:00.000Z',
  audio: { format: 'wav', channels: 2, sampleRateHz: 8000 },
  durationMs: 90_000,
  language: 'en-US',
  retention: { retentionClass: '30-days', rule: 'default', expiresAt: '2026-11-13T09:00:00.000Z' },
  job: { kind: 'call-analytics', name: `verbatim-${callId}`, agentChannel: 0 },
  tags: [],
  taggings: [],
  ...changes,
});

/** A turn in which each word takes 300 ms, with no pause between them. */
export function says(speaker: string, text: string, startMs = 0): Turn {
  const words = text
    .split(' ')
    .map((word, i) => ({ text: word, startMs: startMs + 300 * i, endMs: startMs + 300 * (i + 1), confidence: 0.9 }));
  return { speaker, text, startMs, endMs: startMs + 300 * words.length, words };
}

/** What was said in turns, in the order given. */
export const transcriptOf = (...turns: Turn[]): Transcript =>
  Transcript.parse({ durationMs: Math.max(0, ...turns.map((turn) => turn.endMs)), turns });

/** The document that a Call Analytics job would write of turns. */
export const callAnalyticsDocument = (...turns: Turn[]): string =>
  JSON.stringify({
    LanguageCode: 'en-US',
    Transcript: turns.map((turn) => ({
      ParticipantRole: turn.speaker,
      BeginOffsetMillis: turn.startMs,
      EndOffsetMillis: turn.endMs,
      Content: turn.text,
      Items: turn.words.map((word) => ({
        Type: 'pronunciation',
        Content: word.text,
        Confidence: word.confidence,
        BeginOffsetMillis: word.startMs,
        EndOffsetMillis: word.endMs,
      })),
    })),
  });

/** A store of which only these parts are used: any other throws. */
export const only = <T extends object>(parts: Partial<T>): T =>
  new Proxy(parts, {
    get(of, name) {
      if (!(name in of)) throw new Error(`${String(name)} is not part of this test`);
      return Reflect.get(of, name);
    },
  }) as T;

/** Calls and their moments, held in memory under the conditions of the table. */
export function memoryCalls(...stored: Call[]) {
  const calls = new Map(stored.map((call) => [call.callId, call]));
  const moments = new Map<string, readonly Moment[]>();
  const enter: CallStore['enter'] = async ({ callId }, state, now, changes = {}, stateReason) => {
    const call = calls.get(callId);
    if (!call || !enteredFrom[state].includes(call.state)) return undefined;
    const entered = Call.parse({
      ...call,
      ...changes,
      state,
      stateReason,
      stateSince: now,
      dueAt: dueAt(state, now, { ...call, ...changes }),
      history: [...call.history, { state, at: now, reason: stateReason }],
    });
    calls.set(callId, entered);
    return entered;
  };
  const store = only<CallStore>({
    async create(call) {
      if (calls.has(call.callId)) return false;
      calls.set(call.callId, call);
      return true;
    },
    get: async (callId) => calls.get(callId),
    wasDeleted: async () => false,
    enter,
    async enterTagged(call, found, now, changes) {
      const tags = [...new Set(found.map((moment) => moment.tag))].toSorted();
      const { rulebookVersion } = changes ?? {};
      const taggings = rulebookVersion === undefined ? call.taggings : [{ rulebookVersion, at: now, tags }];
      const entered = await enter(call, 'tagged', now, { ...changes, tags, taggings });
      if (entered) moments.set(call.callId, found);
      return entered !== undefined;
    },
    momentsOf: async (callId) =>
      (moments.get(callId) ?? []).map((moment) => FoundMoment.parse({ ...moment, callId, occurredAt: NOW })),
  });
  return { store, calls, moments };
}

/** Recordings, held in memory: by key what S3 tells of them, and the object tags that they got. */
export function memoryRecordings(
  objects: Record<
    string,
    { metadata?: Record<string, string>; header?: AudioHeader; sizeBytes?: number; current?: string }
  >,
) {
  const tags = new Map<string, Readonly<Record<string, string>>>();
  const locks = new Map<string, ObjectLock>();
  const store = only<RecordingStore>({
    async head({ key }) {
      const object = objects[key];
      return object && { sizeBytes: object.sizeBytes ?? 1000, metadata: object.metadata ?? {} };
    },
    currentVersion: async (_bucket, key) => objects[key] && (objects[key].current ?? 'v1'),
    audioHeader: async ({ key }) => objects[key]?.header,
    async tag({ key }, set) {
      tags.set(key, set);
    },
    async lock({ key }, lock) {
      locks.set(key, lock);
    },
  });
  return { store, tags, locks };
}

/** Rows of manifests, held in memory by the key of their recording. */
export function memoryManifests(rows: Record<string, ManifestRow> = {}) {
  const kept = new Map(Object.entries(rows));
  const store: ManifestStore = {
    async put(_bucket, entries) {
      for (const { key, row } of entries) kept.set(key, row);
    },
    get: async (_bucket, key) => kept.get(key),
  };
  return { store, kept };
}

interface TranscribeGiven {
  /** What it says to every job that is asked for. @default it takes the job */
  readonly answer?: JobAnswer;
  /** How every job stands. @default it runs */
  readonly outcome?: JobOutcome;
}

/** Transcribe, held in memory: the jobs that it took, and how they stand. */
export function memoryJobs({ answer = { status: 'taken' }, outcome = { status: 'running' } }: TranscribeGiven = {}) {
  const started = new Map<string, JobMedia>();
  const store: JobStarter & JobOutcomes = {
    jobOf: (request) => jobOf(request, 'verbatim-'),
    async start(job, media) {
      if (answer.status === 'taken') started.set(job.name, media);
      return answer;
    },
    outcomeOf: async () => outcome,
  };
  return { store, started };
}

/** Legal holds that wait for calls of customers, held in memory, and what was asked of them. */
export function memoryHolds(holdsOf: Record<string, string[]> = {}) {
  const sent: HoldMessage[] = [];
  const store: CustomerHolds = { of: async (customerId) => holdsOf[customerId] ?? [] };
  const queue = { send: async (messages: readonly HoldMessage[]) => void sent.push(...messages) };
  return { store, queue, sent, needs: { holds: store, sendHolds: queue.send, ...memoryErasures().needs } };
}

/** Erasures that wait for calls of customers, held in memory, and what was asked of them. */
export function memoryErasures(erasureOf: Record<string, string> = {}) {
  const sent: EraseCallMessage[] = [];
  const found = new Set<string>();
  const store: ErasureArrivals = {
    ofCustomer: async (customerId) => erasureOf[customerId],
    async found(_erasureId, callId, at) {
      found.add(callId);
      return { callId, outcome: 'open', at };
    },
  };
  const queue = { send: async (messages: readonly EraseCallMessage[]) => void sent.push(...messages) };
  return { store, queue, sent, found, needs: { erasures: store, sendErasures: queue.send } };
}

/** The gate before Transcribe, held in memory. */
export function memoryGate(closed = false) {
  const state = { closed };
  const store: Gate = {
    isClosed: async () => state.closed,
    async close() {
      state.closed = true;
    },
    async open() {
      state.closed = false;
    },
  };
  return { store, state };
}

/** The transcripts bucket, held in memory: Transcribe's outputs by URI, our transcripts by call. */
export function memoryTranscripts(outputs: Record<string, string> = {}, stored: Record<string, Transcript> = {}) {
  const textAt = new Map(Object.entries(outputs).map(([uri, text]) => [s3LocationOf(uri).key, text]));
  const outputTags = new Map<string, Readonly<Record<string, string>>>();
  const transcripts = new Map(Object.entries(stored));
  const tags = new Map<string, Readonly<Record<string, string>>>();
  const store: TranscriptStore = {
    readOutput: async ({ key }) => textAt.get(key) ?? '',
    async tagOutput({ key }, tags) {
      outputTags.set(key, tags);
    },
    async put(callId, transcript, set) {
      transcripts.set(callId, transcript);
      tags.set(callId, set);
    },
    async tag(callId, set) {
      tags.set(callId, set);
    },
    get: async (callId) => transcripts.get(callId),
  };
  return { store, transcripts, outputTags, tags };
}

class Crash extends Error {}

/**
 * Makes the `nth` call on any of the stores crash: before it does anything, or after it did and before its answer
 * arrives. Every other call goes through.
 */
export function crashAt(nth: number, when: 'before' | 'after') {
  let calls = 0;
  const crashing = <T extends object>(store: T): T =>
    new Proxy(store, {
      get(of, name) {
        const method: unknown = Reflect.get(of, name);
        // A job's name is computed, not asked for: there is nothing in it that could crash.
        if (typeof method !== 'function' || name === 'jobOf') return method;
        return async (...given: unknown[]) => {
          const crashes = ++calls === nth;
          if (crashes && when === 'before') throw new Crash();
          const answer: unknown = await Reflect.apply(method, of, given);
          if (crashes) throw new Crash();
          return answer;
        };
      },
    });
  /** Delivers until nothing crashes; tells whether the crash was reached. */
  const redeliver = async (deliver: () => Promise<unknown>): Promise<boolean> => {
    for (let delivery = 1; ; delivery++) {
      try {
        await deliver();
        return delivery > 1;
      } catch (error) {
        if (!(error instanceof Crash)) throw error;
      }
    }
  };
  return { crashing, redeliver };
}

/** `time` some days later. */
export const daysAfter = (time: string, days: number): string => plusMs(time, days * 86_400_000);
