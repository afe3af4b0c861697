import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { callPage, indexPage } from '../../../../lambdas/disputes/evidence/pages.ts';
import { html } from '../../../../lambdas/platform/html.ts';
import { NOW, says, transcriptOf } from '../../builders.ts';
import { disputeOf, moment, taggedCall, transcript } from './evidence-world.ts';

const EVIL = `</q></script><script>alert("it's 1 & 2")</script>`;
const audio = [{ file: 'redacted.wav', label: 'the redacted audio' }];
const callOf = (changes = {}) =>
  callPage({ call: taggedCall('call1'), transcript, moments: [moment], audio, ...changes });

/** What is between the tags of a name, with the attributes of each. */
const elements = (page: string, name: string) =>
  [...page.matchAll(new RegExp(`<${name}\\b([^>]*)>([\\s\\S]*?)</${name}>`, 'g'))].map(
    ([, attributes = '', text = '']) => ({
      attributes,
      text,
    }),
  );

describe('a page of a package', () => {
  const index = indexPage({
    ...{ dispute: disputeOf('call1'), number: 1, builtAt: NOW, reason: 'the customer asked' },
    calls: [{ callId: 'call1', directory: 'calls/01-call1', call: taggedCall('call1') }],
    documents: [{ path: 'rulebooks/r2.json', name: 'rulebook r2' }],
    missing: [{ path: 'calls/01-call1/redacted.wav', because: 'nothing is redacted' }],
  });

  it('runs its own script and style alone, and asks for nothing but the audio beside it', () => {
    for (const page of [callOf(), index]) {
      const [policy] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)?.slice(1) ?? [];
      const rules = policy?.replaceAll('&#39;', "'") ?? '';
      expect(rules).toContain("default-src 'none'");
      for (const [name, directive] of [
        ['script', 'script-src'],
        ['style', 'style-src'],
      ] as const) {
        const found = elements(page, name);
        const hashes = found.map(({ text }) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`);
        if (found.length > 0) expect(rules).toContain(`${directive} ${hashes.join(' ')}`);
        for (const { attributes } of found) expect(attributes).toBe('');
      }
      expect(page).not.toMatch(/(?:src|href|url|action)\s*[=(]\s*["']?(?:https?:)?\/\//);
      expect(page).not.toMatch(/\son[a-z]+=|\sstyle=|javascript:/);
    }
    expect(elements(index, 'script')).toEqual([]);
  });

  it('jumps from each turn and each moment to its second', () => {
    const page = callOf();
    expect(page).toContain('<audio controls preload="metadata" src="redacted.wav">');
    const jumps = elements(page, 'a').filter(({ attributes }) => attributes.includes('data-jump'));
    expect(jumps.map(({ attributes }) => attributes.trim())).toEqual([
      'href="#t=300" data-jump="300"',
      'href="#t=0" data-jump="0"',
      'href="#t=4000" data-jump="4000"',
    ]);
    expect(page).toContain('<li data-start="4000">');
    expect(index).toContain('href="calls/01-call1/transcript.html#t=300"');
  });

  it('says what is decided, by which policy, and what is missing', () => {
    for (const told of ['upheld', 'credits, version 2026/1', 'the agent promised it', 'nothing is redacted'])
      expect(index).toContain(told);
  });

  it('says where it was decided on what was not said', () => {
    const { decision, ...dispute } = disputeOf('call1');
    const of = (notSaid: boolean) =>
      indexPage({
        dispute: { ...dispute, ...(decision && { decision: { ...decision, notSaid } }) },
        ...{ number: 1, builtAt: NOW, reason: 'asked', calls: [], documents: [], missing: [] },
      });
    expect(of(true)).toContain('what was not said in its calls');
    expect(of(false)).not.toContain('not said');
  });

  it('says so where there is neither audio, nor transcript, nor moment', () => {
    const page = callOf({ transcript: undefined, moments: [], audio: [] });
    expect(page).not.toContain('<audio');
    expect(page).toContain('no audio of the call');
  });

  it('shows whatever was said, and whatever somebody is called, as text', () => {
    const call = taggedCall(EVIL, {
      customerId: EVIL,
      agentId: EVIL,
      recording: { bucket: 'b', key: EVIL, versionId: EVIL },
    });
    const pages = [
      callPage({
        call,
        transcript: transcriptOf({ ...says(EVIL, EVIL), language: EVIL }),
        moments: [{ ...moment, tag: EVIL, quote: EVIL, speaker: EVIL }],
        audio: [
          { file: EVIL, label: EVIL },
          { file: 'a', label: EVIL },
        ],
      }),
      indexPage({
        dispute: {
          ...disputeOf(EVIL),
          ...{ disputeId: EVIL, claim: EVIL, customerId: EVIL, topic: EVIL },
          findings: disputeOf(EVIL).findings.map((one) => ({
            ...one,
            quote: EVIL,
            tag: EVIL,
            conclusion: EVIL,
            by: EVIL,
          })),
        },
        ...{ number: 1, builtAt: EVIL, reason: EVIL },
        calls: [{ callId: EVIL, directory: `calls/${EVIL}`, call }],
        documents: [{ path: EVIL, name: EVIL }],
        missing: [{ path: EVIL, because: EVIL }],
      }),
    ];
    const harmless = callOf();
    expect(elements(pages[0] ?? '', 'script')).toEqual(elements(harmless, 'script'));
    expect(elements(pages[1] ?? '', 'script')).toEqual([]);
    for (const page of pages) expect(page).not.toContain('alert("');
  });
});

it('text in HTML is escaped, HTML is not, and lists are put together', () => {
  const part = html`<b title="${'"'}">${['<', html`<i>${1}</i>`, undefined]}</b>`;
  expect(part.text).toBe('<b title="&quot;">&lt;<i>1</i></b>');
});
