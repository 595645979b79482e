/** `verify`: what machines show, beside what is predicted for them. */
import { readFile } from 'node:fs/promises';
import { type Locale, type Message, message, render } from '../../messages';
import { codeOf, fileError } from '../../project/file-error';
import { decodeText } from '../../project/text';
import { isMessage } from '../folder';
import { HAS_ERRORS, type Host, OK, UNREADABLE } from '../host';
import { verifyJson, verifyText } from '../verify/report';
import { type Dump, isVerified, type VerifiedNode, verify as verifyDump } from '../verify/verify';
import { command } from '../words/command';
import { defaulted, severalOf } from '../words/options';
import { OSID, oneOf, type Value } from '../words/values';
import { WrongCall } from '../words/wrong-call';
import { readTrees, TREES } from './trees';

const STANDARD_INPUT = '-';

interface Named {
  readonly osid: number;
  readonly file: string;
}

const DUMP: Value<Named> = {
  name: 'OSID=FILE',
  choices: [],
  files: 'file',
  read: (word, where) => {
    const [, osid = '', file = ''] = /^([^=]+)=(.+)$/.exec(word) ?? [];
    if (file === '') throw new WrongCall(message('cli.verify.no-file', { word }));
    return { osid: OSID.read(osid, where), file };
  },
};

export const verify = command({
  name: 'verify',
  summary: 'cli.verify',
  description: 'cli.verify.description',
  operand: TREES,
  options: {
    node: severalOf('cli.verify.dump', DUMP),
    format: defaulted('cli.edit.format', oneOf(['text', 'json']), 'text'),
  },
  examples: [
    'verify --node 2=dumps/os2.iomem --node 0=os0.dmesg',
    'verify --node 2=- < iomem.txt',
    'verify ~/mint --node 2=os2.iomem --format json',
  ],
  exits: 'cli.exits.verify',
  run: async ({ operand, options: { node: named, format }, locale }, host) => {
    if (named.filter(({ file }) => file === STANDARD_INPUT).length > 1) {
      throw new WrongCall(message('cli.verify.one-input'));
    }
    const folder = await readTrees(operand, locale, host);
    if (!folder) return UNREADABLE;
    const verified: VerifiedNode[] = [];
    for (const each of named) {
      const dump = await readDump(each, locale, host);
      const result = 'text' in dump ? verifyDump(folder.projects, dump) : dump;
      if (isMessage(result)) {
        host.err(render(result, locale));
        return UNREADABLE;
      }
      verified.push(result);
    }
    host.out(format === 'json' ? verifyJson(verified) : verifyText(verified, locale));
    return verified.every(isVerified) ? OK : HAS_ERRORS;
  },
});

async function readDump({ osid, file }: Named, locale: Locale, host: Host): Promise<Dump | Message> {
  const isInput = file === STANDARD_INPUT;
  const name = isInput ? render(message('cli.verify.input'), locale) : file;
  const bytes = isInput
    ? await host.input()
    : await readFile(file).catch((error: unknown) => fileError(codeOf(error)));
  if (isMessage(bytes)) return message('file.unreadable', { file: name, why: bytes });
  const text = decodeText(bytes)?.text;
  return text === undefined ? message('cli.verify.unreadable', { file: name }) : { osid, name, text };
}
