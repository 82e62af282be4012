import type { HandoffItem } from './item.ts';
import { markOf, type Proof } from './proof.ts';

/** What a person said of an item. `mark`: of the proof that they saw. */
export interface Answer {
  readonly text: string;
  readonly by: string;
  /** ISO. */
  readonly at: string;
  readonly mark: string;
}

/** Where an item stands. `na`: nothing here could know it, and nobody has to. */
export interface Standing {
  readonly item: HandoffItem;
  readonly state: 'done' | 'open' | 'na' | 'stale';
  readonly said: string;
  readonly from?: string;
  /** ISO. */
  readonly at?: string;
  readonly by?: string;
  /** What has to happen, for one that is open or stale. */
  readonly next?: string;
  /** What a signature below it is bound to. */
  readonly mark: string;
}

const sayAnswer = ({ text, by, at, mark }: Answer) => ({
  said: text,
  by,
  at,
  from: 'said',
  mark: `${mark} ${text}`,
});

const answerLine = ({ id, choices }: HandoffItem): string =>
  `--answer ${id}="${choices === undefined ? '…' : choices.join('|')}"`;

const byEvidence = (proof: Proof, mark: string) => ({
  said: proof.said,
  from: proof.from,
  mark,
  ...(proof.at === undefined ? {} : { at: proof.at }),
});

/** Evidence against it, or none at all where there should be some: nobody's word makes up for that. */
const refused = (item: HandoffItem, proof: Proof, mark: string): Standing => ({
  item,
  state: 'open',
  ...byEvidence(proof, mark),
  next: proof.next ?? 'make it so, and ask again',
});

function judgePerson(item: HandoffItem, answer: Answer | undefined, mark: string): Standing {
  if (answer === undefined)
    return { item, state: 'open', said: item.asks ?? item.text, next: answerLine(item), mark };
  if (answer.mark !== mark)
    return { item, state: 'stale', ...sayAnswer(answer), next: answerLine(item), mark };
  return { item, state: 'done', ...sayAnswer(answer) };
}

/**
 * Where an item of a handoff stands. What is not known never ticks a box; where nothing could know it, a person is asked
 * if the item takes one, and it does not apply otherwise. What is proven of an item that people answer needs no answer. An answer counts for what its giver saw, and is stale after.
 */
export function judgeItem(item: HandoffItem, found: Proof | undefined, answer: Answer | undefined): Standing {
  const proof = found ?? {
    state: 'absent' as const,
    said: 'nothing here measures it',
    from: 'configuration',
  };
  const mark = markOf(proof);
  if (item.mode === 'person' && proof.state === 'absent') return judgePerson(item, answer, mark);
  if (proof.state === 'not' || proof.state === 'unknown') return refused(item, proof, mark);
  if (item.mode === 'both') {
    const person = judgePerson(item, answer, mark);
    return person.state === 'open' && proof.state === 'holds'
      ? { ...person, ...byEvidence(proof, mark), next: answerLine(item) }
      : person;
  }
  return { item, state: proof.state === 'holds' ? 'done' : 'na', ...byEvidence(proof, mark) };
}
