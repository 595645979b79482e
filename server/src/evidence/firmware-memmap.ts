/** Reads a copy of the folder /sys/firmware/memmap: entries 0, 1, … with the files `start`, `end` and `type`. */
import { type EvidenceProblem, kindOfWords, type Place, Problems, type ReportedRange } from './evidence';
import { excerpt, rangeOfHex } from './text';

export interface FirmwareMemmapReading {
  /** In the order of the entries' numbers. */
  readonly ranges: readonly ReportedRange[];
  readonly problems: readonly EvidenceProblem[];
}

const ATTRIBUTES = ['start', 'end', 'type'] as const;
const PATH = /(?:^|\/)(\d{1,6})\/(start|end|type)$/;
const ADDRESS = /^0x([0-9a-f]+)$/i;

interface Attribute {
  readonly path: string;
  readonly text: string;
}

/** `files` holds the text of each file by its path with `/`, relative to whatever folder was copied. */
export function readFirmwareMemmap(files: ReadonlyMap<string, string>): FirmwareMemmapReading {
  const problems = new Problems();
  const entries = new Map<number, Map<string, Attribute>>();
  for (const [path, text] of files) {
    const [, number = '', attribute = ''] = PATH.exec(path) ?? [];
    if (attribute === '') continue;
    const entry = entries.get(Number(number)) ?? new Map<string, Attribute>();
    entries.set(Number(number), entry.set(attribute, { path, text }));
  }
  const ranges = [...entries]
    .sort(([a], [b]) => a - b)
    .map(([, attributes]) => entryOf(attributes, problems))
    .filter((range) => range !== undefined);
  if (entries.size === 0)
    problems.add('nothing-recognized', { start: 0, end: 0 }, { format: 'firmware-memmap' });
  return { ranges, problems: problems.list() };
}

function entryOf(attributes: ReadonlyMap<string, Attribute>, problems: Problems): ReportedRange | undefined {
  const anyPath = [...attributes.values()][0]?.path ?? '';
  const missing = ATTRIBUTES.filter((attribute) => !attributes.get(attribute)?.text.trim());
  for (const attribute of missing) problems.add('missing-attribute', whole(anyPath, ''), { attribute });
  const start = address(attributes.get('start'), problems);
  const end = address(attributes.get('end'), problems);
  const type = attributes.get('type');
  if (missing.length > 0 || !start || !end || !type) return undefined;
  const range = rangeOfHex(start.digits, end.digits, 'inclusive', start.place, problems);
  const name = type.text.trim();
  return range && { range, kind: kindOfWords(name), name: excerpt(name), place: start.place };
}

/** The digits of an address; nothing is said of a file that is missing or empty. */
function address(attribute: Attribute | undefined, problems: Problems) {
  const text = attribute?.text.trim() ?? '';
  if (attribute === undefined || text === '') return undefined;
  const place = whole(attribute.path, attribute.text);
  const digits = ADDRESS.exec(text)?.[1];
  if (digits !== undefined) return { digits, place };
  problems.add('malformed-attribute', place, { text: excerpt(text) });
  return undefined;
}

function whole(path: string, text: string): Place {
  return { start: 0, end: text.length, line: 0, path };
}
