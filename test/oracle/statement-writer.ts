/** What all kinds of statements are made with: where they stand, and simple assignments. */
import { Expressions, writable } from './expressions';
import type { Program } from './program';
import type { Place, RecordObject, Scope } from './scope';
import type { Tape } from './tape';

export class StatementWriter {
  readonly expressions: Expressions;

  constructor(
    readonly tape: Tape,
    readonly scope: Scope,
    readonly program: Program,
    readonly indent: string,
  ) {
    this.expressions = new Expressions(tape, scope);
  }

  /** For a block within this one, executed `times` as often. */
  inner(times = 1): StatementWriter {
    const scope = this.scope.child();
    scope.load = this.scope.load * times;
    return new StatementWriter(this.tape, scope, this.program, `${this.indent}\t`);
  }

  line(text: string): string[] {
    return [this.indent + text];
  }

  braced(head: string, body: readonly string[], tail = '}'): string[] {
    return [`${this.indent}${head}${head ? ' ' : ''}{`, ...body, `${this.indent}${tail}`];
  }

  /** Something to assign: a region half of the time, where there is one. */
  target(): Place | undefined {
    const places = writable(this.scope);
    const regions = places.filter((place) => place.text.includes('mint_region'));
    return regions.length > 0 && this.tape.chance(50) ? this.tape.pick(regions) : this.tape.pick(places);
  }

  /** A named object other than the target's, so that both may be assigned in one expression. */
  otherTarget(target: Place): Place | undefined {
    const others = writable(this.scope).filter(
      ({ text, base }) => base !== target.base && /^\w+$/.test(text),
    );
    return /^\w+$/.test(target.text) ? this.tape.pick(others) : undefined;
  }

  assignment(): string {
    const target = this.target();
    if (!target) return '(void)0';
    const kind = target.kind === 'unsigned' ? undefined : target.kind;
    const value = kind ? this.expressions.of(kind, 3) : this.expressions.any(3);
    return `${target.text} = ${value}`;
  }

  isFixed(object: RecordObject): boolean {
    const member = this.scope.places.find(({ base }) => base === object.base);
    return member === undefined || member.fixed;
  }
}
