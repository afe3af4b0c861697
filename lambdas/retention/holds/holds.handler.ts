import * as z from 'zod';
import { callStore } from '../../calls/calls.ts';
import { clients } from '../../platform/clients.ts';
import { systemClock } from '../../platform/clock.ts';
import { json, parseEnvironment } from '../../platform/environment.ts';
import { logger } from '../../platform/logger.ts';
import { queueHandler } from '../../platform/queue.ts';
import { sendAll } from '../../platform/send-all.ts';
import { recordingStore } from '../../recordings/recordings.ts';
import { copyChoices, copyEnvironment, copyStores } from '../expiry/copy-stores.ts';
import { HoldMessage } from './hold.ts';
import { holdCall } from './hold-call.ts';
import { heldCopies } from './hold-copies.ts';
import { beginHold, checkHolds, holdPage } from './hold-page.ts';
import { holdStore } from './hold-store.ts';

const environment = parseEnvironment({
  ...copyEnvironment,
  HOLDS_QUEUE_URL: z.url(),
  VERBATIM_CONFIG: json(z.object({ ...copyChoices, holds: z.object({ recordKeepDays: z.number().int().positive() }) })),
});

const [s3, dynamodb] = [clients.s3(), clients.dynamodb()];
const { sources, holds } = environment.VERBATIM_CONFIG;
const needs = {
  holds: holdStore(dynamodb, environment.TABLE_NAME),
  calls: callStore(dynamodb, environment.TABLE_NAME),
  recordings: recordingStore(s3),
  copies: heldCopies(copyStores({ s3, dynamodb, transcribe: clients.transcribe(), environment, sources })),
  send: (messages: readonly HoldMessage[], delaySeconds?: number) =>
    sendAll(clients.sqs(), environment.HOLDS_QUEUE_URL, messages, delaySeconds),
  clock: systemClock,
  ...holds,
};

/** A message of our own, or the event of the schedule, which asks for a check. */
const Message = z.union([
  HoldMessage,
  z.object({ 'detail-type': z.literal('Scheduled Event') }).transform(() => ({ kind: 'check' as const })),
]);

export const handler = queueHandler(Message, async (message) => {
  switch (message.kind) {
    case 'begin':
      await beginHold(message.holdId, message.again, needs);
      return logger.info('calls of a hold are looked for', { holdId: message.holdId, again: message.again });
    case 'page': {
      const { holdId, chain } = message;
      return logger.info('page of a hold', { holdId, chain, calls: await holdPage(message, needs) });
    }
    case 'call': {
      const { holdId, callId } = message;
      return logger.info('call of a hold', { holdId, callId, outcome: await holdCall(message, needs) });
    }
    case 'check':
      return logger.info('holds are gone through again', { holds: await checkHolds(message, needs) });
  }
});
