import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Rooms whose files last longest: whole worlds, then what plays thousands of runs, then servers and processes. */
const LONGEST = /\/test\/(simulation\/|contracts\/ledger|steps\/git\/)/;
const SLOW = /\/test\/(checks\/migrations|contracts|services|sandbox|ledger)\//;

const rankOf = ({ project, moduleId }: TestSpecification): number => {
  if (project.name === 'program') return moduleId.includes('/test/scenarios/') ? 0 : 1;
  if (LONGEST.test(moduleId)) return 2;
  return SLOW.test(moduleId) ? 3 : 4;
};

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
