import { describe, expect, test } from 'vitest';
import { type RoleHints, rolesOf } from '../../../../lambdas/transcription/outputs/speakers.ts';

/** Voices that speak one after the other. */
const voices = (said: Record<string, string>) =>
  Object.entries(said).map(([label, text]) => ({
    label,
    words: text
      .split(' ')
      .filter((word) => word !== '')
      .map((word) => ({ text: word, startMs: 0, endMs: 0 })),
    talkTimeMs: text.length,
  }));
const roles = (said: Record<string, string>, hints?: RoleHints) =>
  Object.fromEntries([...rolesOf(voices(said), hints)].map(([label, { speaker }]) => [label, speaker]));

describe('who is the agent', () => {
  test('is as the output says', () => {
    const told = rolesOf(voices({ CUSTOMER: 'thank you for calling', AGENT: 'my bill', SUPERVISOR: 'hm' }));
    expect([...told.values()]).toEqual([{ speaker: 'CUSTOMER' }, { speaker: 'AGENT' }, { speaker: 'SUPERVISOR' }]);
  });

  test('is told by the channel of the agent, whatever is said, and not inferred', () => {
    const told = rolesOf(voices({ ch_0: 'thank you for calling', ch_1: '' }), { agentChannel: 1 });
    expect([...told]).toEqual([
      ['ch_0', { speaker: 'CUSTOMER' }],
      ['ch_1', { speaker: 'AGENT' }],
    ]);
  });

  test('is inferred from what agents and customers say', () => {
    expect(roles({ spk_0: 'Hi there', spk_1: 'Thank you for calling, how may I help?' })).toEqual({
      spk_0: 'CUSTOMER',
      spk_1: 'AGENT',
    });
    expect(roles({ spk_0: 'Hi, I’m calling about my bill.', spk_1: 'Okay.' })).toEqual({
      spk_0: 'CUSTOMER',
      spk_1: 'AGENT',
    });
    expect(roles({ spk_0: 'Hello?', spk_1: 'Hi, my name is Ann and I call from Acme.' })).toMatchObject({
      spk_1: 'AGENT',
    });
  });

  test('is inferred from who speaks first where nothing else tells', () => {
    const said = { spk_0: 'hello', spk_1: 'hello' };
    expect(roles(said)).toEqual({ spk_0: 'AGENT', spk_1: 'CUSTOMER' });
    expect(roles(said, { direction: 'inbound' })).toEqual({ spk_0: 'AGENT', spk_1: 'CUSTOMER' });
    expect(roles(said, { direction: 'outbound' })).toEqual({ spk_0: 'CUSTOMER', spk_1: 'AGENT' });
  });

  test('says why where it is inferred', () => {
    const inferred = rolesOf(voices({ spk_0: 'hello', spk_1: 'hello' }));
    expect([...inferred.values()].map(({ inferredFrom }) => inferredFrom)).toEqual([
      'speaks first',
      'is the other of two',
    ]);
  });

  test('leaves of more than two the customer to be who speaks longest, and the rest as labelled', () => {
    expect(roles({ spk_0: 'thanks for calling', spk_1: 'hm', spk_2: 'a long story of what happened' })).toEqual({
      spk_0: 'AGENT',
      spk_1: 'spk_1',
      spk_2: 'CUSTOMER',
    });
  });

  test('is not told of one who has no label, or of one alone who does not say it', () => {
    expect(roles({ UNKNOWN: 'thank you for calling' })).toEqual({ UNKNOWN: 'UNKNOWN' });
    expect(roles({ ch_0: 'hello' }, { agentChannel: 0 })).toEqual({ ch_0: 'ch_0' });
    expect(roles({ spk_0: 'Thank you for calling' })).toEqual({ spk_0: 'AGENT' });
  });
});
