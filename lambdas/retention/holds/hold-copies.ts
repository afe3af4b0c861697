import { type CopyStore, tagCopies } from '../expiry/copies.ts';
import type { HeldCopies } from './hold-call.ts';

/** The copies of calls, as far as holds go: those that are objects of S3. */
export function heldCopies(stores: readonly CopyStore[]): HeldCopies {
  const ofObjects = stores.filter((store) => store.tag !== undefined);
  return {
    tag: (call, tags) => tagCopies(ofObjects, call, tags),
    async uncover(call) {
      for (const store of ofObjects) {
        for (const copy of await store.find(call)) {
          if (copy.of === 'object' && copy.deleteMarker) await store.remove(copy, call);
        }
      }
    },
  };
}
