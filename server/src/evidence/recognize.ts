/** A text that some machine printed, taken for what it shows most ranges as. */
import type { EvidenceFormat, EvidenceProblem, ReportedRange } from './evidence';
import { type IomemEntry, readIomem } from './iomem';
import { readKernelLog } from './kernel-log';
import { kernelTextInIomem } from './kernel-text';
import { readKexecOutput } from './kexec-output';

export interface RecognizedText {
  /** `undefined`: it shows no range at all. */
  readonly format: EvidenceFormat | undefined;
  readonly ranges: readonly ReportedRange[];
  readonly problems: readonly EvidenceProblem[];
  /** Where the kernel's text lies, as far as the text shows it. */
  readonly kernelText?: IomemEntry | undefined;
  /** It was read without the privilege to see addresses. */
  readonly unprivileged: boolean;
}

export function recognizeText(text: string): RecognizedText {
  const iomem = readIomem(text);
  const kernelText = kernelTextInIomem(iomem);
  const readings = [
    { ...iomem, format: 'iomem', ranges: iomem.entries, kernelText },
    { ...readKexecOutput(text), format: 'kexec-output' },
    { ...readKernelLog(text), format: 'kernel-log' },
  ] as const;
  const best = readings.reduce((a, b) => (b.ranges.length > a.ranges.length ? b : a));
  const { unprivileged } = iomem;
  if (best.ranges.length > 0) return { ...best, unprivileged: false };
  return { format: undefined, ranges: [], problems: [], unprivileged };
}
