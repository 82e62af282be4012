/** Lines of the transcript that name a channel, or begin a message or a reply. */
const CHANNEL = /^#\S+$/;
const MESSAGE = /^ {2,}(?:↳ )?\d\d:\d\d {2}/;

/** The transcript of the sandbox's Slack, one line a message: who reads it all opens the page. */
export const saySlack = (transcript: string): readonly string[] =>
  transcript
    .split('\n')
    .filter((line) => CHANNEL.test(line) || MESSAGE.test(line))
    .map((line) => `  ${line.slice(0, 76)}`);
