/** A tree as one text, to print it and to keep it as a fixture: each file after a line that names it. */
import type { Tree } from './tree';

const marker = '//// ';

export function formatTree(tree: Tree): string {
  const watched = tree.watched.map(({ name, access }) => (name === access ? name : `${name}=${access}`));
  const files = [...tree.files].map(([path, text]) => `${marker}${path}\n${text}`);
  return `${marker}watch ${watched.join(' ')}\n${files.join('')}`;
}

/** Reads what `formatTree` writes; names after `watch` without `=` are their own expressions. */
export function parseTree(text: string): Tree {
  const [, first = '', ...rest] = text.split(new RegExp(`^${marker}`, 'm'));
  const files = new Map(
    rest.map((part) => {
      const end = part.indexOf('\n');
      return [part.slice(0, end), part.slice(end + 1)] as const;
    }),
  );
  const main = 'kexec/firmware_memmap.c';
  const watched = first
    .trim()
    .split(/\s+/)
    .slice(1)
    .map((word) => word.split('='))
    .map(([name = '', access = name]) => ({ name, access }));
  return {
    files,
    main,
    others: [...files.keys()].filter((path) => path.endsWith('.c') && path !== main),
    entry: 'get_firmware_memmap_ranges(0, 0)',
    watched,
    uninitialized: [],
  };
}
