import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeLikeness } from '../../../src/domain/go-no-go/judge-likeness.ts';
import { scoreAreas } from '../../../src/domain/parity/compare-sides.ts';
import { AREAS, type Area, type Code } from '../../../src/domain/parity/likeness.ts';
import { compare, makeSide, saidOf } from '../../support/parity.ts';

const code = (over: Partial<Code>): { code: Code } => ({ code: { ...makeSide('x').code, ...over } });

describe('two environments that are alike', () => {
  it('PAR-05: score 100 %, and nothing differs', () => {
    const found = compare({}, {});
    expect(found).toMatchObject({ percent: 100, unacceptable: [], warnings: [], ignored: [] });
    expect(found.areas.map(({ name, total }) => [name, total])).toEqual([
      ['node', 1],
      ['packages', 2],
      ['keys', 2],
      ['schema', 2],
    ]);
  });

  it('PAR-06, PAR-07, PAR-08: may differ in values, amount of data and log level', () => {
    const found = compare(
      { settings: { logLevel: 'debug', rateLimits: { login: 10 } } },
      { settings: { logLevel: 'info', rateLimits: { login: 100 } } },
    );
    expect(found).toMatchObject({
      percent: 100,
      warnings: [],
      accepted: ['values of variables', 'amount of data', 'owners', 'log level', 'rate limits'],
    });
  });

  it('PAR-09: are warned of a rate limit that is higher in staging', () => {
    const found = compare(
      { settings: { rateLimits: { login: 100, upload: 1 } } },
      { settings: { rateLimits: { login: 10 } } },
    );
    expect(found.percent).toBe(100);
    expect(found.warnings).toEqual(['rate limit login is 100 in staging and only 10 in production']);
    expect(found.accepted).not.toContain('rate limits');
  });

  it('PAR-06: are warned of an application that tells values, by the names alone', () => {
    const { warnings } = compare({ exposed: ['JWT_SECRET'] });
    expect(warnings).toEqual(['https://staging.example/api/health (staging) tells the values of JWT_SECRET']);
  });
});

describe('Node.js', () => {
  it.each([
    ['22.12.0', '22.12.1'],
    ['22.12.0', '22.11.0'],
    ['22.12.0', '20.12.0'],
  ])('PAR-10: a version that differs is never acceptable: %s and %s', (left, right) => {
    const found = compare({ node: left }, { node: right });
    expect(saidOf(found)).toEqual([`Node.js ${left} ≠ ${right}`]);
    expect(found.unacceptable).toHaveLength(1);
    expect(found.percent).toBeLessThan(100);
  });

  it('E-53: a version that the release asks for is explained', () => {
    const found = compare(
      { node: '22.12.0', ...code({ node: '22' }) },
      { node: '20.18.1', ...code({ node: '20' }) },
    );
    expect(found).toMatchObject({ percent: 100, unacceptable: [] });
    expect(found.areas[0]?.expected[0]).toContain('the release asks for 22');
  });

  it.each([
    ['the release asks for nothing new', '>=20', '>=20'],
    ['staging has not what it asks for', '24', '20'],
    ['production could stay as it is', '>=18', '>=20'],
    ['what is asked for is no version', 'lts/jod', '20'],
  ])('PAR-10: nothing is explained where %s', (_, asks, asked) => {
    const found = compare(
      { node: '22.12.0', ...code({ node: asks }) },
      { node: '20.18.1', ...code({ node: asked }) },
    );
    expect(found.unacceptable).toHaveLength(1);
  });
});

describe('packages', () => {
  const release = code({ locked: { express: '4.21.2', zod: '3.24.1', jose: '5.9.6' } });

  it('PAR-02, E-53: what the release changes in the lockfile is explained', () => {
    const found = compare({ packages: { express: '4.21.2', zod: '3.24.1', jose: '5.9.6' }, ...release });
    expect(found).toMatchObject({ percent: 100, unacceptable: [] });
    expect(found.areas[1]?.expected).toEqual(['jose 5.9.6 is new', 'zod 3.23.8 → 3.24.1']);
  });

  it('PAR-11: a version that neither commit asks for is never acceptable', () => {
    const found = compare({ packages: { express: '4.21.2', zod: '3.24.0', jose: '5.9.6' }, ...release });
    expect(saidOf(found)).toEqual(['zod 3.24.0 ≠ 3.23.8']);
    expect(found.unacceptable).toHaveLength(1);
  });

  it('PAR-11: a change that the release brings and staging does not have is a difference, too', () => {
    const found = compare({ packages: { express: '4.21.2', zod: '3.23.8', jose: '5.9.6' }, ...release });
    expect(saidOf(found)).toEqual(['zod 3.23.8 in both, but the release brings 3.24.1']);
  });

  it('PAR-11: without lockfiles nothing is explained', () => {
    const { locked: _, ...bare } = makeSide('x').code;
    const found = compare({ packages: { express: '4.21.2' }, code: bare }, { code: bare });
    expect(saidOf(found)).toEqual(['zod only in production']);
  });

  it('E-62: of the lockfile say that nobody told what is installed', () => {
    const found = compare({ arePackagesTold: false });
    expect(found.areas[1]?.note).toContain('by lockfile');
  });

  it('PAR-11: are explained only in the direction of the release, whatever the versions are', () => {
    const version = fc.constantFrom('1.0.0', '1.0.1', '2.0.0');
    fc.assert(
      fc.property(version, version, version, version, (left, right, wanted, before) => {
        const found = compare(
          { packages: { a: left }, ...code({ locked: { a: wanted } }) },
          { packages: { a: right }, ...code({ locked: { a: before } }) },
        );
        const isFine = left === right ? wanted === before : left === wanted && right === before;
        expect(found.unacceptable.length).toBe(isFine ? 0 : 1);
      }),
    );
  });
});

describe('variables', () => {
  it('PAR-13: one that is missing in production is never acceptable', () => {
    const found = compare({ envKeys: ['DATABASE_URL', 'JWT_SECRET', 'FEATURE_X'] });
    expect(saidOf(found)).toEqual(['FEATURE_X missing in production']);
    expect(found.unacceptable).toMatchObject([{ kind: 'missing-variable', path: 'env/FEATURE_X' }]);
  });

  it('PAR-13: one that the release is the first to read is missing all the same: people set it', () => {
    const keys = ['DATABASE_URL', 'JWT_SECRET', 'FEATURE_X'];
    const found = compare({ envKeys: keys, ...code({ keys }) });
    expect(saidOf(found)).toEqual(['FEATURE_X missing in production, and the release reads it']);
  });

  it('PAR-03: one that only production has lowers the score and is no reason for NO-GO by itself', () => {
    const found = compare({}, { envKeys: ['DATABASE_URL', 'JWT_SECRET', 'OLD'] });
    expect(saidOf(found)).toEqual(['OLD only in production']);
    expect(found.unacceptable).toEqual([]);
    expect(found.percent).toBeLessThan(100);
  });

  it('E-53: one that the release no longer reads may stay behind in production', () => {
    const keys = ['DATABASE_URL', 'JWT_SECRET', 'OLD'];
    const found = compare({}, { envKeys: keys, ...code({ keys }) });
    expect(found.percent).toBe(100);
    expect(found.areas[2]?.expected).toEqual(['OLD is no longer read']);
  });

  it('PAR-13: one that the configuration requires is missed also where neither side has it', () => {
    const found = compare({}, {}, [], { required: ['NEON_API_KEY'] });
    expect(saidOf(found)).toEqual(['NEON_API_KEY missing in production']);
  });
});

const area = (name: Area['name'], total: number, different: number): Area => ({
  name,
  total,
  expected: [],
  differences: Array.from({ length: different }, (_, i) => ({
    kind: 'extra-variable',
    path: `env/K${i}`,
    said: `K${i} only in production`,
  })),
});

describe('the score', () => {
  it('E-11: is things alike of things compared, each as often as its area weighs', () => {
    const areas = [area('node', 1, 0), area('packages', 98, 10), area('keys', 1, 1)];
    expect(scoreAreas(areas, {})).toBe(89);
    expect(scoreAreas(areas, { node: 50 })).toBeCloseTo((100 * (50 + 88)) / (50 + 99), 10);
  });

  it('E-11: is none where nothing was compared, and that is no GO', () => {
    const percent = scoreAreas(
      AREAS.map((name) => area(name, 0, 0)),
      {},
    );
    expect(percent).toBeUndefined();
    expect(judgeLikeness({ percent, unacceptable: 0 }, { go: 90, noGo: 80 }).call).toBe('hold');
  });

  it('PAR-05, GO-05, NG-07: gives exactly one verdict around both bounds', () => {
    const calls = (different: number) => {
      const percent = scoreAreas([area('keys', 1_000_000, different)], {});
      return judgeLikeness({ percent, unacceptable: 0 }, { go: 90, noGo: 80 }).call;
    };
    expect([99_999, 100_000, 100_001].map(calls)).toEqual(['go', 'hold', 'hold']);
    expect([199_999, 200_000, 200_001].map(calls)).toEqual(['hold', 'hold', 'no-go']);
  });

  it('E-11: lies between 0 and 100 and falls with every difference, whatever the weights', () => {
    const counts = fc
      .tuple(fc.nat(500), fc.nat(500))
      .map(([a, b]) => [Math.max(a, b), Math.min(a, b)] as const);
    const weight = fc.double({ min: 0.01, max: 100, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(counts, weight), { minLength: 4, maxLength: 4 }), (rows) => {
        const areas = AREAS.map((name, i) => area(name, rows[i]?.[0][0] ?? 0, rows[i]?.[0][1] ?? 0));
        const weights = Object.fromEntries(AREAS.map((name, i) => [name, rows[i]?.[1] ?? 1]));
        const percent = scoreAreas(areas, weights);
        if (areas.every(({ total }) => total === 0)) expect(percent).toBeUndefined();
        else expect(percent).toSatisfy((n: number) => n >= 0 && n <= 100.0000001);
        const isWhole = areas.every(({ differences }) => differences.length === 0);
        if (percent !== undefined && isWhole) expect(percent).toBeCloseTo(100, 8);
      }),
    );
  });
});

describe('what is left out', () => {
  it('is neither alike nor different, and is told', () => {
    const keys = ['DATABASE_URL', 'JWT_SECRET', 'REPL_ID', 'REPL_OWNER'];
    const found = compare({ envKeys: keys }, {}, [], { ignore: ['env/REPL_*'] });
    expect(found).toMatchObject({
      percent: 100,
      unacceptable: [],
      ignored: ['env/REPL_ID', 'env/REPL_OWNER'],
    });
    expect(found.areas[2]?.total).toBe(2);
  });

  it.each(['env/REPL', 'npm/*', 'REPL_ID', 'env/*X'])(
    'is nothing that the path does not name: %s',
    (path) => {
      const found = compare({ envKeys: ['DATABASE_URL', 'JWT_SECRET', 'REPL_ID'] }, {}, [], {
        ignore: [path],
      });
      expect(saidOf(found)).toEqual(['REPL_ID missing in production']);
    },
  );
});
