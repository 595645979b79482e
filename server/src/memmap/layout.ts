/** The layout: every region of every OS node, as the sources have it. */
import type { Evaluation, MemberAssignment, Watched } from '../c/evaluation';
import type { Span } from '../c/source';
import type { Message } from '../messages';
import type { NodeFacts } from '../project/project-file';
import type { SourceTree } from '../project/tree';
import type { AddressRange } from '../range';
import type { NodeEvidence } from './observed/evidence';
import type { NodeKernel } from './placement/place-kernel';

export interface Layout {
  readonly window: AddressRange;
  /** In order of OSID. */
  readonly nodes: readonly LayoutNode[];
  /** One tree serves every OSID, or each node has its own. */
  readonly shared: boolean;
  /** Trees of the project that no node is booted from, as the project file names another for their OSID. */
  readonly unused: readonly UnusedTree[];
  /** Memory of other nodes that a node recognizes and does not take as RAM; in order of watcher, watched node and start. */
  readonly watches: readonly Watch[];
}

/** A node recognizes RAM of another one as memory of another type: it may read it, and allocates nothing there. */
export interface Watch {
  readonly watcher: LayoutNode;
  readonly watched: LayoutNode;
  readonly range: AddressRange;
}

/** A tree that claims an OSID for which the project file names another. */
export interface UnusedTree {
  readonly tree: SourceTree;
  readonly osid: number;
}

/** An OS node: one running Linux and the memory its tree gives it. */
export interface LayoutNode {
  readonly osid: number;
  readonly tree: SourceTree;
  /** In order of their numbers. */
  readonly regions: readonly Region[];
  /** What its kernel is told about. */
  readonly memory: NodeMemory;
  /** Where kexec puts its kernel; undefined where some of its RAM is not known. */
  readonly kernel: NodeKernel | undefined;
  readonly evaluation: Evaluation;
  readonly osidFrom: OsidSource;
  /** What the project file says of it. */
  readonly facts: NodeFacts | undefined;
  /** What the node's machine and its kernel's files show. */
  readonly evidence: NodeEvidence;
}

/** The memory map that a node's kernel gets, as far as its tree makes it: what firmware reports comes on top. */
export type NodeMemory =
  /** What get_firmware_memmap_ranges() leaves in its table, in its order. */
  | {
      readonly from: 'table';
      readonly ranges: readonly MemoryRange[];
      /** How many entries it says there are, those that hold nothing included. */
      readonly count: bigint;
      /** How many it has room for. */
      readonly room: number;
    }
  /** That table is not known, for the reason given: each region whose range is known stands in. */
  | {
      readonly from: 'regions';
      readonly ranges: readonly MemoryRange[];
      readonly why: Message;
      /** There is a table, so that it is worth telling people why it is not known; trees without one are all regions. */
      readonly isTold: boolean;
    };

/** The words of kexec's RANGE_… types; the number where it has none. */
export type MemoryType = 'ram' | 'reserved' | 'acpi' | 'acpi-nvs' | 'uncached' | 'pmem' | number;

export interface MemoryRange {
  readonly range: AddressRange;
  readonly type: MemoryType;
  /** The region that it is made of: the one of the same range, or of one that ends a byte before it. */
  readonly region: Region | undefined;
  /** What wrote it to the table; undefined where regions stand in. */
  readonly entry: TableEntry | undefined;
}

/** An entry of the table, and where it came from as far as values tell: sorting moves entries. */
export interface TableEntry {
  /** From 0. */
  readonly index: number;
  readonly start: MemberAssignment | undefined;
  /** Of the inclusive end. */
  readonly end: MemberAssignment | undefined;
  readonly type: MemberAssignment | undefined;
  /** Places in other code of the tree that may make it another one at run time. */
  readonly unlessChangedAt: readonly Span[];
}

/** What says which OS node a tree is for. */
export type OsidSource =
  /** One tree serves every OSID. */
  | { readonly kind: 'shared' }
  /** The tree defines its OSID, or the number of its memory region. */
  | { readonly kind: 'definition'; readonly name: string; readonly place: Span | undefined }
  /** The number that ends the folder's name. */
  | { readonly kind: 'folder' }
  /** The project file; the tree may define an OSID too. */
  | { readonly kind: 'project'; readonly place: Span; readonly own: OwnOsid | undefined }
  /** Nothing: the lowest number that no other tree has. */
  | { readonly kind: 'free' };

/** What a tree itself defines as its OSID. */
export interface OwnOsid {
  readonly osid: number;
  readonly name: string;
  readonly place: Span | undefined;
}

/** One start/size pair, such as `mint_region3_start` and `mint_region3_size`. */
export interface Region {
  /** `region3` */
  readonly name: string;
  readonly number: number;
  /** `reserved`: the tree gives it another type than RAM, so that the node may read it and allocates nothing there. */
  readonly kind: 'ram' | 'reserved';
  readonly start: Quantity;
  readonly size: Quantity;
  /** Exclusive; undefined where start or size is unknown, or the sum does not fit in 64 bits. */
  readonly end: bigint | undefined;
  /** Defined where start and size are known, the size is above zero and the end does not wrap. */
  readonly range: AddressRange | undefined;
  /** Why start, size or end is unknown. */
  readonly unknown: Message | undefined;
}

/** A region's start or size. */
export interface Quantity {
  /** `mint_region3_start` */
  readonly variable: string;
  /** The value where it is known and the same on all paths, as an unsigned 64-bit address or size in bytes. */
  readonly value: bigint | undefined;
  /** Undefined where the program has no such name. */
  readonly watched: Watched | undefined;
}

/** The region that divides the window between the nodes: of those that are RAM the one with the highest number. */
export function windowRegion(node: Pick<LayoutNode, 'regions'>): Region | undefined {
  return node.regions.findLast(({ kind }) => kind === 'ram');
}

/** Whether the same tree serves further nodes of the layout. */
export function sharesTree(layout: Layout, node: LayoutNode): boolean {
  return layout.nodes.some((other) => other !== node && other.tree.root === node.tree.root);
}

/** A region's start and size, in this order. */
export function quantitiesOf(region: Region): readonly [Quantity, Quantity] {
  return [region.start, region.size];
}

/** Whether all memory of the node is known: a table tells all of it, whatever the variables of regions hold. */
export function isAllKnown({ memory, regions }: Pick<LayoutNode, 'memory' | 'regions'>): boolean {
  return memory.from === 'table' || regions.every(({ unknown }) => unknown === undefined);
}

/** Whether regions stand in for a table that is there and is not known. */
export function isByRegions({ memory }: Pick<LayoutNode, 'memory'>): boolean {
  return memory.from === 'regions' && memory.isTold;
}
