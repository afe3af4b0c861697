import { Logger } from '@aws-lambda-powertools/logger';

/**
 * The one logger of a function. It writes identifiers, states and reasons; never a customer's words, number or name.
 * Keys for one record go into the call (`logger.info('…', { callId })`): records run in parallel and share it.
 */
export const logger = new Logger({ serviceName: 'verbatim' });
