import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import { TranscribeClient } from '@aws-sdk/client-transcribe';
import { beforeAll, describe, expect, it } from 'vitest';
import { CLIP_AUDIO_PREFIX, EXPORT_PREFIX, QUALITY_SUBJECTS } from '../../../../lambdas/quality/quality.ts';
import { copyStores } from '../../../../lambdas/retention/expiry/copy-stores.ts';
import { declaresItem, declaresObjects, keptBeside } from '../../../../lambdas/retention/expiry/kept.ts';
import { synthesize } from '../../../lib/synthesize.ts';
import { memoryDynamodb } from '../../memory-dynamodb.ts';

const stores = copyStores({
  s3: new S3Client({ region: 'us-east-1' }),
  dynamodb: memoryDynamodb().client,
  transcribe: new TranscribeClient({ region: 'us-east-1' }),
  environment: { TABLE_NAME: 't', TRANSCRIPTS_BUCKET: 'transcripts', JOB_NAME_PREFIX: 'verbatim.' },
  sources: [],
});

interface Statement {
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource: unknown;
}

/** The bucket (its logical id) and the prefix of each ARN of objects in a policy's resource. */
function objectsOf(resource: unknown): { bucket: string; prefix: string }[] {
  const all = Array.isArray(resource) ? resource : [resource];
  return all.flatMap((one) => {
    const parts: unknown = (one as { 'Fn::Join'?: [string, unknown[]] })['Fn::Join']?.[1];
    if (!Array.isArray(parts)) return [{ bucket: JSON.stringify(one), prefix: '' }];
    const [arn, ...rest] = parts as [{ 'Fn::GetAtt'?: [string] }, ...unknown[]];
    const path = rest.map((part) => (typeof part === 'string' ? part : '?')).join('');
    return [{ bucket: arn['Fn::GetAtt']?.[0] ?? '?', prefix: path.replace(/^\//, '').replace(/\*$/, '') }];
  });
}

describe('no store is forgotten:', () => {
  let statements: Statement[];
  beforeAll(() => {
    const policies = Object.values(synthesize().findResources('AWS::IAM::Policy'));
    statements = policies.flatMap((policy) => policy.Properties.PolicyDocument.Statement as Statement[]);
  });

  it('wherever a role may put objects, a store of copies finds them, or it is told why they are none', () => {
    const writable = statements
      .filter(({ Effect, Action }) => Effect === 'Allow' && [Action].flat().includes('s3:PutObject'))
      .flatMap(({ Resource }) => objectsOf(Resource));
    expect(writable.length).toBeGreaterThan(4);
    const undeclared = writable.filter(({ bucket, prefix }) => {
      const name = (
        [
          ['recordings', /^Recordings/],
          ['transcripts', /Transcripts/],
          ['evidence', /^Evidence/],
          ['insights', /^Insights/],
        ] as const
      ).find(([, id]) => id.test(bucket))?.[0];
      return !name || !declaresObjects(stores, name, prefix);
    });
    expect(undeclared).toEqual([]);
  });

  it('whatever kind of item the code writes is one of a store of copies, or it is told why it is none', () => {
    const root = join(import.meta.dirname, '../../../..');
    const text = globSync('lambdas/**/*.ts', { cwd: root })
      .map((file) => readFileSync(join(root, file), 'utf8'))
      .join('\n');
    // Keys of items are written as `subject: 'x'`, or as templates that begin with a word and a number sign.
    const subjects = [
      ...[...text.matchAll(/subject: '([a-z-]+)'/g)].map(([, found]) => found ?? ''),
      ...[...text.matchAll(/`([a-z-]+#)\$\{/g)].map(([, found]) => found ?? ''),
    ];
    expect(subjects).toEqual(expect.arrayContaining(['transcription', 'manifest#', 'receipt#', 'receipts#', 'call#']));
    // Within a call's partition, and in the items of holds and retags, these are parts, states of work and index keys.
    const parts = ['moment#', 'tagging#', 'hold#', 'score#', 'review#', 'note#', 'clip#'];
    const ofOthers =
      /^(evidence|finding|history|chain|done|again|count|taken|gained|lost|moved|unchanged|hold-.*|todo|state|h)#$/;
    // In the partitions of agents, scorecards and calibrations; and ids of acts in a call's custody.
    const ofQuality = /^(month|version|reviewer|clip-made|clip-exported)#$/;
    const unknown = [...new Set(subjects)].filter((found) => {
      if (parts.includes(found)) return !declaresItem(stores, { subject: 'call#c', part: found });
      if (found === 'call#' || ofOthers.test(found) || ofQuality.test(found)) return false;
      return !declaresItem(stores, { subject: found, part: 'any' });
    });
    expect(unknown).toEqual([]);
  });

  it('of a call no item is declared by a word that is none of its parts', () => {
    expect(declaresItem(stores, { subject: 'call#c', part: 'summary#1' })).toBe(false);
    expect(declaresItem(stores, { subject: 'call#c', part: 'playlist#1' })).toBe(false);
    expect(declaresItem(stores, { subject: 'summary#s', part: 'clip' })).toBe(false);
    expect(declaresObjects(stores, 'transcripts', 'clips/c.wav')).toBe(false);
  });

  it('and of all that quality keeps beside calls it is told why it outlives them, and until when', () => {
    for (const subject of QUALITY_SUBJECTS)
      expect([subject, declaresItem(stores, { subject, part: 'any' })]).toEqual([subject, true]);
  });

  it('who may remove versions, or items, does what removes: nobody else may', () => {
    const policies = Object.entries(synthesize().findResources('AWS::IAM::Policy'));
    const mayRemove = (action: string) =>
      policies
        .filter(([, policy]) =>
          (policy.Properties.PolicyDocument.Statement as Statement[]).some(({ Action }) =>
            [Action].flat().includes(action),
          ),
        )
        .map(([id]) => id.replace(/Role.*$/, ''))
        .toSorted();
    // Of the dataset alone, whose files are put together and no originals: no other object can go but version by version.
    expect(mayRemove('s3:DeleteObject')).toEqual(['InsightsWriteDatasetWorker']);
    expect(mayRemove('s3:DeleteObjectVersion')).toEqual([
      ...['ExpiryExpireCallsWorker', 'HoldsHoldCallsWorker', 'QualitySupervisorApi', 'QualityTrainerApi'],
    ]);
    expect(mayRemove('transcribe:DeleteTranscriptionJob')).toEqual(['ExpiryExpireCallsWorker']);
  });

  it('and by the URLs of quality nothing but the sound of clips, and exports', () => {
    const policies = Object.entries(synthesize().findResources('AWS::IAM::Policy'));
    const removed = policies
      .filter(([id]) => id.startsWith('Quality'))
      .flatMap(([, policy]) => policy.Properties.PolicyDocument.Statement as Statement[])
      .filter(({ Action }) => [Action].flat().includes('s3:DeleteObjectVersion'))
      .flatMap(({ Resource }) => objectsOf(Resource));
    expect(removed.length).toBeGreaterThan(0);
    for (const { bucket, prefix } of removed) {
      expect(bucket).toMatch(/Transcripts/);
      expect([CLIP_AUDIO_PREFIX, EXPORT_PREFIX, 'clips/']).toContain(prefix);
    }
  });

  it('and what is kept beside tells why and for how long', () => {
    for (const { because, until } of keptBeside) {
      expect(because.length).toBeGreaterThan(10);
      expect(until.length).toBeGreaterThan(5);
    }
  });
});
