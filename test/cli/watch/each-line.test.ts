import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eachLine } from '../../../src/cli/watch/each-line.ts';

const pieces = fc.array(fc.constantFrom('a', '{"at":1}', '\n', '\r\n', '\r', '', 'é', '\n\n'), {
  maxLength: 20,
});
const streamOf = (chunks: readonly string[]): Readable =>
  Readable.from(chunks.map((one) => Buffer.from(one)));

async function linesOf(input: Readable): Promise<readonly string[]> {
  const lines: string[] = [];
  await eachLine(input, (line) => lines.push(line));
  return lines;
}

describe('the lines of a text', () => {
  it('are those of node:readline, wherever its chunks are cut', async () => {
    await fc.assert(
      fc.asyncProperty(pieces, async (chunks) => {
        const whole: string[] = [];
        const input = Readable.from([Buffer.from(chunks.join(''))]);
        for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY }))
          whole.push(line);
        expect(await linesOf(streamOf(chunks))).toEqual(whole);
        expect(await linesOf(streamOf([...chunks.join('')]))).toEqual(whole);
      }),
    );
  });

  it('puts a letter together that two chunks share', async () => {
    const [first, ...rest] = [...Buffer.from('é\n')].map((byte) => Buffer.from([byte]));
    expect(await linesOf(Readable.from([first, ...rest]))).toEqual(['é']);
  });

  it('ends with what was thrown at a line', async () => {
    const input = streamOf(['a\nb\n']);
    const refuse = (): never => {
      throw new TypeError('no');
    };
    await expect(eachLine(input, refuse)).rejects.toThrow('no');
  });
});
