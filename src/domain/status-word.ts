/** What a status page says of an incident, in the order in which it may be told. */
export const STATUS_WORDS = ['investigating', 'identified', 'monitoring', 'resolved'] as const;

export type StatusWord = (typeof STATUS_WORDS)[number];

export const isStatusWord = (word: string): word is StatusWord =>
  (STATUS_WORDS as readonly string[]).includes(word);

/**
 * True when a page that says `said` needs not be told `wanted`: words only go forward, so that a run that is gone on with
 * never takes back what a person has said on the page meanwhile.
 */
export const isSaid = (said: StatusWord, wanted: StatusWord): boolean =>
  STATUS_WORDS.indexOf(said) >= STATUS_WORDS.indexOf(wanted);
