import { createHash } from 'node:crypto';
import { type Html, html } from './html.ts';
import type { Section } from './parts.ts';
import type { Report } from './report.ts';
import { writeChange } from './sections/change.ts';
import { writeChecks } from './sections/checks.ts';
import { writeData } from './sections/data.ts';
import { writeDecisions } from './sections/decisions.ts';
import { writeDrift } from './sections/drift.ts';
import { writeHeadline } from './sections/headline.ts';
import { writeMeasured } from './sections/measured.ts';
import { writeMessages } from './sections/messages.ts';
import { writeProvenance } from './sections/provenance.ts';
import { writeRecord } from './sections/record.ts';
import { writeSmoke } from './sections/smoke.ts';
import { writeTimeline } from './sections/timeline.ts';
import { writeWaivers } from './sections/waivers.ts';
import { makeStyle } from './style.ts';

/** By this a file is known as one of ours, which may be written anew. */
export const GENERATOR = 'release report';

/** Patterns that say without colour what a bar means. */
const PATTERNS = html`<svg class="defs" aria-hidden="true" focusable="false"><defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse"><path d="M0 6L6 0" stroke-width="1"/></pattern><pattern id="cross" width="6" height="6" patternUnits="userSpaceOnUse"><rect width="6" height="6"/><path d="M0 0L6 6M6 0L0 6" stroke-width=".9"/></pattern><pattern id="dots" width="5" height="5" patternUnits="userSpaceOnUse"><circle cx="2.5" cy="2.5" r="1.4"/></pattern><pattern id="stripes" width="4" height="4" patternUnits="userSpaceOnUse"><path d="M1 0V4" stroke-width="1.6"/></pattern></defs></svg>`;

const NO_MEASUREMENTS = (env: string): Section => ({
  id: 'errors',
  title: 'Error rate and latency',
  body: html`<p class="note">Not measured on the machine that made this: no watch of these runs left anything here. A watch keeps its measurements in <code>watch/${env}/</code> beside the ledger of its machine; there, or with such a file: <code>release report --ticks ticks.jsonl</code></p>`,
});

/** Every part of the report in the order in which people look for it. */
export function listSections(report: Report): readonly Section[] {
  const measured = writeMeasured(report);
  const all = [
    writeTimeline(report),
    writeChecks(report),
    ...(measured.length > 0 ? measured : [NO_MEASUREMENTS(report.env)]),
    writeSmoke(report),
    writeDrift(report),
    writeData(report),
    writeChange(report),
    writeDecisions(report),
    writeMessages(report),
    writeWaivers(report),
    writeProvenance(report),
    writeRecord(report),
  ];
  return all.flatMap((section) => section ?? []);
}

const writeNav = (sections: readonly Section[]): Html =>
  html`<nav aria-label="Parts of this report"><ul>${sections.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`)}</ul></nav>`;

const drawSection = ({ id, title, body }: Section): Html =>
  html`<section aria-labelledby="${id}"><h2 id="${id}">${title}</h2>${body}</section>`;

/**
 * The report as one file that asks nothing of any network: it has no script, and only its own style may be used in it, so that
 * nothing which somebody wrote into a message or a name can do more than stand there. Its `sections` can be given by whoever has drawn them.
 */
export function writePage(report: Report, sections = listSections(report)): string {
  const { story, runbook, env } = report;
  const { version } = story.subject.plan;
  const title = `${version} on ${env}: ${runbook.product} release report`;
  const style = makeStyle(title);
  const digest = createHash('sha256').update(style).digest('base64');
  const policy = `default-src 'none'; style-src 'sha256-${digest}'; base-uri 'none'; form-action 'none'`;
  const head = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="referrer" content="no-referrer"><meta name="generator" content="${GENERATOR}">`;
  const body = html`<title>${title}</title></head><body><a class="skip" href="#main">To the report</a>${PATTERNS}<div class="page"><main id="main">${writeHeadline(report)}${writeNav(sections)}${sections.map(drawSection)}</main></div></body></html>`;
  return `${head}<style>${style}</style>${body.text}\n`;
}
