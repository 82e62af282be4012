import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Rooms whose files last longest: whole worlds, then what plays thousands of runs, then servers and processes. */
const LONGEST = /\/test\/(simulation\/|contracts\/ledger|steps\/git\/)/;
const SLOW = /\/test\/(checks\/migrations|contracts|services|sandbox|ledger)\//;

/** To start a process costs three times as much CPU from a worker that has grown: what starts hundreds comes before the rest. */
const STARTING = /\/test\/cli\/(prepare|approve|handoff|init)\//;

function rankOf({ project, moduleId }: TestSpecification): number {
  if (project.name !== 'program') return LONGEST.test(moduleId) ? 3 : SLOW.test(moduleId) ? 4 : 5;
  if (moduleId.includes('/test/scenarios/')) return 0;
  return STARTING.test(moduleId) ? 1 : 2;
}

/**
 * Long files begin first, so that all cores end together; a project's files stay together, because only then a worker
 * goes on to the next file instead of ending.
 */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((a, b) => rankOf(a) - rankOf(b));
  }
}
