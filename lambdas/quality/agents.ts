import * as z from 'zod';

/** Somebody who speaks with customers, as the roster has them. */
export const Agent = z.object({
  /** As the calls' metadata has it. */
  agentId: z.string(),
  name: z.string().optional(),
  /** As identity tokens name it; none until a supervisor says it. */
  team: z.string().optional(),
  /** The person who the agent is, as identity tokens name them. */
  person: z.string().optional(),
  /** 1, and 1 more with each change: the ETag. */
  version: z.int().positive(),
  /** When the first call of theirs was scored, or they were put in. */
  since: z.iso.datetime(),
});
export type Agent = z.infer<typeof Agent>;
