import { ReleaseError } from '../../domain/failure.ts';

/** The parts that the program writes; everything between them is for people. */
export const PARTS = ['facts', 'timeline', 'change', 'impact', 'evidence'] as const;
export type Part = (typeof PARTS)[number];
export type Parts = Readonly<Record<Part, string>>;

const begin = (part: Part): string => `<!-- release: ${part}, written anew by --update -->`;
const end = (part: Part): string => `<!-- release: end of ${part} -->`;
const region = (part: Part, text: string): string => `${begin(part)}\n${text}\n${end(part)}`;

const RUN = /^<!-- release postmortem (\S+) -->$/m;

/** What a person still has to write. */
const TODO = 'TODO(person)';

/** A new document: the runbook's template, with what the ledger knows filled in. */
export const writeDocument = (
  title: string,
  run: string,
  parts: Parts,
  followUp: string,
): string => `# ${title}

<!-- release postmortem ${run} -->
${region('facts', parts.facts)}

## Timeline

${region('timeline', parts.timeline)}

## Root Cause

${TODO}: what caused the failure, in detail

${region('change', parts.change)}

## Impact

- **Users Affected**: ${TODO}: number, and what they could not do
- **Revenue Impact**: ${TODO}: if any
${region('impact', parts.impact)}

## What Went Well

- ${TODO}

## What Went Poorly

- ${TODO}

## Action Items

- [ ] ${TODO}: action, owner, due date

## Lessons Learned

${TODO}: what to keep, what to prevent

## Evidence

${region('evidence', parts.evidence)}
- Logs of the application: ${TODO}: where they are kept

## Follow-up

${followUp}
`;

const torn = (file: string, part: Part): ReleaseError =>
  new ReleaseError('E_POSTMORTEM_TORN', {
    what: `${file} has no whole part "${part}" any more: its marks are missing, doubled or crossed.`,
    why: 'Only what stands between the marks is written anew; without them your own words could be lost.',
    next: `Put "${begin(part)}" and "${end(part)}" back, or take the file away to have a new one made.`,
    state: 'untouched',
  });

/** The same document with its generated parts written anew, and every word outside of them kept. Throws E_POSTMORTEM_TORN. */
export function updateDocument(document: string, file: string, parts: Parts): string {
  return PARTS.reduce((text, part) => {
    const [before, inside, ...more] = text.split(begin(part));
    if (before === undefined || inside === undefined || more.length > 0) throw torn(file, part);
    const [old, after, ...rest] = inside.split(end(part));
    if (old === undefined || after === undefined || rest.length > 0) throw torn(file, part);
    if (PARTS.some((other) => old.includes(begin(other)) || old.includes(end(other)))) throw torn(file, part);
    return `${before}${region(part, parts[part])}${after}`;
  }, document);
}

/** The run that a document is about; undefined for a file that is none of ours. */
export const runOf = (document: string): string | undefined => RUN.exec(document)?.[1];

/** What is still to be written by people, each with its line. */
export function listOpen(document: string): readonly { readonly line: number; readonly said: string }[] {
  let heading = '';
  return document.split('\n').flatMap((text, index) => {
    heading = /^#+ (.*)$/.exec(text)?.[1] ?? heading;
    const label = /\*\*([^*]+)\*\*: TODO\(/.exec(text)?.[1];
    return text.includes('TODO(') ? [{ line: index + 1, said: label ?? heading }] : [];
  });
}
