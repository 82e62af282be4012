type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function readFields(text: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isFields(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const withoutVersion = ({ version: _, ...others }: Fields): Fields => others;

/** The own version stands at the top, and in a lockfile once more at the package without a path. */
function spellRest(fields: Fields): string {
  const { packages, ...others } = withoutVersion(fields);
  if (!isFields(packages)) return JSON.stringify({ packages, ...others });
  const { '': root, ...below } = packages;
  return JSON.stringify([others, isFields(root) ? withoutVersion(root) : root, below]);
}

/**
 * True when nothing but the own version differs: a package.json that also names other dependencies or scripts is another
 * program. A version file that is no JSON is taken for what its name in the configuration says.
 */
export function isVersionBump(before: string | undefined, after: string | undefined): boolean {
  if (before === undefined || after === undefined) return false;
  const [left, right] = [readFields(before), readFields(after)];
  if (left === undefined && right === undefined) return true;
  return left !== undefined && right !== undefined && spellRest(left) === spellRest(right);
}
