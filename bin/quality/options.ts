import { type Command, InvalidArgumentError } from 'commander';
import type { QualityClient } from '../../client/verbatim-client.ts';
import { clientOf } from '../deployment.ts';
import { msOf } from '../disputes.ts';

/** The option of every command that can print JSON. */
export const JSON_WHOLE = ['--json', 'print JSON, whole'] as const;

/** What {@link JSON_WHOLE} gives. */
export interface JsonOptions {
  readonly json?: boolean;
}

/** What a command asks of the quality URL. */
export const qualityOf = async (command: Command): Promise<QualityClient> =>
  (await clientOf(command, 'quality')).quality;

/** An offset in a recording, in milliseconds, of one that is written as `1:02:03`, `1:05`, `65` or `65.2`. */
export function offsetOption(written: string): number {
  const ms = msOf(written);
  if (Number.isNaN(ms)) throw new InvalidArgumentError('It is an offset: 1:05, 65 or 65.2.');
  return ms;
}

/** An option that is given once for each value. */
export const each = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

/** The two sides of `name=value`. */
function pairOf(written: string, what: string): [string, string] {
  const at = written.indexOf('=');
  if (at < 1) throw new InvalidArgumentError(`It is ${what}.`);
  return [written.slice(0, at), written.slice(at + 1)];
}

/** Answers that are written as `criterion=answer`, the marks of scales as numbers, by the ids of the criteria. */
export const answersOption = (
  written: string,
  before: Readonly<Record<string, string | number>> = {},
): Readonly<Record<string, string | number>> => {
  const [criterionId, answer] = pairOf(written, 'criterion=answer, such as greeting=yes or listening=4');
  return { ...before, [criterionId]: /^-?\d+$/.test(answer) ? Number(answer) : answer };
};

/** Texts that are written as `criterion=text`, by the ids of the criteria. */
export const textsOption = (
  written: string,
  before: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> => {
  const [criterionId, text] = pairOf(written, 'criterion=text');
  return { ...before, [criterionId]: text };
};
