import { createHash } from 'node:crypto';
import type { JsonObject } from '../../../domain/json.ts';
import type { StoredMessage } from './message-store.ts';
import { foldTranscript, makeWallClock, type Thread } from './transcript.ts';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (char) => ENTITIES[char] ?? char);

/** The three entities that Slack itself decodes. */
const decode = (text: string): string =>
  text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');

/** Names by id of members and channels. */
type Names = Readonly<Record<string, string>>;

/** `@U0ANA` as Slack shows it: `@Ana`; one whom nobody knows by the id. */
const showName = (target: string, names: Names): string => {
  const [sign, id] = [target.slice(0, 1), target.slice(1)];
  return Object.hasOwn(names, id) ? `${sign}${names[id]}` : target;
};

const showControl = (inside: string, names: Names): string => {
  const [target = '', label] = inside.split('|');
  if (/^https?:\/\//.test(target))
    return `<a href="${escapeHtml(decode(target))}">${escapeHtml(decode(label ?? target))}</a>`;
  return `<b class="mention">${escapeHtml(decode(label ?? showName(target, names)))}</b>`;
};

/** Slack's own markup to HTML: controls in angle brackets, bold, code; everything else is text. */
function showMrkdwn(text: string, names: Names): string {
  const parts = text.split(/<([^<>]*)>/);
  const shown = parts.map((part, i) => (i % 2 === 1 ? showControl(part, names) : escapeHtml(decode(part))));
  return shown
    .join('')
    .replace(/(^|[\s(])\*([^*\n]+)\*(?=[\s).,:;]|$)/gm, '$1<b>$2</b>')
    .replace(/`([^`\n]+)`/g, '<code>$1</code>');
}

const textOf = (value: unknown): string => {
  const text = (value as { text?: unknown } | undefined)?.text;
  return typeof text === 'string' ? text : '';
};

function showBlock(block: JsonObject, names: Names): string {
  if (block.type === 'divider') return '<hr>';
  if (block.type === 'header') return `<h3>${escapeHtml(textOf(block.text))}</h3>`;
  if (block.type === 'section') return `<p>${showMrkdwn(textOf(block.text), names)}</p>`;
  const elements = Array.isArray(block.elements) ? (block.elements as readonly unknown[]) : [];
  return `<p class="context">${elements.map((one) => showMrkdwn(textOf(one), names)).join(' · ')}</p>`;
}

/** What a page is shown with. */
interface Look {
  readonly clock: (at: Date) => string;
  readonly names: Names;
}

/** What stood there before: people who looked earlier read that. */
function showEarlier({ earlier }: StoredMessage, { clock }: Look): string {
  if (earlier.length === 0) return '';
  const lines = earlier.map(({ text, until }) => {
    const [title = ''] = text.split('\n');
    return `<li>until ${clock(until)}: ${escapeHtml(title)}</li>`;
  });
  return `<details open class="small"><summary>rewritten ${earlier.length}×; it said before</summary><ol>${lines.join('')}</ol></details>`;
}

/** Notifications and screen readers have this and nothing else. */
const showFallback = ({ text }: StoredMessage): string =>
  `<details class="small"><summary>as a screen reader has it</summary><pre>${escapeHtml(text)}</pre></details>`;

function showMessage(message: StoredMessage, look: Look, kind: string): string {
  const blocks = message.blocks.map((block) => showBlock(block, look.names)).join('\n');
  const body = blocks === '' ? `<p>${escapeHtml(message.text)}</p>` : blocks;
  const how = message.via === 'bot' ? 'APP' : 'WEBHOOK';
  const head = `<header><b>release</b> <i>${how}</i> <time>${look.clock(message.at)}</time>${message.earlier.length > 0 ? ' (edited)' : ''}</header>`;
  const below = `${showEarlier(message, look)}${blocks === '' ? '' : showFallback(message)}`;
  return `<article class="${kind}"><span class="face">R</span><div>${head}\n${body}\n${below}</div></article>`;
}

const STYLE = `body{font:15px/1.47 Lato,system-ui,"Noto Color Emoji",sans-serif;max-width:48rem;margin:2rem auto;padding:0 1rem;color:#1d1c1d;background:#fff}
h2{border-bottom:1px solid #ddd;padding-bottom:.4rem;margin-top:3rem}h3{font-size:1.15rem;margin:.2rem 0 .5rem}p{white-space:pre-wrap;overflow-wrap:anywhere;margin:.5rem 0}
article{display:flex;gap:.7rem;padding:.6rem 0}article>div{flex:1;min-width:0}.face{flex:none;width:2.25rem;height:2.25rem;border-radius:.4rem;background:#4a154b;color:#fff;font-weight:700;display:grid;place-items:center}
.thread{border-left:3px solid #e8e8e8;margin-left:1.1rem;padding-left:1rem}.thread .face{width:1.6rem;height:1.6rem;font-size:.8rem}.count{color:#1264a3;font-weight:700;font-size:.85em}
i{font-style:normal;font-size:.65em;background:#e8e8e8;color:#616061;border-radius:.2rem;padding:.05rem .25rem;vertical-align:middle}hr{border:0;border-top:1px solid #ddd;margin:.7rem 0}
code{color:#e01e5a;background:#f6f6f6;border:1px solid #ddd;border-radius:.2rem;padding:.05rem .2rem}.context,.small,time{color:#616061;font-size:.82em}.small summary{cursor:pointer}pre{white-space:pre-wrap}
.mention{color:#1264a3;background:#e8f5fa;border-radius:.2rem;font-weight:400}.note{background:#fff3cd;color:#1d1c1d;padding:.5rem 1rem}
@media(prefers-color-scheme:dark){body{color:#d1d2d3;background:#1a1d21}a,.mention,.count{color:#4da3ff}.mention{background:#1d3a4d}code{background:#232529;border-color:#444}h2,hr,.thread{border-color:#444}}`;

/** Nothing is loaded and nothing runs: foreign text that got out of its place could do nothing. */
const POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`;

function showThread({ message, replies }: Thread, look: Look): string {
  const head = showMessage(message, look, 'message');
  if (replies.length === 0) return head;
  const count = `<p class="count">${replies.length === 1 ? '1 reply' : `${replies.length} replies`}</p>`;
  const shown = replies.map((reply) => showMessage(reply, look, 'reply'));
  return `${head}\n<div class="thread">${count}${shown.join('\n')}</div>`;
}

/** All messages as one page without scripts or foreign addresses; foreign text is only ever text. */
export function makeSlackPage(
  messages: readonly StoredMessage[],
  timezone: string,
  names: Names = {},
): string {
  const look = { clock: makeWallClock(timezone), names };
  const channels = foldTranscript(messages).map(({ channel, threads }) => {
    const shown = threads.map((thread) => showThread(thread, look));
    return `<section><h2>#${escapeHtml(channel)}</h2>\n${shown.join('\n')}\n</section>`;
  });
  const head = `<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${POLICY}"><meta name="viewport" content="width=device-width"><title>SANDBOX: what people saw in Slack</title><style>${STYLE}</style>`;
  const note = `<p class="note">SANDBOX. Nothing here was sent to anybody. Times: ${escapeHtml(timezone)}.</p>`;
  return `<!doctype html><html lang="en"><head>${head}</head><body><h1>What people saw in Slack</h1>${note}\n${channels.join('\n')}</body></html>\n`;
}
