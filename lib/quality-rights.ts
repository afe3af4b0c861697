import type { Role } from '../lambdas/quality/quality.ts';

/** What the function behind the quality URL of a role may do, as far as the roles differ. */
export interface RoleRights {
  readonly role: Role;
  /** What its callers may do by it, in a line. */
  readonly callers: string;
  /** What the subjects of the items begin with that it may write. */
  readonly writes: readonly string[];
  /**
   * And of those that it may delete. IAM knows no sort keys: that it is clips and notes that go, and no entry of custody, an alarm tells
   * (see custody.ts).
   */
  readonly deletes: readonly string[];
  /** It stores the sound of clips and of exports, and takes it away. @default false */
  readonly makesClips?: boolean;
  /** It may ask the workers. @default false */
  readonly asksWorkers?: boolean;
}

/** What is of a call goes into its partition, with what custody notes of it; what is kept of its agent, into the agent's. */
export const OF_CALLS = ['call#', 'agent#'];

const OF_LIBRARY = ['playlist#', 'playlists', 'export#', 'exports'];
const OF_REVIEWS = ['scorecard#', 'calibration#', 'calibrations#'];

/** What each role may do. */
export const roleRights: readonly RoleRights[] = [
  {
    role: 'reviewer',
    callers: 'review calls of their teams',
    writes: [...OF_CALLS, ...OF_REVIEWS],
    deletes: [],
  },
  {
    role: 'supervisor',
    callers: 'assign and decide reviews of their teams, coach, and draw samples',
    writes: [...OF_CALLS, ...OF_REVIEWS, ...OF_LIBRARY, 'agents', 'team#', 'person#'],
    deletes: [...OF_CALLS, ...OF_LIBRARY, 'team#', 'person#'],
    makesClips: true,
    asksWorkers: true,
  },
  { role: 'agent', callers: 'see what is theirs, acknowledge reviews and appeal', writes: OF_CALLS, deletes: [] },
  {
    role: 'trainer',
    callers: 'make clips, playlists and exports of the training library',
    writes: ['call#', ...OF_LIBRARY],
    deletes: ['call#', ...OF_LIBRARY],
    makesClips: true,
  },
];
