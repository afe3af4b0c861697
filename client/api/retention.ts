// Written by "npm run openapi" from docs/api/retention.json: edit the routes.

export interface paths {
    "/calls/{callId}/retention": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How long a call is kept, by which rule, why, and what happens next */
        get: operations["getCallRetention"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/doctor": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What should not be: objects without a call, and calls without their objects */
        get: operations["getDoctor"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/receipts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The calls that were deleted in a period */
        get: operations["listReceipts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/receipts/{callId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The receipt of a deleted call: what there was of it, when it was deleted, why, and by which rule */
        get: operations["getReceipt"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/retention/applies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The applies of the last 30 days, plans among them */
        get: operations["listRetentionApplies"];
        put?: never;
        /** Decides anew how long all calls are kept, or tells what would become of them */
        post: operations["postRetentionApplies"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/retention/applies/{applyId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How far an apply is, what goes when by it and why, and what that costs */
        get: operations["getRetentionApply"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/retention/applies/{applyId}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Gives an apply up: calls that were decided anew stay so */
        post: operations["postRetentionApplyCancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/retention/applies/{applyId}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes up again what an apply left undone */
        post: operations["postRetentionApplyResume"];
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
        DoctorFinding: {
            /** @enum {string} */
            kind: "object-without-call" | "undeclared-object" | "call-without-recording" | "call-without-transcript";
            callId?: string;
            bucket?: string;
            key?: string;
            versionId?: string;
        };
        DoctorPage: {
            examined: number;
            items: components["schemas"]["DoctorFinding"][];
            nextCursor?: string;
        };
        NewRetentionApply: {
            dryRun: boolean;
            config?: {
                retention: {
                    /**
                     * @default [
                     *       {
                     *         "name": "30-days",
                     *         "keepDays": 30,
                     *         "transitions": []
                     *       },
                     *       {
                     *         "name": "6-months",
                     *         "keepDays": 183,
                     *         "transitions": []
                     *       },
                     *       {
                     *         "name": "1-year",
                     *         "keepDays": 365,
                     *         "transitions": []
                     *       },
                     *       {
                     *         "name": "5-years",
                     *         "keepDays": 1826,
                     *         "transitions": [
                     *           {
                     *             "storageClass": "GLACIER_IR",
                     *             "afterDays": 90
                     *           }
                     *         ]
                     *       },
                     *       {
                     *         "name": "7-years",
                     *         "keepDays": 2557,
                     *         "transitions": [
                     *           {
                     *             "storageClass": "GLACIER_IR",
                     *             "afterDays": 90
                     *           }
                     *         ]
                     *       }
                     *     ]
                     */
                    classes?: {
                        name: string;
                        keepDays: number;
                        /** @default [] */
                        transitions?: {
                            /** @enum {string} */
                            storageClass: "STANDARD_IA" | "INTELLIGENT_TIERING" | "GLACIER_IR" | "GLACIER" | "DEEP_ARCHIVE";
                            afterDays: number;
                        }[];
                        objectLock?: {
                            /** @enum {string} */
                            mode: "governance" | "compliance";
                            days: number;
                        };
                    }[];
                    /** @default [] */
                    rules?: {
                        name: string;
                        sources?: string[];
                        linesOfBusiness?: string[];
                        jurisdictions?: string[];
                        directions?: ("inbound" | "outbound")[];
                        tags?: string[];
                        consent?: ("given" | "refused" | "withdrawn" | "unknown")[];
                        retentionClass: string;
                    }[];
                    /** @default 1-year */
                    defaultClass?: string;
                    /** @default [] */
                    floors?: {
                        name: string;
                        sources?: string[];
                        linesOfBusiness?: string[];
                        jurisdictions?: string[];
                        directions?: ("inbound" | "outbound")[];
                        tags?: string[];
                        consent?: ("given" | "refused" | "withdrawn" | "unknown")[];
                        keepDays: number;
                        because: string;
                    }[];
                    /** @default [] */
                    ceilings?: {
                        name: string;
                        sources?: string[];
                        linesOfBusiness?: string[];
                        jurisdictions?: string[];
                        directions?: ("inbound" | "outbound")[];
                        tags?: string[];
                        consent?: ("given" | "refused" | "withdrawn" | "unknown")[];
                        deleteByDays: number;
                        because: string;
                    }[];
                    /** @default {} */
                    receipts?: {
                        /** @default 2557 */
                        keepDays?: number;
                    };
                };
                sources: {
                    name: string;
                    lineOfBusiness?: string;
                    jurisdiction?: string;
                }[];
            };
        };
        Problem: {
            type: string;
            title: string;
            status: number;
            detail?: string;
            instance?: string;
        };
        Receipt: {
            callId: string;
            /** @enum {string} */
            reason: "expired" | "erased" | "lifecycle" | "manual";
            rule: string;
            retentionClass?: string;
            /** Format: date-time */
            requestedAt: string;
            /** Format: date-time */
            deletedAt?: string;
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
            custody?: {
                entries: number;
                hash: string;
            };
            copies: {
                kind: string;
                keySha256?: string;
                versionId?: string;
                /** @enum {boolean} */
                deleteMarker?: true;
                sizeBytes?: number;
                etag?: string;
                sha256?: string;
                items?: number;
                /** @enum {string} */
                outcome: "noted" | "removed" | "locked";
                /** Format: date-time */
                notedAt: string;
                /** Format: date-time */
                removedAt?: string;
                /** Format: date-time */
                lockedUntil?: string;
            }[];
        };
        ReceiptSummary: {
            callId: string;
            /** @enum {string} */
            reason: "expired" | "erased" | "lifecycle" | "manual";
            rule: string;
            retentionClass?: string;
            /** Format: date-time */
            requestedAt: string;
            /** Format: date-time */
            deletedAt?: string;
        };
        RetentionApplyReport: {
            applyId: string;
            dryRun: boolean;
            configSha256: string;
            /** Format: date-time */
            startedAt: string;
            /** Format: date-time */
            cancelledAt?: string;
            /** @enum {string} */
            state: "running" | "done" | "cancelled";
            calls: {
                found: number;
                allFound: boolean;
                changed: number;
                applied: number;
                unchanged: number;
                held: number;
                skipped: number;
                sizeUnknown: number;
            };
            changes: {
                /** @enum {string} */
                effect: "shortened" | "lengthened" | "reclassified";
                from: {
                    retentionClass: string;
                    rule: string;
                    floor?: string;
                    ceiling?: string;
                };
                to: {
                    retentionClass: string;
                    rule: string;
                    floor?: string;
                    ceiling?: string;
                };
                calls: number;
                bytes: number;
            }[];
            dueAtOnce: {
                calls: number;
                bytes: number;
                held: {
                    calls: number;
                    bytes: number;
                };
            };
            goes: {
                retentionClass: string;
                month: string;
                calls: number;
                bytes: number;
                before: {
                    calls: number;
                    bytes: number;
                };
            }[];
            keeps: {
                /** @enum {string} */
                by: "floor" | "ceiling";
                name: string;
                calls: number;
                bytes: number;
            }[];
            costs: {
                prices: {
                    region: string;
                    asOf: string;
                    source: string;
                };
                months: {
                    month: string;
                    beforeUsd: number;
                    afterUsd: number;
                }[];
                untilGone: {
                    beforeUsd: number;
                    afterUsd: number;
                };
            };
            samples: {
                shortened?: string[];
                lengthened?: string[];
                reclassified?: string[];
                "due-at-once"?: string[];
            };
            deployedConfigSha256: string;
        };
        RetentionApplySummary: {
            applyId: string;
            dryRun: boolean;
            configSha256: string;
            /** Format: date-time */
            startedAt: string;
            /** Format: date-time */
            cancelledAt?: string;
        };
        StoredRetention: {
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
            callId: string;
            state: string;
            dueAt: string;
            lifecycle: {
                tags: {
                    [key: string]: string;
                };
                transitions: {
                    /** @enum {string} */
                    storageClass: "STANDARD_IA" | "INTELLIGENT_TIERING" | "GLACIER_IR" | "GLACIER" | "DEEP_ARCHIVE";
                    afterDays: number;
                }[];
                expirationDays?: number;
            };
            locked?: {
                /** @enum {string} */
                mode: "governance" | "compliance";
                until: string;
            };
            holds: string[];
            next: {
                what: string;
                when?: string;
            };
            because: string[];
            wouldBe?: {
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
                because: string[];
            };
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
    getCallRetention: {
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
            /** @description Its retention */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StoredRetention"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            /** @description There is no such call, or no such apply. */
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
    getDoctor: {
        parameters: {
            query: {
                /** @description What is looked through. */
                scope: "recordings" | "transcripts" | "calls";
                /** @description `nextCursor` of the page before, with the same scope. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of findings, which may be empty */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoctorPage"];
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
    listReceipts: {
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
            /** @description One page of receipts */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ReceiptSummary"][];
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
    getReceipt: {
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
            /** @description The receipt; without `deletedAt` while the call is being deleted */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Receipt"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            /** @description No call of that id was deleted, or its receipt was kept for its time. */
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
    listRetentionApplies: {
        parameters: {
            query?: {
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
            /** @description One page of applies */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["RetentionApplySummary"][];
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
    postRetentionApplies: {
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
                "application/json": components["schemas"]["NewRetentionApply"];
            };
        };
        responses: {
            /** @description It has begun */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RetentionApplySummary"];
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
            /** @description The `Idempotency-Key` is that of another apply. */
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
    getRetentionApply: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                applyId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The apply */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RetentionApplyReport"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            /** @description There is no such call, or no such apply. */
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
    postRetentionApplyCancel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                applyId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is given up */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RetentionApplySummary"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            /** @description There is no such call, or no such apply. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It is done. */
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
    postRetentionApplyResume: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                applyId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It goes on */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RetentionApplySummary"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            /** @description There is no such call, or no such apply. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It is done. */
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
