import type { Call, CustodyStore } from '../../calls/calls.ts';
import { type Clock, DAY_MS, iso, plusMs } from '../../platform/clock.ts';
import { isAwsError, VerbatimError } from '../../platform/errors.ts';
import type { Who } from '../../platform/http.ts';
import { type RetentionClass, retentionTags } from '../../retention/retention.ts';
import type { Transcript, TranscriptStore } from '../../transcription/transcription.ts';
import { identifiersIn, type KnownBy, namesSomebody, whyNotRedacted } from './anonymity.ts';
import { turnsOfRange } from './clip.ts';
import type { ClipAudio } from './clip-audio.ts';
import { exportAudioKey, exportObjectKeys, exportTextKey } from './clip-keys.ts';
import type { ClipStore, StoredClip } from './clip-store.ts';
import type { Basis, ClipExport, ExportStore } from './export-store.ts';

/** What exporting clips needs. */
export interface ExportNeeds {
  readonly clips: Pick<ClipStore, 'linkItem'>;
  readonly exports: Pick<ExportStore, 'get' | 'beginItem' | 'ready'>;
  readonly audio: Pick<ClipAudio, 'copy' | 'putText' | 'remove'>;
  readonly custody: Pick<CustodyStore, 'append'>;
  readonly transcripts: Pick<TranscriptStore, 'get'>;
  readonly classes: readonly RetentionClass[];
  readonly clock: Clock;
}

/** What is asked to be kept of a clip without its call. */
export interface AskedExport {
  readonly exportId: string;
  readonly retentionClass: string;
  readonly basis: Basis;
  readonly reason: string;
  readonly person: string;
  readonly who: Who;
  /** What the agent is known by, besides the ids of the call. */
  readonly known: KnownBy;
}

/**
 * Keeps a clip without its call: its redacted sound and its text, under a key that tells nothing, with a retention class of its own, on
 * a ground that is recorded. The call keeps the id of the export for as long as it is there, so that the erasure of its customer
 * reaches it; the export keeps nothing of the call.
 *
 * It is begun together with the entry in the call's custody, then its objects are written, then it is listed: where it breaks off, the
 * same request goes on with it.
 *
 * @throws {VerbatimError} bad-request, where there is no such class, or a text of it names somebody; conflict, where the clip is not
 *   anonymous, or has no sound of its own, or the export was withdrawn meanwhile; not-found, where its call is gone
 */
export async function exportClip(
  clip: StoredClip,
  call: Call,
  asked: AskedExport,
  needs: ExportNeeds,
): Promise<ClipExport> {
  const now = iso(needs.clock());
  const { exportId, retentionClass: className, basis, reason, person, who } = asked;
  const retentionClass = needs.classes.find(({ name }) => name === className);
  if (!retentionClass) {
    const known = needs.classes.map(({ name }) => name).join(', ');
    throw new VerbatimError(
      'bad-request',
      `retentionClass: there is no class "${className}": the classes are ${known}`,
    );
  }
  const before = await needs.exports.get(exportId, now);
  if (before?.state === 'ready') return isAsAsked(before, asked);
  const { audioKey, text } = await anonymous(clip, call, asked, needs);

  const begun: ClipExport = {
    ...{ exportId, state: 'making', retentionClass: className, basis, reason },
    ...{ exportedBy: person, exportedAt: now, expiresAt: plusMs(now, retentionClass.keepDays * DAY_MS) },
    ...(before && isAsAsked(before, asked)),
    // The clip may have been changed since it broke off: what is told is what is heard.
    ...{ title: clip.title, example: clip.example, why: clip.why, topics: clip.topics },
    ...{ durationMs: clip.endMs - clip.startMs, team: clip.team },
  };
  if (!before) await begin(clip, begun, who, needs);

  const tags = retentionTags({
    ...{ retentionClass: className, rule: 'clip-export', countedFrom: begun.exportedAt, expiresAt: begun.expiresAt },
  });
  const isCopied = await needs.audio.copy(audioKey, exportAudioKey(exportId), tags);
  if (isCopied) await needs.audio.putText(exportTextKey(exportId), text, tags);
  if (isCopied && (await needs.exports.ready(begun))) return { ...begun, state: 'ready' };
  const there = await needs.exports.get(exportId, now);
  // Another request of the same key was faster: it wrote the same objects.
  if (there?.state === 'ready') return there;
  // Whoever withdrew it, or erased the customer, has not seen what was just written.
  if (!there) await needs.audio.remove(exportObjectKeys(exportId));
  throw new VerbatimError('conflict', `the clip ${clip.clipId} changed, or its export was withdrawn: ask again`);
}

async function begin(
  { callId, clipId }: StoredClip,
  begun: ClipExport,
  { by, person }: Who,
  { clips, exports, custody }: ExportNeeds,
): Promise<void> {
  const { exportId, exportedAt, basis, reason, retentionClass } = begun;
  const actId = `clip-exported#${exportId}`;
  try {
    const noted = await custody.append(
      callId,
      {
        ...{ kind: 'clip-exported', at: exportedAt, by, person, why: reason, actId },
        details: { clipId, exportId, retentionClass, basis },
      },
      [exports.beginItem(begun), clips.linkItem(callId, { exportId, clipId, exportedAt })],
    );
    if (!noted) throw new VerbatimError('not-found', `the call ${callId} is gone`);
  } catch (error) {
    if (!isAwsError(error, 'TransactionCanceledException')) throw error;
    throw new VerbatimError('conflict', `Idempotency-Key: the export ${exportId} is being made by another request`);
  }
}

/** An export that was asked for before, where it is the one that is asked for. */
function isAsAsked(before: ClipExport, { retentionClass, basis, reason }: AskedExport): ClipExport {
  if (before.retentionClass === retentionClass && before.basis === basis && before.reason === reason) return before;
  throw new VerbatimError('conflict', 'Idempotency-Key: is that of another export');
}

/** The sound and the text of a clip, of which nothing tells whose they are, as far as can be told. */
async function anonymous(
  { clipId, audioKey, startMs, endMs, title, why, topics }: StoredClip,
  { callId, job, agentId, customerId, externalCallId }: Call,
  { reason, known: ofAgent }: AskedExport,
  { transcripts }: ExportNeeds,
): Promise<{ audioKey: string; text: { turns: ReturnType<typeof turnsOfRange> } }> {
  const refused = (because: string) =>
    new VerbatimError('conflict', `the clip ${clipId} cannot be kept without its call: ${because}`);
  const notRedacted = job ? whyNotRedacted(job) : 'it was not transcribed';
  if (notRedacted !== undefined) throw refused(notRedacted);
  if (audioKey === undefined) throw refused('it has no sound of its own');
  const transcript: Transcript | undefined = await transcripts.get(callId);
  if (!transcript) throw refused('its call has no transcript by which it could be told that nobody is named');
  const ids = [callId, agentId, customerId, externalCallId].filter((one) => one !== undefined);
  const known = { names: ofAgent.names, ids: [...ids, ...ofAgent.ids] };
  const found = identifiersIn(transcript, { startMs, endMs }, known);
  if (found.length > 0) {
    const told = found.map((one) => `${one.what} at ${one.startMs} ms`).join(', ');
    throw refused(`${told} is left in it: choose another range`);
  }
  for (const [field, text] of Object.entries({ title, why, topics: topics.join(' '), reason })) {
    if (namesSomebody(text, known))
      throw new VerbatimError(
        'bad-request',
        `${field}: has a name, a number or an address of somebody: it is kept longer than the call`,
      );
  }
  return { audioKey, text: { turns: turnsOfRange(transcript, { startMs, endMs }) } };
}
