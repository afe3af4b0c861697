import { type Command, Option } from 'commander';
import type { QualityClient, Review } from '../../client/verbatim-client.ts';
import { offsetText } from '../../lambdas/transcription/transcription.ts';
import { printed } from '../printed.ts';
import { table } from '../tables.ts';
import { answersOption, each, JSON_WHOLE, type JsonOptions, offsetOption, qualityOf, textsOption } from './options.ts';
import { reviewTable, reviewText } from './texts.ts';

type Texts = Readonly<Record<string, string>>;
type Answers = Parameters<QualityClient['answerReview']>[1];

interface ReviewsOptions extends JsonOptions {
  readonly state?: 'waiting' | 'draft' | 'submitted' | 'appealed';
  readonly team?: string;
  readonly reviewer?: string;
}

interface AnswerOptions extends JsonOptions {
  readonly comment?: Texts;
  readonly because?: Texts;
}

interface CommentOptions extends JsonOptions {
  readonly at: number;
  readonly until: number;
  readonly criterion?: string;
  readonly text: string;
}

interface AppealOptions extends JsonOptions {
  readonly reason: string;
  readonly criterion?: string[];
}

interface DecideOptions extends AnswerOptions {
  readonly outcome: 'upheld' | 'rejected' | 'partly-upheld';
  readonly reason: string;
  readonly answer?: ReturnType<typeof answersOption>;
}

/**
 * Answers as they are sent: those of before, with what is given put in place of what they had.
 *
 * @throws Error where a comment or a reason is given to what is not answered
 */
export function givenAnswers(
  answers: Readonly<Record<string, string | number>>,
  comments: Texts = {},
  because: Texts = {},
  before: Answers = {},
): Answers {
  const ids = Object.keys({ ...answers, ...comments, ...because });
  const given = ids.map((id) => {
    const answer = answers[id] ?? before[id]?.answer;
    if (answer === undefined) throw new Error(`${id} is not answered: pass ${id}=ANSWER, too`);
    const [comment, overruledBecause] = [comments[id], because[id]];
    const texts = {
      ...(comment !== undefined && { comment }),
      ...(overruledBecause !== undefined && { overruledBecause }),
    };
    return [id, { ...before[id], answer, ...texts }] as const;
  });
  return { ...before, ...Object.fromEntries(given) };
}

/** The answers that a draft has, as they would be sent again. */
const answersOf = ({ answers }: Pick<Review, 'answers'>): Answers =>
  Object.fromEntries(Object.entries(answers).map(([id, { automatic: _, ...given }]) => [id, given]));

/** Adds `reviews` and `review …` to a program. */
export function registerReviews(program: Command): void {
  program
    .command('reviews')
    .description('list the reviews of your teams, by when they are due')
    .addOption(
      new Option('--state <state>', 'those in a state (default: waiting)').choices([
        ...['waiting', 'draft', 'submitted', 'appealed'],
      ]),
    )
    .option('--team <team>', 'those of one team')
    .option('--reviewer <person>', 'those of a person')
    .option('--call <callId>', 'or: all of one call')
    .option('--agent <agentId>', 'or: the scores of all of an agent, those of calls that are gone, too')
    .option(...JSON_WHOLE)
    .action(
      async (
        { call, agent, json, ...asked }: ReviewsOptions & { readonly call?: string; readonly agent?: string },
        command: Command,
      ) => {
        const quality = await qualityOf(command);
        if (agent !== undefined) {
          const scores = await Array.fromAsync(quality.reviewsOfAgent(agent, { limit: 200 }));
          return printed(json, scores, () =>
            table(
              ['call', 'began', 'scorecard', 'state', 'score', 'reviewer'],
              scores.map((one) => [
                ...[one.callId, one.callStartedAt, `${one.scorecard} ${one.scorecardVersion}`, one.state ?? ''],
                ...[one.percent === undefined ? '' : `${one.percent} %`, one.reviewer ?? ''],
              ]),
            ),
          );
        }
        const reviews =
          call === undefined
            ? await Array.fromAsync(quality.reviews({ ...asked, limit: 200 }))
            : await quality.reviewsOfCall(call);
        printed(json, reviews, () => reviewTable(reviews));
      },
    );

  const review = program
    .command('review')
    .description('review a call: begin or take, answer, comment, submit; acknowledge or appeal; decide');

  review
    .command('begin')
    .description('begin a review of a call by hand')
    .argument('<callId>', 'the id of the call')
    .option('--scorecard <name>', 'by which scorecard (default: the first one)')
    .option(...JSON_WHOLE)
    .action(async (callId: string, { scorecard, json }: JsonOptions & { scorecard?: string }, command: Command) => {
      const quality = await qualityOf(command);
      const name = scorecard ?? (await quality.scorecards())[0]?.name ?? command.error('there is no scorecard');
      const begun = await quality.beginReview(callId, { scorecard: name });
      printed(json, begun, () => reviewText(begun));
    });

  /** A command that shows a review, or what became of it by a change of it as it was seen. */
  const ofReview = <O extends JsonOptions>(
    name: string,
    description: string,
    change: (quality: QualityClient, seen: Review, options: O, words: string[]) => Promise<Review>,
    complete: (command: Command) => Command = (command) => command,
  ) =>
    complete(
      review
        .command(name)
        .description(description)
        .argument('<callId>', 'the id of the call')
        .argument('<reviewId>', 'the id of the review'),
    )
      .option(...JSON_WHOLE)
      .action(async (callId: string, reviewId: string, ...rest: unknown[]) => {
        const command = rest.at(-1) as Command;
        const options = rest.at(-2) as O;
        const quality = await qualityOf(command);
        const changed = await change(quality, await quality.review(callId, reviewId), options, command.args.slice(2));
        printed(options.json, changed, () => reviewText(changed));
      });

  ofReview('show', 'show a review', async (_, seen) => seen);
  ofReview('take', 'take a review that waits', (quality, seen) => quality.takeReview(seen));
  ofReview('release', 'give a draft back', (quality, seen) => quality.releaseReview(seen));
  ofReview(
    'assign',
    'assign a review to a person',
    (quality, seen, { to }: JsonOptions & { readonly to: string }) => quality.assignReview(seen, to),
    (command) => command.requiredOption('--to <person>', 'as identity tokens name persons'),
  );
  ofReview(
    'answer',
    'answer criteria of a draft; the answers that are not named stay',
    (quality, seen, { comment, because }: AnswerOptions, words) => {
      const given = words.reduce((before, word) => answersOption(word, before), {} as ReturnType<typeof answersOption>);
      return quality.answerReview(seen, givenAnswers(given, comment, because, answersOf(seen)));
    },
    (command) =>
      command
        .argument('[answers...]', 'criterion=answer, such as greeting=yes listening=4')
        .option('--comment <criterion=text>', 'a comment to an answer; once for each', textsOption)
        .option('--because <criterion=text>', 'why the automatic answer is wrong; once for each', textsOption),
  );
  ofReview(
    'comment',
    'add a comment on a place of the call',
    (quality, seen, { at, until, criterion, text }: CommentOptions) =>
      quality.commentReview(seen, { startMs: at, endMs: until, criterionId: criterion, text }),
    (command) =>
      command
        .requiredOption('--at <offset>', 'where in the recording: 1:05, 65 or 65.2', offsetOption)
        .requiredOption('--until <offset>', 'until where', offsetOption)
        .option('--criterion <id>', 'the criterion that it is about')
        .requiredOption('--text <text>', 'the comment'),
  );
  ofReview('submit', 'submit a draft: the agent sees it from then on', (quality, seen) => quality.submitReview(seen));
  ofReview('acknowledge', 'as the agent: let a review stand', (quality, seen) => quality.acknowledgeReview(seen));
  ofReview(
    'appeal',
    'as the agent: appeal against a review',
    (quality, seen, { reason, criterion }: AppealOptions) =>
      quality.appealReview(seen, { reason, criterionIds: criterion }),
    (command) =>
      command
        .requiredOption('--reason <text>', 'why')
        .option('--criterion <id>', 'a criterion that it is about; once for each (default: the whole review)', each),
  );
  ofReview(
    'decide',
    'as a supervisor who did not review: decide an appeal',
    (quality, seen, { outcome, reason, answer, comment, because }: DecideOptions) =>
      quality.decideAppeal(seen, {
        outcome,
        reason,
        ...(answer && { answers: givenAnswers(answer, comment, because) }),
      }),
    (command) =>
      command
        .addOption(
          new Option('--outcome <outcome>', 'whether the appeal was right')
            .choices(['upheld', 'rejected', 'partly-upheld'])
            .makeOptionMandatory(),
        )
        .requiredOption('--reason <text>', 'why')
        .option('--answer <criterion=answer>', 'a corrected answer; once for each', answersOption)
        .option('--comment <criterion=text>', 'a comment to it; once for each', textsOption)
        .option('--because <criterion=text>', 'why the automatic answer is wrong; once for each', textsOption),
  );

  review
    .command('versions')
    .description('list how a review came to be as it is, and who made it so')
    .argument('<callId>', 'the id of the call')
    .argument('<reviewId>', 'the id of the review')
    .option(...JSON_WHOLE)
    .action(async (callId: string, reviewId: string, { json }: JsonOptions, command: Command) => {
      const versions = await Array.fromAsync((await qualityOf(command)).reviewVersions(callId, reviewId));
      printed(json, versions, () =>
        table(
          ['version', 'at', 'by', 'what', 'score'],
          versions.map(({ version, at, by, what, review: { score } }) => [
            ...[String(version), at, by, what, score?.percent === undefined ? '' : `${score.percent} %`],
          ]),
        ),
      );
    });

  program
    .command('quality-call')
    .description('show a call as reviewers, agents and trainers see it: without its customer')
    .argument('<callId>', 'the id of the call')
    .option('--audio', 'a link by which it is heard, redacted')
    .option('--at <offset>', 'from where on', offsetOption)
    .option(...JSON_WHOLE)
    .action(
      async (
        callId: string,
        { audio, at, json }: JsonOptions & { readonly audio?: boolean; readonly at?: number },
        command: Command,
      ) => {
        const quality = await qualityOf(command);
        if (audio) {
          const link = await quality.audio(callId, { startMs: at });
          return printed(json, link, () => link.url);
        }
        const [call, { turns }] = await Promise.all([quality.call(callId), quality.transcript(callId)]);
        printed(json, { ...call, turns }, () =>
          turns
            .map(({ startMs, speaker, text }) => `${offsetText(startMs).padStart(9)}  ${speaker}: ${text}`)
            .join('\n'),
        );
      },
    );
}
