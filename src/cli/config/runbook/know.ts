import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Loaded } from '../../../config/load.ts';
import { dateAt } from '../../../domain/calendar/dates.ts';
import type { RunbookDocument } from '../../../domain/runbook/document.ts';
import type { Known, SqlFacts } from '../../../domain/runbook/rule.ts';
import { makeSql } from '../../../services/sql/real.ts';
import { exampleDeploy, exampleRollbacks, productionsOf } from './example-plans.ts';
import { listAnswers } from './list-answers.ts';

/** Names of the scripts beside the configuration; undefined where there is no package.json to be read. */
function readScripts(folder: string): readonly string[] | undefined {
  try {
    const { scripts } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
      scripts?: object;
    };
    return Object.keys(scripts ?? {});
  } catch {
    return undefined;
  }
}

const lineOfByte = (sql: string, at: number): number =>
  Buffer.from(sql).subarray(0, at).toString().split('\n').length;

/** Blocks of SQL as PostgreSQL's own grammar reads them, by the line of their fence. */
async function readSqlBlocks({ fences }: RunbookDocument): Promise<ReadonlyMap<number, SqlFacts>> {
  const sql = makeSql();
  const blocks = fences.filter(({ kind }) => kind === 'sql');
  const read = blocks.map(async ({ line, lines }): Promise<[number, SqlFacts]> => {
    const text = lines.join('\n');
    const answer = await sql.read(text);
    if (!answer.ok) return [line, { ok: false, line: lineOfByte(text, answer.at), said: answer.said }];
    return [line, { ok: true, kinds: answer.statements.map(({ kind }) => kind) }];
  });
  return new Map(await Promise.all(read));
}

function ofConfiguration({ runbook, root }: Loaded): Omit<Known, 'sql' | 'today'> {
  const productions = productionsOf(runbook);
  const plans = productions.flatMap((env) => [
    exampleDeploy(runbook, env),
    ...exampleRollbacks(runbook, env).map(({ plan }) => plan),
  ]);
  return {
    roles: Object.values(runbook.roles).map(({ title }) => title),
    productionHosts: productions.map((env) => new URL(runbook.environments[env]?.url ?? 'http://-').host),
    answers: listAnswers(runbook, plans),
    scripts: readScripts(root),
  };
}

const NOTHING: Omit<Known, 'sql' | 'today'> = {
  ...{ roles: undefined, answers: undefined, scripts: undefined },
  productionHosts: [],
};

/** What rules may know beside the text. Without a configuration nothing is compared with one. */
export async function readKnown(
  document: RunbookDocument,
  loaded: Loaded | undefined,
  now: Date,
): Promise<Known> {
  const known = loaded === undefined ? NOTHING : ofConfiguration(loaded);
  const zone = loaded?.runbook.timezone ?? 'UTC';
  return { ...known, today: dateAt(now.getTime(), zone), sql: await readSqlBlocks(document) };
}
