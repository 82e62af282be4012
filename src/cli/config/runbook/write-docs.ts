import { checks } from '../../../../checks/index.ts';
import { nameOf } from '../../../config/find-file.ts';
import { loadRunbook } from '../../../config/load.ts';
import type { Runbook } from '../../../config/schema/index.ts';
import type { Check, Policy } from '../../../kit.ts';
import type { StoryCheck, StoryEnvironment } from '../../../report/runbook/runbook-story.ts';
import { writeRunbook } from '../../../report/runbook/write-runbook.ts';
import { EXIT } from '../../exit.ts';
import type { ConfigAnswer, ConfigOrder } from '../answer.ts';
import { exampleDeploy, exampleRollbacks, productionsOf } from './example-plans.ts';

/** No check may let its duty depend on the day; one that asks gets one that never moves, so that the text does not. */
const NO_DAY = new Date(0);

const storyOf = (check: Check, policy: Policy): StoryCheck => ({
  ...{ id: check.id, title: check.title, rows: [check.runbook].flat(), gates: check.gates },
  isAdvisory: check.weight === 'advisory',
  absent: check.absent?.(policy),
});

function environmentOf(runbook: Runbook, name: string): readonly StoryEnvironment[] {
  const environment = runbook.environments[name];
  if (environment === undefined) return [];
  const policy: Policy = {
    ...{ env: name, environment, runbook, thresholds: runbook.thresholds, now: NO_DAY, facts: {} },
  };
  return [
    {
      name,
      deploy: exampleDeploy(runbook, name),
      ways: exampleRollbacks(runbook, name),
      checks: checks.map((check) => storyOf(check, policy)),
    },
  ];
}

/** The runbook that the configuration carries out. Throws E_CONFIG_INVALID for one with problems. */
export function writeDocs(order: ConfigOrder): ConfigAnswer {
  const { runbook, file } = loadRunbook(order);
  const environments = productionsOf(runbook).flatMap((name) => environmentOf(runbook, name));
  const document = writeRunbook({ runbook, file: nameOf(order.cwd, file), environments });
  return {
    exitCode: EXIT.ok,
    text: document.trimEnd(),
    isFile: true,
    result: { document, environments: environments.map(({ name }) => name) },
    document,
  };
}
