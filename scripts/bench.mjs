/**
 * npm run bench [-- --write]: measures this project's server beside clangd where that is installed, in one run, and
 * prints medians, 95th percentiles and ratios; `--write` puts the table into docs/performance.md and its twin.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { locale, main, text } from './lib/messages.mjs';
import { ROOT } from './lib/paths.mjs';
import { must } from './lib/run.mjs';

const PAGES = { en: 'performance.md', ja: 'performance.ja.md' };
/** What stands between these lines is the newest table. */
const TABLE = /(?<=<!-- table -->\n)[\s\S]*?(?=<!-- end of table -->)/;

/** Sources find what lies beside them by their own places, also once they are bundled. */
const ownPlaces = {
  name: 'own places',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]test[\\/].*\.ts$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      const contents = text
        .replaceAll('import.meta.dirname', JSON.stringify(dirname(path)))
        .replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path)));
      return { contents, loader: 'ts' };
    });
  },
};

main(async () => {
  const { values } = parseArgs({ options: { write: { type: 'boolean' } } });
  const folder = await mkdtemp(join(tmpdir(), 'kexec-mint-bench-'));
  try {
    await must(process.execPath, [join(ROOT, 'scripts', 'build.mjs'), '--minify']);
    const program = join(folder, 'bench.mjs');
    await build({
      entryPoints: [join(ROOT, 'test/bench/main.ts')],
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node20',
      outfile: program,
      logLevel: 'warning',
      plugins: [ownPlaces],
      // CommonJS packages in the bundle look for `require`.
      banner: {
        js: `import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(${JSON.stringify(join(ROOT, 'package.json'))});`,
      },
    });
    // For the extension host of an editor.
    const inEditor = join(folder, 'in-editor.cjs');
    await build({
      entryPoints: [join(ROOT, 'test/bench/in-editor.ts')],
      bundle: true,
      platform: 'node',
      outfile: inEditor,
      logLevel: 'warning',
      external: ['vscode'],
    });
    const report = join(folder, 'rows.json');
    await must(process.execPath, [program, ROOT, report, inEditor], { cwd: ROOT });
    const rows = JSON.parse(await readFile(report, 'utf8'));
    console.log(`\n${table(rows, locale)}`);
    if (values.write)
      for (const [language, name] of Object.entries(PAGES)) await write(name, table(rows, language));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

async function write(name, newest) {
  const page = join(ROOT, 'docs', name);
  await writeFile(page, (await readFile(page, 'utf8')).replace(TABLE, `\n${newest}\n\n`));
}

/** The rows as a table in Markdown; names of measures stand in code, as they are the same in every language. */
function table(rows, language) {
  const cells = rows.map(({ measure, ours, other = '–', ratio, goal, isMet }) => [
    `\`${measure}\``,
    ours,
    other,
    ratio === undefined ? '–' : ratio.toPrecision(3),
    goal,
    text(isMet === undefined ? 'bench.notJudged' : isMet ? 'bench.met' : 'bench.missed', {}, language),
  ]);
  const head = text('bench.head', {}, language).split(',');
  return [head, head.map(() => '---'), ...cells].map((line) => `| ${line.join(' | ')} |`).join('\n');
}
