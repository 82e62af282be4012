import type { Runbook } from '../../../config/schema/index.ts';
import type { Sampler } from '../../../engine/watch/sampler.ts';
import { makeAppSource } from './app.ts';
import { makeDatabase, makeIntegrity } from './database.ts';
import {
  makeLimitsSource,
  makeLogSource,
  makePayments,
  makePrometheusSource,
  makeSqlSource,
} from './others.ts';
import { makeProbe } from './probe.ts';
import { makeScenario } from './scenario.ts';
import type { SourceWorld } from './source-world.ts';

type Measurement = Runbook['measurements'][string];

function makeSource(name: string, one: Measurement, world: SourceWorld): Sampler {
  const everyMs = one.everySeconds * 1000;
  switch (one.source) {
    case 'probe':
      return makeProbe(name, everyMs, world);
    case 'scenario':
      return makeScenario(name, everyMs, world);
    case 'app':
      return makeAppSource(name, everyMs, one.minSamples, world);
    case 'database':
      return makeDatabase(name, everyMs, world);
    case 'integrity':
      return makeIntegrity(name, everyMs, world);
    case 'stripe':
      return makePayments(name, one, world);
    case 'prometheus':
      return makePrometheusSource(name, one, world);
    case 'sql':
      return makeSqlSource(name, one, world);
    case 'limits':
      return makeLimitsSource(name, one, world);
    case 'log':
      return makeLogSource(name, one, world);
  }
}

/** Every source of the configuration. */
export const makeSources = (measurements: Runbook['measurements'], world: SourceWorld): readonly Sampler[] =>
  Object.entries(measurements).map(([name, one]) => makeSource(name, one, world));
