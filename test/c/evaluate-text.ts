/** Small programs, evaluated, and what is said of them as lines of text. */
import { createEngine, evaluate } from '../../server/src/c/evaluate';
import type { Derivation, Evaluation, EvaluationRequest } from '../../server/src/c/evaluation';
import type { Reason } from '../../server/src/c/reason';
import type { Span } from '../../server/src/c/source';
import type { Value } from '../../server/src/c/value';
import { parser } from './c-parser';
import { describeValue, hostOf } from './evaluate-fixture';

export const FILE = 'main.c';

const shared = createEngine(parser);

/** Further files, by path, stand beside the main one; those of C are further units. */
export function evaluateText(
  text: string,
  watch: (name: string) => boolean = () => false,
  { files = {}, ...request }: Partial<EvaluationRequest> & { readonly files?: Readonly<Record<string, string>> } = {}, // biome-ignore format: one parameter
  engine = shared,
): Evaluation {
  return evaluate(
    {
      file: FILE,
      others: Object.keys(files).filter((path) => path.endsWith('.c')),
      host: hostOf(new Map([[FILE, text], ...Object.entries(files)])),
      dataModel: 'LP64',
      pinned: new Map([['OSID', '1']]),
      definitions: new Map(),
      watch,
      ...request,
    },
    engine,
  );
}

/** `head`, and the statements in a function behind it; `mint_a` is watched. */
export function evaluateStatements(
  head: string,
  statements: string,
  request: Partial<EvaluationRequest> = {},
): Evaluation {
  const text = `${head}void f(int n, struct s *p) { ${statements} }`;
  return evaluateText(text, (name) => name === 'mint_a', request);
}

/** `0x1000`, `0x1 if c | 0x2 if not c`, or the code of a reason. */
export function valueText(value: Value | undefined): string {
  return describeValue(value, new Map());
}

/** `code NAME VALUE …` of the reason why a value is not known; else as {@link valueText}. */
export function toldText(value: Value | undefined): string {
  return value?.kind === 'unknown' ? reasonText(value.reason) : valueText(value);
}

/** `code NAME VALUE …` */
export function reasonText({ code, args = {} }: Reason): string {
  return [code, ...Object.entries(args).flat()].join(' ');
}

/** What stands at a place of the main file. */
export function textAt(text: string, span: Span | undefined): string | undefined {
  return span && text.slice(span.start, span.end);
}

/** The derivation, and indented below it each name and literal it rests on, with where that comes from. */
export function derivationLines(derivation: Derivation | undefined): readonly string[] {
  if (!derivation) return [];
  const { source, substituted, leaves } = derivation;
  return [
    substituted === undefined ? source : `${source} => ${substituted}`,
    ...leaves.flatMap((leaf) => [
      `  ${leaf.text} is ${valueText(leaf.value)}, ${leaf.definition?.kind ?? leaf.kind}`,
      ...derivationLines(leaf.derivation).map((line) => `    ${line}`),
    ]),
  ];
}
