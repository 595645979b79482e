/** What the program being written may use at one point. */

/**
 * How large values may get, so that most expressions are defined: `small` is within some 16 bits, `signed` may
 * overflow where it is not kept in check, `unsigned` (of 32 bits or more) wraps.
 */
export type Kind = 'small' | 'signed' | 'unsigned';

/** An integer object that can be read, and written unless it is `fixed`. */
export interface Place {
  readonly text: string;
  /** The declared name that `text` begins with; shadowing it hides the place. */
  readonly base: string;
  readonly kind: Kind;
  readonly fixed: boolean;
  readonly bitField: boolean;
  /** The type as spelled; undefined for bit-fields. */
  readonly type?: string;
}

/** An array, or a pointer to the first of `length` objects. */
export interface List {
  readonly text: string;
  readonly base: string;
  readonly kind: Kind;
  readonly type: string;
  readonly length: number;
  readonly fixed: boolean;
  readonly pointer: boolean;
}

export interface Field {
  readonly name: string;
  readonly kind: Kind;
  readonly type: string;
  readonly bitField: boolean;
  /** An array of that many. */
  readonly length?: number;
}

export interface RecordShape {
  readonly type: string;
  /** A union, or one that holds a union. */
  readonly overlaps: boolean;
  /** Of the integers that can be named in it, nested ones as `inner.name`; anonymous ones by their own name. */
  readonly fields: readonly Field[];
}

/** A structure object, or with `arrow` a pointer to one. */
export interface RecordObject {
  readonly text: string;
  readonly base: string;
  readonly shape: RecordShape;
  readonly arrow: boolean;
}

export interface Constant {
  readonly text: string;
  readonly kind: Kind;
  /** The preprocessor can work it out too. */
  readonly inDirectives: boolean;
}

export interface FunctionMacro {
  readonly name: string;
  readonly result: Kind;
  readonly parameters: readonly Kind[];
  /** It can be part of a constant expression. */
  readonly constant: boolean;
}

export type FunctionParameter =
  | { readonly kind: Kind }
  | { readonly pointer: string }
  | { readonly record: RecordShape };

export interface CallableFunction {
  readonly name: string;
  readonly result: Kind;
  readonly parameters: readonly FunctionParameter[];
  /** It has no value; `result` does not count then. */
  readonly void: boolean;
  /** It changes nothing that the caller could see. */
  readonly pure: boolean;
  /** Statements that one call executes, at most. */
  readonly cost: number;
}

/** How often what is written here is executed, so that programs end soon. */
export interface Meter {
  spent: number;
}

export class Scope {
  places: Place[] = [];
  lists: List[] = [];
  records: RecordObject[] = [];
  constants: Constant[] = [];
  macros: FunctionMacro[] = [];
  functions: CallableFunction[] = [];
  shapes: RecordShape[] = [];
  types: { readonly text: string; readonly kind: Kind }[] = [];
  /** Regions can be written through the macros SET_START and SET_REGION. */
  regionMacros: string[] = [];
  meter: Meter = { spent: 0 };
  /** Executions of this point for one of the function it is in. */
  load = 1;
  /** Only constant expressions (C17 6.6). */
  constantOnly = false;
  /** What `return` gives in the function this is part of; undefined where it is not to return early. */
  result: Kind | 'void' | undefined = undefined;
  /** Within a function that changes nothing its caller could see. */
  pure = false;
  /** Names this very block declares, and cannot declare again. */
  declared = new Set<string>();

  child(): Scope {
    const child = Object.assign(new Scope(), this);
    child.declared = new Set();
    child.places = [...this.places];
    child.lists = [...this.lists];
    child.records = [...this.records];
    child.constants = [...this.constants];
    child.macros = [...this.macros];
    child.functions = [...this.functions];
    return child;
  }

  constant(): Scope {
    const child = this.child();
    child.constantOnly = true;
    return child;
  }

  /** For the body of a function: its own meter, and file scope's names; read only in a pure function. */
  functionBody(pure: boolean, result: Kind | 'void' | undefined): Scope {
    const child = this.child();
    child.meter = { spent: 0 };
    child.result = result;
    if (!pure) return child;
    child.pure = true;
    child.places = child.places.map((place) => ({ ...place, fixed: true }));
    child.lists = child.lists.map((list) => ({ ...list, fixed: true }));
    child.functions = child.functions.filter((each) => each.pure);
    child.regionMacros = [];
    return child;
  }

  /** What a declaration of `name` in this scope hides. */
  hide(name: string): void {
    this.places = this.places.filter((place) => place.base !== name);
    this.lists = this.lists.filter((list) => list.base !== name);
    this.records = this.records.filter((record) => record.base !== name);
  }

  addPlace(place: Place): void {
    this.places.push(place);
  }

  /** Adds the integers within a structure object. */
  addRecord(object: RecordObject, fixed: boolean): void {
    if (!object.text.includes('[')) this.records.push(object);
    const { text, base, shape } = object;
    for (const field of shape.fields) {
      const member = `${text}${object.arrow ? '->' : '.'}${field.name}`;
      const { kind, type, bitField, length } = field;
      if (length !== undefined) {
        this.lists.push({ text: member, base, kind, type, length, fixed, pointer: false });
      } else {
        this.places.push({ text: member, base, kind, fixed, bitField, ...(bitField ? {} : { type }) });
      }
    }
  }

  /** A call may be written here without making the program long. */
  affords(cost: number): boolean {
    return cost * this.load <= 400 && this.meter.spent + cost * this.load <= 3000;
  }
}
