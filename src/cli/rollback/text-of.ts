/** What an option says, trimmed; `otherwise` when it says nothing. */
export const textOf = (value: unknown, otherwise: string): string =>
  typeof value === 'string' && value.trim() !== '' ? value.trim() : otherwise;
