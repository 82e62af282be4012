// What a team's own publish command might be: orders the commit from the platform whose address it is given.
const answer = await fetch(`${process.argv[2]}/api/publishes`, {
  method: 'POST',
  body: JSON.stringify({ commit: process.env.RELEASE_COMMIT }),
});
process.stdout.write(`${process.env.RELEASE_VERSION} on ${process.env.RELEASE_ENV}: HTTP ${answer.status}\n`);
process.exitCode = answer.status === 202 ? 0 : 1;
