/** The anchor that GitHub gives a heading: small letters, no punctuation, a dash for each blank, counted when it is taken. */
export function anchorOf(title: string, taken: readonly string[]): string {
  const anchor = title
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-');
  for (let i = 0; ; i += 1) {
    const tried = i === 0 ? anchor : `${anchor}-${i}`;
    if (!taken.includes(tried)) return tried;
  }
}
