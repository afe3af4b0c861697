import * as z from 'zod';
import { DAY_MS, plusMs } from '../platform/clock.ts';
import type { RetentionConfig } from './retention-config.ts';

/** How long a call is kept, and by which rule. */
export const Retention = z.object({
  retentionClass: z.string(),
  /** The rule that gave the class; `default` where none matched. */
  rule: z.string(),
  /** When the call is due to be deleted. */
  expiresAt: z.iso.datetime(),
});
export type Retention = z.infer<typeof Retention>;

/** What retention looks at. */
export interface RetentionSubject {
  readonly source?: string;
  /** When the call began; where that is not known, when its recording was received. */
  readonly countedFrom: string;
}

/** Decides how long a call is kept: counted from the call, by the first rule that matches. */
export function decideRetention(call: RetentionSubject, config: RetentionConfig): Retention {
  const rule = config.rules.find(
    ({ sources }) => sources === undefined || (call.source !== undefined && sources.includes(call.source)),
  );
  const retentionClass = rule?.retentionClass ?? config.defaultClass;
  const keepDays = config.classes.find((one) => one.name === retentionClass)?.keepDays;
  // The config is validated where it is defined; this guards one that was not.
  if (keepDays === undefined) throw new Error(`there is no retention class "${retentionClass}"`);
  return {
    retentionClass,
    rule: rule?.name ?? 'default',
    expiresAt: plusMs(call.countedFrom, keepDays * DAY_MS),
  };
}

/** The object tag by which lifecycle rules know an object's class. */
export const RETENTION_TAG = 'retention-class';

/** The object tags that retention puts on every copy of a call. */
export const retentionTags = (retention: Retention): Record<string, string> => ({
  [RETENTION_TAG]: retention.retentionClass,
});
