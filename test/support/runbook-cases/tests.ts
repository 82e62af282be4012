import { type LintCase, shell } from './lint-case.ts';

const PRODUCTION = 'https://api.prod.example.com';
const smoke = (...lines: readonly string[]) => shell('Smoke tests', ...lines);
const rates = (more: string) =>
  `## Smoke tests\n\n${more}\n\n| Call | P95 | Error rate |\n|---|---|---|\n| GET /up | 90 ms | <2% |\n»| GET /orders | 200 ms | <0.5% |\n`;

export const testCases: readonly LintCase[] = [
  { rule: 'unproven-rate', row: 'E-24', bad: rates(''), good: rates('n = 600 of each').replace('»', '') },
  {
    rule: 'unproven-rate',
    row: 'E-24',
    bad: rates('Send 50 requests of each.'),
    good: rates('Send 1,000 requests of each.').replace('»', ''),
  },
  {
    rule: 'test-data-left',
    row: 'E-72',
    bad: smoke(`»curl -f -X POST ${PRODUCTION}/orders -d '{}'`),
    good: smoke(`curl -f -X POST ${PRODUCTION}/orders -d '{}'`, `curl -f -X DELETE ${PRODUCTION}/orders/$id`),
  },
  {
    rule: 'test-value-in-production',
    row: 'E-73',
    bad: smoke(`»curl -f -X POST ${PRODUCTION}/pay -d '{"price":"price_test_9"}'`),
    good: smoke(`curl -f -X POST https://staging.example.com/pay -d '{"price":"price_test_9"}'`),
  },
  {
    rule: 'acting-event',
    row: 'E-74',
    bad: smoke(`»curl -f -X POST ${PRODUCTION}/webhook -d '{"type":"invoice.paid"}'`),
    good: smoke(`curl -f -X POST ${PRODUCTION}/webhook -d '{"type":"release.smoke"}'`),
  },
  {
    rule: 'test-behind-maintenance',
    row: 'E-77',
    bad: '## Go live\n\n1. Turn on maintenance mode\n»2. Run the smoke tests\n3. Turn off maintenance mode\n',
    good: '## Go live\n\n1. Turn on maintenance mode\n2. Run the smoke tests with the bypass header\n3. Turn off maintenance mode\n',
  },
  {
    rule: 'version-literal',
    row: 'E-78',
    bad: smoke(`curl -f ${PRODUCTION}/up`, '»# Expected: {"version":"3.1.4"}'),
    good: smoke(`curl -f ${PRODUCTION}/up`, '# Expected: {"version":"{version}"}'),
  },
  {
    rule: 'fixed-id',
    bad: smoke(`»curl -f ${PRODUCTION}/orders/4711`),
    good: smoke(`curl -f ${PRODUCTION}/orders/$order`),
  },
  {
    rule: 'auth-failure-accepted',
    row: 'E-57',
    bad: '## Checks\n\n»- Mail API returns 200 or 403\n',
    good: '## Checks\n\n- Mail API returns 200\n- Without a key it returns 401 or 403\n',
  },
  {
    rule: 'curl-fails-on-accepted',
    bad: `${smoke(`»curl --fail -X POST ${PRODUCTION}/webhook`)}\n- The webhook returns 200 or 400\n`,
    good: `${smoke(`curl -w "%{http_code}" -X POST ${PRODUCTION}/webhook`)}\n- The webhook returns 200 or 400\n`,
  },
  {
    rule: 'field-not-documented',
    row: 'E-62',
    bad: smoke(`curl -f ${PRODUCTION}/up`, '# {"status":"ok"}', `»curl -f ${PRODUCTION}/up | jq '.modules'`),
    good: smoke(`curl -f ${PRODUCTION}/up`, '# {"status":"ok"}', `curl -f ${PRODUCTION}/up | jq '.status'`),
  },
  {
    rule: 'parity-counts-release',
    row: 'E-53',
    bad: '## Parity\n\nDeploy the release candidate to staging.\n\n**Not allowed**:\n»- Package versions that differ\n- Schema of another vendor\n',
    good: '## Parity\n\nDeploy the release candidate to staging.\n\n**Not allowed**, except what the release brings:\n- Package versions that differ\n',
  },
];
