import type { OpenAPIHono } from '@hono/zod-openapi';
import type { QualityNeeds } from '../quality-needs.ts';
import { clipRoutes } from './clip-routes.ts';
import { exportRoutes } from './export-routes.ts';
import { playlistRoutes } from './playlist-routes.ts';

/** The training library: clips of calls, playlists of them, and what is kept of clips without their calls. */
export function libraryRoutes(app: OpenAPIHono, needs: QualityNeeds): void {
  clipRoutes(app, needs);
  exportRoutes(app, needs);
  playlistRoutes(app, needs);
}
