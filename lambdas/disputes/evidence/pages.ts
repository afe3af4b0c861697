import { createHash } from 'node:crypto';
import type { Call, Moment } from '../../calls/calls.ts';
import { Html, html } from '../../platform/html.ts';
import { offsetText, type Transcript } from '../../transcription/transcription.ts';
import type { Dispute } from '../dispute.ts';
import type { MissingFile } from './manifest.ts';

const STYLE = `
:root { color-scheme: light dark; --mark: light-dark(#fff2b3, #5a4a00); --line: light-dark(#ccc, #555); }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 0 auto; padding: 1rem; }
header.player { position: sticky; top: 0; background: Canvas; padding: .5rem 0; border-bottom: 1px solid var(--line); }
audio { width: 100%; }
ol.turns, ol.moments { list-style: none; padding: 0; }
ol.turns li { padding: .25rem .5rem; border-left: .25rem solid transparent; scroll-margin-top: 10rem; cursor: pointer; }
ol.turns li[aria-current] { background: var(--mark); border-color: currentColor; }
ol.turns p { margin: 0; }
q { font-style: italic; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .25rem .5rem; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
dt { font-weight: bold; }
dd { margin: 0 0 .5rem; overflow-wrap: anywhere; }
`;

/** Jumps to what the address or a click names, and marks the turn that is heard. */
const SCRIPT = `
'use strict';
const audio = document.querySelector('audio');
const turns = [...document.querySelectorAll('[data-start]')];
const seek = (ms, play) => {
  const go = () => { audio.currentTime = ms / 1000; mark(ms); if (play) audio.play().catch(() => {}); };
  if (audio.readyState > 0) go(); else { audio.addEventListener('loadedmetadata', go, { once: true }); audio.load(); }
};
const mark = (ms) => {
  let now;
  for (const turn of turns) if (Number(turn.dataset.start) <= ms) now = turn;
  for (const turn of turns) if (turn === now) turn.setAttribute('aria-current', 'true'); else turn.removeAttribute('aria-current');
  return now;
};
const fromAddress = () => {
  const found = /^#t=(\\d+)$/.exec(location.hash);
  if (!found) return;
  const ms = Number(found[1]);
  const turn = mark(ms);
  if (turn) turn.scrollIntoView({ block: 'center' });
  if (audio) seek(ms, false);
};
document.addEventListener('click', (event) => {
  const jump = event.target.closest('[data-jump], [data-start]');
  if (!jump || !audio || String(getSelection())) return;
  const ms = Number(jump.dataset.jump ?? jump.dataset.start);
  event.preventDefault();
  history.replaceState(null, '', '#t=' + ms);
  seek(ms, true);
  if (jump.dataset.jump) mark(ms)?.scrollIntoView({ block: 'nearest' });
});
if (audio) audio.addEventListener('timeupdate', () => mark(Math.round(audio.currentTime * 1000)));
const which = document.querySelector('select');
if (which) which.addEventListener('change', () => {
  const at = audio.currentTime;
  const playing = !audio.paused;
  audio.src = which.value;
  const go = () => { audio.currentTime = at; if (playing) audio.play().catch(() => {}); };
  audio.addEventListener('loadedmetadata', go, { once: true });
});
addEventListener('hashchange', fromAddress);
fromAddress();
`;

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** Nothing but this page's own style and script, and media beside it: a page of a package never asks a network. */
const policy = (script: boolean): string =>
  [
    "default-src 'none'",
    `style-src ${hashOf(STYLE)}`,
    ...(script ? [`script-src ${hashOf(SCRIPT)}`, "media-src 'self' file:"] : []),
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');

function page(title: string, language: string, body: Html, withScript: boolean): string {
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy(withScript)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${new Html(STYLE)}</style>
</head>
<body>
${body}
${withScript ? new Html(`<script>${SCRIPT}</script>`) : undefined}
</body>
</html>
`.text;
}

/** What the page of a call shows. */
export interface CallPage {
  readonly call: Call;
  readonly transcript: Transcript | undefined;
  readonly moments: readonly Moment[];
  /** The files beside the page that can be heard; the first one is heard unless another is chosen. */
  readonly audio: readonly { readonly file: string; readonly label: string }[];
}

/**
 * The page of a call: its audio, its moments and what was said, from which one jumps to the second. It is one file, works
 * without a network, and takes nothing from elsewhere but the audio beside it.
 */
export function callPage({ call, transcript, moments, audio }: CallPage): string {
  const [first] = audio;
  const began = call.startedAt ?? call.receivedAt;
  return page(
    `Call ${call.callId}`,
    'en',
    html`<nav><a href="../../index.html">The dispute</a></nav>
<h1>Call of ${began}</h1>
<dl>
${facts([
  ['Call', call.callId],
  ['Agent', call.agentId],
  ['Customer', call.customerId],
  ['Length', call.durationMs === undefined ? undefined : offsetText(call.durationMs)],
  ['Recording', `${call.recording.key} (version ${call.recording.versionId})`],
])}
</dl>
<header class="player">
${
  first
    ? html`<audio controls preload="metadata" src="${first.file}">This browser plays no audio.</audio>
${
  audio.length > 1
    ? html`<label>Listen to <select>${audio.map(({ file, label }) => html`<option value="${file}">${label}</option>`)}</select></label>`
    : undefined
}`
    : html`<p>This package holds no audio of the call: its manifest says why.</p>`
}
</header>
<main>
<h2>Moments</h2>
${
  moments.length === 0
    ? html`<p>No moment was found in this call.</p>`
    : html`<ol class="moments">${moments.map(
        ({ tag, startMs, speaker, quote }) =>
          html`<li><a href="#t=${startMs}" data-jump="${startMs}"><time>${offsetText(startMs)}</time> ${tag}</a> ${speaker}${
            quote === '' ? undefined : html`: <q>${quote}</q>`
          }</li>\n`,
      )}</ol>`
}
<h2>What was said</h2>
${
  transcript
    ? html`<ol class="turns">${transcript.turns.map(
        ({ startMs, speaker, text, language }) =>
          html`<li data-start="${startMs}"><a href="#t=${startMs}" data-jump="${startMs}"><time>${offsetText(startMs)}</time> ${speaker}</a><p${
            language === undefined ? undefined : html` lang="${language}"`
          }>${text}</p></li>\n`,
      )}</ol>`
    : html`<p>There is no transcript of this call.</p>`
}
</main>`,
    true,
  );
}

/** What the first page of a package shows. */
export interface IndexPage {
  readonly dispute: Dispute;
  readonly number: number;
  readonly builtAt: string;
  readonly reason: string;
  /** The calls, with the directory of each. */
  readonly calls: readonly { readonly directory: string; readonly call: Call | undefined; readonly callId: string }[];
  /** The files of policies and rulebooks, by what they are. */
  readonly documents: readonly { readonly path: string; readonly name: string }[];
  readonly missing: readonly MissingFile[];
}

/** The first page of a package: the claim, what was found and where to hear it, and how it was decided. */
export function indexPage({ dispute, number, builtAt, reason, calls, documents, missing }: IndexPage): string {
  const { decision } = dispute;
  const whereOf = (callId: string, startMs?: number) => {
    const directory = calls.find((one) => one.callId === callId)?.directory;
    if (directory === undefined) return html`${callId}`;
    const at = startMs === undefined ? '' : `#t=${startMs}`;
    return html`<a href="${encodedPath(`${directory}/transcript.html`)}${at}">${directory.replace(/^calls\//, '')}${
      startMs === undefined ? '' : ` at ${offsetText(startMs)}`
    }</a>`;
  };
  return page(
    `Dispute ${dispute.disputeId}: evidence ${number}`,
    'en',
    html`<main>
<h1>Dispute ${dispute.disputeId}</h1>
<dl>
${facts([
  ['Claim', dispute.claim],
  ['Customer', dispute.customerId],
  ['Topic', dispute.topic],
  ['Period', `${dispute.from} to ${dispute.to}`],
  ['State', `${dispute.state} since ${dispute.stateSince}`],
  ['This package', `number ${number}, built ${builtAt}: ${reason}`],
])}
</dl>
<h2>Findings</h2>
${
  dispute.findings.length === 0
    ? html`<p>None were written down.</p>`
    : html`<table><thead><tr><th scope="col">Where</th><th scope="col">What was said</th><th scope="col">Conclusion</th><th scope="col">By</th></tr></thead><tbody>${dispute.findings.map(
        (one) =>
          html`<tr><td>${whereOf(one.callId, one.startMs)}</td><td>${one.tag} ${one.speaker} ${
            one.quote === undefined ? undefined : html`<q>${one.quote}</q>`
          }</td><td>${one.conclusion}</td><td>${nameOf(one)}, ${one.at}</td></tr>\n`,
      )}</tbody></table>`
}
<h2>Decision</h2>
${
  decision
    ? html`<dl>${facts([
        ['Outcome', decision.outcome],
        ['Decided on', decision.notSaid ? 'what was not said in its calls' : undefined],
        ['Reason', decision.reason],
        ['By', `${nameOf(decision)}, ${decision.at}`],
      ])}</dl>
<ul>${decision.policies.map(
        ({ callId, startedAt, policy, version, inForceFrom }) =>
          html`<li>${whereOf(callId)}: ${policy}, ${
            version !== undefined
              ? `version ${version}`
              : startedAt === undefined
                ? 'of which version is not known, as is when the call began'
                : 'no version of which was in force'
          }${inForceFrom === undefined ? '' : `, in force from ${inForceFrom}`}</li>\n`,
      )}</ul>`
    : html`<p>It is not decided.</p>`
}
<h2>Calls</h2>
<ul>${calls.map(
      ({ callId, call }) =>
        html`<li>${whereOf(callId)}${call ? html` of ${call.startedAt ?? call.receivedAt}` : ' (the call is not kept any more)'}</li>\n`,
    )}</ul>
<h2>Policies and rulebooks</h2>
<ul>${documents.map(({ path, name }) => html`<li><a href="${encodedPath(path)}">${name}</a></li>\n`)}</ul>
<h2>What is missing, and why</h2>
${
  missing.length === 0
    ? html`<p>Nothing.</p>`
    : html`<ul>${missing.map(({ path, because }) => html`<li>${path}: ${because}</li>\n`)}</ul>`
}
<h2>What happened to the dispute</h2>
<ol>${dispute.history.map(
      (one) =>
        html`<li>${one.at}: ${one.what}, ${nameOf(one)}${one.reason === undefined ? '' : `: ${one.reason}`}</li>\n`,
    )}</ol>
</main>
<footer><p><a href="VERIFY.txt">How to verify this package</a></p></footer>`,
    false,
  );
}

const facts = (all: readonly (readonly [string, string | undefined])[]) =>
  all.map(([name, fact]) => (fact === undefined ? undefined : html`<dt>${name}</dt><dd>${fact}</dd>\n`));

const nameOf = ({
  by,
  person,
  byName,
}: {
  readonly by: string;
  readonly person?: string | undefined;
  readonly byName?: string | undefined;
}) => [person ?? byName, by].filter((one) => one !== undefined).join(', ');

const encodedPath = (path: string): string => path.split('/').map(encodeURIComponent).join('/');
