import type { RunbookDocument } from '../document.ts';
import { type Hit, hit, type Known, type LintRule } from '../rule.ts';
import { cut, pick } from './pick-commands.ts';

const SCRIPT = /\b(?:npm|pnpm|yarn|bun) (?:run|run-script)\s+([\w:.-]+)/;

function findScripts({ commands }: RunbookDocument, { scripts }: Known): readonly Hit[] {
  if (scripts === undefined) return [];
  return commands.flatMap((one) => {
    const name = SCRIPT.exec(one.text)?.[1];
    return name === undefined || scripts.includes(name)
      ? []
      : [hit(one, `package.json has no script "${name}"`)];
  });
}

const WRITING_CHECK = /\bdrizzle-kit (introspect|pull)\b|\bprisma db pull\b|\b(prisma migrate (dev|reset))\b/;

/** Programs that do something else than the line means, or that are not there. */
export const toolRules: readonly LintRule[] = [
  {
    id: 'check-that-writes',
    severity: 'warn',
    title: 'A check changes what it looks at',
    why: 'It writes files of the repository, or the schema; a look must leave no trace.',
    next: 'Ask with a read: SELECT 1, or the journal of migrations.',
    find: pick(
      ({ text }) => WRITING_CHECK.test(text),
      ({ text }) => `"${cut(text)}" writes`,
    ),
  },
  {
    id: 'script-missing',
    severity: 'error',
    title: 'A script that package.json does not have',
    why: 'The step ends with "Missing script".',
    next: 'Add the script, or name the one that is there.',
    find: findScripts,
  },
  {
    id: 'undocumented-command',
    severity: 'warn',
    title: 'A command that its vendor does not document',
    why: 'Replit documents neither a list of secrets nor a rollback in its command line; such lines come from texts about it.',
    next: 'Use what is documented: the publishing history, by hand, and a proof of the version that answers.',
    find: pick(
      ({ text }) => /\breplit (secrets|deployments?)\b/.test(text),
      ({ text }) => `"${cut(text)}" is in no documentation of Replit`,
    ),
  },
];
