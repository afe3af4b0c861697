import type { OpenAPIHono } from '@hono/zod-openapi';
import { createHttpApp } from '../platform/http.ts';
import { knowingAsker } from './access.ts';
import { calibrationRoutes } from './calibration/calibration-routes.ts';
import { callsRoutes } from './calls-routes.ts';
import { coachingRoutes } from './coaching/coaching-routes.ts';
import { progressRoutes } from './coaching/progress-routes.ts';
import { libraryRoutes } from './library/library-routes.ts';
import type { QualityNeeds } from './quality-needs.ts';
import { reviewRoutes } from './reviews/review-routes.ts';
import { rosterRoutes } from './roster-routes.ts';
import { rosterStore } from './roster-store.ts';
import { samplingRoutes } from './sampling/sampling-routes.ts';
import { scoringRoutes } from './scoring/scoring-routes.ts';

/** The quality URLs: what calls scored, who reviews them, and what comes of it. Each role has one of its own. */
export function qualityApi(needs: QualityNeeds): OpenAPIHono {
  const { role, edge, quality, dynamodb, tableName } = needs;
  const app = createHttpApp({
    title: 'Quality',
    description:
      'Scores of every call, reviews, calibration, coaching and the training library; by a URL for each role.',
    edge,
  });
  const roster = rosterStore(dynamodb, tableName);
  app.use(knowingAsker({ role, everyTeam: quality.everyTeam, agentOf: roster.agentOf }));
  rosterRoutes(app, needs);
  calibrationRoutes(app, needs);
  callsRoutes(app, needs);
  reviewRoutes(app, needs);
  scoringRoutes(app, needs);
  coachingRoutes(app, needs);
  progressRoutes(app, needs);
  samplingRoutes(app, needs);
  libraryRoutes(app, needs);
  return app;
}
