type Named = { readonly envKeys: readonly unknown[]; readonly exposed: readonly string[] };

/** What people write instead of a value: it says that there is one. */
const MASK = /^[*•x.…]*$/i;

const isValue = (value: unknown): boolean =>
  typeof value === 'number' || (typeof value === 'string' && !MASK.test(value));

const isSet = (value: unknown): boolean => value !== false && value !== null && value !== undefined;

/** A map of name → value: false and null mean that it is not set. */
function namesOf(map: object): Named {
  const set = Object.entries(map).filter(([, value]) => isSet(value));
  return {
    envKeys: set.map(([name]) => name),
    exposed: set.filter(([, value]) => isValue(value)).map(([name]) => name),
  };
}

/** `NAME=value`, as the shell prints it. */
function namesIn(list: readonly unknown[]): Named {
  const pairs = list.map((entry) => {
    const at = typeof entry === 'string' ? entry.indexOf('=') : -1;
    return at < 1 ? { name: entry, value: '' } : cut(String(entry), at);
  });
  const exposed = pairs.filter(({ value }) => isValue(value)).map(({ name }) => String(name));
  return { envKeys: pairs.map(({ name }) => name), exposed };
}

const cut = (entry: string, at: number) => ({ name: entry.slice(0, at), value: entry.slice(at + 1) });

/**
 * The names of the environment in an answer, whatever came with them: an application that answers values must not
 * make this program carry them on. Undefined for anything that is neither a list nor a map.
 */
export function dropValues(told: unknown): Named | undefined {
  if (Array.isArray(told)) return namesIn(told);
  return typeof told === 'object' && told !== null ? namesOf(told) : undefined;
}
