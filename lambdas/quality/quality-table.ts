/** The kinds of items of quality: in a call's partition, which go with the call, and in those of their own, which do not. */

/** What the partition keys of all that quality keeps beside calls begin with. */
export const QUALITY_SUBJECTS = [
  'agent#',
  'agents',
  'team#',
  'person#',
  'scorecard#',
  'draw#',
  'calibration#',
  'calibrations#',
  'playlist#',
  'playlists',
  'export#',
  'exports',
] as const;

/** The partition of what is kept of an agent: the agent, scores, months, sessions. */
export const agentSubject = (agentId: string): string => `agent#${agentId}`;

/** In a call's partition: what the automatic score by a scorecard has for its part; without one, what they all begin with. */
export const scorePart = (scorecard = ''): string => `score#${scorecard}`;

/** In a call's partition: a review; without an id, what all that is kept of reviews begins with. Ids have no `#` and no `~`. */
export const reviewPart = (reviewId = ''): string => `review#${reviewId}`;

/** In a call's partition: a coaching note. */
export const notePart = (noteId = ''): string => `note#${noteId}`;

/** In a call's partition: a clip, and below it what lists it by its topics. */
export const clipPart = (clipId = ''): string => `clip#${clipId}`;
