import type * as z from 'zod';
import type { IdentityConfig } from '../lambdas/platform/platform.ts';

/** Names the provider of the local stack to the config, which is read by the process that deploys it. */
export const LOCAL_ISSUER_VARIABLE = 'VERBATIM_LOCAL_ISSUER';

/** The `aud` of the tokens of the local stack. */
export const LOCAL_AUDIENCE = 'verbatim-local';

/** The claim of theirs that lists teams. */
export const LOCAL_TEAMS_CLAIM = 'groups';

/**
 * Who vouches for persons in the local stack: a provider that it starts beside itself, whose tokens `npx verbatim token` prints. Of every
 * other deployment nobody: undefined.
 *
 * @throws Error where the provider is not one of this machine: anybody could vouch for anybody then
 */
export function localIdentity(issuer = process.env[LOCAL_ISSUER_VARIABLE]): z.input<typeof IdentityConfig> | undefined {
  if (issuer === undefined) return undefined;
  if (!/^http:\/\/127\.0\.0\.1:\d+$/.test(issuer))
    throw new Error(`${LOCAL_ISSUER_VARIABLE} is ${issuer}, which is no provider of the local stack: unset it`);
  return { issuer, audience: LOCAL_AUDIENCE, teamsClaim: LOCAL_TEAMS_CLAIM };
}
