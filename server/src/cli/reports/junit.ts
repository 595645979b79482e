/** Findings as test results: each rule is a test, and each of its findings a failure. */
import type { Finding } from '../../memmap/finding';
import { RULE_NAMES } from '../../memmap/rule-names';
import { render } from '../../messages';
import { element, type Markup } from '../../picture/markup';
import type { Wording } from '../wording';
import { position } from './places';
import type { Reporter } from './report';
import { findingLines } from './text';

interface Told {
  readonly finding: Finding;
  readonly wording: Wording;
}

const SUITE = 'kexec-mint';

/** Errors and warnings fail; what else is found stands in the output of a test that passes. */
export const junitReport: Reporter = (projects) => {
  const told = projects.flatMap((wording) => wording.findings.map((finding) => ({ finding, wording })));
  const names = [...new Set([...RULE_NAMES, ...told.map(({ finding }) => finding.rule)])];
  const cases = names.flatMap((rule) => {
    const own = told.filter(({ finding }) => finding.rule === rule);
    return own.length === 0 ? [testCase(rule, rule)] : own.map((one) => caseOf(one));
  });
  const failures = told.filter(({ finding }) => isFailure(finding)).length;
  const counts = { tests: `${cases.length}`, failures: `${failures}`, errors: '0', skipped: '0' };
  const suite = element('testsuite', { name: SUITE, ...counts }, ...cases);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element('testsuites', { name: SUITE, ...counts }, suite).xml}`;
};

function isFailure({ severity }: Finding): boolean {
  return severity === 'error' || severity === 'warning';
}

function caseOf({ finding, wording }: Told): Markup {
  const { rule, severity, place, nodes } = finding;
  const lines = findingLines(finding, wording).join('\n');
  const message = render(finding.message, wording.locale, wording.paths.place);
  const outcome = isFailure(finding)
    ? element('failure', { message, type: severity }, lines)
    : element('system-out', {}, lines);
  // Two findings may stand at one place, and some readers keep but one test of a name.
  const name = `${position(place, wording)} [${nodes.join(', ')}]`;
  return testCase(rule, name, wording.paths.of(place.file), outcome);
}

function testCase(rule: string, name: string, file?: string, ...outcome: readonly Markup[]): Markup {
  return element('testcase', { classname: `${SUITE}.${rule}`, name, file }, ...outcome);
}
