import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { CustodyStore } from '../../calls/calls.ts';
import { type Clock, iso, plusMs } from '../../platform/clock.ts';
import { EVER } from '../../platform/cursor.ts';
import { VerbatimError } from '../../platform/errors.ts';
import {
  ByName,
  type HttpEdge,
  idOfRequest,
  jsonContent,
  problemResponse,
  Reason,
  whoOf,
} from '../../platform/http.ts';
import { ListQuery, pageOf } from '../../platform/listing.ts';
import { KeyHeader } from '../../platform/openapi.ts';
import type { Dispute } from '../dispute.ts';
import type { DisputeStore } from '../dispute-store.ts';
import { noteRequested } from './build-evidence.ts';
import type { EvidenceObjects } from './evidence-objects.ts';
import { type BuildMessage, EvidencePackage } from './evidence-package.ts';
import type { EvidenceSigner } from './evidence-signer.ts';
import type { EvidenceStore } from './evidence-store.ts';

/** What the routes of evidence packages need. */
export interface EvidenceRoutesNeeds {
  readonly edge: Pick<HttpEdge, 'listPage'>;
  readonly disputes: Pick<DisputeStore, 'get' | 'note'>;
  readonly evidence: EvidenceStore;
  readonly custody: Pick<CustodyStore, 'append'>;
  readonly objects: Pick<EvidenceObjects, 'link'>;
  readonly signer: Pick<EvidenceSigner, 'publicKey'>;
  /** Sends what asks for a package to be built to the worker's queue. */
  readonly sendEvidence: (messages: readonly BuildMessage[]) => Promise<void>;
  readonly clock: Clock;
  /** A text that no other request has. */
  readonly randomId: () => string;
}

const NewEvidence = z
  .strictObject({
    reason: Reason,
    byName: ByName.openapi({ description: 'Whoever stands behind the principal that signs the request.' }),
    originals: z.boolean().default(true).openapi({ description: 'Whether what was not redacted goes in, too.' }),
  })
  .openapi('NewEvidence');

const NewLink = z
  .strictObject({
    reason: Reason,
    byName: ByName.openapi({ description: 'Whoever stands behind the principal that signs the request.' }),
  })
  .openapi('NewEvidenceLink');

/** A link by which a package can be downloaded, by whoever has it. */
const EvidenceLink = z
  .object({
    url: z.url(),
    expiresAt: z.iso.datetime(),
    fileName: z.string(),
    sizeBytes: z.number().int(),
    sha256: z.string(),
  })
  .openapi('EvidenceLink');

/** The key that packages are signed with. */
const EvidenceKey = z
  .object({
    pem: z.string(),
    fingerprint: z.string().openapi({ description: 'SHA-256, in hex, of the key in DER (SubjectPublicKeyInfo).' }),
    algorithm: z.literal('ECDSA_SHA_256'),
  })
  .openapi('EvidenceKey');

const DisputePath = z.object({ disputeId: z.string().openapi({ param: { name: 'disputeId', in: 'path' } }) });
const NUMBER = 'is not a whole number from 1 on';
const EvidencePath = DisputePath.extend({
  number: z.coerce
    .number(NUMBER)
    .int(NUMBER)
    .min(1, NUMBER)
    .openapi({ param: { name: 'number', in: 'path' } }),
});
const EvidenceQuery = ListQuery.pick({ order: true, limit: true, cursor: true });

const badRequest = { 400: problemResponse('A field is not as it must be; `detail` names it.') };
const notFound = { 404: problemResponse('There is no such dispute, or no such package of it.') };

const postEvidence = createRoute({
  method: 'post',
  path: '/disputes/{disputeId}/evidence',
  operationId: 'requestEvidence',
  summary: 'Asks for an evidence package of the calls of a dispute: it is built then',
  request: { params: DisputePath, headers: KeyHeader, body: { required: true, ...jsonContent(NewEvidence) } },
  responses: {
    202: { description: 'It is being built', ...jsonContent(EvidencePackage) },
    ...badRequest,
    ...notFound,
    409: problemResponse('No call was taken into the dispute, or the idempotency key is that of another package.'),
  },
});

const listEvidence = createRoute({
  method: 'get',
  path: '/disputes/{disputeId}/evidence',
  operationId: 'listEvidence',
  summary: 'The evidence packages of a dispute',
  request: { params: DisputePath, query: EvidenceQuery },
  responses: {
    200: { description: 'One page of packages', ...jsonContent(pageOf(EvidencePackage)) },
    ...badRequest,
    ...notFound,
  },
});

const getEvidence = createRoute({
  method: 'get',
  path: '/disputes/{disputeId}/evidence/{number}',
  operationId: 'getEvidence',
  summary: 'An evidence package: its state, size, hash and signature, what it lacks, and who was given it',
  request: { params: EvidencePath },
  responses: { 200: { description: 'The package', ...jsonContent(EvidencePackage) }, ...badRequest, ...notFound },
});

const postLink = createRoute({
  method: 'post',
  path: '/disputes/{disputeId}/evidence/{number}/link',
  operationId: 'linkEvidence',
  summary: 'Hands an evidence package out, by a link of five minutes; the custody of its calls tells it first',
  request: { params: EvidencePath, body: { required: true, ...jsonContent(NewLink) } },
  responses: {
    200: { description: 'The link', ...jsonContent(EvidenceLink) },
    ...badRequest,
    ...notFound,
    409: problemResponse('It is not built.'),
  },
});

const postRetry = createRoute({
  method: 'post',
  path: '/disputes/{disputeId}/evidence/{number}/retry',
  operationId: 'retryEvidence',
  summary: 'Asks again for an evidence package that failed',
  request: { params: EvidencePath },
  responses: {
    202: { description: 'It is being built', ...jsonContent(EvidencePackage) },
    ...badRequest,
    ...notFound,
    409: problemResponse('It did not fail.'),
  },
});

const getKey = createRoute({
  method: 'get',
  path: '/evidence/key',
  operationId: 'getEvidenceKey',
  summary: 'The public key that evidence packages are signed with, and its fingerprint',
  responses: { 200: { description: 'The key', ...jsonContent(EvidenceKey) } },
});

/** The name under which a package is downloaded. */
const fileNameOf = ({ disputeId, number }: BuildMessage): string =>
  `evidence-${disputeId.replaceAll(/[^A-Za-z0-9._-]/g, '_')}-${number}.zip`;

const noDispute = (disputeId: string) => new VerbatimError('not-found', `there is no dispute ${disputeId}`);
const noPackage = (disputeId: string, number: number) =>
  new VerbatimError('not-found', `there is no evidence package ${number} of the dispute ${disputeId}`);

/** Adds the routes of evidence packages to the disputes URL. */
export function evidenceRoutes(app: OpenAPIHono, needs: EvidenceRoutesNeeds): void {
  const { disputes, evidence: store, custody, clock } = needs;
  const existingDispute = async (disputeId: string): Promise<Dispute> => {
    const dispute = await disputes.get(disputeId);
    if (!dispute) throw noDispute(disputeId);
    return dispute;
  };
  const existing = async ({ disputeId, number }: BuildMessage): Promise<EvidencePackage> => {
    const found = await store.get(disputeId, number);
    if (!found) throw noPackage(disputeId, number);
    return found;
  };
  app.openapi(postEvidence, async (c) => {
    const { reason, byName, originals } = c.req.valid('json');
    const { disputeId, calls, state } = await existingDispute(c.req.valid('param').disputeId);
    if (calls.length === 0) {
      const first = state === 'open' ? '' : `it is ${state}: reopen it, and `;
      throw new VerbatimError(
        'conflict',
        `no call was taken into the dispute ${disputeId}, and evidence is made of calls: ${first}take in those that bear on the claim or, where it was not said, those that were searched for it`,
      );
    }
    const now = iso(clock());
    const callIds = [...new Set(calls.map(({ callId }) => callId))];
    const created = await store.create(
      {
        ...whoOf(c),
        ...{ disputeId, state: 'requested', stateSince: now, requestedAt: now, byName, reason, originals, callIds },
        ...{ attempt: 1, handedOut: [] },
      },
      idOfRequest(c, needs.randomId),
    );
    if (!created) throw noDispute(disputeId);
    const { evidence: asked, isNew } = created;
    if (asked.reason !== reason || asked.originals !== originals || asked.byName !== byName)
      throw new VerbatimError('conflict', 'Idempotency-Key: is that of a package that was asked for otherwise');
    await noteRequested(asked, custody);
    if (isNew) await disputes.note(disputeId, { ...whoOf(c), at: now, byName, what: 'evidence-requested', reason });
    if (asked.state === 'requested') await needs.sendEvidence([{ disputeId, number: asked.number }]);
    return c.json(EvidencePackage.parse(asked), 202);
  });

  app.openapi(listEvidence, async (c) => {
    const { disputeId } = await existingDispute(c.req.valid('param').disputeId);
    const asked = c.req.valid('query');
    const order = asked.order ?? 'oldest-first';
    const page = await needs.edge.listPage(['evidence', disputeId], { ...EVER, ...asked, order }, (request) =>
      store.list(disputeId, request),
    );
    return c.json(page, 200);
  });

  app.openapi(getEvidence, async (c) => c.json(await existing(c.req.valid('param')), 200));

  app.openapi(postLink, async (c) => {
    const { reason, byName } = c.req.valid('json');
    const evidence = await existing(c.req.valid('param'));
    const { disputeId, number, file } = evidence;
    if (evidence.state !== 'built' || !file)
      throw new VerbatimError('conflict', `the evidence package ${number} is ${evidence.state}, not built`);
    const at = iso(clock());
    const who = { ...whoOf(c), byName };
    const details = { disputeId, evidence: number, sha256: file.sha256 };
    // Of a call that is gone meanwhile there is no custody any more: the package itself tells, too.
    for (const callId of evidence.callIds)
      await custody.append(callId, { kind: 'evidence-handed-out', at, ...who, why: reason, details });
    if (!(await store.noteHandedOut(evidence, { at, ...who, reason }))) throw noPackage(disputeId, number);
    const fileName = fileNameOf(evidence);
    const { url, expiresInSeconds } = await needs.objects.link(file.key, file.versionId, fileName);
    const expiresAt = plusMs(at, 1000 * expiresInSeconds);
    return c.json({ url, expiresAt, fileName, sizeBytes: file.sizeBytes, sha256: file.sha256 }, 200);
  });

  app.openapi(postRetry, async (c) => {
    const evidence = await existing(c.req.valid('param'));
    const again = await store.retry(evidence, iso(clock()));
    if (!again)
      throw new VerbatimError(
        'conflict',
        `the evidence package ${evidence.number} is ${evidence.state}, it did not fail`,
      );
    await needs.sendEvidence([{ disputeId: again.disputeId, number: again.number }]);
    return c.json(again, 202);
  });

  app.openapi(getKey, async (c) =>
    c.json({ ...(await needs.signer.publicKey()), algorithm: 'ECDSA_SHA_256' as const }, 200),
  );
}
