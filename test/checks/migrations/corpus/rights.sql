-- case: rows are opened
-- expect: disable-rls warning 1:1
ALTER TABLE notes DISABLE ROW LEVEL SECURITY;
-- case: rows are opened to the owner
-- expect: disable-rls warning 1:1
ALTER TABLE notes NO FORCE ROW LEVEL SECURITY;
-- case: rows are closed
-- expect: none
ALTER TABLE notes ENABLE ROW LEVEL SECURITY;
-- case: a policy goes
-- expect: drop-policy warning 1:1
DROP POLICY own ON notes;
-- case: a policy comes
-- expect: none
CREATE POLICY own ON notes USING (user_id = 1);
-- case: a right is taken
-- expect: revoke warning 1:1
REVOKE SELECT ON notes FROM reporting;
-- case: a role is taken
-- expect: revoke warning 1:1
REVOKE admin FROM reporting;
-- case: a right for everybody
-- expect: grant-public warning 1:1
GRANT SELECT ON notes TO PUBLIC;
-- case: a right for a role
-- expect: none
GRANT SELECT ON notes TO reporting;
-- case: a right for everybody, from now on
-- expect: grant-public warning 1:1
ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC;
-- case: a transaction of its own
-- expect: transaction-control error 1:1, transaction-control error 3:1
BEGIN;
SELECT 1;
COMMIT;
-- case: a transaction that nothing ends
-- expect: transaction-control error 1:1
START TRANSACTION;
SELECT 1;
-- case: a savepoint
-- expect: transaction-control error 1:1
SAVEPOINT here;
-- case: the begin of a block is none
-- expect: none
DO $$ BEGIN PERFORM 1; END $$;
