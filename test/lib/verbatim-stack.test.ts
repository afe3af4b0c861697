import { Match, type Template } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, it } from 'vitest';
import { nagFindings, statementsOf, synthesize } from './synthesize.ts';

let template: Template;
beforeAll(() => {
  template = synthesize();
});

/** The resources of a type, by their logical ids. */
const resources = (type: string) => Object.entries(template.findResources(type));

describe('storage', () => {
  it('keeps the logical ids of what holds data: another id would be another, empty resource', () => {
    const ids = ['AWS::S3::Bucket', 'AWS::DynamoDB::Table', 'AWS::KMS::Key'].flatMap((type) =>
      resources(type).map(([id]) => id),
    );
    expect(ids.toSorted()).toEqual([
      'CallTable0BF11117',
      'EvidencePackagesFDCB09B7',
      'EvidenceSigningKeyDB2F4715',
      'InsightsCatalogDataset568985D0',
      'PlatformAccessLogs397E9FDE',
      'PlatformCursorKey66A2DB1B',
      'PlatformKeyE2280810',
      'Recordings718A6A60',
      'TranscriptionTranscripts49157649',
    ]);
  });

  it('keeps data when the stack is deleted', () => {
    for (const type of ['AWS::S3::Bucket', 'AWS::DynamoDB::Table', 'AWS::KMS::Key']) {
      for (const [id, resource] of resources(type)) {
        // What cursors are sealed with is no data: they are of no use without the stack.
        if (id.startsWith('PlatformCursorKey')) continue;
        expect.soft(resource, id).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
      }
    }
    template.hasResourceProperties('AWS::DynamoDB::Table', { DeletionProtectionEnabled: true });
  });

  it('lets data go with the stack only where a reason is given', () => {
    const thrownAway = synthesize({ statefulResources: { deleteWithStackBecause: 'a stack for tests' } });
    for (const type of ['AWS::S3::Bucket', 'AWS::DynamoDB::Table', 'AWS::KMS::Key']) {
      for (const resource of Object.values(thrownAway.findResources(type)))
        expect(resource.DeletionPolicy).toBe('Delete');
    }
  });

  it('makes the recordings bucket versioned, lockable, encrypted, logged and closed to the public', () => {
    template.hasResource('AWS::S3::Bucket', {
      Properties: {
        ObjectLockEnabled: true,
        VersioningConfiguration: { Status: 'Enabled' },
        NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } },
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [
            { BucketKeyEnabled: true, ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } },
          ],
        },
        LoggingConfiguration: { LogFilePrefix: 'recordings/' },
      },
    });
    for (const [id, bucket] of resources('AWS::S3::Bucket')) {
      expect.soft(bucket.Properties.PublicAccessBlockConfiguration, id).toEqual({
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      });
    }
  });

  it('takes nothing over plain HTTP: each bucket and each queue has a policy that denies it', () => {
    const denyPlain = Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } });
    for (const [type, holder] of [
      ['AWS::S3::BucketPolicy', 'AWS::S3::Bucket'],
      ['AWS::SQS::QueuePolicy', 'AWS::SQS::Queue'],
    ] as const) {
      template.allResourcesProperties(type, { PolicyDocument: { Statement: Match.arrayWith([denyPlain]) } });
      expect(resources(type)).toHaveLength(resources(holder).length);
    }
  });

  it('has the lifecycle rules of the retention config on each bucket of calls', () => {
    const durations = [30, 183, 365, 1826, 2557].map((days) => `retention-days-${days}`);
    const moves = ['transitions-5-years-1826', 'transitions-7-years-2557'];
    const ids = resources('AWS::S3::Bucket').map(([, bucket]) =>
      bucket.Properties.LifecycleConfiguration.Rules.map((rule: { Id?: string }) => rule.Id),
    );
    expect(ids.filter((one) => one.includes('retention-days-365'))).toEqual(
      Array.from({ length: 2 }, () => [...durations, ...moves, 'last-resort', 'clean-up']),
    );
  });

  it('has the table with an index for each question, encrypted, and recoverable to a point in time', () => {
    template.hasResourceProperties('AWS::DynamoDB::Table', {
      BillingMode: 'PAY_PER_REQUEST',
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      SSESpecification: { SSEEnabled: true, SSEType: 'KMS' },
      StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
    });
    const [table] = resources('AWS::DynamoDB::Table');
    const indexes: { IndexName: string; KeySchema: { AttributeName: string }[] }[] =
      table?.[1].Properties.GlobalSecondaryIndexes;
    expect(indexes.map((index) => [index.IndexName, ...index.KeySchema.map((key) => key.AttributeName)])).toEqual([
      ['calls-by-agent', 'agentId', 'startedAt'],
      ['calls-by-customer', 'customerId', 'startedAt'],
      ['calls-by-tag', 'callTagPeriod', 'callStartedAt'],
      ['clips-by-topic', 'clipTopic', 'clippedAt'],
      ['moments-by-tag', 'tagPeriod', 'occurredAt'],
      ['work-by-state', 'work', 'dueAt'],
    ]);
  });
});

interface ExpectedFunction {
  readonly description: RegExp;
  readonly environment: string[];
  readonly actions: string[];
  readonly fromQueue: boolean;
}

const JOBS = ['DATA_ACCESS_ROLE_ARN', 'JOB_NAME_PREFIX', 'OUTPUT_KEY_ARN', 'TRANSCRIPTS_BUCKET'];
const WRITING = ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'];
const STARTING = ['iam:PassRole', 'transcribe:StartCallAnalyticsJob', 'transcribe:StartTranscriptionJob'];
const TAGGING_OBJECTS = ['s3:PutObjectTagging', 's3:PutObjectVersionTagging'];
const TAGGING_COPIES = [
  ...[...TAGGING_OBJECTS, 's3:GetObjectTagging', 's3:GetObjectVersionTagging', 's3:ListBucketVersions'],
];
const RECEIVING = [
  'dynamodb:ConditionCheckItem',
  ...WRITING,
  ...STARTING,
  ...TAGGING_OBJECTS,
  's3:GetObject',
  's3:GetObjectVersion',
  's3:ListBucket',
];
const ASKING = ['transcribe:GetCallAnalyticsJob', 'transcribe:GetTranscriptionJob'];

const READING_STREAM = [
  'dynamodb:DescribeStream',
  'dynamodb:GetRecords',
  'dynamodb:GetShardIterator',
  'dynamodb:ListStreams',
  'kms:DescribeKey',
];
const SENDING_DEAD_LETTERS = ['sqs:GetQueueAttributes', 'sqs:GetQueueUrl', 'sqs:SendMessage'];

/** What the function of a role reads, and may do, at the quality URL of that role. */
const quality = (role: string, actions: string[], environment: string[] = []): ExpectedFunction => ({
  description: new RegExp(`^Answers what ${role}s ask of quality`),
  environment: ['ROLE', 'TABLE_NAME', 'TRANSCRIPTS_BUCKET', ...environment],
  actions: [
    ...[...WRITING, 'dynamodb:BatchGetItem', 'dynamodb:ConditionCheckItem', 'dynamodb:Query'],
    ...['s3:GetObject', 's3:GetObjectVersion', 's3:ListBucket', ...actions],
  ],
  fromQueue: false,
});
const STORING_CLIPS = [
  ...['dynamodb:DeleteItem', 's3:PutObject', 's3:PutObjectTagging', 's3:DeleteObjectVersion', 's3:ListBucketVersions'],
];

const functions: Record<string, ExpectedFunction> = {
  'receive-recording': {
    description: /^Takes up recordings/,
    environment: ['ERASURE_QUEUE_URL', 'HOLDS_QUEUE_URL', 'RECEIVE_QUEUE_URL', 'TABLE_NAME', ...JOBS],
    actions: [
      ...RECEIVING,
      ...['dynamodb:BatchWriteItem', 'dynamodb:Query', 's3:GetObjectVersionTagging', 'sqs:SendMessage'],
    ],
    fromQueue: true,
  },
  'tag-call': {
    description: /^Reads what Transcribe wrote/,
    environment: ['JOB_NAME_PREFIX', 'TABLE_NAME', 'TRANSCRIPTS_BUCKET'],
    actions: [...WRITING, ...ASKING, ...TAGGING_OBJECTS, 's3:GetObject', 's3:PutObject'],
    fromQueue: true,
  },
  'redact-audio': {
    description: /^Silences in recordings/,
    environment: ['TABLE_NAME', 'TRANSCRIPTS_BUCKET'],
    actions: [
      ...['dynamodb:GetItem', 'dynamodb:UpdateItem', 's3:GetObject', 's3:GetObjectVersion', 's3:ListBucket'],
      ...['s3:PutObject', 's3:PutObjectTagging', 's3:AbortMultipartUpload'],
    ],
    fromQueue: true,
  },
  'start-queued': {
    description: /^Starts the transcription of calls that wait/,
    environment: ['TABLE_NAME', ...JOBS],
    actions: [...WRITING, ...STARTING, 'dynamodb:Query'],
    fromQueue: false,
  },
  'reconcile-call': {
    description: /^Takes up calls whose deadline is over/,
    environment: ['ERASURE_QUEUE_URL', 'HOLDS_QUEUE_URL', 'TABLE_NAME', ...JOBS],
    actions: [...RECEIVING, ...ASKING, 'dynamodb:Query', 's3:PutObject', 'sqs:SendMessage'],
    fromQueue: true,
  },
  'find-overdue': {
    description: /^Finds calls whose deadline is over/,
    environment: ['EXPIRY_QUEUE_URL', 'RECONCILE_QUEUE_URL', 'TABLE_NAME'],
    actions: ['dynamodb:Query', 'sqs:SendMessage'],
    fromQueue: false,
  },
  'find-missed': {
    description: /^Finds recordings whose event never came/,
    environment: [
      ...['EXPIRY_QUEUE_URL', 'FIND_MISSED_QUEUE_URL', 'RECEIVE_QUEUE_URL'],
      ...['RECORDINGS_BUCKET', 'TABLE_NAME'],
    ],
    actions: ['dynamodb:BatchGetItem', 's3:GetObjectVersionTagging', 's3:ListBucketVersions', 'sqs:SendMessage'],
    fromQueue: true,
  },
  recordings: {
    description: /^Answers what became of recordings/,
    environment: ['RECEIVE_QUEUE_URL', 'TABLE_NAME'],
    actions: ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:UpdateItem', 's3:ListBucketVersions', 'sqs:SendMessage'],
    fromQueue: false,
  },
  retag: {
    description: /^Tags stored calls anew/,
    environment: ['JOB_NAME_PREFIX', 'RETAG_QUEUE_URL', 'TABLE_NAME', 'TRANSCRIPTS_BUCKET'],
    actions: [
      ...[...WRITING, 'dynamodb:ConditionCheckItem', 'dynamodb:DeleteItem', 'dynamodb:Query'],
      ...[...TAGGING_COPIES, 's3:GetObject', 's3:ListBucket', 'sqs:SendMessage'],
    ],
    fromQueue: true,
  },
  tagging: {
    description: /^Begins to tag stored calls anew/,
    environment: ['RETAG_QUEUE_URL', 'TABLE_NAME', 'TRANSCRIPTS_BUCKET'],
    actions: [...WRITING, 'dynamodb:BatchGetItem', 'dynamodb:Query', 's3:PutObject', 'sqs:SendMessage'],
    fromQueue: false,
  },
  'expire-calls': {
    description: /^Deletes calls that are due/,
    environment: ['EXPIRY_QUEUE_URL', 'JOB_NAME_PREFIX', 'TABLE_NAME', 'TRANSCRIPTS_BUCKET'],
    actions: [
      ...[...WRITING, ...ASKING, 'dynamodb:DeleteItem', 'dynamodb:Query', 'sqs:SendMessage'],
      ...['s3:DeleteObjectVersion', 's3:GetObjectVersion', 's3:GetObjectLegalHold', 's3:GetObjectRetention'],
      ...['s3:ListBucketVersions', 'transcribe:DeleteCallAnalyticsJob', 'transcribe:DeleteTranscriptionJob'],
    ],
    fromQueue: true,
  },
  'holds-worker': {
    description: /^Reaches the calls of legal holds/,
    environment: ['HOLDS_QUEUE_URL', 'JOB_NAME_PREFIX', 'TABLE_NAME', 'TRANSCRIPTS_BUCKET'],
    actions: [
      ...[...WRITING, 'dynamodb:DeleteItem', 'dynamodb:Query', 'sqs:SendMessage', 's3:PutObjectLegalHold'],
      ...[...TAGGING_OBJECTS, 's3:GetObjectTagging', 's3:GetObjectVersionTagging'],
      ...['s3:DeleteObjectVersion', 's3:ListBucketVersions'],
    ],
    fromQueue: true,
  },
  'apply-retention': {
    description: /^Decides anew how long stored calls are kept/,
    environment: ['APPLY_QUEUE_URL', 'JOB_NAME_PREFIX', 'TABLE_NAME', 'TRANSCRIPTS_BUCKET'],
    actions: [...WRITING, ...TAGGING_COPIES, 'dynamodb:Query', 'sqs:SendMessage'],
    fromQueue: true,
  },
  retention: {
    description: /^Answers how long calls are kept/,
    environment: ['APPLY_QUEUE_URL', 'JOB_NAME_PREFIX', 'RECORDINGS_BUCKET', 'TABLE_NAME', 'TRANSCRIPTS_BUCKET'],
    actions: [
      ...[...WRITING, 'dynamodb:BatchGetItem', 'dynamodb:Query'],
      ...['s3:ListBucketVersions', 'sqs:SendMessage'],
    ],
    fromQueue: false,
  },
  holds: {
    description: /^Places and releases legal holds/,
    environment: ['HOLDS_QUEUE_URL', 'TABLE_NAME'],
    actions: [...WRITING, 'dynamodb:Query', 'sqs:SendMessage'],
    fromQueue: false,
  },
  'erasure-worker': {
    description: /^Erases customers/,
    environment: ['ERASURE_QUEUE_URL', 'EXPIRY_QUEUE_URL', 'TABLE_NAME'],
    actions: [...[...WRITING, 'dynamodb:BatchGetItem', 'dynamodb:DeleteItem', 'dynamodb:Query', 'sqs:SendMessage']],
    fromQueue: true,
  },
  erasure: {
    description: /^Opens erasures of customers/,
    environment: ['ERASURE_QUEUE_URL', 'TABLE_NAME'],
    actions: [
      ...['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query', 'sqs:SendMessage'],
    ],
    fromQueue: false,
  },
  'build-evidence': {
    description: /^Builds evidence packages/,
    environment: [
      ...['EVIDENCE_BUCKET', 'EVIDENCE_KEY_ARN', 'EVIDENCE_QUEUE_URL', 'STACK', 'TABLE_NAME', 'TRANSCRIPTS_BUCKET'],
    ],
    actions: [
      ...[...WRITING, 'dynamodb:ConditionCheckItem', 'dynamodb:Query', 'kms:GetPublicKey', 'kms:Sign'],
      ...['s3:AbortMultipartUpload', 's3:GetObject', 's3:GetObjectVersion', 's3:ListBucket', 's3:PutObject'],
      ...['s3:PutObjectRetention', 'sqs:SendMessage'],
    ],
    fromQueue: true,
  },
  uploads: {
    description: /^Signs uploads of recordings/,
    environment: ['RECORDINGS_BUCKET'],
    actions: ['s3:AbortMultipartUpload', 's3:ListMultipartUploadParts', 's3:PutObject'],
    fromQueue: false,
  },
  'note-changes': {
    description: /^Notes in the custody of calls/,
    environment: ['TABLE_NAME'],
    actions: [
      ...[...READING_STREAM, ...SENDING_DEAD_LETTERS, ...WRITING],
      ...['dynamodb:ConditionCheckItem', 'dynamodb:Query'],
    ],
    fromQueue: false,
  },
  'publish-events': {
    description: /^Publishes what happens to calls/,
    environment: ['EVENT_BUS_NAME'],
    actions: [...READING_STREAM, ...SENDING_DEAD_LETTERS, 'events:PutEvents'],
    fromQueue: false,
  },
  calls: {
    description: /^Answers look-ups of calls/,
    environment: ['TABLE_NAME', 'TRANSCRIPTS_BUCKET'],
    actions: [
      ...[...WRITING, 'dynamodb:BatchGetItem', 'dynamodb:ConditionCheckItem', 'dynamodb:Query'],
      ...['s3:GetObject', 's3:GetObjectVersion', 's3:ListBucket'],
    ],
    fromQueue: false,
  },
  'disputes-api': {
    description: /^Opens, looks into, decides and closes disputes/,
    environment: [
      ...['EVIDENCE_BUCKET', 'EVIDENCE_KEY_ARN', 'EVIDENCE_QUEUE_URL', 'HOLDS_QUEUE_URL', 'TABLE_NAME'],
      'TRANSCRIPTS_BUCKET',
    ],
    actions: [
      ...[...WRITING, 'dynamodb:BatchGetItem', 'dynamodb:ConditionCheckItem', 'dynamodb:DeleteItem', 'dynamodb:Query'],
      ...['kms:GetPublicKey', 's3:GetObject', 's3:GetObjectVersion', 's3:ListBucket', 'sqs:SendMessage'],
    ],
    fromQueue: false,
  },
  'quality-reviewer': quality('reviewer', []),
  'quality-supervisor': quality(
    'supervisor',
    [...STORING_CLIPS, 'sqs:SendMessage'],
    ['DRAWS_QUEUE_URL', 'SCORES_QUEUE_URL'],
  ),
  'quality-agent': quality('agent', []),
  'quality-trainer': quality('trainer', STORING_CLIPS),
  'score-calls': {
    description: /^Scores every call/,
    environment: ['SCORES_QUEUE_URL', 'TABLE_NAME', 'TRANSCRIPTS_BUCKET'],
    actions: [
      ...[...WRITING, 'dynamodb:ConditionCheckItem', 'dynamodb:DeleteItem', 'dynamodb:Query'],
      ...['s3:GetObject', 's3:ListBucket', 'sqs:SendMessage'],
    ],
    fromQueue: true,
  },
  'draw-samples': {
    description: /^Draws the calls that people review/,
    environment: ['DRAWS_QUEUE_URL', 'TABLE_NAME'],
    actions: [...[...WRITING, 'dynamodb:ConditionCheckItem', 'dynamodb:Query', 'sqs:SendMessage']],
    fromQueue: true,
  },
  'write-dataset': {
    description: /^Writes rows of calls and disputes/,
    environment: ['INSIGHTS_BUCKET', 'INSIGHTS_QUEUE_URL', 'TABLE_NAME', 'TRANSCRIPTS_BUCKET'],
    actions: [
      ...['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:UpdateItem', 'sqs:SendMessage'],
      ...['s3:DeleteObject', 's3:GetObject', 's3:ListBucket', 's3:PutObject'],
    ],
    fromQueue: true,
  },
  'compact-dataset': {
    description: /^Asks for the days of the dataset/,
    environment: ['INSIGHTS_QUEUE_URL', 'TABLE_NAME'],
    actions: ['dynamodb:Query', 'sqs:SendMessage'],
    fromQueue: false,
  },
  insights: {
    description: /^Answers a fixed set of questions/,
    environment: ['ATHENA_WORK_GROUP', 'GLUE_DATABASE', 'TABLE_NAME'],
    actions: [
      ...['athena:GetQueryExecution', 'athena:GetQueryResults', 'athena:StartQueryExecution'],
      ...['glue:GetDatabase', 'glue:GetPartitions', 'glue:GetTable', ...WRITING],
      ...['s3:AbortMultipartUpload', 's3:GetBucketLocation', 's3:GetObject', 's3:ListBucket'],
      ...['s3:ListMultipartUploadParts', 's3:PutObject'],
    ],
    fromQueue: false,
  },
  'tend-disputes': {
    description: /^Ends changes of disputes that broke off/,
    environment: ['DISPUTES_QUEUE_URL', 'HOLDS_QUEUE_URL', 'TABLE_NAME'],
    actions: [
      ...[...WRITING, 'dynamodb:BatchGetItem', 'dynamodb:ConditionCheckItem', 'dynamodb:DeleteItem', 'dynamodb:Query'],
      'sqs:SendMessage',
    ],
    fromQueue: true,
  },
};

const QUEUE_ACTIONS = [
  'sqs:ChangeMessageVisibility',
  'sqs:DeleteMessage',
  'sqs:GetQueueAttributes',
  'sqs:GetQueueUrl',
  'sqs:ReceiveMessage',
];
const OWN_ACTIONS = ['kms:Decrypt', 'kms:GenerateDataKey', 'logs:CreateLogStream', 'logs:PutLogEvents'];

/** What a function behind a URL reads, and may do, at its edge. */
const EDGE_ENVIRONMENT = ['CURSOR_KEY_ARN', 'HTTP_CONFIG', 'RATE_TABLE_NAME', 'URL_NAME'];
const EDGE_ACTIONS = ['dynamodb:UpdateItem', 'kms:GenerateMac'];

/** Whether a function is behind a URL. */
const hasUrl = (id: string): boolean =>
  resources('AWS::Lambda::Url').some(([, url]) => url.Properties.TargetFunctionArn['Fn::GetAtt'][0] === id);

describe.each(Object.entries(functions))('the function %s', (_, expected) => {
  const found = () => {
    const [own] = resources('AWS::Lambda::Function').filter(([, one]) =>
      expected.description.test(one.Properties.Description),
    );
    if (!own) throw new Error(`there is no function ${expected.description}`);
    return { id: own[0], properties: own[1].Properties };
  };

  it('runs on Node 24 on ARM with the environment that its handler reads', () => {
    const { id, properties } = found();
    expect(properties).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'] });
    expect(Object.keys(properties.Environment.Variables).toSorted()).toEqual(
      [...expected.environment, ...(hasUrl(id) ? EDGE_ENVIRONMENT : []), 'NODE_OPTIONS'].toSorted(),
    );
  });

  it('may do what it does, and nothing else', () => {
    const { id, properties } = found();
    const role = properties.Role['Fn::GetAtt'][0];
    const granted = statementsOf(template, role).flatMap((statement) => statement.Action);
    const wanted = new Set([
      ...[...expected.actions, ...OWN_ACTIONS, ...(expected.fromQueue ? QUEUE_ACTIONS : [])],
      ...(hasUrl(id) ? EDGE_ACTIONS : []),
    ]);
    expect([...new Set(granted)].toSorted()).toEqual([...wanted].toSorted());
  });

  it('has an alarm on its errors', () => {
    const { id } = found();
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName: 'Errors',
      Dimensions: [{ Name: 'FunctionName', Value: { Ref: id } }],
      AlarmActions: [{ Ref: Match.stringLikeRegexp('AlarmTopic') }],
    });
  });

  it('answers messages one by one, from a queue with a dead-letter queue, both watched', () => {
    const { id } = found();
    const mappings = resources('AWS::Lambda::EventSourceMapping').filter(
      ([, { Properties: mapping }]) =>
        mapping.FunctionName.Ref === id && mapping.EventSourceArn['Fn::GetAtt'][1] !== 'StreamArn',
    );
    expect(mappings).toHaveLength(expected.fromQueue ? 1 : 0);
    for (const [, { Properties: mapping }] of mappings) {
      expect(mapping.FunctionResponseTypes).toEqual(['ReportBatchItemFailures']);
      const queueId: string = mapping.EventSourceArn['Fn::GetAtt'][0];
      const queue = resources('AWS::SQS::Queue').find(([one]) => one === queueId)?.[1].Properties;
      expect(queue.RedrivePolicy.maxReceiveCount).toBe(5);
      const deadLetterId: string = queue.RedrivePolicy.deadLetterTargetArn['Fn::GetAtt'][0];
      const watched = (MetricName: string, queueName: string) =>
        template.hasResourceProperties('AWS::CloudWatch::Alarm', {
          MetricName,
          Dimensions: [{ Name: 'QueueName', Value: { 'Fn::GetAtt': [queueName, 'QueueName'] } }],
          AlarmActions: [{ Ref: Match.stringLikeRegexp('AlarmTopic') }],
        });
      watched('ApproximateNumberOfMessagesVisible', deadLetterId);
      watched('ApproximateAgeOfOldestMessage', queueId);
    }
  });
});

describe('the flow', () => {
  it('has no function, and no queue, that the tests above do not know', () => {
    expect(resources('AWS::Lambda::Function')).toHaveLength(Object.keys(functions).length);
    const workers = Object.values(functions).filter((one) => one.fromQueue);
    // Those of the workers, and the dead letters of the two that follow the stream.
    expect(resources('AWS::SQS::Queue')).toHaveLength(2 * workers.length + 2);
  });

  it('takes up new objects of the recordings bucket, and ended jobs of this stack alone', () => {
    template.hasResourceProperties('AWS::Events::Rule', {
      EventPattern: {
        source: ['aws.s3'],
        'detail-type': ['Object Created'],
        detail: { bucket: { name: [{ Ref: 'Recordings718A6A60' }] } },
      },
    });
    const ours = [{ prefix: { 'Fn::Join': ['', [{ Ref: 'AWS::StackName' }, '.']] } }];
    template.hasResourceProperties('AWS::Events::Rule', {
      EventPattern: {
        source: ['aws.transcribe'],
        'detail-type': ['Transcribe Job State Change'],
        detail: { TranscriptionJobStatus: ['COMPLETED', 'FAILED'], TranscriptionJobName: ours },
      },
    });
    template.hasResourceProperties('AWS::Events::Rule', {
      EventPattern: {
        source: ['aws.transcribe'],
        'detail-type': ['Call Analytics Job State Change'],
        detail: { JobStatus: ['COMPLETED', 'FAILED'], JobName: ours },
      },
    });
  });

  it('looks for what waits every minute, for what is overdue every five, and for what was missed, is due, held, to be erased or to be reviewed every day; and every half an hour for days of the dataset to compact', () => {
    const schedules = resources('AWS::Events::Rule').flatMap(([, rule]) => rule.Properties.ScheduleExpression ?? []);
    expect(schedules.toSorted()).toEqual([
      ...Array.from({ length: 5 }, () => 'rate(1 day)'),
      'rate(1 hour)',
      'rate(1 minute)',
      'rate(15 minutes)',
      'rate(30 minutes)',
      'rate(5 minutes)',
    ]);
  });

  it('answers signed callers only, and gives a policy to sign with', () => {
    template.allResourcesProperties('AWS::Lambda::Url', { AuthType: 'AWS_IAM' });
    expect(resources('AWS::Lambda::Permission').filter(([, one]) => one.Properties.Principal === '*')).toEqual([]);
    template.hasResourceProperties('AWS::IAM::ManagedPolicy', {
      PolicyDocument: {
        Statement: [
          { Action: 'lambda:InvokeFunctionUrl', Effect: 'Allow' },
          { Action: 'lambda:InvokeFunction', Effect: 'Allow' },
        ].map(Match.objectLike),
      },
    });
  });

  it('gives the writers of a source a role that can write below its prefix, and nothing else', () => {
    const writers = ['arn:aws:iam::111122223333:role/recorder', '444455556666'];
    const withWriters = synthesize({ sources: [{ name: 'sales-calls', prefix: 'teams/sales/', writers }] });
    const [id = '', role] =
      Object.entries(withWriters.findResources('AWS::IAM::Role')).find(([one]) => /SalesCallsWriter/.test(one)) ?? [];
    const principals = JSON.stringify(role?.Properties.AssumeRolePolicyDocument);
    for (const writer of writers) expect(principals).toContain(writer);
    const statements = statementsOf(withWriters, id);
    expect(statements.flatMap((statement) => statement.Action).toSorted()).toEqual([
      'kms:Decrypt',
      'kms:GenerateDataKey',
      's3:AbortMultipartUpload',
      's3:PutObject',
    ]);
    expect(
      JSON.stringify(statements.find((statement) => statement.Action.includes('s3:PutObject'))?.Resource),
    ).toContain('/teams/sales/*');
    withWriters.hasOutput('SalesCallsWriterRoleArn', {});
    expect(nagFindings({ sources: [{ name: 'sales-calls', writers }] })).toEqual([]);
  });

  it('writes alarms to an address where one is given', () => {
    template.resourceCountIs('AWS::SNS::Subscription', 0);
    synthesize({ alarms: { email: 'oncall@example.com' } }).hasResourceProperties('AWS::SNS::Subscription', {
      Protocol: 'email',
      Endpoint: 'oncall@example.com',
    });
  });

  it('passes cdk-nag with its narrow exceptions', () => {
    expect(nagFindings()).toEqual([]);
  });
});
