// Written by "npm run openapi" from docs/api/quality.json: edit the routes.

export interface paths {
    "/agents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The agents of the teams of whoever asks, or of one of them */
        get: operations["listAgents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/agents/{agentId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An agent: their team, and who they are */
        get: operations["getAgent"];
        /** Says of which team an agent is, and who they are */
        put: operations["putAgent"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/agents/{agentId}/notes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The coaching notes of an agent, by when they were written
         * @description Of a note whose call is gone it is told that it was written, and of which criterion; its words are gone.
         */
        get: operations["listAgentNotes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/agents/{agentId}/progress": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How the scores of an agent went, and whether they changed with a coaching session
         * @description Each mean comes with how many values it is of, its 95 % interval, and whether that is enough to go by. Automatic scores and reviews are told apart, and so is the whole score by each version of a scorecard; a criterion is one line by its id.
         */
        get: operations["listAgentProgress"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/agents/{agentId}/reviews": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The scores of an agent's reviews, by when their calls began: those of calls that are gone, too */
        get: operations["listAgentReviews"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/agents/{agentId}/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The coaching sessions of an agent, by when they are held */
        get: operations["listAgentSessions"];
        put?: never;
        /** Puts in a coaching session: it gathers notes and open goals */
        post: operations["postAgentSessions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/agents/{agentId}/sessions/{sessionId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A coaching session with its notes and goals */
        get: operations["getAgentSession"];
        /** Changes when a coaching session is held, when the next one is, and its goals */
        put: operations["putAgentSession"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/calibrations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Calibrations by when they were opened: of reviewers those that name them, of supervisors those of their teams */
        get: operations["listCalibrations"];
        put?: never;
        /** Opens a calibration: several reviewers score the same calls, each without seeing the others */
        post: operations["postCalibrations"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/calibrations/agreement": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How much reviewers agree over all calibrations by a scorecard that were closed in a period */
        get: operations["getCalibrationsAgreement"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/calibrations/{calibrationId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A calibration, with the own answers as long as it is open, and with all once it is closed */
        get: operations["getCalibration"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/calibrations/{calibrationId}/agreement": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How much the reviewers of a closed calibration agree: on each criterion, and each of them against the others */
        get: operations["getCalibrationAgreement"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/calibrations/{calibrationId}/calls/{callId}/answers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Answers the form on a call, as one of the reviewers of the calibration */
        put: operations["putCalibrationCallAnswers"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/calibrations/{calibrationId}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Closes a calibration: it takes no more answers, and its reviewers see all of them */
        post: operations["postCalibrationClose"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/calls/{callId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A call with its moments and its automatic scores, without its customer
         * @description That it was read is noted in its custody first.
         */
        get: operations["getCall"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/calls/{callId}/audio": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A link by which a call is heard for five minutes, from any offset
         * @description Of the redacted audio; of the recording only where its source is not redacted. That it is handed out is noted in the custody of the call first.
         */
        get: operations["getCallAudio"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/calls/{callId}/clips": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The clips of a call that is theirs to see, in the order in which they are heard */
        get: operations["listCallClips"];
        put?: never;
        /** Makes a clip of a stretch of a call: it goes with the call */
        post: operations["postCallClips"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/calls/{callId}/clips/{clipId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A clip, with what is said in it */
        get: operations["getCallClip"];
        /** Changes a clip */
        put: operations["putCallClip"];
        post?: never;
        /** Takes a clip out of the library. What was exported of it stays until it is withdrawn */
        delete: operations["deleteCallClip"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/calls/{callId}/clips/{clipId}/audio": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A link by which a clip is heard. It is noted in the custody of its call */
        get: operations["getCallClipAudio"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/calls/{callId}/clips/{clipId}/exports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was exported of a clip, also after it was taken out of the library */
        get: operations["listCallClipExports"];
        put?: never;
        /** Keeps a clip without its call: redacted, anonymous, with a retention class of its own, on a recorded ground */
        post: operations["postCallClipExports"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/calls/{callId}/notes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The coaching notes of a call, by where they begin */
        get: operations["listCallNotes"];
        put?: never;
        /** Writes a coaching note to a place of a call */
        post: operations["postCallNotes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/calls/{callId}/reviews": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The reviews of a call: one by each scorecard at the most. Agents see them from their submission on */
        get: operations["listCallReviews"];
        put?: never;
        /** Begins a review of a call by hand: a draft of whoever asks */
        post: operations["postCallReviews"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/calls/{callId}/reviews/{reviewId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A review: its answers, comments and score, and what became of it */
        get: operations["getCallReview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/calls/{callId}/reviews/{reviewId}/acknowledge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The agent lets a review stand */
        post: operations["postCallReviewAcknowledge"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/calls/{callId}/reviews/{reviewId}/answers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Puts the answers of a draft in the place of those before */
        put: operations["putCallReviewAnswers"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/calls/{callId}/reviews/{reviewId}/appeal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The agent appeals against a review */
        post: operations["postCallReviewAppeal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/calls/{callId}/reviews/{reviewId}/assign": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Assigns a review to a person */
        post: operations["postCallReviewAssign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/calls/{callId}/reviews/{reviewId}/comments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Adds a comment on a place of the call */
        post: operations["postCallReviewComments"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/calls/{callId}/reviews/{reviewId}/decide": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Decides an appeal, by somebody who did not review */
        post: operations["postCallReviewDecide"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/calls/{callId}/reviews/{reviewId}/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Gives a draft back: whoever takes it begins anew */
        post: operations["postCallReviewRelease"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/calls/{callId}/reviews/{reviewId}/submit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Submits a draft: the agent sees it from then on */
        post: operations["postCallReviewSubmit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/calls/{callId}/reviews/{reviewId}/take": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes a review that waits */
        post: operations["postCallReviewTake"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/calls/{callId}/reviews/{reviewId}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A review as it was in each of its versions, and who made it so. Agents see those from its submission on
         * @description A page has 15 of them at the most.
         */
        get: operations["listCallReviewVersions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/calls/{callId}/scores": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The automatic scores of a call: where each point comes from, and where in the call that is seen */
        get: operations["listCallScores"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/calls/{callId}/transcript": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What was said in a call, redacted
         * @description That it is handed out is noted in the custody of the call first.
         */
        get: operations["getCallTranscript"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/clips": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The library: clips of their teams, and those that are for everyone, of a topic or all */
        get: operations["listClips"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/exports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The exports of clips, of a topic or all */
        get: operations["listExports"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/exports/{exportId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An export of a clip, with what is said in it */
        get: operations["getExport"];
        put?: never;
        post?: never;
        /** Withdraws an export: nothing of it is left */
        delete: operations["deleteExport"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/exports/{exportId}/audio": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A link by which an export is heard */
        get: operations["getExportAudio"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who asks, and what is theirs to see */
        get: operations["getMe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/plans": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The plans by which calls are drawn for review */
        get: operations["listPlans"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/plans/{plan}/months/{month}/draws": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The agents of the teams of whoever asks, or of one of them, and what was drawn of each one’s month
         * @description Who is an agent does not see what was drawn of themselves: their page is shorter by one. A page has 100 agents at the most.
         */
        get: operations["listPlanMonthDraws"];
        put?: never;
        /**
         * Draws now: what is wanted by now of each agent’s month, with what was drawn before
         * @description A plan draws by itself when a month has settled. Again draws nothing twice: it fills up, where recordings came late. Of a running month as much is wanted as its part that has passed.
         */
        post: operations["postPlanMonthDraws"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/plans/{plan}/months/{month}/sample": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What a plan drew of an agent’s month, what it would draw now, and why
         * @description It draws nothing. Whoever draws these calls by this seed, now or later, draws the same ones.
         */
        get: operations["getPlanMonthSample"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/playlists": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The playlists of their teams, and those that are everyone’s */
        get: operations["listPlaylists"];
        put?: never;
        /** Makes a playlist of clips and exports */
        post: operations["postPlaylists"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/playlists/{playlistId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A playlist, with what it plays, as far as that is still there and theirs to hear */
        get: operations["getPlaylist"];
        /** Changes a playlist */
        put: operations["putPlaylist"];
        post?: never;
        /** Deletes a playlist; what it plays stays */
        delete: operations["deletePlaylist"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rescores": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Scores the calls of a period anew, by the scorecards as they are now */
        post: operations["postRescores"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reviews": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The reviews in a state, of the teams of whoever asks or of one of them, by when they are due
         * @description A page may be short, or empty, and have a `nextCursor`: where a reviewer is named, up to 250 reviews of each team are looked into for it, and of their own calls nobody is told what is not submitted.
         */
        get: operations["listReviews"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/scorecards": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The scorecards by which calls are checked */
        get: operations["listScorecards"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/scorecards/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A scorecard, as calls are checked by it now */
        get: operations["getScorecard"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/scorecards/{name}/versions/{version}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A version of a scorecard, by which calls were scored or reviewed */
        get: operations["getScorecardVersion"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/teams/{team}/months/{month}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A team's month: scores of each agent, reviews, coaching */
        get: operations["getTeamMonth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Agent: {
            agentId: string;
            name?: string;
            team?: string;
            person?: string;
            version: number;
            /** Format: date-time */
            since: string;
        };
        AgentDraw: {
            agentId: string;
            name?: string;
            team?: string;
            draw?: components["schemas"]["Draw"];
        };
        AgentSample: {
            plan: string;
            month: string;
            agentId: string;
            scorecard: string;
            seed: string;
            ofCalls: number;
            strata: {
                stratum: {
                    queue?: string;
                    tag?: string;
                    sentiment?: string;
                    length?: string;
                };
                calls: number;
                quota: number;
                drawn: number;
            }[];
            leftOut: {
                tooShort: number;
                gone: number;
                reviewed: number;
            };
            size: number;
            drawn: {
                callId: string;
                /** Format: date-time */
                callStartedAt: string;
                stratum: {
                    queue?: string;
                    tag?: string;
                    sentiment?: string;
                    length?: string;
                };
                reviewId: string;
                /** Format: date-time */
                drawnAt: string;
            }[];
            toDraw: {
                callId: string;
                /** Format: date-time */
                callStartedAt: string;
                stratum: {
                    queue?: string;
                    tag?: string;
                    sentiment?: string;
                    length?: string;
                };
            }[];
        };
        AgentScore: {
            agentId: string;
            callId: string;
            /** Format: date-time */
            callStartedAt: string;
            /** @enum {string} */
            by: "automatic" | "review";
            scorecard: string;
            scorecardVersion: string;
            /** Format: date-time */
            scoredAt: string;
            reviewId?: string;
            reviewer?: string;
            state?: string;
            percent?: number;
            passed?: boolean;
            failedBy: string[];
            shares: {
                [key: string]: number;
            };
            notApplicable: string[];
            facts: {
                durationMs?: number;
                source?: string;
                queue?: string;
                /** @enum {string} */
                direction?: "inbound" | "outbound";
                tags: string[];
                customerSentiment?: number;
            };
        };
        AgreementOverCalibrations: {
            scorecard: string;
            /** Format: date-time */
            from: string;
            /** Format: date-time */
            to: string;
            versions: (components["schemas"]["CalibrationAgreement"] & {
                rounds: number;
            })[];
        };
        AnswersOfReview: {
            /** @description By the ids of the criteria. */
            answers: {
                [key: string]: components["schemas"]["GivenAnswer"];
            };
        };
        Assignment: {
            /** @description As identity tokens name persons. */
            person: string;
        };
        AudioLink: {
            /** Format: uri */
            url: string;
            /** Format: date-time */
            expiresAt: string;
            startMs: number;
            /** @enum {string} */
            audio: "redacted" | "original";
            contentType: string;
            durationMs?: number;
            versionId: string;
        };
        BegunDraw: {
            plan: string;
            month: string;
            team?: string;
            /** @description So many calls of each agent are wanted by now, in all. */
            size: number;
        };
        Calibration: {
            calibrationId: string;
            scorecard: string;
            scorecardVersion: string;
            calls: {
                callId: string;
                /** Format: date-time */
                callStartedAt: string;
            }[];
            reviewers: string[];
            team?: string;
            /** Format: date-time */
            dueAt: string;
            /** @enum {string} */
            state: "open" | "closed";
            /** Format: date-time */
            openedAt: string;
            openedBy: string;
            /** Format: date-time */
            closedAt?: string;
            closedBy?: string;
            version: number;
        };
        CalibrationAgreement: {
            scorecard: string;
            scorecardVersion: string;
            calls: number;
            criteria: {
                criterionId: string;
                answers: number;
                agreement: {
                    n: number;
                    mean?: number;
                    low?: number;
                    high?: number;
                    enough: boolean;
                    lacks?: string;
                };
                kappa: {
                    /** @enum {string} */
                    method: "cohen" | "fleiss";
                    /** @enum {string} */
                    weights: "none" | "linear";
                    calls: number;
                    value?: number;
                    low?: number;
                    high?: number;
                    observed?: number;
                    expected?: number;
                    undefinedBecause?: string;
                    enough: boolean;
                    lacks?: string;
                };
            }[];
            reviewers: {
                reviewer: string;
                calls: number;
                agreement: {
                    n: number;
                    mean?: number;
                    low?: number;
                    high?: number;
                    enough: boolean;
                    lacks?: string;
                };
                lean: {
                    calls: number;
                    points?: number;
                    low?: number;
                    high?: number;
                    confidencePercent: number;
                    /** @enum {string} */
                    verdict: "lenient" | "strict" | "no-lean-shown" | "not-enough-data";
                    because: string;
                };
                criteria: {
                    calls: number;
                    points?: number;
                    low?: number;
                    high?: number;
                    confidencePercent: number;
                    /** @enum {string} */
                    verdict: "lenient" | "strict" | "no-lean-shown" | "not-enough-data";
                    because: string;
                    criterionId: string;
                }[];
            }[];
        };
        CalibrationAnswers: {
            /** @description Of each criterion that is asked, by its id; none in words. */
            answers: {
                [key: string]: string | number;
            };
        };
        CalibrationEntry: {
            callId: string;
            reviewer: string;
            answers: {
                [key: string]: string | number;
            };
            percent?: number;
            /** Format: date-time */
            answeredAt: string;
            version: number;
        };
        CalibrationWithEntries: {
            calibrationId: string;
            scorecard: string;
            scorecardVersion: string;
            calls: {
                callId: string;
                /** Format: date-time */
                callStartedAt: string;
            }[];
            reviewers: string[];
            team?: string;
            /** Format: date-time */
            dueAt: string;
            /** @enum {string} */
            state: "open" | "closed";
            /** Format: date-time */
            openedAt: string;
            openedBy: string;
            /** Format: date-time */
            closedAt?: string;
            closedBy?: string;
            version: number;
            entries: {
                callId: string;
                reviewer: string;
                answers: {
                    [key: string]: string | number;
                };
                percent?: number;
                /** Format: date-time */
                answeredAt: string;
                version: number;
            }[];
            progress?: {
                reviewer: string;
                answered: number;
            }[];
        };
        CallScore: {
            callId: string;
            agentId: string;
            /** Format: date-time */
            callStartedAt: string;
            scorecard: string;
            scorecardVersion: string;
            /** Format: date-time */
            scoredAt: string;
            tagging: number;
            rulebookVersion?: string;
            numbers: {
                durationSeconds?: number;
                agentTalkPercent?: number;
                customerTalkPercent?: number;
                silencePercent?: number;
                longestSilenceSeconds?: number;
                agentInterruptions?: number;
                agentWordsPerMinute?: number;
                agentSentiment?: number;
                customerSentiment?: number;
            };
            facts: {
                durationMs?: number;
                source?: string;
                queue?: string;
                /** @enum {string} */
                direction?: "inbound" | "outbound";
                tags: string[];
                customerSentiment?: number;
            };
            answers: {
                [key: string]: {
                    answer: string | number;
                    because: string;
                    moments: {
                        startMs: number;
                        endMs: number;
                        tag: string;
                    }[];
                };
            };
            score: {
                percent?: number;
                passed?: boolean;
                failedBy: string[];
                sections: {
                    sectionId: string;
                    percent?: number;
                    points: number;
                    ofPoints: number;
                    failedBy: string[];
                    criteria: {
                        criterionId: string;
                        /** @enum {string} */
                        outcome: "scored" | "not-applicable" | "not-asked" | "unanswered" | "not-scored";
                        share?: number;
                        points: number;
                        ofPoints: number;
                        because: string;
                    }[];
                }[];
            };
        };
        ChangedCoachingSession: {
            /** Format: date-time */
            heldAt: string;
            /** Format: date-time */
            nextAt?: string;
            goals: {
                /** @description Without it: the scorecard's whole score. */
                criterionId?: string;
                scorecard?: string;
                targetPercent?: number;
                /** @description It is kept when calls are gone: no words of a call, and no customer. */
                text: string;
                /** @description Of a goal that the session has. Without it: a new one. */
                goalId?: string;
                /** @enum {string} */
                state?: "open" | "reached" | "dropped";
            }[];
        };
        Clip: {
            clipId: string;
            callId: string;
            agentId?: string;
            team?: string;
            /** Format: date-time */
            callStartedAt?: string;
            startMs: number;
            endMs: number;
            title: string;
            /** @enum {string} */
            example: "good" | "bad";
            why: string;
            topics: string[];
            /** @enum {string} */
            audience: "team" | "everyone";
            hasSound: boolean;
            clippedBy?: string;
            /** Format: date-time */
            clippedAt: string;
            version: number;
        };
        ClipExport: {
            exportId: string;
            /** @enum {string} */
            state: "making" | "ready";
            title: string;
            /** @enum {string} */
            example: "good" | "bad";
            why: string;
            topics: string[];
            durationMs: number;
            retentionClass: string;
            /** @enum {string} */
            basis: "consent" | "contract" | "legal-obligation" | "vital-interests" | "public-task" | "legitimate-interests";
            reason: string;
            team?: string;
            exportedBy: string;
            /** Format: date-time */
            exportedAt: string;
            /** Format: date-time */
            expiresAt: string;
        };
        ClipLink: {
            /** Format: uri */
            url: string;
            /** Format: date-time */
            expiresAt: string;
            /** @enum {string} */
            sound: "clip" | "call";
            durationMs: number;
        };
        CoachingNote: {
            noteId: string;
            callId: string;
            agentId: string;
            /** Format: date-time */
            callStartedAt: string;
            scorecard: string;
            criterionId: string;
            /** Format: date-time */
            at: string;
            startMs: number;
            endMs: number;
            text: string;
            person: string;
        };
        CoachingNoteOfAgent: {
            noteId: string;
            callId: string;
            agentId: string;
            /** Format: date-time */
            callStartedAt: string;
            scorecard: string;
            criterionId: string;
            /** Format: date-time */
            at: string;
            startMs?: number;
            endMs?: number;
            text?: string;
            person?: string;
            gone: boolean;
        };
        CoachingSession: {
            sessionId: string;
            agentId: string;
            person: string;
            /** Format: date-time */
            heldAt: string;
            /** Format: date-time */
            nextAt?: string;
            notes: {
                noteId: string;
                callId: string;
                agentId: string;
                /** Format: date-time */
                callStartedAt: string;
                scorecard: string;
                criterionId: string;
                /** Format: date-time */
                at: string;
            }[];
            hasMoreNotes: boolean;
            goals: {
                goalId: string;
                scorecard: string;
                criterionId?: string;
                targetPercent?: number;
                text: string;
                /** @enum {string} */
                state: "open" | "reached" | "dropped";
                /** Format: date-time */
                since: string;
            }[];
            /** Format: date-time */
            createdAt: string;
            version: number;
        };
        CoachingSessionWithNotes: {
            sessionId: string;
            agentId: string;
            person: string;
            /** Format: date-time */
            heldAt: string;
            /** Format: date-time */
            nextAt?: string;
            notes: {
                noteId: string;
                callId: string;
                agentId: string;
                /** Format: date-time */
                callStartedAt: string;
                scorecard: string;
                criterionId: string;
                /** Format: date-time */
                at: string;
                startMs?: number;
                endMs?: number;
                text?: string;
                person?: string;
                gone: boolean;
            }[];
            hasMoreNotes: boolean;
            goals: {
                goalId: string;
                scorecard: string;
                criterionId?: string;
                targetPercent?: number;
                text: string;
                /** @enum {string} */
                state: "open" | "reached" | "dropped";
                /** Format: date-time */
                since: string;
            }[];
            /** Format: date-time */
            createdAt: string;
            version: number;
        };
        /** @description Without it: nothing was drawn of this agent’s month yet. */
        Draw: {
            plan: string;
            month: string;
            agentId: string;
            scorecard: string;
            seed: string;
            size: number;
            ofCalls: number;
            strata: {
                stratum: {
                    queue?: string;
                    tag?: string;
                    sentiment?: string;
                    length?: string;
                };
                calls: number;
                quota: number;
                drawn: number;
            }[];
            leftOut: {
                tooShort: number;
                gone: number;
                reviewed: number;
            };
            calls: {
                callId: string;
                /** Format: date-time */
                callStartedAt: string;
                stratum: {
                    queue?: string;
                    tag?: string;
                    sentiment?: string;
                    length?: string;
                };
                reviewId: string;
                /** Format: date-time */
                drawnAt: string;
            }[];
            /** Format: date-time */
            drawnAt: string;
            version: number;
        };
        DrawRequest: {
            /** @description Whose agents: those of this team. Without it, all: for those who see every team. */
            team?: string;
        };
        ExportLink: {
            /** Format: uri */
            url: string;
            /** Format: date-time */
            expiresAt: string;
            durationMs: number;
        };
        ExportOfClip: {
            exportId: string;
            /** Format: date-time */
            exportedAt: string;
            /** @enum {string} */
            state: "making" | "ready" | "gone";
        };
        GivenAnswer: {
            answer: string | number;
            comment?: string;
            /** @description Where in the recording it is seen; together with `endMs`. */
            startMs?: number;
            endMs?: number;
            /** @description Of a criterion that is answered by itself, otherwise: why that is wrong. It must be there then. */
            overruledBecause?: string;
        };
        Me: {
            /** @enum {string} */
            role: "reviewer" | "supervisor" | "agent" | "trainer";
            person: string;
            teams: string[];
            isOfEveryTeam: boolean;
            agentId?: string;
        };
        Moment: {
            tag: string;
            startMs: number;
            endMs: number;
            speaker: string;
            quote: string;
            amount?: {
                value: number;
                currency: string;
            };
            ruleId: string;
            rulebookVersion: string;
        };
        NewAppeal: {
            reason: string;
            /** @description The criteria it is about. Without it: the whole review. */
            criterionIds?: string[];
        };
        NewAppealDecision: {
            /** @enum {string} */
            outcome: "upheld" | "rejected" | "partly-upheld";
            reason: string;
            /** @description What is corrected; the other answers stay. */
            answers?: {
                [key: string]: components["schemas"]["GivenAnswer"];
            };
        };
        NewCalibration: {
            /** @description By its name: in the version that the config has now. */
            scorecard: string;
            callIds: string[];
            /** @description Persons, as identity tokens name them. Each must see the team of the calls. */
            reviewers: string[];
            /** Format: date-time */
            dueAt: string;
        };
        NewClip: {
            startMs: number;
            endMs: number;
            title: string;
            /** @enum {string} */
            example: "good" | "bad";
            why: string;
            topics: string[];
            /**
             * @description Who finds it: persons of the agent's team, or everyone.
             * @default team
             * @enum {string}
             */
            audience?: "team" | "everyone";
        };
        NewClipExport: {
            /** @description A class of the config: how long it is kept. */
            retentionClass: string;
            /**
             * @description On which ground (GDPR, Article 6).
             * @enum {string}
             */
            basis: "consent" | "contract" | "legal-obligation" | "vital-interests" | "public-task" | "legitimate-interests";
            /** @description Why. It is kept with it: name nobody. */
            reason: string;
        };
        NewCoachingNote: {
            /** @description Where in the recording, in milliseconds. */
            startMs: number;
            endMs: number;
            /** @description The criterion that the note is about. */
            criterionId: string;
            /** @description The scorecard that has it. Without it: the only one that does. */
            scorecard?: string;
            text: string;
        };
        NewCoachingSession: {
            /**
             * Format: date-time
             * @description When it is, or was. Without it: now.
             */
            heldAt?: string;
            /**
             * Format: date-time
             * @description When the next one is.
             */
            nextAt?: string;
            /** @description New ones, beside those of the last session that are open. */
            goals?: {
                /** @description Without it: the scorecard's whole score. */
                criterionId?: string;
                scorecard?: string;
                targetPercent?: number;
                /** @description It is kept when calls are gone: no words of a call, and no customer. */
                text: string;
            }[];
        };
        NewPlaylist: {
            title: string;
            about?: string;
            /** @description Whose it is. Without it: everyone’s, which those make who see every team. */
            team?: string;
            entries: ({
                callId: string;
                clipId: string;
            } | {
                exportId: string;
            })[];
        };
        NewReview: {
            /** @description One of the scorecards of the config. */
            scorecard: string;
        };
        NewReviewComment: {
            criterionId?: string;
            startMs: number;
            endMs: number;
            text: string;
        };
        Nothing: Record<string, never>;
        PlayedEntry: {
            entry: {
                callId: string;
                clipId: string;
            } | {
                exportId: string;
            };
            /** @enum {string} */
            state: "there" | "gone" | "not-yours";
            clip?: components["schemas"]["Clip"];
            export?: components["schemas"]["ClipExport"];
        };
        PlayedPlaylist: {
            playlist: components["schemas"]["Playlist"];
            played: components["schemas"]["PlayedEntry"][];
        };
        Playlist: {
            playlistId: string;
            title: string;
            about?: string;
            team?: string;
            entries: ({
                callId: string;
                clipId: string;
            } | {
                exportId: string;
            })[];
            madeBy: string;
            /** Format: date-time */
            madeAt: string;
            version: number;
        };
        Problem: {
            type: string;
            title: string;
            status: number;
            detail?: string;
            instance?: string;
        };
        Progress: {
            agentId: string;
            scorecard: string;
            /** @enum {string} */
            by: "month" | "week";
            /** Format: date-time */
            from: string;
            /** Format: date-time */
            to: string;
            lines: {
                /** @enum {string} */
                by: "automatic" | "review";
                criterionId?: string;
                scorecardVersions: string[];
                periods: {
                    n: number;
                    mean?: number;
                    low?: number;
                    high?: number;
                    enough: boolean;
                    lacks?: string;
                    period: string;
                }[];
                whole: {
                    n: number;
                    mean?: number;
                    low?: number;
                    high?: number;
                    enough: boolean;
                    lacks?: string;
                };
            }[];
            comparison?: {
                /** Format: date-time */
                at: string;
                sessionId?: string;
                windowDays: number;
                before: {
                    /** Format: date-time */
                    from: string;
                    /** Format: date-time */
                    to: string;
                };
                after: {
                    /** Format: date-time */
                    from: string;
                    /** Format: date-time */
                    to: string;
                };
                isOver: boolean;
                comparedLines: number;
                lines: {
                    /** @enum {string} */
                    by: "automatic" | "review";
                    criterionId?: string;
                    scorecardVersions: string[];
                    before: {
                        n: number;
                        mean?: number;
                        low?: number;
                        high?: number;
                        enough: boolean;
                        lacks?: string;
                    };
                    after: {
                        n: number;
                        mean?: number;
                        low?: number;
                        high?: number;
                        enough: boolean;
                        lacks?: string;
                    };
                    difference: {
                        points?: number;
                        low?: number;
                        high?: number;
                        confidencePercent: number;
                        /** @enum {string} */
                        verdict: "higher" | "lower" | "no-difference-shown" | "not-enough-data";
                        because: string;
                    };
                }[];
                goals: {
                    /** @enum {string} */
                    by: "automatic" | "review";
                    criterionId?: string;
                    scorecardVersions: string[];
                    goalId: string;
                    targetPercent: number;
                    after: {
                        n: number;
                        mean?: number;
                        low?: number;
                        high?: number;
                        enough: boolean;
                        lacks?: string;
                    };
                    /** @enum {string} */
                    verdict: "reached" | "missed" | "not-shown" | "not-enough-data";
                }[];
                caution: string;
            };
        };
        ReadClip: {
            clip: components["schemas"]["Clip"];
            turns: {
                speaker: string;
                text: string;
                startMs: number;
                endMs: number;
            }[];
        };
        ReadClipExport: {
            export: components["schemas"]["ClipExport"];
            turns: {
                speaker: string;
                text: string;
                startMs: number;
                endMs: number;
            }[];
        };
        Rescore: {
            /**
             * Format: date-time
             * @description When the first calls began: it is included.
             */
            from: string;
            /**
             * Format: date-time
             * @description The end of the period, not included.
             */
            to: string;
        };
        Review: {
            reviewId: string;
            callId: string;
            agentId: string;
            /** Format: date-time */
            callStartedAt: string;
            team?: string;
            scorecard: string;
            scorecardVersion: string;
            plan?: string;
            month?: string;
            /** @enum {string} */
            state: "waiting" | "draft" | "submitted" | "acknowledged" | "appealed" | "decided";
            /** Format: date-time */
            stateSince: string;
            /** Format: date-time */
            dueAt: string;
            reviewer?: string;
            answers: {
                [key: string]: {
                    answer: string | number;
                    comment?: string;
                    startMs?: number;
                    endMs?: number;
                    automatic?: string | number;
                    overruledBecause?: string;
                };
            };
            comments: {
                commentId: string;
                criterionId?: string;
                startMs: number;
                endMs: number;
                text: string;
                person: string;
                /** Format: date-time */
                at: string;
            }[];
            score?: {
                percent?: number;
                passed?: boolean;
                failedBy: string[];
                sections: {
                    sectionId: string;
                    percent?: number;
                    points: number;
                    ofPoints: number;
                    failedBy: string[];
                    criteria: {
                        criterionId: string;
                        /** @enum {string} */
                        outcome: "scored" | "not-applicable" | "not-asked" | "unanswered" | "not-scored";
                        share?: number;
                        points: number;
                        ofPoints: number;
                        because: string;
                    }[];
                }[];
            };
            appeal?: {
                reason: string;
                criterionIds: string[];
                person: string;
                /** Format: date-time */
                at: string;
            };
            decision?: {
                /** @enum {string} */
                outcome: "upheld" | "rejected" | "partly-upheld";
                reason: string;
                person: string;
                /** Format: date-time */
                at: string;
            };
            version: number;
        };
        ReviewSummary: {
            reviewId: string;
            callId: string;
            agentId: string;
            /** Format: date-time */
            callStartedAt: string;
            team?: string;
            scorecard: string;
            scorecardVersion: string;
            plan?: string;
            month?: string;
            /** @enum {string} */
            state: "waiting" | "draft" | "submitted" | "acknowledged" | "appealed" | "decided";
            /** Format: date-time */
            stateSince: string;
            /** Format: date-time */
            dueAt: string;
            reviewer?: string;
            version: number;
            overdue: boolean;
        };
        ReviewVersion: {
            version: number;
            /** Format: date-time */
            at: string;
            by: string;
            /** @enum {string} */
            what: "drawn" | "begun" | "taken" | "assigned" | "released" | "answered" | "commented" | "submitted" | "acknowledged" | "appealed" | "decided";
            review: {
                reviewId: string;
                callId: string;
                agentId: string;
                /** Format: date-time */
                callStartedAt: string;
                team?: string;
                scorecard: string;
                scorecardVersion: string;
                plan?: string;
                month?: string;
                /** @enum {string} */
                state: "waiting" | "draft" | "submitted" | "acknowledged" | "appealed" | "decided";
                /** Format: date-time */
                stateSince: string;
                /** Format: date-time */
                dueAt: string;
                reviewer?: string;
                answers: {
                    [key: string]: {
                        answer: string | number;
                        comment?: string;
                        startMs?: number;
                        endMs?: number;
                        automatic?: string | number;
                        overruledBecause?: string;
                    };
                };
                comments: {
                    commentId: string;
                    criterionId?: string;
                    startMs: number;
                    endMs: number;
                    text: string;
                    person: string;
                    /** Format: date-time */
                    at: string;
                }[];
                score?: {
                    percent?: number;
                    passed?: boolean;
                    failedBy: string[];
                    sections: {
                        sectionId: string;
                        percent?: number;
                        points: number;
                        ofPoints: number;
                        failedBy: string[];
                        criteria: {
                            criterionId: string;
                            /** @enum {string} */
                            outcome: "scored" | "not-applicable" | "not-asked" | "unanswered" | "not-scored";
                            share?: number;
                            points: number;
                            ofPoints: number;
                            because: string;
                        }[];
                    }[];
                };
                appeal?: {
                    reason: string;
                    criterionIds: string[];
                    person: string;
                    /** Format: date-time */
                    at: string;
                };
                decision?: {
                    /** @enum {string} */
                    outcome: "upheld" | "rejected" | "partly-upheld";
                    reason: string;
                    person: string;
                    /** Format: date-time */
                    at: string;
                };
                version: number;
            };
        };
        ReviewedCall: {
            callId: string;
            agentId?: string;
            /** Format: date-time */
            startedAt?: string;
            /** Format: date-time */
            receivedAt: string;
            /** @enum {string} */
            direction?: "inbound" | "outbound";
            queue?: string;
            source?: string;
            language?: string;
            durationMs?: number;
            /** @enum {string} */
            state: "received" | "queued" | "transcribing" | "tagged" | "rejected" | "failed" | "deleting";
            /** @default [] */
            tags: string[];
            rulebookVersion?: string;
            moments: components["schemas"]["Moment"][];
            scores: {
                scorecard: string;
                scorecardVersion: string;
                /** Format: date-time */
                scoredAt: string;
                percent?: number;
                passed?: boolean;
                failedBy: string[];
            }[];
        };
        RosterEntry: {
            name?: string;
            /** @description As identity tokens name it. */
            team?: string;
            /** @description Who the agent is, as identity tokens name persons. */
            person?: string;
        };
        SamplingPlan: {
            name: string;
            scorecard: string;
            perAgent: number;
            /**
             * @default [
             *       "queue",
             *       "sentiment",
             *       "length"
             *     ]
             */
            strata: ("queue" | "tag" | "sentiment" | "length")[];
            /** @default [] */
            tags: string[];
            /**
             * @default [
             *       120,
             *       600
             *     ]
             */
            lengthBoundsSeconds: number[];
            /** @default 20 */
            minSeconds: number;
            /** @default 14 */
            dueDays: number;
            seed?: string;
            /** @default 2 */
            settleDays: number;
        };
        Scorecard: {
            name: string;
            version: string;
            title: string;
            /** @default {} */
            calls: {
                sources?: string[];
                queues?: string[];
                directions?: ("inbound" | "outbound")[];
                tags?: string[];
            };
            passPercent?: number;
            sections: {
                id: string;
                title: string;
                /** @default 1 */
                weight: number;
                criteria: {
                    id: string;
                    title: string;
                    guidance?: string;
                    answer: {
                        /** @enum {string} */
                        type: "yes-no";
                        /**
                         * @default yes
                         * @enum {string}
                         */
                        good: "yes" | "no";
                    } | {
                        /** @enum {string} */
                        type: "scale";
                        from: number;
                        to: number;
                    } | {
                        /** @enum {string} */
                        type: "choice";
                        options: {
                            id: string;
                            title: string;
                            share: number;
                        }[];
                    } | {
                        /** @enum {string} */
                        type: "text";
                    };
                    /** @default 1 */
                    weight: number;
                    /** @default false */
                    mayNotApply: boolean;
                    /** @enum {string} */
                    critical?: "section" | "form";
                    onlyIf?: {
                        criterion: string;
                        is: (string | number)[];
                    };
                    /** @enum {string} */
                    comment?: "always" | "when-points-are-lost";
                    automatic?: {
                        cases: {
                            if: {
                                tag?: string;
                                withoutTag?: string;
                                /** @enum {string} */
                                number?: "durationSeconds" | "agentTalkPercent" | "customerTalkPercent" | "silencePercent" | "longestSilenceSeconds" | "agentInterruptions" | "agentWordsPerMinute" | "agentSentiment" | "customerSentiment";
                                atLeast?: number;
                                atMost?: number;
                            };
                            answer: string | number;
                        }[];
                        otherwise?: string | number;
                    };
                }[];
            }[];
        };
        TeamMonth: {
            lines: {
                /** @enum {string} */
                by: "automatic" | "review";
                criterionId?: string;
                scorecardVersions: string[];
                n: number;
                mean?: number;
                low?: number;
                high?: number;
                enough: boolean;
                lacks?: string;
            }[];
            reviews: {
                waiting: number;
                drafts: number;
                overdue: number;
                submitted: number;
                appealed: number;
            };
            sessionsHeld: number;
            team: string;
            month: string;
            scorecard: string;
            agents: {
                lines: {
                    /** @enum {string} */
                    by: "automatic" | "review";
                    criterionId?: string;
                    scorecardVersions: string[];
                    n: number;
                    mean?: number;
                    low?: number;
                    high?: number;
                    enough: boolean;
                    lacks?: string;
                }[];
                reviews: {
                    waiting: number;
                    drafts: number;
                    overdue: number;
                    submitted: number;
                    appealed: number;
                };
                sessionsHeld: number;
                agentId: string;
                name?: string;
            }[];
            allCounted: boolean;
        };
        Transcript: {
            language?: string;
            /** @default [] */
            languages: {
                language: string;
                durationMs?: number;
            }[];
            durationMs: number;
            /** @default [] */
            speakers: {
                speaker: string;
                label: string;
                inferredFrom?: string;
                talkTimeMs: number;
                wordsPerMinute?: number;
                sentiment?: {
                    overall?: number;
                    byQuarter: {
                        startMs: number;
                        endMs: number;
                        score: number;
                    }[];
                };
            }[];
            turns: {
                startMs: number;
                endMs: number;
                speaker: string;
                text: string;
                words: {
                    startMs: number;
                    endMs: number;
                    text: string;
                    confidence?: number;
                    redaction?: {
                        type?: string;
                    };
                    /** @enum {boolean} */
                    filtered?: true;
                }[];
                /** @enum {string} */
                sentiment?: "POSITIVE" | "NEGATIVE" | "NEUTRAL" | "MIXED";
                loudness?: (number | null)[];
                language?: string;
            }[];
            /** @default [] */
            interruptions: {
                startMs: number;
                endMs: number;
                speaker: string;
            }[];
            /** @default [] */
            nonTalkTimes: {
                startMs: number;
                endMs: number;
            }[];
            /** @default [] */
            redactions: {
                startMs: number;
                endMs: number;
                speaker: string;
                type?: string;
            }[];
            /** @default [] */
            issues: {
                startMs: number;
                endMs: number;
                speaker: string;
                text: string;
            }[];
            /** @default [] */
            outcomes: {
                startMs: number;
                endMs: number;
                speaker: string;
                text: string;
            }[];
            /** @default [] */
            actionItems: {
                startMs: number;
                endMs: number;
                speaker: string;
                text: string;
            }[];
            /** @default [] */
            categories: {
                name: string;
                pointsOfInterest: {
                    startMs: number;
                    endMs: number;
                }[];
            }[];
            summary?: string;
        };
    };
    responses: {
        /** @description The token of `Verbatim-Identity` does not verify; `detail` tells why. */
        Unauthenticated: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The body is larger than this deployment takes. */
        TooLarge: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The body is not said to be `application/json`. */
        UnsupportedMediaType: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The principal made too many requests in this minute: see `Retry-After`. */
        TooManyRequests: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Something failed inside. `instance` names the request, as the log has it. */
        InternalError: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description What is needed to answer, such as keys, cannot be had now: see `Retry-After`. */
        Unavailable: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listAgents: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `nextCursor` of the page before, with the same parameters. */
                cursor?: string;
                /** @description Without it: every team that whoever asks sees. */
                team?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of agents */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Agent"][];
                        nextCursor?: string;
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            /** @description The team is not one of theirs. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getAgent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                agentId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The agent; `ETag` is its version */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Agent"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            /** @description The agent is not theirs to see. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody of that id was seen or put in. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    putAgent: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key is the same request, however often it is made: 8 to 200 printable characters. */
                "Idempotency-Key"?: string;
                /** @description The `ETag` of the thing as it was seen. It must be there. */
                "If-Match"?: string;
            };
            path: {
                agentId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RosterEntry"];
            };
        };
        responses: {
            /** @description The agent; `ETag` is its version */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Agent"];
                };
            };
            /** @description A field is not as it must be; `detail` names it. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            /** @description The agent is, or would be, of a team that is not theirs; or is, or would be, whoever asks. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The person is another agent. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description They have changed since the version of `If-Match`: read them again. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description There is no `If-Match`: one who is known already is changed as they were read. */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listAgentNotes: {
        parameters: {
            query?: {
                /** @description The begin of the period, included. Without it: 366 days before `to`. */
                from?: string;
                /** @description The end of the period, not included. Without it: a day from now. */
                to?: string;
                /** @description Without it: newest-first. */
                order?: "newest-first" | "oldest-first";
                limit?: number;
                /** @description `nextCursor` of the page before, with the same parameters. */
                cursor?: string;
            };
            header?: never;
            path: {
                agentId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of notes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["CoachingNoteOfAgent"][];
                        nextCursor?: string;
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            /** @description The agent is not theirs to see. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listAgentProgress: {
        parameters: {
            query?: {
                /** @description Without it: the first one of the config. */
                scorecard?: string;
                /** @description How long the periods are: whole months, or ISO weeks. */
                by?: "month" | "week";
                /** @description The begin of the period, included. Without it: 366 days before `to`, of weeks 184. */
                from?: string;
                /** @description The end of the period, not included. Without it: now. */
                to?: string;
                /** @description Compares before and after this coaching session. */
                sessionId?: string;
                /** @description Compares before and after this time. */
                around?: string;
                /** @description So many days on each side are compared. Without it: 56. */
                windowDays?: number;
            };
            header?: never;
            path: {
                agentId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The progress */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Progress"];
                };
            };
            /** @description A parameter is not as it must be; `detail` names it. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            /** @description The agent is not theirs to see. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such session. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listAgentReviews: {
        parameters: {
            query?: {
                /** @description The begin of the period, included. Without it: all. */
                from?: string;
                /** @description Its end, not included. Without it: all. */
                to?: string;
                /** @description Without it: newest-first. */
                order?: "newest-first" | "oldest-first";
                limit?: number;
                /** @description `nextCursor` of the page before, with the same parameters. */
                cursor?: string;
            };
            header?: never;
            path: {
                agentId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of scores */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["AgentScore"][];
                        nextCursor?: string;
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            /** @description It is not theirs: `detail` tells why. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listAgentSessions: {
        parameters: {
            query?: {
                /** @description The begin of the period, included. Without it: 366 days before `to`. */
                from?: string;
                /** @description The end of the period, not included. Without it: a day from now. */
                to?: string;
                /** @description Without it: newest-first. */
                order?: "newest-first" | "oldest-first";
                limit?: number;
                /** @description `nextCursor` of the page before, with the same parameters. */
                cursor?: string;
            };
            header?: never;
            path: {
                agentId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of sessions */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["CoachingSession"][];
                        nextCursor?: string;
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            /** @description The agent is not theirs to see. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    postAgentSessions: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key is the same request, however often it is made: 8 to 200 printable characters. */
                "Idempotency-Key"?: string;
            };
            path: {
                agentId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewCoachingSession"];
            };
        };
        responses: {
            /** @description The session; `ETag` is its version */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CoachingSessionWithNotes"];
                };
            };
            /** @description A field is not as it must be; `detail` names it. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            /** @description The agent is not theirs to see, or they are the agent. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody of that id was seen or put in. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The `Idempotency-Key` is that of another session, or others put in sessions just now. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getAgentSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                agentId: string;
                sessionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The session; `ETag` is its version */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CoachingSessionWithNotes"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            /** @description The agent is not theirs to see. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such session. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    putAgentSession: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key is the same request, however often it is made: 8 to 200 printable characters. */
                "Idempotency-Key"?: string;
                /** @description The `ETag` of the thing as it was seen. It must be there. */
                "If-Match"?: string;
            };
            path: {
                agentId: string;
                sessionId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangedCoachingSession"];
            };
        };
        responses: {
            /** @description The session; `ETag` is its version */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CoachingSessionWithNotes"];
                };
            };
            /** @description A field is not as it must be, or a goal is left out; `detail` names it. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            /** @description The agent is not theirs to see, or they are the agent. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such session. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It has changed since the version of `If-Match`: read it again. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description There is no `If-Match`. */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listCalibrations: {
        parameters: {
            query?: {
                /** @description The begin of the period, included. Without it: 366 days before `to`. */
                from?: string;
                /** @description The end of the period, not included. Without it: a day from now. */
                to?: string;
                /** @description Without it: newest-first. */
                order?: "newest-first" | "oldest-first";
                limit?: number;
                /** @description `nextCursor` of the page before, with the same parameters. */
                cursor?: string;
                /** @description Of supervisors: one of their teams. */
                team?: string;
                /** @description Of supervisors: those that name them as a reviewer. */
                mine?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of calibrations */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Calibration"][];
                        nextCursor?: string;
                    };
                };
            };
            /** @description A parameter is not as it must be; `detail` names it. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            /** @description The team is not one of theirs. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    postCalibrations: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key is the same request, however often it is made: 8 to 200 printable characters. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewCalibration"];
            };
        };
        responses: {
            /** @description The calibration; `Location` is where it is, `ETag` its version */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CalibrationWithEntries"];
                };
            };
            /** @description A field is not as it must be, or a reviewer is the agent of a call; `detail` names it. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            /** @description A call is not theirs to see. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such call. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The `Idempotency-Key` is that of another one, or a call names no agent or is too old. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getCalibrationsAgreement: {
        parameters: {
            query: {
                /** @description The begin of the period, included. Without it: 366 days before `to`. */
                from?: string;
                /** @description The end of the period, not included. Without it: a day from now. */
                to?: string;
                scorecard: string;
                /** @description Without it: every team that whoever asks sees. */
                team?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The agreement, by each version of the scorecard */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgreementOverCalibrations"];
                };
            };
            /** @description A parameter is not as it must be, or there are more than 100 rounds, or 10000 forms of them. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            /** @description The team is not one of theirs. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getCalibration: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                calibrationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The calibration; `ETag` is its version */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CalibrationWithEntries"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            /** @description It is not theirs to see. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such calibration. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getCalibrationAgreement: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                calibrationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The agreement */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CalibrationAgreement"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            /** @description It is not theirs to see. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such calibration. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It is open: nothing is told of the answers of others before it is closed. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    putCalibrationCallAnswers: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key is the same request, however often it is made: 8 to 200 printable characters. */
                "Idempotency-Key"?: string;
                /** @description The `ETag` of the thing as it was seen. It must be there. */
                "If-Match"?: string;
            };
            path: {
                calibrationId: string;
                callId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CalibrationAnswers"];
            };
        };
        responses: {
            /** @description What is stored; `ETag` is its version */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CalibrationEntry"];
                };
            };
            /** @description An answer is not as it must be, or is missing; `detail` names it. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            /** @description They are no reviewer of it, the call is not theirs to see, or is their own. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such calibration, or no such call in it, or the call is gone. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The calibration is closed. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Their answers have changed since the version of `If-Match`: read them again. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description There is no `If-Match`: answers that are there are changed as they were read. */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    postCalibrationClose: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key is the same request, however often it is made: 8 to 200 printable characters. */
                "Idempotency-Key"?: string;
                /** @description The `ETag` of the thing as it was seen. It must be there. */
                "If-Match"?: string;
            };
            path: {
                calibrationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The calibration; `ETag` is its version */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CalibrationWithEntries"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            /** @description It is not of a team of theirs. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such calibration. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It is closed already. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It has changed since the version of `If-Match`: read it again. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no `If-Match`. */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getCall: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                callId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The call */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReviewedCall"];
                };
            };
            /** @description A parameter is not as it must be; `detail` names it. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            /** @description The call is not theirs to see. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such call. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getCallAudio: {
        parameters: {
            query?: {
                /** @description Where to begin, such as the `startMs` of a moment. Without it: at the begin. */
                startMs?: number | null;
            };
            header?: never;
            path: {
                callId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The link */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AudioLink"];
                };
            };
            /** @description A parameter is not as it must be; `detail` names it. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            /** @description The call is not theirs to see. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such call, or none of its audio may be heard by all; `detail` tells why. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listCallClips: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                callId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The clips */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Clip"][];
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            /** @description It is not theirs to see. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such call. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    postCallClips: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key is the same request, however often it is made: 8 to 200 printable characters. */
                "Idempotency-Key"?: string;
            };
            path: {
                callId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewClip"];
            };
        };
        responses: {
            /** @description The clip; `Location` is where it is, `ETag` its version */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Clip"];
                };
            };
            /** @description A field is not as it must be; `detail` names it. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            /** @description It is not theirs to see. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such call. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The call is not tagged; or the `Idempotency-Key` is that of another clip. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getCallClip: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                callId: string;
                clipId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The clip; `ETag` is its version */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReadClip"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            /** @description It is not theirs to see. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such clip, or its call is gone. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    putCallClip: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key is the same request, however often it is made: 8 to 200 printable characters. */
                "Idempotency-Key"?: string;
                /** @description The `ETag` of the thing as it was seen. It must be there. */
                "If-Match"?: string;
            };
            path: {
                callId: string;
                clipId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewClip"];
            };
        };
        responses: {
            /** @description The clip as it is then; `ETag` is its version */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Clip"];
                };
            };
            /** @description A field is not as it must be; `detail` names it. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            /** @description It is not theirs to see. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such clip, or its call is gone. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It has changed since the version of `If-Match`: read it again. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description There is no `If-Match`. */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    deleteCallClip: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key is the same request, however often it is made: 8 to 200 printable characters. */
                "Idempotency-Key"?: string;
                /** @description The `ETag` of the thing as it was seen. It must be there. */
                "If-Match"?: string;
            };
            path: {
                callId: string;
                clipId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            /** @description It is not theirs to see. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such clip, or its call is gone. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It has changed since the version of `If-Match`: read it again. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no `If-Match`. */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getCallClipAudio: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                callId: string;
                clipId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The link */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClipLink"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            /** @description It is not theirs to see. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such clip, or nothing of it to be heard: `detail` tells why. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listCallClipExports: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                callId: string;
                clipId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The exports */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ExportOfClip"][];
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            /** @description The call is not theirs to see. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such call. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    postCallClipExports: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key is the same request, however often it is made: 8 to 200 printable characters. */
                "Idempotency-Key"?: string;
            };
            path: {
                callId: string;
                clipId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewClipExport"];
            };
        };
        responses: {
            /** @description The export; `Location` is where it is */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClipExport"];
                };
            };
            /** @description A field is not as it must be; `detail` names it. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            /** @description The call is not theirs to see. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such clip, or its call is gone. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The clip is not anonymous, or has no sound of its own: `detail` tells what is left in it. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listCallNotes: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                callId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["CoachingNote"][];
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            /** @description The call is not theirs to see. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such call. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    postCallNotes: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key is the same request, however often it is made: 8 to 200 printable characters. */
                "Idempotency-Key"?: string;
            };
            path: {
                callId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewCoachingNote"];
            };
        };
        responses: {
            /** @description The note */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CoachingNote"];
                };
            };
            /** @description A field is not as it must be; `detail` names it. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            /** @description The call is not theirs to see, or their own. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such call, or it is being deleted. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The call has no agent, or the `Idempotency-Key` is that of another note. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listCallReviews: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                callId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The reviews */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Review"][];
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            /** @description It is not theirs: `detail` tells why. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such call. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    postCallReviews: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key is the same request, however often it is made: 8 to 200 printable characters. */
                "Idempotency-Key"?: string;
            };
            path: {
                callId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewReview"];
            };
        };
        responses: {
            /** @description The review; `Location` is where it is, `ETag` its version */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Review"];
                };
            };
            /** @description A field is not as it must be; `detail` names it. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            /** @description It is not theirs: `detail` tells why. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such call. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The call is reviewed by that scorecard already, or names no agent; or the `Idempotency-Key` is that of another request. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getCallReview: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                callId: string;
                reviewId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The review; `ETag` is its version */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Review"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            /** @description It is not theirs: `detail` tells why. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such call, or no such review of it that they may see. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    postCallReviewAcknowledge: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key is the same request, however often it is made: 8 to 200 printable characters. */
                "Idempotency-Key"?: string;
                /** @description The `ETag` of the thing as it was seen. It must be there. */
                "If-Match"?: string;
            };
            path: {
                callId: string;
                reviewId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Nothing"];
            };
        };
        responses: {
            /** @description The review as it is then; `ETag` is its version */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Review"];
                };
            };
            /** @description A field is not as it must be; `detail` names it. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            /** @description It is not theirs: `detail` tells why. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such call, or no such review of it that they may see. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It is in a state in which that cannot be: `detail` names the state, and what can. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It has changed since the version of `If-Match`: read it again. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description There is no `If-Match`. */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    putCallReviewAnswers: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key is the same request, however often it is made: 8 to 200 printable characters. */
                "Idempotency-Key"?: string;
                /** @description The `ETag` of the thing as it was seen. It must be there. */
                "If-Match"?: string;
            };
            path: {
                callId: string;
                reviewId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AnswersOfReview"];
            };
        };
        responses: {
            /** @description The review as it is then; `ETag` is its version */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Review"];
                };
            };
            /** @description A field is not as it must be; `detail` names it. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            /** @description It is not theirs: `detail` tells why. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such call, or no such review of it that they may see. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It is in a state in which that cannot be: `detail` names the state, and what can. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It has changed since the version of `If-Match`: read it again. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description There is no `If-Match`. */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    postCallReviewAppeal: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key is the same request, however often it is made: 8 to 200 printable characters. */
                "Idempotency-Key"?: string;
                /** @description The `ETag` of the thing as it was seen. It must be there. */
                "If-Match"?: string;
            };
            path: {
                callId: string;
                reviewId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewAppeal"];
            };
        };
        responses: {
            /** @description The review as it is then; `ETag` is its version */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Review"];
                };
            };
            /** @description A field is not as it must be; `detail` names it. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            /** @description It is not theirs: `detail` tells why. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such call, or no such review of it that they may see. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It is in a state in which that cannot be: `detail` names the state, and what can. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It has changed since the version of `If-Match`: read it again. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description There is no `If-Match`. */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    postCallReviewAssign: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key is the same request, however often it is made: 8 to 200 printable characters. */
                "Idempotency-Key"?: string;
                /** @description The `ETag` of the thing as it was seen. It must be there. */
                "If-Match"?: string;
            };
            path: {
                callId: string;
                reviewId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Assignment"];
            };
        };
        responses: {
            /** @description The review as it is then; `ETag` is its version */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Review"];
                };
            };
            /** @description A field is not as it must be; `detail` names it. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            /** @description It is not theirs: `detail` tells why. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such call, or no such review of it that they may see. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It is in a state in which that cannot be: `detail` names the state, and what can. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It has changed since the version of `If-Match`: read it again. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description There is no `If-Match`. */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    postCallReviewComments: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key is the same request, however often it is made: 8 to 200 printable characters. */
                "Idempotency-Key"?: string;
                /** @description The `ETag` of the thing as it was seen. It must be there. */
                "If-Match"?: string;
            };
            path: {
                callId: string;
                reviewId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewReviewComment"];
            };
        };
        responses: {
            /** @description The review as it is then; `ETag` is its version */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Review"];
                };
            };
            /** @description A field is not as it must be; `detail` names it. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            /** @description It is not theirs: `detail` tells why. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such call, or no such review of it that they may see. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It is in a state in which that cannot be: `detail` names the state, and what can. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It has changed since the version of `If-Match`: read it again. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description There is no `If-Match`. */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    postCallReviewDecide: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key is the same request, however often it is made: 8 to 200 printable characters. */
                "Idempotency-Key"?: string;
                /** @description The `ETag` of the thing as it was seen. It must be there. */
                "If-Match"?: string;
            };
            path: {
                callId: string;
                reviewId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewAppealDecision"];
            };
        };
        responses: {
            /** @description The review as it is then; `ETag` is its version */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Review"];
                };
            };
            /** @description A field is not as it must be; `detail` names it. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            /** @description It is not theirs: `detail` tells why. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such call, or no such review of it that they may see. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It is in a state in which that cannot be: `detail` names the state, and what can. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It has changed since the version of `If-Match`: read it again. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description There is no `If-Match`. */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    postCallReviewRelease: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key is the same request, however often it is made: 8 to 200 printable characters. */
                "Idempotency-Key"?: string;
                /** @description The `ETag` of the thing as it was seen. It must be there. */
                "If-Match"?: string;
            };
            path: {
                callId: string;
                reviewId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Nothing"];
            };
        };
        responses: {
            /** @description The review as it is then; `ETag` is its version */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Review"];
                };
            };
            /** @description A field is not as it must be; `detail` names it. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            /** @description It is not theirs: `detail` tells why. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such call, or no such review of it that they may see. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It is in a state in which that cannot be: `detail` names the state, and what can. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It has changed since the version of `If-Match`: read it again. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description There is no `If-Match`. */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    postCallReviewSubmit: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key is the same request, however often it is made: 8 to 200 printable characters. */
                "Idempotency-Key"?: string;
                /** @description The `ETag` of the thing as it was seen. It must be there. */
                "If-Match"?: string;
            };
            path: {
                callId: string;
                reviewId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Nothing"];
            };
        };
        responses: {
            /** @description The review as it is then; `ETag` is its version */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Review"];
                };
            };
            /** @description A field is not as it must be; `detail` names it. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            /** @description It is not theirs: `detail` tells why. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such call, or no such review of it that they may see. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It is in a state in which that cannot be: `detail` names the state, and what can. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It has changed since the version of `If-Match`: read it again. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description There is no `If-Match`. */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    postCallReviewTake: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key is the same request, however often it is made: 8 to 200 printable characters. */
                "Idempotency-Key"?: string;
                /** @description The `ETag` of the thing as it was seen. It must be there. */
                "If-Match"?: string;
            };
            path: {
                callId: string;
                reviewId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Nothing"];
            };
        };
        responses: {
            /** @description The review as it is then; `ETag` is its version */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Review"];
                };
            };
            /** @description A field is not as it must be; `detail` names it. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            /** @description It is not theirs: `detail` tells why. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such call, or no such review of it that they may see. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It is in a state in which that cannot be: `detail` names the state, and what can. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It has changed since the version of `If-Match`: read it again. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description There is no `If-Match`. */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listCallReviewVersions: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `nextCursor` of the page before, with the same parameters. */
                cursor?: string;
                /** @description Without it: newest-first. */
                order?: "newest-first" | "oldest-first";
            };
            header?: never;
            path: {
                callId: string;
                reviewId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of versions */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ReviewVersion"][];
                        nextCursor?: string;
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            /** @description It is not theirs: `detail` tells why. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such call, or no such review of it that they may see. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listCallScores: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                callId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One score for each scorecard */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["CallScore"][];
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            /** @description The call is not theirs to see. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such call. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getCallTranscript: {
        parameters: {
            query?: {
                format?: "json" | "text" | "vtt" | "srt";
            };
            header?: never;
            path: {
                callId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The transcript: as data, to be read, or as subtitles of the recording */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Transcript"];
                    "text/plain; charset=utf-8": string;
                    "text/vtt; charset=utf-8": string;
                    "application/x-subrip; charset=utf-8": string;
                };
            };
            /** @description A parameter is not as it must be; `detail` names it. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            /** @description The call is not theirs to see. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such call, or it has no transcript; `detail` tells which. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listClips: {
        parameters: {
            query?: {
                /** @description The begin of the period, included. Without it: 366 days before `to`. */
                from?: string;
                /** @description The end of the period, not included. Without it: a day from now. */
                to?: string;
                /** @description Without it: newest-first. */
                order?: "newest-first" | "oldest-first";
                limit?: number;
                /** @description `nextCursor` of the page before, with the same parameters. */
                cursor?: string;
                topic?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of clips */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Clip"][];
                        nextCursor?: string;
                    };
                };
            };
            /** @description A field is not as it must be; `detail` names it. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listExports: {
        parameters: {
            query?: {
                /** @description The begin of the period, included. Without it: 366 days before `to`. */
                from?: string;
                /** @description The end of the period, not included. Without it: a day from now. */
                to?: string;
                /** @description Without it: newest-first. */
                order?: "newest-first" | "oldest-first";
                limit?: number;
                /** @description `nextCursor` of the page before, with the same parameters. */
                cursor?: string;
                topic?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of exports */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ClipExport"][];
                        nextCursor?: string;
                    };
                };
            };
            /** @description A field is not as it must be; `detail` names it. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getExport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                exportId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The export */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReadClipExport"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            /** @description There is no such export, or no more. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    deleteExport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                exportId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            /** @description It comes from the library of another team. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such export, or no more. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getExportAudio: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                exportId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The link */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExportLink"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            /** @description There is no such export, or no more. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Who asks */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listPlans: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["SamplingPlan"][];
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listPlanMonthDraws: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `nextCursor` of the page before, with the same parameters. */
                cursor?: string;
                /** @description Without it: every team that whoever asks sees. */
                team?: string;
            };
            header?: never;
            path: {
                plan: string;
                /** @description In UTC, such as `2026-10`. */
                month: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of agents */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["AgentDraw"][];
                        nextCursor?: string;
                    };
                };
            };
            /** @description A field is not as it must be; `detail` names it. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            /** @description The team is not one of theirs. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The config has no such plan; `detail` tells those that it has. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    postPlanMonthDraws: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                plan: string;
                /** @description In UTC, such as `2026-10`. */
                month: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DrawRequest"];
            };
        };
        responses: {
            /** @description It has begun: `GET` of the same path tells what is drawn */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BegunDraw"];
                };
            };
            /** @description A field is not as it must be; `detail` names it. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            /** @description The team is not theirs; or no team is named, and they do not see every team. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The config has no such plan; `detail` tells those that it has. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is wanted of that month yet: `detail` tells from when on. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getPlanMonthSample: {
        parameters: {
            query: {
                /** @description Whose calls. */
                agentId: string;
            };
            header?: never;
            path: {
                plan: string;
                /** @description In UTC, such as `2026-10`. */
                month: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The sample */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgentSample"];
                };
            };
            /** @description A field is not as it must be; `detail` names it. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            /** @description The agent is not theirs to see, or it is themselves. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The config has no such plan; `detail` tells those that it has. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listPlaylists: {
        parameters: {
            query?: {
                /** @description The begin of the period, included. Without it: 366 days before `to`. */
                from?: string;
                /** @description The end of the period, not included. Without it: a day from now. */
                to?: string;
                /** @description Without it: newest-first. */
                order?: "newest-first" | "oldest-first";
                limit?: number;
                /** @description `nextCursor` of the page before, with the same parameters. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of playlists */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Playlist"][];
                        nextCursor?: string;
                    };
                };
            };
            /** @description A field is not as it must be; `detail` names it. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    postPlaylists: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key is the same request, however often it is made: 8 to 200 printable characters. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewPlaylist"];
            };
        };
        responses: {
            /** @description The playlist; `Location` is where it is, `ETag` its version */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Playlist"];
                };
            };
            /** @description A field is not as it must be; `detail` names it. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            /** @description It is of a team that is not theirs. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The `Idempotency-Key` is that of another playlist. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getPlaylist: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                playlistId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The playlist; `ETag` is its version */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlayedPlaylist"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            /** @description It is of a team that is not theirs. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such playlist. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    putPlaylist: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key is the same request, however often it is made: 8 to 200 printable characters. */
                "Idempotency-Key"?: string;
                /** @description The `ETag` of the thing as it was seen. It must be there. */
                "If-Match"?: string;
            };
            path: {
                playlistId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewPlaylist"];
            };
        };
        responses: {
            /** @description The playlist as it is then; `ETag` is its version */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Playlist"];
                };
            };
            /** @description A field is not as it must be; `detail` names it. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            /** @description It is of a team that is not theirs. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such playlist. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It has changed since the version of `If-Match`: read it again. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description There is no `If-Match`. */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    deletePlaylist: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key is the same request, however often it is made: 8 to 200 printable characters. */
                "Idempotency-Key"?: string;
                /** @description The `ETag` of the thing as it was seen. It must be there. */
                "If-Match"?: string;
            };
            path: {
                playlistId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            /** @description It is of a team that is not theirs. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such playlist. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It has changed since the version of `If-Match`: read it again. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no `If-Match`. */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    postRescores: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Rescore"];
            };
        };
        responses: {
            /** @description It has begun */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        from: string;
                        to: string;
                    };
                };
            };
            /** @description A field is not as it must be; `detail` names it. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            /** @description Whoever asks does not see every team. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listReviews: {
        parameters: {
            query?: {
                /** @description The begin of the period in which they are due, included. Without it: all. */
                from?: string;
                /** @description Its end, not included. Without it: all. */
                to?: string;
                /** @description Without it: oldest-first. */
                order?: "newest-first" | "oldest-first";
                limit?: number;
                /** @description `nextCursor` of the page before, with the same parameters. */
                cursor?: string;
                state?: "waiting" | "draft" | "submitted" | "appealed";
                /** @description Without it: every team that whoever asks sees. */
                team?: string;
                /** @description Only those of this person. */
                reviewer?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of reviews */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ReviewSummary"][];
                        nextCursor?: string;
                    };
                };
            };
            /** @description A parameter is not as it must be; `detail` names it. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            /** @description The team is not one of theirs. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listScorecards: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Scorecard"][];
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getScorecard: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The scorecard */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Scorecard"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            /** @description Calls are checked by no such scorecard; its versions may be there. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getScorecardVersion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
                version: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The scorecard of that version */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Scorecard"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            /** @description There is no such version. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getTeamMonth: {
        parameters: {
            query?: {
                /** @description Without it: the first one of the config. */
                scorecard?: string;
            };
            header?: never;
            path: {
                team: string;
                month: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The month (UTC) */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TeamMonth"];
                };
            };
            /** @description A parameter is not as it must be; `detail` names it. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            /** @description The team is not theirs to see. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The team has too many agents to be told of in one answer. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
}
