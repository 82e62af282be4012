import { requireUser } from '../access/require.ts';
import { type AppHandler, gone, ok } from '../http/exchange.ts';
import { notFound } from '../http/problem.ts';
import { readId } from '../http/read-value.ts';

/** Asks for a report; the worker makes it (SMK-12F). */
export const startExport: AppHandler = async (app, request) => {
  const user = requireUser(app, request);
  const sql = `insert into exports (assessment_id, user_id)
    select a.id, a.user_id from assessments a where a.id = $1 and a.user_id = $2 returning id as "exportId", status`;
  const [made] = (await app.pool.query(sql, [readId(request.params.id), user])).rows;
  if (made === undefined) throw notFound();
  return { status: 202, json: made };
};

interface ExportRow {
  readonly status: string;
  readonly document: Buffer | null;
}

/** The report, or 202 while it is made (E-75). */
export const downloadExport: AppHandler = async (app, request) => {
  const user = requireUser(app, request);
  const id = readId(request.params.id);
  const sql = 'select status, document from exports where id = $1 and user_id = $2';
  const [found] = (await app.pool.query<ExportRow>(sql, [id, user])).rows;
  if (found === undefined) throw notFound();
  const { status, document } = found;
  if (document === null)
    return { ...ok({ exportId: id, status }), status: 202, headers: { 'retry-after': '1' } };
  const headers = { 'content-disposition': `attachment; filename="assessment-export-${id}.pdf"` };
  return { status: 200, type: 'application/pdf', bytes: document, headers };
};

export const deleteExport: AppHandler = async (app, request) => {
  const user = requireUser(app, request);
  const sql = 'delete from exports where id = $1 and user_id = $2';
  if ((await app.pool.query(sql, [readId(request.params.id), user])).rowCount === 0) throw notFound();
  return gone;
};
