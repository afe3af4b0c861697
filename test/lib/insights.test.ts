import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { tables } from '../../lambdas/insights/insights.ts';
import { defineConfig } from '../../lib/config.ts';
import { idOf, statementsOf, synthesize } from './synthesize.ts';

const template = synthesize();
const bucketId = idOf(template, 'AWS::S3::Bucket', /^InsightsCatalogDataset/);
const bucketOf = (one = template) => one.findResources('AWS::S3::Bucket')[bucketId]?.Properties;

/** The statements of the role of a function, by the beginning of its id. */
const rightsOf = (role: string) =>
  statementsOf(template, idOf(template, 'AWS::IAM::Role', new RegExp(`^${role}Role`))).map(({ Action, Resource }) => ({
    actions: [Action].flat(),
    resource: JSON.stringify(Resource),
  }));

/** The prefixes of the dataset's bucket in which a role may do something. */
const prefixesOf = (role: string, action: string): string[] =>
  rightsOf(role)
    .filter(({ actions, resource }) => actions.includes(action) && resource.includes(bucketId))
    .flatMap(({ resource }) => resource.match(/(?<=\/)[a-z-]*\/(?=\*)/g) ?? [])
    .toSorted();

const TABLES = Object.keys(tables);
const TABLE_PREFIXES = TABLES.map((name) => `${name}/`).toSorted();

describe('the bucket of the dataset', () => {
  it('keeps no version of what was deleted, and is encrypted, logged and closed to the public', () => {
    expect(bucketOf()).not.toHaveProperty('VersioningConfiguration');
    expect(bucketOf()).toMatchObject({
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } }],
      },
      LoggingConfiguration: { LogFilePrefix: 'insights/' },
      PublicAccessBlockConfiguration: { RestrictPublicBuckets: true },
    });
    template.hasOutput('InsightsBucketName', { Value: { Ref: bucketId } });
  });

  it('loses what queries found after a day, and by last resort what no call and no dispute can be in any more', () => {
    const lastResort = (config: Parameters<typeof synthesize>[0]) => {
      const { Rules } = bucketOf(synthesize(config))?.LifecycleConfiguration ?? {};
      expect(Rules).toContainEqual(expect.objectContaining({ Id: 'results', Prefix: 'results/', ExpirationInDays: 1 }));
      return Rules.find(({ Id }: { Id: string }) => Id === 'last-resort');
    };
    const calls = lastResort({});
    expect(calls.ExpirationInDays).toBeGreaterThan(2557);
    expect(calls).not.toHaveProperty('Prefix');
    expect(lastResort({ disputes: { keepDays: 9000 } }).ExpirationInDays).toBeGreaterThan(9000);
    expect(lastResort({ evidence: { keepDays: 9000 } }).ExpirationInDays).toBeGreaterThan(9000);
  });
});

describe('the catalog', () => {
  it('knows every table with its columns, and works out the partition of each day', () => {
    const found = Object.values(template.findResources('AWS::Glue::Table')).map(({ Properties }) => Properties);
    expect(found.map(({ TableInput }) => TableInput.Name).toSorted()).toEqual(TABLES.toSorted());
    for (const { TableInput } of found) {
      const { Name, Parameters, PartitionKeys, StorageDescriptor } = TableInput;
      const at = (path: string) => ({ 'Fn::Join': ['', ['s3://', { Ref: bucketId }, path]] });
      expect(StorageDescriptor.Location).toEqual(at(`/${Name}/`));
      expect(Parameters).toMatchObject({
        'projection.enabled': 'true',
        'projection.day.type': 'date',
        'projection.day.format': 'yyyy-MM-dd',
        'storage.location.template': at(`/${Name}/day=\${day}/`),
      });
      expect(PartitionKeys).toEqual([expect.objectContaining({ Name: 'day', Type: 'string' })]);
      const columns = tables[Name as keyof typeof tables];
      expect(StorageDescriptor.Columns).toEqual(
        columns.map(({ name, type, comment }) => ({ Name: name, Type: type, Comment: comment })),
      );
      // Source: AWS Glue Web API Reference, Column.
      for (const { comment } of columns) expect(comment.length).toBeLessThanOrEqual(255);
    }
  });

  it('is named by the stack, as a query can write it without quotes', () => {
    synthesize({ stackName: 'Verbatim-Staging' }).hasResourceProperties('AWS::Glue::Database', {
      DatabaseInput: { Name: 'verbatim_staging' },
    });
  });
});

describe('the work group', () => {
  it('decides for every query where results are kept, that they are encrypted, and how much may be read', () => {
    const workGroup = (maxScannedBytes: number) => ({
      Name: 'Verbatim',
      WorkGroupConfiguration: {
        EnforceWorkGroupConfiguration: true,
        BytesScannedCutoffPerQuery: maxScannedBytes,
        ResultConfiguration: {
          OutputLocation: { 'Fn::Join': ['', ['s3://', { Ref: bucketId }, '/results/']] },
          EncryptionConfiguration: {
            EncryptionOption: 'SSE_KMS',
            KmsKey: { 'Fn::GetAtt': [Match.stringLikeRegexp('^PlatformKey'), 'Arn'] },
          },
        },
      },
    });
    template.hasResourceProperties('AWS::Athena::WorkGroup', workGroup(1_073_741_824));
    const little = synthesize({ insights: { maxScannedBytes: 20_000_000 } });
    little.hasResourceProperties('AWS::Athena::WorkGroup', workGroup(20_000_000));
  });

  it('offers every question as a named query', () => {
    const named = Object.values(template.findResources('AWS::Athena::NamedQuery')).map(({ Properties }) => Properties);
    expect(named.map(({ Name }) => Name)).toEqual(expect.arrayContaining(['volume', 'credits', 'issues', 'disputes']));
    for (const { QueryString, WorkGroup, Database } of named) {
      expect(QueryString).toContain('current_date');
      expect([WorkGroup.Ref, Database.Ref]).toEqual([
        ...[expect.stringMatching(/WorkGroup/), expect.stringMatching(/Database/)],
      ]);
      // Source: Amazon Athena API Reference, CreateNamedQuery.
      expect(QueryString.length).toBeLessThan(262_144);
    }
  });
});

describe('the writer', () => {
  const WRITER = 'InsightsWriteDatasetWorker';

  it('takes all that changes in a minute at once, of every event that changes rows', () => {
    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      ...{ FunctionName: { Ref: Match.stringLikeRegexp(`^${WRITER}`) }, BatchSize: 500 },
      ...{ MaximumBatchingWindowInSeconds: 60, ScalingConfig: { MaximumConcurrency: 4 } },
    });
    template.hasResourceProperties('AWS::Events::Rule', {
      EventBusName: { Ref: Match.stringLikeRegexp('^EventsBus') },
      EventPattern: {
        source: ['verbatim'],
        'detail-type': [
          ...['Call Tagged', 'Call Retagged', 'Call Deleted', 'Call Scored', 'Review Changed', 'Dispute Changed'],
        ],
      },
      Targets: [
        Match.objectLike({ Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^InsightsWriteDatasetQueue'), 'Arn'] } }),
      ],
    });
  });

  it('writes and removes files of the tables alone, reads calls, and changes nothing of them', () => {
    for (const action of ['s3:PutObject', 's3:DeleteObject'])
      expect(prefixesOf(WRITER, action)).toEqual(TABLE_PREFIXES);
    const changing = statementsOf(template, idOf(template, 'AWS::IAM::Role', new RegExp(`^${WRITER}Role`))).filter(
      ({ Action }) => [Action].flat().some((action) => /dynamodb:(Put|Update|Delete|BatchWrite)/.test(action)),
    );
    expect(changing).toEqual([
      expect.objectContaining({
        Action: 'dynamodb:UpdateItem',
        Condition: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['insights#*'] } },
      }),
    ]);
  });

  it('is asked every half an hour to compact what waits, so that deletions reach the files within the hour', () => {
    template.hasResourceProperties('AWS::Events::Rule', {
      ScheduleExpression: 'rate(30 minutes)',
      Targets: [
        Match.objectLike({ Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^InsightsCompactDataset'), 'Arn'] } }),
      ],
    });
  });
});

describe('the insights URL', () => {
  const API = 'InsightsApi';

  it('has a policy for its callers, which gives no other right', () => {
    template.hasOutput('InsightsUrl', {});
    template.hasOutput('InsightsReaderPolicyArn', {});
    template.hasResourceProperties('AWS::IAM::ManagedPolicy', {
      Description: Match.stringLikeRegexp('the insights URL'),
      PolicyDocument: {
        Statement: ['lambda:InvokeFunctionUrl', 'lambda:InvokeFunction'].map((Action) =>
          Match.objectLike({ Action, Resource: { 'Fn::GetAtt': [Match.stringLikeRegexp(`^${API}`), 'Arn'] } }),
        ),
      },
    });
  });

  it('queries the dataset by its work group, reads its tables alone, and writes nothing but results', () => {
    const athena = rightsOf(API).filter(({ actions }) => actions.some((action) => action.startsWith('athena:')));
    expect(athena).toHaveLength(1);
    expect(athena[0]?.resource).toMatch(/:workgroup\/.*InsightsCatalogWorkGroup/);
    const tablesOf = rightsOf(API).filter(({ actions }) => actions.includes('glue:GetTable'));
    for (const table of TABLES) expect(tablesOf[0]?.resource).toMatch(new RegExp(`:table/.*"/${table}"`));
    expect(tablesOf[0]?.resource).not.toContain('*');
    expect(prefixesOf(API, 's3:GetObject')).toEqual([...TABLE_PREFIXES, 'results/'].toSorted());
    expect(prefixesOf(API, 's3:PutObject')).toEqual(['results/']);
    const others = rightsOf(API).filter(({ actions }) => actions.some((action) => /^s3:(Put|Delete)/.test(action)));
    expect(others.every(({ resource }) => resource.includes(bucketId))).toBe(true);
  });

  it('sees no call: of the table it has its runs and its counts of requests', () => {
    const statements = statementsOf(template, idOf(template, 'AWS::IAM::Role', new RegExp(`^${API}Role`)));
    const keys = statements
      .filter(({ Action }) => [Action].flat().some((action) => action.startsWith('dynamodb:')))
      .flatMap((statement) => {
        const { Condition } = statement as { Condition?: Record<string, Record<string, string[]>> };
        return Condition?.['ForAllValues:StringLike']?.['dynamodb:LeadingKeys'] ?? ['*'];
      });
    expect(keys.toSorted()).toEqual(['insights-question#*', 'insights-run#*', 'rate#*']);
  });
});

describe('the config of insights', () => {
  it('tells nothing of fewer than five calls, answers for a quarter of an hour, and stops at a GiB, without a word', () => {
    expect(defineConfig({ sources: [{ name: 'support' }] }).insights).toEqual({
      ...{ minCell: 5, cacheMinutes: 15, maxScannedBytes: 1_073_741_824, weeklyReport: false },
    });
  });

  it('writes reports where it is asked to, each Monday, into the one folder, and nothing without', () => {
    const reports = (input: Parameters<typeof synthesize>[0]) =>
      Object.values(synthesize(input).findResources('AWS::Events::Rule')).filter(
        ({ Properties }) => Properties.ScheduleExpression === 'cron(0 6 ? * MON *)',
      );
    expect(reports({})).toEqual([]);
    expect(reports({ insights: { weeklyReport: true } })).toHaveLength(1);
  });

  it('refuses what Athena or the promise of small cells does not take, with the field and the fix', () => {
    const insights = { minCell: 0, maxScannedBytes: 1000 };
    expect(() => defineConfig({ sources: [{ name: 'support' }], insights })).toThrow(
      /insights\.minCell: .*\n.*insights\.maxScannedBytes: is not a whole number of bytes from 10000000 on/,
    );
  });
});
