import type { Story } from '../../sandbox/scenarios/story.ts';

/** Files that a story lets `release report` write. */
export const listReports = ({ scenes }: Pick<Story, 'scenes'>): readonly string[] =>
  scenes.flatMap((scene) => {
    const words = scene.kind === 'run' && scene.words[0] === 'report' ? scene.words : [];
    return words.filter((_, i) => words[i - 1] === '--out');
  });
