/** `hover`: what the editor says of a place. */
import { resolve } from 'node:path';
import { URI } from 'vscode-uri';
import { message, render } from '../../messages';
import { relativePath } from '../../project/uri';
import { hover as hoverAt } from '../../service/features/hover';
import { iomemHover } from '../../service/features/iomem/hover';
import { OK, UNREADABLE } from '../host';
import { plainText } from '../plain-text';
import { command } from '../words/command';
import { defaulted, required } from '../words/options';
import { FOLDER, oneOf, type Value } from '../words/values';
import { WrongCall } from '../words/wrong-call';
import { readTrees } from './trees';

interface At {
  readonly file: string;
  /** Both from 0. */
  readonly line: number;
  readonly character: number;
}

const PLACE: Value<At> = {
  name: 'FILE:LINE:COL',
  choices: [],
  files: 'file',
  read: (word) => {
    const [, file = '', line = 0, column = 0] = /^(.+):([1-9]\d{0,8}):([1-9]\d{0,8})$/.exec(word) ?? [];
    if (file === '') throw new WrongCall(message('cli.hover.no-place', { word }));
    return { file, line: Number(line) - 1, character: Number(column) - 1 };
  },
};

export const hover = command({
  name: 'hover',
  summary: 'cli.hover',
  description: 'cli.hover.description',
  operand: required('cli.hover.place', PLACE),
  options: {
    dir: defaulted('cli.folder', FOLDER, '.'),
    format: defaulted('cli.hover.format', oneOf(['text', 'markdown']), 'text'),
  },
  examples: [
    'hover kexec-mint-os0/kexec/mint.h:8:28',
    'hover ~/mint/kexec-mint-os0/kexec/firmware_memmap.c:147:2 --dir ~/mint --format markdown',
  ],
  exits: 'cli.exits.hover',
  run: async ({ operand: at, options: { dir, format }, locale }, host) => {
    const folder = await readTrees(dir, locale, host);
    if (!folder) return UNREADABLE;
    const uri = URI.file(resolve(at.file)).toString();
    const snapshot = (await folder.service.snapshot()).of(uri);
    const isBelow = relativePath(folder.uri, uri) !== undefined;
    if (!isBelow || !snapshot.document(uri)) {
      host.err(render(message('cli.hover.not-read', { file: at.file, folder: dir }), locale));
      return UNREADABLE;
    }
    const ask = snapshot.iomem(uri) ? iomemHover : hoverAt;
    const contents = ask(snapshot, uri, at, locale)?.contents;
    const markdown =
      contents && typeof contents === 'object' && 'value' in contents ? contents.value : undefined;
    if (markdown === undefined) {
      const place = `${at.file}:${at.line + 1}:${at.character + 1}`;
      host.err(render(message('cli.hover.nothing', { place }), locale));
      return UNREADABLE;
    }
    host.out(format === 'markdown' ? markdown : plainText(markdown));
    return OK;
  },
});
