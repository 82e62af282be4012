import type { Runbook } from '../../../config/schema/index.ts';
import type { Plan } from '../../../domain/plan.ts';
import type { DataWay } from '../../../plans/data-back.ts';
import { type DeployFacts, planDeploy } from '../../../plans/plan-deploy.ts';
import { planRollback } from '../../../plans/plan-rollback.ts';
import type { RollbackFacts } from '../../../plans/rollback-facts.ts';
import { chooseWebhookWay } from '../../../plans/webhook-way.ts';

/** Stands for whatever a release brings: a plan for a document has no version, and no moment. */
const NEXT = 'v{version}' as const;
const PREVIOUS = 'v{previous}' as const;
const EACH = '{migration}';
const SHA = '0'.repeat(40);
const AT = '2000-01-01T00:00:00.000Z';

const deployFacts = (branchName: string): DeployFacts => ({
  version: NEXT,
  from: PREVIOUS,
  main: '{main}',
  branch: SHA,
  branchName,
  pending: [EACH],
  at: AT,
  configDigest: '',
  run: 'r-{id}',
  notes: {},
});

const rollbackFacts = (data: DataWay, webhooks: RollbackFacts['webhooks']): RollbackFacts => ({
  ...{ from: NEXT, to: PREVIOUS, main: '{main}', commit: SHA, at: AT, configDigest: '', run: 'r-{id}' },
  ...{ treeIsThere: false, isCodeAway: false, covers: [], data, reason: '', severity: 'P0' },
  readsData: data.kind !== 'none',
  ...(webhooks === undefined ? {} : { webhooks }),
});

/** How an environment can take its data back, and the words for it; the one that loses nothing first. */
export interface ExampleWay {
  readonly title: string;
  readonly plan: Plan;
}

const RESTORE: DataWay = {
  kind: 'restore',
  at: AT,
  lsn: '0/0',
  xid: '0:0:',
  keepAs: 'pre-rollback',
  agreedMinutes: 0,
};

function waysOf({ environments, migrations }: Runbook, env: string): readonly (readonly [string, DataWay])[] {
  const environment = environments[env];
  const scripts = environment?.database !== undefined && migrations !== undefined;
  return [
    ['Code alone: the schema stays as it is', { kind: 'none' }],
    ...(scripts
      ? [
          [
            'Code, and the migrations by their rollback scripts',
            { kind: 'down', commit: SHA, tags: [EACH] },
          ] as const,
        ]
      : []),
    ...(environment?.database && environment.neon
      ? [['Code, and the database to the restore point: only where nothing else will do', RESTORE] as const]
      : []),
  ];
}

/** Protected environments; without any, all of them. */
export function productionsOf({ environments }: Runbook): readonly string[] {
  const names = Object.keys(environments);
  const guarded = names.filter((name) => environments[name]?.protected === true);
  return guarded.length > 0 ? guarded : names;
}

export const exampleDeploy = (runbook: Runbook, env: string): Plan =>
  planDeploy(deployFacts(runbook.source.releaseBranch.replace('{version}', NEXT)), runbook, env);

/** Every way back that the configuration allows, as it would be planned. */
export function exampleRollbacks(runbook: Runbook, env: string): readonly ExampleWay[] {
  const environment = runbook.environments[env];
  const webhooks = environment === undefined ? undefined : chooseWebhookWay(environment, undefined, []);
  return waysOf(runbook, env).map(([title, data]) => ({
    title,
    plan: planRollback(rollbackFacts(data, webhooks), runbook, env),
  }));
}
