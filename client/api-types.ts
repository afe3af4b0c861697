import type { components as CallsApi, paths as CallsPaths } from './api/calls.ts';
import type { components as DisputesApi, paths as DisputesPaths } from './api/disputes.ts';
import type { components as ErasureApi, paths as ErasurePaths } from './api/erasure.ts';
import type { components as HoldsApi, paths as HoldsPaths } from './api/holds.ts';
import type { components as InsightsApi, paths as InsightsPaths } from './api/insights.ts';
import type { components as QualityApi, paths as QualityPaths } from './api/quality.ts';
import type { components as RecordingsApi, paths as RecordingsPaths } from './api/recordings.ts';
import type { components as RetentionApi, paths as RetentionPaths } from './api/retention.ts';
import type { components as TaggingApi, paths as TaggingPaths } from './api/tagging.ts';
import type { components as UploadsApi, paths as UploadsPaths } from './api/uploads.ts';

/** The paths of each URL, by its name. */
export interface Paths {
  calls: CallsPaths;
  disputes: DisputesPaths;
  erasure: ErasurePaths;
  holds: HoldsPaths;
  insights: InsightsPaths;
  quality: QualityPaths;
  recordings: RecordingsPaths;
  retention: RetentionPaths;
  tagging: TaggingPaths;
  uploads: UploadsPaths;
}

/** A Function URL of Verbatim. */
export type UrlName = keyof Paths;

/** What an operation takes in its query. */
export type QueryOf<Operation> = Operation extends { parameters: { query?: infer Query } } ? NonNullable<Query> : never;

/** The JSON of an operation's answer of a status. */
export type AnswerOf<Operation, Status extends number = 200> = Operation extends {
  responses: { [S in Status]: { content: { 'application/json': infer Answer } } };
}
  ? Answer
  : never;

type CallsQuery = QueryOf<CallsPaths['/calls']['get']>;
type SearchQuery = QueryOf<CallsPaths['/search']['get']>;

/**
 * A period, an order and a cursor, as every list takes them. Times are ISO 8601; `from` is included, `to` is not; `limit` is how
 * many items a page has, 1 to 200.
 */
export type ListOptions = Pick<CallsQuery, 'from' | 'to' | 'order' | 'limit' | 'cursor'>;

/** An order and a cursor, as lists without a period take them. */
export type PageOptions = Pick<ListOptions, 'order' | 'limit' | 'cursor'>;

export type MomentsOptions = Omit<QueryOf<CallsPaths['/moments']['get']>, 'tag'>;
export type MomentsByAgentOptions = Omit<QueryOf<CallsPaths['/moments/by-agent']['get']>, 'tag'>;
export type AudioOptions = QueryOf<CallsPaths['/calls/{callId}/audio']['get']>;
export type CustodyOptions = QueryOf<CallsPaths['/calls/{callId}/custody']['get']>;
export type DisputesOptions = QueryOf<DisputesPaths['/disputes']['get']>;
export type DisputeAudioOptions = QueryOf<DisputesPaths['/disputes/{disputeId}/calls/{callId}/audio']['get']>;
export type DisputeTranscriptOptions = Omit<
  QueryOf<DisputesPaths['/disputes/{disputeId}/calls/{callId}/transcript']['get']>,
  'format'
>;
export type RecordingsOptions = QueryOf<RecordingsPaths['/recordings']['get']>;
export type RetagChangesOptions = QueryOf<TaggingPaths['/retags/{retagId}/changes']['get']>;
export type HoldsOptions = QueryOf<HoldsPaths['/holds']['get']>;
export type InsightsReportOptions = QueryOf<InsightsPaths['/runs/{runId}']['get']>;
export type AgentsOptions = QueryOf<QualityPaths['/agents']['get']>;
export type AgreementOptions = QueryOf<QualityPaths['/calibrations/agreement']['get']>;
export type CalibrationsOptions = QueryOf<QualityPaths['/calibrations']['get']>;
export type ClipExportsOptions = QueryOf<QualityPaths['/exports']['get']>;
export type ClipsOptions = QueryOf<QualityPaths['/clips']['get']>;
export type DrawsOptions = QueryOf<QualityPaths['/plans/{plan}/months/{month}/draws']['get']>;
export type ReviewsOptions = QueryOf<QualityPaths['/reviews']['get']>;
export type ProgressOptions = QueryOf<QualityPaths['/agents/{agentId}/progress']['get']>;
export type TeamMonthOptions = QueryOf<QualityPaths['/teams/{team}/months/{month}']['get']>;
export type ErasuresOptions = QueryOf<ErasurePaths['/erasures']['get']>;

/** Which calls: those of which all that is named is true. One of an agent, a customer, a tag and a state must be. */
export type CallsOf = Omit<CallsQuery, keyof ListOptions>;

/** Whose calls are searched: an agent's or a customer's. */
export type SearchedCalls = Pick<SearchQuery, 'agentId' | 'customerId'>;

/** How a search goes; `limit` is how many calls are looked into for one page, 1 to 25. */
export type SearchOptions = Omit<SearchQuery, keyof SearchedCalls | 'phrase'>;

export type Call = CallsApi['schemas']['Call'];
export type CallState = Call['state'];
export type CallWithMoments = CallsApi['schemas']['CallWithMoments'];
export type FoundMoment = CallsApi['schemas']['FoundMoment'];
export type FoundCall = CallsApi['schemas']['FoundCall'];
export type SearchPage = AnswerOf<CallsPaths['/search']['get']>;
export type Transcript = CallsApi['schemas']['Transcript'];
export type TranscriptFormat = NonNullable<QueryOf<CallsPaths['/calls/{callId}/transcript']['get']>['format']>;
export type TaggingWithMoments = CallsApi['schemas']['TaggingWithMoments'];
export type AgentMoments = CallsApi['schemas']['AgentMoments'];
export type AudioLink = CallsApi['schemas']['AudioLink'];
export type CustodyEntry = CallsApi['schemas']['CustodyEntry'];
export type CustodyCheck = CallsApi['schemas']['CustodyCheck'];

export type Dispute = DisputesApi['schemas']['Dispute'];
export type DisputeSummary = DisputesApi['schemas']['DisputeSummary'];
export type DisputeState = Dispute['state'];
export type Candidates = DisputesApi['schemas']['Candidates'];
export type NewDispute = DisputesApi['schemas']['NewDispute'];
export type CallsToTakeIn = DisputesApi['schemas']['CallsToTakeIn'];
export type NewFinding = DisputesApi['schemas']['NewFinding'];
export type NewDecision = DisputesApi['schemas']['NewDecision'];
export type Closing = DisputesApi['schemas']['Closing'];
export type Reopening = DisputesApi['schemas']['Reopening'];
export type EvidencePackage = DisputesApi['schemas']['EvidencePackage'];
export type EvidenceLink = DisputesApi['schemas']['EvidenceLink'];
export type EvidenceKey = DisputesApi['schemas']['EvidenceKey'];
export type NewEvidence = DisputesApi['schemas']['NewEvidence'];
export type NewEvidenceLink = DisputesApi['schemas']['NewEvidenceLink'];

export type RecordingStatus = RecordingsApi['schemas']['RecordingStatus'];
export type RecordingHistory = RecordingsApi['schemas']['RecordingHistory'];

export type NewUpload = UploadsApi['schemas']['NewUpload'];
export type UploadAtOnce = UploadsApi['schemas']['UploadAtOnce'];
export type UploadInParts = UploadsApi['schemas']['UploadInParts'];
export type CompletedUpload = UploadsApi['schemas']['CompletedUpload'];

export type DeployedRulebook = TaggingApi['schemas']['DeployedRulebook'];
export type NewRetag = TaggingApi['schemas']['NewRetag'];
export type RetagSummary = TaggingApi['schemas']['RetagSummary'];
export type RetagReport = TaggingApi['schemas']['RetagReport'];
export type RetagChange = TaggingApi['schemas']['RetagChange'];

export type StoredRetention = RetentionApi['schemas']['StoredRetention'];
export type NewRetentionApply = RetentionApi['schemas']['NewRetentionApply'];
export type RetentionApplySummary = RetentionApi['schemas']['RetentionApplySummary'];
export type RetentionApplyReport = RetentionApi['schemas']['RetentionApplyReport'];
export type Receipt = RetentionApi['schemas']['Receipt'];
export type ReceiptSummary = RetentionApi['schemas']['ReceiptSummary'];
export type DoctorPage = RetentionApi['schemas']['DoctorPage'];
export type DoctorScope = NonNullable<QueryOf<RetentionPaths['/doctor']['get']>['scope']>;

export type Hold = HoldsApi['schemas']['Hold'];
export type HoldState = Hold['state'];
export type HoldReport = HoldsApi['schemas']['HoldReport'];
export type HeldCall = HoldsApi['schemas']['HeldCall'];
export type HoldOfCall = HoldsApi['schemas']['HoldOfCall'];
export type NewHold = HoldsApi['schemas']['NewHold'];
export type HoldRelease = HoldsApi['schemas']['HoldRelease'];

export type NewErasure = Omit<ErasureApi['schemas']['NewErasure'], 'dryRun'>;
export type ErasurePlan = ErasureApi['schemas']['ErasurePlan'];
export type ErasureReport = ErasureApi['schemas']['ErasureReport'];
export type ErasureSummary = ErasureApi['schemas']['ErasureSummary'];
export type ErasureState = ErasureSummary['state'];
export type ErasureCall = ErasureApi['schemas']['ErasureCall'];
export type ErasureCertificate = ErasureApi['schemas']['ErasureCertificate'];

export type InsightsQuery = InsightsApi['schemas']['InsightsQuery'];
export type InsightsQuestion = InsightsApi['schemas']['InsightsQuestion'];
export type InsightsRun = InsightsApi['schemas']['InsightsRun'];
export type InsightsReport = InsightsApi['schemas']['InsightsReport'];
export type InsightsAnswer = InsightsApi['schemas']['InsightsAnswer'];
export type InsightsRow = InsightsApi['schemas']['InsightsRow'];

/** A run that is done, with all rows of its answer. */
export type AnsweredInsights = Omit<InsightsReport, 'nextCursor' | 'answer'> & { readonly answer: InsightsAnswer };

export type Agent = QualityApi['schemas']['Agent'];
export type RosterEntry = QualityApi['schemas']['RosterEntry'];
export type Scorecard = QualityApi['schemas']['Scorecard'];
export type CallScore = QualityApi['schemas']['CallScore'];
export type Rescore = QualityApi['schemas']['Rescore'];
export type CoachingNote = QualityApi['schemas']['CoachingNote'];
export type NewCoachingNote = QualityApi['schemas']['NewCoachingNote'];
export type CoachingSession = QualityApi['schemas']['CoachingSession'];
export type NewCoachingSession = QualityApi['schemas']['NewCoachingSession'];
export type ChangedCoachingSession = QualityApi['schemas']['ChangedCoachingSession'];
export type Progress = QualityApi['schemas']['Progress'];
export type TeamMonth = QualityApi['schemas']['TeamMonth'];
export type AgentScore = QualityApi['schemas']['AgentScore'];
export type AgreementOverCalibrations = QualityApi['schemas']['AgreementOverCalibrations'];
export type AnswersOfReview = QualityApi['schemas']['AnswersOfReview'];
export type Calibration = QualityApi['schemas']['Calibration'];
export type CalibrationAgreement = QualityApi['schemas']['CalibrationAgreement'];
export type CalibrationAnswers = QualityApi['schemas']['CalibrationAnswers'];
export type CalibrationEntry = QualityApi['schemas']['CalibrationEntry'];
export type CalibrationWithEntries = QualityApi['schemas']['CalibrationWithEntries'];
export type Clip = QualityApi['schemas']['Clip'];
export type ClipExport = QualityApi['schemas']['ClipExport'];
export type ClipLink = QualityApi['schemas']['ClipLink'];
export type CoachingNoteOfAgent = QualityApi['schemas']['CoachingNoteOfAgent'];
export type CoachingSessionWithNotes = QualityApi['schemas']['CoachingSessionWithNotes'];
export type Me = QualityApi['schemas']['Me'];
export type NewAppeal = QualityApi['schemas']['NewAppeal'];
export type NewAppealDecision = QualityApi['schemas']['NewAppealDecision'];
export type NewCalibration = QualityApi['schemas']['NewCalibration'];
export type NewClip = QualityApi['schemas']['NewClip'];
export type NewClipExport = QualityApi['schemas']['NewClipExport'];
export type NewPlaylist = QualityApi['schemas']['NewPlaylist'];
export type NewReview = QualityApi['schemas']['NewReview'];
export type NewReviewComment = QualityApi['schemas']['NewReviewComment'];
export type PlayedPlaylist = QualityApi['schemas']['PlayedPlaylist'];
export type Playlist = QualityApi['schemas']['Playlist'];
export type ReadClip = QualityApi['schemas']['ReadClip'];
export type ReadClipExport = QualityApi['schemas']['ReadClipExport'];
export type Review = QualityApi['schemas']['Review'];
export type ReviewSummary = QualityApi['schemas']['ReviewSummary'];
export type ReviewVersion = QualityApi['schemas']['ReviewVersion'];
export type ReviewedCall = QualityApi['schemas']['ReviewedCall'];
export type AgentDraw = QualityApi['schemas']['AgentDraw'];
export type AgentSample = QualityApi['schemas']['AgentSample'];
export type DrawRequest = QualityApi['schemas']['DrawRequest'];
export type SamplingPlan = QualityApi['schemas']['SamplingPlan'];
