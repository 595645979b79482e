/** Diagnostics: the findings of all trees, file by file, also for files that are not open. */
import type { Diagnostic, DiagnosticSeverity } from 'vscode-languageserver-types';
import { groupBy } from '../../group-by';
import type { Finding } from '../../memmap/finding';
import { type Locale, render } from '../../messages';
import { locationOf, placeText, rangeOf } from '../positions';
import type { Snapshot } from '../snapshot';

const SEVERITIES: Readonly<Record<Finding['severity'], DiagnosticSeverity>> = {
  error: 1,
  warning: 2,
  information: 3,
  hint: 4,
};

/** The manual of the rules by language; its sections are the rules' names in each. */
const MANUALS: Readonly<Record<Locale, string>> = { en: 'rules.md', ja: 'rules.ja.md' };

export interface DiagnosticOptions {
  readonly locale: Locale;
  /** Folder of the documentation on the web, without a trailing slash; rules are linked where it is known. */
  readonly documentation?: string;
}

/** The diagnostics of each file that has any. */
export function diagnostics(
  snapshot: Snapshot,
  options: DiagnosticOptions,
): ReadonlyMap<string, readonly Diagnostic[]> {
  const files = groupBy(snapshot.findings, (finding) => finding.place.file);
  return new Map(
    [...files].map(([file, findings]) => [
      file,
      findings.map((finding) => diagnosticOf(snapshot, finding, options)),
    ]),
  );
}

export function diagnosticOf(
  snapshot: Snapshot,
  finding: Finding,
  { locale, documentation }: DiagnosticOptions,
): Diagnostic {
  const place = placeText(snapshot);
  const link =
    documentation === undefined ? undefined : `${documentation}/${MANUALS[locale]}#${finding.rule}`;
  return {
    range: rangeOf(snapshot, finding.place),
    severity: SEVERITIES[finding.severity],
    code: finding.rule,
    ...(link === undefined ? {} : { codeDescription: { href: link } }),
    source: 'kexec-mint',
    message: render(finding.message, locale, place),
    relatedInformation: finding.related.map((related) => ({
      location: locationOf(snapshot, related.place),
      message: render(related.message, locale, place),
    })),
  };
}
