import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import * as z from 'zod';
import { Call } from '../lambdas/calls/calls.ts';
import { SourceConfig } from '../lambdas/recordings/recordings.ts';
import { explainRetention, type RetentionExplanation, retentionSubject } from '../lambdas/retention/retention.ts';
import type { VerbatimConfig } from '../lib/config.ts';
import { CONFIG_FILE, readConfig } from './config-file.ts';
import { registerStoredRetention } from './stored-retention.ts';

interface ExplainOptions {
  readonly config: string;
  readonly at?: string;
}

const Time = Call.shape.startedAt;

/** What `verbatim call --json` prints besides, which retention does not look at. */
const unused = Object.fromEntries(
  [...Object.keys(Call.shape), 'moments', 'transcript'].map((field) => [field, z.unknown().optional()]),
);

/**
 * A call as a file describes it: by hand, or as `verbatim call --json` prints it. `lineOfBusiness` and `jurisdiction` are
 * those of the source, unless it says otherwise.
 */
const callFile = (sources: readonly string[]) =>
  z
    .strictObject({
      ...unused,
      source: z
        .string('is missing: name the source of the call')
        .refine((source) => sources.includes(source), `there is no such source: the sources are ${sources.join(', ')}`),
      startedAt: Time,
      receivedAt: Time,
      direction: Call.shape.direction,
      lineOfBusiness: SourceConfig.shape.lineOfBusiness,
      jurisdiction: SourceConfig.shape.jurisdiction,
      tags: z.array(z.string(), 'is no list of tags, such as ["credit-offered"]').optional(),
      consent: Call.shape.consent,
    })
    .refine((call) => call.startedAt !== undefined || call.receivedAt !== undefined, {
      path: ['startedAt'],
      message: 'is missing: say when the call began, such as 2026-10-14T09:12:00Z',
    });

/** Adds the command `retention`, with all below it, to a program. */
export function registerRetention(program: Command): void {
  const retention = program.command('retention').description('see how long calls are kept, and why');
  retention
    .command('explain')
    .description('tell how long a call that a file describes is kept, by which rule, and why; without AWS')
    .argument('<call.json>', 'the call: { "source": …, "startedAt": …, "direction"?, "tags"?, "consent"?, … }')
    .option('--config <file>', 'the config that decides', CONFIG_FILE)
    .option('--at <time>', 'the time at which to look at it, ISO 8601 (default: now)')
    .action(async (file: string, { config, at }: ExplainOptions) => {
      const now = parseAt(at);
      const [text, decides] = await Promise.all([readCall(file), readConfig(config)]);
      console.log(JSON.stringify(explainCall(text, decides, now), null, 2));
    });
  registerStoredRetention(retention);
}

/**
 * Explains the retention of a call that a JSON document describes. Such a call is held by nobody.
 *
 * @throws Error naming every field at fault
 */
export function explainCall(
  text: string,
  config: Pick<VerbatimConfig, 'retention' | 'sources'>,
  at: Date,
): RetentionExplanation & { readonly holds: readonly never[] } {
  const {
    lineOfBusiness,
    jurisdiction,
    startedAt,
    receivedAt = startedAt,
    ...known
  } = parseCall(
    text,
    config.sources.map((one) => one.name),
  );
  // The schema has one of the two: this guards it.
  if (receivedAt === undefined) throw new Error('startedAt: is missing');
  const ofSource = retentionSubject({ ...known, startedAt, receivedAt }, config.sources);
  const subject = {
    ...ofSource,
    lineOfBusiness: lineOfBusiness ?? ofSource.lineOfBusiness,
    jurisdiction: jurisdiction ?? ofSource.jurisdiction,
  };
  const { next, because, ...decided } = explainRetention(subject, config.retention, { at, uploadedAt: receivedAt });
  return { ...decided, holds: [], next, because };
}

function parseCall(text: string, sources: readonly string[]): z.infer<ReturnType<typeof callFile>> {
  const parsed = callFile(sources).safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((field) => `  ${field}: is no field of a call`)
      : [`  ${issue.path.join('.') || 'call'}: ${issue.message}`],
  );
  throw new Error(`the call cannot be explained:\n${problems.join('\n')}`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`the call is not JSON: ${why}`, { cause: error });
  }
}

async function readCall(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new Error(`${file} cannot be read (${error.code}): name a file that describes a call as JSON`);
  });
}

function parseAt(at: string | undefined): Date {
  if (at === undefined) return new Date();
  const parsed = Time.safeParse(at);
  if (parsed.data === undefined) throw new Error(`--at: "${at}" is not an ISO 8601 time with a zone`);
  return new Date(parsed.data);
}
