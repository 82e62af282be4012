import { describe, expect, it } from 'vitest';
import { refuseOpenProcess } from '../../src/cli/refuse-open-process.ts';
import { failureOf } from '../support/failure-of.ts';

describe('a process that others could look into', () => {
  it.each([
    '--inspect',
    '--inspect-brk=0.0.0.0:9229',
    '--debug-port=9000',
    '--heapsnapshot-signal=SIGUSR2',
    '--heap-prof',
    '--report-on-fatalerror',
    '--report-uncaught-exception',
    '--abort-on-uncaught-exception',
  ])('T07: holds no key of production: %s', async (flag) => {
    const refuse = async () => refuseOpenProcess(['--enable-source-maps', flag], 'production');
    const failure = await failureOf(refuse());
    expect(failure).toMatchObject({ code: 'E_OPEN_PROCESS', text: { state: 'untouched' } });
    expect(failure.text.what).toContain(flag.split('=')[0]);
  });

  it('T07: is found in NODE_OPTIONS too', () => {
    expect(() => refuseOpenProcess(['', '--max-old-space-size=512 --inspect'], 'production')).toThrow(
      /--inspect/,
    );
  });

  it.each([[[]], [['--enable-source-maps', '--cpu-prof']], [['--require=./a--inspect.js']]])(
    'is not one that was started with %j',
    (flags) => {
      expect(() => refuseOpenProcess(flags, 'production')).not.toThrow();
    },
  );
});
