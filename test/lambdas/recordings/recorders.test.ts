import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readMetadata } from '../../../lambdas/recordings/metadata.ts';
import { type RecorderPreset, recorders } from '../../../lambdas/recordings/recorders.ts';
import { sidecarKeyOf } from '../../../lambdas/recordings/sidecar.ts';
import { SourceConfig } from '../../../lambdas/recordings/sources.ts';
import { NOW } from '../builders.ts';

const sourceOf = (preset: RecorderPreset) => SourceConfig.parse({ name: 'support', ...preset });
const read = (preset: RecorderPreset, name: string, sidecar?: unknown) =>
  readMetadata(
    { key: `support/${name}`, s3Metadata: {}, sidecar: sidecar === undefined ? undefined : JSON.stringify(sidecar) },
    sourceOf(preset),
    NOW,
  );

describe('Amazon Connect', () => {
  const CONTACT = 'e81b7b4d-20ac-472d-8aad-0d848ce7c9b4';
  const call = { externalCallId: CONTACT, startedAt: '2026-01-26T03:07:00.000Z' };

  test.each([
    `connect/acme/CallRecordings/2026/01/26/${CONTACT}_20260126T03:07_UTC.wav`,
    `connect/acme/CallRecordings/ivr/2026/01/26/${CONTACT}_20260126T03:07_UTC.wav`,
    `${CONTACT}_20260126T03:07_UTC.wav`,
  ])('%s tells contact and time', (name) => {
    expect(read(recorders.amazonConnect(), name)).toEqual(call);
  });

  test('the contact record tells the rest', () => {
    const preset = recorders.amazonConnect({ contactRecords: true });
    const name = `connect/acme/CallRecordings/2026/01/26/${CONTACT}_20260126T03:07_UTC.wav`;
    expect(sidecarKeyOf(name, sourceOf(preset))).toBe(name.replace('.wav', '.json'));
    expect(
      read(preset, name, {
        ContactId: CONTACT,
        Agent: { Username: 'lee', ConnectedToAgentTimestamp: '2026-01-26T03:07:32Z' },
        CustomerEndpoint: { Address: '+12065550100', Type: 'TELEPHONE_NUMBER' },
        InitiationMethod: 'INBOUND',
        InitiationTimestamp: '2026-01-26T03:01:12Z',
        Queue: { Name: 'Billing' },
      }),
    ).toEqual({
      externalCallId: CONTACT,
      agentId: 'lee',
      customerId: '+12065550100',
      startedAt: '2026-01-26T03:01:12.000Z',
      direction: 'inbound',
      queue: 'Billing',
    });
    expect(read(preset, name)).toMatchObject({ code: 'missing-metadata' });
  });

  test('the agent is on the right of two channels', () => {
    expect(sourceOf(recorders.amazonConnect())).toMatchObject({ agentChannel: 1, channels: 2 });
  });
});

describe('Genesys Cloud', () => {
  const CONVERSATION = '5773eca4-0874-4617-a6e8-85591aa94609';
  const folder = `4f1c0b1e-8f3c-4a55-9d2e-6f4b3f1f8a77/year=2026/month=9/day=05/hour=11/conversation_id=${CONVERSATION}`;
  const name = `${folder}/2814f688-d869-44ba-b1f7-e1b129ec3aaa.wav`;
  const metadata = { mediaType: 'Call', provider: 'edge', userIds: ['9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d', 'other'] };
  const call = {
    externalCallId: CONVERSATION,
    agentId: '9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d',
    startedAt: '2026-09-05T11:00:00.000Z',
  };

  test('folders tell conversation and hour, and the metadata file who spoke', () => {
    expect(read(recorders.genesysCloud(), name, metadata)).toEqual(call);
    expect(sidecarKeyOf(name, sourceOf(recorders.genesysCloud()))).toBe(name.replace('.wav', '_metadata.json'));
  });

  test('what else is known to be in the metadata file is read from there first', () => {
    const preset = recorders.genesysCloud({ fields: { customerId: 'caller', startedAt: 'begin' } });
    const more = { ...metadata, caller: '+12065550100', begin: '2026-09-05T11:50:49.582Z' };
    expect(read(preset, name, more)).toEqual({
      ...call,
      customerId: '+12065550100',
      startedAt: '2026-09-05T11:50:49.582Z',
    });
    expect(read(preset, name, metadata)).toMatchObject({ code: 'missing-metadata' });
  });

  test('a recording whose metadata file has not come is rejected for it', () => {
    expect(read(recorders.genesysCloud(), name)).toMatchObject({
      code: 'missing-metadata',
      message: expect.stringContaining('_metadata.json, which is not there'),
    });
  });
});

describe('Five9', () => {
  const preset = recorders.five9({ zone: 'America/Los_Angeles' });

  test.each([
    ['Main Number/8_25_2026/4436170733 by cdeer @ 7_16_55 AM.wav', {}],
    ['recordings/8_25_2026/4436170733 by cdeer @ 7_16_55 AM_Ivr Module.wav', {}],
    ['8_25_2026/4436170733Outbound - Donor Care by cdeer @ 7_16_55 AM.wav', { queue: 'Outbound - Donor Care' }],
    ['Main Number/8_25_2026/4436170733 by Chris Deer @ 7_16_55 AM.wav', { agentId: 'Chris Deer' }],
    ['Main Number/8_25_2026/4436170733 by c.deer@example.com @ 7_16_55 AM.wav', { agentId: 'c.deer@example.com' }],
    [
      'Main Number/8_25_2026/4436170733 by cdeer @ 7_16_55 AMCB3E712B7E084D8A9BD23381B216E482300000002866719.wav',
      { externalCallId: 'CB3E712B7E084D8A9BD23381B216E482300000002866719' },
    ],
  ])('%s tells number, agent and time', (name, more) => {
    expect(read(preset, name)).toEqual({
      agentId: 'cdeer',
      customerId: '4436170733',
      startedAt: '2026-08-25T14:16:55.000Z',
      ...more,
    });
  });

  test.each([
    'Transfers/8_25_2026/9419203087 by  @ 4_30_12 PM_Transfer to Lightfire.wav',
    'Transfers/8_25_2026/9419203087 by  @ 1_49_32 PM_Transfer to LightfireCB3E712B7E084D8A9BD23381B216E482300000002866719.wav',
  ])('%s has no agent, and is rejected for it alone', (name) => {
    expect(read(preset, name)).toEqual({
      code: 'missing-metadata',
      message: 'agentId is missing: looked for in "agentId" in the file name',
    });
  });

  test('a zone without summer time can be given', () => {
    expect(read(recorders.five9({ zone: 'Etc/GMT+5' }), 'x/8_25_2026/1 by a @ 2_53_02 PM.wav')).toMatchObject({
      startedAt: '2026-08-25T19:53:02.000Z',
    });
  });
});

describe('NICE CXone', () => {
  const contact = {
    agentId: 1421,
    contactId: 693159199085,
    contactStart: '2026-07-26T23:59:59.678Z',
    fromAddr: '+12065550100',
    isOutbound: false,
    skillName: 'Billing',
    toAddr: '+18005550199',
  };

  test('the contact beside the recording tells all', () => {
    expect(read(recorders.nice(), '2026/07/26/call_693159199085.wav', contact)).toEqual({
      externalCallId: '693159199085',
      agentId: '1421',
      customerId: '+12065550100',
      startedAt: '2026-07-26T23:59:59.678Z',
      direction: 'inbound',
      queue: 'Billing',
    });
    expect(sidecarKeyOf('support/a/693159199085.mp4', sourceOf(recorders.nice()))).toBe('support/a/693159199085.json');
  });

  test('the customer of an outbound call is whom it went to', () => {
    const outbound = { ...contact, isOutbound: true };
    expect(read(recorders.nice({ customerId: 'toAddr' }), '693159199085.wav', outbound)).toMatchObject({
      customerId: '+18005550199',
      direction: 'outbound',
    });
  });

  test.each([
    ['2026/693159199085.wav', '693159199085'],
    ['1234567890/agent_693159199085_1.wav', '693159199085'],
    ['20260726235959_693159199085.wav', '693159199085'],
  ])('the name %s alone tells the contact', (name, contactId) => {
    const { contactId: _, ...rest } = contact;
    expect(read(recorders.nice(), name, rest)).toMatchObject({ externalCallId: contactId });
  });
});

test.each(
  Object.entries({
    amazonConnect: recorders.amazonConnect(),
    genesysCloud: recorders.genesysCloud(),
    five9: recorders.five9({ zone: 'UTC' }),
    nice: recorders.nice(),
  }),
)('%s refuses any other name with the reason', (_, preset) => {
  const pieces = ['/', '_', ' by ', ' @ ', '7_16_55 AM', '8_25_2026/', '.wav', 'year=2026', '123456789', 'é', '-', 'a'];
  const name = fc.array(fc.constantFrom(...pieces), { maxLength: 200 }).map((parts) => parts.join('').slice(0, 1000));
  fc.assert(
    fc.property(name, (some) => {
      const answer = read(preset, some);
      if ('code' in answer) expect(answer.code).toMatch(/^(missing|invalid)-metadata$/);
      else expect(answer.startedAt).toBeDefined();
      expect(answer).not.toHaveProperty('message', expect.stringContaining('too long'));
    }),
  );
});
