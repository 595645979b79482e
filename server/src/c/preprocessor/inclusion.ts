/** Source file inclusion (C17 6.10.2): what a name stands for, once-only files, cycles and limits. */
import type { Reason } from '../reason';
import type { Span } from '../source';
import { macrosOfHeader } from './built-in-macros';
import { Frame } from './frame';
import type { HeaderName } from './header-name';
import { type Lexed, tokenize } from './lexer';
import type { Unit } from './unit';

/** Files that may include each other before gcc gives up. */
const DEPTH_LIMIT = 200;
/** Inclusions in one translation unit; headers without a guard can include each other exponentially often. */
const INCLUSION_LIMIT = 10_000;

/** Why there is no text of the file. */
function absence(path: string, error: string | undefined): Reason {
  return error === undefined
    ? { code: 'missing-include', args: { path } }
    : { code: 'unreadable-file', args: { path, error } };
}

interface Found {
  readonly file: string;
  readonly text: string;
}

export class Inclusion {
  /** Files read, the main file first. */
  readonly files = new Set<string>();
  /** Files that the host has not loaded. */
  readonly missing = new Set<string>();
  private readonly once = new Set<string>();
  private readonly cyclic = new Set<string>();
  private readonly lexed = new Map<string, { readonly lexed: Lexed; readonly text: string }>();
  private count = 0;
  private readonly tokenize: (file: string, text: string) => Lexed;

  constructor(private readonly unit: Unit) {
    this.tokenize = unit.request.tokenize ?? tokenize;
  }

  /** Begins the main file. */
  begin(file: string): void {
    const text = this.unit.request.host.read(file);
    const place = { file, start: 0, end: 0 };
    if (typeof text === 'string') this.enter({ file, text }, undefined);
    else if (text === undefined) this.missing.add(file);
    else this.unit.report(absence(file, this.unit.request.host.errorOf?.(file)), place);
  }

  /** Carries out an `#include` at `place`; `next` is that of `#include_next`, which leaves the tree. */
  include(name: HeaderName, place: Span, next: boolean, once: boolean): void {
    const found = next ? undefined : this.find(name);
    if (found === 'not loaded') return;
    if (found) {
      if (!this.once.has(found.file)) this.enterWithinLimits(found, place);
      if (once) this.once.add(found.file);
      return;
    }
    const macros = macrosOfHeader(name.spelled, this.unit.request.dataModel);
    for (const macro of macros ?? [])
      if (!this.unit.pinned.has(macro.name)) this.unit.macros.set(macro.name, macro);
    if (!macros && !name.angled && !next) this.unit.report(absence(name.spelled, this.errorOf(name)), place);
  }

  /** `#pragma once`. */
  includeOnce(file: string): void {
    this.once.add(file);
  }

  /** `__has_include`: whether the tree or the standard headers known here have it. */
  exists(name: HeaderName, next: boolean): boolean {
    const found = next ? undefined : this.find(name);
    if (found !== undefined) return found !== 'not loaded';
    return macrosOfHeader(name.spelled, this.unit.request.dataModel) !== undefined;
  }

  private find({ spelled, angled }: HeaderName): Found | 'not loaded' | undefined {
    const { host } = this.unit.request;
    const from = this.unit.frame?.file ?? this.unit.request.file;
    for (const file of host.candidates(from, spelled, angled)) {
      const text = host.read(file);
      if (typeof text === 'string') return { file, text };
      if (text === undefined) {
        this.missing.add(file);
        return 'not loaded';
      }
    }
    return undefined;
  }

  /** Why the first file that the name stands for and that is there cannot be read. */
  private errorOf({ spelled, angled }: HeaderName): string | undefined {
    const { host, file } = this.unit.request;
    const from = this.unit.frame?.file ?? file;
    for (const candidate of host.candidates(from, spelled, angled)) {
      const error = host.errorOf?.(candidate);
      if (error !== undefined) return error;
    }
    return undefined;
  }

  private enterWithinLimits(found: Found, place: Span): void {
    const { unit } = this;
    const { file } = found;
    if (this.cyclic.has(file) && this.openFrames().some((frame) => frame.file === file)) return;
    if ((unit.frame?.depth ?? 0) + 1 < DEPTH_LIMIT && this.count < INCLUSION_LIMIT) {
      this.enter(found, place);
      return;
    }
    const first = this.firstRepeated(file);
    if (!first) {
      const limit = this.count < INCLUSION_LIMIT ? DEPTH_LIMIT : INCLUSION_LIMIT;
      unit.report({ code: 'include-depth-limit', args: { limit: String(limit) } }, place);
      return;
    }
    // The file includes itself without end: what its repetitions left is dropped, and the text goes on where the first began.
    this.cyclic.add(file);
    this.cyclic.add(first.file);
    unit.report({ code: 'include-cycle', args: { path: first.file } }, first.included ?? place);
    unit.output.length = first.outputBefore;
    unit.frame = first.parent;
  }

  /** The files being read, the main file first. */
  private openFrames(): Frame[] {
    const frames: Frame[] = [];
    for (let frame = this.unit.frame; frame; frame = frame.parent) frames.push(frame);
    return frames.reverse();
  }

  /** The outermost file being read that is being read a second time, where `file` is being read already. */
  private firstRepeated(file: string): Frame | undefined {
    const frames = this.openFrames();
    if (!frames.some((frame) => frame.file === file)) return undefined;
    const seen = new Set<string>();
    for (const frame of frames) {
      if (seen.has(frame.file)) return frame;
      seen.add(frame.file);
    }
    return undefined;
  }

  private enter({ file, text }: Found, place: Span | undefined): void {
    const { unit } = this;
    this.count++;
    this.files.add(file);
    let known = this.lexed.get(file);
    if (!known) {
      known = { text, lexed: this.tokenize(file, text) };
      this.lexed.set(file, known);
      for (const { reason, place: at } of known.lexed.problems) unit.report(reason, at);
    }
    unit.frame = new Frame(file, known.text, known.lexed.tokens, unit.frame, unit.output.length, place);
  }
}
