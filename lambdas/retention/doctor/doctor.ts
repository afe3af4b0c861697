import * as z from 'zod';
import { type Call, CallState, type CallStore, callIdOf, indexPartitions } from '../../calls/calls.ts';
import { DAY_MS, plusMs } from '../../platform/clock.ts';
import type { Key } from '../../platform/cursor.ts';
import type { ListedVersion, ObjectVersions } from '../../platform/object-versions.ts';
import type { CopyStore } from '../expiry/copies.ts';

/** What is looked through: the objects of a bucket, for those without a call; or calls, for those without their objects. */
export const DoctorScope = z.enum(['recordings', 'transcripts', 'calls']);
export type DoctorScope = z.infer<typeof DoctorScope>;

/** Something that should not be. */
export const Finding = z.object({
  kind: z.enum([
    /** An object of a call that is not there: it was missed, or survived its call. */
    'object-without-call',
    /** An object of which no room says what it is, and nobody deletes it but lifecycle. */
    'undeclared-object',
    'call-without-recording',
    /** A tagged call of which nobody can read what was said. */
    'call-without-transcript',
  ]),
  callId: z.string().optional(),
  bucket: z.string().optional(),
  key: z.string().optional(),
  versionId: z.string().optional(),
});
export type Finding = z.infer<typeof Finding>;

/** Where a look through a scope goes on. */
export const DoctorPosition = z.union([
  z.object({ keyMarker: z.string(), versionIdMarker: z.string().optional() }),
  z.object({ partition: z.number().int().nonnegative(), after: z.record(z.string(), z.string()).optional() }),
]);
export type DoctorPosition = z.infer<typeof DoctorPosition>;

/** One page of an examination. */
export interface Examination {
  readonly examined: number;
  readonly findings: Finding[];
  readonly next: DoctorPosition | undefined;
}

/** What examining needs. */
export interface DoctorNeeds {
  readonly buckets: { readonly recordings: string; readonly transcripts: string };
  readonly versions: Pick<ObjectVersions, 'page'>;
  readonly calls: Pick<CallStore, 'existing' | 'callsOf'>;
  /** The declared stores of calls, by which their objects are found. */
  readonly stores: readonly CopyStore[];
  /**
   * The call of an object that is not a recording; `beside`, where it is declared to be of no call; undefined where nobody
   * knows it.
   */
  readonly callIdOfObject: (
    scope: 'recordings' | 'transcripts',
    key: string,
  ) => string | 'beside' | 'recording' | undefined;
  readonly now: string;
}

/** What came in the last day may still be on its way. */
const ON_ITS_WAY_MS = DAY_MS;

/** So many calls are examined in one page: each takes some requests. */
const CALLS_PER_PAGE = 25;

/** Examines one page of a scope, behind a position. */
export const examinePage = (
  scope: DoctorScope,
  position: DoctorPosition | undefined,
  needs: DoctorNeeds,
): Promise<Examination> => (scope === 'calls' ? examineCalls(position, needs) : examineObjects(scope, position, needs));

async function examineObjects(
  scope: 'recordings' | 'transcripts',
  position: DoctorPosition | undefined,
  { buckets, versions, calls, callIdOfObject, now }: DoctorNeeds,
): Promise<Examination> {
  const after = position && 'keyMarker' in position ? position : undefined;
  const { versions: listed, next } = await versions.page(buckets[scope], '', after);
  const settledBefore = plusMs(now, -ON_ITS_WAY_MS);
  const examined = listed.filter((one) => !one.deleteMarker && (one.uploadedAt ?? '') < settledBefore);
  const findings: Finding[] = [];
  const ofCalls: { one: ListedVersion; callId: string }[] = [];
  for (const one of examined) {
    const found = callIdOfObject(scope, one.key);
    if (found === 'beside') continue;
    if (found === undefined) findings.push({ kind: 'undeclared-object', ...placeOf(one) });
    else ofCalls.push({ one, callId: found === 'recording' ? callIdOf(one) : found });
  }
  const existing = await calls.existing(ofCalls.map(({ callId }) => callId));
  for (const { one, callId } of ofCalls) {
    if (!existing.has(callId)) findings.push({ kind: 'object-without-call', callId, ...placeOf(one) });
  }
  return { examined: examined.length, findings, next };
}

const placeOf = ({ bucket, key, versionId }: ListedVersion) => ({ bucket, key, versionId });

/** Calls whose deletion has begun are losing their objects. */
const PARTITIONS = CallState.options.filter((state) => state !== 'deleting').flatMap(indexPartitions);

async function examineCalls(
  position: DoctorPosition | undefined,
  { calls, stores }: DoctorNeeds,
): Promise<Examination> {
  const { partition, after } = position && 'partition' in position ? position : { partition: 0, after: undefined };
  const chosen = PARTITIONS[partition];
  if (!chosen) return { examined: 0, findings: [], next: undefined };
  const page = await calls.callsOf(chosen, CALLS_PER_PAGE, after as Key | undefined);
  const findings = await Promise.all(page.calls.map((call) => missingOf(call, stores)));
  const nextPartition = partition + 1 < PARTITIONS.length ? { partition: partition + 1 } : undefined;
  return {
    examined: page.calls.length,
    findings: findings.flat(),
    next: page.next ? { partition, after: page.next as Record<string, string> } : nextPartition,
  };
}

/** What a call should have, and has not. */
async function missingOf(call: Call, stores: readonly CopyStore[]): Promise<Finding[]> {
  const has = async (name: string, isIt: (versionId: string) => boolean): Promise<boolean> => {
    const copies = await stores.find((store) => store.name === name)?.find(call);
    return copies?.some((copy) => copy.of === 'object' && !copy.deleteMarker && isIt(copy.versionId)) ?? false;
  };
  const { callId, recording } = call;
  const [hasRecording, hasTranscript] = await Promise.all([
    has('recording', (versionId) => versionId === recording.versionId),
    call.state !== 'tagged' || has('transcript', () => true),
  ]);
  return [
    ...(hasRecording ? [] : [{ kind: 'call-without-recording' as const, callId, ...recording }]),
    ...(hasTranscript ? [] : [{ kind: 'call-without-transcript' as const, callId }]),
  ];
}
