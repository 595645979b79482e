/** A random source tree in the shape of a Kexec-Mint checkout. */
import fc from 'fast-check';
import { Declarations } from './declarations';
import { Expressions } from './expressions';
import { writeFunction } from './functions';
import { Program } from './program';
import { type CallableFunction, type Kind, Scope } from './scope';
import { StatementWriter } from './statement-writer';
import { statement } from './statements';
import { Tape } from './tape';

export interface Tree {
  /** Texts by path from the root. */
  readonly files: ReadonlyMap<string, string>;
  readonly main: string;
  readonly others: readonly string[];
  /** Calls the function that is run. */
  readonly entry: string;
  /** What to compare at the end: the name, and the expression that gcc prints for it. */
  readonly watched: readonly { readonly name: string; readonly access: string }[];
  /** What is read without ever having been given a value. */
  readonly uninitialized: readonly { readonly name: string; readonly osid: number }[];
}

interface Tapes {
  readonly layout: readonly number[];
  readonly header: readonly (readonly number[])[];
  readonly extra: readonly (readonly number[])[];
  readonly functions: readonly (readonly number[])[];
  readonly body: readonly (readonly number[])[];
}

const tape = (maxLength: number) =>
  fc.noBias(fc.array(fc.nat({ max: 0xffff }), { minLength: 0, maxLength, size: 'max' }));
const tapes = (count: number, length: number) =>
  fc.noBias(fc.array(tape(length), { minLength: 0, maxLength: count, size: 'max' }));

/** Whole trees; failures shrink to few and simple lines. Tapes are mostly longer than what is read of them. */
export const trees: fc.Arbitrary<Tree> = fc
  .record({
    layout: tape(80),
    header: tapes(16, 100),
    extra: tapes(5, 100),
    functions: tapes(4, 500),
    body: tapes(10, 300),
  })
  .map(buildTree);

/** Where the regions are kept. */
type RegionStyle = 'file' | 'header' | 'extern' | 'fields' | 'local';

const regionNames = [1, 2, 3].flatMap((n) => [`mint_region${n}_start`, `mint_region${n}_size`]);

function buildTree(tapes: Tapes): Tree {
  return new TreeBuilder(tapes).build();
}

class TreeBuilder {
  private readonly layout: Tape;
  private readonly scope = new Scope();
  private readonly program = new Program();
  private readonly files = new Map<string, string>();
  private readonly header: string[] = [];
  private readonly main: string[] = [];
  /** Definitions of what headers declare `extern`. */
  private readonly table: string[] = [];
  private readonly style: RegionStyle;
  private readonly standardHeaders: boolean;

  constructor(private readonly tapes: Tapes) {
    this.layout = new Tape(tapes.layout);
    const { layout } = this;
    this.style = layout.pick(['file', 'header', 'file', 'extern', 'fields', 'local', 'file', 'header']);
    this.standardHeaders = layout.chance(70);
    this.addTypes();
  }

  build(): Tree {
    const { layout, header, main } = this;
    const guard = layout.below(3);
    if (guard === 0) header.push('#ifndef MINT_H', '#define MINT_H');
    if (guard === 1) header.push('#pragma once');
    if (this.standardHeaders)
      header.push(
        '#include <stdint.h>',
        '#include <stddef.h>',
        '#include <limits.h>',
        '#include <stdbool.h>',
      );
    header.push(...(layout.chance(50) ? ['#ifndef OSID', '#define OSID 0', '#endif'] : []));
    this.extraHeader();
    for (const tape of this.tapes.header.slice(0, -3)) this.item(tape, header);
    this.memory();
    this.regions();
    for (const tape of this.tapes.header.slice(-3)) this.item(tape, header);
    if (guard === 0) header.push('#endif');
    this.files.set('kexec/mint.h', `${header.join('\n')}\n`);
    main.push('#include <stdio.h>', layout.pick(['#include "mint.h"', '#include "../kexec/mint.h"']));
    if (layout.chance(30)) main.push('#include "mint.h"');
    if (guard === 2) main.splice(2);
    main.push('');
    if (this.style === 'file') {
      main.push(...this.regionDefinitions(''));
      this.offerRegions(this.scope, '');
    }
    const functions = this.functions();
    const uninitialized = this.root(functions);
    this.files.set('kexec/firmware_memmap.c', `${main.join('\n')}\n`);
    for (const [path, text] of this.program.extraFiles) this.files.set(path, text);
    if (this.table.length > 0) {
      this.files.set('kexec/mint_table.c', `${['#include "mint.h"', '', ...this.table].join('\n')}\n`);
    }
    return {
      files: this.files,
      main: 'kexec/firmware_memmap.c',
      others: this.table.length > 0 ? ['kexec/mint_table.c'] : [],
      entry: 'get_firmware_memmap_ranges(0, 0)',
      watched: this.watched(),
      uninitialized,
    };
  }

  private addTypes(): void {
    const { scope, standardHeaders } = this;
    const add = (kind: Kind, texts: readonly string[]): void => {
      for (const text of texts) scope.types.push({ text, kind });
    };
    add('unsigned', ['unsigned long', 'unsigned long long', 'unsigned int', 'unsigned', 'long unsigned int']);
    add('signed', ['int', 'long', 'long long', 'signed', 'long int']);
    add('small', ['unsigned char', 'short', 'char', 'unsigned short int', '_Bool', 'signed char']);
    if (!standardHeaders) return;
    add('unsigned', ['uint64_t', 'uint32_t', 'size_t', 'uintptr_t']);
    add('signed', ['int64_t', 'int32_t', 'ptrdiff_t']);
    add('small', ['uint8_t', 'uint16_t', 'int16_t', 'bool']);
    const constant = (kind: Kind, ...texts: string[]): void => {
      for (const text of texts) scope.constants.push({ text, kind, inDirectives: false });
    };
    constant(
      'unsigned',
      'UINT_MAX',
      'ULONG_MAX',
      'UINT32_MAX',
      'SIZE_MAX',
      'UINT64_C(0x20000)',
      'ULLONG_MAX',
    );
    constant('small', 'CHAR_BIT', 'SCHAR_MIN', 'UINT8_MAX', 'true', 'CHAR_MIN');
    constant('signed', '(INT_MAX >> 3)', '(LONG_MIN / 8)', '(INT32_MIN / 16)');
  }

  private item(numbers: readonly number[], into: string[]): void {
    into.push(...new Declarations(new Tape(numbers), this.scope, this.program).item());
  }

  private extraHeader(): void {
    const { layout, tapes } = this;
    if (tapes.extra.length === 0) return;
    const lines = ['#pragma once'];
    if (this.standardHeaders)
      lines.push('#include <stdint.h>', '#include <stddef.h>', '#include <limits.h>', '#include <stdbool.h>');
    for (const numbers of tapes.extra) this.item(numbers, lines);
    const [path, spelled] = layout.pick([
      ['kexec/mint_types.h', ['#include "mint_types.h"']],
      ['include/mint/types.h', ['#include "../include/mint/types.h"']],
      ['include/mint/types.h', ['#include <mint/types.h>']],
      ['kexec/mint_types.h', ['#define MINT_TYPES "mint_types.h"', '#include MINT_TYPES']],
    ] as const);
    this.files.set(path, `${lines.join('\n')}\n`);
    this.header.push(...spelled);
  }

  /** mint_memory_start, mint_memory_size and mint_memory_region, each in one of the ways people write such values. */
  private memory(): void {
    const start = ['0x20000000 + OSID*0x18000000', '0x20000000UL + OSID * 0x18000000UL'] as const;
    this.memoryValue('mint_memory_start', this.layout.pick(start), 'unsigned');
    this.memoryValue('mint_memory_size', this.layout.pick(['0x20000000', '0x20000000UL']), 'unsigned');
    this.memoryValue('mint_memory_region', 'OSID', 'small');
  }

  private memoryValue(name: string, value: string, kind: Kind): void {
    const { layout, scope, header } = this;
    const type =
      kind === 'small'
        ? layout.pick(['int', 'unsigned'])
        : layout.pick(['unsigned long', 'unsigned long long']);
    const place = (fixed: boolean, ...lines: string[]): void => {
      header.push(...lines);
      scope.addPlace({ text: name, base: name, kind, fixed, bitField: false, type });
    };
    const constant = (inDirectives: boolean, line: string): void => {
      header.push(line);
      scope.constants.push({ text: name, kind: kind === 'small' ? kind : 'signed', inDirectives });
    };
    const define = (spelled: string): string => `static ${type} ${name} = ${spelled};`;
    layout.choose<void>([
      [3, () => place(false, define(value))],
      [3, () => constant(true, `#define ${name} ${value}`)],
      [1, () => place(true, `static const ${type} ${name} = ${value};`)],
      [1, () => constant(false, `enum { ${name} = ${value} };`)],
      [
        1,
        () => place(false, ...this.byConditional(define(value), define(`(${value})`), define(`+(${value})`))),
      ],
      [1, () => place(true, ...this.byTable(name, type, value))],
      [
        1,
        () => {
          this.table.push(`${type} ${name} = ${value};`);
          place(false, `extern ${type} ${name};`);
        },
      ],
    ]);
  }

  private byConditional(first: string, second: string, third: string): string[] {
    return ['#if OSID == 0', first, '#elif OSID == 1', second, '#else', third, '#endif'];
  }

  private byTable(name: string, type: string, value: string): string[] {
    const table = `static const ${type} ${name}s[] = { ${value}, ${value}, [2] = ${value} };`;
    return [table, `#define ${name} ${name}s[OSID]`];
  }

  private regionTypes: string[] = [];

  private regions(): void {
    const { layout, scope, header, style } = this;
    const common = layout.pick([
      'unsigned long',
      'unsigned long long',
      'unsigned long',
      'unsigned int',
      'long',
    ]);
    this.regionTypes = regionNames.map(() =>
      layout.chance(15) ? layout.pick(['unsigned', 'long long', 'int']) : common,
    );
    const prefix = style === 'fields' ? 'mint_map.' : '';
    if (style === 'header') header.push(...this.regionDefinitions('static '));
    if (style === 'extern') {
      header.push(...regionNames.map((name, index) => `extern ${this.regionTypes[index]} ${name};`));
      this.table.push(...this.regionDefinitions(''));
    }
    if (style === 'fields') {
      const fields = regionNames.map((name, index) => `\t${this.regionTypes[index]} ${name};`);
      header.push('static struct mint_map {', ...fields, '} mint_map;');
    }
    this.regionMacros(prefix);
    // Elsewhere they are declared after the headers.
    if (style !== 'local' && style !== 'file') this.offerRegions(scope, prefix);
  }

  private offerRegions(scope: Scope, prefix: string): void {
    scope.regionMacros = ['SET_REGION', 'SET_PAIR', 'REGION_START', 'ANY_START'];
    for (const [index, name] of regionNames.entries()) {
      const type = this.regionTypes[index] ?? 'unsigned long';
      const kind = type.startsWith('unsigned') ? 'unsigned' : 'signed';
      const base = prefix === '' ? name : 'mint_map';
      scope.addPlace({ text: prefix + name, base, kind, fixed: false, bitField: false, type });
    }
  }

  private regionDefinitions(storage: string): string[] {
    const expressions = new Expressions(this.layout, this.scope);
    return regionNames.map((name, index) => {
      const initial = this.layout.chance(40) ? ` = ${expressions.constant('unsigned', 1)}` : '';
      return `${storage}${this.regionTypes[index]} ${name}${initial};`;
    });
  }

  private regionMacros(prefix: string): void {
    this.header.push(
      `#define SET_REGION(n, s, z) do { ${prefix}mint_region##n##_start = (s); ${prefix}mint_region##n##_size = z; } while (0)`,
      `#define SET_PAIR(n, s, z) ${prefix}mint_region##n##_start = s; \\`,
      `\t${prefix}mint_region##n##_size = z`,
      `#define REGION_START(n) ${prefix}mint_region ## n ## _start`,
      '#define ANY_START(n) REGION_START(n)',
    );
  }

  private functions(): CallableFunction[] {
    const before = this.scope.functions.length;
    for (const numbers of this.tapes.functions) {
      const storage = numbers.length % 3 === 0 ? '' : 'static ';
      this.main.push(...writeFunction(new Tape(numbers), this.scope, this.program, storage), '');
    }
    return this.scope.functions.slice(before);
  }

  /** The function that is run; it calls what no other function calls, so that it alone is the root. */
  private root(functions: readonly CallableFunction[]): Tree['uninitialized'] {
    const { main, style, scope } = this;
    const body = scope.functionBody(false, undefined);
    const lines: string[] = [];
    if (style === 'local') {
      for (const [index, name] of regionNames.entries())
        lines.push(`\t${this.regionTypes[index]} ${name} = ${index};`);
      this.offerRegions(body, '');
    }
    lines.push(...this.listing(body));
    for (const numbers of this.tapes.body) {
      lines.push(...statement(new StatementWriter(new Tape(numbers), body, this.program, '\t'), 3));
    }
    const written = [...main, ...lines].join('\n');
    for (const callee of functions) lines.push(...this.callIfUnused(callee, written));
    // Conditionals may leave calls out; a function that nothing mentions would count as run by itself.
    const names = new Set(
      functions.map(({ name }) => /f_\d+/.exec(name)?.[0]).filter((name) => written.includes(`${name}(`)),
    );
    for (const name of names) lines.push(`\t(void)${name};`);
    const uninitialized = this.readUninitialized(lines);
    if (style === 'local') {
      lines.push(
        '#ifdef ORACLE',
        ...regionNames.map((name, n) => `\toracle_local[${n}] = ${name};`),
        '#endif',
      );
    }
    main.push('int get_firmware_memmap_ranges(void **range, int *ranges)', '{', ...lines, '\treturn 0;', '}');
    return uninitialized;
  }

  /** The lines of Mint's own listing, in part. */
  private listing(scope: Scope): string[] {
    const prefix = this.style === 'fields' ? 'mint_map.' : '';
    const lines = [
      `\t${prefix}mint_region1_start = (mint_memory_region % 5) * 0x20000;`,
      `\t${prefix}mint_region1_size = 0x20000;`,
      `\t${prefix}mint_region2_start = 0x8000000 + 0x8000000*(mint_memory_region % 5);`,
      `\t${prefix}mint_region2_size = 0x8000000;`,
      `\t${prefix}mint_region3_start = mint_memory_start;`,
      `\t${prefix}mint_region3_size = mint_memory_size - 0x8000000;`,
    ];
    scope.meter.spent += lines.length;
    return lines.filter(() => this.layout.chance(50));
  }

  private callIfUnused(callee: CallableFunction, written: string): string[] {
    const name = /\w+/.exec(callee.name)?.[0] ?? callee.name;
    const uses = written.match(new RegExp(`\\b${name}\\b`, 'g')) ?? [];
    const own = this.main.filter(
      (line) => new RegExp(`\\b${name}\\b`).test(line) && !line.startsWith('\t'),
    ).length;
    if (!/^f_\d+$/.test(callee.name) || uses.length > own) return [];
    const lines: string[] = [];
    const values = callee.parameters.map((parameter) => {
      if ('kind' in parameter) return '3';
      const object = this.program.name('z');
      if ('record' in parameter) {
        lines.push(`\t${parameter.record.type} ${object} = { 0 };`);
        return object;
      }
      lines.push(`\t${parameter.pointer} ${object} = 0;`);
      return `&${object}`;
    });
    return [...lines, `\t${callee.name}(${values.join(', ')});`];
  }

  private readUninitialized(lines: string[]): Tree['uninitialized'] {
    const { layout, style } = this;
    if (!layout.chance(5)) return [];
    const osid = layout.below(3);
    const prefix = style === 'fields' ? 'mint_map.' : '';
    lines.push('\tunsigned long unset;', `\tif (OSID == ${osid})`, '\t\tunset = 0x8000000;');
    lines.push(`\t${prefix}mint_region2_size = unset;`);
    return [0, 1, 2]
      .filter((each) => each !== osid)
      .map((each) => ({ name: 'mint_region2_size', osid: each }));
  }

  /** The regions, and every object of file scope that is no array, pointer or structure. */
  private watched(): Tree['watched'] {
    const prefix = this.style === 'fields' ? 'mint_map.' : '';
    const regions = regionNames.map((name, index) => ({
      name,
      access: this.style === 'local' ? `oracle_local[${index}]` : prefix + name,
    }));
    const objects = this.scope.places.filter(({ text }) => /^(g_\d+|mint_memory_\w+)$/.test(text));
    return [...regions, ...objects.map(({ text }) => ({ name: text, access: text }))];
  }
}
