-- case: nothing
-- expect: none

-- case: comments alone
-- expect: none
-- later
/* much later */
-- case: a typing error
-- expect: unparsed error 2:1
SELECT 1;
ALTRE TABLE users ADD COLUMN a text;
-- case: a typing error after letters of two and four bytes
-- expect: unparsed error 1:15
SELECT 'üé😀'; ALTRE TABLE users;
-- case: a command of psql
-- expect: unparsed error 1:1
\set ON_ERROR_STOP on
DROP TABLE users;
-- case: a file that psql would include
-- expect: unparsed error 2:1
SELECT 1;
\i other.sql
-- case: the data of a COPY
-- expect: unparsed error 2:1
COPY users (id, name) FROM stdin;
1	Ann
\.
-- case: a string without an end
-- expect: unparsed error 1:8
SELECT 'DROP TABLE users;
-- case: a comment without an end
-- expect: unparsed error 1:11
SELECT 1; /* DROP TABLE users;
-- case: COPY from a file of the server
-- expect: unjudged warning 1:1
COPY users FROM '/tmp/users.csv' WITH CSV;
-- case: several statements, several places
-- expect: drop-column error 3:1, index-not-concurrent warning 5:3, delete-without-where error 5:45
CREATE TABLE notes (id bigint);
-- then
ALTER TABLE users DROP COLUMN a;
--> statement-breakpoint
  CREATE INDEX users_a ON users (a);        DELETE FROM users;
-- case: letters of two, three and four bytes before the place
-- expect: drop-table error 1:33
/* ü – 😀 e\u0301 */ SELECT 'é'; DROP TABLE users;
-- case: a tab is one character
-- expect: drop-table error 1:12
		SELECT 1;DROP TABLE users;
-- case: settings and comments on things
-- expect: none
SET lock_timeout = '3s';
COMMENT ON TABLE users IS 'DROP TABLE users';
-- case: views and functions that come
-- expect: none
CREATE OR REPLACE VIEW v AS SELECT 1;
CREATE EXTENSION IF NOT EXISTS pgcrypto;
CREATE SEQUENCE numbers;
-- case: a byte order mark
-- expect: unparsed error 1:1
﻿DROP TABLE users;
-- case: a byte that is not UTF-8, as it is read
-- expect: unparsed error 1:33
INSERT INTO notes VALUES ('a caf�');
