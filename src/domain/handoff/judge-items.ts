import type { HandoffItem } from './item.ts';
import { type Answer, judgeItem, type Standing } from './judge-item.ts';
import type { Proof } from './proof.ts';

const notAsked = (item: HandoffItem, other: string, says: string): Standing => ({
  item,
  state: 'na',
  said: `asked only when ${other} says "${says}"`,
  mark: 'not asked',
});

/** Where every item stands. One that another's answer calls for is asked only then (HOO-10 or HOO-11, never both). */
export const judgeItems = (
  items: readonly HandoffItem[],
  proofs: ReadonlyMap<string, Proof>,
  answers: ReadonlyMap<string, Answer>,
): readonly Standing[] =>
  items.map((item) => {
    const { onlyWhen } = item;
    if (onlyWhen !== undefined && answers.get(onlyWhen.item)?.text !== onlyWhen.says)
      return notAsked(item, onlyWhen.item, onlyWhen.says);
    return judgeItem(item, proofs.get(item.id), answers.get(item.id));
  });
