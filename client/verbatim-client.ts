import createApi from 'openapi-fetch';
import type * as Api from './api-types.ts';
import { insightsClient } from './insights-client.ts';
import { listOf } from './lists.ts';
import { qualityClient } from './quality-client.ts';
import { changing, keyOf, type OnceOptions, told } from './requests.ts';
import { type CredentialProvider, type Credentials, signedFetch } from './signed-fetch.ts';

export type * from './api-types.ts';
export type { InsightsClient, WaitOptions } from './insights-client.ts';
export type { List, Page } from './lists.ts';
export type { QualityClient, Seen, SeenClip, SeenReview } from './quality-client.ts';
export type { OnceOptions } from './requests.ts';
export type { CredentialProvider, Credentials } from './signed-fetch.ts';
export { VerbatimClientError } from './verbatim-client-error.ts';

/** How to reach a deployment. */
export interface VerbatimClientOptions {
  /** The Function URLs, as the stack's outputs tell them: those whose requests are made; of quality that of the role that is had. */
  readonly urls: { readonly [Name in Api.UrlName]?: string | undefined };
  /**
   * Whose signature the requests bear: a role with the policy of the URL. Credentials, or what gives them, such as a provider of the
   * AWS SDK, which is asked again when they end.
   */
  readonly credentials: Credentials | CredentialProvider;
  /** The region of the stack. @default the one that the host of a Function URL names */
  readonly region?: string | undefined;
  /** The OIDC token of the person for whom requests are made, or what gives it: it is forwarded, verified, and noted in custody. */
  readonly identityToken?: string | (() => string | Promise<string>) | undefined;
  /** How often a request is made before it is given up. @default 5 */
  readonly maxAttempts?: number | undefined;
}

/** A dispute as it was seen: it is changed only where it did not change since, and refused with 412 where it did. */
export type SeenDispute = Pick<Api.Dispute, 'disputeId' | 'version'>;

/** The region that the host of a Function URL names. */
export const regionOf = (url: string): string | undefined =>
  /^https:\/\/[a-z0-9]+\.lambda-url\.([a-z0-9-]+)\./.exec(url)?.[1];

/**
 * A client for apps: signs its requests with SigV4, makes those again that may be, and follows lists to their end. An answer other than
 * the one that was asked for is a `VerbatimClientError` of its status.
 *
 * @example
 * const verbatim = createVerbatimClient({ urls: { calls: CALLS_URL }, credentials: fromNodeProviderChain() });
 * for await (const call of verbatim.calls({ agentId: 'agent-lee' })) console.log(call.startedAt, call.tags);
 */
export function createVerbatimClient({ urls, region, ...options }: VerbatimClientOptions) {
  function api<Paths extends object>(name: Api.UrlName) {
    const url = urls[name];
    if (url === undefined)
      return createApi<Paths>({ baseUrl: 'https://unknown.invalid', fetch: () => unknownUrl(name) });
    return createApi<Paths>({
      baseUrl: url,
      fetch: signedFetch({ ...options, url, region: region ?? regionOrThrow(url) }),
    });
  }
  const calls = api<Api.Paths['calls']>('calls');
  const disputes = api<Api.Paths['disputes']>('disputes');
  const erasures = api<Api.Paths['erasure']>('erasure');
  const holds = api<Api.Paths['holds']>('holds');
  const recordings = api<Api.Paths['recordings']>('recordings');
  const retention = api<Api.Paths['retention']>('retention');
  const insights = api<Api.Paths['insights']>('insights');
  const quality = api<Api.Paths['quality']>('quality');
  const tagging = api<Api.Paths['tagging']>('tagging');
  const uploads = api<Api.Paths['uploads']>('uploads');

  const callsPage = (of: Api.CallsOf, options: Api.ListOptions = {}) =>
    told(calls.GET('/calls', { params: { query: { ...of, ...options } } }));
  const search = (of: Api.SearchedCalls, phrase: string, options: Api.SearchOptions = {}) =>
    listOf({ ...of, phrase, ...options }, (query) => told(calls.GET('/search', { params: { query } })));

  return {
    /** Scores, reviews, calibration, coaching and the training library. */
    quality: qualityClient(quality),
    /** Numbers of many calls: volume, sentiment, tags, credits, scores and more, by agent, team, queue, source or time. */
    insights: insightsClient(insights),

    /** Calls, the newest first where no order is named. */
    calls: (of: Api.CallsOf, options: Api.ListOptions = {}) => listOf(options, (asked) => callsPage(of, asked)),
    /** One page of calls. */
    callsPage,
    /** A call with its moments. Status 404 where there is none. */
    call: (callId: string) => told(calls.GET('/calls/{callId}', { params: { path: { callId } } })),
    /** What was said in a call. */
    transcript: async (callId: string): Promise<Api.Transcript> => {
      const params = { path: { callId }, query: { format: 'json' } } as const;
      return (await told(calls.GET('/calls/{callId}/transcript', { params }))) as Api.Transcript;
    },
    /** What was said in a call: to be read, or as subtitles of its recording. */
    transcriptAs: (callId: string, format: Exclude<Api.TranscriptFormat, 'json'>) => {
      const params = { path: { callId }, query: { format } };
      return told(calls.GET('/calls/{callId}/transcript', { params, parseAs: 'text' }));
    },
    /** How a call was tagged before: its `n`th tagging, with the moments that it had by it. */
    tagging: (callId: string, n: number) =>
      told(calls.GET('/calls/{callId}/taggings/{tagging}', { params: { path: { callId, tagging: n } } })),
    /** The moments of a tag that occurred in a period. */
    moments: (tag: string, options: Api.MomentsOptions = {}) =>
      listOf({ tag, ...options }, (query) => told(calls.GET('/moments', { params: { query } }))),
    /** The agents that had moments of a tag in a period, whoever had most first. Groups of later pages add to former ones, by agent. */
    momentsByAgent: (tag: string, options: Api.MomentsByAgentOptions = {}) =>
      listOf({ tag, ...options }, (query) => told(calls.GET('/moments/by-agent', { params: { query } }))),
    /** A link by which a call is heard for five minutes, redacted, from an offset on: its custody tells it. */
    audio: (callId: string, query: Api.AudioOptions = {}) =>
      told(calls.GET('/calls/{callId}/audio', { params: { path: { callId }, query } })),
    /** What was done with a call, by whom, when and why, the oldest first. */
    custody: (callId: string, options: Api.CustodyOptions = {}) =>
      listOf(options, (query) => told(calls.GET('/calls/{callId}/custody', { params: { path: { callId }, query } }))),
    /** Whether the custody of a call is what was noted. */
    checkCustody: (callId: string) =>
      told(calls.GET('/calls/{callId}/custody/check', { params: { path: { callId } } })),
    /** The calls of an agent or a customer in which a phrase was said, with every place where it was. */
    search,
    /** The same, page by page: each tells in how many calls it looked. */
    searchPages: (...asked: Parameters<typeof search>) => search(...asked).pages(),

    /** Opens a dispute. Status 400 where its topic is none of the config. */
    openDispute: (dispute: Api.NewDispute, once?: OnceOptions) =>
      told(disputes.POST('/disputes', { params: { header: keyOf(once) }, body: dispute })),
    /** Disputes: of a customer, in a state, or all. */
    disputes: (options: Api.DisputesOptions = {}) =>
      listOf(options, (query) => told(disputes.GET('/disputes', { params: { query } }))),
    /** A dispute, its calls, what was found in them, and all that happened to it. */
    dispute: (disputeId: string) => told(disputes.GET('/disputes/{disputeId}', { params: { path: { disputeId } } })),
    /** The customer's calls in the period, those first that bear most on the claim; or that it was said in none of them. */
    disputeCandidates: (disputeId: string) =>
      told(disputes.GET('/disputes/{disputeId}/candidates', { params: { path: { disputeId } } })),
    /** Takes calls into a dispute: they are held from then on. */
    takeCalls: (seen: SeenDispute, body: Api.CallsToTakeIn, once?: OnceOptions) =>
      told(disputes.POST('/disputes/{disputeId}/calls', { params: changeOf(seen, once), body })),
    /** Adds what was concluded from a moment of a call, or from the whole of it. */
    addFinding: (seen: SeenDispute, body: Api.NewFinding, once?: OnceOptions) =>
      told(disputes.POST('/disputes/{disputeId}/findings', { params: changeOf(seen, once), body })),
    /** Decides a dispute, by the policy that was in force when its calls were. */
    decideDispute: (seen: SeenDispute, body: Api.NewDecision, once?: OnceOptions) =>
      told(disputes.POST('/disputes/{disputeId}/decision', { params: changeOf(seen, once), body })),
    /** Closes a dispute: the hold of its calls is released. */
    closeDispute: (seen: SeenDispute, body: Api.Closing = {}, once?: OnceOptions) =>
      told(disputes.POST('/disputes/{disputeId}/close', { params: changeOf(seen, once), body })),
    /** Reopens a dispute: its calls are held again. */
    reopenDispute: (seen: SeenDispute, body: Api.Reopening, once?: OnceOptions) =>
      told(disputes.POST('/disputes/{disputeId}/reopen', { params: changeOf(seen, once), body })),
    /** A link by which a call of a dispute is heard: redacted, or with a reason as it was. */
    disputeAudio: (disputeId: string, callId: string, query: Api.DisputeAudioOptions = {}) =>
      told(
        disputes.GET('/disputes/{disputeId}/calls/{callId}/audio', { params: { path: { disputeId, callId }, query } }),
      ),
    /** What was said in a call of a dispute: redacted, or with a reason as it was. */
    disputeTranscript: async (
      disputeId: string,
      callId: string,
      options: Api.DisputeTranscriptOptions = {},
    ): Promise<Api.Transcript> => {
      const params = { path: { disputeId, callId }, query: { ...options, format: 'json' } } as const;
      return (await told(
        disputes.GET('/disputes/{disputeId}/calls/{callId}/transcript', { params }),
      )) as Api.Transcript;
    },
    /** The same, to be read, or as subtitles of its recording. */
    disputeTranscriptAs: (
      disputeId: string,
      callId: string,
      format: Exclude<Api.TranscriptFormat, 'json'>,
      options: Api.DisputeTranscriptOptions = {},
    ) => {
      const params = { path: { disputeId, callId }, query: { ...options, format } };
      return told(disputes.GET('/disputes/{disputeId}/calls/{callId}/transcript', { params, parseAs: 'text' }));
    },

    /** Asks for an evidence package of the calls of a dispute: it is built then. */
    requestEvidence: (disputeId: string, body: Api.NewEvidence, once?: OnceOptions) =>
      told(
        disputes.POST('/disputes/{disputeId}/evidence', { params: { path: { disputeId }, header: keyOf(once) }, body }),
      ),
    /** The evidence packages of a dispute. */
    evidencePackages: (disputeId: string, options: Api.PageOptions = {}) =>
      listOf(options, (query) =>
        told(disputes.GET('/disputes/{disputeId}/evidence', { params: { path: { disputeId }, query } })),
      ),
    /** An evidence package: its state, size, hash and signature, what it lacks, and who was given it. */
    evidencePackage: (disputeId: string, number: number) =>
      told(disputes.GET('/disputes/{disputeId}/evidence/{number}', { params: { path: { disputeId, number } } })),
    /** A link by which an evidence package is downloaded: custody tells it. Status 409 where it is not built. */
    evidenceLink: (disputeId: string, number: number, body: Api.NewEvidenceLink) =>
      told(
        disputes.POST('/disputes/{disputeId}/evidence/{number}/link', {
          params: { path: { disputeId, number } },
          body,
        }),
      ),
    /** Asks again for an evidence package that failed. */
    retryEvidence: (disputeId: string, number: number) =>
      told(disputes.POST('/disputes/{disputeId}/evidence/{number}/retry', { params: { path: { disputeId, number } } })),
    /** The public key that evidence packages are signed with. */
    evidenceKey: () => told(disputes.GET('/evidence/key')),

    /** What became of recordings: those in a state, or all of them. */
    recordings: (options: Api.RecordingsOptions = {}) =>
      listOf(options, (query) => told(recordings.GET('/recordings', { params: { query } }))),
    /** All that happened to a recording. */
    recording: (callId: string) => told(recordings.GET('/recordings/{callId}', { params: { path: { callId } } })),
    /** Takes up again a recording that was rejected or failed. Status 409 where it is neither. */
    retry: (callId: string) => told(recordings.POST('/recordings/{callId}/retry', { params: { path: { callId } } })),

    /** Signed requests that upload one recording: of a large one, one for each part. */
    requestUpload: (upload: Api.NewUpload) => told(uploads.POST('/uploads', { body: upload })),
    /** Makes the recording out of its parts, once they are uploaded. Status 409 where one is missing. */
    completeUpload: ({ uploadId, complete }: Pick<Api.UploadInParts, 'uploadId' | 'complete'>) =>
      told(uploads.POST('/uploads/{uploadId}/complete', { params: { path: { uploadId } }, body: complete.body })),
    /** Gives an upload in parts up. */
    abortUpload: async ({ uploadId, key }: Pick<Api.UploadInParts, 'uploadId' | 'key'>): Promise<void> => {
      await uploads.DELETE('/uploads/{uploadId}', { params: { path: { uploadId }, query: { key } } });
    },

    /** The rulebook by which new calls are tagged. */
    deployedRulebook: () => told(tagging.GET('/rulebook')),
    /** Begins to tag stored calls anew, or to find out what would change. Status 409 where the rulebook's version is another's. */
    retag: (asked: Api.NewRetag, once?: OnceOptions) =>
      told(tagging.POST('/retags', { params: { header: keyOf(once) }, body: asked })),
    /** How far a retag is, and what changes by it. */
    retagReport: (retagId: string) => told(tagging.GET('/retags/{retagId}', { params: { path: { retagId } } })),
    /** The retags of the last 30 days. */
    retags: (options: Api.PageOptions = {}) =>
      listOf(options, (query) => told(tagging.GET('/retags', { params: { query } }))),
    /** Every call in which moments of a tag change by a retag, or that it skipped. */
    retagChanges: (retagId: string, options: Api.RetagChangesOptions) =>
      listOf(options, (query) =>
        told(tagging.GET('/retags/{retagId}/changes', { params: { path: { retagId }, query } })),
      ),
    /** Takes up what a retag left undone. Status 409 where it is done. */
    resumeRetag: (retagId: string) => told(tagging.POST('/retags/{retagId}/resume', { params: { path: { retagId } } })),
    /** Gives a retag up. Status 409 where it is done. */
    cancelRetag: (retagId: string) => told(tagging.POST('/retags/{retagId}/cancel', { params: { path: { retagId } } })),

    /** How long a call is kept, by which rule, why, and what happens to it next. */
    retention: (callId: string) => told(retention.GET('/calls/{callId}/retention', { params: { path: { callId } } })),
    /** Begins to decide anew how long all calls are kept, or to find out what would become of them. */
    applyRetention: (asked: Api.NewRetentionApply, once?: OnceOptions) =>
      told(retention.POST('/retention/applies', { params: { header: keyOf(once) }, body: asked })),
    /** How far an apply is, what goes when by it and why, and what that costs. */
    retentionApply: (applyId: string) =>
      told(retention.GET('/retention/applies/{applyId}', { params: { path: { applyId } } })),
    /** The applies of the last 30 days, plans among them. */
    retentionApplies: (options: Api.PageOptions = {}) =>
      listOf(options, (query) => told(retention.GET('/retention/applies', { params: { query } }))),
    /** Takes up what an apply left undone. Status 409 where it is done. */
    resumeRetentionApply: (applyId: string) =>
      told(retention.POST('/retention/applies/{applyId}/resume', { params: { path: { applyId } } })),
    /** Gives an apply up. Status 409 where it is done. */
    cancelRetentionApply: (applyId: string) =>
      told(retention.POST('/retention/applies/{applyId}/cancel', { params: { path: { applyId } } })),
    /** What should not be, page after page: objects without a call, or calls without their objects. */
    doctorPages: (scope: Api.DoctorScope) =>
      listOf({ scope, cursor: undefined }, (query) => told(retention.GET('/doctor', { params: { query } }))).pages(),
    /** The receipt of a deleted call. */
    receipt: (callId: string) => told(retention.GET('/receipts/{callId}', { params: { path: { callId } } })),
    /** The calls that were deleted in a period. */
    receipts: (options: Api.ListOptions = {}) =>
      listOf(options, (query) => told(retention.GET('/receipts', { params: { query } }))),

    /** Places a legal hold. Status 404 or 409 where it names one call that is not there, or is being deleted. */
    placeHold: (hold: Api.NewHold, once?: OnceOptions) =>
      told(holds.POST('/holds', { params: { header: keyOf(once) }, body: hold })),
    /** Releases a legal hold. */
    releaseHold: (holdId: string, release: Api.HoldRelease) =>
      told(holds.POST('/holds/{holdId}/release', { params: { path: { holdId } }, body: release })),
    /** Legal holds: those in a state, or all. */
    holds: (options: Api.HoldsOptions = {}) =>
      listOf(options, (query) => told(holds.GET('/holds', { params: { query } }))),
    /** A legal hold, and how many calls it reached. */
    hold: (holdId: string) => told(holds.GET('/holds/{holdId}', { params: { path: { holdId } } })),
    /** The calls that a legal hold reached. */
    callsOfHold: (holdId: string, options: Api.PageOptions = {}) =>
      listOf(options, (query) => told(holds.GET('/holds/{holdId}/calls', { params: { path: { holdId }, query } }))),
    /** The legal holds that hold a call, and those that held it. */
    holdsOfCall: (callId: string) => told(holds.GET('/calls/{callId}/holds', { params: { path: { callId } } })),

    /** Erases all calls of a customer: opens the erasure, or answers the one that is not done. */
    eraseCustomer: async (customerId: string, erasure: Api.NewErasure): Promise<Api.ErasureReport> => {
      const asked = { params: { path: { customerId } }, body: { ...erasure, dryRun: false } };
      return (await told(erasures.DELETE('/customers/{customerId}/calls', asked))) as Api.ErasureReport;
    },
    /** What erasing a customer would do. */
    planErasure: async (customerId: string, erasure: Api.NewErasure): Promise<Api.ErasurePlan> => {
      const asked = { params: { path: { customerId } }, body: { ...erasure, dryRun: true } };
      return (await told(erasures.DELETE('/customers/{customerId}/calls', asked))) as Api.ErasurePlan;
    },
    /** Erasures: those in a state, or all. */
    erasures: (options: Api.ErasuresOptions = {}) =>
      listOf(options, (query) => told(erasures.GET('/erasures', { params: { query } }))),
    /** An erasure: how far it is, and what is kept and why. */
    erasure: (erasureId: string) => told(erasures.GET('/erasures/{erasureId}', { params: { path: { erasureId } } })),
    /** The calls of an erasure, and what became of each. */
    callsOfErasure: (erasureId: string, options: Api.PageOptions = {}) =>
      listOf(options, (query) =>
        told(erasures.GET('/erasures/{erasureId}/calls', { params: { path: { erasureId }, query } })),
      ),
    /** The certificate of an erasure, with all of its calls. Status 409 where it is not done. */
    erasureCertificate: async (erasureId: string): Promise<Omit<Api.ErasureCertificate, 'nextCursor'>> => {
      const pageOf = (query: Api.PageOptions) =>
        told(erasures.GET('/erasures/{erasureId}/certificate', { params: { path: { erasureId }, query } }));
      const { nextCursor: cursor, ...certificate } = await pageOf({ limit: 200 });
      const items = [...certificate.items];
      if (cursor !== undefined) for await (const item of listOf({ limit: 200, cursor }, pageOf)) items.push(item);
      return { ...certificate, items };
    },
  };
}

/** A client of a deployment of Verbatim. */
export type VerbatimClient = ReturnType<typeof createVerbatimClient>;

function regionOrThrow(url: string): string {
  const region = regionOf(url);
  if (region === undefined) throw new Error(`the region of ${url} is not known: name it in region`);
  return region;
}

function unknownUrl(name: Api.UrlName): Promise<never> {
  return Promise.reject(new Error(`the ${name} URL is not known: name it in urls.${name}`));
}

const changeOf = ({ disputeId, version }: SeenDispute, once?: OnceOptions) => ({
  path: { disputeId },
  header: changing({ version }, once),
});
