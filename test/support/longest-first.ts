import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Rooms whose files last longest: whole worlds, then servers and processes, then everything else. */
const SLOW = /\/test\/(checks\/migrations|contracts|services|sandbox|ledger)\//;

const rankOf = ({ project, moduleId }: TestSpecification): number => {
  if (project.name === 'program') return moduleId.includes('/test/scenarios/') ? 0 : 1;
  return SLOW.test(moduleId) ? 2 : 3;
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
