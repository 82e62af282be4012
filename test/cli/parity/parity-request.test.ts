import { describe, expect, it } from 'vitest';
import { chooseSecond, readParityRequest } from '../../../src/cli/parity/parity-request.ts';
import { makeTestContext } from '../../support/test-context.ts';
import { makeTestWired } from '../../support/test-wired.ts';

const { wired } = makeTestWired({});
const { flags } = makeTestContext({ command: 'parity' }).context;
const read = (options: Parameters<typeof readParityRequest>[0]) => () => readParityRequest(options, wired);
const code = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return (error as { code?: string }).code;
  }
};

describe('what release parity is asked', () => {
  it('is staging against the environment in question, by the configuration', () => {
    expect(read({})()).toEqual({ between: ['staging', 'production'], go: 90, ignore: [], all: false });
  });

  it('may be two others, another bound and less of it', () => {
    const options = {
      between: 'staging,production',
      min: '95.5',
      ignore: ['env/A,npm/zod', 'node'],
      all: true,
    };
    expect(read(options)()).toEqual({
      between: ['staging', 'production'],
      go: 95.5,
      ignore: ['env/A', 'npm/zod', 'node'],
      all: true,
    });
    expect(chooseSecond({ between: 'staging, production' }, flags)).toBe('production');
    expect(chooseSecond({}, flags)).toBeUndefined();
  });

  it.each([['101'], ['79.9'], ['-1'], ['9O'], ['NaN'], ['1e2'], ['']])(
    'is refused with a bound that is none, or below the one of NO-GO: %s',
    (min) => {
      expect(code(read({ min }))).toBe('E_FLAG_VALUE');
    },
  );

  it.each([['staging'], ['staging,staging'], ['a,b,c'], [','], ['']])(
    'is refused for what is no pair: %s',
    (between) => {
      expect(code(() => chooseSecond({ between }, flags))).toBe('E_FLAG_VALUE');
    },
  );

  it('suggests what was meant', () => {
    expect(read({ between: 'stagin,production' })).toThrow('Did you mean "staging"?');
    expect(read({ ignore: ['nmp/zod'] })).toThrow('Did you mean "npm/"?');
    expect(read({ ignore: ['FEATURE_X'] })).toThrow('begins with node, npm/, env/, schema/');
  });

  it('is refused when --env means another one', () => {
    const typed = { ...flags, env: 'staging', envIsTyped: true };
    expect(code(() => chooseSecond({ between: 'staging,production' }, typed))).toBe('E_FLAG_REFUSED');
  });
});
