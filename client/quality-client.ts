import type createApi from 'openapi-fetch';
import type * as Api from './api-types.ts';
import { listOf } from './lists.ts';
import { changing, keyOf, type OnceOptions, told } from './requests.ts';

/** A version of something that is changed as it was seen: refused with 412 where it has changed since. */
export interface Seen {
  readonly version: number;
}

/** What can be asked of a quality URL: whatever is for the role of that URL; the rest is refused with 403. */
export function qualityClient(quality: ReturnType<typeof createApi<Api.Paths['quality']>>) {
  return {
    /** Who asks, and what is theirs to see. */
    me: () => told(quality.GET('/me')),

    /** The agents of a team, or of every team that whoever asks sees. */
    agents: (options: Api.AgentsOptions = {}) =>
      listOf(options, (query) => told(quality.GET('/agents', { params: { query } }))),
    /** An agent: their team, and who they are. Status 404 where nobody of that id was seen. */
    agent: (agentId: string) => told(quality.GET('/agents/{agentId}', { params: { path: { agentId } } })),
    /** Says of which team an agent is, and who they are. Whoever is known is changed as they were seen. */
    setAgent: (agentId: string, body: Api.RosterEntry, seen?: Seen) =>
      told(
        quality.PUT('/agents/{agentId}', {
          params: { path: { agentId }, header: seen ? changing(seen) : keyOf() },
          body,
        }),
      ),

    /** The scorecards by which calls are checked now. */
    scorecards: async () => (await told(quality.GET('/scorecards'))).items,
    /** A scorecard: as it is now, or as a version of it was. */
    scorecard: (name: string, version?: string) =>
      version === undefined
        ? told(quality.GET('/scorecards/{name}', { params: { path: { name } } }))
        : told(quality.GET('/scorecards/{name}/versions/{version}', { params: { path: { name, version } } })),
    /** The automatic scores of a call, one for each scorecard, with where each point comes from. */
    callScores: async (callId: string) =>
      (await told(quality.GET('/calls/{callId}/scores', { params: { path: { callId } } }))).items,
    /** Scores the calls of a period anew. */
    rescore: (body: Api.Rescore) => told(quality.POST('/rescores', { body })),

    /** Writes a coaching note to a place of a call. */
    addNote: (callId: string, body: Api.NewCoachingNote, once?: OnceOptions) =>
      told(quality.POST('/calls/{callId}/notes', { params: { path: { callId }, header: keyOf(once) }, body })),
    /** The coaching notes of a call. */
    notesOfCall: async (callId: string) =>
      (await told(quality.GET('/calls/{callId}/notes', { params: { path: { callId } } }))).items,
    /** The coaching notes of an agent; of those whose call is gone, that they were written. */
    notesOfAgent: (agentId: string, options: Api.ListOptions = {}) =>
      listOf(options, (query) =>
        told(quality.GET('/agents/{agentId}/notes', { params: { path: { agentId }, query } })),
      ),
    /** Puts in a coaching session: it gathers the notes that are in none, and the open goals of the last one. */
    openSession: (agentId: string, body: Api.NewCoachingSession = {}, once?: OnceOptions) =>
      told(quality.POST('/agents/{agentId}/sessions', { params: { path: { agentId }, header: keyOf(once) }, body })),
    /** The coaching sessions of an agent. */
    sessions: (agentId: string, options: Api.ListOptions = {}) =>
      listOf(options, (query) =>
        told(quality.GET('/agents/{agentId}/sessions', { params: { path: { agentId }, query } })),
      ),
    /** A coaching session with its notes and goals. */
    session: (agentId: string, sessionId: string) =>
      told(quality.GET('/agents/{agentId}/sessions/{sessionId}', { params: { path: { agentId, sessionId } } })),
    /** Changes when a coaching session is held, when the next one is, and its goals. */
    changeSession: (
      { agentId, sessionId, ...seen }: Seen & Pick<Api.CoachingSession, 'agentId' | 'sessionId'>,
      body: Api.ChangedCoachingSession,
      once?: OnceOptions,
    ) =>
      told(
        quality.PUT('/agents/{agentId}/sessions/{sessionId}', {
          params: { path: { agentId, sessionId }, header: changing(seen, once) },
          body,
        }),
      ),
    /** How the scores of an agent went, and whether they changed with a coaching session. */
    progress: (agentId: string, query: Api.ProgressOptions = {}) =>
      told(quality.GET('/agents/{agentId}/progress', { params: { path: { agentId }, query } })),
    /** A team's month, such as `2026-10`: scores of each agent, reviews, coaching. */
    teamMonth: (team: string, month: string, query: Api.TeamMonthOptions = {}) =>
      told(quality.GET('/teams/{team}/months/{month}', { params: { path: { team, month }, query } })),

    /** A call as whoever asks may see it: what is known of it, without its customer. */
    call: (callId: string) => told(quality.GET('/calls/{callId}', { params: { path: { callId } } })),
    /** What was said in a call, redacted. */
    transcript: async (callId: string): Promise<Api.Transcript> => {
      const params = { path: { callId }, query: { format: 'json' } } as const;
      return (await told(quality.GET('/calls/{callId}/transcript', { params }))) as Api.Transcript;
    },
    /** A link by which a call is heard, redacted, from an offset on. */
    audio: (callId: string, query: Api.AudioOptions = {}) =>
      told(quality.GET('/calls/{callId}/audio', { params: { path: { callId }, query } })),

    /** The plans by which calls are drawn for review. */
    plans: async () => (await told(quality.GET('/plans'))).items,
    /** What a plan drew of an agent's month, such as `2026-10`, and what it would draw now. It draws nothing. */
    sample: (plan: string, month: string, agentId: string) =>
      told(
        quality.GET('/plans/{plan}/months/{month}/sample', { params: { path: { plan, month }, query: { agentId } } }),
      ),
    /** Draws now: what is wanted by now of the month of each agent of a team, or of all. */
    draw: (plan: string, month: string, body: Api.DrawRequest = {}) =>
      told(quality.POST('/plans/{plan}/months/{month}/draws', { params: { path: { plan, month } }, body })),
    /** The agents of a team, or of every team that whoever asks sees, and what was drawn of their month. */
    draws: (plan: string, month: string, options: Api.DrawsOptions = {}) =>
      listOf(options, (query) =>
        told(quality.GET('/plans/{plan}/months/{month}/draws', { params: { path: { plan, month }, query } })),
      ),

    /** The reviews in a state, `waiting` without a word, by when they are due. */
    reviews: (options: Api.ReviewsOptions = {}) =>
      listOf(options, (query) => told(quality.GET('/reviews', { params: { query } }))),
    /** The scores of an agent's reviews, those of calls that are gone, too: five years of them are one list. */
    reviewsOfAgent: (agentId: string, options: Api.ListOptions = {}) =>
      listOf(options, (query) =>
        told(quality.GET('/agents/{agentId}/reviews', { params: { path: { agentId }, query } })),
      ),
    /** The reviews of a call. */
    reviewsOfCall: async (callId: string) =>
      (await told(quality.GET('/calls/{callId}/reviews', { params: { path: { callId } } }))).items,
    /** A review: its answers, comments and score, and what became of it. */
    review: (callId: string, reviewId: string) =>
      told(quality.GET('/calls/{callId}/reviews/{reviewId}', { params: { path: { callId, reviewId } } })),
    /** A review as it was in each of its versions, and who made it so. */
    reviewVersions: (callId: string, reviewId: string, options: Api.PageOptions = {}) =>
      listOf(options, (query) =>
        told(
          quality.GET('/calls/{callId}/reviews/{reviewId}/versions', { params: { path: { callId, reviewId }, query } }),
        ),
      ),
    /** Begins a review of a call by hand: a draft of whoever asks. Status 409 where it is reviewed already. */
    beginReview: (callId: string, body: Api.NewReview, once?: OnceOptions) =>
      told(quality.POST('/calls/{callId}/reviews', { params: { path: { callId }, header: keyOf(once) }, body })),
    /** Takes a review that waits. */
    takeReview: (seen: SeenReview, once?: OnceOptions) =>
      told(quality.POST('/calls/{callId}/reviews/{reviewId}/take', { params: ofReview(seen, once), body: {} })),
    /** Gives a draft back: whoever takes it begins anew. */
    releaseReview: (seen: SeenReview, once?: OnceOptions) =>
      told(quality.POST('/calls/{callId}/reviews/{reviewId}/release', { params: ofReview(seen, once), body: {} })),
    /** Assigns a review to a person. */
    assignReview: (seen: SeenReview, person: string, once?: OnceOptions) =>
      told(
        quality.POST('/calls/{callId}/reviews/{reviewId}/assign', { params: ofReview(seen, once), body: { person } }),
      ),
    /** Puts the answers of a draft, by the ids of the criteria, in the place of those before. */
    answerReview: (seen: SeenReview, answers: Api.AnswersOfReview['answers'], once?: OnceOptions) =>
      told(
        quality.PUT('/calls/{callId}/reviews/{reviewId}/answers', { params: ofReview(seen, once), body: { answers } }),
      ),
    /** Adds a comment on a place of the call. */
    commentReview: (seen: SeenReview, body: Api.NewReviewComment, once?: OnceOptions) =>
      told(quality.POST('/calls/{callId}/reviews/{reviewId}/comments', { params: ofReview(seen, once), body })),
    /** Submits a draft: the agent sees it from then on. */
    submitReview: (seen: SeenReview, once?: OnceOptions) =>
      told(quality.POST('/calls/{callId}/reviews/{reviewId}/submit', { params: ofReview(seen, once), body: {} })),
    /** The agent lets a review stand. */
    acknowledgeReview: (seen: SeenReview, once?: OnceOptions) =>
      told(quality.POST('/calls/{callId}/reviews/{reviewId}/acknowledge', { params: ofReview(seen, once), body: {} })),
    /** The agent appeals against a review. */
    appealReview: (seen: SeenReview, body: Api.NewAppeal, once?: OnceOptions) =>
      told(quality.POST('/calls/{callId}/reviews/{reviewId}/appeal', { params: ofReview(seen, once), body })),
    /** Decides an appeal; whoever reviewed does not. */
    decideAppeal: (seen: SeenReview, body: Api.NewAppealDecision, once?: OnceOptions) =>
      told(quality.POST('/calls/{callId}/reviews/{reviewId}/decide', { params: ofReview(seen, once), body })),

    /** Opens a calibration: several reviewers score the same calls, each without seeing the others. */
    openCalibration: (body: Api.NewCalibration, once?: OnceOptions) =>
      told(quality.POST('/calibrations', { params: { header: keyOf(once) }, body })),
    /** Calibrations. */
    calibrations: (options: Api.CalibrationsOptions = {}) =>
      listOf(options, (query) => told(quality.GET('/calibrations', { params: { query } }))),
    /** A calibration; to its reviewers with what they answered themselves, until it is closed. */
    calibration: (calibrationId: string) =>
      told(quality.GET('/calibrations/{calibrationId}', { params: { path: { calibrationId } } })),
    /** Answers to a call of a calibration; answers that were given before are changed as they were seen. */
    answerCalibration: (
      { calibrationId, callId }: { readonly calibrationId: string; readonly callId: string },
      answers: Api.CalibrationAnswers['answers'],
      seen?: Seen,
    ) =>
      told(
        quality.PUT('/calibrations/{calibrationId}/calls/{callId}/answers', {
          params: { path: { calibrationId, callId }, header: seen ? changing(seen) : keyOf() },
          body: { answers },
        }),
      ),
    /** Closes a calibration: its agreement can be told. */
    closeCalibration: ({ calibrationId, version }: Seen & { readonly calibrationId: string }, once?: OnceOptions) =>
      told(
        quality.POST('/calibrations/{calibrationId}/close', {
          params: { path: { calibrationId }, header: changing({ version }, once) },
        }),
      ),
    /** How far the reviewers of a calibration agree, by criterion, and how each leans. Status 409 where it is not closed. */
    agreement: (calibrationId: string) =>
      told(quality.GET('/calibrations/{calibrationId}/agreement', { params: { path: { calibrationId } } })),
    /** How far reviewers agreed over the calibrations of a period. */
    agreementOver: (query: Api.AgreementOptions) => told(quality.GET('/calibrations/agreement', { params: { query } })),

    /** Makes a clip of a stretch of a call: it goes with the call. */
    makeClip: (callId: string, body: Api.NewClip, once?: OnceOptions) =>
      told(quality.POST('/calls/{callId}/clips', { params: { path: { callId }, header: keyOf(once) }, body })),
    /** The library: clips of a topic, or all. */
    clips: (options: Api.ClipsOptions = {}) =>
      listOf(options, (query) => told(quality.GET('/clips', { params: { query } }))),
    /** The clips of a call. */
    clipsOfCall: async (callId: string) =>
      (await told(quality.GET('/calls/{callId}/clips', { params: { path: { callId } } }))).items,
    /** A clip, with what is said in it. */
    clip: (callId: string, clipId: string) =>
      told(quality.GET('/calls/{callId}/clips/{clipId}', { params: { path: { callId, clipId } } })),
    /** A link by which a clip is heard. */
    clipAudio: (callId: string, clipId: string) =>
      told(quality.GET('/calls/{callId}/clips/{clipId}/audio', { params: { path: { callId, clipId } } })),
    /** Changes a clip. */
    changeClip: (seen: SeenClip, body: Api.NewClip, once?: OnceOptions) =>
      told(quality.PUT('/calls/{callId}/clips/{clipId}', { params: ofClip(seen, once), body })),
    /** Takes a clip out of the library. What was exported of it stays until it is withdrawn. */
    deleteClip: async (seen: SeenClip): Promise<void> => {
      await quality.DELETE('/calls/{callId}/clips/{clipId}', { params: ofClip(seen) });
    },
    /** Keeps a clip without its call: redacted, anonymous, of a class of its own. Status 409 where it is not anonymous. */
    exportClip: (
      { callId, clipId }: Pick<SeenClip, 'callId' | 'clipId'>,
      body: Api.NewClipExport,
      once?: OnceOptions,
    ) =>
      told(
        quality.POST('/calls/{callId}/clips/{clipId}/exports', {
          params: { path: { callId, clipId }, header: keyOf(once) },
          body,
        }),
      ),
    /** What was exported of a clip. */
    exportsOfClip: async (callId: string, clipId: string) =>
      (await told(quality.GET('/calls/{callId}/clips/{clipId}/exports', { params: { path: { callId, clipId } } })))
        .items,
    /** The exports of clips: of a topic, or all. */
    clipExports: (options: Api.ClipExportsOptions = {}) =>
      listOf(options, (query) => told(quality.GET('/exports', { params: { query } }))),
    /** An export, with what is said in it. */
    clipExport: (exportId: string) => told(quality.GET('/exports/{exportId}', { params: { path: { exportId } } })),
    /** A link by which an export is heard. */
    clipExportAudio: (exportId: string) =>
      told(quality.GET('/exports/{exportId}/audio', { params: { path: { exportId } } })),
    /** Withdraws an export: nothing of it is left. */
    withdrawExport: async (exportId: string): Promise<void> => {
      await quality.DELETE('/exports/{exportId}', { params: { path: { exportId } } });
    },
    /** Makes a playlist of clips and exports. */
    makePlaylist: (body: Api.NewPlaylist, once?: OnceOptions) =>
      told(quality.POST('/playlists', { params: { header: keyOf(once) }, body })),
    /** Playlists. */
    playlists: (options: Api.ListOptions = {}) =>
      listOf(options, (query) => told(quality.GET('/playlists', { params: { query } }))),
    /** A playlist with what it plays: what is gone is told as gone. */
    playlist: (playlistId: string) =>
      told(quality.GET('/playlists/{playlistId}', { params: { path: { playlistId } } })),
    /** Changes a playlist. */
    changePlaylist: (
      { playlistId, version }: Seen & { readonly playlistId: string },
      body: Api.NewPlaylist,
      once?: OnceOptions,
    ) =>
      told(
        quality.PUT('/playlists/{playlistId}', {
          params: { path: { playlistId }, header: changing({ version }, once) },
          body,
        }),
      ),
    /** Deletes a playlist: what it plays stays. */
    deletePlaylist: async ({ playlistId, version }: Seen & { readonly playlistId: string }): Promise<void> => {
      await quality.DELETE('/playlists/{playlistId}', {
        params: { path: { playlistId }, header: changing({ version }) },
      });
    },
  };
}

/** A review as it was seen. */
export type SeenReview = Pick<Api.Review, 'callId' | 'reviewId' | 'version'>;

/** A clip as it was seen. */
export type SeenClip = Pick<Api.Clip, 'callId' | 'clipId' | 'version'>;

const ofReview = ({ callId, reviewId, version }: SeenReview, once?: OnceOptions) => ({
  path: { callId, reviewId },
  header: changing({ version }, once),
});

const ofClip = ({ callId, clipId, version }: SeenClip, once?: OnceOptions) => ({
  path: { callId, clipId },
  header: changing({ version }, once),
});

/** What can be asked of a quality URL. */
export type QualityClient = ReturnType<typeof qualityClient>;
