import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { OpenApi } from '../support/conformance/open-api.ts';

const packages = createRequire(import.meta.url);

/** Neon's own description of its API, as its package ships it. */
export const describeNeon = (): OpenApi => {
  const folder = dirname(packages.resolve('@neondatabase/api-client/package.json'));
  return new OpenApi(join(folder, 'public-v2-for-users.gen.yaml'), '/api/v2');
};
