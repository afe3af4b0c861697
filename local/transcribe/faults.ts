import * as z from 'zod';

const times = z.int().positive();
const share = z.number().min(0).max(1).default(0);
const faultsSchema = z.strictObject({
  /** Added to the running time of each job. */
  delayMs: z.int().min(0).optional(),
  /** Fails jobs, with this reason; those whose name contains `jobName`, `times` of them; without these, all. */
  fail: z
    .strictObject({ jobName: z.string().min(1).optional(), reason: z.string().min(1), times: times.optional() })
    .optional(),
  /** The next Start requests get LimitExceededException. */
  throttle: z.strictObject({ times }).optional(),
  /** The events of the next finished jobs are never sent. */
  loseEvents: z.strictObject({ times }).optional(),
  /** The events of the next finished jobs are sent twice. */
  duplicateEvents: z.strictObject({ times }).optional(),
  /** Things go wrong at random, the same way for the same seed and order of requests: shares from 0 to 1. */
  random: z
    .strictObject({
      seed: z.int(),
      /** Start requests that get LimitExceededException. */
      throttle: share,
      /** Jobs that fail. */
      fail: share,
      /** Jobs whose event is never sent. */
      loseEvents: share,
      /** Jobs whose event is sent twice. */
      duplicateEvents: share,
      /** Each event is late by up to so much, so that events overtake each other. */
      maxEventDelayMs: z.int().min(0).default(0),
    })
    .optional(),
});

/** What goes wrong on purpose. `times` counts down; a fault that is used up is gone. */
export type FaultSettings = z.infer<typeof faultsSchema>;

/** Numbers from 0 to 1 that look random, the same for the same seed (the "mulberry32" generator). */
function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The faults in force. */
export class Faults {
  #settings: FaultSettings = {};
  #random = randomNumbers(0);

  /** What is left of the faults. */
  get settings(): FaultSettings {
    return this.#settings;
  }

  /** Replaces all faults. Throws an error that names the field if the settings are not valid. */
  replace(settings: unknown): void {
    const result = faultsSchema.safeParse(settings);
    if (!result.success) {
      throw new Error(
        result.error.issues
          .map((issue) =>
            issue.code === 'unrecognized_keys'
              ? `unknown field ${[...issue.path, issue.keys.join(', ')].join('.')}`
              : `${issue.path.join('.') || 'faults'}: ${issue.message}`,
          )
          .join('; '),
      );
    }
    this.#settings = structuredClone(result.data);
    this.#random = randomNumbers(result.data.random?.seed ?? 0);
  }

  /** Whether this Start request is refused. */
  takeThrottle(): boolean {
    return this.#take('throttle') || this.#happens('throttle');
  }

  /** Why this job is to fail, if it is. */
  takeFailure(jobName: string): string | undefined {
    const fail = this.#settings.fail;
    if (this.#happens('fail')) return 'it was to fail at random';
    if (fail === undefined || !jobName.includes(fail.jobName ?? '')) return undefined;
    this.#take('fail');
    return fail.reason;
  }

  /** How often this job's event is sent. */
  takeEventCopies(): number {
    if (this.#take('loseEvents') || this.#happens('loseEvents')) return 0;
    return this.#take('duplicateEvents') || this.#happens('duplicateEvents') ? 2 : 1;
  }

  /** How late an event is. */
  takeEventDelayMs(): number {
    return Math.floor(this.#random() * (this.#settings.random?.maxEventDelayMs ?? 0));
  }

  #happens(name: 'throttle' | 'fail' | 'loseEvents' | 'duplicateEvents'): boolean {
    const { random } = this.#settings;
    return random !== undefined && this.#random() < random[name];
  }

  #take(name: 'fail' | 'throttle' | 'loseEvents' | 'duplicateEvents'): boolean {
    const fault = this.#settings[name];
    if (fault === undefined) return false;
    if (fault.times === 1) delete this.#settings[name];
    else if (fault.times !== undefined) fault.times -= 1;
    return true;
  }
}
