/** Takes lines out of a wrong tree for as long as it stays wrong: smaller than what shrinking its tapes leaves. */
import type { Tree } from './tree';

interface Line {
  readonly path: string;
  readonly text: string;
}

/** The smaller tree; `isWrong` must be false for trees that gcc refuses. */
export function reduceTree(tree: Tree, isWrong: (tree: Tree) => boolean, milliseconds: number): Tree {
  const end = Date.now() + milliseconds;
  let lines = [...tree.files].flatMap(([path, text]) =>
    text.split('\n').map((line) => ({ path, text: line })),
  );
  for (let size = lines.length >> 1; size >= 1; size >>= 1) {
    for (let start = 0; start < lines.length && Date.now() < end; ) {
      const fewer = lines.filter((line, index) => index < start || index >= start + size || isNeeded(line));
      if (fewer.length < lines.length && isWrong(withLines(tree, fewer))) lines = fewer;
      else start += size;
    }
  }
  return withLines(tree, lines);
}

/** Without it a function would end without a value, or would not be mentioned and so be run by itself. */
function isNeeded({ text }: Line): boolean {
  return /\breturn\b|^\t\(void\)f_/.test(text);
}

function withLines(tree: Tree, lines: readonly Line[]): Tree {
  const texts = [...tree.files.keys()].map((path) => {
    const own = lines.filter((line) => line.path === path).map(({ text }) => text);
    return [path, `${own.join('\n')}\n`] as const;
  });
  return { ...tree, files: new Map(texts) };
}
