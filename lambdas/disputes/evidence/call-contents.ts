import type { Call, CallStore, CustodyStore, Moment, S3Location } from '../../calls/calls.ts';
import { parseJson } from '../../platform/json.ts';
import { renderTranscript, Transcript } from '../../transcription/transcription.ts';
import { type PackageFile, textFile } from './evidence-archive.ts';
import type { EvidenceObjects, SourceObject } from './evidence-objects.ts';
import type { ManifestCall, MissingFile } from './manifest.ts';
import { callPage } from './pages.ts';

/** What the files of a call are gathered from. */
export interface CallContentsNeeds {
  readonly calls: Pick<CallStore, 'get' | 'momentsOf' | 'formerMoments'>;
  readonly custody: Pick<CustodyStore, 'chain'>;
  readonly objects: Pick<EvidenceObjects, 'find' | 'content'>;
  /** Where the transcript of a call is, as we read it. */
  readonly transcriptOf: (callId: string) => S3Location;
}

/** What a call gives to a package. */
export interface CallContents {
  readonly told: ManifestCall;
  /** Undefined where the call is not kept any more. */
  readonly call: Call | undefined;
  readonly files: readonly PackageFile[];
  readonly missing: readonly MissingFile[];
  /** The size of its audio: of all that is large. */
  readonly audioBytes: number;
}

/** One time that a call was tagged, with its moments, as `moments.json` has them in order; the last one holds now. */
interface TaggedMoments {
  readonly rulebookVersion: string;
  readonly at: string;
  readonly now: boolean;
  readonly moments: readonly Moment[];
}

/** A transcript is some megabytes at the most; what is larger is none. */
const MAX_TRANSCRIPT_BYTES = 256 * 1024 * 1024;

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** Two digits at least: as many as let the directories sort. */
const directoryOf = (callId: string, ordinal: number): string => `calls/${String(ordinal).padStart(2, '0')}-${callId}`;

/** Something that goes into a package where it is, or of which it is told why it does not. */
type Found = { readonly object: SourceObject } | { readonly because: string };

const NOT_ASKED = 'it was not asked for: the package holds no originals';

/**
 * The files of one call of a package, in the order in which they are written. Audio is found, and not read yet.
 *
 * @param originals whether what was not redacted goes in, too
 */
export async function callContents(
  callId: string,
  ordinal: number,
  originals: boolean,
  needs: CallContentsNeeds,
): Promise<CallContents> {
  const { objects, calls, custody } = needs;
  const directory = directoryOf(callId, ordinal);
  const call = await calls.get(callId);
  if (!call) {
    const because = 'the call is not kept any more';
    return { told: { callId, directory }, call, files: [], missing: [{ path: directory, because }], audioBytes: 0 };
  }
  const files: PackageFile[] = [];
  const missing: MissingFile[] = [];
  const add = (name: string, found: Found): SourceObject | undefined => {
    const path = `${directory}/${name}`;
    if ('because' in found) {
      missing.push({ path, because: found.because });
      return undefined;
    }
    const { sizeBytes: _, ...from } = found.object;
    files.push({ path, from, content: () => objects.content(found.object) });
    return found.object;
  };
  const find = async (location: S3Location & { versionId?: string }, gone: string): Promise<Found> => {
    const object = await objects.find(location);
    return object ? { object } : { because: gone };
  };
  const { outputs, redaction, redactedAudioMissing } = call.job ?? {};

  // What it is, whatever it is called.
  const recordingName = `recording.${call.audio?.format ?? extensionOf(call.recording.key)}`;
  const recording = add(
    recordingName,
    originals ? await find(call.recording, 'the recording is not kept any more') : { because: NOT_ASKED },
  );
  const redactedName = `redacted.${extensionOf(outputs?.redactedAudio?.key ?? '.wav')}`;
  const whyNoRedacted = redactedAudioMissing
    ? `there is no redacted audio: ${redactedAudioMissing}`
    : redaction
      ? 'nothing was redacted in its audio, or that was not done yet'
      : 'the calls of its source are not redacted';
  const redacted = add(
    redactedName,
    outputs?.redactedAudio
      ? await find(outputs.redactedAudio, 'the redacted audio is not kept any more')
      : { because: whyNoRedacted },
  );

  const [history, chain] = await Promise.all([taggedMoments(call, calls), custody.chain(callId)]);
  const moments = history.at(-1)?.moments ?? [];
  const stored = add('transcript.json', await find(needs.transcriptOf(callId), 'the call has no transcript'));
  const transcript = stored && Transcript.parse(parseJson(await textOf(stored, objects)));
  if (transcript) files.push(textFile(`${directory}/transcript.vtt`, renderTranscript(transcript, 'vtt')));
  const audio = [
    ...(redacted ? [{ file: redactedName, label: 'the redacted audio' }] : []),
    ...(recording ? [{ file: recordingName, label: 'the recording' }] : []),
  ];
  files.push(textFile(`${directory}/transcript.html`, callPage({ call, transcript, moments, audio })));
  add(
    'original-transcript.json',
    outputs?.originalTranscript
      ? originals
        ? await find(outputs.originalTranscript, 'the original transcript is not kept any more')
        : { because: NOT_ASKED }
      : {
          because: redaction ? 'no original was kept beside the redacted transcript' : 'the transcript is the original',
        },
  );
  files.push(
    textFile(`${directory}/moments.json`, json(history)),
    textFile(`${directory}/call.json`, json(call)),
    textFile(`${directory}/custody.json`, json({ callId, ...chain })),
  );
  const custodyHead = chain.head && { entries: chain.head.entries, hash: chain.head.hash };
  return {
    told: { callId, directory, ...(custodyHead && { custodyHead }) },
    ...{ call, files, missing },
    audioBytes: (recording?.sizeBytes ?? 0) + (redacted?.sizeBytes ?? 0),
  };
}

/** The moments of every time that a call was tagged, in order; those that hold now are the last. */
async function taggedMoments(
  call: Call,
  calls: Pick<CallStore, 'momentsOf' | 'formerMoments'>,
): Promise<TaggedMoments[]> {
  if (call.state !== 'tagged') return [];
  const now = (await calls.momentsOf(call.callId)).toSorted((a, b) => a.startMs - b.startMs);
  const taggings =
    call.taggings.length > 0
      ? call.taggings
      : [{ rulebookVersion: call.rulebookVersion ?? now[0]?.rulebookVersion ?? 'unknown', at: call.stateSince }];
  return Promise.all(
    taggings.map(async ({ rulebookVersion, at }, i) => {
      const isNow = i === taggings.length - 1;
      const moments = isNow ? now : await calls.formerMoments(call.callId, i + 1);
      return { rulebookVersion, at, now: isNow, moments };
    }),
  );
}

async function textOf(object: SourceObject, objects: Pick<EvidenceObjects, 'content'>): Promise<string> {
  if (object.sizeBytes > MAX_TRANSCRIPT_BYTES) throw new Error(`a transcript of ${object.sizeBytes} bytes is none`);
  return Buffer.concat(await Array.fromAsync(objects.content(object))).toString('utf8');
}

/** The extension of a key, where it is one that names a file harmlessly; else `bin`. */
const extensionOf = (key: string): string => /\.([A-Za-z0-9]{1,8})$/.exec(key)?.[1]?.toLowerCase() ?? 'bin';
