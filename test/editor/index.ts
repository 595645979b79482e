/** Runs the tests in the editor's extension host; the editor calls `run` and exits as it resolves or rejects. */
import type Mocha from 'mocha';

/** Where the report for machines goes. */
const REPORT = 'KEXEC_MINT_TEST_REPORT';

export async function run(): Promise<void> {
  const { default: MochaRunner } = await import('mocha');
  const { Spec, JSON: Report } = MochaRunner.reporters;
  const mocha = new MochaRunner({
    ui: 'bdd',
    timeout: 30_000,
    color: false,
    reporter: class {
      constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
        new Spec(runner, options);
        const output = process.env[REPORT];
        if (output) new Report(runner, { ...options, reporterOption: { output } } as Mocha.MochaOptions);
      }
    } as unknown as Mocha.ReporterConstructor,
  });
  // Gives the tests `describe` and `it`, as loading them by path would.
  mocha.suite.emit('pre-require', globalThis, 'index', mocha);
  await import('./activation.test');
  await import('./features.test');
  await import('./diagnostics.test');
  await import('./iomem.test');
  await import('./map.test');
  await import('./nodes.test');
  await import('./settings.test');
  await import('./project-file.test');
  await import('./boot.test');
  const failures = await new Promise<number>((resolve) => mocha.run(resolve));
  if (failures > 0) throw new Error(`${failures} editor tests failed.`);
}
