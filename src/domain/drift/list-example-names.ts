const ASSIGNMENT = /^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=/;

/** Names that an `.env.example` lists, each once and in order; values, comments and empty lines are passed over. */
export function listExampleNames(text: string): readonly string[] {
  const names = text.split(/\r?\n/).flatMap((line) => ASSIGNMENT.exec(line)?.[1] ?? []);
  return [...new Set(names)].sort();
}
