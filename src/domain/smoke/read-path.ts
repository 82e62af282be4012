/** The value at a dotted path like `questions.0.id`; undefined when there is none. Own properties only. */
export function readPath(value: unknown, path: string): unknown {
  if (path === '') return value;
  return path.split('.').reduce<unknown>((at, key) => {
    if (at === null || typeof at !== 'object') return undefined;
    return Object.hasOwn(at, key) ? (at as Record<string, unknown>)[key] : undefined;
  }, value);
}
