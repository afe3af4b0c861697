import { AwsClient } from 'aws4fetch';
import type { Call, CallState, FoundMoment } from '../lambdas/calls/calls.ts';
import type { SearchedSpeaker } from '../lambdas/calls/phrase-finder.ts';
import type { FoundCall } from '../lambdas/calls/search-calls.ts';
import type { RecordingHistory, RecordingStatus } from '../lambdas/recordings/recordings-api.ts';
import type {
  CompletedUpload,
  RequestedUpload,
  UploadAtOnce,
  UploadInParts,
} from '../lambdas/recordings/uploads-api.ts';
import type { ApplyReport, ApplySummary } from '../lambdas/retention/apply/apply-report.ts';
import type { DoctorScope } from '../lambdas/retention/doctor/doctor.ts';
import type { DoctorPage } from '../lambdas/retention/doctor/doctor-api.ts';
import type { ErasureState } from '../lambdas/retention/erasure/erasure.ts';
import type {
  ErasureCertificate,
  ErasurePlanReport,
  ErasureReport,
  ErasureSummary,
} from '../lambdas/retention/erasure/erasure-api.ts';
import type { ErasureCall } from '../lambdas/retention/erasure/erasure-outcome.ts';
import type { Receipt, ReceiptSummary } from '../lambdas/retention/expiry/receipt.ts';
import type { HeldCall, Hold, HoldOn, HoldState } from '../lambdas/retention/holds/hold.ts';
import type { HoldOfCall, HoldReport } from '../lambdas/retention/holds/holds-api.ts';
import type { StoredRetention } from '../lambdas/retention/stored-retention.ts';
import type { DeployedRulebook, RetagReport, RetagSummary } from '../lambdas/tagging/retag/retag-api.ts';
import type { RetagChange } from '../lambdas/tagging/retag/retag-store.ts';
import type { Transcript, TranscriptFormat } from '../lambdas/transcription/transcription.ts';

/** How to reach a deployment. */
export interface VerbatimClientOptions {
  /** The Function URLs, as the stack's outputs tell them: those whose requests are made. */
  readonly urls: {
    readonly calls?: string;
    readonly recordings?: string;
    readonly uploads?: string;
    readonly tagging?: string;
    readonly retention?: string;
    readonly holds?: string;
    readonly erasure?: string;
  };
  /** The region of the stack, such as `eu-central-1`. */
  readonly region: string;
  /** Whose signature the requests bear: a role with the stack's reader policy. */
  readonly credentials: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
}

/** A period and an order, as every list takes them. Times are ISO 8601; `from` is included, `to` is not. */
export interface ListOptions {
  readonly from?: string;
  readonly to?: string;
  readonly order?: 'newest-first' | 'oldest-first';
  /** Items in a page, 1 to 200. */
  readonly limit?: number;
}

/** Which calls: an agent's, a customer's, or those in a state. */
export type CallsOf = { readonly agentId: string } | { readonly customerId: string } | { readonly state: CallState };

/** Whose calls are searched. */
export type SearchedCalls = Exclude<CallsOf, { readonly state: CallState }>;

/** How a search goes; `limit` is how many calls are looked into for one page, 1 to 25. */
export interface SearchOptions extends ListOptions {
  /** Whose words count. @default everyone's */
  readonly speaker?: SearchedSpeaker;
}

/** One page of a list; `nextCursor` is there where more may follow. */
export interface Page<T> {
  readonly items: T[];
  readonly nextCursor?: string;
}

/** One page of a search. */
export interface SearchPage extends Page<FoundCall> {
  /** In how many calls it looked. */
  readonly searchedCalls: number;
  /** How many of them have no transcript. */
  readonly notTranscribed: number;
}

/** A call with its moments. */
export type CallWithMoments = Call & { moments: FoundMoment[] };

/** Which stored calls are tagged anew, by which rulebook; a dry run tells what would change, and changes nothing. */
export interface RequestedRetag {
  /** A rulebook, as the config has it. */
  readonly rulebook: unknown;
  readonly dryRun: boolean;
  readonly slice?: {
    readonly from?: string;
    readonly to?: string;
    readonly source?: string;
    readonly agentId?: string;
    readonly customerId?: string;
  };
}

/** Deciding anew how long all calls are kept; a dry run tells what would become of them, and changes nothing. */
export interface RequestedApply {
  readonly dryRun: boolean;
  /** What decides, as the config has it: of a dry run alone. @default the deployed config */
  readonly config?: { readonly retention: unknown; readonly sources: readonly unknown[] };
}

/** A legal hold that is asked for. */
export interface RequestedHold {
  readonly on: HoldOn;
  readonly reason: string;
  /** Whoever stands behind the principal that signs the request. */
  readonly placedByName?: string;
  /** The same key is the same hold, however often it is asked for. */
  readonly idempotencyKey?: string;
}

/** Why, and by when, all that is kept of a customer is erased. */
export interface RequestedErasure {
  /** It stays in the certificate: do not name the customer. */
  readonly reason: string;
  /** Whoever stands behind the principal that signs the request. */
  readonly openedByName?: string;
  /** By when all that nothing keeps must be gone. @default 30 */
  readonly deadlineDays?: number;
}

type Query = Record<string, string | number | undefined>;

/** An answer other than the one that was asked for: its status, and what the deployment said of it. */
export class VerbatimClientError extends Error {
  override readonly name = 'VerbatimClientError';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/**
 * A client for apps: signs its requests with SigV4, and follows lists to their end.
 *
 * @example
 * const verbatim = createVerbatimClient({ urls, region, credentials });
 * for await (const call of verbatim.calls({ agentId: 'agent-lee' })) console.log(call.startedAt, call.tags);
 */
export function createVerbatimClient({ urls, region, credentials }: VerbatimClientOptions) {
  const aws = new AwsClient({ ...credentials, region, service: 'lambda' });

  async function send(
    base: string | undefined,
    method: string,
    path: string,
    { query = {}, body: sent }: { readonly query?: Query; readonly body?: unknown } = {},
  ): Promise<Response> {
    if (base === undefined) throw new Error(`the URL that answers ${path} is not known: name it in urls`);
    const url = new URL(path, base.endsWith('/') ? base : `${base}/`);
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined) url.searchParams.set(name, String(value));
    }
    const response = await aws.fetch(url, {
      method,
      ...(sent !== undefined && { body: JSON.stringify(sent), headers: { 'content-type': 'application/json' } }),
      signal: AbortSignal.timeout(30_000),
    });
    if (response.ok) return response;
    const { detail, message } = (await response.json().catch(() => ({}))) as { detail?: string; message?: string };
    throw new VerbatimClientError(
      response.status,
      `${method} /${path}: ${response.status} ${detail ?? message ?? ''}`.trim(),
    );
  }
  async function request<T>(...asked: Parameters<typeof send>): Promise<T> {
    const response = await send(...asked);
    return (await response.json().catch(() => ({}))) as T;
  }
  const get = <T>(path: string, query?: Query) => request<T>(urls.calls, 'GET', path, { query });

  async function* pages<P extends Page<unknown>>(base: string | undefined, path: string, query: Query) {
    let cursor: string | undefined;
    do {
      const page = await request<P>(base, 'GET', path, { query: { ...query, cursor } });
      yield page;
      cursor = page.nextCursor;
    } while (cursor !== undefined);
  }

  async function* list<T>(base: string | undefined, path: string, query: Query): AsyncGenerator<T> {
    for await (const page of pages<Page<T>>(base, path, query)) yield* page.items;
  }

  return {
    /** A call with its moments. Throws a {@link VerbatimClientError} of status 404 where there is none. */
    call: (callId: string) => get<CallWithMoments>(`calls/${encodeURIComponent(callId)}`),
    /** What was said in a call. */
    transcript: (callId: string) => get<Transcript>(`calls/${encodeURIComponent(callId)}/transcript`),
    /** What was said in a call: to be read, or as subtitles of its recording. */
    transcriptAs: async (callId: string, format: Exclude<TranscriptFormat, 'json'>): Promise<string> => {
      const path = `calls/${encodeURIComponent(callId)}/transcript`;
      return (await send(urls.calls, 'GET', path, { query: { format } })).text();
    },
    /** The calls of an agent or a customer in which a phrase was said, with every place where it was. */
    search: (of: SearchedCalls, phrase: string, options: SearchOptions = {}) =>
      list<FoundCall>(urls.calls, 'search', { ...of, phrase, ...options }),
    /** The same, page by page: each tells in how many calls it looked. */
    searchPages: (of: SearchedCalls, phrase: string, options: SearchOptions = {}) =>
      pages<SearchPage>(urls.calls, 'search', { ...of, phrase, ...options }),
    /** Calls, page after page. */
    calls: (of: CallsOf, options: ListOptions = {}) => list<Call>(urls.calls, 'calls', { ...of, ...options }),
    /** One page of calls, for those who keep the cursor themselves. */
    callsPage: (of: CallsOf, options: ListOptions & { readonly cursor?: string } = {}) =>
      get<Page<Call>>('calls', { ...of, ...options }),
    /** What became of recordings, page after page: those in a state, or all of them. */
    recordings: (options: ListOptions & { readonly state?: CallState } = {}) =>
      list<RecordingStatus>(urls.recordings, 'recordings', { ...options }),
    /** All that happened to a recording. */
    recording: (callId: string) =>
      request<RecordingHistory>(urls.recordings, 'GET', `recordings/${encodeURIComponent(callId)}`),
    /** Takes up again a recording that was rejected or failed. Status 409 where it is neither. */
    retry: (callId: string) =>
      request<RecordingStatus>(urls.recordings, 'POST', `recordings/${encodeURIComponent(callId)}/retry`),
    /** Signed requests that upload one recording: of a large one, one for each part. */
    requestUpload: (upload: RequestedUpload) =>
      request<UploadAtOnce | UploadInParts>(urls.uploads, 'POST', 'uploads', { body: upload }),
    /** Makes the recording out of its parts, once they are uploaded. Status 409 where one is missing. */
    completeUpload: ({ complete }: Pick<UploadInParts, 'complete'>) =>
      request<CompletedUpload>(urls.uploads, complete.method, complete.path, { body: complete.body }),
    /** Gives an upload in parts up. */
    abortUpload: async ({ abort }: Pick<UploadInParts, 'abort'>) => {
      await request(urls.uploads, abort.method, abort.path);
    },
    /** The rulebook by which new calls are tagged. */
    deployedRulebook: () => request<DeployedRulebook>(urls.tagging, 'GET', 'rulebook'),
    /** Begins to tag stored calls anew, or to find out what would change. Status 409 where the rulebook's version is another's. */
    retag: (asked: RequestedRetag) => request<RetagSummary>(urls.tagging, 'POST', 'retags', { body: asked }),
    /** How far a retag is, and what changes by it. */
    retagReport: (retagId: string) =>
      request<RetagReport>(urls.tagging, 'GET', `retags/${encodeURIComponent(retagId)}`),
    /** The retags of the last 30 days, page after page. */
    retags: () => list<RetagSummary>(urls.tagging, 'retags', {}),
    /** Every call in which moments of a tag change by a retag, page after page. */
    retagChanges: (retagId: string, of: { readonly tag?: string; readonly kind?: RetagChange['kind'] }) =>
      list<RetagChange>(urls.tagging, `retags/${encodeURIComponent(retagId)}/changes`, of),
    /** Takes up what a retag left undone. Status 409 where it is done. */
    resumeRetag: (retagId: string) =>
      request<RetagSummary>(urls.tagging, 'POST', `retags/${encodeURIComponent(retagId)}/resume`),
    /** Gives a retag up. Status 409 where it is done. */
    cancelRetag: (retagId: string) =>
      request<RetagSummary>(urls.tagging, 'POST', `retags/${encodeURIComponent(retagId)}/cancel`),
    /** How long a call is kept, by which rule, why, and what happens to it next. */
    retention: (callId: string) =>
      request<StoredRetention>(urls.retention, 'GET', `calls/${encodeURIComponent(callId)}/retention`),
    /** Begins to decide anew how long all calls are kept, or to find out what would become of them. */
    applyRetention: (asked: RequestedApply) =>
      request<ApplySummary>(urls.retention, 'POST', 'retention/applies', { body: asked }),
    /** How far an apply is, what goes when by it and why, and what that costs. */
    retentionApply: (applyId: string) =>
      request<ApplyReport>(urls.retention, 'GET', `retention/applies/${encodeURIComponent(applyId)}`),
    /** The applies of the last 30 days, plans among them, page after page. */
    retentionApplies: () => list<ApplySummary>(urls.retention, 'retention/applies', {}),
    /** Takes up what an apply left undone. Status 409 where it is done. */
    resumeRetentionApply: (applyId: string) =>
      request<ApplySummary>(urls.retention, 'POST', `retention/applies/${encodeURIComponent(applyId)}/resume`),
    /** Gives an apply up. Status 409 where it is done. */
    cancelRetentionApply: (applyId: string) =>
      request<ApplySummary>(urls.retention, 'POST', `retention/applies/${encodeURIComponent(applyId)}/cancel`),
    /** What should not be, page after page: objects without a call, or calls without their objects. */
    doctorPages: (scope: DoctorScope) => pages<DoctorPage>(urls.retention, 'doctor', { scope }),
    /** The receipt of a deleted call. */
    receipt: (callId: string) => request<Receipt>(urls.retention, 'GET', `receipts/${encodeURIComponent(callId)}`),
    /** The calls that were deleted in a period, page after page. */
    receipts: (options: ListOptions = {}) => list<ReceiptSummary>(urls.retention, 'receipts', { ...options }),
    /** Places a legal hold. Status 404 or 409 where it names one call that is not there, or is being deleted. */
    placeHold: (hold: RequestedHold) => request<Hold>(urls.holds, 'POST', 'holds', { body: hold }),
    /** Releases a legal hold. */
    releaseHold: (holdId: string, release: { readonly reason: string; readonly releasedByName?: string }) =>
      request<Hold>(urls.holds, 'POST', `holds/${encodeURIComponent(holdId)}/release`, { body: release }),
    /** Legal holds, page after page: those in a state, or all. */
    holds: (options: ListOptions & { readonly state?: HoldState } = {}) =>
      list<Hold>(urls.holds, 'holds', { ...options }),
    /** A legal hold, and how many calls it reached. */
    hold: (holdId: string) => request<HoldReport>(urls.holds, 'GET', `holds/${encodeURIComponent(holdId)}`),
    /** The calls that a legal hold reached, page after page. */
    callsOfHold: (holdId: string) => list<HeldCall>(urls.holds, `holds/${encodeURIComponent(holdId)}/calls`, {}),
    /** The legal holds that hold a call, and those that held it. */
    holdsOfCall: (callId: string) =>
      request<{ items: HoldOfCall[] }>(urls.holds, 'GET', `calls/${encodeURIComponent(callId)}/holds`),
    /** Erases all calls of a customer: opens the erasure, or answers the one that is not done. */
    eraseCustomer: (customerId: string, erasure: RequestedErasure) =>
      request<ErasureReport>(urls.erasure, 'DELETE', `customers/${encodeURIComponent(customerId)}/calls`, {
        body: erasure,
      }),
    /** What erasing a customer would do. */
    planErasure: (customerId: string, erasure: RequestedErasure) =>
      request<ErasurePlanReport>(urls.erasure, 'DELETE', `customers/${encodeURIComponent(customerId)}/calls`, {
        body: { ...erasure, dryRun: true },
      }),
    /** Erasures, page after page: those in a state, or all. */
    erasures: (options: ListOptions & { readonly state?: ErasureState } = {}) =>
      list<ErasureSummary>(urls.erasure, 'erasures', { ...options }),
    /** An erasure: how far it is, and what is kept and why. */
    erasure: (erasureId: string) =>
      request<ErasureReport>(urls.erasure, 'GET', `erasures/${encodeURIComponent(erasureId)}`),
    /** The calls of an erasure, and what became of each, page after page. */
    callsOfErasure: (erasureId: string) =>
      list<ErasureCall>(urls.erasure, `erasures/${encodeURIComponent(erasureId)}/calls`, {}),
    /** The certificate of an erasure, with all of its calls. Status 409 where it is not done. */
    erasureCertificate: async (erasureId: string): Promise<Omit<ErasureCertificate, 'nextCursor'>> => {
      const path = `erasures/${encodeURIComponent(erasureId)}/certificate`;
      const found = await Array.fromAsync(pages<ErasureCertificate>(urls.erasure, path, { limit: 200 }));
      const [first] = found;
      if (!first) throw new Error(`${path}: there is no page of it`);
      const { nextCursor: _, ...certificate } = first;
      return { ...certificate, items: found.flatMap((page) => page.items) };
    },
    /** The moments of a tag, page after page. */
    moments: (tag: string, options: ListOptions = {}) => list<FoundMoment>(urls.calls, 'moments', { tag, ...options }),
  };
}
export type VerbatimClient = ReturnType<typeof createVerbatimClient>;
