import type { JsonObject } from '../../domain/json.ts';
import type { SmokeReport } from '../../steps/app/smoke/run-smoke.ts';

type Endpoint = SmokeReport['endpoints'][number];

/** The names by which anybody can judge the program from outside; they stay (docs/smoke.md). */
const measuredNames = (one: Endpoint): JsonObject => ({
  error_kinds: { ...one.errorKinds },
  p50_ms: one.p50Ms,
  p95_ms: one.p95Ms,
  p95_def: 'nearest-rank',
  ci95_ms: [...one.ci95Ms],
  over_limit: one.overLimit,
  max_ms: one.maxMs,
  needed_n: one.needed,
  cold_ms: one.coldMs,
});

/** The report as `--json` gives it: the program's own names, and those of the figures. */
export const tellReport = (report: SmokeReport): JsonObject => ({
  ...(report as unknown as JsonObject),
  endpoints: report.endpoints.map((one) => ({
    ...(one as unknown as JsonObject),
    ...measuredNames(one),
  })),
});
