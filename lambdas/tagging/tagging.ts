/** What other rooms may use of tagging. */
export { applyRulebook } from './apply-rulebook.ts';
export { Rulebook, TaggingRule } from './rulebook.ts';
export { type StarterRulebookOptions, starterRulebook } from './starter-rulebook.ts';
export { type TagCallNeeds, tagCall } from './tag-call.ts';
