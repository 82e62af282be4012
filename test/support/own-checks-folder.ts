import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A folder with files of the given text; `remove` takes it away. */
export function makeFolder(files: Readonly<Record<string, string>>) {
  const root = mkdtempSync(join(tmpdir(), 'release-own-'));
  const write = (name: string, text: string): void => {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  };
  for (const [name, text] of Object.entries(files)) write(name, text);
  return { root, write, remove: () => rmSync(root, { recursive: true, force: true }) };
}

/** A check as somebody would write it; `probe` is the body of its function. */
export const checkText = (id: string, probe = 'return 1;', more = ''): string =>
  `import { defineCheck } from 'release-runbook/kit';

export default defineCheck({
  id: '${id}',
  title: 'Duty of ${id}',
  runbook: [],
  gates: ['preflight'],
  needs: [],
  ${more}
  probe: async () => {
    ${probe}
  },
  judge: () => ({ outcome: 'pass', said: 'seen' }),
});
`;
