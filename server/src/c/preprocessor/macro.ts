/** Macro definitions (C17 6.10.3p1–10). */
import type { Definition } from '../evaluation';
import { isHash, isHashHash, isPunctuator, type PreprocessingToken } from './preprocessing-token';

/** Macros whose replacement depends on where they stand (C17 6.10.8.1, and gcc's own). */
export type DynamicMacro =
  | '__LINE__'
  | '__FILE__'
  | '__BASE_FILE__'
  | '__INCLUDE_LEVEL__'
  | '__COUNTER__'
  | '__DATE__'
  | '__TIME__'
  | '__TIMESTAMP__';

export interface Macro {
  readonly name: string;
  /** Parameter names, that of the variable arguments last; undefined for an object-like macro. */
  readonly parameters: readonly string[] | undefined;
  /** The last parameter takes all further arguments: `__VA_ARGS__`, or GNU's `name...`. */
  readonly variadic: boolean;
  readonly body: readonly PreprocessingToken[];
  /** Where it is defined; undefined for built-in macros and those of the command line. */
  readonly definition: Definition | undefined;
  readonly dynamic?: DynamicMacro;
}

/**
 * The macro that the tokens after `#define` define; undefined where they break a constraint: no name, a malformed
 * parameter list, `#` before something else than a parameter, `##` at an end.
 */
export function parseMacro(
  line: readonly PreprocessingToken[],
  definition: (name: PreprocessingToken) => Definition | undefined,
): Macro | undefined {
  const name = line[0];
  if (name?.kind !== 'identifier' || name.text === 'defined') return undefined;
  const open = line[1];
  const functionLike = isPunctuator(open, '(') && !open?.spaceBefore;
  const list = functionLike ? parseParameters(line) : undefined;
  if (functionLike && !list) return undefined;
  const body = line.slice(list ? list.end : 1);
  const macro: Macro = {
    name: name.text,
    parameters: list?.names,
    variadic: list?.variadic ?? false,
    body: body.map((token, i) => (i === 0 ? { ...token, spaceBefore: false } : token)),
    definition: definition(name),
  };
  return isValidBody(macro) ? macro : undefined;
}

interface ParameterList {
  readonly names: readonly string[];
  readonly variadic: boolean;
  /** Index of the token after the closing parenthesis. */
  readonly end: number;
}

/** The parameter list whose `(` is the line's second token. */
function parseParameters(line: readonly PreprocessingToken[]): ParameterList | undefined {
  const names: string[] = [];
  let at = 2;
  if (isPunctuator(line[at], ')')) return { names, variadic: false, end: at + 1 };
  for (;;) {
    const token = line[at];
    if (isPunctuator(token, '...')) {
      names.push('__VA_ARGS__');
      return isPunctuator(line[at + 1], ')') ? { names, variadic: true, end: at + 2 } : undefined;
    }
    if (token?.kind !== 'identifier' || names.includes(token.text)) return undefined;
    names.push(token.text);
    const next = line[at + 1];
    if (isPunctuator(next, ')')) return { names, variadic: false, end: at + 2 };
    if (isPunctuator(next, '...'))
      return isPunctuator(line[at + 2], ')') ? { names, variadic: true, end: at + 3 } : undefined;
    if (!isPunctuator(next, ',')) return undefined;
    at += 2;
  }
}

/** C17 6.10.3.2p1 and 6.10.3.3p1, and that each `__VA_OPT__` has its parentheses. */
function isValidBody({ body, parameters, variadic }: Macro): boolean {
  if (isHashHash(body[0]) || isHashHash(body.at(-1))) return false;
  if (!parameters) return true;
  for (const [i, token] of body.entries()) {
    const next = body[i + 1];
    const optional = variadic && next?.text === '__VA_OPT__';
    if (isHash(token) && !optional && !(next?.kind === 'identifier' && parameters.includes(next.text)))
      return false;
    if (variadic && token.text === '__VA_OPT__' && !isValidOptional(body, i)) return false;
  }
  return true;
}

function isValidOptional(body: readonly PreprocessingToken[], at: number): boolean {
  const close = closingParenthesis(body, at + 1);
  if (close === undefined) return false;
  const inner = body.slice(at + 2, close);
  return (
    !isHashHash(inner[0]) && !isHashHash(inner.at(-1)) && !inner.some((token) => token.text === '__VA_OPT__')
  );
}

/** Index of the `)` that closes the `(` at `open`; undefined where there is no `(` or it is not closed. */
export function closingParenthesis(tokens: readonly PreprocessingToken[], open: number): number | undefined {
  if (!isPunctuator(tokens[open], '(')) return undefined;
  let depth = 0;
  for (let i = open; i < tokens.length; i++) {
    if (isPunctuator(tokens[i], '(')) depth++;
    else if (isPunctuator(tokens[i], ')') && --depth === 0) return i;
  }
  return undefined;
}
