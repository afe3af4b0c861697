/** What other rooms may use of quality. */
export { Role } from './access.ts';
export { Agent } from './agents.ts';
export { intervalOf, rounded, studentQuantile } from './coaching/intervals.ts';
export { CLIP_AUDIO_PREFIX, EXPORT_PREFIX } from './library/clip-keys.ts';
export { QualityConfig } from './quality-config.ts';
export { type QualityCopiesNeeds, qualityCopies } from './quality-copies.ts';
export { QUALITY_SUBJECTS } from './quality-table.ts';
export { type RosterStore, rosterStore } from './roster-store.ts';
export { type ScoreOfCall, scoresOfCalls } from './scores-of-call.ts';
export { callStartOf } from './scoring/call-facts.ts';
export { silencesOf } from './scoring/call-numbers.ts';
export { contradictionsOfScorecards } from './scoring/contradictions.ts';
export { starterScorecards } from './scoring/starter-scorecard.ts';
