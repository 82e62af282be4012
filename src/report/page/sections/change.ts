import { html } from '../html.ts';
import { pairs, type Section, table } from '../parts.ts';
import type { Report } from '../report.ts';

const MOST = 60;

/** What the version brought: commits between the two tags, and the migrations of the plans. */
export function writeChange({ story: { runs, deploy, subject }, change }: Report): Section | undefined {
  const { from, version } = (deploy ?? subject).plan;
  const migrations = runs.flatMap(({ plan }) =>
    plan.entries.flatMap((entry) =>
      entry.kind === 'step' && /^postgres\.(migrate|revert)$/.test(entry.step) ? [entry.title] : [],
    ),
  );
  const commits = change?.commits;
  if (change === undefined && migrations.length === 0) return undefined;
  const rows = (commits ?? [])
    .slice(0, MOST)
    .map(({ sha, subject: words, author }) => [html`<code>${sha.slice(0, 12)}</code>`, words, author]);
  const rest = (commits?.length ?? 0) - rows.length;
  return {
    id: 'change',
    title: 'What changed',
    body: html`${pairs([
      ['Version', from === '' ? version : `${from} → ${version}`],
      [
        'Migrations',
        migrations.length === 0
          ? 'none in the plans'
          : html`<ul>${migrations.map((one) => html`<li>${one}</li>`)}</ul>`,
      ],
      [
        'Commits',
        commits === undefined
          ? 'not known: git could not say what lies between the two tags'
          : String(commits.length),
      ],
    ])}${rows.length > 0 && table('Commits, newest first', ['Commit', 'What', 'By'], rows)}${rest > 0 && html`<p class="note">and ${rest} more.</p>`}`,
  };
}
