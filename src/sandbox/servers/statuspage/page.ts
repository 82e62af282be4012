import type { Board, BoardIncident } from './board.ts';

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escapeHtml = (text: string): string => text.replace(/[&<>"]/g, (char) => ENTITIES[char] ?? char);

/** The line above everything, as customers read it. */
export function sayAll({ incidents, components }: Pick<Board, 'incidents' | 'components'>): string {
  const isOpen = incidents.some(({ status }) => status !== 'resolved' && status !== 'postmortem');
  if (components.some(({ status }) => status === 'major_outage')) return 'Major System Outage';
  const isWell = components.every(({ status }) => status === 'operational');
  return isOpen || !isWell ? 'Partially Degraded Service' : 'All Systems Operational';
}

const showIncident = ({ name, incident_updates: updates }: BoardIncident): string =>
  [
    `<h2>${escapeHtml(name)}</h2>`,
    ...updates.map(
      ({ status, body, created_at: at }) =>
        `<p><b>${escapeHtml(status)}</b> ${escapeHtml(body)} <time>${escapeHtml(at)}</time></p>`,
    ),
  ].join('\n');

/** The page as customers see it; foreign text is only ever text. */
export const showBoard = (board: Board): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>SANDBOX: status page</title></head>
<body><p>SANDBOX. No customer reads this.</p><h1>${escapeHtml(sayAll(board))}</h1>
<ul>${board.components.map(({ name, status }) => `<li>${escapeHtml(name)}: ${escapeHtml(status)}</li>`).join('')}</ul>
${board.incidents.map(showIncident).join('\n')}
</body></html>
`;
