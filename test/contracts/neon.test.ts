import { MemoryNeon } from '../support/memory/neon.ts';
import { describeNeonPort } from './neon-suite.ts';
import { openNeon, readNotes, startGround } from './neon-world.ts';

describeNeonPort('the real Neon adapter against the wire server', async () => {
  const ground = await startGround();
  const { server, neon } = await openNeon(ground);
  return {
    neon,
    write: ground.write,
    read: ground.read,
    position: ground.position,
    readAt: readNotes,
    branches: () => server.branches().map(({ name, parent, hasCompute }) => ({ name, parent, hasCompute })),
    loseNextAnswer: () =>
      server.addFault({ method: 'POST', path: /branches/, times: 1, answer: 'drop', after: true }),
    close: async () => {
      await server.close();
      await ground.close();
    },
  };
});

describeNeonPort('the Neon of memory', async () => {
  const targets = { production: 'production', lost: 'gone' };
  const memory = new MemoryNeon(targets, () => new Date('2025-10-01T14:00:00Z'));
  return {
    neon: memory,
    write: async (text) => memory.write('production', text),
    read: async () => memory.read('production'),
    position: async () => memory.position(),
    readAt: async (url) => memory.readAt(url),
    branches: () =>
      memory.branches.map(({ name, parent, hasCompute }) => ({
        name,
        parent: memory.branches.find(({ id }) => id === parent)?.name,
        hasCompute,
      })),
    // The adapter finds what was made although the answer was lost; the memory has nothing to look for.
    loseNextAnswer: () => {},
    close: async () => {},
  };
});
