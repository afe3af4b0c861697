import type { Call } from '../../calls/calls.ts';

/** Where a store keeps what it has of calls. A test holds this against all that functions may write. */
export type KeptIn =
  /** Objects of a bucket below a prefix; `''` is the whole bucket. */
  | { readonly bucket: 'recordings' | 'transcripts' | 'evidence' | 'insights'; readonly prefix: string }
  /** Items of the table: in a call's own partition those whose `part` begins so, elsewhere those whose `subject` does. */
  | { readonly items: string }
  /** What a service of AWS keeps by itself. */
  | { readonly service: 'transcribe' };

/** One version of an object, or one delete marker. */
export interface ObjectCopy {
  readonly of: 'object';
  /** What it is: `recording`, `sidecar`, `redacted-audio` … */
  readonly kind: string;
  readonly bucket: string;
  readonly key: string;
  readonly versionId: string;
  readonly deleteMarker: boolean;
  readonly sizeBytes?: number | undefined;
  readonly etag?: string | undefined;
}

/** One item of the table. */
export interface ItemCopy {
  readonly of: 'item';
  readonly kind: string;
  readonly subject: string;
  readonly part: string;
}

/** What a service keeps under a name, such as a job of Transcribe. */
export interface RecordCopy {
  readonly of: 'record';
  readonly kind: string;
  readonly service: 'transcribe';
  readonly name: string;
}

/** Something that is kept of a call, as it is found: enough to remove it, and to tell of it in a receipt. */
export type Copy = ObjectCopy | ItemCopy | RecordCopy;

/**
 * What became of a copy: `removed`, also where it was gone before; or `locked`, where Object Lock lets nobody remove it,
 * until `until` where that is known.
 */
export type Removed = { readonly outcome: 'removed' } | { readonly outcome: 'locked'; readonly until?: string };

/** One of the places in which something of a call is kept. Each room declares its own. */
export interface CopyStore {
  /** Told in receipts, plans and by the doctor: `recording`, `transcript`, `moments` … */
  readonly name: string;
  readonly where: KeptIn;
  /**
   * It finds copies by the call's id, attempt and job alone. Such stores are looked into once more when the call is gone: what
   * was just being written while it was deleted is found then. @default it does not
   */
  readonly findsByCallId?: true;
  /**
   * It is cleared when nothing else of the call is left but its item, and stays as long as Object Lock keeps another copy.
   * @default it is cleared whatever is left elsewhere
   */
  readonly last?: true;
  /** Every copy of the call that there is now, delete markers too. */
  find(call: Call): Promise<Copy[]>;
  /** Removes a copy; one that is gone is no error. */
  remove(copy: Copy, call: Call): Promise<Removed>;
  /** Sets the object tags of the call's copies, all of them; stores of S3 have it. Copies that are gone are passed over. */
  tag?(call: Call, tags: Readonly<Record<string, string>>): Promise<void>;
}

/** Sets the object tags of every copy of a call that is an object. */
export async function tagCopies(
  stores: readonly CopyStore[],
  call: Call,
  tags: Readonly<Record<string, string>>,
): Promise<void> {
  for (const store of stores) await store.tag?.(call, tags);
}
