-- case: a drop in a block
-- expect: drop-table error 3:3
DO $$
BEGIN
  DROP TABLE users;
END $$;
-- case: a drop in a branch of a block
-- expect: drop-column error 1:78
DO $$ BEGIN IF EXISTS (SELECT 1 FROM pg_class WHERE relname = 'users') THEN  ALTER TABLE users DROP COLUMN a; END IF; END $$;
-- case: a drop in a loop
-- expect: delete-rows warning 5:5
DO $$
DECLARE r record;
BEGIN
  FOR r IN SELECT id FROM users LOOP
    DELETE FROM notes WHERE user_id = r.id;
  END LOOP;
END $$;
-- case: a drop when something fails
-- expect: truncate error 5:3
DO $$
BEGIN
  PERFORM 1;
EXCEPTION WHEN others THEN
  TRUNCATE users;
END $$;
-- case: the same statement twice is two places
-- expect: truncate error 1:13, truncate error 1:29
DO $$ BEGIN TRUNCATE users; TRUNCATE users; END $$;
-- case: the query of a loop
-- expect: delete-without-where error 4:12
DO $$
DECLARE r record;
BEGIN
  FOR r IN DELETE FROM  users RETURNING id LOOP NULL; END LOOP;
END $$;
-- case: a constant that is executed
-- expect: drop-table error 1:21
DO $$ BEGIN EXECUTE 'DROP TABLE users'; END $$;
-- case: a constant of two parts that is executed
-- expect: drop-table error 1:21
DO $$ BEGIN EXECUTE 'DROP ' || 'TABLE users'; END $$;
-- case: a harmless constant that is executed
-- expect: none
DO $$ BEGIN EXECUTE 'CREATE TABLE a (id bigint)'; END $$;
-- case: a text that is put together
-- expect: dynamic-sql warning 1:57
DO $$ DECLARE t text; BEGIN t := 'users';       EXECUTE 'DROP TABLE ' || t; END $$;
-- case: format with a value
-- expect: dynamic-sql warning 1:48
DO $$ DECLARE t text := 'users'; BEGIN EXECUTE format('DROP TABLE %I', t); END $$;
-- case: format without a value
-- expect: truncate error 1:21
DO $$ BEGIN EXECUTE format('TRUNCATE users'); END $$;
-- case: a loop over a text that is put together
-- expect: dynamic-sql warning 1:60
DO $$ DECLARE r record; q text; BEGIN FOR r IN     EXECUTE q LOOP NULL; END LOOP; END $$;
-- case: a text that is no SQL
-- expect: unread-body error 1:21
DO $$ BEGIN EXECUTE 'DROP TABEL users'; END $$;
-- case: a block in quotes
-- expect: drop-table error 1:1
DO 'BEGIN EXECUTE ''DROP TABLE users''; END';
-- case: a block that cannot be read
-- expect: unread-body error 1:1
DO $$ BEGIN DROPP TABLE; END $$;
-- case: a block in another language
-- expect: dynamic-sql warning 1:1
DO LANGUAGE plpython3u $$ plpy.execute("DROP TABLE users") $$;
-- case: a row of a table in a block
-- expect: delete-rows warning 1:63
DO $$ DECLARE u users%ROWTYPE; BEGIN u.id := 1;               DELETE FROM notes WHERE id = u.id; END $$;
-- case: words in a comment and a string of a block
-- expect: none
DO $$
BEGIN
  -- DROP TABLE users;
  RAISE NOTICE 'TRUNCATE users';
END $$;
-- case: a function that deletes is only a note
-- expect: delete-without-where note 1:59
CREATE FUNCTION tidy() RETURNS void LANGUAGE sql AS     $$DELETE FROM users$$;
-- case: a function that deletes and is called
-- expect: delete-without-where error 1:55
CREATE FUNCTION tidy() RETURNS void LANGUAGE sql AS $$DELETE FROM users$$;
SELECT tidy();
-- case: a function that deletes and is called in a block
-- expect: delete-without-where error 1:65
CREATE FUNCTION tidy() RETURNS void LANGUAGE plpgsql AS $$BEGIN DELETE FROM users; END$$;
DO $$ BEGIN PERFORM tidy(); END $$;
-- case: a procedure that is called
-- expect: truncate error 1:55
CREATE PROCEDURE tidy() LANGUAGE plpgsql AS $$  BEGIN TRUNCATE users; END$$;
CALL tidy();
-- case: a function that calls another one
-- expect: truncate error 1:54
CREATE FUNCTION a() RETURNS void LANGUAGE sql AS   $$TRUNCATE users$$;
CREATE FUNCTION b() RETURNS void LANGUAGE sql AS $$SELECT a()$$;
SELECT b();
-- case: a function in the grammar itself
-- expect: delete-without-where note 1:75
CREATE FUNCTION tidy() RETURNS void LANGUAGE sql BEGIN ATOMIC DELETE FROM users; END;
-- case: what a trigger does is done by the live code
-- expect: delete-rows warning 3:3
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $f$
BEGIN
  DELETE FROM notes WHERE user_id = OLD.id;
  NEW.changed := now();
  RETURN NEW;
END $f$;
CREATE TRIGGER touch BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch();
-- case: a table that a branch of a block makes may be old
-- expect: drop-table error 2:1
DO $$ BEGIN IF random() > 2 THEN CREATE TABLE users (id bigint); END IF; END $$;
DROP TABLE users;
-- case: a function that an assignment calls
-- expect: truncate error 1:57
CREATE FUNCTION tidy() RETURNS int LANGUAGE sql AS    $$TRUNCATE users; SELECT 1$$;
DO $$ DECLARE n int; BEGIN n := tidy(); END $$;
-- case: a function that a condition calls
-- expect: truncate error 1:57
CREATE FUNCTION tidy() RETURNS int LANGUAGE sql AS    $$TRUNCATE users; SELECT 1$$;
DO $$ BEGIN IF tidy() > 0 THEN NULL; END IF; END $$;
-- case: an assignment to a part of an array
-- expect: none
DO $$ DECLARE n int[]; BEGIN n[1] := 2; END $$;
-- case: a function of an earlier file is called
-- expect: delete-without-where error 2:1
-- before: CREATE FUNCTION purge() RETURNS void LANGUAGE sql AS 'DELETE FROM users';
CREATE TABLE log (id bigint);
SELECT purge();
-- case: a function of an earlier file that another one calls
-- expect: truncate error 1:1
-- before: CREATE FUNCTION wipe() RETURNS void LANGUAGE sql AS 'TRUNCATE users'; CREATE FUNCTION all_of_it() RETURNS void LANGUAGE sql AS 'SELECT wipe()';
SELECT all_of_it();
-- case: a function of an earlier file that nobody calls
-- expect: none
-- before: CREATE FUNCTION purge() RETURNS void LANGUAGE sql AS 'DELETE FROM users';
SELECT 1;
-- case: a function that a later file made harmless
-- expect: none
-- before: CREATE FUNCTION purge() RETURNS void LANGUAGE sql AS 'DELETE FROM users'; CREATE OR REPLACE FUNCTION purge() RETURNS void LANGUAGE sql AS 'SELECT 1';
SELECT purge();
