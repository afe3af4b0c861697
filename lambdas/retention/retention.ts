/** What other rooms may use of retention. */
export { decideRetention, RETENTION_TAG, Retention, retentionTags } from './decide-retention.ts';
export { RetentionClass, RetentionConfig, standardClasses } from './retention-config.ts';
