/**
 * `compute`, done once for each key, for as long as the key lives.
 *
 * @param keyOf what all of the result follows from; the argument itself where it is not given
 */
export function memoize<Argument extends object, Value extends object | string>(
  compute: (argument: Argument) => Value,
  keyOf: (argument: Argument) => object = (argument) => argument,
): (argument: Argument) => Value {
  const known = new WeakMap<object, Value>();
  return (argument) => {
    const key = keyOf(argument);
    const before = known.get(key);
    if (before !== undefined) return before;
    const value = compute(argument);
    known.set(key, value);
    return value;
  };
}
