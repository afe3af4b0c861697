import type { Command } from 'commander';
import { claimsOf, readIdentityProvider, tokenOf } from '../local/identity-provider.ts';

interface TokenOptions {
  readonly person: string;
  readonly team: readonly string[];
  readonly minutes: string;
}

/** Where the local stack that the command line talks to keeps its files. */
const LOCAL_DIRECTORY = '.local';

/** Adds the command `token` to a program. */
export function registerToken(program: Command): void {
  program
    .command('token')
    .description('print an identity token of the local stack, for a person of some teams')
    .requiredOption('--person <email>', 'the person')
    .option('--team <team>', 'one of their teams; once for each', (team, teams: string[]) => [...teams, team], [])
    .option('--minutes <minutes>', 'how long it is valid', '60')
    .action(async ({ person, team, minutes }: TokenOptions, command: Command) => {
      const lasting = Number(minutes);
      if (!(lasting > 0 && lasting <= 1440)) command.error('--minutes is a number, 1440 at the most');
      const exp = Math.floor(Date.now() / 1000 + lasting * 60);
      const provider = await readIdentityProvider(LOCAL_DIRECTORY);
      console.log(await tokenOf(provider, { ...claimsOf(person, team), exp }));
    });
}
