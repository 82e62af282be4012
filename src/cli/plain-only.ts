/** Whether the terminal shows boxes for anything but ASCII: the kernel console, and an explicit C locale. */
export const isPlainOnly = ({ TERM, LC_ALL }: Readonly<Record<string, string | undefined>>): boolean =>
  TERM === 'linux' || LC_ALL === 'C' || LC_ALL === 'POSIX';
