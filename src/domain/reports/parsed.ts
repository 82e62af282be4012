// In the types of release-runbook/kit, whose readers have no zod: what needs it is in a file of its own (read-shape.ts).

/** What a report says, or why it proves nothing. The flaw is in our words; foreign text never gets into it. */
export type Parsed<T> =
  | { readonly ok: true; readonly report: T }
  | { readonly ok: false; readonly flaw: string };

/** A report that proves nothing. */
export const flawed = (flaw: string): { readonly ok: false; readonly flaw: string } => ({ ok: false, flaw });

/** A report that can be used. */
export const parsed = <T>(report: T): Parsed<T> => ({ ok: true, report });

/** A text as JSON. */
export function parseJson(text: string): Parsed<unknown> {
  if (text.trim() === '') return flawed('it is empty');
  try {
    return parsed(JSON.parse(text) as unknown);
  } catch {
    return flawed('it is not JSON, or not all of it');
  }
}
