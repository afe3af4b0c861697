import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { EventType, eventSchema, eventsOfChange, eventsOfItem } from '../../../lambdas/events/events.ts';
import { NOW, transcribingCall } from '../builders.ts';
import { disputeItem, reviewItem, scoreItem } from './items.ts';

const repository = join(import.meta.dirname, '../../..');
const folder = join(repository, 'docs/events');
const fileOf = (type: string) => `${type.toLowerCase().replace(' ', '-')}.schema.json`;

/** The JSON Schema of an event, formatted as all files here are. A subscriber must bear fields that are added later. */
function jsonSchema(type: EventType): string {
  const schema = z.toJSONSchema(eventSchema(type), {
    io: 'input',
    override: ({ jsonSchema }) => {
      // `format` says the same in a word.
      if (jsonSchema.format === 'date-time') delete jsonSchema.pattern;
    },
  });
  const biome = join(repository, 'node_modules/.bin/biome');
  return execFileSync(biome, ['format', '--stdin-file-path', fileOf(type)], {
    cwd: repository,
    input: JSON.stringify(schema, null, 2),
    encoding: 'utf8',
  });
}

test.each(EventType.options)(
  'the JSON Schema of %s is that of what is published (vitest -u writes it)',
  async (type) => {
    await expect(jsonSchema(type)).toMatchFileSnapshot(join(folder, fileOf(type)));
  },
);

test('there is a JSON Schema of each event, and of no other', () => {
  const files = readdirSync(folder).filter((file) => file.endsWith('.schema.json'));
  expect(files.toSorted()).toEqual(EventType.options.map(fileOf).toSorted());
});

test('every event that is made is as its schema says', () => {
  const stateReason = { code: 'some-code', message: 'why' };
  const deletion = { reason: 'expired' as const, rule: 'default', requestedAt: NOW, from: 'tagged' as const };
  const retagged = { rulebookVersion: '2', at: NOW, tags: [] };
  const made = [
    eventsOfChange(undefined, transcribingCall('call1', { state: 'received' })),
    eventsOfChange(transcribingCall('call1', { state: 'failed' }), transcribingCall('call1', { state: 'received' })),
    ...(['rejected', 'transcribing', 'tagged', 'failed'] as const).map((state) =>
      eventsOfChange(undefined, transcribingCall('call1', { state, stateReason })),
    ),
    eventsOfChange(
      transcribingCall('call1', { state: 'tagged' }),
      transcribingCall('call1', { state: 'tagged', taggings: [retagged], rulebookVersion: '2' }),
    ),
    eventsOfChange(transcribingCall('call1', { state: 'deleting', deletion }), undefined),
    ...[scoreItem, reviewItem, disputeItem].map((item) => eventsOfItem(undefined, item)),
  ].flat();
  expect(made.map(({ type }) => type).toSorted()).toEqual(EventType.options.toSorted());
  for (const { type, detail } of made) {
    const event = { source: 'verbatim', 'detail-type': type, time: detail.stateSince, detail };
    expect(eventSchema(type).safeParse(event)).toMatchObject({ success: true });
  }
});
