/** Reads kexec-mint.json: JSON with comments. What is wrong in it is told at its key, and everything else counts. */
import {
  findNodeAtLocation,
  getNodeValue,
  type JSONPath,
  type Node,
  type ParseError,
  parseTree,
  printParseErrorCode,
} from 'jsonc-parser';
import { z } from 'zod';
import { type Message, type MessageId, message, type Place } from '../messages';
import type { AddressRange } from '../range';
import { parseAddress } from './numbers';
import {
  allowanceSchema,
  EVIDENCE_KEYS,
  type EvidenceKey,
  type NodeJson,
  nodeSchema,
  projectSchema,
  rangeSchema,
} from './project-schema';
import type { Settings } from './settings';
import { childOf, parentOf, relativePath, withoutSlash } from './uri';

export const PROJECT_FILE = 'kexec-mint.json';

/** What a project file says, resolved: paths are URIs, addresses are numbers. */
export interface ProjectFile {
  readonly uri: string;
  /** What it says in place of settings. */
  readonly settings: Partial<Pick<Settings, ProjectSetting>>;
  /** Physical memory of the machine; empty where it does not say. */
  readonly memory: readonly AddressRange[];
  /** In order of the file; OSIDs are unique. */
  readonly nodes: readonly NodeFacts[];
  readonly allowances: readonly Allowance[];
  readonly problems: readonly ProjectProblem[];
  /** Where a key stands, such as `['rules', 'misaligned']`, or what is around it where there is none. */
  placeOf(key: JSONPath): Place;
}

type ProjectSetting = 'window' | 'dataModel' | 'nodeCount' | 'osidNames' | 'regionNames' | 'rules';

export interface NodeFacts {
  readonly osid: number;
  readonly name: string | undefined;
  /** The monitor is to read the other nodes' kernel text. */
  readonly role: 'monitor' | 'service' | undefined;
  /** URI of the source tree's root, without a trailing slash. */
  readonly source: string | undefined;
  /** Constants by the names of variables that are set at run time. */
  readonly define: ReadonlyMap<string, string>;
  /** Names of the regions that the tree gives another type than RAM: memory it may read and does not allocate. */
  readonly reserved: readonly string[];
  /** URIs; of `firmwareMemmap` that of a folder. */
  readonly evidence: Readonly<Partial<Record<EvidenceKey, string>>>;
  readonly kernelTextStart: bigint | undefined;
  /** Position among the file's `nodes`. */
  readonly index: number;
  /** Where a key's value stands, or the node where it has no such key. */
  place(key?: keyof NodeJson): Place;
}

/** An overlap that is wanted. */
export interface Allowance {
  /** Two different OSIDs. */
  readonly nodes: readonly [number, number];
  /** A region of each, in the order of `nodes`; undefined: any. */
  readonly regions: readonly [string, string] | undefined;
  readonly reason: string;
  readonly place: Place;
  /** Position among the file's `allowOverlaps`. */
  readonly index: number;
}

export interface ProjectProblem {
  readonly place: Place;
  readonly message: Message;
}

/**
 * @param folders URIs of the workspace folders: no path may leave them
 * @param text undefined: the file is there and is no text
 */
export function readProjectFile(
  uri: string,
  text: string | undefined,
  folders: readonly string[],
): ProjectFile {
  return new Reader(uri, text, folders).read();
}

/** Parts that are wrong are left out one by one; a file of more mistakes than this is wrong as a whole. */
const MOST_MISTAKES = 100;

class Reader {
  private readonly problems: ProjectProblem[] = [];
  private readonly root: Node | undefined;

  constructor(
    private readonly uri: string,
    text: string | undefined,
    private readonly folders: readonly string[],
  ) {
    const errors: ParseError[] = [];
    this.root = text === undefined ? undefined : parseTree(text, errors, { allowTrailingComma: true });
    if (text === undefined) this.report([], message('project.no-text'));
    for (const { error, offset, length } of errors.slice(0, MOST_MISTAKES)) {
      const place = { file: uri, start: offset, end: offset + length };
      this.problems.push({ place, message: message(SYNTAX[printParseErrorCode(error)] ?? 'project.syntax') });
    }
    if (this.root) this.findDuplicates(this.root);
  }

  read(): ProjectFile {
    const json = this.checked(listsUnread, this.root ? getNodeValue(this.root) : {}, []) ?? {};
    const nodes = this.nodes(json.nodes);
    const allowances = this.items('allowOverlaps', json.allowOverlaps, allowanceSchema).flatMap(
      ({ item, index }) => this.allowance(item, index) ?? [],
    );
    const memory = this.items('memory', json.memory, rangeSchema).flatMap(
      ({ item, index }) => this.range(item, ['memory', index]) ?? [],
    );
    const placeOf = (key: JSONPath) => this.place(key, 'key');
    const settings = this.settings(json);
    return { uri: this.uri, settings, memory, nodes, allowances, problems: this.problems, placeOf };
  }

  /** A value without the parts that do not keep to the schema; undefined where nothing is left. */
  private checked<Schema extends z.ZodType>(
    schema: Schema,
    value: unknown,
    path: JSONPath,
  ): z.infer<Schema> | undefined {
    for (let mistakes = 0; mistakes < MOST_MISTAKES; mistakes++) {
      const { data, error } = schema.safeParse(value);
      if (!error) return data;
      const [issue] = error.issues;
      if (!issue || !this.leaveOut(value, path, issue)) return undefined;
    }
    return undefined;
  }

  /** Reports an issue and takes what it is about out of `value`; false where that is the whole value. */
  private leaveOut(value: unknown, path: JSONPath, issue: z.core.$ZodIssue): boolean {
    const inner = issue.path.filter((part) => typeof part !== 'symbol');
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys) {
        this.report([...path, ...inner, key], message('project.unknown-key', { key }), 'key');
        remove(value, [...inner, key]);
      }
      return true;
    }
    const isKey = issue.code === 'invalid_key';
    const whole = [...path, ...inner];
    this.report(whole, issueMessage(issue, valueAt(value, inner), whole), isKey ? 'key' : 'value');
    return remove(value, inner);
  }

  /** The items of a list that keep to the schema, with their positions in the file. */
  private items<Schema extends z.ZodType>(
    key: string,
    list: readonly unknown[] | undefined,
    schema: Schema,
  ): readonly { readonly item: z.infer<Schema>; readonly index: number }[] {
    return (list ?? []).flatMap((given, index) => {
      const item = this.checked(schema, given, [key, index]);
      return item === undefined ? [] : [{ item, index }];
    });
  }

  private settings(json: z.infer<typeof listsUnread>): ProjectFile['settings'] {
    const { dataModel, nodeCount, osidNames, regionNames, rules } = json;
    const window = json.window && this.range(json.window, ['window']);
    return definedOf({ window, dataModel, nodeCount, osidNames, regionNames, rules });
  }

  private range([first, second]: readonly [string, string], path: JSONPath): AddressRange | undefined {
    const [start, end] = [parseAddress(first), parseAddress(second)];
    if (start !== undefined && end !== undefined && start < end) return { start, end };
    this.report(path, message('project.end-before-start', { start: first, end: second }));
    return undefined;
  }

  private nodes(list: readonly unknown[] | undefined): readonly NodeFacts[] {
    const osids = new Set<number>();
    return this.items('nodes', list, nodeSchema).flatMap(({ item, index }) => {
      const { osid } = item;
      if (osids.size !== osids.add(osid).size) return [this.node(item, index)];
      this.report(['nodes', index, 'osid'], message('project.duplicate-osid', { osid }));
      return [];
    });
  }

  private node(node: NodeJson, index: number): NodeFacts {
    const { osid, name, role, kernelTextStart } = node;
    const resolved = (key: EvidenceKey | 'source') => {
      const path = node[key];
      return path === undefined ? undefined : this.inside(path, ['nodes', index, key]);
    };
    return {
      osid,
      name,
      role,
      source: resolved('source'),
      define: new Map(Object.entries(node.define ?? {})),
      reserved: node.reserved ?? [],
      evidence: definedOf(Object.fromEntries(EVIDENCE_KEYS.map((key) => [key, resolved(key)]))),
      kernelTextStart: kernelTextStart === undefined ? undefined : parseAddress(kernelTextStart),
      index,
      place: (key) => this.place(key === undefined ? ['nodes', index] : ['nodes', index, key]),
    };
  }

  private allowance(
    { nodes, regions, reason }: z.infer<typeof allowanceSchema>,
    index: number,
  ): Allowance | undefined {
    const place = this.place(['allowOverlaps', index]);
    if (nodes[0] !== nodes[1]) return { nodes, regions, reason, place, index };
    this.report(['allowOverlaps', index, 'nodes'], message('project.same-node', { osid: nodes[0] }));
    return undefined;
  }

  /** The URI of a path that is relative to the file's folder; undefined where it leaves the workspace. */
  private inside(path: string, at: JSONPath): string | undefined {
    const slashed = path.replace(/\\/g, '/');
    const isAbsolute = slashed.startsWith('/') || /^[A-Za-z]:/.test(slashed);
    const uri = isAbsolute ? undefined : withoutSlash(childOf(parentOf(this.uri), slashed));
    if (uri !== undefined && this.folders.some((folder) => relativePath(folder, uri) !== undefined))
      return uri;
    this.report(at, message(isAbsolute ? 'project.absolute-path' : 'project.outside-workspace', { path }));
    return undefined;
  }

  /** JSON takes the last of several values for one key (RFC 8259 4 leaves it open); a person meant one of them. */
  private findDuplicates(node: Node): void {
    const seen = new Set<unknown>();
    for (const child of node.children ?? []) {
      const key = child.type === 'property' ? child.children?.[0] : undefined;
      if (key && seen.has(key.value)) {
        const text = message('project.duplicate-key', { key: String(key.value) });
        this.problems.push({ place: this.spanOf(key), message: text });
      }
      if (key) seen.add(key.value);
      this.findDuplicates(child);
    }
  }

  private report(path: JSONPath, text: Message, what: 'key' | 'value' = 'value'): void {
    this.problems.push({ place: this.place(path, what), message: text });
  }

  /** Where a path's value or key stands, else the nearest value around it that is there. */
  private place(path: JSONPath, what: 'key' | 'value' = 'value'): Place {
    for (let length = path.length; this.root && length >= 0; length--) {
      const node = findNodeAtLocation(this.root, path.slice(0, length));
      if (!node) continue;
      const key = what === 'key' && length === path.length ? node.parent?.children?.[0] : undefined;
      return this.spanOf(key ?? node);
    }
    return { file: this.uri, start: 0, end: 0 };
  }

  private spanOf({ offset, length }: Node): Place {
    return { file: this.uri, start: offset, end: offset + length };
  }
}

/** The file's schema with its lists left for later: a wrong item costs no other. */
const unread = z.array(z.unknown()).optional();
const listsUnread = projectSchema.extend({ nodes: unread, allowOverlaps: unread, memory: unread });

/** By the names of jsonc-parser's error codes. */
const SYNTAX: Readonly<Record<string, MessageId | undefined>> = {
  PropertyNameExpected: 'project.syntax.key',
  ValueExpected: 'project.syntax.value',
  ColonExpected: 'project.syntax.colon',
  CommaExpected: 'project.syntax.comma',
  CloseBraceExpected: 'project.syntax.brace',
  CloseBracketExpected: 'project.syntax.bracket',
  UnexpectedEndOfComment: 'project.syntax.comment',
  UnexpectedEndOfString: 'project.syntax.string',
};

/** What is wrong, and what the key is to hold. */
function issueMessage(issue: z.core.$ZodIssue, value: unknown, path: JSONPath): Message {
  const [list, , key = ''] = path;
  const isListed = list === 'nodes' || list === 'allowOverlaps';
  const name = isListed && path.length > 2 ? String(key) : String(list);
  if (issue.code === 'invalid_key') return message('project.no-name', { text: String(path.at(-1)) });
  const prefix = list === 'allowOverlaps' && path.length > 2 ? 'project.key.allow.' : 'project.key.';
  const expected = message(`${prefix}${name}` as MessageId);
  const isMissing = issue.code === 'invalid_type' && value === undefined;
  return message(isMissing ? 'project.missing-key' : 'project.wrong-value', { key: name, expected });
}

/** Takes the innermost part around `path` that can go without the rest; false where nothing can. */
function remove(value: unknown, path: JSONPath): boolean {
  const key = path.at(-1);
  if (key === undefined) return false;
  const holder = valueAt(value, path.slice(0, -1));
  const isObject = typeof holder === 'object' && holder !== null && !Array.isArray(holder);
  if (isObject && Object.hasOwn(holder, key)) return Reflect.deleteProperty(holder, key);
  return remove(value, path.slice(0, -1));
}

function valueAt(value: unknown, path: JSONPath): unknown {
  return path.reduce<unknown>(
    (holder, key) =>
      typeof holder === 'object' && holder !== null && Object.hasOwn(holder, key)
        ? Reflect.get(holder, key)
        : undefined,
    value,
  );
}

function definedOf<Value extends object>(
  value: Value,
): { [Key in keyof Value]?: Exclude<Value[Key], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as never;
}
