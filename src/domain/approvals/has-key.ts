import { NAMESPACE } from './namespace.ts';

const PART = /^(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?)?Z?$/;

/** A time of `allowed_signers`, in UTC; NaN for one that ssh-keygen does not know. */
function readTime(text: string): number {
  const [, year, month, day, hour = '0', minute = '0', second = '0'] = PART.exec(text) ?? [];
  return Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
}

/** True when one of the patterns of a list, with `*` and `?`, is the text, and none that begins with `!`. */
function matches(list: string, text: string): boolean {
  const isIt = (pattern: string): boolean =>
    new RegExp(
      `^${pattern
        .replace(/[.+^${}()|[\]\\]/g, '\\$&')
        .replaceAll('*', '.*')
        .replaceAll('?', '.')}$`,
    ).test(text);
  const patterns = list.split(',');
  return (
    patterns.some((one) => !one.startsWith('!') && isIt(one)) &&
    !patterns.some((one) => one.startsWith('!') && isIt(one.slice(1)))
  );
}

function optionOf(line: string, name: string): string | undefined {
  const [, quoted, bare] = new RegExp(`\\b${name}=(?:"([^"]*)"|([^",\\s]+))`).exec(line) ?? [];
  return quoted ?? bare;
}

function isGood(line: string, at: number): boolean {
  const [namespaces, after, before] = ['namespaces', 'valid-after', 'valid-before'].map((one) =>
    optionOf(line, one),
  );
  if (namespaces !== undefined && !matches(namespaces, NAMESPACE)) return false;
  if (after !== undefined && !(readTime(after) <= at)) return false;
  return before === undefined || readTime(before) > at;
}

/**
 * True when a file of allowed signers has a line by which this mail address may sign a decision at that moment. It is
 * asked beforehand, and proves no signature: that is for ssh-keygen.
 */
export const hasKey = (allowed: string, email: string, at: Date): boolean =>
  allowed
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .some((line) => {
      const [principals = '', ...rest] = line.split(/\s+/);
      return matches(principals.replaceAll('"', ''), email) && isGood(rest.join(' '), at.getTime());
    });
