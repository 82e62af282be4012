-- case: a column
-- expect: rename-column error 1:1
ALTER TABLE users RENAME COLUMN email TO mail;
-- case: an attribute
-- expect: rename-column error 1:1
ALTER TYPE address RENAME ATTRIBUTE street TO road;
-- case: a table
-- expect: rename-table error 1:1
ALTER TABLE users RENAME TO people;
-- case: a view
-- expect: rename-table error 1:1
ALTER VIEW open_exports RENAME TO waiting_exports;
-- case: a table goes to another schema
-- expect: rename-table error 1:1
ALTER TABLE users SET SCHEMA archive;
-- case: a schema
-- expect: rename-schema warning 1:1
ALTER SCHEMA archive RENAME TO attic;
-- case: a value of an enum
-- expect: rename-enum-value warning 1:1
ALTER TYPE status RENAME VALUE 'open' TO 'waiting';
-- case: a type
-- expect: rename-other warning 1:1
ALTER TYPE status RENAME TO state;
-- case: a function
-- expect: rename-other warning 1:1
ALTER FUNCTION total(integer) RENAME TO sum_of;
-- case: an index is named by nobody
-- expect: none
ALTER INDEX users_email RENAME TO users_email_key;
-- case: neither is a constraint
-- expect: none
ALTER TABLE users RENAME CONSTRAINT a TO b;
-- case: a new value of an enum
-- expect: none
ALTER TYPE status ADD VALUE IF NOT EXISTS 'done' AFTER 'open';
-- case: a new enum
-- expect: none
CREATE TYPE mood AS ENUM ('good', 'bad');
-- case: a new table takes the place of an old one
-- expect: drop-table error 3:1
CREATE TABLE users_next (id bigint);
INSERT INTO users_next SELECT id FROM users;
DROP TABLE users;
ALTER TABLE users_next RENAME TO users;
CREATE INDEX users_id ON users (id);
