import { isUnder, type Line, ROLLBACK, somewhere, workLines } from '../ask.ts';
import { minutesApart, readClock } from '../clock-times.ts';
import type { RunbookDocument } from '../document.ts';
import { firstOf, type Hit, hit, type LintRule } from '../rule.ts';

const RESTORES = /\b(point[- ]in[- ]time|PITR|pg_restore|restore)\b/i;
const names = ({ lines }: RunbookDocument, words: RegExp): boolean => lines.some((line) => words.test(line));

const isRestoreStep = ({ text, section }: Line): boolean =>
  isUnder(section, ROLLBACK) &&
  RESTORES.test(text) &&
  /\b(database|neon|rds|branch|backup|timestamp|option|snapshot|pg_restore)\b/i.test(
    `${text} ${section.title}`,
  ) &&
  !/\bloses?\b/i.test(text);

/** Copies of what is there now, so that a restore can itself be taken back. */
const KEEPS =
  /\b(preserve|keep(s|ing)? (the|a)|copy of|pg_dump|snapshot (of )?(the )?(current|present)|back ?up (of )?(the )?(current|present)|backup branch|before (the )?restor)/i;

function findUnkept(document: RunbookDocument): readonly Hit[] {
  const lines = workLines(document).filter(({ section }) => isUnder(section, ROLLBACK));
  const restores = lines.filter((line) => isRestoreStep(line));
  const unkept = restores.filter(
    ({ section }) => !lines.some((one) => one.section === section && KEEPS.test(one.text)),
  );
  return firstOf(
    unkept.map((one) => hit(one, 'the database is restored, and what it holds now is kept nowhere')),
  );
}

const startOf = (document: RunbookDocument): number | undefined =>
  document.sections
    .filter(
      ({ title, path }) =>
        /\b(start|begin|execut\w*|kick ?off)\b.*\bdeploy|deploy\w*\b.*\b(start|begin|execut\w*)/i.test(
          title,
        ) && !path.some((one) => ROLLBACK.test(one)),
    )
    .map(({ title }) => readClock(title))
    .find((time) => time !== undefined);

const POINT =
  /\b(timestamp|restore (to|point)|point)\b.*\b(before|prior to)\b.*\b(deploy\w*|release)|\brestore (to|at)\b.*\d{1,2}:\d{2}/i;

function findEarlyPoints(document: RunbookDocument): readonly Hit[] {
  const start = startOf(document);
  return workLines(document)
    .filter(
      ({ text, section }) =>
        isUnder(section, ROLLBACK) && POINT.test(text) && !/\b(lsn|recorded|marked|marker)\b/i.test(text),
    )
    .map((one) => {
      const time = readClock(one.text);
      const lost = time === undefined || start === undefined ? 0 : minutesApart(time, start);
      const said =
        lost > 0
          ? `writes of the ${lost} min before the deployment starts are thrown away`
          : 'the moment is estimated';
      return hit(one, `"${one.text.replace(/^[#\s\d.]+/, '')}": ${said}, and more until the first change`);
    });
}

const PAIRED = /migrations?\/[^\s`]*\.sql|\bmigration (scripts|files)\b|\brollback scripts\b/i;

/** The option that is named first is the one that is taken. */
function findDestructiveFirst({ statements, sections }: RunbookDocument): readonly Hit[] {
  const options = [
    ...statements,
    ...sections.map((one) => ({ ...one, text: one.title, section: one })),
  ].filter(
    ({ text, section }) =>
      /^(option|way|method|alternative)\s+\S+\s*[:.]?/i.test(text) && isUnder(section, ROLLBACK),
  );
  return options
    .filter((one, i) => {
      const near = options.filter(({ section }) => section.path.join() === one.section.path.join());
      const isFirst =
        options.findIndex(({ section }) => section.path.join() === one.section.path.join()) === i;
      return isFirst && near.length > 1 && (RESTORES.test(one.text) || /\bdrop\b/i.test(one.text));
    })
    .filter((one, i, all) => all.findIndex(({ line }) => line === one.line) === i)
    .map((one) => hit(one, `"${one.text}" is offered first, and takes data that another option would leave`));
}

const DROPS =
  /\b(DROP\s+(TABLE|DATABASE|SCHEMA|COLUMN)|TRUNCATE(\s+TABLE)?\s+\w|DELETE\s+FROM\s+\S+\s*(;|"|'|$))|\bdropdb\b|\bpg_restore\b.*--clean/i;

function findDrops(document: RunbookDocument): readonly Hit[] {
  const lines = workLines(document);
  return lines
    .filter(({ text, section }) => isUnder(section, ROLLBACK) && DROPS.test(text) && !/^\s*(#|--)/.test(text))
    .filter(
      (one) =>
        !lines.some(
          ({ text, line, section }) =>
            line < one.line && section === one.section && /\b(pg_dump|back ?up|snapshot|copy)\b/i.test(text),
        ),
    )
    .map((one) => hit(one, `"${one.text.trim()}" takes data away, and nothing keeps it before`));
}

const RETENTION =
  /\b(\d+)[- ](hours?|days?)\b.{0,20}\b(retention|history|window)|\b(retention|history)\b.{0,30}\b(\d+)[- ](hours?|days?)\b/i;
const READS_IT = /\b(verify|check|confirm|read|look up|assert)\w*\b.*\b(retention|history|restore window)\b/i;

/** Databases, and the ways back of them. */
export const databaseRules: readonly LintRule[] = [
  {
    id: 'restore-without-copy',
    severity: 'error',
    title: 'A restore keeps nothing of what it replaces',
    why: 'What was written since is gone, and a restore to the wrong moment cannot be taken back.',
    next: 'Keep the present state under a name first (a branch, a dump), and say which.',
    find: findUnkept,
  },
  {
    id: 'restore-loses-writes',
    severity: 'error',
    title: 'The restore point lies before the first change',
    why: 'All that users wrote between that moment and the first change is lost for nothing.',
    next: 'Record the moment (LSN) directly before the first migration, behind maintenance mode, and restore to that.',
    find: findEarlyPoints,
  },
  {
    id: 'destructive-first',
    severity: 'error',
    title: 'The way back that loses data is offered first',
    why: 'Under pressure the first option is taken, also where code alone would have done.',
    next: 'Order the options by what they lose, and ask for a confirmation that names what is at risk.',
    find: findDestructiveFirst,
  },
  {
    id: 'drop-in-rollback',
    severity: 'error',
    title: 'A rollback drops or empties something without a copy',
    why: 'Going back must not lose more than the release did.',
    next: 'Keep a copy first, or leave it and take it away in a later release.',
    find: findDrops,
  },
  {
    id: 'retention-assumed',
    severity: 'error',
    title: 'A restore window is stated and never read',
    why: 'It depends on the plan that is paid for: hours, a day, weeks.',
    next: 'Add a check that reads it from the provider, and fails when it is shorter than watch and a day.',
    find: (document) =>
      somewhere(workLines(document), READS_IT)
        ? []
        : workLines(document)
            .filter(({ text }) => RETENTION.test(text) && RESTORES.test(text))
            .map((one) => hit(one, `"${one.text}" is taken for granted`)),
  },
  {
    id: 'database-branch-merge',
    severity: 'error',
    title: 'A branch of a database is to be merged',
    why: 'Branches of a database (Neon) part for good; there is no merge of them.',
    next: 'Try the migration on the branch, then run the same files with the same program on production.',
    find: (document) =>
      names(document, /\b(neon|database branch)/i)
        ? workLines(document)
            .filter(({ text }) =>
              /\bmerge\b.*\bbranch\b.*\b(database|db)\b|\bmerge\b.*\bdatabase branch\b/i.test(text),
            )
            .map((one) => hit(one, `"${one.text}": no database branch can be merged`))
        : [],
  },
  {
    id: 'schema-push',
    severity: 'error',
    title: 'The schema is pushed where migration files are to run',
    why: 'A push compares and changes by itself: what was tried is not what production gets.',
    next: 'Try the migration files with the command that production will use.',
    find: (document) =>
      names(document, PAIRED)
        ? document.commands
            .filter(({ text }) =>
              /\b(db:push|drizzle-kit push|prisma db push|schema:push|db:sync)\b/.test(text),
            )
            .map((one) => hit(one, `"${one.text}" passes by the migration files`))
        : [],
  },
  {
    id: 'no-down-migrations',
    severity: 'error',
    title: 'A way back that the migration tool does not have',
    why: 'Drizzle and Prisma know no migrations down; such a script is home-made, and nothing here says that it was ever tried.',
    next: 'Write the script of each migration back, run it in one transaction with its journal row, and rehearse it.',
    find: (document) =>
      names(document, /\b(drizzle|prisma)/i)
        ? document.commands
            .filter(({ text }) => /\bmigrat\w*[:\s-](rollback|down|revert|undo)\b/.test(text))
            .map((one) => hit(one, `"${one.text}": the migration tool has no such command`))
        : [],
  },
];
