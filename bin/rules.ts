import type { Command } from 'commander';
import {
  type ExampleResult,
  type RuleExample,
  type RuleResult,
  type TaggingRule,
  testRulebook,
} from '../lambdas/tagging/tagging.ts';
import { printed } from './printed.ts';
import { loadRulebook } from './rulebook-file.ts';
import { table } from './tables.ts';

interface RulesOptions {
  readonly rulebook?: string;
  readonly config?: string;
  readonly json?: boolean;
}

/** Adds the commands `rules test` and `rules list` to a program. */
export function registerRules(program: Command): void {
  const rules = program.command('rules').description('see to the rules of a rulebook');
  const command = (name: string, description: string) =>
    rules
      .command(name)
      .description(description)
      .option(
        '--rulebook <file>',
        'a rulebook or a config, .ts or .json (default: verbatim.config.ts, or the starter rulebook)',
      )
      .option('--config <file>', 'the same: the config that has the rulebook')
      .option('--json', 'print JSON, whole');

  command('test', 'try out every rule on its examples; fails where one does not do as it says').action(
    async ({ rulebook: file, config, json }: RulesOptions, given: Command) => {
      if (file !== undefined && config !== undefined) given.error('name --rulebook or --config, not both');
      const rulebook = await loadRulebook(file ?? config);
      const results = testRulebook(rulebook);
      const isPassed = results.every(({ examples }) => examples.every(({ passed }) => passed));
      printed(json, report(rulebook.version, results, isPassed), () => readable(rulebook.version, results));
      if (!isPassed) process.exitCode = 1;
    },
  );

  command('list', 'list the rules').action(async ({ rulebook: file, config, json }: RulesOptions, given: Command) => {
    if (file !== undefined && config !== undefined) given.error('name --rulebook or --config, not both');
    const rulebook = await loadRulebook(file ?? config);
    printed(json, rulebook, () => listed(rulebook.rules));
  });
}

const listed = (rules: readonly TaggingRule[]): string =>
  table(
    ['rule', 'tag', 'speaker', 'what it finds'],
    rules.map((rule) => [rule.id, rule.tag, rule.speaker ?? 'anyone', rule.description ?? '']),
    [null, null, null, 60],
  );

/** What a rule lacks that would show whether it works. */
function warningsOf({ rule, examples }: RuleResult): string[] {
  const lacks = (mustMatch: boolean) => !examples.some((example) => example.mustMatch === mustMatch);
  return [
    ...(lacks(true) ? [`${rule.id} has no example that it must match`] : []),
    ...(lacks(false) ? [`${rule.id} has no example that it must not match`] : []),
  ];
}

function report(version: string, results: readonly RuleResult[], passed: boolean) {
  return {
    version,
    passed,
    rules: results.map(({ rule, examples }) => ({
      id: rule.id,
      tag: rule.tag,
      passed: examples.filter((example) => example.passed).length,
      failed: examples.filter((example) => !example.passed),
    })),
    warnings: results.flatMap(warningsOf),
  };
}

function readable(version: string, results: readonly RuleResult[]): string {
  const failures = results.flatMap(({ rule, examples }) =>
    examples.filter(({ passed }) => !passed).map((example) => failureText(rule, example)),
  );
  const rows = results.map(({ rule, examples }) => {
    const passed = examples.filter((example) => example.passed).length;
    return [rule.id, rule.tag, `${passed} of ${examples.length}`, passed === examples.length ? '' : 'FAILED'];
  });
  const warnings = results.flatMap(warningsOf).map((warning) => `warning: ${warning}`);
  return [`rulebook ${version}`, table(['rule', 'tag', 'examples passed', ''], rows), ...failures, ...warnings].join(
    '\n',
  );
}

function failureText({ id }: TaggingRule, { example, mustMatch, found }: ExampleResult): string {
  const instead = found.map(
    (moment) => `    ${moment.ruleId}: ${moment.quote === '' ? '(no words)' : `"${moment.quote}"`}`,
  );
  return [
    `\n${id} ${mustMatch ? 'must match, and does not' : 'must not match, and does'}:`,
    ...linesOf(example).map((line) => `  ${line}`),
    '  found:',
    ...(instead.length === 0 ? ['    nothing'] : instead),
  ].join('\n');
}

const linesOf = (example: RuleExample): string[] =>
  typeof example === 'string' ? [example] : example.map(({ speaker, text }) => `${speaker}: ${text}`);
