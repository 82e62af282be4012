import { LOADERS } from '../load.ts';
import { approve } from './approve.ts';
import { handoff } from './handoff.ts';
import { lookBack } from './look-back.ts';
import { notify } from './notify.ts';
import { plumbing } from './plumbing.ts';
import { prepare } from './prepare.ts';
import { releaseDay } from './release-day.ts';
import { setUp } from './set-up.ts';
import type { CommandSpec } from './spec.ts';
import { statusPage } from './status-page.ts';

const SPECS: readonly CommandSpec[] = [
  ...releaseDay,
  approve,
  notify,
  handoff,
  statusPage,
  ...lookBack,
  prepare,
  ...setUp,
  ...plumbing,
];

/** The commands that work, in the order of help. A command without a loader is never listed. */
export const COMMANDS: readonly CommandSpec[] = SPECS.filter((spec) => spec.name in LOADERS);

export const findCommand = (name: string): CommandSpec | undefined => COMMANDS.find((c) => c.name === name);
