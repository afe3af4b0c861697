// Written by "npm run openapi" from docs/api/insights.json: edit the routes.

export interface paths {
    "/queries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The questions that there are, with their parameters */
        get: operations["listQueries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/queries/{query}/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Asks a question, or finds the run that it was asked by a moment ago */
        post: operations["postQueryRuns"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/runs/{runId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A run, with its answer once it is done */
        get: operations["getRun"];
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
        /** @description Once it is done: one page of its rows, and all else. */
        InsightsAnswer: {
            /** @enum {string} */
            by: "all" | "day" | "week" | "month" | "agent" | "team" | "queue" | "source";
            /** Format: date */
            from: string;
            /** Format: date */
            to: string;
            rows: components["schemas"]["InsightsRow"][];
            /** @description What is left out, because it is of fewer than `minCell` calls: how many rows, and how many values of the rows that are there */
            suppressed: {
                rows: number;
                values: number;
            };
            minCell: number;
            /** @description There are more rows than are told: ask about fewer days, or one group */
            truncated: boolean;
        };
        InsightsQuery: {
            name: string;
            title: string;
            description: string;
            /** @description What `count` counts in its rows: calls or disputes. */
            of: string;
            /** @description The JSON Schema of its parameters. */
            parameters: {
                [key: string]: unknown;
            };
            /** @description What its rows have in `labels`. */
            labels: string[];
            /** @description What its rows have in `counts`. */
            counts: string[];
            /** @description What its rows have in `values`, by these names. */
            measures: {
                name: string;
                title: string;
                /** @enum {string} */
                unit: "percent" | "seconds" | "hours" | "points" | "times" | "money";
                percentiles: boolean;
            }[];
        };
        InsightsQuestion: {
            /**
             * Format: date
             * @description The first day, UTC.
             */
            from: string;
            /**
             * Format: date
             * @description The last day, UTC: it is of the period.
             */
            to: string;
            /** @description What each row is of: all, day, week, month, agent, team, queue or source. Without it: all. */
            by?: string;
            agentId?: string;
            team?: string;
            queue?: string;
            source?: string;
        } & {
            [key: string]: unknown;
        };
        InsightsReport: components["schemas"]["InsightsRun"] & {
            answer?: components["schemas"]["InsightsAnswer"];
            /** @description There where more rows follow. */
            nextCursor?: string;
        };
        InsightsRow: {
            /** @description The first day of a period, or the id or name of an agent, team, queue or source; none where it is not known, and of all in one */
            group?: string;
            /** @description `from` or `to` cuts the week or month off */
            partial?: boolean;
            /** @description What the row is of within the group: a tag, a scorecard, a criterion, a phrase */
            labels?: {
                [key: string]: string;
            };
            /** @description Of how many calls the row is; of disputes, how many disputes */
            count: number;
            /** @description Further counts, by their names in the list of queries */
            counts?: {
                [key: string]: number;
            };
            /** @description By the names of the query's measures; none where it is of fewer values than are told */
            values: {
                [key: string]: {
                    /** @description How many values it is of */
                    n: number;
                    mean: number;
                    /** @description `low` and `high` bound the 95 % interval of the mean, which knows that calls of one agent are like each other */
                    low?: number;
                    high?: number;
                    /** @description The median; as `p90` and `p95`, only where at least `minCell` values are not below it */
                    p50?: number;
                    p90?: number;
                    p95?: number;
                    /** @description The sum */
                    total?: number;
                };
            };
            /** @description Of a phrase that rises */
            rise?: {
                /** @description In how many calls it was in the period before, which is as long: of `beforeOf`, and at most if `beforeAtMost` */
                before: number;
                beforeOf: number;
                beforeAtMost: boolean;
                /** @description How many times the share of before the share is now; none where it was in no call before */
                ratio?: number;
                /** @description Dunning's log-likelihood ratio: how strongly the two periods differ */
                logLikelihood: number;
                /** @description At most so likely does chance alone do that to even one phrase, from 0 to 1 */
                chance: number;
            };
        };
        InsightsRun: {
            runId: string;
            query: string;
            /** @description With those that were not given. */
            parameters: {
                [key: string]: string;
            };
            /** @enum {string} */
            state: "running" | "done" | "failed";
            /** Format: date-time */
            askedAt: string;
            /**
             * Format: date-time
             * @description What was in the dataset at this time is in the answer.
             */
            asOf?: string;
            /** @description Why it failed, and what to do about it. */
            failure?: {
                /** @enum {string} */
                code: "too-much" | "stopped" | "failed";
                /** @description What to do about it */
                message: string;
            };
            /** @description So much of the dataset was read for it. */
            scannedBytes?: number;
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
    listQueries: {
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
                        items: components["schemas"]["InsightsQuery"][];
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    postQueryRuns: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                query: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["InsightsQuestion"];
            };
        };
        responses: {
            /** @description There is an answer already, or it is known that there is none */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InsightsRun"];
                };
            };
            /** @description It is looked into */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InsightsRun"];
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
            /** @description There is no such query; `detail` names those that there are. */
            404: {
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
    getRun: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `nextCursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path: {
                runId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The run */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InsightsReport"];
                };
            };
            /** @description The cursor or the limit is not as it must be; `detail` tells why. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            /** @description There is no such run, or not any more. */
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
}
