/**
 * The controlling expression of `#if` and `#elif` (C17 6.10.1p4): integer arithmetic in 64 bits, signed or unsigned,
 * that wraps around as gcc's does. Names, `defined` and the like are replaced before.
 */
import type { Reason } from '../reason';
import type { Token } from '../token';
import { isFloating, isReason, readCharacter, readInteger } from '../types/literal';
import type { DataModel } from '../value';
import { spelling } from './preprocessing-token';

/** Parentheses, unary operators and conditional operators that may stand in each other. */
const NESTING_LIMIT = 500;

interface Operand {
  readonly value: bigint;
  readonly unsigned: boolean;
}

/** Whether the condition holds, or why it cannot be told. */
export function evaluateCondition(tokens: readonly Token[], model: DataModel): boolean | Reason {
  try {
    return new Evaluator(tokens, model).run();
  } catch (error) {
    if (error instanceof Refusal) return error.reason;
    throw error;
  }
}

/** Leaves the evaluation; never leaves this file. */
class Refusal extends Error {
  constructor(readonly reason: Reason) {
    super(reason.code);
  }
}

const precedences: ReadonlyMap<string, number> = new Map(
  [['||'], ['&&'], ['|'], ['^'], ['&'], ['==', '!='], ['<', '>', '<=', '>='], ['<<', '>>'], ['+', '-'], ['*', '/', '%']] // biome-ignore format: one table
    .flatMap((operators, level) => operators.map((operator): [string, number] => [operator, level + 1])),
);

class Evaluator {
  private at = 0;
  private depth = 0;

  constructor(
    private readonly tokens: readonly Token[],
    private readonly model: DataModel,
  ) {}

  run(): boolean {
    const { value } = this.comma(true);
    if (this.at < this.tokens.length) this.refuse();
    return value !== 0n;
  }

  private refuse(reason?: Reason): never {
    const text = spelling(this.tokens).slice(0, 200);
    const place = this.tokens[this.at]?.span ?? this.tokens.at(-1)?.span;
    throw new Refusal({ ...(reason ?? { code: 'malformed-condition', args: { text } }), place });
  }

  private peek(): string | undefined {
    const token = this.tokens[this.at];
    return token?.kind === 'punctuator' ? token.text : undefined;
  }

  private take(text: string): boolean {
    if (this.peek() !== text) return false;
    this.at++;
    return true;
  }

  private nested<T>(parse: () => T): T {
    if (++this.depth > NESTING_LIMIT)
      this.refuse({ code: 'nesting-limit', args: { limit: String(NESTING_LIMIT) } });
    const result = parse();
    this.depth--;
    return result;
  }

  /** `counts` is false where the value is not needed: the right side of a decided `&&`, `||` or `?:`. */
  private comma(counts: boolean): Operand {
    let value = this.conditional(counts);
    while (this.take(',')) value = this.conditional(counts);
    return value;
  }

  private conditional(counts: boolean): Operand {
    const condition = this.binary(1, counts);
    if (!this.take('?')) return condition;
    return this.nested(() => {
      const holds = condition.value !== 0n;
      const then = this.comma(counts && holds);
      if (!this.take(':')) this.refuse();
      const otherwise = this.conditional(counts && !holds);
      const unsigned = then.unsigned || otherwise.unsigned;
      return result(holds ? then.value : otherwise.value, unsigned);
    });
  }

  private binary(precedence: number, counts: boolean): Operand {
    let left = this.unary(counts);
    for (;;) {
      const operator = this.peek();
      const level = operator === undefined ? undefined : precedences.get(operator);
      if (operator === undefined || level === undefined || level < precedence) return left;
      this.at++;
      const decided = (operator === '&&' && left.value === 0n) || (operator === '||' && left.value !== 0n);
      const right = this.binary(level + 1, counts && !decided);
      left = this.apply(operator, left, right, counts && !decided);
    }
  }

  private unary(counts: boolean): Operand {
    const operators: string[] = [];
    for (let text = this.peek(); text && /^[-+~!]$/.test(text); text = this.peek()) {
      operators.push(text);
      this.at++;
    }
    let { value, unsigned } = this.primary(counts);
    for (const operator of operators.reverse()) {
      if (operator === '!') ({ value, unsigned } = { value: value === 0n ? 1n : 0n, unsigned: false });
      else if (operator === '-') ({ value } = result(-value, unsigned));
      else if (operator === '~') ({ value } = result(~value, unsigned));
    }
    return { value, unsigned };
  }

  private primary(counts: boolean): Operand {
    if (this.take('(')) {
      const value = this.nested(() => this.comma(counts));
      if (!this.take(')')) this.refuse();
      return value;
    }
    const token = this.tokens[this.at];
    if (token?.kind === 'identifier') {
      this.at++;
      return { value: 0n, unsigned: false };
    }
    if (token?.kind === 'number') return this.number(token.text);
    if (token?.kind === 'character') return this.character(token.text);
    return this.refuse();
  }

  private number(text: string): Operand {
    if (isFloating(text)) this.refuse();
    const read = readInteger(text);
    if (isReason(read)) return this.refuse(read);
    this.at++;
    return result(read.value, read.unsigned || read.value >= 1n << 63n);
  }

  private character(text: string): Operand {
    const read = readCharacter(text, this.model);
    if (isReason(read)) return this.refuse(read);
    this.at++;
    return { value: read.value, unsigned: !read.type.signed };
  }

  private apply(operator: string, left: Operand, right: Operand, counts: boolean): Operand {
    const truth = (holds: boolean): Operand => ({ value: holds ? 1n : 0n, unsigned: false });
    if (operator === '&&') return truth(left.value !== 0n && right.value !== 0n);
    if (operator === '||') return truth(left.value !== 0n || right.value !== 0n);
    if (operator === '<<' || operator === '>>') return shift(left, right, operator === '<<');
    const unsigned = left.unsigned || right.unsigned;
    const a = result(left.value, unsigned).value;
    const b = result(right.value, unsigned).value;
    switch (operator) {
      case '==':
        return truth(a === b);
      case '!=':
        return truth(a !== b);
      case '<':
        return truth(a < b);
      case '>':
        return truth(a > b);
      case '<=':
        return truth(a <= b);
      case '>=':
        return truth(a >= b);
      case '|':
        return result(a | b, unsigned);
      case '^':
        return result(a ^ b, unsigned);
      case '&':
        return result(a & b, unsigned);
      case '+':
        return result(a + b, unsigned);
      case '-':
        return result(a - b, unsigned);
      case '*':
        return result(a * b, unsigned);
      default:
        if (b !== 0n) return result(operator === '/' ? a / b : a % b, unsigned);
        if (counts) this.refuse({ code: 'division-by-zero', args: { operator } });
        return result(0n, unsigned);
    }
  }
}

function result(value: bigint, unsigned: boolean): Operand {
  return { value: unsigned ? BigInt.asUintN(64, value) : BigInt.asIntN(64, value), unsigned };
}

/** A shift by a negative count goes the other way, one by 64 or more leaves only signs: gcc's choices. */
function shift({ value, unsigned }: Operand, count: Operand, left: boolean): Operand {
  const by = count.unsigned ? count.value : BigInt.asIntN(64, count.value);
  const goesLeft = by < 0n ? !left : left;
  const magnitude = by < 0n ? -by : by;
  const bits = magnitude > 64n ? 64n : magnitude;
  return result(goesLeft ? value << bits : value >> bits, unsigned);
}
