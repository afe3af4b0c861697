import { languageOf, readCategories, readCharacteristics } from './call-analytics-output.ts';
import { readCallTurn } from './call-turn.ts';
import { inEach, isObject, type Json, list, object, required, string, TranscriptError } from './reader.ts';
import { emptyReading, type Reading } from './reading.ts';
import { finalOnly, type Heard } from './streaming-output.ts';

/**
 * Whether a document is one of Contact Lens: its turns tell who speaks by an id of `Participants`.
 */
export const isContactLens = (output: Json): boolean =>
  output.CustomerMetadata !== undefined || [output.Participants, output.Transcript].some(namesIds);

const namesIds = (value: unknown): boolean =>
  Array.isArray(value) && value.some((entry) => isObject(entry) && entry.ParticipantId !== undefined);

/** Whether a value is a segment of a contact that goes on. */
export const isSegment = (value: unknown): boolean =>
  isObject(value) && [value.Transcript, value.Utterance].some((turn) => isObject(turn) && 'BeginOffsetMillis' in turn);

/**
 * Reads what Contact Lens for Amazon Connect writes of a voice contact; the words of its turns have no times.
 * https://docs.aws.amazon.com/connect/latest/adminguide/contact-lens-example-output-files.html
 */
export function readContactLens(output: Json): Reading {
  mustBeVoice(output);
  const reading = emptyReading();
  reading.language = languageOf(output);
  const roles = new Map<string, string>();
  inEach(list(output.Participants, 'Participants') ?? [], 'Participants', (participant) => {
    const id = string(participant.ParticipantId, 'ParticipantId');
    const role = string(participant.ParticipantRole, 'ParticipantRole') ?? id;
    if (role) reading.labels.add(role);
    if (id && role) roles.set(id, role);
  });
  const labelOf = (participant: string) => roles.get(participant) ?? participant;
  readCharacteristics(output, reading, labelOf);
  inEach(required(list(output.Transcript, 'Transcript'), 'Transcript'), 'Transcript', (value) => {
    readCallTurn({ value, contentField: 'Content', label: participantOf(value, labelOf) }, reading);
  });
  readCategories(output.Categories, 'Categories', reading);
  return reading;
}

function mustBeVoice(output: Json): void {
  const channel = string(output.Channel, 'Channel');
  if (channel !== undefined && channel !== 'VOICE') {
    throw new TranscriptError('is no call: only contacts by voice have a transcript of one', 'Channel');
  }
}

function participantOf(value: Json, labelOf: (participant: string) => string): string {
  const role = string(value.ParticipantRole, 'ParticipantRole');
  return role ?? labelOf(required(string(value.ParticipantId, 'ParticipantId'), 'ParticipantId'));
}

/**
 * Reads the segments of a contact as Contact Lens tells them while it goes on; an `Utterance` comes before the
 * `Transcript` of the same words, and gives way to it.
 * https://docs.aws.amazon.com/contact-lens/latest/APIReference/API_RealtimeContactAnalysisSegment.html
 */
export function readContactLensSegments(output: Json): Reading {
  mustBeVoice(output);
  const reading = emptyReading();
  reading.language = languageOf(output);
  const heard: Heard[] = [];
  inEach(required(list(output.Segments, 'Segments'), 'Segments'), 'Segments', (segment, index) => {
    const transcript = object(segment.Transcript, 'Transcript');
    const utterance = object(segment.Utterance, 'Utterance');
    if (transcript) heard.push(heardOf(transcript, index, FINAL));
    if (utterance) heard.push(heardOf(utterance, index, PARTIAL));
    readCategories(segment.Categories, 'Categories', reading);
    const summary = object(segment.PostContactSummary, 'PostContactSummary');
    reading.summary ??= string(summary?.Content, 'PostContactSummary.Content');
  });
  finalOnly(heard, reading);
  return reading;
}

const FINAL = { field: 'Transcript', idField: 'Id', contentField: 'Content', partial: false } as const;
const PARTIAL = { field: 'Utterance', idField: 'TranscriptId', contentField: 'PartialContent', partial: true } as const;

const heardOf = (
  value: Json,
  index: number,
  { field, idField, contentField, partial }: typeof FINAL | typeof PARTIAL,
): Heard => ({
  value,
  id: string(value[idField], `${field}.${idField}`),
  partial,
  path: `Segments[${index}].${field}`,
  contentField,
  label: participantOf(value, (participant) => participant),
});
