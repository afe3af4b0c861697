import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseFile } from 'music-metadata';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';

const folder = join(import.meta.dirname, '../../samples');

const scriptSchema = z.strictObject({
  recording: z.string().regex(/^[a-z-]+\.(mp3|flac|ogg|wav)$/),
  title: z.string().min(1),
  daysAgo: z.int().positive(),
  timeOfDay: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d:[0-5]\dZ$/),
  metadata: z.strictObject({
    'agent-id': z.string().regex(/^agent-[a-z]+$/),
    'customer-id': z.string().regex(/^customer-\d+$/),
    direction: z.enum(['inbound', 'outbound']),
    queue: z.string().min(1),
  }),
  channels: z.union([z.tuple([z.literal('AGENT'), z.literal('CUSTOMER')]), z.tuple([z.literal('MONO')])]),
  voices: z.record(z.enum(['AGENT', 'CUSTOMER']), z.string()),
  turns: z
    .array(
      z.strictObject({
        speaker: z.enum(['AGENT', 'CUSTOMER']),
        text: z.string().min(1),
        pauseMs: z.int().nonnegative(),
      }),
    )
    .min(2),
  tags: z.array(z.string()).min(1),
});

const scriptFiles = readdirSync(folder).filter((name) => name.endsWith('.json'));
const scripts = scriptFiles.map((name) => scriptSchema.parse(JSON.parse(readFileSync(join(folder, name), 'utf8'))));
const audioFiles = readdirSync(folder).filter((name) => /\.(mp3|flac|ogg|wav)$/.test(name));

describe('the sample calls', () => {
  it('each have one script named like the recording', () => {
    const named = scripts.map(({ recording }) => recording);
    expect(scriptFiles).toEqual(named.map((recording) => recording.replace(/\.\w+$/, '.json')));
    expect([...named].sort()).toEqual([...audioFiles].sort());
  });

  it.each(scripts)('$recording has a channel for each speaker, and a header that tells its length', async (script) => {
    const { format } = await parseFile(join(folder, script.recording), { duration: true });
    expect(format.numberOfChannels).toBe(script.channels.length);
    expect(format.sampleRate).toBe(16_000);
    expect(format.duration).toBeGreaterThan(20);
    expect(format.duration).toBeLessThan(40);
  });

  it('are at least six two-channel calls and one mono call, in several formats', () => {
    expect(scripts.filter(({ channels }) => channels.length === 2).length).toBeGreaterThanOrEqual(6);
    expect(scripts.filter(({ channels }) => channels.length === 1).length).toBeGreaterThanOrEqual(1);
    expect(new Set(audioFiles.map((name) => name.split('.')[1]))).toEqual(new Set(['mp3', 'flac', 'ogg', 'wav']));
  });

  it('say that the call may be recorded, except the one that is tagged for missing it', () => {
    for (const { recording, turns, tags } of scripts) {
      const disclosed = turns[0]?.speaker === 'AGENT' && turns[0].text.includes('call may be recorded');
      expect(tags.includes('recording-disclosure'), recording).toBe(disclosed);
      expect(tags.includes('missing-disclosure'), recording).toBe(!disclosed);
    }
  });

  it('show the main rules at work, and agents and customers with more than one call', () => {
    expect(new Set(scripts.flatMap(({ tags }) => tags))).toEqual(
      new Set([
        'recording-disclosure',
        'missing-disclosure',
        'credit-offered',
        'credit-over-policy',
        'cancellation',
        'escalation',
        'complaint',
        'hold',
        'closing',
      ]),
    );
    const agents = scripts.map(({ metadata }) => metadata['agent-id']);
    const customers = scripts.map(({ metadata }) => metadata['customer-id']);
    expect(new Set(agents).size).toBe(3);
    expect(new Set(customers).size).toBe(5);
    expect(agents.length).toBeGreaterThan(new Set(agents).size);
    expect(customers.length).toBeGreaterThan(new Set(customers).size);
  });

  it('stay small enough for a repository', () => {
    const bytes = audioFiles.reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
    expect(bytes).toBeLessThanOrEqual(3_000_000);
  });
});
