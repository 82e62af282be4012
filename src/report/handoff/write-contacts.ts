import { oneLine } from '../../domain/screen-text.ts';
import type { Emergency } from '../emergency-text.ts';
import { markdownText } from '../messages/markdown-text.ts';

const safe = (text: string): string => markdownText.text(oneLine(text, 120));

/** Whom to call, in order (HOO-31). Phone numbers stand here only when somebody asked for them. */
export function writeContacts(title: string, calls: Emergency['call']): string {
  const lines = calls.map(({ name, title: role, phone, away }) =>
    [
      `- **${safe(name)}**, ${safe(role)}`,
      ...(phone === undefined ? [] : [safe(phone)]),
      ...(away ? ['away by the calendar'] : []),
    ].join(', '),
  );
  return [
    `# ${safe(title)}`,
    '',
    ...(lines.length > 0 ? lines : ['Nobody is named in the escalation path.']),
  ].join('\n');
}
