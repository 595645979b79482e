/** Each feature's answers on the fixtures beside this file, as text. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Locale, localeOf } from '../../server/src/messages';
import { DEFAULT_SETTINGS } from '../../server/src/project/settings';
import { codeActions } from '../../server/src/service/features/code-actions';
import { codeLenses } from '../../server/src/service/features/code-lens';
import { definition } from '../../server/src/service/features/definition';
import { diagnostics } from '../../server/src/service/features/diagnostics';
import { documentSymbols } from '../../server/src/service/features/document-symbols';
import { explainOverlaps } from '../../server/src/service/features/explain-overlaps';
import { hover } from '../../server/src/service/features/hover';
import { inlayHints } from '../../server/src/service/features/inlay-hints';
import { iomemDefinition } from '../../server/src/service/features/iomem/definition';
import { iomemLinks } from '../../server/src/service/features/iomem/document-links';
import { foldingRanges } from '../../server/src/service/features/iomem/folding-ranges';
import { iomemHover } from '../../server/src/service/features/iomem/hover';
import { createService } from '../../server/src/service/service';
import type { Snapshot } from '../../server/src/service/snapshot';
import { type Fixture, type Mark, parseFixture } from './fixture';
import { FOLDER, MemoryFiles, realParser, uriOf } from './memory-files';

const FIXTURES = join(import.meta.dirname, 'fixtures');
const parser = await realParser();
const WHOLE = { start: { line: 0, character: 0 }, end: { line: 1_000_000, character: 0 } };

async function snapshotOf({ files, settings, opened }: Fixture): Promise<Snapshot> {
  const service = createService({
    files: new MemoryFiles(files),
    parser,
    settings: { ...DEFAULT_SETTINGS, ...settings },
    folders: () => [FOLDER],
    log: (error) => {
      throw error;
    },
  });
  for (const [file, language] of opened) service.open(uriOf(file), 1, files.get(file) ?? '', language);
  const [project] = (await service.snapshot()).projects;
  if (!project) throw new Error('no project');
  return project;
}

/** What a feature answers, as a fixture has it: positions as `line:character`, both counted from 1. */
function answer(snapshot: Snapshot, fixture: Fixture, words: readonly string[]): string {
  const [feature, subject = '', language] = words;
  const locale = localeOf(language);
  const mark = fixture.marks.get(subject);
  switch (feature) {
    case 'hover':
      return hoverText(snapshot, expected(mark, subject), locale);
    case 'definition':
      return [definition, iomemDefinition]
        .flatMap((ask) => ask(snapshot, expected(mark, subject).file, expected(mark, subject).position))
        .map(({ uri, range }) => `${path(uri)}:${at(range.start)}`)
        .join('\n');
    case 'actions':
      return actionsText(snapshot, expected(mark, subject), locale);
    case 'hints':
      return inlayHints(snapshot, uriOf(subject), WHOLE, locale)
        .map(({ position, label }) => `${at(position)} ${label}`)
        .join('\n');
    case 'lenses':
      return codeLenses(snapshot, uriOf(subject), locale)
        .map(({ range, command }) => `${range.start.line + 1} ${command?.title}`)
        .join('\n');
    case 'symbols':
      return documentSymbols(snapshot, uriOf(subject))
        .flatMap((symbol) => [
          symbol,
          ...(symbol.children ?? []).map((child) => ({ ...child, name: `  ${child.name}` })),
        ])
        .map(({ name, detail, selectionRange }) =>
          `${name} ${at(selectionRange.start)} ${detail ?? ''}`.trimEnd(),
        )
        .join('\n');
    case 'folds':
      return (foldingRanges(snapshot, uriOf(subject)) ?? [])
        .map(({ startLine, endLine }) => `${startLine + 1}-${endLine + 1}`)
        .join('\n');
    case 'links':
      return iomemLinks(snapshot, uriOf(subject), locale)
        .map(({ range, target = '', tooltip }) => {
          const text = snapshot.document(uriOf(subject))?.getText(range);
          return `${at(range.start)} ${text} ${path(target)} ${tooltip}`;
        })
        .join('\n');
    case 'explain':
      return explainOverlaps([snapshot], locale);
    case 'diagnostics':
      return diagnosticsText(snapshot, locale);
    default:
      throw new Error(`no feature is called ${feature}`);
  }
}

function expected(mark: Mark | undefined, name: string): Mark {
  if (!mark) throw new Error(`no mark is called ${name}`);
  return mark;
}

function at({ line, character }: { readonly line: number; readonly character: number }): string {
  return `${line + 1}:${character + 1}`;
}

function path(uri: string): string {
  return uri.slice(FOLDER.length + 1);
}

function hoverText(snapshot: Snapshot, { file, position }: Mark, locale: Locale): string {
  const [found, ...others] = [hover, iomemHover].flatMap(
    (ask) => ask(snapshot, file, position, locale) ?? [],
  );
  if (others.length > 0) throw new Error('two answers');
  if (!found) return 'nothing';
  const { contents, range } = found;
  if (typeof contents !== 'object' || !('value' in contents)) throw new Error('not Markdown');
  const document = snapshot.document(file);
  // The folder's address says nothing here, and where links lead is what their text says.
  return `over ${JSON.stringify(document?.getText(range))}\n\n${contents.value.replaceAll(`${FOLDER}/`, '')}`;
}

function actionsText(snapshot: Snapshot, { file, position }: Mark, locale: Locale): string {
  const range = { start: position, end: position };
  return codeActions(snapshot, file, range, {}, { locale, versioned: true, createsFiles: true })
    .map(({ title, isPreferred, diagnostics: mended }) => {
      const codes = (mended ?? []).map(({ code }) => code).join(', ');
      return `${isPreferred ? '* ' : '- '}${title}${codes === '' ? '' : ` [${codes}]`}`;
    })
    .join('\n');
}

function diagnosticsText(snapshot: Snapshot, locale: Locale): string {
  return [...diagnostics(snapshot, { locale })]
    .flatMap(([uri, list]) =>
      list.flatMap(({ range, severity, code, message, relatedInformation }) => [
        `${path(uri)}:${at(range.start)}-${at(range.end)} ${severity} ${code}: ${message}`,
        ...(relatedInformation ?? []).map(
          (related) =>
            `  ${path(related.location.uri)}:${at(related.location.range.start)} ${related.message}`,
        ),
      ]),
    )
    .join('\n');
}

describe.each(readdirSync(FIXTURES).sort())('%s', async (name) => {
  const fixture = parseFixture(readFileSync(join(FIXTURES, name), 'utf8'));
  const snapshot = await snapshotOf(fixture);

  it.each(fixture.questions.map(({ words, answer: wanted }) => [words.join(' '), words, wanted] as const))(
    '%s',
    (_, words, wanted) => {
      expect(answer(snapshot, fixture, words)).toBe(wanted);
    },
  );
});
