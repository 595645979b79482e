/**
 * npm test: installs what is missing, checks types and style, builds, runs every test, and ends with the line
 * `N passed, N failed, N skipped`. A check or build that fails counts as one failure.
 *
 * It runs on a machine that has Node and npm and nothing else, so only Node's own modules are imported.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureDependencies } from './lib/dependencies.mjs';
import { main } from './lib/messages.mjs';
import { ROOT } from './lib/paths.mjs';
import { add, ofMocha, ofStep, ofVitest, summary } from './lib/reports.mjs';
import { node } from './lib/run.mjs';
import { ensureSystemPackages } from './lib/system-packages.mjs';

const bin = (...path) => join(ROOT, 'node_modules', ...path);
/** Run in a browser, with other types. */
const WEB = join(ROOT, 'tsconfig.web.json');
const PAGE = join(ROOT, 'client', 'src', 'map', 'page');
const script = (name) => join(ROOT, 'scripts', name);

main(async () => {
  await ensureDependencies();
  await ensureSystemPackages();
  const reports = await mkdtemp(join(tmpdir(), 'kexec-mint-reports-'));
  try {
    const totals = add(await runAll(reports));
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
    await vitest('tests', join(reports, 'tests.json'), []),
    await vitest('boot', join(reports, 'boot.json'), ['--config', 'test/boot/vitest.config.mts']),
    await editorTests(join(reports, 'editor.json')),
    await vitest('rendering', join(reports, 'rendering.json'), [
      '--config',
      'test/rendering/vitest.config.mts',
    ]),
  ];
}

function step(name, file, args) {
  console.log(`\n== ${name}`);
  return node(file, args);
}

async function vitest(name, report, args) {
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  return ofVitest(report, await step(name, bin('vitest', 'vitest.mjs'), ['run', ...args, ...reporters]));
}

async function editorTests(report) {
  return ofMocha(report, await step('editor', script('test-editor.mjs'), [report]));
}
