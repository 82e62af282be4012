import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/cli/catalogue/index.ts';
import { renderExitCodes, renderFullHelp, renderHelp } from '../../src/cli/help.ts';

const block = (text: string): string => `\`\`\`text\n${text}\n\`\`\``;

const document = [
  '# Commands',
  '',
  'Made from `src/cli/catalogue/` by `npx vitest run test/cli/commands-doc.test.ts -u`.',
  '',
  block(renderFullHelp()),
  ...COMMANDS.flatMap((spec) => ['', `## ${spec.name}`, '', block(renderHelp(spec))]),
  '',
  '## Exit codes',
  '',
  block(renderExitCodes()),
  '',
].join('\n');

describe('docs/commands.md', () => {
  it('says what the program says', async () => {
    await expect(document).toMatchFileSnapshot('../../docs/commands.md');
  });
});

describe('help', () => {
  it('stays within 100 columns', () => {
    for (const line of document.split('\n')) expect(line.length).toBeLessThanOrEqual(100);
  });

  it('shows an example for every command', () => {
    for (const spec of COMMANDS) expect(spec.examples.map(({ line }) => line).join()).toContain(spec.name);
  });
});
