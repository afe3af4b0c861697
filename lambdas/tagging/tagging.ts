/** What other rooms may use of tagging. */
export { applyRulebook } from './apply-rulebook.ts';
export { type CompiledRulebook, compileRulebook } from './compile-rulebook.ts';
export { type ExampleResult, exampleTranscript, type RuleResult, testRulebook } from './examples.ts';
export { findPhrase, parsePhrase } from './phrases.ts';
export { RULEBOOK_PREFIX } from './retag-rulebooks.ts';
export { Rulebook, type RuleExample, TaggingRule } from './rulebook.ts';
export { type StarterRulebookOptions, starterRulebook } from './starter-rulebook.ts';
export { type TagCallNeeds, tagCall } from './tag-call.ts';
export { tagCallNeeds, taggingChoices, taggingEnvironment } from './tag-call-needs.ts';
export { utterancesOf } from './tokens.ts';
