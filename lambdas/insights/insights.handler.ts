import { handle } from 'hono/aws-lambda';
import * as z from 'zod';
import { json, parseEnvironment } from '../platform/environment.ts';
import { edgeEnvironment, httpEdge } from '../platform/http-edge.ts';
import { insightsApi } from './insights-api.ts';
import { runChoices, runEnvironment, runNeeds } from './insights-needs.ts';

const environment = parseEnvironment({
  ...edgeEnvironment,
  ...runEnvironment,
  VERBATIM_CONFIG: json(z.object(runChoices)),
});

export const handler = handle(
  insightsApi({ edge: httpEdge(environment), ...runNeeds(environment, environment.VERBATIM_CONFIG) }),
);
