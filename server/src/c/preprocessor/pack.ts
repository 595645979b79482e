/** `#pragma pack` (gcc's manual, "Structure-Layout Pragmas"): the greatest alignment of members, as source text sets it. */
import type { Token } from '../token';
import { madeToken, type PreprocessingToken } from './preprocessing-token';

export class Pack {
  /** In bytes; undefined for the types' own alignment. */
  private limit: number | undefined;
  private readonly pushed: { readonly name: string | undefined; readonly limit: number | undefined }[] = [];

  /** Carries out the pragma with its operand, `( push , 4 )`, whose macros gcc for Linux does not replace. */
  execute(operand: readonly PreprocessingToken[]): void {
    const text = operand.map((token) => token.text).join(' ');
    // What gcc warns of, it ignores.
    const match =
      /^\((?: (?:(push)(?: , ([A-Za-z_]\w*))?(?: , (\d+))?|(pop)(?: , ([A-Za-z_]\w*))?|(\d+)))? \)$/.exec(
        text,
      );
    if (!match) return;
    const [, push, pushName, pushLimit, pop, popName, limit = pushLimit] = match;
    if (limit !== undefined && !/^(?:0|1|2|4|8|16)$/.test(limit)) return;
    if (push) this.pushed.push({ name: pushName, limit: this.limit });
    if (pop) this.pop(popName);
    else if (limit !== undefined) this.limit = Number(limit) || undefined;
    else if (!push) this.limit = undefined;
  }

  private pop(name: string | undefined): void {
    const named = name === undefined ? -1 : this.pushed.findLastIndex((one) => one.name === name);
    // gcc warns of a name that was not pushed, and pops all the same.
    const at = named < 0 ? this.pushed.length - 1 : named;
    if (at < 0) return;
    this.limit = this.pushed[at]?.limit;
    this.pushed.length = at;
  }

  /** What stands before the `brace` of a structure's body where the alignment is limited: an attribute of our own. */
  attribute(output: readonly Token[], brace: PreprocessingToken): readonly PreprocessingToken[] {
    if (this.limit === undefined || brace.text !== '{' || !isRecordHead(output)) return [];
    const made = (text: string) =>
      madeToken(/^\w/.test(text) ? 'identifier' : 'punctuator', text, brace.span, brace);
    return ['__attribute__', '(', '(', `__pack_${this.limit}__`, ')', ')'].map(made);
  }
}

/** The tokens end with `struct` or `union`, perhaps with an attribute and a tag. */
function isRecordHead(output: readonly Token[]): boolean {
  const words = output.slice(-40).map(({ text }) => text);
  return /(?:^| )(?:struct|union)(?: __attribute(?:__)? \( \([^;{}]*\) \))?(?: [A-Za-z_]\w*)?$/.test(
    words.join(' '),
  );
}
