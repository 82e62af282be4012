import { isUnder, labelled, ROLLBACK, saidBehind, workLines } from '../ask.ts';
import type { RunbookDocument, Section, Statement } from '../document.ts';
import { definedTitles, isNaming, titlesIn } from '../role-names.ts';
import { type Hit, hit, type Known, type LintRule } from '../rule.ts';

const NOBODY = /^(|-+|–|—|_+|tbd|tba|todo|\?+|n\/?a|none|unassigned|nobody|<[^>]*>|\[[^\]]*\])$/i;

function findUnowned({ statements, tables }: RunbookDocument): readonly Hit[] {
  const labels = labelled(statements, /^(owner|backup|responsible|dri|assignee)$/i).filter(
    (one) => one.kind !== 'cell' && NOBODY.test(saidBehind(one)),
  );
  const cells = tables.flatMap(({ head, rows }) => {
    const column = head.findIndex((title) => /^(owner|responsible|dri|assignee|who|role)s?$/i.test(title));
    return column < 0
      ? []
      : rows
          .filter(({ cells }) => NOBODY.test(cells[column] ?? ''))
          .map((row) => hit(row, `"${row.cells.find((cell) => cell !== '') ?? ''}" has no owner`));
  });
  return [...labels.map((one) => hit(one, `"${one.section.title}": ${one.label} is nobody`)), ...cells];
}

const STEP = /^(step \d+|\d{1,2}:\d{2}\b)/i;

/** A timed or numbered step in a runbook that has roles, and nobody of them is named in it. */
function findUnledSteps(document: RunbookDocument, { roles }: Known): readonly Hit[] {
  const titles = [...definedTitles(document), ...(roles ?? [])].filter((title) => title.length > 3);
  if (titles.length === 0) return [];
  const names = new RegExp(
    `\\b(${titles.map((title) => title.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')})\\b`,
    'i',
  );
  const isLed = ({ path }: Section): boolean =>
    workLines(document).some(
      ({ text, section }) =>
        section.path.join() === path.join() && (names.test(text) || titlesIn(text).length > 0),
    );
  return document.sections
    .filter((section) => STEP.test(section.title) && !isLed(section))
    .map((one) => hit(one, `"${one.title}" names nobody who does it`));
}

function findUndefined(document: RunbookDocument, { roles }: Known): readonly Hit[] {
  const defined = new Set([...definedTitles(document), ...(roles ?? [])].map((title) => title.toLowerCase()));
  if (defined.size === 0) return [];
  const seen = new Set<string>();
  return document.statements
    .filter((one) => isNaming(one) || isActing(one))
    .flatMap((one) =>
      titlesIn(one.label === '' ? one.text : saidBehind(one)).flatMap((title) => {
        const key = title.toLowerCase();
        if (defined.has(key) || seen.has(key)) return [];
        seen.add(key);
        return [hit(one, `"${title}" has something to do here, and nothing says who that is`)];
      }),
    );
}

const isActing = ({ kind, text }: Statement): boolean =>
  kind === 'item' && /\b(announces?|decides?|approves?|authori[sz]es?|executes?|signs?)\b/.test(text);

const DECIDES = /\b(decision makers?|rollback authori[sz]ation|authori[sz]ed by|approvers?|who decides)\b/i;

/** Who may decide on a rollback, place by place. */
function decidersOf({ statements }: RunbookDocument): readonly (Statement & { readonly who: string })[] {
  const inOutcome = (section: Section): boolean =>
    statements.some(
      ({ text, label, section: own }) => own === section && /outcome/i.test(label) && ROLLBACK.test(text),
    );
  // A table says it for each urgency: that is the one table that is asked for.
  return statements
    .filter(({ kind }) => kind !== 'cell')
    .flatMap((one) => {
      const isPoint = DECIDES.test(one.label) && inOutcome(one.section);
      const isSaid =
        /\brollback\b/i.test(one.text) &&
        (DECIDES.test(one.text) ||
          /\b(announces|decides|authori[sz]es|declares)\b.*\brollback/i.test(one.text));
      const who = isPoint || isSaid ? titlesIn(isPoint ? saidBehind(one) : one.text).join(', ') : '';
      return who === '' ? [] : [{ ...one, who }];
    });
}

function findAuthorities(document: RunbookDocument): readonly Hit[] {
  const deciders = decidersOf(document);
  const kinds = new Map(deciders.map((one) => [one.who, one]));
  const [first, ...others] = [...kinds.values()];
  if (first === undefined || others.length === 0) return [];
  const all = [first, ...others].map(({ who, line }) => `${who} (line ${line})`);
  return [hit(first, `${all.length} different answers to who may order a rollback: ${all.join('; ')}`)];
}

const PART_TIME =
  /\bweek-?days?\b|\bmon\w*\s*(-|–|to)\s*fri|\bbusiness hours|\b\d{1,2}(:\d{2})?\s*(AM|PM)?\s*(-|–|to)\s*\d{1,2}(:\d{2})?\s*(AM|PM)/i;

/** A role of the way back that belongs to an area which is not always staffed. */
function findUncovered(document: RunbookDocument): readonly Hit[] {
  const onCall = labelled(document.statements, /^on-?call$/i);
  const isAlways = onCall.some((one) => /\b24\s*[/x]\s*7\b/i.test(saidBehind(one)));
  const back = document.statements.filter(
    ({ section, label, kind }) => kind === 'item' && isUnder(section, ROLLBACK) && label !== '',
  );
  return onCall
    .filter(
      (one) => isAlways && PART_TIME.test(saidBehind(one)) && !/\b24\s*[/x]\s*7\b/.test(saidBehind(one)),
    )
    .flatMap((one) => {
      const [area = ''] = one.section.title.split(/\W+/);
      const role = back.find(
        ({ label }) =>
          area.length > 2 && label.toLowerCase().startsWith(area.toLowerCase()) && titlesIn(label).length > 0,
      );
      return role === undefined
        ? []
        : [
            hit(
              one,
              `a rollback needs the ${role.label} (line ${role.line}), and nobody of "${one.section.title}" is there beyond ${saidBehind(one)}`,
            ),
          ];
    });
}

/** Who does what, and whether they are there. */
export const peopleRules: readonly LintRule[] = [
  {
    id: 'owner-missing',
    severity: 'error',
    title: 'Something has no owner',
    why: 'What belongs to nobody is done by nobody.',
    next: 'Name a role that somebody has.',
    find: findUnowned,
  },
  {
    id: 'step-without-role',
    severity: 'warn',
    title: 'A step names nobody who does it',
    why: 'Everybody waits for somebody else, or two do it.',
    next: 'Name the role at the step.',
    find: findUnledSteps,
  },
  {
    id: 'role-undefined',
    severity: 'warn',
    title: 'A role that nothing says more of',
    why: 'When it counts nobody knows who that is.',
    next: 'Say what the role does and who has it, or use one of the known roles.',
    find: findUndefined,
  },
  {
    id: 'authority-differs',
    severity: 'error',
    title: 'Several answers to who may order a rollback',
    why: 'Minutes go by while people look for the one who may, or two people order two things.',
    next: 'One table: for each urgency who may start, alone or together, and who is told.',
    find: findAuthorities,
  },
  {
    id: 'cover-gap',
    severity: 'error',
    title: 'A role of the way back is not there at all hours',
    why: 'Production is on call around the clock, and the way back waits for the morning.',
    next: 'Name a stand-in for those hours, or let who is on call do the step alone.',
    find: findUncovered,
  },
];
