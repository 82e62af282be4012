/** What a folder tells about its application; only what was really seen. */
export interface Detected {
  /** package.json's name without its scope. */
  readonly name?: string;
  readonly version?: string;
  /** Where the code is pushed to, as git calls it. */
  readonly remote?: string;
  /** `owner/name` at GitHub. */
  readonly repository?: string;
  readonly main?: string;
  readonly develop?: string;
  /** True when a candidate was tagged here before. */
  readonly candidates?: boolean;
  readonly migrations?: { readonly folder: string; readonly journal: 'drizzle' | 'schema_migrations' };
  /** True when the application keeps its data in PostgreSQL. */
  readonly postgres: boolean;
  readonly replit: boolean;
  /** Services whose own library the application uses, as people call them. */
  readonly services: readonly string[];
  readonly workflows: readonly string[];
  /** What could not be read, in words. */
  readonly notes: readonly string[];
}

const NAME = /^(?:@[^/]+\/)?([a-z0-9][a-z0-9._-]*)$/i;

/** Name and version of a package.json; a note when it is none. */
export function readPackage(
  text: string,
): Pick<Detected, 'name' | 'version' | 'notes'> & { uses: readonly string[] } {
  try {
    const found = JSON.parse(text) as Readonly<Record<string, unknown>> | null;
    const name = NAME.exec(String(found?.name ?? ''))?.[1]?.toLowerCase();
    const version = /^\d+\.\d+\.\d+/.exec(String(found?.version ?? ''))?.[0];
    const uses = Object.keys({ ...asRecord(found?.dependencies), ...asRecord(found?.devDependencies) });
    return { ...(name ? { name } : {}), ...(version ? { version } : {}), uses, notes: [] };
  } catch {
    return { uses: [], notes: ['package.json is no JSON: name and version are not taken from it'] };
  }
}

const asRecord = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};

/** Folder and dialect of a drizzle.config, read as text: it is a program, and nothing of a folder is run to look at it. */
export function readDrizzle(text: string): { readonly folder: string; readonly isPostgres: boolean } {
  const bare = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
  const value = (key: string): string | undefined =>
    new RegExp(`["']?\\b${key}["']?\\s*:\\s*["'\`]([^"'\`\\n]{1,200})["'\`]`).exec(bare)?.[1];
  const folder = (value('out') ?? 'drizzle').replace(/^\.\//, '').replace(/\/+$/, '');
  const isInside = folder !== '' && !folder.startsWith('/') && !folder.split('/').includes('..');
  return {
    folder: isInside ? folder : 'drizzle',
    isPostgres: (value('dialect') ?? 'postgresql') === 'postgresql',
  };
}

/** `owner/name` of an address at GitHub; nothing else of the address is kept, it may hold a key. */
export const readRepository = (address: string): string | undefined =>
  /github\.com[/:]([\w.-]+\/[\w.-]+?)(?:\.git)?\/?$/.exec(address.trim())?.[1];
