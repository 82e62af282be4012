import type { HandoffKind } from '../../domain/handoff/item.ts';

/** Who hands over to whom. */
export const KIND_WORDS: Readonly<Record<HandoffKind, { readonly title: string; readonly way: string }>> = {
  before: { title: 'Handoff before the deployment', way: 'development → operations' },
  after: { title: 'Handoff after the deployment', way: 'operations → on-call' },
  emergency: { title: 'Handoff in an emergency', way: 'commander → commander' },
};
