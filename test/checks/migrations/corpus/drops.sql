-- case: a table
-- expect: drop-table error 1:1
DROP TABLE users;
-- case: two tables at once are two findings
-- expect: drop-table error 1:1, drop-table error 1:1
drop table users, public.notes;
-- case: a table that may not be there
-- expect: drop-table error 1:1
DROP TABLE IF EXISTS users;
-- case: with everything that depends on it
-- expect: drop-table error 1:1, drop-cascade error 1:1
DROP TABLE users CASCADE;
-- case: a quoted name with a blank, an umlaut and a keyword
-- expect: drop-table error 1:1
DROP TABLE "drop column Ä";
-- case: a foreign table
-- expect: drop-table error 1:1
DROP FOREIGN TABLE elsewhere;
-- case: the word in a comment
-- expect: none
-- DROP TABLE users;
SELECT 1;
-- case: the word in a nested comment
-- expect: none
/* DROP TABLE users; /* TRUNCATE notes; */ DELETE FROM exports; */ SELECT 1;
-- case: the word in a string
-- expect: none
INSERT INTO notes (text) VALUES ('DROP TABLE users; it''s gone');
-- case: the word in dollar quotes
-- expect: none
INSERT INTO notes (text) VALUES ($x$DROP TABLE users;$x$);
-- case: the word in a name
-- expect: none
ALTER TABLE notes ADD COLUMN drop_table_users text, ADD COLUMN deleted_at timestamptz;
-- case: ON DELETE CASCADE is no cascade of a drop
-- expect: none
CREATE TABLE parts (id bigint PRIMARY KEY, note_id bigint REFERENCES notes (id) ON DELETE CASCADE);
-- case: a column
-- expect: drop-column error 1:1
ALTER TABLE users DROP COLUMN email;
-- case: a column without the word COLUMN
-- expect: drop-column error 1:1
ALTER TABLE users DROP email;
-- case: a column with everything that depends on it
-- expect: drop-column error 1:1, drop-cascade error 1:1
ALTER TABLE users DROP COLUMN email CASCADE;
-- case: a constraint with everything that depends on it
-- expect: drop-cascade error 1:1, drop-constraint warning 1:1
ALTER TABLE users DROP CONSTRAINT users_pkey CASCADE;
-- case: two columns in one statement
-- expect: drop-column error 2:1, drop-column error 2:1

ALTER TABLE users DROP COLUMN a, DROP COLUMN b;
-- case: an attribute of a composite type
-- expect: drop-column error 1:1
ALTER TYPE address DROP ATTRIBUTE street;
-- case: a schema
-- expect: drop-schema error 1:1
DROP SCHEMA archive;
-- case: a schema with its tables
-- expect: drop-schema error 1:1, drop-cascade error 1:1
DROP SCHEMA IF EXISTS archive CASCADE;
-- case: a database
-- expect: drop-database error 1:1
DROP DATABASE rur2;
-- case: everything of a role
-- expect: drop-owned error 1:1
DROP OWNED BY app;
-- case: an enum
-- expect: drop-type error 1:1
DROP TYPE status;
-- case: a domain
-- expect: drop-type error 1:1
DROP DOMAIN email;
-- case: a view
-- expect: drop-view warning 1:1
DROP VIEW open_exports;
-- case: a materialized view
-- expect: drop-view warning 1:1
DROP MATERIALIZED VIEW totals;
-- case: a function
-- expect: drop-function warning 1:1
DROP FUNCTION total(integer);
-- case: a procedure
-- expect: drop-function warning 1:1
DROP PROCEDURE tidy();
-- case: a trigger
-- expect: drop-trigger warning 1:1
DROP TRIGGER touch ON users;
-- case: an extension
-- expect: drop-extension warning 1:1
DROP EXTENSION pgcrypto;
-- case: a sequence
-- expect: drop-other warning 1:1
DROP SEQUENCE numbers;
-- case: a role
-- expect: drop-other warning 1:1
DROP ROLE reporting;
-- case: a table that the same file made is nobody's loss
-- expect: none
CREATE TABLE scratch (id bigint);
DROP TABLE scratch;
-- case: IF NOT EXISTS may have found an old table
-- expect: drop-table error 2:1
CREATE TABLE IF NOT EXISTS scratch (id bigint);
DROP TABLE scratch;
-- case: dropped before it is made is the old one
-- expect: drop-table error 1:1
DROP TABLE scratch;
CREATE TABLE scratch (id bigint);
-- case: a new table of another schema is another table
-- expect: drop-table error 2:1
CREATE TABLE archive.scratch (id bigint);
DROP TABLE scratch;
-- case: public is where a name without a schema is
-- expect: none
CREATE TABLE public.scratch (id bigint);
DROP TABLE scratch;
-- case: a schema is not new because a new table has its name
-- expect: drop-schema error 2:1, drop-cascade error 2:1
CREATE TABLE legacy (id bigint);
DROP SCHEMA legacy CASCADE;
-- case: a temporary table hides an old one that no file tells of
-- expect: drop-table error 2:1
CREATE TEMP TABLE users (id bigint);
DROP TABLE public.users;
-- case: the second drop reaches the table behind the temporary one
-- expect: drop-table error 3:1
CREATE TEMP TABLE users (id bigint);
DROP TABLE users;
DROP TABLE users;
-- case: a temporary table with another name is still temporary
-- expect: drop-table error 3:1
CREATE TEMP TABLE draft (id bigint);
ALTER TABLE draft RENAME TO users;
DROP TABLE public.users;
-- case: a new table of another search path is another table
-- expect: drop-table error 4:1
SET search_path TO archive;
CREATE TABLE users (id bigint);
SET search_path TO public;
DROP TABLE users;
-- case: set_config changes the search path as well
-- expect: drop-table error 3:1
CREATE TABLE users (id bigint);
SELECT pg_catalog.set_config('search_path', 'archive', false);
DROP TABLE users;
-- case: the search path names the schema of a new table
-- expect: none
SET search_path TO archive, public;
CREATE TABLE drafts (id bigint);
DROP TABLE archive.drafts;
-- case: a new table that took an old one in as its partition
-- expect: attach-partition warning 2:1, drop-table error 3:1
CREATE TABLE events_all (id bigint) PARTITION BY RANGE (id);
ALTER TABLE events_all ATTACH PARTITION events FOR VALUES FROM (1) TO (9);
DROP TABLE events_all;
-- case: a new table that old rows are inherited by
-- expect: delete-without-where error 3:1
CREATE TABLE events_all (id bigint);
ALTER TABLE events INHERIT events_all;
DELETE FROM events_all;
