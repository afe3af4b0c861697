import type { Command } from 'commander';
import type { CalibrationAgreement } from '../../client/verbatim-client.ts';
import { printed } from '../printed.ts';
import { table } from '../tables.ts';
import { answersOption, each, JSON_WHOLE, type JsonOptions, qualityOf } from './options.ts';

interface OpenOptions extends JsonOptions {
  readonly scorecard: string;
  readonly call: string[];
  readonly reviewer: string[];
  readonly due: string;
}

/** Adds `calibration …` and `calibrations` to a program. */
export function registerCalibrations(program: Command): void {
  const calibration = program
    .command('calibration')
    .description('have several reviewers score the same calls, without seeing each other');

  calibration
    .command('open')
    .description('open a calibration')
    .requiredOption('--scorecard <name>', 'the scorecard')
    .requiredOption('--call <callId>', 'a call; once for each', each)
    .requiredOption('--reviewer <person>', 'who scores them; once for each', each)
    .requiredOption('--due <time>', 'by when, ISO 8601')
    .option(...JSON_WHOLE)
    .action(async ({ scorecard, call, reviewer, due, json }: OpenOptions, command: Command) => {
      const quality = await qualityOf(command);
      const opened = await quality.openCalibration({ scorecard, callIds: call, reviewers: reviewer, dueAt: due });
      printed(json, opened, () => `${opened.calibrationId}  due ${opened.dueAt}`);
    });

  calibration
    .command('answer')
    .description('answer to a call of a calibration, each criterion that is asked')
    .argument('<calibrationId>', 'the id of the calibration')
    .argument('<callId>', 'the id of the call')
    .argument('<answers...>', 'criterion=answer, such as greeting=yes listening=4')
    .option(...JSON_WHOLE)
    .action(async (calibrationId: string, callId: string, words: string[], { json }: JsonOptions, command: Command) => {
      const quality = await qualityOf(command);
      const [{ person }, { entries }] = await Promise.all([quality.me(), quality.calibration(calibrationId)]);
      const before = entries.find((one) => one.callId === callId && one.reviewer === person);
      const answers = words.reduce((given, word) => answersOption(word, given), {} as ReturnType<typeof answersOption>);
      const entry = await quality.answerCalibration({ calibrationId, callId }, answers, before);
      printed(json, entry, () => `${callId}  ${entry.percent === undefined ? 'no score' : `${entry.percent} %`}`);
    });

  calibration
    .command('close')
    .description('close a calibration, and show how far its reviewers agree')
    .argument('<calibrationId>', 'the id of the calibration')
    .option(...JSON_WHOLE)
    .action(async (calibrationId: string, { json }: JsonOptions, command: Command) => {
      const quality = await qualityOf(command);
      await quality.closeCalibration(await quality.calibration(calibrationId));
      const agreement = await quality.agreement(calibrationId);
      printed(json, agreement, () => agreementText(agreement));
    });

  calibration
    .command('agreement')
    .description('show how far the reviewers of a calibration that is closed agree')
    .argument('<calibrationId>', 'the id of the calibration')
    .option(...JSON_WHOLE)
    .action(async (calibrationId: string, { json }: JsonOptions, command: Command) => {
      const agreement = await (await qualityOf(command)).agreement(calibrationId);
      printed(json, agreement, () => agreementText(agreement));
    });

  program
    .command('calibrations')
    .description('list calibrations')
    .option(...JSON_WHOLE)
    .action(async ({ json }: JsonOptions, command: Command) => {
      const calibrations = await Array.fromAsync((await qualityOf(command)).calibrations({ limit: 200 }));
      printed(json, calibrations, () =>
        table(
          ['calibration', 'scorecard', 'state', 'calls', 'reviewers', 'due'],
          calibrations.map(({ calibrationId, scorecard, state, calls, reviewers, dueAt }) => [
            ...[calibrationId, scorecard, state, String(calls.length), reviewers.join('\n'), dueAt],
          ]),
        ),
      );
    });
}

/** How far reviewers agree, to be read. */
export function agreementText({
  scorecard,
  scorecardVersion,
  calls,
  criteria,
  reviewers,
}: CalibrationAgreement): string {
  const percent = ({ mean, low, high, n }: CalibrationAgreement['criteria'][number]['agreement']): string =>
    mean === undefined ? '' : `${mean} % (${low} to ${high}, of ${n} calls)`;
  return [
    `${scorecard} ${scorecardVersion}  ${calls} calls that two at least answered`,
    table(
      ['criterion', 'answers', 'the same', 'kappa'],
      criteria.map(({ criterionId, answers, agreement, kappa }) => [
        ...[criterionId, String(answers), percent(agreement)],
        kappa.value === undefined ? (kappa.undefinedBecause ?? '') : `${kappa.value} (${kappa.method})`,
      ]),
      [null, null, null, 50],
    ),
    ...reviewers.map(({ reviewer, lean }) => `${reviewer}  ${lean.because}`),
  ].join('\n');
}
