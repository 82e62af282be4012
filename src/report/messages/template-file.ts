import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ReleaseError } from '../../domain/failure.ts';
import { findNearest } from '../../domain/suggest.ts';
import { isTemplateName, TEMPLATE_NAMES } from '../../domain/template-names.ts';

/** A template as it was read; `shown` names it in messages. */
export interface TemplateSource {
  readonly shown: string;
  readonly source: string;
}

/** What to say to a name that is no template. */
export const unknownTemplate = (name: string): ReleaseError => {
  const nearest = findNearest(name.slice(0, 60), TEMPLATE_NAMES);
  return new ReleaseError('E_TEMPLATE_UNKNOWN', {
    what: `No template "${name.slice(0, 60)}".${nearest ? ` Did you mean "${nearest}"?` : ''}`,
    why: `There are: ${TEMPLATE_NAMES.join(', ')}.`,
    next: 'Choose one of these.',
    state: 'untouched',
  });
};

/** The package's own templates: in the sources and in the bundle the program lies at another depth. */
function findOwnFolder(from: string): string {
  const folder = join(from, 'templates');
  if (existsSync(join(folder, 'release-start.md')) && existsSync(join(from, 'package.json'))) return folder;
  const parent = dirname(from);
  if (parent === from) throw new Error('the templates of this installation are missing');
  return findOwnFolder(parent);
}

let builtIn: string | undefined;
const kept = new Map<string, TemplateSource>();

const builtInFolder = (): string => {
  builtIn ??= findOwnFolder(dirname(fileURLToPath(import.meta.url)));
  return builtIn;
};

/** Reads every built-in template now: an upgrade may replace the files while a run still has messages to send (F79). */
export function keepBuiltIn(): void {
  for (const name of TEMPLATE_NAMES) {
    const found = readInside(builtInFolder(), name);
    if (found !== undefined) kept.set(name, found);
  }
}

/** The file inside `folder`; undefined when it is not there or a link leads out of the folder. */
function readInside(folder: string, name: string): TemplateSource | undefined {
  const file = join(folder, `${name}.md`);
  if (!existsSync(file)) return undefined;
  if (!realpathSync(file).startsWith(realpathSync(folder) + sep)) return undefined;
  return { shown: `templates/${name}.md`, source: readFileSync(file, 'utf8') };
}

/**
 * The template of this name: the project's own, from `templates/` beside its configuration, before the built-in one.
 * A name is one of a fixed list, so it can never be a path. Throws E_TEMPLATE_UNKNOWN.
 */
export function readTemplate(name: string, projectRoot?: string): TemplateSource {
  if (!isTemplateName(name)) throw unknownTemplate(name);
  const own = projectRoot === undefined ? undefined : readInside(join(projectRoot, 'templates'), name);
  const found = own ?? kept.get(name) ?? readInside(builtInFolder(), name);
  if (found === undefined) throw unknownTemplate(name);
  return found;
}
