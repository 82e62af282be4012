import type { Review } from '../../domain/approvals/review.ts';
import type { BeforeFact } from '../../domain/handoff/before.ts';
import type { Proof } from '../../domain/handoff/proof.ts';
import { plural } from '../../domain/plural.ts';
import { findSection } from '../../domain/release-notes.ts';
import { oneLine } from '../../domain/screen-text.ts';
import type { ReleaseScope } from '../../kit.ts';
import type { Wired } from '../wired.ts';
import { orUnknown } from './or-unknown.ts';

/** HOP-11: the section of known issues, where the release notes have one. */
async function proveIssues({ version, commit }: ReleaseScope, { services, runbook }: Wired): Promise<Proof> {
  const file = runbook.source.changelog;
  if (commit === undefined) return { state: 'unknown', said: 'nobody knows the commit', from: file };
  const section = findSection((await services.git.readFile(commit, file)) ?? '', version);
  const start = section.findIndex((line) => /^###\s+known issues/i.test(line));
  if (start < 0) return { state: 'absent', said: `no section "Known issues" in ${file}`, from: file };
  const issues = section.slice(start + 1).filter((line) => /^[-*]\s/.test(line));
  return {
    state: 'holds',
    said: oneLine(
      `${plural(issues.length, 'known issue')}: ${issues.map((line) => line.slice(2)).join('; ')}`,
      300,
    ),
    from: file,
    mark: issues.join('\n'),
  };
}

const API = /(^|\/)(routes?|api|controllers?)\//i;

/** HOP-12: whether the release touches what looks like the API at all. */
async function proveApi({ commit, from }: ReleaseScope, { services }: Wired): Promise<Proof> {
  const tag = from === undefined ? undefined : await services.git.tag(from as `v${string}`);
  if (commit === undefined || tag === undefined)
    return { state: 'absent', said: 'nobody knows what changes: no version is live', from: 'git' };
  const files = (await services.git.changedFiles(tag.commit, commit))?.filter((file) => API.test(file));
  if (files === undefined)
    return { state: 'absent', said: 'more files change than can be listed', from: 'git' };
  const said =
    files.length === 0
      ? 'no file of the API changes'
      : `${plural(files.length, 'file')} of the API: ${files.slice(0, 5).join(', ')}`;
  return { state: 'holds', said, from: 'git', mark: files.join(' ') };
}

/** HOP-20: whoever gets mail. */
function proveStakeholders({ services: { mail } }: Wired['runbook']): Proof {
  const people = mail?.stakeholders ?? [];
  if (mail === undefined) return { state: 'absent', said: 'no mail is configured', from: 'configuration' };
  return people.length > 0
    ? {
        state: 'holds',
        said: `${plural(people.length, 'address', 'addresses')} for stakeholders`,
        from: 'configuration',
        mark: people.join(' '),
      }
    : {
        state: 'not',
        said: 'mail.stakeholders is empty',
        from: 'configuration',
        next: 'name them in services.mail.stakeholders',
      };
}

/** What a handoff to operations rests on besides checks. */
export async function proveBefore(
  release: ReleaseScope,
  wired: Wired,
): Promise<Readonly<Record<Exclude<BeforeFact, 'deploy-plan' | Review>, Proof>>> {
  const [issues, api] = await Promise.all([
    orUnknown('git', () => proveIssues(release, wired)),
    orUnknown('git', () => proveApi(release, wired)),
  ]);
  return {
    'known-issues': issues,
    'api-changes': api,
    stakeholders: proveStakeholders(wired.runbook),
  };
}
