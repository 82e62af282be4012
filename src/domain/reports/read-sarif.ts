import * as z from 'zod';
import { oneLine } from '../screen-text.ts';
import { commitsIn, MIXED, momentIn } from './commit-in.ts';
import { flawed, type Parsed, parsed } from './parsed.ts';
import { readShape } from './read-shape.ts';
import type { ScanReport, Severity, Weakness } from './weakness.ts';

// Shapes are made when an answer is there: most commands never meet most of them.
const LEVELS = ['none', 'note', 'warning', 'error'] as const;
const level = z.enum(LEVELS);
const properties = z.lazy(() =>
  z.object({ 'security-severity': z.union([z.string(), z.number()]).optional() }).optional(),
);

const ruleShape = z.lazy(() =>
  z.object({
    id: z.string(),
    properties,
    defaultConfiguration: z.object({ level: level.optional() }).optional(),
    shortDescription: z.object({ text: z.string().optional() }).optional(),
  }),
);
const toolShape = z.lazy(() =>
  z.object({ name: z.string().default(''), rules: z.array(ruleShape).default([]) }),
);
const resultShape = z.lazy(() =>
  z.object({
    ruleId: z.string().optional(),
    ruleIndex: z.number().int().optional(),
    rule: z
      .object({
        id: z.string().optional(),
        index: z.number().int().optional(),
        toolComponent: z.object({ index: z.number().int().optional() }).optional(),
      })
      .optional(),
    kind: z.string().default('fail'),
    level: level.optional(),
    baselineState: z.string().optional(),
    message: z.object({ text: z.string().optional() }).default({}),
    properties,
    suppressions: z.array(z.object({ status: z.string().default('accepted') })).default([]),
    locations: z
      .array(
        z.object({
          physicalLocation: z
            .object({ artifactLocation: z.object({ uri: z.string().optional() }).optional() })
            .optional(),
        }),
      )
      .default([]),
  }),
);
const runShape = z.lazy(() =>
  z.object({
    tool: z.object({ driver: toolShape, extensions: z.array(toolShape).default([]) }),
    results: z.array(resultShape),
    invocations: z
      .array(z.object({ executionSuccessful: z.boolean(), endTimeUtc: z.string().optional() }))
      .default([]),
    versionControlProvenance: z.array(z.object({ revisionId: z.string().optional() })).default([]),
  }),
);
const reportShape = z.lazy(() => z.object({ version: z.literal('2.1.0'), runs: z.array(runShape).min(1) }));

type Run = z.infer<typeof runShape>;
type Result = z.infer<typeof resultShape>;
type Rule = z.infer<typeof ruleShape>;

/** The rule of a result: by index in the tool or one of its extensions, or by id. */
function findRule({ tool }: Run, { ruleId, ruleIndex, rule }: Result): Rule | undefined {
  const extension = rule?.toolComponent?.index;
  const component = extension === undefined ? tool.driver : tool.extensions[extension];
  const byIndex = component?.rules[rule?.index ?? ruleIndex ?? -1];
  const id = rule?.id ?? ruleId;
  // A sub-rule is written with a slash: the rule `a` is that of `a/b`.
  const isOf = (one: Rule): boolean => one.id === id || id?.startsWith(`${one.id}/`) === true;
  return byIndex ?? [tool.driver, ...tool.extensions].flatMap(({ rules }) => rules).find(isOf);
}

const scoreOf = (rule: Rule | undefined, { properties }: Result): number | undefined => {
  const told = properties?.['security-severity'] ?? rule?.properties?.['security-severity'];
  const score = told === undefined || told === '' ? Number.NaN : Number(told);
  return score >= 0 && score <= 10 ? score : undefined;
};

/** By score where there is one (the bands of CVSS 3), else by level: an error is as bad as high. */
function severityOf(score: number | undefined, told: (typeof LEVELS)[number]): Severity {
  if (score === undefined) return told === 'error' ? 'high' : told === 'warning' ? 'moderate' : 'low';
  if (score >= 9) return 'critical';
  if (score >= 7) return 'high';
  return score >= 4 ? 'moderate' : 'low';
}

const isOpen = ({ kind, suppressions, baselineState }: Result): boolean =>
  kind === 'fail' && baselineState !== 'absent' && !suppressions.some(({ status }) => status === 'accepted');

function toWeakness(run: Run, result: Result): Weakness {
  const rule = findRule(run, result);
  const score = scoreOf(rule, result);
  const told = result.level ?? rule?.defaultConfiguration?.level ?? 'warning';
  const id = rule?.id ?? result.rule?.id ?? result.ruleId ?? 'unnamed rule';
  const uri = result.locations[0]?.physicalLocation?.artifactLocation?.uri;
  return {
    ids: [...new Set([id, result.ruleId ?? id])].map((one) => oneLine(one, 80)),
    where: oneLine(uri ?? run.tool.driver.name, 120),
    title: oneLine(rule?.shortDescription?.text ?? result.message.text ?? '', 160),
    severity: severityOf(score, told),
    ...(score === undefined ? {} : { score }),
    isDevOnly: false,
  };
}

/** A log of SARIF 2.1.0, of any scanner. What somebody suppressed in the scanner does not count. */
export function readSarif(value: unknown): Parsed<ScanReport> {
  const read = readShape(value, reportShape, 'SARIF 2.1.0');
  if (!read.ok) return read;
  const { runs } = read.report;
  const invocations = runs.flatMap((run) => run.invocations);
  if (invocations.some(({ executionSuccessful }) => !executionSuccessful)) return flawed('the scan broke');
  const [commit, other] = commitsIn(
    runs.flatMap((run) => run.versionControlProvenance.slice(0, 1).map(({ revisionId }) => revisionId)),
  );
  if (other !== undefined) return flawed(MIXED);
  const at = invocations.flatMap(({ endTimeUtc }) => momentIn(endTimeUtc) ?? []).sort()[0];
  return parsed({
    weaknesses: runs.flatMap((run) => run.results.filter(isOpen).map((result) => toWeakness(run, result))),
    ...(commit === undefined ? {} : { commit }),
    ...(at === undefined ? {} : { at }),
  });
}
