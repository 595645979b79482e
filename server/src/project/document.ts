/** Texts with lines, whose positions count characters as the client does: in UTF-8, UTF-16 or UTF-32 code units. */
import {
  type Position,
  type Range,
  TextDocument,
  type TextDocumentContentChangeEvent,
} from 'vscode-languageserver-textdocument';

export type PositionEncoding = 'utf-8' | 'utf-16' | 'utf-32';

/** How many units one character of a string (one code point) takes. */
const UNITS: Readonly<Record<PositionEncoding, (character: string) => number>> = {
  'utf-8': (character) => {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x80) return 1;
    if (code < 0x800) return 2;
    return code < 0x10000 ? 3 : 4;
  },
  'utf-16': (character) => character.length,
  'utf-32': () => 1,
};

/** Offsets are those of the string, in UTF-16 code units, whatever positions count. */
export function createDocument(
  uri: string,
  language: string,
  version: number,
  text: string,
  encoding: PositionEncoding,
): TextDocument {
  const document = TextDocument.create(uri, language, version, text);
  return encoding === 'utf-16' ? document : new EncodedDocument(document, UNITS[encoding]);
}

/** Each change applies to the text that the one before left. */
export function updateDocument(
  document: TextDocument,
  changes: TextDocumentContentChangeEvent[],
  version: number,
): TextDocument {
  return document instanceof EncodedDocument
    ? document.update(changes, version)
    : TextDocument.update(document, changes, version);
}

class EncodedDocument implements TextDocument {
  constructor(
    /** Counts in UTF-16. */
    private readonly inner: TextDocument,
    private readonly unitsOf: (character: string) => number,
  ) {}

  get uri(): string {
    return this.inner.uri;
  }

  get languageId(): string {
    return this.inner.languageId;
  }

  get version(): number {
    return this.inner.version;
  }

  get lineCount(): number {
    return this.inner.lineCount;
  }

  getLineRange(line: number): Range {
    const { start, end } = this.inner.getLineRange(line);
    return { start, end: this.positionAt(this.inner.offsetAt(end)) };
  }

  getEOLCharacters(line: number): string {
    return this.inner.getEOLCharacters(line);
  }

  getText(range?: Range): string {
    return this.inner.getText(range && this.inward(range));
  }

  positionAt(offset: number): Position {
    const { line, character } = this.inner.positionAt(offset);
    const before = this.lineText(line).slice(0, character);
    return { line, character: [...before].reduce((sum, each) => sum + this.unitsOf(each), 0) };
  }

  offsetAt(position: Position): number {
    return this.inner.offsetAt(this.inwardPosition(position));
  }

  update(changes: TextDocumentContentChangeEvent[], version: number): this {
    for (const change of changes) {
      const inward = 'range' in change ? { range: this.inward(change.range), text: change.text } : change;
      TextDocument.update(this.inner, [inward], this.version);
    }
    TextDocument.update(this.inner, [], version);
    return this;
  }

  private inward({ start, end }: Range): Range {
    return { start: this.inwardPosition(start), end: this.inwardPosition(end) };
  }

  /** In the middle of a character stands for its beginning; behind the line's end for the end. */
  private inwardPosition({ line, character }: Position): Position {
    let units = 0;
    let length = 0;
    for (const each of this.lineText(line)) {
      units += this.unitsOf(each);
      if (units > character) break;
      length += each.length;
    }
    return { line, character: length };
  }

  private lineText(line: number): string {
    return this.inner.getText(this.inner.getLineRange(line));
  }
}
