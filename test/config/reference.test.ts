import { describe, expect, it } from 'vitest';
import { printSchema } from '../../src/cli/config/print-schema.ts';
import { runbookShape } from '../../src/config/shape.ts';
import { documentShape, findUndescribed } from '../support/document-shape.ts';

const document = [
  '# Configuration',
  '',
  'Made from `src/config/schema/` by `npx vitest run test/config/reference.test.ts -u`.',
  '',
  'One file, `runbook.config.yaml`, in the repository it releases. Only `service`, `product`, `timezone` and one',
  'environment with its `url` are needed; what is not configured is left out of checks and plans, and said so.',
  '',
  '- Secrets are named, never written: `$STRIPE_SECRET_KEY`. Values come from the environment, then from `.env.runbook`',
  '  beside the file (template: `.env.runbook.example`). Flags win over the environment, the environment over',
  '  `.env.runbook`, that over this file, this file over the defaults. `release config print` shows who said what.',
  '- Unknown keys are errors. Keys that begin with `x-` are free everywhere: for notes and for YAML anchors.',
  '- `release config check` shows every problem at once; `schema/runbook.schema.json` gives completion in editors.',
  '- `<name>` stands for a name of your own, `[]` for each item of a list.',
  '',
  documentShape(runbookShape()),
  '',
].join('\n');

describe('the reference of the configuration', () => {
  it('docs/config.md says what the schema says', async () => {
    await expect(document).toMatchFileSnapshot('../../docs/config.md');
  });

  it('schema/runbook.schema.json is what `release config schema` prints', async () => {
    await expect(`${printSchema().text}\n`).toMatchFileSnapshot('../../schema/runbook.schema.json');
  });

  it('says of every key what it is for', () => {
    expect(findUndescribed(runbookShape())).toEqual([]);
  });

  it('tells an editor that keys beginning with x- are free', () => {
    expect(JSON.parse(printSchema().text)).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      patternProperties: { '^x-': {} },
    });
  });
});
