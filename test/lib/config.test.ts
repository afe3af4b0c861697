import { describe, expect, it } from 'vitest';
import {
  ConfigError,
  defineConfig,
  recorders,
  regulations,
  starterRulebook,
  type VerbatimConfigInput,
} from '../../lib/config.ts';

const minimal: VerbatimConfigInput = { sources: [{ name: 'support' }] };

describe('defineConfig', () => {
  it('fills in sensible defaults', () => {
    const config = defineConfig(minimal);
    expect(config.stackName).toBe('Verbatim');
    expect(config.statefulResources).toBe('keep');
    expect(config.retention.defaultClass).toBe('1-year');
    expect(config.retention.classes.map((one) => one.keepDays)).toEqual([30, 183, 365, 1826, 2557]);
    expect(config.sources[0]).toMatchObject({
      language: 'en-US',
      agentChannel: 0,
      redaction: { keepOriginalTranscript: false },
    });
    expect(config.tagging.rulebook.version).toBe('starter-2/credit-limit-25');
  });

  it.each<[string, VerbatimConfigInput, RegExp]>([
    ['no source', { sources: [] }, /sources: name at least one source/],
    ['a source name that is no slug', { sources: [{ name: 'My Team' }] }, /sources\.0\.name: use lower-case letters/],
    ['two sources of one name', { sources: [{ name: 'a' }, { name: 'a', prefix: 'b/' }] }, /sources\.1\.name: .*twice/],
    [
      'two sources of one prefix',
      { sources: [{ name: 'a' }, { name: 'b', prefix: 'a/' }] },
      /sources\.1\.prefix: "a\/" is another/,
    ],
    [
      'a prefix without its slash',
      { sources: [{ name: 'a', prefix: 'a' }] },
      /sources\.0\.prefix: a prefix ends in "\/"/,
    ],
    [
      'metadata without the start',
      { sources: [{ name: 'a', requiredMetadata: ['agentId'] }] },
      /sources\.0\.requiredMetadata: must include "startedAt"/,
    ],
    [
      'a pattern that does not compile',
      { sources: [{ name: 'a', metadata: [{ from: 'file-name', pattern: '(?<agentId>' }] }] },
      /sources\.0\.metadata\.0\.pattern: is no regular expression/,
    ],
    [
      'redaction in a language in which Transcribe has none',
      { sources: [{ name: 'a', language: 'en-GB' }] },
      /sources\.0\.redaction: Transcribe does not redact en-GB, only en-US.*offBecause/,
    ],
    [
      'redaction that is left out without a reason',
      { sources: [{ name: 'a', redaction: { offBecause: '' } }] },
      /sources\.0\.redaction: use .*offBecause: "the reason"/,
    ],
    [
      'something to redact that Transcribe does not know',
      // @ts-expect-error the types say so already
      { sources: [{ name: 'a', redaction: { piiEntityTypes: ['SHOE_SIZE'] } }] },
      /sources\.0\.redaction/,
    ],
    [
      'times without a zone',
      {
        sources: [
          {
            name: 'a',
            metadata: [{ from: 'file-name', pattern: '(?<startedAt>.*)', startedAt: { format: 'yyyyMMdd' } }],
          },
        ],
      },
      /sources\.0\.metadata\.0\.startedAt\.zone: say in which time zone/,
    ],
    [
      'a class that is not there',
      { ...minimal, retention: { defaultClass: '2-years' } },
      /retention\.defaultClass: there is no class "2-years": the classes are 30-days/,
    ],
    [
      'a rule for a source that is not there',
      { ...minimal, retention: { rules: [{ name: 'x', sources: ['sales'], retentionClass: '30-days' }] } },
      /retention\.rules\.0\.sources: there is no source "sales": the sources are support/,
    ],
    [
      'a rule for a tag that the rulebook does not give',
      { ...minimal, retention: { rules: [{ name: 'x', tags: ['credits'], retentionClass: '30-days' }] } },
      /retention\.rules\.0\.tags: no rule of the rulebook gives the tag "credits": its tags are recording-disclosure, /,
    ],
    [
      'a floor by a regulation of a jurisdiction that no source is in',
      { ...minimal, retention: { floors: [regulations.mifid2()] } },
      /retention\.floors\.0\.jurisdictions: no source is of the jurisdiction "EU": no source names one/,
    ],
    [
      'a transition after the end',
      {
        ...minimal,
        retention: {
          classes: [{ name: '1-year', keepDays: 365, transitions: [{ storageClass: 'GLACIER', afterDays: 365 }] }],
        },
      },
      /retention\.classes\.0\.transitions\.0\.afterDays: must be less than keepDays \(365\)/,
    ],
    [
      'a phrase that is none',
      { ...minimal, tagging: { rulebook: { version: '1', rules: [{ id: 'a', tag: 'a', phrases: ['... credit'] }] } } },
      /tagging\.rulebook\.rules\.0\.phrases\.0: the phrase "\.\.\. credit" must begin and end with a word/,
    ],
    [
      'two rules of one id',
      {
        ...minimal,
        tagging: {
          rulebook: {
            version: '1',
            rules: [
              { id: 'a', tag: 'a', phrases: ['b'] },
              { id: 'a', tag: 'c', phrases: ['d'] },
            ],
          },
        },
      },
      /tagging\.rulebook\.rules\.1\.id: the rule "a" is there twice/,
    ],
    [
      'an issuer whose keys come in the clear',
      { ...minimal, identity: { issuer: 'http://login.example.com', audience: 'verbatim' } },
      /identity\.issuer: does not begin with https:/,
    ],
    [
      'an issuer whose tokens are meant for anybody',
      { ...minimal, identity: { issuer: 'https://login.example.com', audience: '' } },
      /identity\.audience: is empty/,
    ],
    [
      'a limit that lets nobody in',
      { ...minimal, http: { requestsPerMinute: 0 } },
      /http\.requestsPerMinute: is not a whole number from 1 on/,
    ],
    [
      'bodies that Lambda does not take',
      { ...minimal, http: { maxBodyBytes: 10_000_000 } },
      /http\.maxBodyBytes: .* Lambda takes no larger body/,
    ],
    [
      'data that is lost without a reason',
      { ...minimal, statefulResources: { deleteWithStackBecause: '' } },
      /statefulResources/,
    ],
  ])('refuses %s, naming the field and the fix', (_, input, message) => {
    expect(() => defineConfig(input)).toThrow(ConfigError);
    expect(() => defineConfig(input)).toThrow(message);
  });

  it('refuses a field that does not exist, so that a misspelt one is not passed over', () => {
    const input = { ...minimal, retenion: {} } as VerbatimConfigInput;
    expect(() => defineConfig(input)).toThrow(/retenion/);
  });

  it('takes a known recorder, with what the source says otherwise', () => {
    const connect = { name: 'a', ...recorders.amazonConnect(), language: 'de-DE' };
    expect(defineConfig({ sources: [connect] }).sources[0]).toMatchObject({ agentChannel: 1, language: 'de-DE' });
  });

  it('takes the starter rulebook with another limit, under another version', () => {
    const versions = [25, 50].map((creditLimitDollars) => starterRulebook({ creditLimitDollars }).version);
    expect(new Set(versions).size).toBe(2);
  });
});
