// Written by "npm run openapi" from docs/api/erasure.json: edit the routes.

export interface paths {
    "/customers/{customerId}/calls": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Erases all calls of a customer, with every copy, but those that a floor or a legal hold keeps until it ends */
        delete: operations["deleteCustomerCalls"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/erasures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Erasures, by when they were opened */
        get: operations["listErasures"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/erasures/{erasureId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An erasure: how far it is, and what is kept and why */
        get: operations["getErasure"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/erasures/{erasureId}/calls": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The calls of an erasure, and what became of each */
        get: operations["listErasureCalls"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/erasures/{erasureId}/certificate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The certificate of an erasure that is done: what was erased, when, and what was kept before */
        get: operations["getErasureCertificate"];
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
        ErasureCall: {
            callId: string;
            /** @enum {string} */
            outcome: "open" | "kept" | "erased" | "gone";
            /** Format: date-time */
            at: string;
            source?: string;
            keptBy?: {
                floor?: {
                    name: string;
                    /** Format: date-time */
                    until: string;
                };
                holds?: string[];
                /** Format: date-time */
                lockedUntil?: string;
            };
            /** Format: date-time */
            keptSince?: string;
            /** Format: date-time */
            dueAt?: string;
            receipt?: {
                /** Format: date-time */
                deletedAt: string;
                reason: string;
                copies: number;
                sha256: string;
            };
        };
        ErasureCertificate: {
            erasureId: string;
            customerHmac: string;
            salt: string;
            reason: string;
            /** Format: date-time */
            openedAt: string;
            openedBy: string;
            openedByName?: string;
            openedByPerson?: string;
            /** Format: date-time */
            deadline: string;
            /** Format: date-time */
            doneAt: string;
            totals: {
                erased: number;
                gone: number;
                copies: number;
            };
            manifests: {
                source: string;
                prefix: string;
                file: string;
            }[];
            packages: {
                disputeId: string;
                number: number;
                /** Format: date-time */
                lockedUntil: string;
            }[];
            items: components["schemas"]["ErasureCall"][];
            nextCursor?: string;
        };
        ErasurePlan: {
            /** @enum {boolean} */
            dryRun: true;
            reason: string;
            /** Format: date-time */
            deadline: string;
            calls: {
                open: number;
                kept: number;
            };
            kept: {
                keptBy: {
                    floor?: {
                        name: string;
                        /** Format: date-time */
                        until: string;
                    };
                    holds?: string[];
                    /** Format: date-time */
                    lockedUntil?: string;
                };
                calls: number;
            }[];
            manifests: {
                source: string;
                prefix: string;
                file: string;
            }[];
            disputes: string[];
            packages: {
                disputeId: string;
                number: number;
                /** Format: date-time */
                lockedUntil: string;
            }[];
            allFound: boolean;
        };
        ErasureReport: components["schemas"]["ErasureSummary"] & {
            kept: {
                keptBy: {
                    floor?: {
                        name: string;
                        /** Format: date-time */
                        until: string;
                    };
                    holds?: string[];
                    /** Format: date-time */
                    lockedUntil?: string;
                };
                calls: number;
            }[];
            manifests: {
                source: string;
                prefix: string;
                file: string;
            }[];
            disputes: string[];
            packages: {
                disputeId: string;
                number: number;
                /** Format: date-time */
                lockedUntil: string;
            }[];
        };
        ErasureSummary: {
            erasureId: string;
            customerHmac: string;
            salt: string;
            reason: string;
            /** Format: date-time */
            openedAt: string;
            openedBy: string;
            openedByName?: string;
            openedByPerson?: string;
            /** Format: date-time */
            deadline: string;
            /** @enum {string} */
            state: "open" | "waiting" | "done";
            /** Format: date-time */
            stateSince: string;
            allFound: boolean;
            calls: {
                open: number;
                kept: number;
                erased: number;
                gone: number;
            };
            overdue: boolean;
        };
        NewErasure: {
            /** @description Why. It stays in the certificate: do not name the customer. */
            reason: string;
            openedByName?: string;
            /**
             * @description Tells what would be done, and does nothing.
             * @default false
             */
            dryRun?: boolean;
            /**
             * @description By when all that nothing keeps must be gone.
             * @default 30
             */
            deadlineDays?: number;
        };
        Problem: {
            type: string;
            title: string;
            status: number;
            detail?: string;
            instance?: string;
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
    deleteCustomerCalls: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                customerId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewErasure"];
            };
        };
        responses: {
            /** @description A dry run: what would be done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErasurePlan"];
                };
            };
            /** @description The erasure: a new one, or the one that is not done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErasureReport"];
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
            /** @description An erasure of the customer is done at this moment: ask again. */
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
    listErasures: {
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
                /** @description Without it: every state. */
                state?: "open" | "waiting" | "done";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of erasures */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ErasureSummary"][];
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
    getErasure: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                erasureId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The erasure */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErasureReport"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            /** @description There is no such erasure. */
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
    listErasureCalls: {
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
                erasureId: string;
            };
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
                        items: components["schemas"]["ErasureCall"][];
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
            /** @description There is no such erasure. */
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
    getErasureCertificate: {
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
                erasureId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The certificate, with one page of its calls */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErasureCertificate"];
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
            /** @description There is no such erasure. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The erasure is not done. */
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
