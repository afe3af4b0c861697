// Written by "npm run openapi" from docs/api/calls.json: edit the routes.

export interface paths {
    "/calls": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The calls of an agent, a customer, a tag or a state, in a period, of which all else is true that is named
         * @description Where only an agent, a customer or a tag is named, or a state, a page is as long as its limit until the list ends. Else up to 250 calls are looked into for a page (of a tag or a state, of each of four partitions): it may be short, or empty, and have a `nextCursor`.
         */
        get: operations["listCalls"];
        put?: never;
        post?: never;
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
         * A call with its moments, and where the rest of it is
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
    "/calls/{callId}/custody": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What was done with a call: by whom, when and why, oldest first
         * @description That its custody is read is noted in it before the first page is answered: once for each list.
         */
        get: operations["listCustody"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/calls/{callId}/custody/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether the custody of a call is what was noted: every edit, gap, move and removal in it
         * @description It tells numbers of entries and no entry, and is not noted.
         */
        get: operations["checkCustody"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/calls/{callId}/taggings/{tagging}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The moments that a call had by one of its taggings: the first is 1, the last holds now */
        get: operations["getCallTagging"];
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
         * What was said in a call
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
    "/moments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The moments of a tag that occurred in a period, of which all else is true that is named
         * @description Where only the tag is named, a page is as long as its limit until the list ends, or goes over 12 empty months. Else up to 250 moments of each of four partitions are looked into for a page: it may be short, or empty, and have a `nextCursor`.
         */
        get: operations["listMoments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/moments/by-agent": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Which agents had moments of a tag in a period: how many, in how many calls, and each with its offsets
         * @description All of the period, up to 5,000 moments or 4 MB. Where `nextCursor` is there, the groups of the pages that follow add to the former, by `agentId`.
         */
        get: operations["listMomentsByAgent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The calls of an agent or a customer that began in a period and in which a phrase was said */
        get: operations["getSearch"];
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
        AgentMoments: {
            agentId: string | null;
            callCount: number;
            momentCount: number;
            totals: {
                currency: string;
                value: number;
            }[];
            moments: {
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
                callId: string;
                customerId?: string;
                source?: string;
                /** Format: date-time */
                occurredAt: string;
            }[];
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
        Call: {
            externalCallId?: string;
            agentId?: string;
            customerId?: string;
            /** Format: date-time */
            startedAt?: string;
            /** @enum {string} */
            direction?: "inbound" | "outbound";
            queue?: string;
            /** @enum {string} */
            consent?: "given" | "refused" | "withdrawn" | "unknown";
            callId: string;
            recording: {
                bucket: string;
                key: string;
                versionId: string;
            };
            source?: string;
            /** @enum {string} */
            state: "received" | "queued" | "transcribing" | "tagged" | "rejected" | "failed" | "deleting";
            stateReason?: {
                code: string;
                message: string;
            };
            /** Format: date-time */
            stateSince: string;
            /** Format: date-time */
            dueAt: string;
            history: {
                /** @enum {string} */
                state: "received" | "queued" | "transcribing" | "tagged" | "rejected" | "failed" | "deleting";
                /** Format: date-time */
                at: string;
                reason?: {
                    code: string;
                    message: string;
                };
            }[];
            /** Format: date-time */
            receivedAt: string;
            /** @default 1 */
            attempt: number;
            sizeBytes?: number;
            audio?: {
                /** @enum {string} */
                format: "wav" | "mp3" | "mp4" | "m4a" | "flac" | "ogg" | "webm" | "amr";
                channels: number;
                sampleRateHz: number;
            };
            durationMs?: number;
            language?: string;
            retention?: {
                retentionClass: string;
                rule: string;
                /** Format: date-time */
                countedFrom?: string;
                floor?: {
                    name: string;
                    /** Format: date-time */
                    until: string;
                };
                ceiling?: {
                    name: string;
                    /** Format: date-time */
                    by: string;
                };
                /** Format: date-time */
                expiresAt: string;
            };
            appliedBy?: string;
            deletion?: {
                /** @enum {string} */
                reason: "expired" | "erased" | "lifecycle" | "manual";
                rule: string;
                /** Format: date-time */
                requestedAt: string;
                /** @enum {string} */
                from: "tagged" | "rejected" | "failed";
            };
            holds?: string[];
            erasure?: string;
            job?: {
                /** @enum {string} */
                kind: "call-analytics" | "standard";
                name: string;
                /** @default 0 */
                agentChannel: 0 | 1;
                redaction?: {
                    piiEntityTypes?: string[];
                    keepOriginalTranscript: boolean;
                };
                outputs?: {
                    transcript: {
                        bucket: string;
                        key: string;
                    };
                    originalTranscript?: {
                        bucket: string;
                        key: string;
                    };
                    redactedAudio?: {
                        bucket: string;
                        key: string;
                    };
                };
                /** @enum {string} */
                redactedAudioMissing?: "nothing-redacted" | "format-not-decoded" | "audio-damaged";
            };
            /** @default [] */
            tags: string[];
            rulebookVersion?: string;
            /** @default [] */
            taggings: {
                rulebookVersion: string;
                /** Format: date-time */
                at: string;
                tags: string[];
            }[];
            replacing?: string;
        };
        CallLinks: {
            transcript: string;
            audio: string;
            custody: string;
        };
        CallWithMoments: components["schemas"]["Call"] & {
            moments: components["schemas"]["FoundMoment"][];
            links: components["schemas"]["CallLinks"];
        };
        CustodyCheck: {
            intact: boolean;
            entries: number;
            hash?: string;
            faults: {
                /** @enum {string} */
                what: "not-an-entry" | "foreign" | "edited" | "unlinked" | "missing" | "doubled" | "out-of-order" | "beyond-head" | "head-missing" | "head-differs";
                number?: number;
                message: string;
            }[];
        };
        CustodyEntry: {
            /** @enum {string} */
            kind: "received" | "state-changed" | "tagged" | "retention-changed" | "held" | "hold-released" | "changed" | "call-read" | "transcript-handed-out" | "audio-handed-out" | "found-by-search" | "taken-into-dispute" | "finding-added" | "dispute-decided" | "dispute-closed" | "dispute-reopened" | "evidence-requested" | "evidence-built" | "evidence-handed-out" | "review-submitted" | "review-acknowledged" | "review-appealed" | "review-decided" | "note-added" | "clip-made" | "clip-handed-out" | "clip-exported" | "custody-read";
            /** Format: date-time */
            at: string;
            by: string;
            person?: string;
            byName?: string;
            why?: string;
            /** @default {} */
            details: {
                [key: string]: string | number | boolean;
            };
            actId?: string;
            callId: string;
            number: number;
            previousHash: string;
            hash: string;
        };
        CustodyPage: {
            items: components["schemas"]["CustodyEntry"][];
            nextCursor?: string;
        };
        FoundCall: {
            callId: string;
            agentId?: string;
            customerId?: string;
            source?: string;
            /** Format: date-time */
            startedAt?: string;
            durationMs?: number;
            language?: string;
            /** @default [] */
            tags: string[];
            matches: {
                speaker: string;
                startMs: number;
                endMs: number;
                quote: string;
            }[];
        };
        FoundMoment: {
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
            callId: string;
            agentId?: string;
            customerId?: string;
            source?: string;
            /** Format: date-time */
            occurredAt: string;
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
        Problem: {
            type: string;
            title: string;
            status: number;
            detail?: string;
            instance?: string;
        };
        TaggingWithMoments: {
            rulebookVersion: string;
            /** Format: date-time */
            at: string;
            tags: string[];
            moments: components["schemas"]["Moment"][];
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
    listCalls: {
        parameters: {
            query?: {
                /** @description The begin of the period, included: of the start of the calls, or where `state` is named without agent, customer and tag, of when they are due. Without it: 366 days before `to`, or all. */
                from?: string;
                /** @description The end of the period, not included. Without it: a day from now. */
                to?: string;
                /** @description Without it: newest-first. */
                order?: "newest-first" | "oldest-first";
                limit?: number;
                /** @description `nextCursor` of the page before, with the same parameters. */
                cursor?: string;
                agentId?: string;
                customerId?: string;
                /** @description A tag that the calls have now. */
                tag?: string;
                state?: "received" | "queued" | "transcribing" | "tagged" | "rejected" | "failed" | "deleting";
                source?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of calls */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Call"][];
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
                    "application/json": components["schemas"]["CallWithMoments"];
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
    listCustody: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `nextCursor` of the page before, with the same parameters. */
                cursor?: string;
            };
            header?: never;
            path: {
                callId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of entries */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustodyPage"];
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
            /** @description There is no such call. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something in it is no entry: check it. */
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
    checkCustody: {
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
            /** @description What was found */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustodyCheck"];
                };
            };
            401: components["responses"]["Unauthenticated"];
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
    getCallTagging: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                callId: string;
                tagging: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The tagging */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaggingWithMoments"];
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
                /** @description Without it, as the header Accept says. */
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
            /** @description There is no such call. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no `format`, and the header Accept admits none of the formats. */
            406: {
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
    listMoments: {
        parameters: {
            query: {
                /** @description The begin of the period, included. Without it: 366 days before `to`. */
                from?: string;
                /** @description The end of the period, not included. Without it: a day from now. */
                to?: string;
                /** @description Without it: newest-first. */
                order?: "newest-first" | "oldest-first";
                limit?: number;
                /** @description `nextCursor` of the page before, with the same parameters. */
                cursor?: string;
                agentId?: string;
                customerId?: string;
                source?: string;
                speaker?: string;
                tag: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of moments */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["FoundMoment"][];
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
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listMomentsByAgent: {
        parameters: {
            query: {
                /** @description The begin of the period, included. Without it: 366 days before `to`. */
                from?: string;
                /** @description The end of the period, not included. Without it: a day from now. */
                to?: string;
                /** @description Without it: newest-first. */
                order?: "newest-first" | "oldest-first";
                /** @description `nextCursor` of the page before, with the same parameters. */
                cursor?: string;
                agentId?: string;
                customerId?: string;
                source?: string;
                speaker?: string;
                tag: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The agents, whoever had most first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["AgentMoments"][];
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
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getSearch: {
        parameters: {
            query: {
                /** @description The begin of the period, included. Without it: 366 days before `to`. */
                from?: string;
                /** @description The end of the period, not included. Without it: a day from now. */
                to?: string;
                /** @description Without it: newest-first. */
                order?: "newest-first" | "oldest-first";
                /** @description How many calls are looked into, at most. */
                limit?: number;
                /** @description `nextCursor` of the page before, with the same parameters. */
                cursor?: string;
                agentId?: string;
                customerId?: string;
                /** @description In the notation of the rulebook, such as `send|post ... new card`. */
                phrase: string;
                /** @description Whose words count; those of speakers who are not known always do. */
                speaker?: "AGENT" | "CUSTOMER";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was found in the next calls; `nextCursor` is there while calls remain, also where nothing was found */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["FoundCall"][];
                        nextCursor?: string;
                        searchedCalls: number;
                        notTranscribed: number;
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
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
}
