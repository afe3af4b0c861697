import type { Command } from 'commander';
import { registerCalibrations } from './calibrations.ts';
import { registerCoaching } from './coaching.ts';
import { registerLibrary } from './library.ts';
import { registerPlans } from './plans.ts';
import { registerReviews } from './reviews.ts';
import { registerScores } from './scores.ts';

/** Adds what is asked of the quality URLs to a program. */
export function registerQuality(program: Command): void {
  registerScores(program);
  registerPlans(program);
  registerReviews(program);
  registerCalibrations(program);
  registerCoaching(program);
  registerLibrary(program);
}
