import type { JsonObject } from '../../../domain/json.ts';
import type { StoredMessage } from './message-store.ts';
import { foldTranscript, makeWallClock } from './transcript.ts';

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

const showControl = (inside: string): string => {
  const [target = '', label] = inside.split('|');
  if (/^https?:\/\//.test(target))
    return `<a href="${escapeHtml(decode(target))}">${escapeHtml(decode(label ?? target))}</a>`;
  return `<b class="mention">${escapeHtml(decode(label ?? target))}</b>`;
};

/** Slack's own markup to HTML: controls in angle brackets, bold, code; everything else is text. */
function showMrkdwn(text: string): string {
  const parts = text.split(/<([^<>]*)>/);
  const shown = parts.map((part, i) => (i % 2 === 1 ? showControl(part) : escapeHtml(decode(part))));
  return shown
    .join('')
    .replace(/(^|[\s(])\*([^*\n]+)\*(?=[\s).,:;]|$)/gm, '$1<b>$2</b>')
    .replace(/`([^`\n]+)`/g, '<code>$1</code>');
}

const textOf = (value: unknown): string => {
  const text = (value as { text?: unknown } | undefined)?.text;
  return typeof text === 'string' ? text : '';
};

function showBlock(block: JsonObject): string {
  if (block.type === 'divider') return '<hr>';
  if (block.type === 'header') return `<h3>${escapeHtml(textOf(block.text))}</h3>`;
  if (block.type === 'section') return `<p>${showMrkdwn(textOf(block.text))}</p>`;
  const elements = Array.isArray(block.elements) ? (block.elements as readonly unknown[]) : [];
  return `<p class="context">${elements.map((one) => showMrkdwn(textOf(one))).join(' · ')}</p>`;
}

function showMessage(message: StoredMessage, clock: (at: Date) => string, kind: string): string {
  const body =
    message.blocks.length > 0
      ? message.blocks.map(showBlock).join('\n')
      : `<p>${escapeHtml(message.text)}</p>`;
  const how = message.via === 'bot' ? 'release' : 'release (webhook)';
  const edited = message.edits > 0 ? ` · edited ${message.edits}×` : '';
  return `<article class="${kind}"><header><b>${how}</b> <time>${clock(message.at)}</time>${edited}</header>\n${body}</article>`;
}

const STYLE = `body{font:15px/1.45 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#1d1c1d;background:#fff}
p{white-space:pre-wrap;margin:.4rem 0}h3{margin:.3rem 0}article{border-left:4px solid #ddd;padding:.2rem 1rem;margin:1rem 0}
.reply{margin-left:2.5rem}.context,time{color:#616061;font-size:.85em}.mention{color:#1264a3}.note{background:#fff3cd;padding:.5rem 1rem}
@media(prefers-color-scheme:dark){body{color:#d1d2d3;background:#1a1d21}.note{color:#1d1c1d}a{color:#4da3ff}}`;

/** All messages as one page without scripts or foreign addresses; foreign text is only ever text. */
export function makeSlackPage(messages: readonly StoredMessage[], timezone: string): string {
  const clock = makeWallClock(timezone);
  const channels = foldTranscript(messages).map(({ channel, threads }) => {
    const shown = threads.flatMap(({ message, replies }) => [
      showMessage(message, clock, 'message'),
      ...replies.map((reply) => showMessage(reply, clock, 'reply')),
    ]);
    return `<section><h2>#${escapeHtml(channel)}</h2>\n${shown.join('\n')}\n</section>`;
  });
  const head = `<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>SANDBOX: what people saw in Slack</title><style>${STYLE}</style>`;
  const note = `<p class="note">SANDBOX. Nothing here was sent to anybody. Times: ${escapeHtml(timezone)}.</p>`;
  return `<!doctype html><html lang="en"><head>${head}</head><body><h1>What people saw in Slack</h1>${note}\n${channels.join('\n')}</body></html>\n`;
}
