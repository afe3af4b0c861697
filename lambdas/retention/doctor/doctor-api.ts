import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { type Clock, iso } from '../../platform/clock.ts';
import { VerbatimError } from '../../platform/errors.ts';
import { type HttpEdge, jsonContent, problemResponse } from '../../platform/http.ts';
import { parseJson } from '../../platform/json.ts';
import { named } from '../../platform/openapi.ts';
import { type DoctorNeeds, DoctorPosition, DoctorScope, examinePage, Finding } from './doctor.ts';

/** What answering for the doctor needs. */
export interface DoctorApiNeeds {
  readonly doctor: Omit<DoctorNeeds, 'now'>;
  readonly clock: Clock;
  readonly edge: HttpEdge;
}

/** What one page of an examination found; `nextCursor` is there while there is more to look through. */
export const DoctorPage = z
  .object({
    examined: z.number().int(),
    items: z.array(named('DoctorFinding', Finding)),
    nextCursor: z.string().optional(),
  })
  .openapi('DoctorPage');
export type DoctorPage = z.infer<typeof DoctorPage>;

const getDoctor = createRoute({
  method: 'get',
  path: '/doctor',
  summary: 'What should not be: objects without a call, and calls without their objects',
  request: {
    query: z.object({
      scope: DoctorScope.clone().openapi({ description: 'What is looked through.' }),
      cursor: z.string().optional().openapi({ description: '`nextCursor` of the page before, with the same scope.' }),
    }),
  },
  responses: {
    200: { description: 'One page of findings, which may be empty', ...jsonContent(DoctorPage) },
    400: problemResponse('A parameter is not as it must be; `detail` names it.'),
  },
});

/** Adds the doctor to the retention URL. */
export function doctorRoutes(app: OpenAPIHono, { doctor, clock, edge }: DoctorApiNeeds): void {
  app.openapi(getDoctor, async (c) => {
    const { scope, cursor } = c.req.valid('query');
    const now = iso(clock());
    const position = cursor === undefined ? undefined : positionOf(await edge.seal.open(cursor), scope);
    const { examined, findings, next } = await examinePage(scope, position, {
      ...doctor,
      now,
    });
    const nextCursor = next && (await edge.seal.seal(encode({ scope, position: next })));
    return c.json({ examined, items: findings, ...(nextCursor && { nextCursor }) }, 200);
  });
}

/** A cursor goes on with the scope that it is of, and with no other. */
const Cursor = z.object({ scope: DoctorScope, position: DoctorPosition });

const encode = (cursor: z.infer<typeof Cursor>): string => JSON.stringify(cursor);

function positionOf(encoded: string | undefined, asked: DoctorScope): DoctorPosition {
  let cursor: z.infer<typeof Cursor>;
  try {
    cursor = Cursor.parse(parseJson(encoded ?? ''));
  } catch (cause) {
    throw new VerbatimError('bad-request', 'cursor: is none that this list gave', { cause });
  }
  if (cursor.scope === asked) return cursor.position;
  throw new VerbatimError('bad-request', `cursor: is of the scope ${cursor.scope}, and not of ${asked}`);
}
