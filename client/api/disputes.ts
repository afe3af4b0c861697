// Written by "npm run openapi" from docs/api/disputes.json: edit the routes.

export interface paths {
    "/disputes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Disputes, of a customer or in a state, or all */
        get: operations["listDisputes"];
        put?: never;
        /** Opens a dispute */
        post: operations["postDisputes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/disputes/{disputeId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A dispute with its calls, what was found in them, how it was decided, and all that happened to it */
        get: operations["getDispute"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/disputes/{disputeId}/calls": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes calls into a dispute: they are held from then on */
        post: operations["postDisputeCalls"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/disputes/{disputeId}/calls/{callId}/audio": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A link by which a call of a dispute is heard, redacted or as it was */
        get: operations["getDisputeCallAudio"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/disputes/{disputeId}/calls/{callId}/transcript": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was said in a call of a dispute, redacted or as it was */
        get: operations["getDisputeCallTranscript"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/disputes/{disputeId}/candidates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The customer's calls in the period, those first that bear most on the claim; or that it was said in none */
        get: operations["listDisputeCandidates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/disputes/{disputeId}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Closes a dispute: the hold of its calls is released */
        post: operations["postDisputeClose"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/disputes/{disputeId}/decision": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Decides a dispute, by the policy in force when its calls were */
        post: operations["postDisputeDecision"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/disputes/{disputeId}/evidence": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The evidence packages of a dispute */
        get: operations["listEvidence"];
        put?: never;
        /** Asks for an evidence package of the calls of a dispute: it is built then */
        post: operations["requestEvidence"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/disputes/{disputeId}/evidence/{number}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An evidence package: its state, size, hash and signature, what it lacks, and who was given it */
        get: operations["getEvidence"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/disputes/{disputeId}/evidence/{number}/link": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Hands an evidence package out, by a link of five minutes; the custody of its calls tells it first */
        post: operations["linkEvidence"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/disputes/{disputeId}/evidence/{number}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Asks again for an evidence package that failed */
        post: operations["retryEvidence"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/disputes/{disputeId}/findings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Adds what was concluded from a moment of a call */
        post: operations["postDisputeFindings"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/disputes/{disputeId}/reopen": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Reopens a dispute: its calls are held again */
        post: operations["postDisputeReopen"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/evidence/key": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The public key that evidence packages are signed with, and its fingerprint */
        get: operations["getEvidenceKey"];
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
        CallsToTakeIn: {
            callIds: string[];
            why: string;
            /** @description Whoever stands behind the principal that signs the request. */
            byName?: string;
        };
        Candidates: {
            items: {
                callId: string;
                agentId?: string;
                source?: string;
                /** Format: date-time */
                startedAt?: string;
                durationMs?: number;
                /** @enum {string} */
                state: "received" | "queued" | "transcribing" | "tagged" | "rejected" | "failed" | "deleting";
                tags: string[];
                score: number;
                why: {
                    points: number;
                    because: string;
                }[];
                moments: {
                    startMs: number;
                    endMs: number;
                    speaker: string;
                    quote: string;
                    tag?: string;
                    phrase?: string;
                    amount?: {
                        value: number;
                        currency: string;
                    };
                }[];
                moreMoments?: number;
                takenIn: boolean;
            }[];
            searched: {
                for: {
                    tags: string[];
                    phrases: string[];
                    amounts: {
                        value: number;
                        currency: string;
                    }[];
                };
                calls: number;
                durationMs: number;
                languages: {
                    language: string;
                    calls: number;
                }[];
                notTranscribed: {
                    callId: string;
                    /** @enum {string} */
                    state: "received" | "queued" | "transcribing" | "tagged" | "rejected" | "failed" | "deleting";
                }[];
                redacted: {
                    callId: string;
                    words: number;
                    types: string[];
                }[];
            };
            notSaid?: {
                message: string;
                calls: number;
                minutes: number;
            };
        };
        Closing: {
            reason?: string;
            /** @description Whoever stands behind the principal that signs the request. */
            byName?: string;
        };
        Dispute: {
            disputeId: string;
            customerId: string;
            claim: string;
            topic?: string;
            /** Format: date */
            day?: string;
            /** Format: date-time */
            from: string;
            /** Format: date-time */
            to: string;
            /** @enum {string} */
            state: "open" | "decided" | "closed";
            /** Format: date-time */
            stateSince: string;
            version: number;
            /** Format: date-time */
            openedAt: string;
            holdId?: string;
            decision?: {
                /** Format: date-time */
                at: string;
                by: string;
                person?: string;
                byName?: string;
                /** @enum {string} */
                outcome: "upheld" | "not-upheld" | "partly-upheld";
                reason: string;
                policies: {
                    callId: string;
                    /** Format: date-time */
                    startedAt?: string;
                    policy: string;
                    version?: string;
                    /** Format: date-time */
                    inForceFrom?: string;
                }[];
                notSaid?: boolean;
            };
            calls: {
                /** Format: date-time */
                at: string;
                by: string;
                person?: string;
                byName?: string;
                callId: string;
                /** Format: date-time */
                startedAt?: string;
                why?: string;
                /** Format: date-time */
                goneAt?: string;
            }[];
            findings: {
                /** Format: date-time */
                at: string;
                by: string;
                person?: string;
                byName?: string;
                findingId: string;
                callId: string;
                startMs?: number;
                endMs?: number;
                speaker?: string;
                tag?: string;
                quote?: string;
                conclusion: string;
            }[];
            history: {
                /** Format: date-time */
                at: string;
                by: string;
                person?: string;
                byName?: string;
                /** @enum {string} */
                what: "opened" | "call-taken-in" | "finding-added" | "decided" | "closed" | "reopened" | "evidence-requested" | "evidence-built" | "evidence-failed";
                reason?: string;
                callId?: string;
                findingId?: string;
                decision?: {
                    /** Format: date-time */
                    at: string;
                    by: string;
                    person?: string;
                    byName?: string;
                    /** @enum {string} */
                    outcome: "upheld" | "not-upheld" | "partly-upheld";
                    reason: string;
                    policies: {
                        callId: string;
                        /** Format: date-time */
                        startedAt?: string;
                        policy: string;
                        version?: string;
                        /** Format: date-time */
                        inForceFrom?: string;
                    }[];
                    notSaid?: boolean;
                };
            }[];
        };
        DisputeSummary: {
            disputeId: string;
            customerId: string;
            claim: string;
            topic?: string;
            /** Format: date */
            day?: string;
            /** Format: date-time */
            from: string;
            /** Format: date-time */
            to: string;
            /** @enum {string} */
            state: "open" | "decided" | "closed";
            /** Format: date-time */
            stateSince: string;
            version: number;
            /** Format: date-time */
            openedAt: string;
            holdId?: string;
            decision?: {
                /** Format: date-time */
                at: string;
                by: string;
                person?: string;
                byName?: string;
                /** @enum {string} */
                outcome: "upheld" | "not-upheld" | "partly-upheld";
                reason: string;
                notSaid?: boolean;
            };
        };
        EvidenceKey: {
            pem: string;
            /** @description SHA-256, in hex, of the key in DER (SubjectPublicKeyInfo). */
            fingerprint: string;
            /** @enum {string} */
            algorithm: "ECDSA_SHA_256";
        };
        EvidenceLink: {
            /** Format: uri */
            url: string;
            /** Format: date-time */
            expiresAt: string;
            fileName: string;
            sizeBytes: number;
            sha256: string;
        };
        EvidencePackage: {
            disputeId: string;
            number: number;
            /** @enum {string} */
            state: "requested" | "built" | "failed";
            /** Format: date-time */
            stateSince: string;
            /** Format: date-time */
            requestedAt: string;
            by: string;
            person?: string;
            byName?: string;
            reason: string;
            originals: boolean;
            callIds: string[];
            attempt: number;
            failure?: string;
            file?: {
                key: string;
                versionId: string;
                sizeBytes: number;
                sha256: string;
                manifestSha256: string;
                signature: string;
                /** @description SHA-256, in hex, of the public key in DER. */
                keyFingerprint: string;
                /** Format: date-time */
                builtAt: string;
                /** Format: date-time */
                lockedUntil: string;
                missing: {
                    path: string;
                    because: string;
                }[];
            };
            /** @default [] */
            handedOut: {
                /** Format: date-time */
                at: string;
                by: string;
                person?: string;
                byName?: string;
                reason: string;
            }[];
        };
        NewDecision: {
            /** @enum {string} */
            outcome: "upheld" | "not-upheld" | "partly-upheld";
            reason: string;
            /** @description One of the policies of the config. Without it: that of the dispute's topic. */
            policy?: string;
            /** @description It is decided on what was not said: no call need be taken in. */
            notSaid?: boolean;
            /** @description Whoever stands behind the principal that signs the request. */
            byName?: string;
        };
        NewDispute: {
            customerId: string;
            claim: string;
            /** @description One of the topics of the config: what is looked for in the calls. */
            topic?: string;
            /**
             * Format: date
             * @description The day (UTC) of which the claim speaks: name it, or `from` and `to`.
             */
            day?: string;
            /** @description So many days before and behind the day calls are looked for. Without it: 7. */
            windowDays?: number;
            /**
             * Format: date-time
             * @description The begin of the period, included.
             */
            from?: string;
            /**
             * Format: date-time
             * @description The end of the period, not included.
             */
            to?: string;
            /** @description Whoever stands behind the principal that signs the request. */
            byName?: string;
        };
        NewEvidence: {
            reason: string;
            /** @description Whoever stands behind the principal that signs the request. */
            byName?: string;
            /**
             * @description Whether what was not redacted goes in, too.
             * @default true
             */
            originals?: boolean;
        };
        NewEvidenceLink: {
            reason: string;
            /** @description Whoever stands behind the principal that signs the request. */
            byName?: string;
        };
        NewFinding: {
            callId: string;
            /** @description Where in the recording. Without it: the call as a whole. */
            startMs?: number;
            /** @description Without it: the end of the moment that is tagged there, or of what its speaker says. */
            endMs?: number;
            conclusion: string;
            /** @description Whoever stands behind the principal that signs the request. */
            byName?: string;
        };
        Problem: {
            type: string;
            title: string;
            status: number;
            detail?: string;
            instance?: string;
        };
        Reopening: {
            reason: string;
            /** @description Whoever stands behind the principal that signs the request. */
            byName?: string;
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
    listDisputes: {
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
                /** @description Without it: every state. Open and decided ones are in order of when they were opened, closed ones of when they were. */
                state?: "open" | "decided" | "closed";
                /** @description Of a customer's disputes some pages may be short, or empty, where a state is named, too. */
                customerId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of disputes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["DisputeSummary"][];
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
    postDisputes: {
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
                "application/json": components["schemas"]["NewDispute"];
            };
        };
        responses: {
            /** @description The dispute; `Location` is where it is, `ETag` its version */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Dispute"];
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
            /** @description The `Idempotency-Key` is that of another dispute. */
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
    getDispute: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                disputeId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The dispute; `ETag` is its version */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Dispute"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            /** @description There is no such dispute. */
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
    postDisputeCalls: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key is the same request, however often it is made: 8 to 200 printable characters. */
                "Idempotency-Key"?: string;
                /** @description The `ETag` of the thing as it was seen. It must be there. */
                "If-Match"?: string;
            };
            path: {
                disputeId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CallsToTakeIn"];
            };
        };
        responses: {
            /** @description The dispute as it is then; `ETag` is its version */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Dispute"];
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
            /** @description There is no such dispute, or no such call. */
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
    getDisputeCallAudio: {
        parameters: {
            query?: {
                /** @description What was not redacted: say why by `reason`. Not of a dispute that is closed. */
                original?: boolean;
                /** @description Why. It is noted in the custody of the call. */
                reason?: string;
                startMs?: number | null;
            };
            header?: never;
            path: {
                disputeId: string;
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
            /** @description There is no such dispute; or there is no such sound or transcript: `detail` tells why. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The call is not in the dispute, or gone; or the dispute is closed, and an original was asked for. */
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
    getDisputeCallTranscript: {
        parameters: {
            query?: {
                /** @description What was not redacted: say why by `reason`. Not of a dispute that is closed. */
                original?: boolean;
                /** @description Why. It is noted in the custody of the call. */
                reason?: string;
                format?: "json" | "text" | "vtt" | "srt";
            };
            header?: never;
            path: {
                disputeId: string;
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
            /** @description There is no such dispute; or there is no such sound or transcript: `detail` tells why. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The call is not in the dispute, or gone; or the dispute is closed, and an original was asked for. */
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
    listDisputeCandidates: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                disputeId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The calls */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Candidates"];
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
            /** @description There is no such dispute. */
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
    postDisputeClose: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key is the same request, however often it is made: 8 to 200 printable characters. */
                "Idempotency-Key"?: string;
                /** @description The `ETag` of the thing as it was seen. It must be there. */
                "If-Match"?: string;
            };
            path: {
                disputeId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Closing"];
            };
        };
        responses: {
            /** @description The dispute as it is then; `ETag` is its version */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Dispute"];
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
            /** @description There is no such dispute, or no such call. */
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
    postDisputeDecision: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key is the same request, however often it is made: 8 to 200 printable characters. */
                "Idempotency-Key"?: string;
                /** @description The `ETag` of the thing as it was seen. It must be there. */
                "If-Match"?: string;
            };
            path: {
                disputeId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewDecision"];
            };
        };
        responses: {
            /** @description The dispute as it is then; `ETag` is its version */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Dispute"];
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
            /** @description There is no such dispute, or no such call. */
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
    listEvidence: {
        parameters: {
            query?: {
                /** @description Without it: newest-first. */
                order?: "newest-first" | "oldest-first";
                limit?: number;
                /** @description `nextCursor` of the page before, with the same parameters. */
                cursor?: string;
            };
            header?: never;
            path: {
                disputeId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of packages */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["EvidencePackage"][];
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
            /** @description There is no such dispute, or no such package of it. */
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
    requestEvidence: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key is the same request, however often it is made: 8 to 200 printable characters. */
                "Idempotency-Key"?: string;
            };
            path: {
                disputeId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewEvidence"];
            };
        };
        responses: {
            /** @description It is being built */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EvidencePackage"];
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
            /** @description There is no such dispute, or no such package of it. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No call was taken into the dispute, or the idempotency key is that of another package. */
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
    getEvidence: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                disputeId: string;
                number: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The package */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EvidencePackage"];
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
            /** @description There is no such dispute, or no such package of it. */
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
    linkEvidence: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                disputeId: string;
                number: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewEvidenceLink"];
            };
        };
        responses: {
            /** @description The link */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EvidenceLink"];
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
            /** @description There is no such dispute, or no such package of it. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It is not built. */
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
    retryEvidence: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                disputeId: string;
                number: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is being built */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EvidencePackage"];
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
            /** @description There is no such dispute, or no such package of it. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It did not fail. */
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
    postDisputeFindings: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key is the same request, however often it is made: 8 to 200 printable characters. */
                "Idempotency-Key"?: string;
                /** @description The `ETag` of the thing as it was seen. It must be there. */
                "If-Match"?: string;
            };
            path: {
                disputeId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewFinding"];
            };
        };
        responses: {
            /** @description The dispute as it is then; `ETag` is its version */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Dispute"];
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
            /** @description There is no such dispute, or no such call. */
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
    postDisputeReopen: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key is the same request, however often it is made: 8 to 200 printable characters. */
                "Idempotency-Key"?: string;
                /** @description The `ETag` of the thing as it was seen. It must be there. */
                "If-Match"?: string;
            };
            path: {
                disputeId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Reopening"];
            };
        };
        responses: {
            /** @description The dispute as it is then; `ETag` is its version */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Dispute"];
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
            /** @description There is no such dispute, or no such call. */
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
    getEvidenceKey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The key */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EvidenceKey"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
}
