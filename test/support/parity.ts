import type { Catalogue } from '../../src/domain/catalogue.ts';
import { compareSides, type ParityRules } from '../../src/domain/parity/compare-sides.ts';
import type { Side } from '../../src/domain/parity/likeness.ts';
import type { Touch } from '../../src/domain/parity/touch.ts';

/** Two environments that are alike; `over` changes one of them. */
export function makeSide(env: string, over: Partial<Side> = {}): Side {
  return {
    env,
    address: `https://${env}.example/api/health`,
    node: '22.12.0',
    packages: { express: '4.21.2', zod: '3.23.8' },
    arePackagesTold: true,
    envKeys: ['DATABASE_URL', 'JWT_SECRET'],
    exposed: [],
    settings: { rateLimits: {} },
    applied: [{ hash: 'h1' }],
    catalogue: { items: [{ kind: 'table', name: 'users', is: 'plain', of: '' }] },
    code: {
      commit: 'c0ffee',
      locked: { express: '4.21.2', zod: '3.23.8' },
      node: '>=20',
      keys: ['DATABASE_URL', 'JWT_SECRET'],
      migrations: [{ tag: '0001_users', hash: 'h1' }],
    },
    ...over,
  };
}

/** Compares staging with production, with the usual rules. */
export const compare = (
  left: Partial<Side>,
  right: Partial<Side> = {},
  touches: readonly Touch[] = [],
  rules: Partial<ParityRules> = {},
  rehearsed?: Catalogue,
) =>
  compareSides(
    makeSide('staging', left),
    makeSide('production', right),
    touches,
    {
      weights: {},
      ignore: [],
      required: [],
      ...rules,
    },
    rehearsed,
  );

/** What is said of every difference. */
export const saidOf = ({ areas }: ReturnType<typeof compare>): readonly string[] =>
  areas.flatMap(({ differences }) => differences.map(({ said }) => said));
