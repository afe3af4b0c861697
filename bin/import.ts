import { type Command, InvalidArgumentError, Option } from 'commander';
import { BUCKET_VARIABLE } from './deployment.ts';

const MAX_CONCURRENCY = 64;

/** Adds the command `import` to a program. */
export function registerImport(program: Command): void {
  program
    .command('import')
    .description('upload the recordings of a directory; what is there already is left as it is')
    .argument('<directory>', 'where the recordings are')
    .requiredOption('--source <name>', 'the source whose recordings they are')
    .option('--manifest <csv>', 'what is known of the calls: file, agent-id, customer-id, started-at …')
    .addOption(new Option('--bucket <name>', 'the recordings bucket').env(BUCKET_VARIABLE))
    .option('--prefix <prefix>', "what comes before a file's path in its key (default: the source's prefix)")
    .option('--concurrency <files>', 'files at once', parseConcurrency, 8)
    .option('--journal <file>', 'where to note what is done (default: in your state directory)')
    .option('--recheck', 'ask the bucket, too, about files that the journal has as done')
    .option('--report <json>', 'write a report: counts, and what was skipped or failed and why')
    .option('--dry-run', 'upload nothing, and print what would be')
    .action(async (directory: string, _: unknown, command: Command) => {
      // Loaded only here: what an import is made with would make every other command start slower.
      const { runImport } = await import('./import/run-import.ts');
      await runImport(directory, command.optsWithGlobals());
    });
}

function parseConcurrency(value: string): number {
  const files = Number(value);
  if (Number.isInteger(files) && files >= 1 && files <= MAX_CONCURRENCY) return files;
  throw new InvalidArgumentError(`must be a whole number from 1 to ${MAX_CONCURRENCY}.`);
}
