import type { Pool, PoolClient } from 'pg';
import type { App } from '../app.ts';
import { inTransaction } from '../database.ts';
import { makePdf } from './make-pdf.ts';

/** Exports made in one turn. */
const AT_ONCE = 5;

/** Longest pause between two turns in ms. */
const TURN_MS = 500;

interface DueExport {
  readonly id: number;
  readonly name: string;
  readonly status: string;
  readonly questions: readonly string[];
}

/** Exports that are old enough, each for this worker alone: two builds serve at once during a publish. */
async function takeDue(client: PoolClient, { settings, build }: App): Promise<readonly DueExport[]> {
  const order = build.features.exportQueue ? 'e.priority desc, e.id' : 'e.id';
  const sql = `select e.id, a.name, a.status,
      array(select q.text from questions q where q.assessment_id = a.id order by q.position) as questions
    from exports e join assessments a on a.id = e.assessment_id
    where e.status = 'processing' and e.created_at <= now() - $1 * interval '1 millisecond'
    order by ${order} limit ${AT_ONCE} for update of e skip locked`;
  return (await client.query<DueExport>(sql, [settings.exportMs])).rows;
}

async function makeDue(pool: Pool, app: App): Promise<void> {
  await inTransaction(pool, async (client) => {
    for (const { id, name, status, questions } of await takeDue(client, app)) {
      const lines = [
        'RuR2 (SANDBOX)',
        name,
        `Status: ${status}`,
        '',
        ...questions.map((text, i) => `${i + 1}. ${text}`),
      ];
      const sql = `update exports set status = 'ready', document = $2, finished_at = now() where id = $1`;
      await client.query(sql, [id, makePdf(lines)]);
    }
  });
}

/** Makes exports in the background until it is stopped; rests while jobs are paused (RBX-2.2). */
export function runWorker(app: App): { stop(): Promise<void> } {
  const pauseMs = Math.max(20, Math.min(TURN_MS, app.settings.exportMs / 2));
  let isStopped = false;
  let wake = (): void => undefined;
  const rest = (): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, pauseMs);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const work = async (): Promise<void> => {
    while (!isStopped) {
      // A database that is away is no reason to end: the next turn asks again.
      if (!app.flags.read().jobsPaused) await makeDue(app.pool, app).catch(() => undefined);
      if (!isStopped) await rest();
    }
  };
  const ended = work();
  return {
    stop: () => {
      isStopped = true;
      wake();
      return ended;
    },
  };
}
