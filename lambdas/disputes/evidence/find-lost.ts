import { iso } from '../../platform/clock.ts';
import { type BuildEvidenceNeeds, failed } from './build-evidence.ts';
import type { BuildMessage } from './evidence-package.ts';
import type { EvidenceStore } from './evidence-store.ts';

/** What finding lost requests needs. */
export interface FindLostNeeds extends Pick<BuildEvidenceNeeds, 'disputes' | 'clock'> {
  readonly evidence: BuildEvidenceNeeds['evidence'] & Pick<EvidenceStore, 'overdue' | 'postpone'>;
  readonly send: (messages: readonly BuildMessage[]) => Promise<void>;
}

/** A package that could not be built so often never will be: each time the function broke off without saying why. */
const MAX_ATTEMPTS = 3;

/** Asks again for packages whose requests were lost, or whose builds broke off; gives up those that broke off too often. */
export async function findLost(needs: FindLostNeeds): Promise<{ again: number; givenUp: number }> {
  const { evidence, send, clock } = needs;
  const now = iso(clock());
  let again = 0;
  let givenUp = 0;
  for (const one of await evidence.overdue(now)) {
    if (one.attempt >= MAX_ATTEMPTS && !one.file) {
      if (await failed(one, `it broke off ${MAX_ATTEMPTS} times: see the log of its function`, needs)) givenUp++;
    } else if (await evidence.postpone(one, now)) {
      await send([{ disputeId: one.disputeId, number: one.number }]);
      again++;
    }
  }
  return { again, givenUp };
}
