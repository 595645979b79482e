/** Conditional inclusion (C17 6.10.1). */
import { evaluateCondition } from './condition';
import { featureTest, featureTests } from './feature-tests';
import type { Frame } from './frame';
import { headerName } from './header-name';
import { isPunctuator, madeToken, type PreprocessingToken, spanOf, spelling } from './preprocessing-token';
import type { Unit } from './unit';

/** Carries out the directive `line` (`#` first) where its name is one of conditional inclusion. */
export function conditionalDirective(unit: Unit, frame: Frame, line: readonly PreprocessingToken[]): boolean {
  const name = line[1];
  switch (name?.text) {
    case 'if':
    case 'ifdef':
    case 'ifndef': {
      const taken = holds(unit, line);
      frame.conditionals.push({ opened: name, taken, seenElse: false });
      if (!taken) frame.skipGroup();
      return true;
    }
    case 'elif':
    case 'elifdef':
    case 'elifndef':
    case 'else':
      alternative(unit, frame, line, name);
      return true;
    case 'endif':
      if (!frame.conditionals.pop()) unbalanced(unit, name);
      return true;
    default:
      return false;
  }
}

/** Reports the sections that the file's end leaves open. */
export function endConditionals(unit: Unit, frame: Frame): void {
  for (const { opened } of frame.conditionals) unbalanced(unit, opened);
}

function unbalanced(unit: Unit, directive: PreprocessingToken): void {
  const args = { directive: directive.text };
  unit.report({ code: 'unbalanced-conditional', args }, directive.span);
}

function alternative(
  unit: Unit,
  frame: Frame,
  line: readonly PreprocessingToken[],
  name: PreprocessingToken,
): void {
  const section = frame.conditionals.at(-1);
  if (!section) {
    unbalanced(unit, name);
    return;
  }
  if (section.seenElse) unbalanced(unit, name);
  if (name.text === 'else') section.seenElse = true;
  // The condition of a group after the one taken is not looked at (C17 6.10.1p6).
  const taken = !section.taken && (name.text === 'else' || holds(unit, line));
  if (taken) section.taken = true;
  else frame.skipGroup();
}

function holds(unit: Unit, line: readonly PreprocessingToken[]): boolean {
  const [hash, name, ...operand] = line;
  if (!hash || !name) return false;
  if (name.text.endsWith('def')) {
    const tested = operand[0];
    if (tested?.kind === 'identifier') return isDefined(unit, tested.text) !== name.text.endsWith('ndef');
    unit.reportLine('malformed-directive', line);
    return false;
  }
  const tokens = conditionTokens(unit, operand);
  if (unit.expander.takeAbandoned()) return false;
  const result = tokens && tokens.length > 0 ? evaluateCondition(tokens, unit.request.dataModel) : undefined;
  const place = spanOf(operand[0] ?? hash, operand.at(-1) ?? name);
  if (typeof result === 'boolean') {
    unit.conditions.push({ place, holds: result });
    return result;
  }
  const text = spelling(operand.length > 0 ? operand : line).slice(0, 200);
  unit.report(result ?? { code: 'malformed-condition', args: { text } }, place);
  return false;
}

/** `__has_include` and the like count as defined; a pinned name always is. */
function isDefined(unit: Unit, name: string): boolean {
  return unit.macros.has(name) || unit.pinned.has(name) || featureTests.has(name);
}

/** The operand of `#if` with macros, `defined` and feature tests replaced; undefined where one of them is malformed. */
function conditionTokens(
  unit: Unit,
  operand: readonly PreprocessingToken[],
): PreprocessingToken[] | undefined {
  const { expander } = unit;
  return expander.within(operand, () => {
    const tokens: PreprocessingToken[] = [];
    for (let token = expander.next(); token; token = expander.next()) {
      const operator = token.kind === 'identifier' ? token.text : '';
      const pinned = token.painted ? unit.pinned.get(operator) : undefined;
      if (operator === 'defined' || featureTests.has(operator)) {
        const value = operator === 'defined' ? definedOperand(unit) : featureOperand(unit, operator);
        if (value === undefined) return undefined;
        tokens.push(madeToken('number', value, token.span, token));
      } else if (pinned) tokens.push(...parenthesized(pinned, token));
      else tokens.push(token);
    }
    return tokens;
  });
}

/** A pinned name stands for its value as a whole. */
function parenthesized(
  value: readonly PreprocessingToken[],
  name: PreprocessingToken,
): readonly PreprocessingToken[] {
  if (value.length === 1) return value;
  return [
    madeToken('punctuator', '(', name.span, name),
    ...value,
    madeToken('punctuator', ')', name.span, name),
  ];
}

/** `defined X` or `defined (X)`: the value, or undefined where there is no such operand. */
function definedOperand(unit: Unit): string | undefined {
  const { expander } = unit;
  const first = expander.nextUnreplaced();
  const inParentheses = isPunctuator(first, '(');
  const name = inParentheses ? expander.nextUnreplaced() : first;
  if (name?.kind !== 'identifier') return undefined;
  if (inParentheses && !isPunctuator(expander.nextUnreplaced(), ')')) return undefined;
  return isDefined(unit, name.text) ? '1' : '0';
}

function featureOperand(unit: Unit, operator: string): string | undefined {
  const { expander } = unit;
  if (!isPunctuator(expander.next(), '(')) return undefined;
  if (operator.startsWith('__has_include')) {
    const name = headerName(() => expander.next());
    if (!name || !isPunctuator(expander.next(), ')')) return undefined;
    return unit.inclusion.exists(name, operator === '__has_include_next') ? '1' : '0';
  }
  const first = expander.next();
  let scope: string | undefined;
  let name = first;
  let next = expander.next();
  if (isPunctuator(next, '::')) {
    scope = first?.text;
    name = expander.next();
    next = expander.next();
  }
  if (name?.kind !== 'identifier' || !isPunctuator(next, ')')) return undefined;
  return featureTest(operator, scope, name.text);
}
