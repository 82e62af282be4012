import type { HandoffItem } from './item.ts';

type Draft<F extends string> = Omit<HandoffItem<F>, 'group'>;
type Evidence<F extends string> = Pick<HandoffItem<F>, 'checks' | 'facts'>;
type Question = Pick<HandoffItem, 'choices' | 'onlyWhen' | 'shape'>;

/** Ticked by evidence alone. */
export const auto = <F extends string>(id: string, row: string, text: string, by: Evidence<F>): Draft<F> => ({
  ...{ id, rows: [row], text, mode: 'auto', ...by },
});

/** Proposed by evidence, confirmed by a person. */
export const both = <F extends string>(
  id: string,
  row: string,
  text: string,
  by: Evidence<F>,
  asks: string,
  more: Question = {},
): Draft<F> => ({ id, rows: [row], text, mode: 'both', ...by, asks, ...more });

/** Known to a person alone; where `facts` are known as well, they tick it instead. */
export const person = <F extends string>(
  id: string,
  row: string,
  text: string,
  asks: string,
  more: Question & Pick<HandoffItem<F>, 'facts'> = {},
): Draft<F> => ({ id, rows: [row], text, mode: 'person', asks, ...more });

export const inGroup = <F extends string>(
  group: string,
  items: readonly Draft<F>[],
): readonly HandoffItem<F>[] => items.map((item) => ({ ...item, group }));
