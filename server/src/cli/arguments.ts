/** The command line's words: `map DIR --format json`. */
import { parseArgs } from 'node:util';
import { type Locale, localeOf, type Message, message } from '../messages';
import { parseAddress, parseNumber } from '../project/numbers';

export type Format = 'text' | 'json';

/** The map is drawn too. */
export type MapFormat = Format | 'svg' | 'markdown';

export interface ExtendCall {
  readonly kind: 'extend';
  readonly folder: string;
  readonly osid: number;
  /** `region3`; undefined: the one that divides the window. */
  readonly region: string | undefined;
  /** Where the region is to end, exclusive. */
  readonly address: bigint;
  /** The file is changed, and not only the change shown. */
  readonly write: boolean;
  readonly format: Format;
}

export interface MapCall {
  readonly kind: 'map';
  readonly folder: string;
  readonly format: MapFormat;
  /** A folder that holds an earlier state, drawn beside the present one. */
  readonly before: string | undefined;
}

export interface BootCall {
  readonly kind: 'boot';
  readonly folder: string;
  /** Undefined: every OS node. */
  readonly osid: number | undefined;
  /** A bzImage; undefined: the one of this machine. */
  readonly kernel: string | undefined;
  /** Source of kexec-tools, for trees that hold some files only. */
  readonly kexecSource: string | undefined;
  /** The other nodes' memory is written over. */
  readonly overwrite: boolean;
  /** What the nodes show is stored as evidence. */
  readonly save: boolean;
  /** What programs print is shown. */
  readonly verbose: boolean;
  readonly format: Format | 'markdown';
}

export interface WatchCall {
  readonly kind: 'watch';
  readonly folder: string;
  readonly osid: number;
  readonly part: 'memory' | 'kernel-text';
  readonly write: boolean;
  readonly format: Format;
}

export type Call =
  | { readonly kind: 'help' | 'version' }
  | MapCall
  | { readonly kind: 'check'; readonly folder: string; readonly format: Format }
  | { readonly kind: 'explain'; readonly folder: string }
  | ExtendCall
  | BootCall
  | WatchCall
  | { readonly kind: 'wrong'; readonly why: Message };

export interface Arguments {
  readonly call: Call;
  readonly locale: Locale;
}

const OPTIONS = {
  format: { type: 'string' },
  lang: { type: 'string' },
  node: { type: 'string' },
  to: { type: 'string' },
  region: { type: 'string' },
  write: { type: 'boolean' },
  before: { type: 'string' },
  all: { type: 'boolean' },
  kernel: { type: 'string' },
  'kexec-source': { type: 'string' },
  overwrite: { type: 'string' },
  save: { type: 'boolean' },
  verbose: { type: 'boolean' },
  'kernel-text': { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const;

/** The commands that options belong to; those that are not here belong to all. */
const COMMANDS_OF: Readonly<Record<string, readonly Command[] | undefined>> = {
  node: ['extend', 'watch', 'boot'],
  to: ['extend'],
  region: ['extend'],
  write: ['extend', 'watch'],
  'kernel-text': ['watch'],
  before: ['map'],
  all: ['boot'],
  kernel: ['boot'],
  'kexec-source': ['boot'],
  overwrite: ['boot'],
  save: ['boot'],
  verbose: ['boot'],
};

/** An option as it was written. */
interface Option {
  readonly name: string;
  /** `--format` */
  readonly rawName: string;
  readonly value?: string | undefined;
  /** Written as `--format=json`. */
  readonly inlineValue?: boolean | undefined;
}

type Values = Readonly<Record<string, unknown>>;

/**
 * @param words what stands after the program's name
 * @param language of the environment, such as `ja_JP.UTF-8`; `--lang` goes before it
 */
export function readArguments(words: readonly string[], language: string | undefined): Arguments {
  // Not strict: wrong words are told in the person's language, not in that of Node.
  const { values, positionals, tokens } = parseArgs({
    args: [...words],
    options: OPTIONS,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const lang = typeof values.lang === 'string' ? values.lang : language;
  const options = tokens.flatMap((token) => (token.kind === 'option' ? [token] : []));
  const why = wrongOption(options, positionals[0]);
  const call: Call = why
    ? { kind: 'wrong', why }
    : values.help === true
      ? { kind: 'help' }
      : values.version === true
        ? { kind: 'version' }
        : callOf(positionals, values);
  return { call, locale: localeOf(lang) };
}

function wrongOption(options: readonly Option[], command: string | undefined): Message | undefined {
  for (const { name, rawName, value, inlineValue } of options) {
    if (!isOption(name)) return message('cli.unknown-option', { option: rawName });
    const takesValue = OPTIONS[name].type === 'string';
    const isNext = !inlineValue && value?.startsWith('--');
    if (takesValue && (!value || isNext)) return message('cli.missing-value', { option: rawName });
    if (!takesValue && value !== undefined) return message('cli.surplus-value', { option: rawName, value });
    const owners: readonly string[] | undefined = COMMANDS_OF[name];
    if (owners && command !== undefined && !owners.includes(command)) {
      return message('cli.option-of', { option: rawName, owners: owners.join(', '), command });
    }
  }
  return undefined;
}

function isOption(name: string): name is keyof typeof OPTIONS {
  return Object.hasOwn(OPTIONS, name);
}

function callOf(positionals: readonly string[], values: Values): Call {
  const { format = 'text' } = values;
  const [command, folder, surplus] = positionals;
  if (command === undefined) return wrong(message('cli.no-command'));
  if (!isCommand(command)) {
    return wrong(message('cli.unknown-command', { command }));
  }
  if (folder === undefined) return wrong(message('cli.no-folder', { command }));
  if (surplus !== undefined) return wrong(message('cli.surplus', { word: surplus }));
  if (!isFormat(format)) return wrong(message('cli.unknown-format', { format: String(format) }));
  if (command === 'map') return mapCall(folder, format, values);
  if (command === 'boot' && format !== 'svg') return bootCall(folder, format, values);
  if (command === 'boot' || isDrawn(format) || (command === 'explain' && format !== 'text')) {
    return wrong(message('cli.format-of-map', { format, command }));
  }
  if (command === 'explain') return { kind: command, folder };
  if (command === 'extend') return extendCall(folder, format, values);
  return command === 'watch' ? watchCall(folder, format, values) : { kind: command, folder, format };
}

const FORMATS = ['text', 'json', 'svg', 'markdown'] as const;

function isFormat(word: unknown): word is MapFormat {
  return FORMATS.some((format) => format === word);
}

const COMMANDS = ['map', 'check', 'explain', 'extend', 'watch', 'boot'] as const;

type Command = (typeof COMMANDS)[number];

function isCommand(word: string): word is Command {
  return COMMANDS.some((command) => command === word);
}

function mapCall(folder: string, format: MapFormat, { before }: Values): Call {
  if (typeof before !== 'string') return { kind: 'map', folder, format, before: undefined };
  if (!isDrawn(format)) return wrong(message('cli.before-needs-format', { option: '--before' }));
  return { kind: 'map', folder, format, before };
}

/** Whether the format shows the picture, or its table. */
export function isDrawn(format: MapFormat): format is 'svg' | 'markdown' {
  return format === 'svg' || format === 'markdown';
}

function extendCall(folder: string, format: Format, { node, to, region, write }: Values): Call {
  if (typeof node !== 'string') return wrong(message('cli.no-node'));
  if (typeof to !== 'string') return wrong(message('cli.no-target'));
  const osid = osidOf(node);
  if (typeof osid !== 'number') return osid;
  const address = parseAddress(to);
  if (address === undefined) return wrong(message('editor.no-address', { text: to }));
  return {
    kind: 'extend',
    folder,
    osid,
    region: typeof region === 'string' ? region : undefined,
    address,
    write: write === true,
    format,
  };
}

function bootCall(folder: string, format: BootCall['format'], values: Values): Call {
  const { node, all, kernel, overwrite, save, verbose } = values;
  const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
  const osid = typeof node === 'string' ? osidOf(node) : undefined;
  if (typeof osid === 'object') return osid;
  if (osid !== undefined && all === true) return wrong(message('cli.node-or-all'));
  if (overwrite !== undefined && overwrite !== OTHER_NODES) {
    return wrong(message('cli.overwrite-what', { text: String(overwrite), known: OTHER_NODES }));
  }
  return {
    kind: 'boot',
    folder,
    osid,
    kernel: text(kernel),
    kexecSource: text(values['kexec-source']),
    overwrite: overwrite !== undefined,
    save: save === true,
    verbose: verbose === true,
    format,
  };
}

/** What `--overwrite` may write over. */
const OTHER_NODES = 'other-nodes';

function watchCall(folder: string, format: Format, { node, write, ...values }: Values): Call {
  if (typeof node !== 'string') return wrong(message('cli.watch.no-node'));
  const osid = osidOf(node);
  if (typeof osid !== 'number') return osid;
  const part = values['kernel-text'] === true ? 'kernel-text' : 'memory';
  return { kind: 'watch', folder, osid, part, write: write === true, format };
}

function osidOf(text: string): number | Call {
  const osid = parseNumber(text);
  if (osid === undefined || osid > 0xffff_ffffn) return wrong(message('cli.no-osid', { text }));
  return Number(osid);
}

function wrong(why: Message): Call {
  return { kind: 'wrong', why };
}
