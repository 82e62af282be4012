import { notConfigured } from '../src/domain/not-configured.ts';
import type { Runbook } from '../src/kit.ts';

type Evidence = NonNullable<Runbook['evidence']>;

/** A part of `evidence` that a check needs; its `absent` has seen to it, so E_NOT_CONFIGURED is never met in a gate. */
export function needSettings<Part extends keyof Evidence>(
  { evidence }: Runbook,
  part: Part,
): NonNullable<Evidence[Part]> {
  const settings = evidence?.[part];
  if (settings !== undefined) return settings as NonNullable<Evidence[Part]>;
  throw notConfigured(`evidence.${part}`);
}
