/** The uses of macros that files spell, and which of them each token comes out of. */
import type { Span } from '../source';
import type { MacroCall } from '../token';
import type { PreprocessingToken } from './preprocessing-token';

/** A call grows while its arguments turn out to go on in the text. */
interface GrowingCall extends MacroCall {
  span: Span;
}

export class MacroCalls {
  /** In order of replacement, once for each place. */
  readonly all: MacroCall[] = [];
  private readonly recorded = new Set<Span>();

  /**
   * The outermost call that the use of a macro from `name` to `close` belongs to: a new one where the text spells the
   * name, else that of the name. A use in another call's argument is recorded too, once.
   */
  of(name: PreprocessingToken, close: PreprocessingToken | undefined): MacroCall {
    const isSpelled = close !== undefined && close.span === close.origin;
    const end = isSpelled && close.span.file === name.origin.file ? close.span.end : undefined;
    const outer = name.expansion as GrowingCall | undefined;
    if (!outer) return this.record(name, end);
    if (!close?.expansion && end !== undefined && end > outer.span.end) outer.span = { ...outer.span, end };
    if (name.span === name.origin && !this.recorded.has(name.span)) this.record(name, end);
    return outer;
  }

  private record(name: PreprocessingToken, end: number | undefined): MacroCall {
    const span = { ...name.span, end: Math.max(name.span.end, end ?? 0) };
    const call: GrowingCall = { macro: name.text, name: name.span, span };
    // A header that is included again uses its macros at the same places.
    if (!this.recorded.has(name.span)) this.all.push(call);
    this.recorded.add(name.span);
    return call;
  }
}
