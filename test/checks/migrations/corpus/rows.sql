-- case: every row
-- expect: delete-without-where error 1:1
DELETE FROM users;
-- case: some rows
-- expect: delete-rows warning 1:1
DELETE FROM users WHERE id = 7;
-- case: WHERE true is no WHERE
-- expect: delete-without-where error 1:1
DELETE FROM users WHERE true;
-- case: neither is 1 = 1
-- expect: delete-without-where error 1:1
DELETE FROM users WHERE 1 = 1;
-- case: nor NOT false
-- expect: delete-without-where error 1:1
DELETE FROM users WHERE NOT false;
-- case: nor a column that equals itself
-- expect: delete-without-where error 1:1
DELETE FROM users WHERE id = id;
-- case: nor a condition OR true
-- expect: delete-without-where error 1:1
DELETE FROM users WHERE id = 7 OR true;
-- case: nor a cast of a word
-- expect: delete-without-where error 1:1
DELETE FROM users WHERE 't'::boolean;
-- case: a condition AND true is a condition
-- expect: delete-rows warning 1:1
DELETE FROM users WHERE id = 7 AND true;
-- case: in a common table expression
-- expect: delete-without-where error 1:27
WITH gone AS (DELETE FROM users RETURNING *) INSERT INTO archive SELECT * FROM gone;
-- case: in two of them
-- expect: delete-rows warning 1:24, delete-without-where error 1:63
WITH a AS (DELETE FROM users WHERE id = 1), b AS (DELETE FROM notes) SELECT 1;
-- case: in a prepared statement
-- expect: delete-without-where error 1:26
PREPARE p AS DELETE FROM users;
-- case: EXPLAIN ANALYZE does it
-- expect: delete-without-where error 1:29
EXPLAIN ANALYZE DELETE FROM users;
-- case: EXPLAIN alone does not
-- expect: none
EXPLAIN DELETE FROM users;
-- case: a rule of the table only describes it
-- expect: create-rule warning 1:1
CREATE RULE r AS ON UPDATE TO users DO ALSO DELETE FROM notes;
-- case: MERGE that deletes what matches
-- expect: delete-without-where error 1:1
MERGE INTO users u USING gone g ON u.id = g.id WHEN MATCHED THEN DELETE;
-- case: MERGE that deletes under a condition
-- expect: delete-rows warning 1:1
MERGE INTO users u USING gone g ON u.id = g.id WHEN MATCHED AND g.old THEN DELETE;
-- case: MERGE that updates
-- expect: none
MERGE INTO users u USING next n ON u.id = n.id WHEN MATCHED THEN UPDATE SET name = n.name;
-- case: TRUNCATE
-- expect: truncate error 1:1
TRUNCATE users;
-- case: TRUNCATE of two tables
-- expect: truncate error 1:1, truncate error 1:1
TRUNCATE TABLE users, notes CASCADE;
-- case: UPDATE of every row
-- expect: update-without-where warning 1:1
UPDATE users SET name = lower(name);
-- case: UPDATE of some rows
-- expect: none
UPDATE users SET name = 'x' WHERE name IS NULL;
-- case: UPDATE of every row in a common table expression
-- expect: update-without-where warning 1:19
WITH u AS (UPDATE users SET a = 1 RETURNING id) SELECT count(*) FROM u;
-- case: INSERT and upsert
-- expect: none
INSERT INTO users (id) VALUES (1) ON CONFLICT (id) DO UPDATE SET id = excluded.id;
-- case: rows of a table that the file made
-- expect: none
CREATE TEMP TABLE picked AS SELECT id FROM users;
DELETE FROM picked;
TRUNCATE picked;
-- case: a table that SELECT INTO made
-- expect: none
SELECT * INTO copied FROM users;
UPDATE copied SET name = '';
-- case: a temporary table hides an old one, which is still there
-- expect: delete-without-where error 2:1
-- before: CREATE TABLE users (id bigint);
CREATE TEMP TABLE users (id bigint);
DELETE FROM public.users;
