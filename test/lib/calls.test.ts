import { describe, expect, it } from 'vitest';
import { indexes } from '../../lambdas/calls/calls.ts';
import { statementsOf, synthesize } from './synthesize.ts';

const template = synthesize();

describe('the table of calls', () => {
  it('has an index for every question, each of which holds all of an item', () => {
    const [table] = Object.values(template.findResources('AWS::DynamoDB::Table'));
    const found: { IndexName: string; KeySchema: { AttributeName: string }[]; Projection: unknown }[] =
      table?.Properties.GlobalSecondaryIndexes;
    expect(
      Object.fromEntries(found.map((one) => [one.IndexName, one.KeySchema.map((key) => key.AttributeName)])),
    ).toEqual(
      Object.fromEntries(Object.entries(indexes).map(([name, key]) => [name, [key.partitionKey, key.sortKey]])),
    );
    for (const { Projection } of found) expect(Projection).toEqual({ ProjectionType: 'ALL' });
  });
});

describe('the calls URL', () => {
  const statements = () => {
    const [api] = Object.values(template.findResources('AWS::Lambda::Function')).filter((one) =>
      /^Answers look-ups of calls/.test(one.Properties.Description),
    );
    return statementsOf(template, api?.Properties.Role['Fn::GetAtt'][0]);
  };
  const resourcesOf = (action: string) =>
    statements()
      .filter((statement) => [statement.Action].flat().includes(action))
      .map((statement) => JSON.stringify(statement.Resource));

  it('reads one version of recordings, and writes, tags and deletes no object', () => {
    const actions = statements().flatMap((statement) => statement.Action);
    expect(
      actions.filter((action) => action.startsWith('s3:')).filter((action) => !/^s3:(Get|List)/.test(action)),
    ).toEqual([]);
    expect(resourcesOf('s3:GetObjectVersion').some((one) => one.includes('Recordings'))).toBe(true);
    // Presigned links are by version: what is current is asked of transcripts and redacted audio alone.
    expect(resourcesOf('s3:GetObject').some((one) => one.includes('Recordings'))).toBe(false);
  });

  it('reads redacted audio, and no transcript as it was said', () => {
    const read = resourcesOf('s3:GetObject').join();
    expect(read).toContain('/transcribe-output/redacted-analytics/*');
    expect(read).toContain('/redacted-audio/*');
    expect(read).not.toContain('/transcribe-output/*');
    expect(read).not.toContain('/transcribe-output/analytics/');
  });
});
