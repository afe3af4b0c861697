// Written by "npm run openapi" from docs/api/tagging.json: edit the routes.

export interface paths {
    "/retags": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The retags of the last 30 days */
        get: operations["listRetags"];
        put?: never;
        /** Tags stored calls anew by another rulebook, or tells what would change */
        post: operations["postRetags"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/retags/{retagId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How far a retag is, and what changes by it, tag by tag */
        get: operations["getRetag"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/retags/{retagId}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Gives a retag up: calls that were tagged anew stay so */
        post: operations["postRetagCancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/retags/{retagId}/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every call in which moments of a tag are gained, lost or moved, or that was skipped */
        get: operations["listRetagChanges"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/retags/{retagId}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes up again what a retag left undone */
        post: operations["postRetagResume"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rulebook": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The rulebook by which new calls are tagged */
        get: operations["getRulebook"];
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
        DeployedRulebook: {
            version: string;
            sha256: string;
            rulebook: components["schemas"]["Rulebook"];
        };
        NewRetag: {
            rulebook: components["schemas"]["Rulebook"];
            dryRun: boolean;
            slice?: {
                /** Format: date-time */
                from?: string;
                /** Format: date-time */
                to?: string;
                source?: string;
                agentId?: string;
                customerId?: string;
            };
        };
        Problem: {
            type: string;
            title: string;
            status: number;
            detail?: string;
            instance?: string;
        };
        RetagChange: {
            /** @enum {string} */
            kind: "gained" | "lost" | "moved" | "skipped";
            callId: string;
            tag?: string;
            agentId?: string;
            moments?: number;
            startMs?: number;
            reason?: string;
        };
        RetagReport: components["schemas"]["RetagSummary"] & {
            /** @enum {string} */
            state: "running" | "done" | "cancelled";
            calls: {
                found: number;
                allFound: boolean;
                settled: number;
                changed: number;
                skipped: number;
            };
            tags: {
                tag: string;
                gained: number;
                lost: number;
                moved: number;
                unchanged: number;
                samples: components["schemas"]["RetagChange"][];
            }[];
            deployedRulebookVersion: string;
        };
        RetagSummary: {
            retagId: string;
            rulebookVersion: string;
            rulebookSha256: string;
            dryRun: boolean;
            slice: {
                /** Format: date-time */
                from?: string;
                /** Format: date-time */
                to?: string;
                source?: string;
                agentId?: string;
                customerId?: string;
            };
            /** Format: date-time */
            startedAt: string;
            /** Format: date-time */
            cancelledAt?: string;
        };
        Rulebook: {
            version: string;
            languages?: string[];
            rules: {
                id: string;
                tag: string;
                description?: string;
                languages?: string[];
                /** @enum {string} */
                speaker?: "AGENT" | "CUSTOMER";
                phrases?: string[];
                not?: string[] | {
                    phrases: string[];
                    /** @default 6 */
                    withinWords?: number;
                };
                near?: {
                    phrases: string[];
                    withinWords?: number;
                    withinSeconds?: number;
                    /** @enum {string} */
                    speaker?: "AGENT" | "CUSTOMER";
                };
                negations?: string[];
                firstSeconds?: number;
                lastSeconds?: number;
                callAtLeastSeconds?: number;
                after?: {
                    tag: string;
                    withinSeconds?: number;
                };
                before?: {
                    tag: string;
                    withinSeconds?: number;
                };
                /** @default false */
                absent?: boolean;
                amount?: {
                    over?: number;
                    atLeast?: number;
                    under?: number;
                    atMost?: number;
                    /** @enum {string} */
                    currency?: "USD" | "EUR" | "GBP";
                };
                categories?: string[];
                /** @enum {string} */
                sentiment?: "POSITIVE" | "NEGATIVE" | "NEUTRAL" | "MIXED";
                redacted?: "any" | string[];
                conversation?: {
                    silenceOverSeconds?: number;
                    interruptionsOver?: number;
                    talkShareOver?: number;
                    talkShareUnder?: number;
                    durationOverSeconds?: number;
                    durationUnderSeconds?: number;
                    wordsPerMinuteOver?: number;
                };
                maskNumbers?: boolean;
                examples?: {
                    /** @default [] */
                    match?: (string | {
                        speaker: string;
                        text: string;
                        pauseSeconds?: number;
                        /** @enum {string} */
                        sentiment?: "POSITIVE" | "NEGATIVE" | "NEUTRAL" | "MIXED";
                        categories?: string[];
                    }[])[];
                    /** @default [] */
                    noMatch?: (string | {
                        speaker: string;
                        text: string;
                        pauseSeconds?: number;
                        /** @enum {string} */
                        sentiment?: "POSITIVE" | "NEGATIVE" | "NEUTRAL" | "MIXED";
                        categories?: string[];
                    }[])[];
                };
            }[];
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
    listRetags: {
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
            /** @description One page of retags */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["RetagSummary"][];
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
    postRetags: {
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
                "application/json": components["schemas"]["NewRetag"];
            };
        };
        responses: {
            /** @description It has begun */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RetagSummary"];
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
            /** @description The rulebook's version is that of another one, or the `Idempotency-Key` that of another retag. */
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
    getRetag: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                retagId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The retag */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RetagReport"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            /** @description There is no such retag. */
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
    postRetagCancel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                retagId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It ends */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RetagSummary"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            /** @description There is no such retag. */
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
    listRetagChanges: {
        parameters: {
            query?: {
                /** @description Without it: newest-first. */
                order?: "newest-first" | "oldest-first";
                limit?: number;
                /** @description `nextCursor` of the page before, with the same parameters. */
                cursor?: string;
                kind?: "gained" | "lost" | "moved" | "skipped";
                tag?: string;
            };
            header?: never;
            path: {
                retagId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of changes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["RetagChange"][];
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
            /** @description There is no such retag. */
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
    postRetagResume: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                retagId: string;
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
                    "application/json": components["schemas"]["RetagSummary"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            /** @description There is no such retag. */
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
    getRulebook: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The rulebook */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeployedRulebook"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
}
