/** `/…/` is a pattern of the runbook's owner; everything else is looked for as it stands. */
export function makeLineMatch(match: string): (line: string) => boolean {
  const pattern = /^\/(.+)\/([a-z]*)$/.exec(match);
  if (pattern === null) return (line) => line.includes(match);
  const wanted = new RegExp(pattern[1] ?? '', (pattern[2] ?? '').replace('g', ''));
  return (line) => wanted.test(line);
}
