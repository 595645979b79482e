/** Reads kexec-mint.json: JSON with comments. What is wrong in it is told at its key, and everything else counts. */
import * as z from 'zod';
import { type Message, message, type Place } from '../messages';
import type { AddressRange } from '../range';
import { fileError } from './file-error';
import type { Unreadable } from './files';
import { type JSONPath, type JsonNode, jsonValue, nodeAt, parseJson } from './json-text';
import { leaveOutWrong, type Mistake } from './leave-out-wrong';
import { parseAddress } from './numbers';
import {
  allowanceSchema,
  EVIDENCE_KEYS,
  type EvidenceKey,
  keysAt,
  meaningOf,
  type NodeJson,
  nodeSchema,
  projectSchema,
  rangeSchema,
} from './project-schema';
import type { Settings } from './settings';
import { childOf, parentOf, relativePath, withoutSlash } from './uri';

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
  /** In order of the file. */
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
  /** The first address that kexec is to use for this node's kernel (`--mem-min`). */
  readonly memMin: bigint | undefined;
  /** The last one, inclusive as kexec takes it (`--mem-max`). */
  readonly memMax: bigint | undefined;
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
 * @param text undefined: the file is there and is no text; what the system says where it cannot be read
 */
export function readProjectFile(
  uri: string,
  text: string | Unreadable | undefined,
  folders: readonly string[],
): ProjectFile {
  return new Reader(uri, text, folders).read();
}

function unusable(content: Unreadable | undefined): Message {
  return content
    ? message('project.unreadable', { error: fileError(content.error) })
    : message('project.no-text');
}

/** A file of more mistakes than this is wrong as a whole: the others come to light as these are mended. */
const MOST_PROBLEMS = 100;

class Reader {
  /** By place and text: two looks at a key may find the same. */
  private readonly problems = new Map<string, ProjectProblem>();
  private readonly root: JsonNode | undefined;
  private readonly length: number;

  constructor(
    private readonly uri: string,
    content: string | Unreadable | undefined,
    private readonly folders: readonly string[],
  ) {
    const text = typeof content === 'string' ? content : undefined;
    const { root, mistakes } = parseJson(text ?? '{}');
    this.root = root;
    this.length = text?.length ?? 0;
    if (typeof content !== 'string') this.problemAt({ start: 0, end: 0 }, unusable(content));
    for (const { id, ...span } of mistakes) this.problemAt(span, message(id));
    if (root) this.checkKeys(root, []);
  }

  read(): ProjectFile {
    const json = this.checked(listsUnread, this.root ? jsonValue(this.root) : {}, []) ?? {};
    const nodes = this.nodes(json.nodes);
    const allowances = this.allowances(json.allowOverlaps);
    const memory = this.items('memory', json.memory, rangeSchema).flatMap(
      ({ item, index }) => this.range(item, ['memory', index]) ?? [],
    );
    const placeOf = (key: JSONPath) => this.place(key, 'key');
    const settings = this.settings(json);
    const problems = [...this.problems.values()].sort((a, b) => a.place.start - b.place.start);
    return { uri: this.uri, settings, memory, nodes, allowances, problems, placeOf };
  }

  /** A value without the parts that do not keep to the schema, which are reported; undefined where nothing is left. */
  private checked<Schema extends z.ZodType>(
    schema: Schema,
    value: unknown,
    outer: JSONPath,
  ): z.infer<Schema> | undefined {
    return leaveOutWrong(schema, value, ({ path: inner, kind }) => {
      const path = [...outer, ...inner];
      this.report(path, mistakeMessage(path, kind), kind === 'name' || kind === 'unknown' ? 'key' : 'value');
    });
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
    const { osid, name, role } = node;
    const addressOf = (key: 'kernelTextStart' | 'memMin' | 'memMax') => {
      const text = node[key];
      return text === undefined ? undefined : parseAddress(text);
    };
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
      kernelTextStart: addressOf('kernelTextStart'),
      memMin: addressOf('memMin'),
      memMax: addressOf('memMax'),
      index,
      place: (key) => this.place(key === undefined ? ['nodes', index] : ['nodes', index, key]),
    };
  }

  private allowances(list: readonly unknown[] | undefined): readonly Allowance[] {
    // An unknown key may be a misspelt `regions`, and an entry without them allows more than is meant.
    const isMeant = (list ?? []).map((entry) =>
      Object.keys(entry ?? {}).every((key) => Object.hasOwn(allowanceSchema.shape, key)),
    );
    return this.items('allowOverlaps', list, allowanceSchema)
      .filter(({ index }) => isMeant[index])
      .flatMap(({ item, index }) => this.allowance(item, index) ?? []);
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
    const isAbsolute = /^(?:\/|[A-Za-z]:|[A-Za-z][\w+.-]*:\/\/)/.test(slashed);
    const uri = isAbsolute ? undefined : withoutSlash(childOf(parentOf(this.uri), slashed));
    if (uri !== undefined && this.folders.some((folder) => relativePath(folder, uri) !== undefined))
      return uri;
    this.report(at, message(isAbsolute ? 'project.absolute-path' : 'project.outside-workspace', { path }));
    return undefined;
  }

  /**
   * Keys that stand twice: JSON takes the last of several values (RFC 8259 4 leaves it open), and a person meant one of
   * them. And `__proto__`, which zod passes over where any key may stand.
   */
  private checkKeys(node: JsonNode, path: JSONPath): void {
    const seen = new Set<unknown>();
    for (const [index, child] of (node.children ?? []).entries()) {
      const [key, value] = child.type === 'property' ? (child.children ?? []) : [undefined, child];
      const name: unknown = key?.value;
      if (key && seen.has(name)) {
        this.problemAt(spanOf(key), message('project.duplicate-key', { key: String(name) }));
      } else if (key && name === '__proto__') {
        this.problemAt(spanOf(key), mistakeMessage([...path, name], 'unknown'));
      }
      seen.add(name);
      if (value) this.checkKeys(value, [...path, typeof name === 'string' ? name : index]);
    }
  }

  private report(path: JSONPath, text: Message, what: 'key' | 'value' = 'value'): void {
    if (this.problems.size < MOST_PROBLEMS) this.problemAt(this.place(path, what), text);
  }

  private problemAt(span: Pick<Place, 'start' | 'end'>, text: Message): void {
    if (this.problems.size >= MOST_PROBLEMS) return;
    this.problems.set(`${span.start} ${JSON.stringify(text)}`, { place: this.placeAt(span), message: text });
  }

  /** Where a path's value or key stands, else the nearest value around it that is there. */
  private place(path: JSONPath, what: 'key' | 'value' = 'value'): Place {
    for (let length = path.length; length >= 0; length--) {
      const node = nodeAt(this.root, path.slice(0, length));
      if (!node) continue;
      const key = what === 'key' && length === path.length ? node.parent?.children?.[0] : undefined;
      return this.placeAt(spanOf(key ?? node));
    }
    return this.placeAt({ start: 0, end: 0 });
  }

  /** jsonc-parser counts what a comment without an end closes one character too long. */
  private placeAt({ start, end }: Pick<Place, 'start' | 'end'>): Place {
    return { file: this.uri, start: Math.min(start, this.length), end: Math.min(end, this.length) };
  }
}

function spanOf({ offset, length }: JsonNode): Pick<Place, 'start' | 'end'> {
  return { start: offset, end: offset + length };
}

/** The file's schema with its lists left for later: a wrong item costs no other. */
const unread = z.array(z.unknown()).optional();
const listsUnread = projectSchema.extend({
  nodes: unread,
  allowOverlaps: unread,
  memory: unread,
});

/** What is wrong, and what is to stand there. */
function mistakeMessage(path: JSONPath, kind: Mistake['kind']): Message {
  const key = String(path.at(-1) ?? '');
  if (kind === 'name') return message('project.no-name', { text: key });
  if (kind === 'unknown') {
    return message('project.unknown-key', { key, keys: keysAt(path.slice(0, -1)).join(', ') });
  }
  const meaning = meaningOf(path);
  if (!meaning) return message('project.no-object');
  const values = { key: meaning.key, expected: meaning.text };
  if (kind === 'missing') return message('project.missing-key', values);
  return message(meaning.isRequired ? 'project.wrong-required' : 'project.wrong-value', values);
}

function definedOf<Value extends object>(
  value: Value,
): { [Key in keyof Value]?: Exclude<Value[Key], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as never;
}
