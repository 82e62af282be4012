import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../../src/domain/json.ts';
import { TEMPLATE_NAMES } from '../../../src/domain/template-names.ts';
import { renderTemplate } from '../../../src/report/messages/render-template.ts';
import { makeSampleViews } from '../../../src/report/messages/sample-views.ts';
import { refuseBlocks } from '../../../src/sandbox/servers/slack/block-limits.ts';
import { makeTalkativeRunbook } from '../../support/announcing.ts';

const runbook = makeTalkativeRunbook();

const HOSTILE = [
  '**bold** and __strong__',
  'src/**/*.ts and **',
  '<!channel> <!here|here> <@U0VICTIM> <!subteam^S1> <#C0VICTIM>',
  '<https://evil.example|click here> [x](https://evil.example) [boss](mention:U0VICTIM)',
  '&lt;!channel&gt; & <b>',
  '\u202egnp.exe \u2066x\u2069 \u200f\u0627\u0644',
  'pure â‚¬ and ‚úÖ that somebody else garbled',
  '`tick ```fence ~~no~~ # heading - list > quote | a |',
  'word '.repeat(2000),
  'x'.repeat(10_000),
];

/** The same view with these words wherever a value is a text; flags and numbers stay. */
function poison(value: Json, words: string): Json {
  if (typeof value === 'string') return words;
  if (Array.isArray(value)) return value.map((one: Json) => poison(one, words));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, poison(one, words)]));
}

const sampleOf = (name: (typeof TEMPLATE_NAMES)[number]): JsonObject =>
  makeSampleViews(name, 'production', runbook).full;

/** Everything of the message that Slack reads as its own markup. */
const markupOf = (blocks: readonly JsonObject[]): string =>
  blocks
    .filter(({ type }) => type !== 'header')
    .flatMap((block) => [block.text as JsonObject | undefined, ...((block.elements ?? []) as JsonObject[])])
    .map((text) => String(text?.text ?? ''))
    .join('\n');

function expectHarmless(name: string, view: JsonObject): void {
  const { slack } = renderTemplate(name, view);
  const written = markupOf(slack.blocks);
  // Links that a template makes of an address are the only markup in angle brackets; here no value is one.
  expect(written.match(/<[^>]*>/g) ?? []).toEqual([]);
  expect(written).not.toMatch(/&(?!(amp|lt|gt);)/);
  for (const form of [written, slack.text]) {
    expect(form).not.toContain('**');
    expect(form).not.toMatch(/[\u0000-\u0008\u001b\u202a-\u202e\u2066-\u2069]/);
  }
  expect(written.split('`').length % 2).toBe(1);
  expect(refuseBlocks(slack.blocks)).toBeUndefined();
  expect(slack.text.length).toBeLessThanOrEqual(40_000);
  expect(slack.text).not.toBe('');
}

describe.each(TEMPLATE_NAMES)('with foreign text in every variable, %s', (name) => {
  it.each(HOSTILE)('T12, T13, E-91, E-107: says it as text, and Slack takes it: %#', (words) => {
    expectHarmless(name, poison(sampleOf(name), words) as JsonObject);
  });
});

it('T12, T13: no text that anybody can think of is markup in any message', () => {
  const piece = fc.constantFrom(
    '**',
    '*',
    '_',
    '`',
    '<',
    '>',
    '&',
    '!',
    '@U0A',
    '|',
    '[',
    '](',
    ')',
    '\n',
    ' ',
    'a',
  );
  const words = fc.array(piece, { minLength: 1, maxLength: 30 }).map((pieces) => `${pieces.join('')}a`);
  fc.assert(
    fc.property(fc.constantFrom(...TEMPLATE_NAMES), words, (name, text) =>
      expectHarmless(name, poison(sampleOf(name), text) as JsonObject),
    ),
    { numRuns: 200 },
  );
});
