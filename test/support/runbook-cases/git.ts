import { type LintCase, shell } from './lint-case.ts';

const MERGE = shell('Deploy', 'git merge hotfix/login --no-ff');
const back = (...lines: readonly string[]) => `${MERGE}\n${shell('Back out', ...lines)}`;

const release = (first: string, second: string, then: string) =>
  `## Deployment\n\nA push to main auto-deploys.\n\n${first}\n${second}\n\n## Afterwards\n\n${then}\n`;

export const gitCases: readonly LintCase[] = [
  { rule: 'revert-of-merge', row: 'E-30', bad: back('»git revert HEAD'), good: back('git revert -m 1 HEAD') },
  {
    rule: 'revert-blocks-retry',
    row: 'E-31',
    bad: back('»git revert -m 1 abc123'),
    good: `${back('git revert -m 1 abc123')}\nThe retry comes from a fresh branch.\n`,
  },
  {
    rule: 'rewrites-history',
    row: 'E-32',
    bad: back('»git push --force origin trunk'),
    good: back('git push origin trunk'),
  },
  {
    rule: 'rewrites-history',
    row: 'E-32',
    bad: back('»git reset --hard v1.4.0', '»git push -f origin main'),
    good: back('git reset --hard v1.4.0', 'git status'),
  },
  {
    rule: 'tag-sort-candidates',
    row: 'E-33',
    bad: `Candidates are tagged v1.4.0-beta.2.\n\n${back('»git tag --sort=-v:refname | head -1')}`,
    good: `Candidates are tagged v1.4.0-beta.2.\n\n${back('git tag --sort=-v:refname | grep -v - | head -1')}`,
  },
  {
    rule: 'push-before-migration',
    row: 'E-35',
    bad: release('»- Push: `git push origin main`', '- Run migrations', ''),
    good: release('- Run migrations', '- Push: `git push origin main`', ''),
  },
  {
    rule: 'deploy-driver-open',
    row: 'E-41',
    bad: '## Deployment\n\n»- Trigger deployment with the pipeline or by hand\n- Look at the logs\n',
    good: '## Deployment\n\n- Trigger deployment with the pipeline or by hand\n- Wait for the new version to answer\n',
  },
  {
    rule: 'pushes-every-tag',
    bad: shell('Ship', '»git push --tags'),
    good: shell('Ship', 'git push --atomic origin main refs/tags/v1'),
  },
];
