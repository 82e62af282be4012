/** `$NAMES` that a configuration's text uses, in their order. */
export const namesIn = (config: string): readonly string[] => [
  ...new Set([...config.matchAll(/: \$([A-Z][A-Z0-9_]*)$/gm)].map(([, name = '']) => name)),
];

/** .env.runbook.example: names, never values. */
export function writeEnvExample(config: string): string {
  const names = namesIn(config);
  const lines =
    names.length === 0 ? ['# The configuration names no secret yet.'] : names.map((name) => `${name}=`);
  return [
    '# Copy to .env.runbook, which is not committed, and fill in. In CI these are secrets of the job.',
    ...lines,
    '',
  ].join('\n');
}

/** A check that passes, to be changed. */
export const EXAMPLE_CHECK = `// Asked with the others: release preflight --only 'example.*'
import { defineCheck } from 'release-runbook/kit';

export default defineCheck({
  id: 'example.front-page',
  title: 'The front page answers',
  runbook: [],
  gates: ['preflight'],
  needs: ['web'],
  weight: 'advisory',
  probe: ({ web }, { env, signal }) => web.request(env, { method: 'GET', path: '/', signal }),
  judge: ({ status, tookMs }) =>
    status < 400
      ? { outcome: 'pass', said: \`HTTP \${status} in \${Math.round(tookMs)} ms\` }
      : { outcome: 'warn', said: \`HTTP \${status}\`, remedy: 'Look at the log of the application.' },
});
`;

/** A job that asks the gate on every push to a release branch. Secrets are given to that step alone. */
export function writeWorkflow(config: string): string {
  const secrets = namesIn(config).map((name) => `          ${name}: \${{ secrets.${name} }}`);
  return [
    'name: preflight',
    'on:',
    '  push:',
    "    branches: ['release/v*']",
    'permissions:',
    '  contents: read',
    'jobs:',
    '  preflight:',
    '    runs-on: ubuntu-latest',
    '    steps:',
    '      - uses: actions/checkout@v4',
    '        with: { fetch-depth: 0 }',
    '      - uses: actions/setup-node@v4',
    '        with: { node-version: 22 }',
    '      - run: npm ci',
    '      - name: Preflight',
    ...(secrets.length === 0 ? [] : ['        env:', ...secrets]),
    '        run: |',
    '          npx --no -- release config check --env production',
    `          npx --no -- release preflight "\${GITHUB_REF_NAME#release/}" --env production`,
    '',
  ].join('\n');
}
