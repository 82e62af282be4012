export const SEVERITIES = ['info', 'low', 'moderate', 'high', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** One known weakness, whoever found it. */
export interface Weakness {
  /** How it is called: GHSA, CVE, SNYK or the scanner's rule. The first is shown, any of them can be waived. */
  readonly ids: readonly string[];
  /** Package or file. */
  readonly where: string;
  readonly title: string;
  readonly severity: Severity;
  /** CVSS base score, 0 to 10; undefined when nobody gave one. */
  readonly score?: number;
  /** True when it is not in what production runs. */
  readonly isDevOnly: boolean;
  /** How to be rid of it, in a few words. */
  readonly fix?: string;
}

/** What a scanner says. */
export interface ScanReport {
  readonly weaknesses: readonly Weakness[];
  /** The commit that was scanned, when the report names one. */
  readonly commit?: string;
  /** When (ISO), when the report says so. */
  readonly at?: string;
}
