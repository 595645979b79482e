/**
 * Document symbols: the regions with their starts and sizes, and the names that begin with `mint_`; the regions alone where
 * another server lists the names of C.
 */
import type { DocumentSymbol, Position, SymbolKind } from 'vscode-languageserver-types';
import type { Definition } from '../../c/evaluation';
import type { Span } from '../../c/source';
import { groupBy } from '../../group-by';
import { samePlace } from '../../memmap/places';
import { regionOfVariable } from '../../memmap/regions';
import { formatHex, formatRange } from '../../range';
import { rangeOf } from '../positions';
import { type Setting, settingsIn } from '../region-places';
import type { Snapshot } from '../snapshot';

const OBJECT: SymbolKind = 19;
const VARIABLE: SymbolKind = 13;
const CONSTANT: SymbolKind = 14;

export function documentSymbols(snapshot: Snapshot, file: string): readonly DocumentSymbol[] {
  if (!snapshot.isServed(file) || !snapshot.document(file)) return [];
  const { regionNames, cLanguageFeatures } = snapshot.settings;
  const set = settingSymbols(snapshot, file);
  if (cLanguageFeatures === 'off') return set.map((region) => ({ ...region, children: [] }));
  const definitions = definitionsIn(snapshot, file);
  const regions = [...set, ...declaredSymbols(snapshot, file, definitions)];
  const others = definitions
    .filter(({ name }) => name.startsWith('mint_') && !regionOfVariable(name, regionNames))
    .map((definition) => symbolOf(snapshot, definition));
  return [...regions, ...others].sort((a, b) => compare(a.range.start, b.range.start));
}

function definitionsIn(snapshot: Snapshot, file: string): readonly Definition[] {
  const found = snapshot
    .nodesReading(file)
    .flatMap((node) => [...node.evaluation.definitions.values()].flat())
    .filter(({ span }) => span.file === file);
  return [...groupBy(found, ({ span }) => span.start).values()].map(([first]) => first);
}

/** The regions that the file sets. */
function settingSymbols(snapshot: Snapshot, file: string): readonly DocumentSymbol[] {
  return [...groupBy(settingsIn(snapshot, file), ({ region }) => region)].map(([region, settings]) => {
    const places = [...groupBy(settings, ({ variable, place }) => `${variable} ${place.start}`).values()];
    const children = places.flatMap((group) => settingSymbol(snapshot, group));
    const ranges = snapshot.layout.nodes.flatMap(
      (node) => node.regions.find(({ name }) => name === region)?.range ?? [],
    );
    const [only, ...others] = new Set(ranges.map(formatRange));
    return parent(region, children, others.length === 0 ? only : undefined);
  });
}

function settingSymbol(snapshot: Snapshot, group: readonly Setting[]): readonly DocumentSymbol[] {
  const [first] = group;
  if (!first) return [];
  const values = new Set(
    group.map(({ value }) => (value.kind === 'known' ? formatHex(value.value) : undefined)),
  );
  const [only] = values.size === 1 ? values : [];
  const range = rangeOf(snapshot, first.place);
  const detail = only === undefined ? {} : { detail: only };
  return [{ name: first.variable, ...detail, kind: VARIABLE, range, selectionRange: range }];
}

/** The regions whose variables are declared here and set elsewhere. */
function declaredSymbols(
  snapshot: Snapshot,
  file: string,
  definitions: readonly Definition[],
): readonly DocumentSymbol[] {
  const { regionNames } = snapshot.settings;
  const set = settingsIn(snapshot, file).map(({ place }) => place);
  const isSet = (whole: Span) => set.some((place) => samePlace(place, whole) || holds(whole, place));
  const declared = definitions.filter(
    ({ name, whole }) => regionOfVariable(name, regionNames) && !isSet(whole),
  );
  return [...groupBy(declared, ({ name }) => regionOfVariable(name, regionNames)?.region ?? name)].map(
    ([region, parts]) =>
      parent(
        region,
        parts.map((definition) => symbolOf(snapshot, definition)),
        undefined,
      ),
  );
}

function holds(outer: Span, inner: Span): boolean {
  return outer.file === inner.file && outer.start <= inner.start && inner.end <= outer.end;
}

/** A parent's range reaches over its children's, as the protocol wants. */
function parent(name: string, children: DocumentSymbol[], detail: string | undefined): DocumentSymbol {
  const ranges = children.map((child) => child.range);
  const start = ranges.map((range) => range.start).reduce((a, b) => (compare(a, b) <= 0 ? a : b));
  const end = ranges.map((range) => range.end).reduce((a, b) => (compare(a, b) >= 0 ? a : b));
  const [first] = children;
  const selectionRange = first?.selectionRange ?? { start, end };
  const described = detail === undefined ? {} : { detail };
  return { name, ...described, kind: OBJECT, range: { start, end }, selectionRange, children };
}

function symbolOf(snapshot: Snapshot, { name, kind, span, whole }: Definition): DocumentSymbol {
  return {
    name,
    kind: kind === 'macro' || kind === 'enumerator' ? CONSTANT : VARIABLE,
    range: rangeOf(snapshot, whole),
    selectionRange: rangeOf(snapshot, span),
  };
}

function compare(a: Position, b: Position): number {
  return a.line - b.line || a.character - b.character;
}
