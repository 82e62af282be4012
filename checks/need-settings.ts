import { ReleaseError, type Runbook } from '../src/kit.ts';

type Evidence = NonNullable<Runbook['evidence']>;

/** A part of `evidence` that a check needs; its `absent` has seen to it, so E_NOT_CONFIGURED is never met in a gate. */
export function needSettings<Part extends keyof Evidence>(
  { evidence }: Runbook,
  part: Part,
): NonNullable<Evidence[Part]> {
  const settings = evidence?.[part];
  if (settings !== undefined) return settings as NonNullable<Evidence[Part]>;
  throw new ReleaseError('E_NOT_CONFIGURED', {
    what: `evidence.${part} is not configured.`,
    next: 'Configure it, or leave out what needs it.',
    state: 'untouched',
  });
}
