/** From the files that a project file names for a node to what they show together. */
import type { Span } from '../../c/source';
import { virtualTextInElf } from '../../evidence/elf';
import { type EvidenceProblem, type Place, ramOf } from '../../evidence/evidence';
import { kernelTextOf } from '../../evidence/kernel-symbols';
import { kernelTextAt, kernelTextInIomem } from '../../evidence/kernel-text';
import { isUnreadable } from '../../project/files';
import type { NodeFacts } from '../../project/project-file';
import { EVIDENCE_KEYS, type EvidenceKey } from '../../project/project-schema';
import type { NamedImage } from '../placement/node-kernel';
import type { NodeKernel } from '../placement/place-kernel';
import type {
  EvidenceFault,
  EvidenceReadings,
  KernelText,
  MemoryReport,
  NodeEvidence,
  ReadEvidence,
} from './evidence';

/** The kernel that the project file names for the node, where its file can be read. */
export function namedImage(facts: NodeFacts, read: ReadEvidence): NamedImage | undefined {
  const file = facts.evidence.bzImage;
  const reading = file === undefined ? undefined : read('bzImage', file);
  const header = isUnreadable(reading) ? undefined : reading?.header;
  return file === undefined || !header ? undefined : { file, header };
}

/** @param kernel the node's, and where kexec puts it */
export function nodeEvidence(
  facts: NodeFacts,
  kernel: NodeKernel | undefined,
  read: ReadEvidence,
): NodeEvidence {
  const readings: Partial<EvidenceReadings> = {};
  const problems: EvidenceFault[] = [];
  for (const key of EVIDENCE_KEYS) {
    const file = facts.evidence[key];
    if (file === undefined) continue;
    const reading = read(key, file);
    if (!reading || isUnreadable(reading)) {
      const fault = reading ? { ...reading, code: 'unreadable' as const } : { code: 'absent' as const };
      problems.push({ place: facts.place(key), file, fault });
      continue;
    }
    Object.assign(readings, { [key]: reading });
    problems.push(...faultsIn(facts, key, file, reading.problems));
  }
  const kernelText = kernelTextFrom(facts, readings, kernel);
  if (!kernelText) problems.push(...whyNoText(facts, readings, problems));
  return { reports: reportsIn(facts, readings), kernelText, problems };
}

/** The formats whose files an editor shows, so that a fault has a line there; that of others stands at the key. */
const SHOWN: ReadonlySet<EvidenceKey> = new Set(['iomem', 'kexecOutput', 'kernelLog', 'firmwareMemmap']);

function faultsIn(
  facts: NodeFacts,
  key: EvidenceKey,
  file: string,
  problems: readonly EvidenceProblem[],
): readonly EvidenceFault[] {
  // A file of another format is full of malformed lines: the key is wrong, or the path.
  const whole = problems.find(({ code }) => code === 'nothing-recognized' || code === 'unprivileged');
  if (whole) return [{ place: facts.place(key), file, fault: whole }];
  return problems.map((fault) => {
    const place = SHOWN.has(key) ? spanIn(file, fault.place) : facts.place(key);
    return { place, file, fault };
  });
}

/** What is lacking where the kernel's files are named and its text is still not known. */
function whyNoText(
  facts: NodeFacts,
  readings: Partial<EvidenceReadings>,
  told: readonly EvidenceFault[],
): readonly EvidenceFault[] {
  const size = sizeFrom(facts, readings);
  if (size) return [{ ...size, fault: { code: 'no-start' } }];
  const { vmlinux, systemMap, bzImage } = facts.evidence;
  if (vmlinux === undefined && systemMap === undefined) {
    const key = facts.kernelTextStart === undefined ? 'bzImage' : 'kernelTextStart';
    if (key === 'bzImage' && !readings.bzImage?.header) return [];
    const place = facts.place(key);
    return [{ place, file: bzImage ?? place.file, fault: { code: 'start-alone' } }];
  }
  return (['vmlinux', 'systemMap'] as const).flatMap((key) => {
    const file = facts.evidence[key];
    const isTold = told.some((fault) => fault.file === file);
    return file === undefined || isTold
      ? []
      : [{ place: facts.place(key), file, fault: { code: 'no-size' } }];
  });
}

function reportsIn(facts: NodeFacts, readings: Partial<EvidenceReadings>): readonly MemoryReport[] {
  const { iomem, kexecOutput, kernelLog, firmwareMemmap } = readings;
  const found = [
    ['iomem', iomem, iomem?.entries],
    ['kexecOutput', kexecOutput, kexecOutput?.ranges],
    ['kernelLog', kernelLog, kernelLog?.ranges],
    ['firmwareMemmap', firmwareMemmap, firmwareMemmap?.ranges],
  ] as const;
  return found.flatMap(([key, reading, ranges]) => {
    const file = facts.evidence[key];
    const ram = ramOf(ranges ?? []);
    if (file === undefined || !reading || !ranges || ram.length === 0) return [];
    // An entry that is nested wrongly is read all the same; other problems cost what they are about.
    const complete = reading.problems.every(({ code }) => code === 'outside-parent');
    return [{ file, ranges, ram, complete }];
  });
}

function kernelTextFrom(
  facts: NodeFacts,
  readings: Partial<EvidenceReadings>,
  kernel: NodeKernel | undefined,
): KernelText | undefined {
  const seen = readings.iomem && kernelTextInIomem(readings.iomem);
  const dump = facts.evidence.iomem;
  if (seen && dump !== undefined) {
    return { range: seen.range, known: 'seen', file: dump, place: spanIn(dump, seen.place) };
  }
  const size = sizeFrom(facts, readings);
  if (!size) return undefined;
  const { kernelTextStart } = facts;
  const start = kernelTextStart ?? runsAt(kernel);
  if (start === undefined) return undefined;
  const range = kernelTextAt(start, size.virtual);
  const known = kernelTextStart === undefined ? 'computed' : 'configured';
  return {
    range,
    known,
    file: size.file,
    place: kernelTextStart === undefined ? size.place : facts.place('kernelTextStart'),
  };
}

/** The virtual addresses of the kernel's text, from its vmlinux or its System.map. */
function sizeFrom(facts: NodeFacts, { vmlinux, systemMap }: Partial<EvidenceReadings>) {
  const found = [
    ['vmlinux', vmlinux && virtualTextInElf(vmlinux)],
    ['systemMap', systemMap && kernelTextOf(systemMap.symbols)],
  ] as const;
  for (const [key, virtual] of found) {
    const file = facts.evidence[key];
    if (virtual && file !== undefined) return { virtual, file, place: facts.place(key) };
  }
  return undefined;
}

/** Where a kernel whose file is known begins to run. One that randomizes its address runs elsewhere. */
function runsAt(kernel: NodeKernel | undefined): bigint | undefined {
  if (kernel?.file === undefined || kernel.placement.kind !== 'placed') return undefined;
  return kernel.placement.runs.start;
}

/** In a copied folder the file that the place belongs to. */
export function spanIn(file: string, { start, end, path }: Place): Span {
  return { file: path === undefined ? file : `${file}/${path}`, start, end };
}
