import type { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import type { VerbatimConfigInput } from '../../lib/config.ts';
import { nagFindings, synthesize } from './synthesize.ts';

interface Statement {
  readonly Action: string | string[];
  readonly Effect: string;
  readonly Resource: unknown;
}

/** The statements of every policy of functions. */
const statements = (template: Template): Statement[] =>
  Object.values(template.findResources('AWS::IAM::Policy')).flatMap(
    (policy) => policy.Properties.PolicyDocument.Statement as Statement[],
  );

/** The keys of the transcripts bucket below which functions are denied `action`. */
const deniedKeys = (template: Template, action: string): string[] =>
  statements(template)
    .filter((statement) => statement.Effect === 'Deny' && [statement.Action].flat().includes(action))
    .map((statement) => JSON.stringify(statement.Resource))
    .filter((resource) => resource.includes('TranscriptionTranscripts'))
    .map((resource) => /"(\/[^"]*)"/.exec(resource)?.[1] ?? resource);

const whispered = { name: 'whispered', redaction: { offBecause: 'calls between our own test machines' } };
const withComprehend: Partial<VerbatimConfigInput> = { transcription: { sentimentOfStandardJobs: 'comprehend' } };
const asksComprehend = (template: Template): boolean =>
  statements(template).some((statement) => [statement.Action].flat().includes('comprehend:BatchDetectSentiment'));

describe('what was redacted', () => {
  it('cannot be read in the original by functions that read outputs', () => {
    expect(new Set(deniedKeys(synthesize(), 's3:GetObject'))).toEqual(new Set(['/transcribe-output/analytics/*']));
  });

  it('is read as it was said only in a deployment that gives a reason for a source', () => {
    expect(deniedKeys(synthesize({ sources: [{ name: 'support' }, whispered] }), 's3:GetObject')).toEqual([]);
  });
});

describe('sentiments of standard jobs', () => {
  it('are asked of Comprehend only where that is chosen: it costs', () => {
    expect(asksComprehend(synthesize())).toBe(false);
    expect(asksComprehend(synthesize(withComprehend))).toBe(true);
  });

  it('pass cdk-nag with a narrow exception', () => {
    expect(nagFindings(withComprehend)).toEqual([]);
  });
});
