import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/domain/json.ts';
import type { Piece } from '../../src/report/messages/write-message.ts';
import { cutAtLine, cutAtWord, makeSlackBlocks, SLACK_LIMITS } from '../../src/report/slack-blocks.ts';
import { refuseBlocks } from '../../src/sandbox/servers/slack/block-limits.ts';

const text = (written: string): Piece => ({ kind: 'text', written });
const list = (lines: number, each: string): Piece => ({
  kind: 'list',
  written: Array.from({ length: lines }, (_, n) => `• ${n} ${each}`).join('\n'),
});
const textOf = (block: JsonObject | undefined): string =>
  String((block?.text as JsonObject | undefined)?.text ?? '');

describe('Slack blocks', () => {
  it('E-107: split a long list between lines, below the limit of a section', () => {
    const blocks = makeSlackBlocks('T', [
      text('*Changes*'),
      list(120, 'a change of some length in this release'),
    ]);
    expect(blocks.length).toBeGreaterThan(2);
    for (const block of blocks) expect(textOf(block).length).toBeLessThanOrEqual(SLACK_LIMITS.section);
    expect(textOf(blocks[1])).toMatch(/^\*Changes\*\n• 0 a change/);
    expect(textOf(blocks[2])).toMatch(/^• \d+ a change/);
    expect(refuseBlocks(blocks)).toBeUndefined();
  });

  it('E-107: say so when a message is longer than Slack shows', () => {
    const blocks = makeSlackBlocks('T', [list(2000, 'a change of some length')]);
    expect(refuseBlocks(blocks)).toBeUndefined();
    expect(textOf(blocks.at(-1))).toContain('cut here');
    expect(JSON.stringify(blocks).length).toBeLessThan(SLACK_LIMITS.total + 1500);
  });

  it('join many short paragraphs into few sections and lose none', () => {
    const blocks = makeSlackBlocks(
      'T',
      Array.from({ length: 60 }, (_, n) => text(`paragraph ${n}`)),
    );
    expect(blocks.length).toBeLessThanOrEqual(SLACK_LIMITS.blocks);
    expect(blocks.map(textOf).join('\n')).toContain('paragraph 59');
  });

  it('cut a title and a line that are too long for themselves', () => {
    const [header, section] = makeSlackBlocks('word '.repeat(60), [text('x'.repeat(5000))]);
    expect(textOf(header).length).toBeLessThanOrEqual(SLACK_LIMITS.header);
    expect(textOf(header)).toMatch(/word…$/);
    expect(textOf(section).length).toBeLessThanOrEqual(SLACK_LIMITS.section);
  });

  it('cut text at whole words and whole lines', () => {
    expect(cutAtWord('one two three', 9)).toBe('one two…');
    expect(cutAtWord('short', 9)).toBe('short');
    expect(cutAtLine('a\nb', 10)).toBe('a\nb');
    expect(cutAtLine(`first\n${'x'.repeat(100)}`, 60)).toBe(
      'first\n… the message was too long and is cut here.',
    );
  });
});
