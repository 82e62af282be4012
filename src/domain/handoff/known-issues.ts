/** A known issue as it is handed over (HOO-11). */
export interface KnownIssue {
  readonly what: string;
  readonly severity: string;
  readonly workaround: string;
}

const PARTS = /^(?<what>.+?)\s*\/\s*(?<severity>P[0-3])\s*\/\s*(?<workaround>.+)$/i;

function readIssue(text: string): KnownIssue | undefined {
  const found = PARTS.exec(text.trim())?.groups;
  if (found?.what === undefined || found.severity === undefined || found.workaround === undefined)
    return undefined;
  return { what: found.what, severity: found.severity.toUpperCase(), workaround: found.workaround.trim() };
}

/** `PDF export slow / P3 / it drains by itself; …`; undefined where one of them lacks its severity or its workaround. */
export function readIssues(text: string): readonly KnownIssue[] | undefined {
  const issues = text
    .split(';')
    .filter((part) => part.trim() !== '')
    .map(readIssue);
  const whole = issues.filter((issue): issue is KnownIssue => issue !== undefined);
  return whole.length === issues.length && whole.length > 0 ? whole : undefined;
}
