/** Readings as short texts that a test can compare at a glance. */
import type { EvidenceProblem, ReportedRange } from '../../server/src/evidence/evidence';
import { formatRange } from '../../server/src/range';

/** `0x20000000–0x38000000 ram System RAM` for each range. */
export function show(ranges: readonly ReportedRange[]): string[] {
  return ranges.map(({ range, kind, name }) => `${formatRange(range)} ${kind} ${name}`);
}

/** `malformed-line@3 {"text":"…"}`: the code, the line from 0 and the arguments. */
export function showProblems(problems: readonly EvidenceProblem[]): string[] {
  return problems.map(({ code, place, args }) => {
    const at = place.line === undefined ? '' : `@${place.line}`;
    return `${code}${at}${Object.keys(args).length > 0 ? ` ${JSON.stringify(args)}` : ''}`;
  });
}

/** The text at each range's place, which must hold the addresses as the report prints them. */
export function printed(text: string, ranges: readonly ReportedRange[]): string[] {
  return ranges.map(({ place }) => text.slice(place.start, place.end));
}
