import type { Finding } from '../../domain/finding.ts';
import { findSection } from '../../domain/release-notes.ts';
import { fence } from '../../report/files/markdown.ts';
import { writeFindings } from '../../report/handoff/write-findings.ts';
import type { Wired } from '../wired.ts';
import type { MeetingFile } from './meeting.ts';

/** What was found out for a handoff to operations. */
interface Found {
  readonly version: string;
  readonly plan: string;
  /** The whole changelog of the candidate. */
  readonly notes: string;
  readonly findings: readonly Finding[];
}

const TESTS = ['tests', 'security', 'migrations', 'source'];
const PLACES = ['app', 'database', 'payments', 'parity', 'drift', 'people'];

/** HOP-28: release notes, plan, test summary and environment report. */
export function listBeforeFiles(
  { version, plan, notes, findings }: Found,
  { runbook }: Wired,
): readonly MeetingFile[] {
  const { timezone: zone } = runbook;
  const section =
    findSection(notes, version).join('\n').trim() || `No section for ${version} in the changelog.`;
  const titles = { tests: `Tests of ${version}`, places: `Environments before ${version}` };
  return [
    {
      name: 'release-notes',
      title: `Release notes ${version}`,
      markdown: `# ${runbook.product} ${version}\n\n${section}`,
    },
    {
      name: 'deployment-plan',
      title: `Plan of ${version}`,
      markdown: `# Plan of ${version}\n\n${fence(plan || 'No plan could be made; the handoff says why.')}`,
    },
    {
      name: 'test-summary',
      title: titles.tests,
      markdown: writeFindings(titles.tests, findings, TESTS, zone),
    },
    {
      name: 'environment-report',
      title: titles.places,
      markdown: writeFindings(titles.places, findings, PLACES, zone),
    },
  ];
}
