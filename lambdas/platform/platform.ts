/** What `lib/` may use of the platform. */
export { HttpConfig } from './http-config.ts';
export { IdentityConfig } from './identity.ts';
export { RATE_PREFIX } from './rate-limit.ts';
