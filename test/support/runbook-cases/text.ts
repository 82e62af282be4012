import { type LintCase, shell } from './lint-case.ts';

export const textCases: readonly LintCase[] = [
  {
    rule: 'mojibake',
    row: 'E-92',
    bad: '»Done \u00e2\u20ac\u201c at last\n',
    good: 'Done – at last, ✅ über all\n',
  },
  { rule: 'mojibake', row: 'E-92', bad: '»\u201a\u00fa\u00d6 Done\n', good: '✅ Fertig: für alle, Öl\n' },
  { rule: 'fence-unclosed', bad: 'A\n\n»```sh\nls\n', good: 'A\n\n```sh\nls\n```\n' },
  { rule: 'placeholder', bad: '»Call TBD\n', good: 'Call the lead, or {name}: `call <name>`\n' },
  { rule: 'placeholder', bad: '»Call <insert the number here>\n', good: '~~~sh\ncall <your-number>\n~~~\n' },
  {
    rule: 'secret-in-text',
    row: 'E-70',
    bad: shell('Log in', `»curl -d '{"password":"Sesame4You"}' https://shop.example.com/login`),
    good: shell('Log in', `curl -d '{"password":"'"$SMOKE_PASSWORD"'"}' https://shop.example.com/login`),
  },
  {
    rule: 'link-broken',
    bad: '»See [the way back](#the-way-out).\n\n## The way back\n',
    good: 'See [the way back](#the-way-back).\n\n## The way back\n',
  },
  {
    rule: 'step-unknown',
    bad: '## Step 1: go\n\n»Then repeat step 4.\n',
    good: '## Step 1: go\n\nThen repeat step 1.\n',
  },
  {
    rule: 'review-overdue',
    bad: '»**Next Review Date**: 2025-02-01\n',
    good: '**Next Review Date**: 2027-02-01\n',
  },
  {
    rule: 'placeholders-mixed',
    bad: '## Messages\n\n»~~~\nHello {name}, see [Link to notes]\n~~~\n',
    good: '## Messages\n\n~~~\nHello {name}, see {link}\n~~~\n',
  },
  {
    rule: 'row-unanswered',
    bad: '»- [ ] Water the plants\n- [ ] Database backup completed\n',
    good: '- [ ] Database backup completed\n- Water the plants\n',
    known: { answers: [{ by: 'check database.backed-up', words: 'Database has a backup' }] },
  },
];
