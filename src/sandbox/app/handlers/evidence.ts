import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PoolClient } from 'pg';
import { requireUser } from '../access/require.ts';
import type { App } from '../app.ts';
import { inTransaction } from '../database.ts';
import { type AppHandler, gone } from '../http/exchange.ts';
import { type Form, plainFilename, readForm, type UploadedFile } from '../http/multipart.ts';
import { notFound, Problem } from '../http/problem.ts';
import { readId } from '../http/read-value.ts';

/** Longest upload in bytes, the form around it included. */
export const UPLOAD_LIMIT = 5 * 1024 * 1024;

interface Evidence {
  readonly id: number;
  readonly filename: string;
  readonly url: string;
}

function readUpload({ fields, files }: Form): { file: UploadedFile; question: number | null } {
  const file = files.find(({ field }) => field === 'file');
  if (file === undefined) throw new Problem(400, 'the form has no file');
  const question = fields.get('questionId');
  return { file, question: question === undefined || question === '' ? null : readId(question) };
}

// The file's name on disk is its id: what a user calls it never becomes a path.
const fileOf = ({ settings }: App, assessment: number, evidence: number): string =>
  join(settings.filesFolder, String(assessment), String(evidence));

/** The row of an upload; undefined when the assessment is not the user's, or the question is not the assessment's. */
async function insertEvidence(client: PoolClient, values: readonly unknown[]): Promise<Evidence | undefined> {
  const sql = `insert into evidence_files (id, assessment_id, question_id, filename, url)
    select next.id, a.id, $3, $4, '/api/assessments/' || a.id || '/evidence/' || next.id
    from assessments a, (select nextval(pg_get_serial_sequence('evidence_files', 'id'))::int as id) next
    where a.id = $1 and a.user_id = $2 and ($3::int is null
      or exists (select 1 from questions q where q.id = $3 and q.assessment_id = a.id))
    returning id, filename, url`;
  return (await client.query<Evidence>(sql, [...values])).rows[0];
}

/** Keeps a file for an assessment, or for one of its questions (SMK-11F). */
export const addEvidence: AppHandler = async (app, request) => {
  const user = requireUser(app, request);
  const id = readId(request.params.id);
  const { file, question } = readUpload(readForm(request.headers['content-type'], request.body));
  const json = await inTransaction(app.pool, async (client) => {
    const made = await insertEvidence(client, [id, user, question, plainFilename(file.name)]);
    if (made === undefined) throw notFound();
    await mkdir(join(app.settings.filesFolder, String(id)), { recursive: true });
    await writeFile(fileOf(app, id, made.id), file.bytes, { mode: 0o600 });
    return made;
  });
  return { status: 201, json };
};

const OWN = `e.id = $1 and e.assessment_id = $2
  and exists (select 1 from assessments a where a.id = e.assessment_id and a.user_id = $3)`;

/** The file, as a download under its plain name. 404 when the row is there and the file is not. */
export const showEvidence: AppHandler = async (app, request) => {
  const user = requireUser(app, request);
  const [id, evidence] = [readId(request.params.id), readId(request.params.evidence)];
  const sql = `select e.filename from evidence_files e where ${OWN}`;
  const [found] = (await app.pool.query<Evidence>(sql, [evidence, id, user])).rows;
  const bytes = found && (await readFile(fileOf(app, id, evidence)).catch(() => undefined));
  if (found === undefined || bytes === undefined) throw notFound();
  const headers = { 'content-disposition': `attachment; filename="${plainFilename(found.filename)}"` };
  return { status: 200, type: 'application/octet-stream', bytes, headers };
};

export const deleteEvidence: AppHandler = async (app, request) => {
  const user = requireUser(app, request);
  const [id, evidence] = [readId(request.params.id), readId(request.params.evidence)];
  const { rowCount } = await app.pool.query(`delete from evidence_files e where ${OWN}`, [
    evidence,
    id,
    user,
  ]);
  if (rowCount === 0) throw notFound();
  await rm(fileOf(app, id, evidence), { force: true });
  return gone;
};
