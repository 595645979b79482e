/** Macros that no file defines: predefined ones, those of standard headers, and those of the command line. */
import type { DataModel } from '../value';
import { headerMacros } from './builtin-headers';
import { tokenize } from './lexer';
import { type DynamicMacro, type Macro, parseMacro } from './macro';
import { predefinedMacros } from './predefined-macros';
import { BUILT_IN, BUILT_IN_FILE, type PreprocessingToken } from './preprocessing-token';

/** The tables are constant: each is read once. */
const tables = new Map<string, readonly Macro[]>();

function table(key: string, text: () => string | undefined): readonly Macro[] | undefined {
  const known = tables.get(key);
  if (known) return known;
  const lines = text();
  if (lines === undefined) return undefined;
  const macros = macrosOf(lines);
  tables.set(key, macros);
  return macros;
}

/** The macros that are defined before the first line. */
export function predefined(model: DataModel): readonly Macro[] {
  return table(`${model} `, () => predefinedMacros(model)) ?? [];
}

/** The macros of a standard header; undefined where the header is not known here. */
export function macrosOfHeader(header: string, model: DataModel): readonly Macro[] | undefined {
  return table(`${model} ${header}`, () => headerMacros(header, model));
}

const dynamicNames: readonly DynamicMacro[] = [
  '__LINE__',
  '__FILE__',
  '__BASE_FILE__',
  '__INCLUDE_LEVEL__',
  '__COUNTER__',
  '__DATE__',
  '__TIME__',
  '__TIMESTAMP__', // biome-ignore format: one list
];

export const dynamicMacros: readonly Macro[] = dynamicNames.map((name) => ({
  name,
  parameters: undefined,
  variadic: false,
  body: [],
  definition: undefined,
  dynamic: name,
}));

/** The macro that `-DNAME=BODY` defines; undefined where the two are no definition. */
export function commandLineMacro(name: string, body: string): Macro | undefined {
  return macrosOf(`${name} ${body.replace(/[\r\n]+/g, ' ')}`)[0];
}

/** The tokens of `text`, which is in no file. */
export function builtInTokens(text: string): PreprocessingToken[] {
  return tokenize(BUILT_IN_FILE, text).tokens.map((token) => ({
    ...token,
    span: BUILT_IN,
    origin: BUILT_IN,
  }));
}

/** The macros of lines `NAME BODY`. */
function macrosOf(lines: string): Macro[] {
  const grouped: PreprocessingToken[][] = [];
  for (const token of builtInTokens(lines)) {
    if (token.startsLine) grouped.push([]);
    grouped.at(-1)?.push(token);
  }
  return grouped.flatMap((line) => parseMacro(line, () => undefined) ?? []);
}
