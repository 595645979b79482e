/** `check`: what is wrong. */
import { URI } from 'vscode-uri';
import type { Finding } from '../../memmap/finding';
import { RULE_NAMES } from '../../memmap/rule-names';
import { message, render } from '../../messages';
import { HAS_ERRORS, OK } from '../host';
import { FORMATS, FROM_CURRENT_FOLDER, REPORTERS } from '../reports';
import { wordingsOf } from '../wording';
import { command } from '../words/command';
import { defaulted, optional, repeated } from '../words/options';
import { COUNT, oneOf } from '../words/values';
import { reportOn, settingOf, TREES, WATCH } from './trees';

/** The gravest first. */
const SEVERITIES = ['error', 'warning', 'information', 'hint'] as const;

interface Selection {
  readonly severity: Finding['severity'];
  /** Names; none: every rule. */
  readonly rules: readonly string[];
}

export const check = command({
  name: 'check',
  summary: 'cli.check',
  description: 'cli.check.description',
  operand: TREES,
  options: {
    format: defaulted('cli.check.format', oneOf(FORMATS), 'text'),
    severity: defaulted('cli.check.severity', oneOf(SEVERITIES), 'hint'),
    rule: repeated('cli.check.rule', oneOf(RULE_NAMES, {}, 'RULE')),
    'max-warnings': optional('cli.check.max-warnings', COUNT),
    watch: WATCH,
  },
  examples: [
    'check',
    'check --watch',
    'check --severity warning --max-warnings 0',
    'check --rule node-overlap --rule region-overlap',
    'check --format sarif > kexec-mint.sarif',
  ],
  exits: 'cli.exits.check',
  run: (call, host) =>
    reportOn(call, host, (folder) => {
      const { options, locale } = call;
      const { format, severity, rule: rules, 'max-warnings': most = Number.POSITIVE_INFINITY } = options;
      const root = FROM_CURRENT_FOLDER.has(format) ? URI.file(process.cwd()).toString() : folder.uri;
      const wordings = wordingsOf(folder, locale, root).map((wording) => ({
        ...wording,
        findings: wording.findings.filter((finding) => isSelected(finding, { severity, rules })),
      }));
      host.out(REPORTERS[format](wordings, settingOf(root, locale, host)));
      const told = wordings.flatMap(({ findings }) => findings);
      const warnings = told.filter((finding) => finding.severity === 'warning').length;
      if (warnings > most) host.err(render(message('cli.too-many-warnings', { warnings, most }), locale));
      const hasError = told.some((finding) => finding.severity === 'error');
      return hasError || warnings > most ? HAS_ERRORS : OK;
    }),
});

function isSelected(finding: Finding, { severity, rules }: Selection): boolean {
  const isGrave = SEVERITIES.indexOf(finding.severity) <= SEVERITIES.indexOf(severity);
  return isGrave && (rules.length === 0 || rules.includes(finding.rule));
}
