import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { requireUser } from '../access/require.ts';
import type { App } from '../app.ts';
import { type AppHandler, gone, ok } from '../http/exchange.ts';
import { notFound, Problem } from '../http/problem.ts';
import { readObject } from '../http/read-body.ts';
import { readDay, readId, readText } from '../http/read-value.ts';
import { QUESTIONS } from '../questions.ts';

/** Columns that every build knows, and those of this one. */
const columnsOf = ({ build }: App): string =>
  `a.id, a.name, a.status, a.facility_id as "facilityId", a.created_at as "createdAt"${
    build.features.dueDates ? `, a.due_date::text as "dueDate"` : ''
  }`;

/** The newest hundred of the user. */
export const listAssessments: AppHandler = async (app, request) => {
  const user = requireUser(app, request);
  const sql = `select ${columnsOf(app)} from assessments a where a.user_id = $1
    order by a.created_at desc, a.id desc limit 100`;
  return ok((await app.pool.query(sql, [user])).rows);
};

/** One assessment with its questions, in their order. */
export const showAssessment: AppHandler = async (app, request) => {
  const user = requireUser(app, request);
  const sql = `select ${columnsOf(app)}, coalesce(
      (select json_agg(json_build_object('id', q.id, 'position', q.position, 'text', q.text) order by q.position)
       from questions q where q.assessment_id = a.id), '[]') as questions
    from assessments a where a.id = $1 and a.user_id = $2`;
  const [found] = (await app.pool.query(sql, [readId(request.params.id), user])).rows;
  if (found === undefined) throw notFound();
  return ok(found);
};

function readFacility(value: unknown): number | null {
  if (value === undefined || value === null) return null;
  if (typeof value === 'number' && Number.isInteger(value) && value > 0 && value < 2 ** 31) return value;
  throw new Problem(400, 'facilityId must be the id of a facility');
}

/** A draft in the user's own facility, with the standard questions (SMK-06F). 404 for a facility of others. */
export const createAssessment: AppHandler = async (app, request) => {
  const user = requireUser(app, request);
  const given = readObject(request.body);
  const { dueDates } = app.build.features;
  const name = readText(given.name, 'name', 200);
  const day = dueDates ? readDay(given.dueDate, 'dueDate') : null;
  const values = [user, name, readFacility(given.facilityId), [...QUESTIONS], ...(dueDates ? [day] : [])];
  const sql = `with a as (
      insert into assessments (name, status, facility_id, user_id${dueDates ? ', due_date' : ''})
      select $2, 'draft', u.facility_id, u.id${dueDates ? ', $5::date' : ''} from users u
      where u.id = $1 and u.facility_id = coalesce($3, u.facility_id) returning *),
    asked as (
      insert into questions (assessment_id, position, text)
      select a.id, q.position, q.text from a, unnest($4::text[]) with ordinality as q(text, position))
    select ${columnsOf(app)} from a`;
  const [made] = (await app.pool.query(sql, values)).rows;
  if (made === undefined) throw notFound();
  return { status: 201, json: made };
};

/** Takes an assessment away with everything that hangs on it, uploads included. */
export const deleteAssessment: AppHandler = async (app, request) => {
  const user = requireUser(app, request);
  const id = readId(request.params.id);
  const sql = 'delete from assessments where id = $1 and user_id = $2';
  if ((await app.pool.query(sql, [id, user])).rowCount === 0) throw notFound();
  await rm(join(app.settings.filesFolder, String(id)), { recursive: true, force: true });
  return gone;
};
