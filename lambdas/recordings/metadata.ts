import { CallMetadata } from '../calls/calls.ts';
import { DAY_MS } from '../platform/clock.ts';
import {
  type Convention,
  type FileNameConvention,
  fieldsOf,
  type ManifestConvention,
  MetadataField,
  metadataHeader,
  type S3MetadataConvention,
  type SidecarConvention,
} from './conventions.ts';
import { matchFileName } from './file-name.ts';
import type { Rejection } from './recording.ts';
import { readSidecar, sidecarKeyOf } from './sidecar.ts';
import { prefixOf, type SourceConfig } from './sources.ts';
import { readStartTime } from './start-time.ts';

/** All from which the metadata of a recording can be read. */
export interface MetadataEvidence {
  /** The recording's key. */
  readonly key: string;
  /** The recording's S3 object metadata, without `x-amz-meta-`. */
  readonly s3Metadata: Readonly<Record<string, string>>;
  /** The text of its sidecar, if there is one. */
  readonly sidecar?: string | undefined;
  /** What a manifest says of it, if any does. */
  readonly manifestRow?: Readonly<Record<string, string>> | undefined;
}

/** What one convention says of one field: a value, what is wrong, or neither; and where it was looked for. */
interface Finding {
  readonly place: string;
  readonly value?: string | undefined;
  readonly problem?: string | undefined;
}

/**
 * Reads a call's metadata, from wherever the source has it.
 *
 * @param now the present time (ISO 8601): a call cannot begin more than a day after it, whatever the recorder's clock
 * @returns the metadata, or why the recording is rejected: where each missing field was looked for, or every place that
 *   is at fault, without what is written there
 */
export function readMetadata(evidence: MetadataEvidence, source: SourceConfig, now: string): CallMetadata | Rejection {
  const readers = source.metadata.map((convention) => {
    const gives = fieldsOf(convention);
    const read = readerOf(convention, evidence, source);
    return (field: MetadataField) => (gives.includes(field) ? [understand(field, convention, read(field))] : []);
  });
  const all = new Map(MetadataField.options.map((field) => [field, readers.flatMap((read) => read(field))]));
  const found = new Map(
    [...all].flatMap(([field, places]) => {
      const first = places.find(({ value, problem }) => value !== undefined || problem !== undefined);
      return first ? [[field, first] as const] : [];
    }),
  );

  const missing = source.requiredMetadata.filter((field) => !found.has(field));
  if (missing.length > 0) {
    const places = (field: MetadataField) => (all.get(field) ?? []).map(({ place }) => place).join(', ');
    const message = missing.map((field) => `${field} is missing: looked for in ${places(field)}`).join('; ');
    return { code: 'missing-metadata', message };
  }

  const problems = [...found.values()].flatMap(({ place, problem }) => (problem ? [`${place} ${problem}`] : []));
  const parsed = CallMetadata.safeParse(
    Object.fromEntries([...found].map(([field, { value }]) => [attributeOf(field), value])),
  );
  for (const { path, message } of parsed.error?.issues ?? []) {
    problems.push(`${found.get(fieldOf(path[0]))?.place} ${message}`);
  }
  const { startedAt } = parsed.data ?? {};
  if (startedAt && Date.parse(startedAt) > Date.parse(now) + DAY_MS) {
    problems.push(`${found.get('startedAt')?.place} is in the future`);
  }
  if (!parsed.success || problems.length > 0) {
    return { code: 'invalid-metadata', message: [...new Set(problems)].join('; ') };
  }
  return parsed.data;
}

const attributeOf = (field: MetadataField): string => (field === 'callId' ? 'externalCallId' : field);
const fieldOf = (attribute: unknown): MetadataField =>
  attribute === 'externalCallId' ? 'callId' : MetadataField.parse(attribute);

/** Puts a start time into ISO 8601, direction and consent into our words, as the convention says they are written. */
function understand(field: MetadataField, { startedAt, directions, consents }: Convention, finding: Finding): Finding {
  const { place, value } = finding;
  if (value === undefined) return finding;
  if (field === 'startedAt' && startedAt) {
    const time = readStartTime(value.trim(), startedAt);
    return time ? { place, value: time } : { place, problem: `is not a time of the format "${startedAt.format}"` };
  }
  if (field === 'direction' && directions) {
    if (directions.inbound.includes(value)) return { place, value: 'inbound' };
    if (directions.outbound.includes(value)) return { place, value: 'outbound' };
    return { place: `${place} (which is neither direction)` };
  }
  if (field === 'consent' && consents) {
    const [consent] = Object.entries(consents).find(([, written]) => written.includes(value)) ?? [];
    return consent ? { place, value: consent } : { place: `${place} (which is no consent)` };
  }
  return finding;
}

/** Reads one place as a whole, and tells of each field what it says there. */
type Reader = (field: MetadataField) => Finding;

function readerOf(convention: Convention, evidence: MetadataEvidence, source: SourceConfig): Reader {
  if (convention.from === 's3-metadata') return s3MetadataReader(convention, evidence);
  if (convention.from === 'file-name') return fileNameReader(convention, evidence, source);
  if (convention.from === 'sidecar') return sidecarReader(convention, evidence, source);
  return manifestReader(convention, evidence);
}

const s3MetadataReader =
  ({ names }: S3MetadataConvention, { s3Metadata }: MetadataEvidence): Reader =>
  (field) => {
    const header = names?.[field] ?? metadataHeader[field];
    return { place: `x-amz-meta-${header}`, value: own(s3Metadata, header) };
  };

function fileNameReader({ pattern }: FileNameConvention, { key }: MetadataEvidence, source: SourceConfig): Reader {
  const groups = matchFileName(pattern, key.slice(prefixOf(source).length));
  if (groups === 'timeout')
    return () => ({ place: 'the file name', problem: 'takes the pattern too long: simplify it' });
  if (groups === 'no-match') return () => ({ place: 'the file name, which the pattern does not match' });
  const [date, time] = [groups.get('date'), groups.get('time')];
  return (field) => ({
    place: `"${field}" in the file name`,
    value: field === 'startedAt' && date && time ? `${date} ${time}` : groups.get(field),
  });
}

function sidecarReader(
  { fields }: SidecarConvention,
  { key, sidecar }: MetadataEvidence,
  source: SourceConfig,
): Reader {
  const name = `the sidecar ${sidecarKeyOf(key, source)}`;
  if (sidecar === undefined) return () => ({ place: `${name}, which is not there` });
  const at = readSidecar(sidecar);
  if (!at) return () => ({ place: name, problem: 'is not JSON' });
  return (field) => {
    const path = fields[field] ?? field;
    return { place: `"${path}" in ${name}`, ...at(path) };
  };
}

function manifestReader({ file, columns }: ManifestConvention, { manifestRow }: MetadataEvidence): Reader {
  if (!manifestRow) return () => ({ place: `a manifest ${file}, where the recording is not listed` });
  return (field) => {
    const column = columns[field] ?? field;
    return { place: `the column "${column}" of the manifest`, value: own(manifestRow, column)?.trim() || undefined };
  };
}

const own = (record: Readonly<Record<string, string>>, name: string): string | undefined =>
  Object.hasOwn(record, name) ? record[name] : undefined;
