import { type Parts, region } from './regions.ts';

const RUN = /^<!-- release postmortem (\S+) -->$/m;

/** What a person still has to write. */
const TODO = 'TODO(person)';

/** A new document: the runbook's template, with what the ledger knows filled in. */
export const writeDocument = (title: string, run: string, parts: Parts): string => `# ${title}

<!-- release postmortem ${run} -->
${region('facts', parts.facts)}

**Customer Impact**: ${TODO}: what customers met, and how many

## Timeline

${region('timeline', parts.timeline)}

## Root Cause

${TODO}: what caused the failure, in detail

${region('change', parts.change)}

## Impact

- **Users Affected**: ${TODO}: number, and what they could not do
- **Revenue Impact**: ${TODO}: if any
${region('impact', parts.impact)}

${region('performance', parts.performance)}

## What Went Well

- ${TODO}

## What Went Poorly

- ${TODO}

## Action Items

- [ ] ${TODO}: action - Owner: name - Due: 2025-12-31

## Lessons Learned

${TODO}: what to keep, what to prevent

## Evidence

${region('evidence', parts.evidence)}
- Logs of the application: ${TODO}: where they are kept

${region('metrics', parts.metrics)}

## Follow-up

${region('follow-up', parts['follow-up'])}
`;

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
