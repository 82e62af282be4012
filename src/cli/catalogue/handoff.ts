import type { CommandSpec } from './spec.ts';

export const handoff: CommandSpec = {
  name: 'handoff',
  group: 'Release day',
  summary: 'what the next in charge has to know: ticked by evidence, the rest asked',
  args: [
    {
      name: 'kind',
      about: 'before, after or emergency',
      required: true,
      choices: ['before', 'after', 'emergency'],
    },
    { name: 'about', about: 'before, after: the version; emergency: the incident' },
  ],
  options: [
    { flags: '--answer <item=text>', about: 'answers an item, like b17="reviewed by Kim"', repeat: true },
    { flags: '--sign', about: 'signs it, when nothing is open' },
    { flags: '--decline', about: 'says what is missing instead, with --comment' },
    { flags: '--revoke', about: 'takes back what you said' },
    { flags: '--as <role>', about: 'the role you sign as' },
    { flags: '--comment <text>', about: 'beside the signature' },
    { flags: '--for <person>', about: 'writes down what somebody else has said, with --proof' },
    { flags: '--proof <url>', about: 'where it is written' },
    { flags: '--key <file>', about: 'SSH key to sign with; default: that of git' },
    { flags: '--to <person>', about: 'emergency: offers the command to somebody' },
    { flags: '--accept', about: 'emergency: takes the command that was offered' },
    { flags: '--folder <path>', about: 'also writes it and its documents there, .md and .html' },
    { flags: '--with-phones', about: 'after: contacts have phone numbers' },
  ],
  examples: [
    { line: 'release handoff before v2.1.0', says: 'T-1: development to operations' },
    { line: 'release handoff after v2.1.0', says: 'two hours on: operations to on-call' },
    { line: 'release handoff before v2.1.0 --sign --as qa-lead', says: 'signs it' },
    { line: 'release handoff before v2.1.0 > handoff.md', says: 'the checklist as Markdown' },
  ],
  takesEnv: true,
  takesPlan: false,
  exits: '0 complete · 3 items or signatures are open',
};
