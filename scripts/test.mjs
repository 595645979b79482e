/**
 * npm test: installs what is missing, checks types and style, builds, runs every test, and ends with the line
 * `N passed, N failed, N skipped`. A check or build that fails counts as one failure. Files of rendering tests in
 * which something failed are run once more, as real editors meet a busy machine there, and what failed at first is said.
 *
 * It runs on a machine that has Node and npm and nothing else, so only Node's own modules are imported.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { ensureDependencies } from './lib/dependencies.mjs';
import { main } from './lib/messages.mjs';
import { ROOT } from './lib/paths.mjs';
import { add, failuresOf, ofMocha, ofStep, ofVitest, summary } from './lib/reports.mjs';
import { node } from './lib/run.mjs';
import { ensureSystemPackages } from './lib/system-packages.mjs';

const bin = (...path) => join(ROOT, 'node_modules', ...path);
/** Run in a browser, with other types. */
const WEB = join(ROOT, 'tsconfig.web.json');
const PAGE = join(ROOT, 'client', 'src', 'map', 'page');
const script = (name) => join(ROOT, 'scripts', name);

/** Tests that failed and were run once more, whatever came of it. */
const secondTries = [];

main(async () => {
  await ensureDependencies();
  await ensureSystemPackages();
  const reports = await mkdtemp(join(tmpdir(), 'kexec-mint-reports-'));
  try {
    const totals = add(await runAll(reports));
    for (const test of secondTries) console.log(`Failed at the first try: ${test}`);
    console.log(`\n${summary(totals)}`);
    return totals.failed === 0 ? 0 : 1;
  } finally {
    await rm(reports, { recursive: true, force: true });
  }
});

/** Every step in turn, each tried even when an earlier one has failed. */
async function runAll(reports) {
  return [
    ofStep(await step('types', bin('typescript', 'bin', 'tsc'), ['-p', ROOT])),
    ofStep(await step('types without Node', bin('typescript', 'bin', 'tsc'), ['-p', WEB])),
    ofStep(await step('types of the page', bin('typescript', 'bin', 'tsc'), ['-p', PAGE])),
    ofStep(await step('style', bin('@biomejs', 'biome', 'bin', 'biome'), ['check', ROOT])),
    ofStep(await step('build', script('build.mjs'), ['--tests'])),
    await vitest('tests', reports, []),
    await vitest('boot', reports, ['--config', 'test/boot/vitest.config.mts']),
    await editorTests(join(reports, 'editor.json')),
    await renderingTests(reports),
  ];
}

function step(name, file, args) {
  console.log(`\n== ${name}`);
  return node(file, args);
}

async function vitest(name, reports, args) {
  const report = join(reports, `${name}.json`);
  return ofVitest(report, await vitestStep(name, report, args));
}

async function renderingTests(reports) {
  const config = ['--config', 'test/rendering/vitest.config.mts'];
  const [first, second] = ['rendering.json', 'rendering-again.json'].map((name) => join(reports, name));
  const code = await vitestStep('rendering', first, config);
  const failures = failuresOf(first);
  if (failures.length === 0) return ofVitest(first, code);
  const files = failures.map(({ name }) => relative(ROOT, name));
  // A file that could not be loaded names no test.
  secondTries.push(...failures.flatMap(({ tests }, index) => (tests.length > 0 ? tests : files[index])));
  const title = `rendering, once more: ${files.join(', ')}`;
  return ofVitest(first, await vitestStep(title, second, [...config, ...files]), second);
}

function vitestStep(title, report, args) {
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  return step(title, bin('vitest', 'vitest.mjs'), ['run', ...args, ...reporters]);
}

async function editorTests(report) {
  return ofMocha(report, await step('editor', script('test-editor.mjs'), [report]));
}
