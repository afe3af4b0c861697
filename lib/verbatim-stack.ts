import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { CallTable } from './call-table.ts';
import { Calls } from './calls.ts';
import type { VerbatimConfig } from './config.ts';
import { Custody } from './custody.ts';
import { Disputes } from './disputes.ts';
import { Erasure } from './erasure.ts';
import { Events } from './events.ts';
import { Evidence } from './evidence.ts';
import { Expiry } from './expiry.ts';
import { Holds } from './holds.ts';
import { Insights } from './insights.ts';
import { Platform } from './platform/platform.ts';
import { Quality } from './quality.ts';
import { Reconciliation } from './reconciliation.ts';
import { Recordings } from './recordings.ts';
import { RedactedAudio } from './redacted-audio.ts';
import { RetentionUrl } from './retention-url.ts';
import { Tagging } from './tagging.ts';
import { Transcription } from './transcription.ts';
import { Uploads } from './uploads.ts';

/** What a deployment of Verbatim is made of. */
export interface VerbatimStackProps extends StackProps {
  /** The choices, as `defineConfig` gives them. */
  readonly config: VerbatimConfig;
}

/** The whole of Verbatim: one construct for each capability, put together. */
export class VerbatimStack extends Stack {
  readonly callTable: CallTable;
  readonly transcription: Transcription;
  readonly recordings: Recordings;
  readonly tagging: Tagging;
  readonly calls: Calls;

  constructor(scope: Construct, id: string, props: VerbatimStackProps) {
    super(scope, id, { description: 'Verbatim: answers from recorded customer calls', ...props });
    const { config } = props;
    const platform = new Platform(this, 'Platform', { config });
    this.callTable = new CallTable(this, 'CallTable', { platform });
    const { callTable } = this;
    this.transcription = new Transcription(this, 'Transcription', { platform, config });
    const { transcription } = this;
    this.recordings = new Recordings(this, 'Recordings', { platform, config, callTable, transcription });
    const { recordings } = this;
    this.tagging = new Tagging(this, 'Tagging', { platform, config, callTable, transcription, recordings });
    const { tagging } = this;
    const { expireCalls } = new Expiry(this, 'Expiry', { platform, config, callTable, transcription, recordings });
    const reconciliation = new Reconciliation(this, 'Reconciliation', {
      ...{ platform, config, callTable, transcription, recordings, tagging, expireCalls },
    });
    const arrivals = [recordings.receiveRecording, reconciliation.reconcileCall];
    const holds = new Holds(this, 'Holds', { platform, config, callTable, transcription, recordings, arrivals });
    new Custody(this, 'Custody', { platform, callTable });
    const evidence = new Evidence(this, 'Evidence', { platform, config, callTable, transcription, recordings });
    const events = new Events(this, 'Events', { platform, callTable });
    const erasure = new Erasure(this, 'Erasure', { platform, config, callTable, events, expireCalls, arrivals });
    new RedactedAudio(this, 'RedactedAudio', { platform, callTable, transcription, recordings, events });
    this.calls = new Calls(this, 'Calls', { platform, callTable, transcription, recordings });
    const retention = new RetentionUrl(this, 'Retention', {
      ...{ platform, config, callTable, transcription, recordings },
    });
    const disputes = new Disputes(this, 'Disputes', {
      ...{ platform, config, callTable, transcription, recordings, evidence },
      holdCalls: holds.holdCalls,
    });
    const quality = new Quality(this, 'Quality', { platform, config, callTable, transcription, recordings, events });
    const insights = new Insights(this, 'Insights', { platform, config, callTable, transcription, events });
    const uploads = new Uploads(this, 'Uploads', { platform, config, callTable, recordings });

    const outputs = {
      TableName: [callTable.table.tableName, 'The table of calls'],
      TranscriptsBucketName: [transcription.transcripts.bucketName, 'Where transcripts are'],
      EvidenceBucketName: [evidence.bucket.bucketName, 'Where evidence packages are, locked'],
      RecordingsBucketName: [recordings.bucket.bucketName, 'Teams upload recordings here'],
      CallsUrl: [this.calls.signedUrl.url, 'The calls URL (sign requests with SigV4 for the service "lambda")'],
      CallsReaderPolicyArn: [
        this.calls.signedUrl.callerPolicy.managedPolicyArn,
        'Attach it to roles that may read calls',
      ],
      RecordingsUrl: [recordings.signedUrl.url, 'The recordings URL (signed like the calls URL)'],
      RecordingsOperatorPolicyArn: [
        recordings.signedUrl.callerPolicy.managedPolicyArn,
        'Attach it to roles that may see and retry recordings',
      ],
      UploadsUrl: [uploads.signedUrl.url, 'The uploads URL (signed like the calls URL)'],
      UploaderPolicyArn: [
        uploads.signedUrl.callerPolicy.managedPolicyArn,
        'Attach it to roles that may ask for uploads',
      ],
      TaggingUrl: [tagging.signedUrl.url, 'The tagging URL (signed like the calls URL)'],
      TaggingOperatorPolicyArn: [
        tagging.signedUrl.callerPolicy.managedPolicyArn,
        'Attach it to roles that may tag stored calls anew',
      ],
      RetentionUrl: [retention.signedUrl.url, 'The retention URL (signed like the calls URL)'],
      RetentionOperatorPolicyArn: [
        retention.signedUrl.callerPolicy.managedPolicyArn,
        'Attach it to roles that may see how long calls are kept, and decide that anew',
      ],
      HoldsUrl: [holds.signedUrl.url, 'The holds URL (signed like the calls URL)'],
      HoldsOperatorPolicyArn: [
        holds.signedUrl.callerPolicy.managedPolicyArn,
        'Attach it to roles that may place and release legal holds',
      ],
      ErasureUrl: [erasure.signedUrl.url, 'The erasure URL (signed like the calls URL)'],
      ErasureOperatorPolicyArn: [
        erasure.signedUrl.callerPolicy.managedPolicyArn,
        'Attach it to the few roles that may erase customers',
      ],
      DisputesUrl: [disputes.signedUrl.url, 'The disputes URL (signed like the calls URL)'],
      DisputesOperatorPolicyArn: [
        disputes.signedUrl.callerPolicy.managedPolicyArn,
        'Attach it to the few roles that may settle disputes, and hear originals for them',
      ],
      ...quality.outputs,
      ...insights.outputs,
      EventBusName: [events.bus.eventBusName, 'Domain events are published here: see docs/events'],
      AlarmTopicArn: [platform.alarmTopic.topicArn, 'Alarms are sent here'],
    } as const;
    for (const [name, [value, description]] of Object.entries(outputs))
      new CfnOutput(this, name, { value, description });
    for (const [source, role] of recordings.writerRoles) {
      const description = 'The role in which the source uploads';
      new CfnOutput(this, `${source}WriterRoleArn`, { value: role.roleArn, description });
    }
  }
}
