import type { SqlFacts } from '../../../src/domain/runbook/rule.ts';
import { type LintCase, shell } from './lint-case.ts';

const back = (text: string) => `## Rollback\n\n### Database\n\n${text}\n`;
const sql = (...lines: readonly string[]) => `## Data\n\n~~~sql\n${lines.join('\n')}\n~~~\n`;
const read = (facts: SqlFacts) => ({ sql: new Map([[3, facts]]) });

export const databaseCases: readonly LintCase[] = [
  {
    rule: 'restore-without-copy',
    row: 'E-48',
    bad: back('»1. Restore the database from the nightly backup\n2. Restart the workers'),
    good: back('1. Take a snapshot of the present state\n2. Restore the database from the nightly backup'),
  },
  {
    rule: 'restore-loses-writes',
    row: 'E-45',
    bad: `## 22:30 Start of the deployment\n\n${back('»1. Restore to 22:15')}`,
    good: `## 22:30 Start of the deployment\n\n${back('1. Restore to the recorded LSN of the first migration (about 22:31)')}`,
  },
  {
    rule: 'destructive-first',
    row: 'E-84',
    bad: back('»Option 1: restore of last night\n\nOption 2: run the scripts back'),
    good: back('Option 1: run the scripts back\n\nOption 2: restore of last night'),
  },
  {
    rule: 'drop-in-rollback',
    bad: shell('Rollback', '»psql -c "DROP TABLE invoices_v2"'),
    good: shell('Rollback', 'pg_dump -t invoices_v2 > invoices_v2.sql', 'psql -c "DROP TABLE invoices_v2"'),
  },
  {
    rule: 'retention-assumed',
    row: 'E-44',
    bad: '## Backups\n\n»- Point-in-time restore works for 14 days of history\n',
    good: '## Backups\n\n- Point-in-time restore works for 14 days of history\n- [ ] Verify the history of the project\n',
  },
  {
    rule: 'database-branch-merge',
    row: 'E-43',
    bad: '## Neon\n\n»3. Merge the branch into the live database\n',
    good: '## Neon\n\n3. Run the same files on the live database, and delete the branch\n',
  },
  {
    rule: 'schema-push',
    row: 'E-50',
    bad: `Files: migrations/0001_init.sql\n\n${shell('Try', '»npx prisma db push')}`,
    good: `Files: migrations/0001_init.sql\n\n${shell('Try', 'npx prisma migrate deploy')}`,
  },
  {
    rule: 'no-down-migrations',
    row: 'E-51',
    bad: `We use Prisma.\n\n${shell('Rollback', '»npm run migrate:down')}`,
    good: `We use Flyway.\n\n${shell('Rollback', 'npm run migrate:down')}`,
  },
  {
    rule: 'sql-unreadable',
    bad: sql('»SELEC 1;'),
    good: sql('SELECT 1;'),
    known: read({ ok: false, line: 1, said: 'syntax error' }),
  },
  {
    rule: 'sql-no-transaction',
    bad: sql('UPDATE a SET b = 1;', 'DELETE FROM c WHERE d;').replace('~~~sql', '»~~~sql'),
    good: '## Data\n\nNothing changes.\n',
    known: read({ ok: true, kinds: ['UpdateStmt', 'DeleteStmt'] }),
  },
  {
    rule: 'sliding-window',
    row: 'E-26',
    bad: sql("»SELECT count(*) FROM orders WHERE at > now() - interval '1 day'; -- as before"),
    good: sql("SELECT count(*) FROM orders WHERE at > timestamp '2026-01-05 10:00'; -- as before"),
  },
  {
    rule: 'tolerance-hides-loss',
    row: 'E-26',
    bad: '## Data\n\n- Row counts must match those of before\n»- Counts may differ by ±3%\n',
    good: '## Data\n\n- Row counts must match those of before\n- Response times may differ by ±3%\n',
  },
  {
    rule: 'text-sorted-version',
    bad: sql('»SELECT version FROM done ORDER BY version DESC LIMIT 1;'),
    good: sql('SELECT hash FROM done ORDER BY applied_at;'),
  },
];
