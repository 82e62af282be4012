import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isReleaseError } from '../../../src/domain/failure.ts';
import type { JsonObject } from '../../../src/domain/json.ts';
import { renderMessage } from '../../../src/report/messages/render-announcement.ts';
import { renderTemplate, templateVariables } from '../../../src/report/messages/render-template.ts';
import { refuseBlocks } from '../../../src/sandbox/servers/slack/block-limits.ts';
import { makeDeployPlan, makeMoment, makeTalkativeRunbook } from '../../support/announcing.ts';
import { anyChar } from '../../support/any-text.ts';

const runbook = makeTalkativeRunbook();
const desk = { runbook, root: '/nowhere', redact: (text: string) => text };
const plan = makeDeployPlan(runbook);
const announcing = (title: string) =>
  renderMessage(
    'release-start',
    makeMoment(plan, 'announce', 0, { notes: { features: [{ title, text: title }] } }),
    desk,
  );

const HOSTILE = [
  '<!channel> everybody',
  '<!here|here> <@U0VICTIM> <!subteam^S1>',
  '<https://evil.example|click here>',
  '[click](https://evil.example)',
  '[click](javascript:alert(1))',
  '[boss](mention:U0VICTIM)',
  '![picture](https://evil.example/x.png)',
  '`unbalanced code',
  '```fence',
  '{{ 7 | times: 6 }} {% assign x = 1 %}{{ version }}',
  '{{ constructor.constructor }} {{ __proto__ }}',
  '# heading\n\n- list\n> quote',
  '<script>alert(1)</script><img src=x onerror=alert(1)>',
  '&lt;!channel&gt; &amp; &#60;',
  '\u001b]0;title\u0007 \u202egnp.exe \u0000',
  '---\n***\n| a | b |\n|--|--|',
  '\\',
  '1. one *bold* _it_ ~~no~~ ||',
];

describe('foreign text in a message', () => {
  it.each(HOSTILE)('T12, T13: is only ever text: %j', (words) => {
    const { slack, html, text } = announcing(words);
    const written = slack.blocks
      .map((block) => (block.text as JsonObject | undefined)?.text ?? '')
      .join('\n');
    const controls = (written.match(/<[^>]*>/g) ?? []).filter(
      (one) => !/^<(https:\/\/(dash|notes)\.example|@U0DANA)/.test(one),
    );
    expect(controls).toEqual([]);
    expect(written.split('`').length % 2).toBe(1);
    expect(html.match(/<(script|img|a href="(?!https:\/\/(dash|notes)\.example))/g)).toBeNull();
    expect(text).not.toMatch(/[\u0000-\u0008\u001b\u202e]/);
    expect(refuseBlocks(slack.blocks)).toBeUndefined();
  });

  it('T14: is never read as a template', () => {
    const { text } = announcing('{{ 7 | times: 6 }} {{ version }}');
    expect(text).toContain('• {{ 7 | times: 6 }} {{ version }}: {{ 7 | times: 6 }} {{ version }}');
  });

  it('keeps its words readable in plain text and in Markdown', () => {
    const { text, markdown } = announcing('fix: a < b & c_d (#123)');
    expect(text).toContain('fix: a < b & c_d (#123)');
    expect(markdown).toContain('fix: a \\< b & c\\_d (#123)');
  });

  it('cannot break a message, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyChar, maxLength: 200 }), (words) => {
        const { slack } = announcing(words);
        const mentions = JSON.stringify(slack.blocks).match(/<[!@#][^>]*>/g) ?? [];
        return refuseBlocks(slack.blocks) === undefined && mentions.every((one) => one === '<@U0DANA>');
      }),
      { numRuns: 300 },
    );
  });

  it('T06: carries no secret that the redactor knows, in Slack, text or HTML', () => {
    const moment = makeMoment(plan, 'announce', 0, {
      notes: { features: [{ title: 'uses sk_live_abcdef123' }] },
    });
    const redact = (text: string) => text.replaceAll('sk_live_abcdef123', '•••');
    const { slack, text, html } = renderMessage('release-start', moment, { ...desk, redact });
    expect(JSON.stringify([slack, text, html])).not.toContain('abcdef123');
    expect(text).toContain('uses •••');
  });
});

describe("a project's own template", () => {
  let root: string;
  const write = (name: string, content: string) => writeFileSync(join(root, 'templates', name), content);
  const failureOf = (work: () => unknown): unknown => {
    try {
      return work();
    } catch (error) {
      return error;
    }
  };

  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'release-templates-'));
    mkdirSync(join(root, 'templates'));
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  it('comes before the built-in one', () => {
    write('rc-ready.md', '# {{ version }} waits\n\nPlease look at {{ branch }}.\n');
    const { text, title } = renderTemplate('rc-ready', { version: 'v2.1.0', branch: null }, root);
    expect([title, text]).toEqual(['v2.1.0 waits', 'v2.1.0 waits']);
    expect(templateVariables('rc-ready', root)).toEqual(['branch', 'version']);
  });

  it('E-105: names line and column of a variable that the message does not have, and the nearest one', () => {
    write('no-go.md', '# No\n\n**Why:** {{ raeson }}\n');
    const error = failureOf(() => renderTemplate('no-go', { reason: 'x' }, root));
    expect(isReleaseError(error, 'E_TEMPLATE_VARIABLE') && error.text).toMatchObject({
      what: 'templates/no-go.md:3:13  There is no variable "raeson" in this message. Did you mean "reason"?',
      at: { file: 'templates/no-go.md', line: 3, col: 13 },
    });
  });

  it.each([
    ['an unknown filter', '{{ reason | shell }}'],
    ['an open tag', '{% if reason %}'],
    ['another file', "{% include '../../etc/passwd' %}"],
    ['a layout', "{% layout 'x' %}"],
    ['an endless loop', '{% for i in (1..99999999) %}x{% endfor %}'],
  ])('T14: is refused when it holds %s', (_what, source) => {
    write('incident.md', source);
    expect(failureOf(() => renderTemplate('incident', { reason: 'x' }, root))).toMatchObject({
      code: 'E_TEMPLATE_SYNTAX',
    });
  });

  it('T14: reaches nothing of the object prototype', () => {
    for (const path of ['constructor', '__proto__', 'features.constructor', 'features.__proto__.polluted']) {
      write('drift-alert.md', `# x\n\n{{ ${path} }}\n`);
      const error = failureOf(() => renderTemplate('drift-alert', { features: {} }, root));
      expect(isReleaseError(error, 'E_TEMPLATE_VARIABLE')).toBe(true);
    }
  });

  it('cannot leave out that it is the sandbox', () => {
    write('rc-ready.md', 'Just words.\n');
    const { text, slack } = renderTemplate('rc-ready', { sandbox: true, repeated: true }, root);
    expect(text).toBe('SANDBOX · (repeated after an interruption)\n\nJust words.');
    expect(slack.text).toMatch(/^SANDBOX/);
  });

  it('is not read through a link that leads out of its folder', () => {
    writeFileSync(join(root, 'secret.md'), '# secret');
    symlinkSync(join(root, 'secret.md'), join(root, 'templates', 'handoff-ready.md'));
    expect(templateVariables('handoff-ready', root)).toContain('open_items');
  });

  it('is chosen from a fixed list: a name is never a path', () => {
    const error = failureOf(() => renderTemplate('realease-start', {}, root));
    expect(isReleaseError(error, 'E_TEMPLATE_UNKNOWN') && error.text.what).toBe(
      'No template "realease-start". Did you mean "release-start"?',
    );
    expect(failureOf(() => renderTemplate('../secret', {}, root))).toMatchObject({
      code: 'E_TEMPLATE_UNKNOWN',
    });
  });
});

describe('the forms of a message', () => {
  it('E-93: shows boxes, dividers and links as each form can', () => {
    const root = mkdtempSync(join(tmpdir(), 'release-forms-'));
    mkdirSync(join(root, 'templates'));
    const source = [
      '# 🚀 T',
      '',
      '**B** and _i_ and `code`',
      '- [ ] open',
      '- [x] done',
      '  - below',
      '',
      '---',
      '',
      '3. three',
      '',
      '> small {{ who | person }} {{ url | link: "here" }}',
    ];
    writeFileSync(join(root, 'templates', 'rc-ready.md'), source.join('\n'));
    const view = { who: { name: 'Dana', slack: 'U0DANA' }, url: 'https://a.example/x_y?a=1&b=2' };
    const { text, markdown, html, slack } = renderTemplate('rc-ready', view, root);
    rmSync(root, { recursive: true, force: true });
    expect(text).toMatchInlineSnapshot(`
      "🚀 T

      B and i and code
      ☐ open
      ☑ done
         • below

      —————

      3. three

      small Dana here: https://a.example/x_y?a=1&b=2"
    `);
    expect(markdown).toMatchInlineSnapshot(`
      "# 🚀 T

      **B** and _i_ and \`code\`
      - [ ] open
      - [x] done
         - below

      ---

      3. three

      > small Dana [here](<https://a.example/x_y?a=1&b=2>)
      "
    `);
    expect(html).toMatchInlineSnapshot(`
      "<h1>🚀 T</h1>

      <p><strong>B</strong> and <em>i</em> and <code>code</code></p>
      <ul>
      <li>☐ open</li>
      <li>☑ done
      <ul>
      <li>below</li>
      </ul></li>
      </ul>

      <hr>

      <ol>
      <li>three</li>
      </ol>

      <p><small>small Dana <a href="https://a.example/x_y?a=1&amp;b=2">here</a></small></p>"
    `);
    expect(slack.blocks).toMatchInlineSnapshot(`
      [
        {
          "text": {
            "emoji": false,
            "text": "🚀 T",
            "type": "plain_text",
          },
          "type": "header",
        },
        {
          "text": {
            "text": "*B* and _i_ and \`code\`
      ☐ open
      ☑ done
         • below",
            "type": "mrkdwn",
            "verbatim": true,
          },
          "type": "section",
        },
        {
          "type": "divider",
        },
        {
          "text": {
            "text": "3. three",
            "type": "mrkdwn",
            "verbatim": true,
          },
          "type": "section",
        },
        {
          "elements": [
            {
              "text": "small <@U0DANA> <https://a.example/x_y?a=1&amp;b=2|here>",
              "type": "mrkdwn",
              "verbatim": true,
            },
          ],
          "type": "context",
        },
      ]
    `);
  });
});
