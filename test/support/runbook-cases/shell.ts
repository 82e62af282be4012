import { type LintCase, shell } from './lint-case.ts';

const check = (...lines: readonly string[]) => shell('Health checks', ...lines);

export const shellCases: readonly LintCase[] = [
  {
    rule: 'failure-swallowed',
    bad: check('»./ready.sh || true'),
    good: check('./ready.sh || { echo no; exit 1; }'),
  },
  {
    rule: 'failure-swallowed',
    bad: check('»diff a b && echo "WARNING: same"'),
    good: check('diff a b && ./next.sh'),
  },
  {
    rule: 'curl-without-fail',
    bad: check('»curl -s https://shop.example.com/up'),
    good: check('curl -sf https://shop.example.com/up'),
  },
  {
    rule: 'curl-without-fail',
    bad: check('»curl https://shop.example.com/up | grep -q ok'),
    good: check('curl -o /dev/null -w "%{http_code}" https://shop.example.com/up'),
  },
  {
    rule: 'secret-printed',
    bad: check('»echo "token: $DEPLOY_TOKEN"'),
    good: check('test -n "$DEPLOY_TOKEN"'),
  },
  { rule: 'secret-printed', bad: check('»printenv'), good: check('printenv HOME') },
  {
    rule: 'secret-on-argv',
    bad: check('»psql "$SHOP_DATABASE_URL" -c "select 1"'),
    good: check('psql service=shop -c "select 1"'),
  },
  {
    rule: 'baseline-overwritten',
    row: 'E-64',
    bad: check('if ! diff now.txt seen.txt; then', '»  cp2 now.txt > seen.txt', 'fi'),
    good: check('if ! diff now.txt seen.txt; then', '  exit 1', 'fi'),
  },
  {
    rule: 'grep-as-sql-check',
    row: 'E-54',
    bad: check('»grep -n "ALTER" db/*.sql'),
    good: check('npx squawk db/*.sql'),
  },
  { rule: 'prefix-match', bad: check('»list | grep "^$name"', ''), good: check('list | grep -x "$name"') },
  {
    rule: 'any-file-passes',
    bad: check('»ls db/*_down.sql || exit 1'),
    good: check('test -s "db/$next/down.sql" || exit 1'),
  },
  {
    rule: 'prints-without-judging',
    bad: check('»openssl x509 -in c.pem -noout -dates'),
    good: check('openssl x509 -in c.pem -noout -checkend 604800'),
  },
  {
    rule: 'check-that-writes',
    bad: check('»npx drizzle-kit pull'),
    good: check('psql service=shop -c "select 1"'),
  },
  {
    rule: 'script-missing',
    bad: check('»npm run verify:all'),
    good: check('npm run test'),
    known: { scripts: ['test'] },
  },
  { rule: 'undocumented-command', bad: check('»replit deployments list'), good: check('npx http-server') },
];
