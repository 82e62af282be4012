import type { Finding } from '../../domain/finding.ts';
import { sayWaiver } from '../../domain/say-waiver.ts';
import { oneLine } from '../../domain/screen-text.ts';
import { markdownText } from '../messages/markdown-text.ts';
import { sayClock, sayDay } from '../messages/times.ts';

const safe = (text: string): string => markdownText.text(oneLine(text, 400));

function sayFinding({ outcome, title, check, said, remedy, waived, at }: Finding, zone: string): string {
  const isGood = outcome === 'pass' || outcome === 'skip';
  const more = [
    ...(isGood || remedy === undefined ? [] : [`to do: ${safe(remedy)}`]),
    ...(waived === undefined ? [] : [safe(sayWaiver(waived))]),
    `${safe(check)}, ${sayDay(at, zone)}, ${sayClock(at, zone)}`,
  ];
  return `- **${outcome}** ${safe(title)}: ${safe(said)}\n  - ${more.join('\n  - ')}`;
}

/** The findings of some rooms as a document (HOP-28). Where none was asked it says so: an empty page would read as all well. */
export function writeFindings(
  title: string,
  findings: readonly Finding[],
  rooms: readonly string[],
  zone: string,
): string {
  const own = findings.filter(({ room }) => rooms.includes(room));
  const lines = own.map((finding) => sayFinding(finding, zone));
  return [
    `# ${safe(title)}`,
    '',
    ...(lines.length > 0 ? lines : ['Nothing of this is asked here: it is not configured.']),
  ].join('\n');
}
