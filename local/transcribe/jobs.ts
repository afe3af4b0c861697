import type { Speakers } from './diarisation.ts';
import { JobFailure } from './errors.ts';
import type { Recognition } from './recogniser.ts';
import type { Redaction } from './redaction.ts';
import type { S3Location } from './requests.ts';

/** The two kinds of job; names are unique within a kind. */
export type JobKind = 'TranscriptionJob' | 'CallAnalyticsJob';

/** What is redacted, and where that is written. */
export interface RedactionPlan {
  /** Transcribe's names of what is redacted; none, or `ALL`, for everything. */
  types: readonly string[];
  /** Whether the transcript is written as it is, too. */
  keepsOriginal: boolean;
  transcript: S3Location;
  /** Where the audio with silence in the place of what is redacted goes; none for a kind of job that writes no audio. */
  audio?: S3Location;
}

/** What was found out about a recording. */
export interface Heard {
  recognition: Recognition;
  /** Who said what, if speakers were to be told apart. */
  speakers?: Speakers | undefined;
}

/** What a checked Start request asks for. */
export interface JobPlan {
  kind: JobKind;
  name: string;
  languageCode: string;
  media: S3Location;
  /** Where the transcript as it is goes. */
  output: S3Location;
  redaction?: RedactionPlan | undefined;
  /** How many speakers on one channel are told apart; they are not if it is absent. */
  maxSpeakers?: number | undefined;
  outputKmsKeyId?: string | undefined;
  /** The format and sample rate the caller claims; the job fails where the audio is different. */
  claimed: { format?: string | undefined; sampleRateHz?: number | undefined };
  /** The fields of the request that descriptions of the job repeat. */
  echo: Record<string, unknown>;
  /**
   * The document to write, with what is given redacted; as it is without. Throws JobFailure for audio this kind of job
   * cannot take.
   */
  toDocument(heard: Heard, redaction?: Redaction): unknown;
}

/** A job and how far it is. Times are in epoch milliseconds. */
export interface Job {
  readonly plan: JobPlan;
  /** Counts up with each job that is started. */
  readonly sequence: number;
  status: 'QUEUED' | 'IN_PROGRESS' | 'COMPLETED' | 'FAILED';
  readonly createdAtMs: number;
  startedAtMs?: number;
  completedAtMs?: number;
  failureReason?: string;
  mediaFormat?: string | undefined;
  sampleRateHz?: number | undefined;
}

/** What is done with the jobs. */
export interface JobTableOptions {
  concurrentJobs: number;
  /** Does the job's work. A JobFailure fails the job with its message, any other error as an internal failure. */
  work(job: Job, signal: AbortSignal): Promise<void>;
  /** Told of each job that is COMPLETED or FAILED. */
  announce(job: Job): Promise<void>;
}

/** The jobs of this server, and their queue: a fixed number run at once, the others wait in order. */
export class JobTable {
  readonly #options: JobTableOptions;
  readonly #jobs = new Map<string, Job>();
  readonly #waiting: Job[] = [];
  readonly #running = new Set<Promise<void>>();
  readonly #closing = new AbortController();
  #started = 0;

  constructor(options: JobTableOptions) {
    this.#options = options;
  }

  /** Adds a job to the end of the queue. Its name must not be in use. */
  start(plan: JobPlan): Job {
    this.#started += 1;
    const job: Job = { plan, sequence: this.#started, status: 'QUEUED', createdAtMs: Date.now() };
    this.#jobs.set(idOf(plan.kind, plan.name), job);
    this.#waiting.push(job);
    setImmediate(() => this.#runNext());
    return job;
  }

  find(kind: JobKind, name: string): Job | undefined {
    return this.#jobs.get(idOf(kind, name));
  }

  /** All jobs of a kind, the newest first. */
  list(kind: JobKind): Job[] {
    return [...this.#jobs.values()].filter((job) => job.plan.kind === kind).sort((a, b) => b.sequence - a.sequence);
  }

  remove(job: Job): void {
    this.#jobs.delete(idOf(job.plan.kind, job.plan.name));
  }

  /** Stops the running jobs, without completing or announcing them, and starts no more. */
  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.all(this.#running);
  }

  #runNext(): void {
    if (this.#closing.signal.aborted || this.#running.size >= this.#options.concurrentJobs) return;
    const job = this.#waiting.shift();
    if (job === undefined) return;
    const running = this.#run(job).finally(() => {
      this.#running.delete(running);
      this.#runNext();
    });
    this.#running.add(running);
    this.#runNext();
  }

  async #run(job: Job): Promise<void> {
    const { signal } = this.#closing;
    job.status = 'IN_PROGRESS';
    job.startedAtMs = Date.now();
    let failureReason: string | undefined;
    try {
      await this.#options.work(job, signal);
    } catch (error) {
      failureReason = error instanceof JobFailure ? error.message : `Internal Failure: ${error}`;
    }
    if (signal.aborted) return;
    job.completedAtMs = Date.now();
    job.status = failureReason === undefined ? 'COMPLETED' : 'FAILED';
    if (failureReason !== undefined) job.failureReason = failureReason;
    await this.#options.announce(job);
  }
}

const idOf = (kind: JobKind, name: string) => `${kind}/${name}`;
