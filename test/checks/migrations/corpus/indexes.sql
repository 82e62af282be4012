-- case: an index that stops writes
-- expect: index-not-concurrent warning 1:1
CREATE INDEX notes_user ON notes (user_id);
-- case: a unique one
-- expect: index-not-concurrent warning 1:1
CREATE UNIQUE INDEX ON notes (code);
-- case: one that lets them go on
-- expect: none
CREATE INDEX CONCURRENTLY notes_user ON notes (user_id);
-- case: the same with its settings
-- expect: none
SET statement_timeout = 0;
CREATE INDEX CONCURRENTLY notes_user ON notes (user_id);
-- case: beside another statement
-- expect: concurrent-in-transaction warning 2:1
ALTER TABLE notes ADD COLUMN user_id bigint;
CREATE INDEX CONCURRENTLY notes_user ON notes (user_id);
-- case: in a transaction
-- expect: transaction-control error 1:1, concurrent-in-transaction error 2:1, transaction-control error 3:1
BEGIN;
CREATE INDEX CONCURRENTLY notes_user ON notes (user_id);
COMMIT;
-- case: after a transaction
-- expect: transaction-control error 1:1, transaction-control error 2:1, concurrent-in-transaction warning 3:1
BEGIN;
COMMIT;
CREATE INDEX CONCURRENTLY notes_user ON notes (user_id);
-- case: in a block
-- expect: concurrent-in-transaction error 1:13
DO $$ BEGIN CREATE INDEX CONCURRENTLY notes_user ON notes (user_id); END $$;
-- case: of a table of the same file
-- expect: none
CREATE TABLE notes (id bigint);
CREATE INDEX notes_id ON notes (id);
-- case: an index goes
-- expect: drop-index-not-concurrent warning 1:1
DROP INDEX notes_user;
-- case: an index goes and nobody waits
-- expect: none
DROP INDEX CONCURRENTLY IF EXISTS notes_user;
-- case: REINDEX
-- expect: reindex warning 1:1
REINDEX TABLE notes;
-- case: REINDEX and nobody waits
-- expect: none
REINDEX TABLE CONCURRENTLY notes;
-- case: VACUUM FULL
-- expect: vacuum-full warning 1:1
VACUUM FULL notes;
-- case: VACUUM
-- expect: none
VACUUM (ANALYZE) notes;
-- case: CLUSTER
-- expect: cluster warning 1:1
CLUSTER notes USING notes_pkey;
-- case: LOCK
-- expect: lock-table warning 1:1
LOCK TABLE notes IN ACCESS EXCLUSIVE MODE;
-- case: REFRESH
-- expect: refresh-matview warning 1:1
REFRESH MATERIALIZED VIEW totals;
-- case: REFRESH and nobody waits
-- expect: none
REFRESH MATERIALIZED VIEW CONCURRENTLY totals;
-- case: UNLOGGED
-- expect: rewrite-table warning 1:1
ALTER TABLE notes SET UNLOGGED;
-- case: another tablespace
-- expect: rewrite-table warning 1:1
ALTER TABLE notes SET TABLESPACE fast;
-- case: a partition goes
-- expect: detach-partition warning 1:1
ALTER TABLE notes DETACH PARTITION notes_2024;
-- case: another expression fills every row anew
-- expect: rewrite-table warning 1:1
ALTER TABLE users ALTER COLUMN full_name SET EXPRESSION AS (first || last);
-- case: every table of a tablespace moves
-- expect: rewrite-table warning 1:1
ALTER TABLE ALL IN TABLESPACE slow SET TABLESPACE fast;
-- case: NO INHERIT takes rows away from readers of the parent
-- expect: detach-partition warning 1:1
ALTER TABLE events_2020 NO INHERIT events;
