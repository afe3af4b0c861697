import type { Moment } from '../../calls/calls.ts';
import type { Transcript } from '../../transcription/transcription.ts';
import { type CompiledRulebook, compileRulebook } from './compile-rulebook.ts';
import type { Rulebook } from './rulebook.ts';

const compiledOf = new WeakMap<Rulebook, CompiledRulebook>();

/** Finds the moments that the rulebook's rules give in a transcript, in order of their start; see {@link CompiledRulebook}. */
export function applyRulebook(transcript: Transcript, rulebook: Rulebook): Moment[] {
  const compiled = compiledOf.get(rulebook) ?? compileRulebook(rulebook);
  compiledOf.set(rulebook, compiled);
  return compiled.tag(transcript);
}
