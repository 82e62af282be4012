import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Scenarios of many releases one after the other, each a third of the time of all. */
const SAGA = /\/(back-and-on|crash|restore|forged|interrupt)\.test\.ts$/;

/** Rooms whose files last longest, because they start processes and servers. */
const LONGEST = /\/test\/(contracts\/ledger|steps\/git\/)/;
const SLOW =
  /\/test\/(checks\/(migrations|source)|contracts|services|sandbox|ledger|kit\/rehearsal|steps\/postgres)\//;
/** What starts no process, but plays thousands of runs, reads all sources or the types of vendors: its worker grows by it. */
const LARGE = /\/test\/(simulation\/|house\.test\.ts|contracts\/(slack|stripe|github)\.test\.ts)/;

/** To start a process costs three times as much CPU from a worker that has grown: what starts hundreds comes before the rest. */
const STARTING = /\/test\/cli\/(prepare|approve|handoff|init)\//;

function rankOfSource(moduleId: string): number {
  if (LARGE.test(moduleId)) return 2;
  if (LONGEST.test(moduleId)) return 0;
  return SLOW.test(moduleId) ? 1 : 3;
}

function rankOf({ project, moduleId }: TestSpecification): number {
  if (project.name === 'source') return 4 + rankOfSource(moduleId);
  if (moduleId.includes('/test/scenarios/')) return SAGA.test(moduleId) ? 0 : 1;
  return STARTING.test(moduleId) ? 2 : 3;
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
