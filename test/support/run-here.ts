import { PassThrough } from 'node:stream';
import { readActor } from '../../src/cli/actor.ts';
import { conduct } from '../../src/cli/conduct.ts';
import { makeContext } from '../../src/cli/make-context.ts';
import { makeOutput } from '../../src/cli/output.ts';
import { answerQuickly } from '../../src/cli/quick.ts';
import { makeLearningRedactor } from '../../src/cli/redactor.ts';
import { guessFlags, refuseWords, understand } from '../../src/cli/refuse-words.ts';
import { makeStop } from '../../src/cli/signals.ts';
import { readTerminal } from '../../src/cli/terminal-facts.ts';
import { type Ended, plainEnv } from './run-bin.ts';

interface Place {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
}

function openStreams() {
  const heard = { stdout: '', stderr: '' };
  const open = (name: keyof typeof heard): PassThrough => {
    const stream = new PassThrough();
    stream.on('data', (part) => {
      heard[name] += part;
    });
    return stream;
  };
  return { heard, stdout: open('stdout'), stderr: open('stderr') };
}

/**
 * What src/cli/edge.ts does with the words of a line, without a process of its own: for tests of what a line answers. What a
 * process is needed for (its exit, signals, pipes, the built chunks) is not seen here.
 */
export async function runHere(words: readonly string[], { cwd, env: own = {} }: Place): Promise<Ended> {
  const said = answerQuickly(words);
  if (said !== undefined) return { code: 0, stdout: `${said}\n`, stderr: '' };
  const env = plainEnv(own);
  const { heard, stdout, stderr } = openStreams();
  const redactor = makeLearningRedactor();
  const parsed = understand(words, env);
  const flags = 'spec' in parsed ? parsed.flags : guessFlags(words);
  const terminal = readTerminal({ stdin: { isTTY: false }, stdout: {}, stderr: {} }, env, flags);
  const out = makeOutput({ stdout, stderr, redact: redactor.redact, ascii: terminal.ascii, cwd });
  const end = async (): Promise<number> => {
    if (!('spec' in parsed)) return refuseWords(parsed, words, out, false);
    const context = makeContext(parsed, out, redactor, makeStop(), terminal);
    return conduct(parsed, { ...context, cwd, env, readActor: () => readActor(env, cwd) });
  };
  const code = await end();
  await out.flush();
  return { code, ...heard };
}
