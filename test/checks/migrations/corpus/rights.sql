-- case: rows are opened
-- expect: disable-rls warning 1:1
ALTER TABLE notes DISABLE ROW LEVEL SECURITY;
-- case: rows are opened to the owner
-- expect: disable-rls warning 1:1
ALTER TABLE notes NO FORCE ROW LEVEL SECURITY;
-- case: rows are closed
-- expect: enable-rls warning 1:1
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
-- case: a block that ends the transaction that it runs in
-- expect: transaction-control error 3:3
DO $$ BEGIN
  UPDATE notes SET seen = true WHERE id = 1;
  COMMIT;
END $$;
-- case: the begin of a block is none
-- expect: none
DO $$ BEGIN PERFORM 1; END $$;
-- case: rows are closed to the owner too
-- expect: enable-rls warning 1:1
ALTER TABLE notes FORCE ROW LEVEL SECURITY;
-- case: rows of a new table are closed
-- expect: none
CREATE TABLE drafts (id bigint);
ALTER TABLE drafts ENABLE ROW LEVEL SECURITY;
-- case: a policy that hides more
-- expect: change-policy warning 1:1
CREATE POLICY own ON notes AS RESTRICTIVE USING (user_id = 1);
-- case: a policy changes
-- expect: change-policy warning 1:1
ALTER POLICY own ON notes USING (false);
-- case: another owner of a table
-- expect: change-owner warning 1:1
ALTER TABLE notes OWNER TO reporting;
-- case: another owner of a schema
-- expect: change-owner warning 1:1
ALTER SCHEMA app OWNER TO reporting;
-- case: another owner of everything
-- expect: change-owner warning 1:1
REASSIGN OWNED BY app TO reporting;
-- case: a role that may not log in any more
-- expect: change-role warning 1:1
ALTER ROLE app NOLOGIN;
-- case: a role with another search path
-- expect: change-role warning 1:1
ALTER ROLE app SET search_path = archive;
-- case: a database that nobody writes to any more
-- expect: change-role warning 1:1
ALTER DATABASE shop SET default_transaction_read_only = on;
-- case: a setting of the whole server
-- expect: change-role warning 1:1
ALTER SYSTEM SET max_connections = 5;
-- case: a function that runs as its owner
-- expect: security-definer warning 1:1
CREATE FUNCTION f() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1';
-- case: a function that runs as its owner on a path of its own
-- expect: none
CREATE FUNCTION f() RETURNS int LANGUAGE sql SECURITY DEFINER SET search_path = '' AS 'SELECT 1';
-- case: a function that comes to run as its owner
-- expect: security-definer warning 1:1
ALTER FUNCTION f() SECURITY DEFINER;
-- case: a function that runs as its caller
-- expect: none
CREATE FUNCTION f() RETURNS int LANGUAGE sql SECURITY INVOKER AS 'SELECT 1';
-- case: a statement that nobody has judged
-- expect: unjudged warning 1:1
ALTER EXTENSION postgis UPDATE;
-- case: COPY from a program of the server
-- expect: unjudged warning 1:1
COPY users FROM PROGRAM 'curl example.com';
-- case: a command of ALTER TABLE that nobody has judged
-- expect: unjudged warning 1:1
ALTER TABLE users REPLICA IDENTITY NOTHING;
-- case: such a command at a new table
-- expect: none
CREATE TABLE drafts (id bigint);
ALTER TABLE drafts REPLICA IDENTITY FULL;
-- case: SQL for another session
-- expect: unjudged warning 1:1
SELECT dblink_exec('dbname=shop', 'DROP TABLE users');
-- case: SQL for a later time
-- expect: unjudged warning 1:1
SELECT cron.schedule('nightly', '0 3 * * *', 'DELETE FROM users');
-- case: sessions of others end
-- expect: unjudged warning 1:1
SELECT pg_terminate_backend(pid) FROM pg_stat_activity;
