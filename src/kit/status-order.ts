import type { Environment, Runbook } from '../config/schema/index.ts';
import type { StatusImpact, StatusOrder } from '../services/statuspage/port.ts';

/** The states of a rollback: why it is done is for people inside, so that nobody ever says "investigating". */
export type RollbackWord = 'identified' | 'monitoring' | 'resolved';

type Texts = NonNullable<Environment['statusPage']>['texts'];

/** Sentences that are true of every rollback; none of them says anything of data, which nobody knows yet. */
const USUAL: Readonly<Record<RollbackWord, (product: string) => string>> = {
  identified: (product) =>
    `We are putting an earlier version of ${product} back. Until that is done, ${product} may be unavailable.`,
  monitoring: (product) =>
    `The earlier version of ${product} is back and open to users. We are watching it closely.`,
  resolved: (product) => `${product} is in use with the earlier version, and this is resolved.`,
};

const titleOf = ({ title }: Texts, product: string): string =>
  title ?? `${product}: return to an earlier version`;

/** What customers read of a rollback in this state, in the owner's words where there are any (E-89). */
export function makeStatusOrder(
  state: RollbackWord,
  { product }: Pick<Runbook, 'product'>,
  { statusPage }: Pick<Environment, 'statusPage'>,
  impact: StatusImpact,
): Omit<StatusOrder, 'run'> & { readonly state: RollbackWord } {
  const texts = statusPage?.texts ?? {};
  const text = texts[state] ?? USUAL[state](product);
  return { state, title: titleOf(texts, product), text, impact };
}
