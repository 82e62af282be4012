-- case: a longer varchar
-- expect: none
-- before: CREATE TABLE users (name varchar(20));
ALTER TABLE users ALTER COLUMN name TYPE varchar(50);
-- case: a shorter varchar
-- expect: change-type error 1:1
-- before: CREATE TABLE users (name varchar(50));
ALTER TABLE users ALTER COLUMN name TYPE varchar(20);
-- case: varchar to text
-- expect: none
-- before: CREATE TABLE users (name varchar(50));
ALTER TABLE users ALTER COLUMN name TYPE text;
-- case: text to varchar without a limit
-- expect: none
-- before: CREATE TABLE users (name text);
ALTER TABLE users ALTER COLUMN name TYPE varchar;
-- case: text to a limit
-- expect: change-type error 1:1
-- before: CREATE TABLE users (name text);
ALTER TABLE users ALTER COLUMN name TYPE varchar(255);
-- case: text with a USING that changes values
-- expect: change-type error 1:1
-- before: CREATE TABLE users (name varchar(9));
ALTER TABLE users ALTER COLUMN name TYPE text USING upper(name);
-- case: text with a USING that says nothing
-- expect: none
-- before: CREATE TABLE users (name varchar(9));
ALTER TABLE users ALTER COLUMN name TYPE text USING name::text;
-- case: integer to bigint
-- expect: change-type warning 1:1
-- before: CREATE TABLE users (id serial);
ALTER TABLE users ALTER COLUMN id TYPE bigint;
-- case: bigint to integer
-- expect: change-type error 1:1
-- before: CREATE TABLE users (id bigserial);
ALTER TABLE users ALTER COLUMN id TYPE integer;
-- case: more digits
-- expect: none
-- before: CREATE TABLE payments (amount numeric(10,2));
ALTER TABLE payments ALTER COLUMN amount TYPE numeric(12,2);
-- case: fewer digits
-- expect: change-type error 1:1
-- before: CREATE TABLE payments (amount numeric(12,2));
ALTER TABLE payments ALTER COLUMN amount TYPE numeric(10,2);
-- case: more digits behind the point
-- expect: change-type warning 1:1
-- before: CREATE TABLE payments (amount numeric(10,2));
ALTER TABLE payments ALTER COLUMN amount TYPE numeric(12,4);
-- case: digits behind the point at the cost of those before
-- expect: change-type error 1:1
-- before: CREATE TABLE payments (amount numeric(10,2));
ALTER TABLE payments ALTER COLUMN amount TYPE numeric(10,4);
-- case: numeric without limits
-- expect: none
-- before: CREATE TABLE payments (amount numeric(10,2));
ALTER TABLE payments ALTER COLUMN amount TYPE numeric;
-- case: a network becomes an address
-- expect: none
-- before: CREATE TABLE hosts (net cidr);
ALTER TABLE hosts ALTER COLUMN net TYPE inet;
-- case: an address becomes a network
-- expect: change-type error 1:1
-- before: CREATE TABLE hosts (net inet);
ALTER TABLE hosts ALTER COLUMN net TYPE cidr USING net::cidr;
-- case: json to jsonb
-- expect: change-type warning 1:1
-- before: CREATE TABLE notes (body json);
ALTER TABLE notes ALTER COLUMN body TYPE jsonb;
-- case: timestamp to timestamptz
-- expect: change-type warning 1:1
-- before: CREATE TABLE notes (made timestamp);
ALTER TABLE notes ALTER COLUMN made TYPE timestamptz;
-- case: fewer fractions of a second
-- expect: change-type error 1:1
-- before: CREATE TABLE notes (made timestamptz);
ALTER TABLE notes ALTER COLUMN made TYPE timestamptz(0);
-- case: more fractions of a second
-- expect: none
-- before: CREATE TABLE notes (made timestamptz(0));
ALTER TABLE notes ALTER COLUMN made TYPE timestamptz(3);
-- case: text to integer
-- expect: change-type error 1:1
-- before: CREATE TABLE notes (place text);
ALTER TABLE notes ALTER COLUMN place TYPE integer USING place::integer;
-- case: one value to many
-- expect: change-type error 1:1
-- before: CREATE TABLE notes (tags text);
ALTER TABLE notes ALTER COLUMN tags TYPE text[] USING array[tags];
-- case: an enum takes the place of text
-- expect: change-type error 1:1
-- before: CREATE TABLE notes (state text);
ALTER TABLE notes ALTER COLUMN state TYPE status USING state::status;
-- case: nobody knows what it was, and the next is narrow
-- expect: change-type error 1:1
ALTER TABLE notes ALTER COLUMN title TYPE varchar(20);
-- case: nobody knows what it was, and the next is wide
-- expect: change-type warning 1:1
ALTER TABLE notes ALTER COLUMN title TYPE text;
-- case: the column was renamed on its way
-- expect: none
-- before: CREATE TABLE notes (a varchar(9)); ALTER TABLE notes RENAME COLUMN a TO b; ALTER TABLE notes RENAME TO texts;
ALTER TABLE texts ALTER COLUMN b TYPE text;
-- case: the column had changed before
-- expect: change-type error 1:1
-- before: CREATE TABLE notes (a varchar(9)); ALTER TABLE notes ALTER a TYPE varchar(30);
ALTER TABLE notes ALTER COLUMN a TYPE varchar(20);
-- case: a table of the same file
-- expect: none
CREATE TABLE notes (a text);
ALTER TABLE notes ALTER COLUMN a TYPE varchar(20);
-- case: text by way of a shorter type loses what does not fit
-- expect: change-type error 1:1
-- before: CREATE TABLE users (name text);
ALTER TABLE users ALTER COLUMN name TYPE text USING name::varchar(5);
-- case: numbers by way of integers lose their fractions
-- expect: change-type error 1:1
-- before: CREATE TABLE bills (amount numeric(10,2));
ALTER TABLE bills ALTER COLUMN amount TYPE numeric USING amount::integer;
-- case: a USING that keeps no value at all
-- expect: change-type error 1:1
-- before: CREATE TABLE users (name text);
ALTER TABLE users ALTER COLUMN name TYPE text USING NULL;
-- case: a wider type that is filled from another column
-- expect: change-type error 1:1
-- before: CREATE TABLE users (a integer, b integer);
ALTER TABLE users ALTER COLUMN a TYPE bigint USING b;
-- case: a USING that only casts to the type itself
-- expect: none
-- before: CREATE TABLE bills (amount numeric(10,2));
ALTER TABLE bills ALTER COLUMN amount TYPE numeric(12,2) USING amount::numeric;
-- case: an enum that was renamed is another type
-- expect: rename-other warning 1:1, change-type error 3:1
-- before: CREATE TABLE users (state status);
ALTER TYPE status RENAME TO status_old;
CREATE TYPE status AS ENUM ('on');
ALTER TABLE users ALTER COLUMN state TYPE status USING state::text::status;
-- case: another collation builds the indexes anew
-- expect: change-type warning 1:1
-- before: CREATE TABLE users (name text);
ALTER TABLE users ALTER COLUMN name TYPE text COLLATE "C";
-- case: an interval loses fractions of a second
-- expect: change-type error 1:1
-- before: CREATE TABLE jobs (took interval(6));
ALTER TABLE jobs ALTER COLUMN took TYPE interval(0);
-- case: an interval of months becomes one of years
-- expect: change-type error 1:1
-- before: CREATE TABLE jobs (took interval month);
ALTER TABLE jobs ALTER COLUMN took TYPE interval year;
-- case: an interval keeps more fractions
-- expect: none
-- before: CREATE TABLE jobs (took interval(3));
ALTER TABLE jobs ALTER COLUMN took TYPE interval(6);
-- case: an array of longer texts
-- expect: change-type warning 1:1
-- before: CREATE TABLE users (tags varchar(10)[]);
ALTER TABLE users ALTER COLUMN tags TYPE varchar(20)[];
