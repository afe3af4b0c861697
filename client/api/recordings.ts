// Written by "npm run openapi" from docs/api/recordings.json: edit the routes.

export interface paths {
    "/recordings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What became of each recording; the period is that in which it is due (`dueAt`) */
        get: operations["listRecordings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/recordings/{callId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All that happened to a recording */
        get: operations["getRecording"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/recordings/{callId}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes up again a recording that was rejected or failed */
        post: operations["postRecordingRetry"];
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
        Problem: {
            type: string;
            title: string;
            status: number;
            detail?: string;
            instance?: string;
        };
        RecordingHistory: components["schemas"]["RecordingStatus"] & {
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
            audio?: {
                /** @enum {string} */
                format: "wav" | "mp3" | "mp4" | "m4a" | "flac" | "ogg" | "webm" | "amr";
                channels: number;
                sampleRateHz: number;
            };
            durationMs?: number;
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
            versions: {
                callId: string;
                versionId: string;
                /** Format: date-time */
                uploadedAt: string;
                current: boolean;
            }[];
        };
        RecordingStatus: {
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
            /** Format: date-time */
            receivedAt: string;
            /** @default 1 */
            attempt: number;
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
    listRecordings: {
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
                /** @description Without it: every state, one after the other. */
                state?: "received" | "queued" | "transcribing" | "tagged" | "rejected" | "failed" | "deleting";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of recordings */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["RecordingStatus"][];
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
    getRecording: {
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
            /** @description The recording */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordingHistory"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            /** @description There is no such recording. */
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
    postRecordingRetry: {
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
            /** @description It is received again */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordingStatus"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            /** @description There is no such recording. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The recording is neither rejected nor failed. */
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
