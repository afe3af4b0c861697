import type { CopyStore, KeptIn } from './copies.ts';

/** Something that is kept, and is no copy of a call. */
export interface KeptBeside {
  readonly where: KeptIn | { readonly bucket: 'access-logs' } | { readonly other: string };
  /** What it is, and why no call's deletion reaches it. */
  readonly because: string;
  /** How long it is kept, and by what. */
  readonly until: string;
}

/**
 * What is kept beside the copies of calls. Whatever a function may write is declared here, or by the store of a room; tests
 * hold both against the template and against all that the flow writes.
 */
export const keptBeside: readonly KeptBeside[] = [
  {
    where: { bucket: 'recordings', prefix: '' },
    because: 'manifests: each describes many calls, whose deletions come at different times',
    until: '30 days from the upload, as its rows: the daily look through the bucket finds it',
  },
  {
    where: { bucket: 'recordings', prefix: '' },
    because: 'sidecars of recordings that never came',
    until: 'as long as a call of its source that was received with it, by lifecycle',
  },
  {
    where: { bucket: 'transcripts', prefix: 'rulebooks/' },
    because: 'rulebooks, by which calls were tagged: rules, and nothing that was said',
    until: 'the lifecycle rule of last resort',
  },
  {
    where: { bucket: 'evidence', prefix: 'disputes/' },
    because:
      'evidence packages: what was handed out, or may be, to prove how a dispute was decided; no deletion and no erasure takes them',
    until: 'evidence.keepDays from when it was built, by Object Lock; then by lifecycle',
  },
  {
    where: { bucket: 'access-logs' },
    because: 'who read what, with keys: what an investigation goes by',
    until: '90 days, by lifecycle',
  },
  {
    where: { items: 'receipt#' },
    because: 'receipts of deletions: hashes, times and rules; no customer, no key',
    until: 'retention.receipts.keepDays from the deletion, by time to live',
  },
  {
    where: { items: 'receipts#' },
    because: 'the list of receipts by month',
    until: 'retention.receipts.keepDays from the deletion, by time to live',
  },
  {
    where: { items: 'hold#' },
    because: 'legal holds, with the ids of the calls that they reached: the record of who held what, and why',
    until: 'retention.receipts.keepDays from its release, by time to live',
  },
  {
    where: { items: 'dispute#' },
    because: 'disputes: what a customer claims, ids of calls, words that were found in them, and how it was decided',
    until:
      'disputes.keepDays from its closing, and the locks of its evidence packages, by a sweep; the erasure of its customer once it is closed',
  },
  {
    where: { items: 'customer-disputes#' },
    because: 'which disputes a customer has',
    until: 'the deletion of the dispute',
  },
  {
    where: { items: 'customer#' },
    because: 'which holds, and which erasure, wait for calls of a customer that are still to come',
    until: 'the release of the hold, the end of the erasure',
  },
  {
    where: { items: 'erasure#' },
    because: 'erasures, with the ids of their calls; the id of the customer until it is done, a keyed hash of it then',
    until: 'retention.receipts.keepDays from its end, by time to live',
  },
  {
    where: { items: 'retag#' },
    because: 'what tagging anew changed, by ids of calls and agents; nothing that was said',
    until: '30 days, by time to live',
  },
  { where: { items: 'retags' }, because: 'which retags there were', until: '30 days, by time to live' },
  {
    where: { items: 'rulebooks' },
    because: 'which rulebook a version is: moments tell the version alone',
    until: 'no end: a version and a hash',
  },
  {
    where: { items: 'apply#' },
    because: 'what applying a retention config changed, by ids of calls',
    until: '30 days, by time to live',
  },
  { where: { items: 'applies' }, because: 'which configs were applied', until: '30 days, by time to live' },
  {
    where: { items: 'agent#' },
    because:
      'of an agent: who they are, what their calls and reviews scored, by months, which places of calls were noted, and their coaching sessions with what they aim at; no word of a call, of a review or of a note',
    until: 'quality.keepScoresDays from the call, its month or the session, by time to live; who the agent is, no end',
  },
  { where: { items: 'agents' }, because: 'the roster: which agents there are', until: 'no end: it is of staff' },
  { where: { items: 'team#' }, because: 'the roster of a team', until: 'until the agent is in another team' },
  { where: { items: 'person#' }, because: 'which agent a person is', until: 'until the agent is another person' },
  {
    where: { items: 'scorecard#' },
    because: 'scorecards, by which calls were scored: what is asked, and nothing that was said',
    until: 'no end: reviews and scores tell the version alone',
  },
  {
    where: { items: 'draw#' },
    because: 'which calls a sampling plan drew for review, by their ids: no call is drawn twice',
    until: 'quality.keepScoresDays from the month, by time to live',
  },
  {
    where: { items: 'calibration#' },
    because: 'calibrations: what several reviewers answered on the same calls, without answers in words',
    until: 'quality.keepScoresDays, by time to live',
  },
  {
    where: { items: 'calibrations#' },
    because: 'the lists of calibrations, by team and reviewer',
    until: 'quality.keepScoresDays, by time to live',
  },
  {
    where: { items: 'playlist#' },
    because: 'playlists: ids of clips and exports, and what trainers call them; a clip that is gone is told as gone',
    until: 'until somebody of its team deletes it',
  },
  {
    where: { items: 'playlists' },
    because: 'the lists of playlists, by team',
    until: 'the deletion of the playlist',
  },
  {
    where: { items: 'exports' },
    because:
      'the list of the exports of clips, which name no call, agent or customer; as long as the call is there, the erasure of its customer takes them',
    until: 'the days of the class that each was given, by time to live; or until it is withdrawn',
  },
  {
    where: { bucket: 'insights', prefix: '' },
    because:
      'the dataset: numbers, ids and times of calls and disputes, and single phrases of common words; no customer, no key, no quote. The deletion of a call is told to it by its event. Beside it, what queries found, and reports of weeks: many calls at once',
    until:
      'the deletion of the call or the dispute: its rows are told to be gone as soon as its event is taken up, and are in no file after the next compaction, each half an hour; that it is gone, 7 days. What queries found, a day, and reports, the rule of last resort, by lifecycle',
  },
  {
    where: { items: 'insights#' },
    because:
      'which revision of a call, or a dispute, the dataset has, in which days, and which disputes tell of a call; which days wait to be compacted',
    until: '30 days from the deletion of the call or the dispute, by time to live; days, no end',
  },
  {
    where: { items: 'insights-run#' },
    because: 'questions about many calls that were asked: their parameters, and the id of what Athena found',
    until: 'a day, by time to live',
  },
  {
    where: { items: 'insights-question#' },
    because: 'which run was the last one of a question, by a hash of it',
    until: 'a day, by time to live',
  },
  {
    where: { items: 'rate#' },
    because: 'how many requests a principal made in a minute, by a hash of it',
    until: '5 minutes, by time to live',
  },
  {
    where: { items: 'transcription' },
    because: 'the gate before Transcribe: open or closed',
    until: 'no end: one item of the stack',
  },
  {
    where: { other: 'queues and their dead letters' },
    because: 'messages: ids of calls; events of S3 tell keys',
    until: '14 days at the most, by the queue',
  },
  {
    where: { other: 'the event bus' },
    because: 'events tell ids, times and classes; subscribers hear that a call was deleted',
    until: 'what a subscriber keeps is in its hands',
  },
  {
    where: { other: 'the logs of functions' },
    because: 'ids of calls and counts; no key, no customer and nothing that was said',
    until: 'logRetentionDays of the config',
  },
  {
    where: { other: 'backups of the table to a point in time' },
    because: 'what was deleted can be restored by whoever may, for as long as DynamoDB keeps it',
    until: '35 days, by DynamoDB',
  },
];

/** Whether objects below a prefix are declared. */
export function declaresObjects(
  stores: readonly CopyStore[],
  bucket: 'recordings' | 'transcripts' | 'evidence' | 'insights',
  key: string,
): boolean {
  return [...stores, ...keptBeside].some(
    ({ where }) => 'prefix' in where && where.bucket === bucket && key.startsWith(where.prefix),
  );
}

/** Whether an item is declared: of a call's own partition by its part, of others by its subject. */
export function declaresItem(
  stores: readonly CopyStore[],
  { subject, part }: { subject: string; part: string },
): boolean {
  const ofCall = subject.startsWith('call#');
  if (ofCall && part === 'call') return true;
  const declared = (ofCall ? stores : [...stores, ...keptBeside]).flatMap(({ where }) =>
    'items' in where ? where.items : [],
  );
  return declared.some((prefix) => (ofCall ? part : subject).startsWith(prefix));
}
