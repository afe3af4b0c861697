import * as z from 'zod';

const times = z.int().positive();
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
});

/** What goes wrong on purpose. `times` counts down; a fault that is used up is gone. */
export type FaultSettings = z.infer<typeof faultsSchema>;

/** The faults in force. */
export class Faults {
  #settings: FaultSettings = {};

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
  }

  /** Whether this Start request is refused. */
  takeThrottle(): boolean {
    return this.#take('throttle');
  }

  /** Why this job is to fail, if it is. */
  takeFailure(jobName: string): string | undefined {
    const fail = this.#settings.fail;
    if (fail === undefined || !jobName.includes(fail.jobName ?? '')) return undefined;
    this.#take('fail');
    return fail.reason;
  }

  /** How often this job's event is sent. */
  takeEventCopies(): number {
    if (this.#take('loseEvents')) return 0;
    return this.#take('duplicateEvents') ? 2 : 1;
  }

  #take(name: 'fail' | 'throttle' | 'loseEvents' | 'duplicateEvents'): boolean {
    const fault = this.#settings[name];
    if (fault === undefined) return false;
    if (fault.times === 1) delete this.#settings[name];
    else if (fault.times !== undefined) fault.times -= 1;
    return true;
  }
}
