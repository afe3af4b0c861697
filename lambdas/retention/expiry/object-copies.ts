import type { Call } from '../../calls/calls.ts';
import type { ListedVersion, ObjectVersions } from '../../platform/object-versions.ts';
import { LEGAL_HOLD_TAG } from '../holds/hold-tags.ts';
import { RETENTION_DAYS_TAG, RETENTION_TAG } from '../policy/decide-retention.ts';
import type { Copy, CopyStore, KeptIn, ObjectCopy } from './copies.ts';

/** What a store of objects is told by. */
export interface ObjectCopies {
  readonly name: string;
  readonly where: KeptIn;
  readonly findsByCallId?: true;
  readonly find: (call: Call) => Promise<readonly ListedVersion[]>;
}

/** A store of versions of objects and of their delete markers. */
export function objectCopyStore({ find, ...told }: ObjectCopies, versions: ObjectVersions): CopyStore {
  const copies = async (call: Call): Promise<ObjectCopy[]> =>
    (await find(call)).map((one) => ({ of: 'object', kind: told.name, ...one }));
  return {
    ...told,
    find: copies,
    remove: (copy: Copy) => {
      if (copy.of !== 'object') throw new TypeError(`${told.name}: ${copy.of} is no object`);
      return versions.remove(copy);
    },
    async tag(call, tags) {
      for (const copy of await copies(call)) {
        if (!copy.deleteMarker) await versions.retag(copy, [RETENTION_TAG, RETENTION_DAYS_TAG, LEGAL_HOLD_TAG], tags);
      }
    },
  };
}
