import { describe, expect, it } from 'vitest';
import { isTemplateName, TEMPLATE_NAMES } from '../../../src/domain/template-names.ts';
import { lintTemplate } from '../../../src/report/messages/lint-template.ts';
import { makeSampleViews } from '../../../src/report/messages/sample-views.ts';
import { readTemplate } from '../../../src/report/messages/template-file.ts';
import { makeTalkativeRunbook } from '../../support/announcing.ts';

const runbook = makeTalkativeRunbook();

const lint = (name: string, source: string) => {
  if (!isTemplateName(name)) throw new TypeError(name);
  const views = makeSampleViews(name, 'production', runbook);
  return lintTemplate({ shown: `templates/${name}.md`, source }, views).map(
    ({ line, col, severity, message }) => `${line}:${col} ${severity} ${message}`,
  );
};

describe('the linter of templates', () => {
  it('E-105: names every unknown variable with its place, also where it is not shown today', () => {
    const source =
      '# Start {{ version }}\n\n{% if reson %}{{ reson }}{% endif %}\n**Who:** {{ deploy_laed | person }}\n';
    expect(lint('release-start', source)).toEqual([
      '3:7 error there is no variable "reson" in this message.',
      '3:18 error there is no variable "reson" in this message.',
      '4:13 error there is no variable "deploy_laed" in this message. Did you mean "deploy_lead"?',
    ]);
  });

  it('names the part that an entry of a list does not have', () => {
    const source = '# Start\n\n{% for feature in features -%}\n- {{ feature.tilte }}\n{% endfor %}\n';
    expect(lint('release-start', source)).toEqual([
      expect.stringMatching(/^4:\d+ error There is no variable "feature\.tilte"/),
    ]);
  });

  it('E-92: finds characters that were read in the wrong encoding', () => {
    expect(lint('no-go', '# No\n\nâ ‚úÖ done\n')).toEqual([
      '3:3 error a garbled character: save the file as UTF-8',
    ]);
  });

  it('wants a title that is always there', () => {
    expect(lint('no-go', 'Nothing\n')).toEqual([
      '1:1 error there is no title: begin with a line like "# Release"',
    ]);
    expect(lint('no-go', '# Because {{ reason }}\n')).toEqual([
      '1:1 error the title rests on a variable that can be without a value; it would go with it',
    ]);
  });

  it('E-107: warns of what Slack would cut', () => {
    const [title, length] = lint('no-go', `# ${'x'.repeat(130)}\n\n${'word '.repeat(2000)}\n`)
      .sort()
      .reverse();
    expect([title, length].join()).toContain('characters; Slack shows 120');
    expect([title, length].join()).toContain('is cut at 9000');
  });

  it('cannot be read: says where', () => {
    expect(lint('no-go', '# No\n\n{% if reason %}\n')).toEqual([
      expect.stringMatching(/^3:1 error The template cannot be read/),
    ]);
  });

  it.each(TEMPLATE_NAMES)('finds nothing wrong with %s', (name) => {
    expect(lint(name, readTemplate(name).source)).toEqual([]);
  });
});
