/** What other rooms may use of tagging. */

export { registeredRulebooks } from './registered-rulebooks.ts';
export { RULEBOOK_PREFIX } from './retag/retag-rulebooks.ts';
export { findAmounts } from './rulebook/amounts.ts';
export { applyRulebook } from './rulebook/apply-rulebook.ts';
export { compileRulebook } from './rulebook/compile-rulebook.ts';
export { type ExampleResult, exampleTranscript, type RuleResult, testRulebook } from './rulebook/examples.ts';
export { findPhrase, parsePhrase } from './rulebook/phrases.ts';
export { Rulebook, type RuleExample, TaggingRule } from './rulebook/rulebook.ts';
export { starterRulebook } from './rulebook/starter-rulebook.ts';
export { normalise, utterancesOf } from './rulebook/tokens.ts';
export { type TagCallNeeds, tagCall } from './tag-call.ts';
export { tagCallNeeds, taggingChoices, taggingEnvironment } from './tag-call-needs.ts';
