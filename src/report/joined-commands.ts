const WORD = `(?:"[^"]*"|'[^']*'|[^\\s"'\u001b]+)`;
const FLAG = `--?[a-z][\\w-]*(?:[= ](?!-)${WORD})?`;
const ARGUMENT = `(?=[^\\s"'\u001b]*[\\d/<])${WORD}`;
const COMMAND = new RegExp(
  `\\brelease(?: [a-z][a-z-]*){1,2}(?: (?:${FLAG}|${ARGUMENT}))+|\\brelease [a-z][a-z-]*`,
  'g',
);

/** Stands for the blanks of a command, which is one word for whoever breaks lines. */
const JOINT = '\u0000';

/** The words of a text; a command within it is one of them, so that it can be copied as it stands. */
export const splitWords = (text: string): readonly string[] =>
  text
    .replace(COMMAND, (command) => command.replaceAll(' ', JOINT))
    .split(' ')
    .map((word) => word.replaceAll(JOINT, ' '));
