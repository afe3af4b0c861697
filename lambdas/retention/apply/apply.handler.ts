import * as z from 'zod';
import { type Call, callStore } from '../../calls/calls.ts';
import { clients } from '../../platform/clients.ts';
import { systemClock } from '../../platform/clock.ts';
import { json, parseEnvironment } from '../../platform/environment.ts';
import { logger } from '../../platform/logger.ts';
import { queueHandler } from '../../platform/queue.ts';
import { sendAll } from '../../platform/send-all.ts';
import { recordingStore } from '../../recordings/recordings.ts';
import { tagCopies } from '../expiry/copies.ts';
import { copyChoices, copyEnvironment, copyStores } from '../expiry/copy-stores.ts';
import type { RetentionChoices } from '../policy/redecide.ts';
import { RetentionConfig } from '../policy/retention-config.ts';
import { ApplyMessage, type RetentionApply } from './apply.ts';
import { applyCall } from './apply-call.ts';
import { applyPage } from './apply-page.ts';
import { applyStore } from './apply-store.ts';

const environment = parseEnvironment({
  ...copyEnvironment,
  APPLY_QUEUE_URL: z.url(),
  VERBATIM_CONFIG: json(z.object({ ...copyChoices, retention: RetentionConfig })),
});

const deployed = environment.VERBATIM_CONFIG;
const dynamodb = clients.dynamodb();
const applies = applyStore(dynamodb, environment.TABLE_NAME);
const copies = copyStores({
  ...{ s3: clients.s3(), dynamodb, transcribe: clients.transcribe(), environment },
  sources: deployed.sources,
});

/** The config of the dry run that was worked on last: its pages come one after the other. */
let last: { readonly applyId: string; readonly choices: RetentionChoices } | undefined;

const needs = {
  applies,
  calls: callStore(dynamodb, environment.TABLE_NAME),
  async choicesOf({ applyId, dryRun }: RetentionApply): Promise<RetentionChoices> {
    if (!dryRun) return deployed;
    if (last?.applyId !== applyId) last = { applyId, choices: await applies.choicesOf(applyId) };
    return last.choices;
  },
  tagCopies: (call: Call, tags: Readonly<Record<string, string>>) => tagCopies(copies, call, tags),
  recordings: recordingStore(clients.s3()),
  send: (messages: readonly ApplyMessage[]) => sendAll(clients.sqs(), environment.APPLY_QUEUE_URL, messages),
  clock: systemClock,
};

export const handler = queueHandler(ApplyMessage, async (message) => {
  const { applyId, chain, page } = message;
  if (message.kind === 'page') {
    logger.info('page of an apply', { applyId, chain, page, calls: await applyPage(message, needs) });
  } else {
    logger.info('call of an apply', { applyId, callId: message.callId, outcome: await applyCall(message, needs) });
  }
});
