/** The state of a running program along one path, cheap to fork at an undecided condition and joined afterwards. */
import type { Node } from '../ir';
import { ANYWAY, beyond, common, type Path } from './assumptions';
import type { Scalar } from './data';
import type { Contents, Fill } from './memory';
import type { MemoryObject } from './scope';

export class State {
  /** Objects whose contents differ from their initial ones. */
  private readonly objects: Map<MemoryObject, Contents>;
  /** Contents that carry this token may be changed in place. */
  private token: object = {};
  /** What is assumed along this path. */
  path: Path;
  /** False once the path has ended: nothing behind a `return` or `abort()` is executed. */
  live = true;
  /** A watched name has been written along this path. */
  wrote = false;
  /** The return statement at which the function was left; undefined where its last statement was passed. */
  exit: Node | undefined;

  constructor(objects: Map<MemoryObject, Contents> = new Map(), path: Path = ANYWAY) {
    this.objects = objects;
    this.path = path;
  }

  /** What forking or joining it costs, in steps of a program: each object is gone through. */
  get weight(): number {
    return this.objects.size;
  }

  /** A state that goes its own way from here; with `path` along it. */
  fork(path: Path = this.path): State {
    this.token = {};
    const copy = new State(new Map(this.objects), path);
    copy.live = this.live;
    copy.wrote = this.wrote;
    return copy;
  }

  /** A path that has ended. */
  static dead(): State {
    const state = new State();
    state.live = false;
    return state;
  }

  contents(object: MemoryObject): Contents {
    return this.objects.get(object) ?? object.initial;
  }

  /** The object's contents, to be changed. */
  writable(object: MemoryObject): Contents {
    const contents = this.objects.get(object) ?? object.initial;
    if (contents.owner === this.token) return contents;
    const copy = contents.clone();
    copy.owner = this.token;
    this.objects.set(object, copy);
    return copy;
  }

  /** True while an automatic object lives. */
  holds(object: MemoryObject): boolean {
    return this.objects.has(object);
  }

  replace(object: MemoryObject, contents: Contents): void {
    this.objects.set(object, contents);
  }

  /** Ends the lifetime of an object. */
  drop(object: MemoryObject): void {
    this.objects.delete(object);
  }

  /** Makes the contents that objects have now their initial ones. */
  freeze(): void {
    for (const [object, contents] of this.objects) {
      contents.owner = undefined;
      object.initial = contents;
    }
    this.objects.clear();
  }

  changedObjects(): Iterable<MemoryObject> {
    return this.objects.keys();
  }

  /**
   * This state with each value that differs in `after` widened, or undefined where none differs. Objects that live in
   * one of the two only are left out.
   */
  widen(
    after: State,
    fillOf: (object: MemoryObject) => Fill,
    widenScalar: (object: MemoryObject, before: Scalar, after: Scalar) => Scalar,
  ): State | undefined {
    let wide: State | undefined;
    for (const [object, contents] of after.objects) {
      const before = this.contents(object);
      if (before === contents || (object.storage === 'automatic' && !this.objects.has(object))) continue;
      const widened = before.widen(
        contents,
        () => fillOf(object),
        (x, y) => widenScalar(object, x, y),
      );
      if (widened === undefined) continue;
      wide ??= this.fork();
      wide.objects.set(object, widened);
    }
    if (after.wrote && !this.wrote) {
      wide ??= this.fork();
      wide.wrote = true;
    }
    return wide;
  }

  /** The values of two states, each along its own path from where they parted. */
  static join(a: State, b: State): State {
    if (!a.live) return b;
    if (!b.live) return a;
    const path = common(a.path, b.path);
    const pathA = beyond(a.path, path);
    const pathB = beyond(b.path, path);
    const joined = a.fork(path);
    joined.wrote = a.wrote || b.wrote;
    for (const object of new Set([...a.objects.keys(), ...b.objects.keys()])) {
      const mine = a.contents(object);
      const theirs = b.contents(object);
      if (mine === theirs) continue;
      // An object whose lifetime has ended along one path cannot be used any more.
      if (object.storage === 'automatic' && !(a.objects.has(object) && b.objects.has(object))) {
        joined.objects.delete(object);
      } else {
        joined.objects.set(object, mine.join(pathA, theirs, pathB));
      }
    }
    return joined;
  }

  static joinAll(states: readonly State[]): State {
    return states.reduce((joined, state) => State.join(joined, state), State.dead());
  }
}
