import type * as z from 'zod';
import type { SidecarConvention } from './conventions.ts';
import type { SourceConfig } from './sources.ts';

/** What a source takes from its recorder; spread into the source, whose own fields come after it and win. */
export type RecorderPreset = Pick<
  z.input<typeof SourceConfig>,
  'agentChannel' | 'channels' | 'requiredMetadata' | 'metadata'
>;

type Fields = z.input<typeof SidecarConvention>['fields'];

/**
 * Amazon Connect's call recordings, copied with their keys:
 * `connect/<instance>/CallRecordings/<yyyy>/<MM>/<dd>/<contact id>_<yyyyMMdd>T<HH>:<mm>_UTC.wav`. The agent is on the right
 * channel, all others are on the left. The name tells no agent and no customer, and of the time the minute.
 *
 * With `contactRecords`, each recording has its contact record beside it, as `<contact id>_<time>_UTC.json`: agent and
 * customer are then required, and the call begins at `InitiationTimestamp`.
 *
 * Sources: https://docs.aws.amazon.com/connect/latest/adminguide/about-recording-behavior.html (channels),
 * https://docs.aws.amazon.com/connect/latest/adminguide/ctr-data-model.html (contact records; the key is in `Recording`).
 */
const amazonConnect = ({ contactRecords = false }: { readonly contactRecords?: boolean } = {}): RecorderPreset => ({
  agentChannel: 1,
  channels: 2,
  requiredMetadata: contactRecords ? ['callId', 'agentId', 'customerId', 'startedAt'] : ['callId', 'startedAt'],
  metadata: [
    ...(contactRecords
      ? [
          {
            from: 'sidecar' as const,
            replacesExtension: true,
            fields: {
              callId: 'ContactId',
              agentId: 'Agent.Username',
              customerId: 'CustomerEndpoint.Address',
              startedAt: 'InitiationTimestamp',
              direction: 'InitiationMethod',
              queue: 'Queue.Name',
            },
            directions: { inbound: ['INBOUND'], outbound: ['OUTBOUND'] },
          },
        ]
      : []),
    {
      from: 'file-name',
      pattern: String.raw`(?:^|/)(?<callId>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})_(?<startedAt>\d{8}T\d\d:\d\d)_UTC\.wav$`,
      startedAt: { format: "yyyyMMdd'T'HH:mm", zone: 'UTC' },
    },
  ],
});

/**
 * Genesys Cloud's recordings, as its AWS S3 recording bulk actions integration exports them:
 * `<organization>/year=<year>/month=<month>/day=<day>/hour=<hour>/conversation_id=<conversation>/<recording>`, in UTC, each
 * with `<recording>_metadata.json` beside it. The agent is the first of its `userIds`.
 *
 * Folders tell the time of a call to the hour only. Whoever knows more of the metadata files that their organization gets
 * names it in `fields`: then it is read from there first, and a `customerId` that is named is required.
 *
 * Which channel is the agent's depends on the trunk: say it with `agentChannel`.
 *
 * Source: https://help.mypurecloud.com/articles/working-with-exported-recordings-in-aws-s3-bucket
 */
const genesysCloud = ({ fields = {} }: { readonly fields?: Fields } = {}): RecorderPreset => ({
  requiredMetadata: fields.customerId
    ? ['callId', 'agentId', 'customerId', 'startedAt']
    : ['callId', 'agentId', 'startedAt'],
  metadata: [
    {
      from: 'sidecar',
      suffix: '_metadata.json',
      replacesExtension: true,
      fields: { agentId: 'userIds.0', ...fields },
      startedAt: { format: 'iso', zone: 'UTC' },
      directions: { inbound: ['inbound', 'INBOUND', 'Inbound'], outbound: ['outbound', 'OUTBOUND', 'Outbound'] },
    },
    {
      from: 'file-name',
      pattern: String.raw`(?:^|/)(?<startedAt>year=\d{4}/month=\d{1,2}/day=\d{1,2}/hour=\d{1,2})/conversation_id=(?<callId>[^/]+)/[^/]+$`,
      startedAt: { format: "'year='yyyy'/month='L'/day='d'/hour='H", zone: 'UTC' },
    },
  ],
});

/**
 * Five9's recordings, as they are written to an SFTP server with the recording file name pattern that Five9 begins with:
 * `<campaign>/<M_d_yyyy>/<number> by <agent> @ <h_mm_ss AM>[_<module>].wav`. The customer is the number. A campaign may
 * stand after the number instead, and is the queue; since August 2026 an id of 32 hexadecimal digits and more was seen at
 * the end, and is the call's. A leg on which no agent spoke names none, and is rejected for it.
 *
 * An administrator can choose another pattern: then write a `file-name` convention for it.
 *
 * Sources: names as published in the code of two archives that read them (no public page of Five9's tells the pattern).
 *
 * @param zone the zone of the dates and times; an archive was seen that keeps to EST, `Etc/GMT+5`, in summer too
 */
const five9 = ({ zone }: { readonly zone: string }): RecorderPreset => ({
  metadata: [
    {
      from: 'file-name',
      pattern: String.raw`(?:^|/)(?<date>\d{1,2}_\d{1,2}_\d{4})/(?<customerId>\+?\d+)(?<queue>[^/]*?) by (?<agentId>[^/]*?) @ (?<time>\d{1,2}_\d\d_\d\d [AP]M)(?:_[^/]*?)?(?<callId>[0-9A-F]{32}\d*)?\.(?:wav|mp3)$`,
      startedAt: { format: 'M_d_yyyy h_mm_ss a', zone },
    },
  ],
});

/**
 * NICE CXone's recordings, as they are copied from its cloud storage. CXone documents of their names only that they include
 * the contact id (9 to 12 digits), and nothing that tells agent or time: so each needs the contact beside it, as CXone's
 * Reporting API gives it, under the recording's name with `.json` instead of its extension.
 *
 * The customer is `fromAddr`, the caller. For a source of outbound calls give `toAddr`.
 *
 * Sources: https://help.nice-incontact.com/Content/admin/storageservices/customstorage.htm ("File names include contact
 * ID"), https://developer.niceincontact.com/API/ReportingAPI (contacts).
 */
const nice = ({ customerId = 'fromAddr' }: { readonly customerId?: 'fromAddr' | 'toAddr' } = {}): RecorderPreset => ({
  metadata: [
    {
      from: 'sidecar',
      replacesExtension: true,
      fields: {
        callId: 'contactId',
        agentId: 'agentId',
        customerId,
        startedAt: 'contactStart',
        direction: 'isOutbound',
        queue: 'skillName',
      },
      startedAt: { format: 'iso', zone: 'UTC' },
      directions: { inbound: ['false', 'False'], outbound: ['true', 'True'] },
    },
    { from: 'file-name', pattern: String.raw`(?:^|/)[^/]*?(?<!\d)(?<callId>\d{9,12})(?!\d)[^/]*$` },
  ],
});

/**
 * What sources of known recorders need, to be spread into a source.
 *
 * @example { name: 'support', ...recorders.five9({ zone: 'America/New_York' }), lineOfBusiness: 'retail' }
 */
export const recorders = { amazonConnect, genesysCloud, five9, nice };
