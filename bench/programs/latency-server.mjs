// Answers /<ms> after so many milliseconds. Prints its port; ends with its stdin.
import { createServer } from 'node:http';

const server = createServer((request, response) => {
  setTimeout(() => response.end('{}'), Number(request.url.slice(1)));
});
server.listen(0, '127.0.0.1', () => process.stdout.write(`${server.address().port}\n`));
process.stdin.on('end', () => process.exit(0)).resume();
