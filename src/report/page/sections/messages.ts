import type { Mark } from '../../glyphs.ts';
import { html } from '../html.ts';
import { listMessages, type MessageSeen } from '../list-messages.ts';
import { outcome, type Section, table } from '../parts.ts';
import type { Report } from '../report.ts';
import { makeTimeWords } from '../time-words.ts';

const STATES: Readonly<Record<MessageSeen['state'], readonly [Mark, string]>> = {
  sent: ['pass', 'sent'],
  'in-doubt': ['unknown', 'in doubt'],
  'not-sent': ['fail', 'not sent'],
};

/** What people were told, where and by whom; what did not arrive stands beside it. */
export function writeMessages({ story, runbook: { timezone } }: Report): Section | undefined {
  const words = makeTimeWords(timezone);
  const rows = listMessages(story).map(({ at, template, version, channels, state, said }) => [
    words.exact(at),
    template,
    version,
    channels.map((one) => `#${one}`).join(', '),
    outcome(...STATES[state]),
    said,
  ]);
  if (rows.length === 0) return undefined;
  return {
    id: 'messages',
    title: 'Messages',
    body: html`${table('Messages in their order', ['When', 'Template', 'About', 'Where', 'State', 'By, or why not'], rows, [], 'named-blocks')}`,
  };
}
