const known = new Map<string, boolean>();

function ask(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** True for a name that this machine has a zone for, like `America/New_York`. */
export function isZone(name: string): boolean {
  const answer = known.get(name) ?? ask(name);
  known.set(name, answer);
  return answer;
}
