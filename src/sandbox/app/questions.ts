/** What every new assessment asks. */
export const QUESTIONS: readonly string[] = [
  'Which risks were found since the last assessment?',
  'Who is responsible for each of them?',
  'Which measures are in place?',
  'What evidence shows that they work?',
  'When will this be looked at again?',
];
