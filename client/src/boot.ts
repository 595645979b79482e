/** Boots OS nodes of the workspace in QEMU and shows how the map compares: the command line does the work. */
import {
  commands,
  Disposable,
  type ExtensionContext,
  ProgressLocation,
  type QuickPickItem,
  window,
  workspace,
} from 'vscode';
import { BOOT_COMMAND, OPEN_MAP_COMMAND } from '../../server/src/protocol';
import { BootLog } from './boot-log';
import { type CommandLine, commandLine, type Ended } from './command-line';
import type { Pages } from './pages';
import { text } from './texts';

const SETTINGS = 'kexecMint.boot';
/** Where processes can be started, and so nodes be booted; the palette asks. */
const CAN_BOOT = 'kexecMint.canBoot';
/** Behind the link beside the progress. */
const SHOW_LOG_COMMAND = 'kexecMint.showBootLog';
/** Exit codes of the command line: all agree, something differs. */
const SHOWN: ReadonlySet<number | null> = new Set([0, 1]);

/** The command, and what it needs for as long as the extension is there. */
export function registerBoot(context: ExtensionContext, pages: Pages): Disposable {
  const log = new BootLog(pages);
  const cli = commandLine(context.asAbsolutePath('dist/command-line.js'));
  const isOnDisk = workspace.workspaceFolders?.every(({ uri }) => uri.scheme === 'file') ?? true;
  const canBoot = process.platform === 'linux' && process.arch === 'x64' && isOnDisk;
  void commands.executeCommand('setContext', CAN_BOOT, canBoot);
  const run = () => bootLayout({ cli, log, pages });
  return Disposable.from(
    log,
    commands.registerCommand(BOOT_COMMAND, run),
    commands.registerCommand(SHOW_LOG_COMMAND, () => log.show()),
  );
}

interface Surroundings {
  readonly cli: CommandLine;
  readonly log: BootLog;
  readonly pages: Pages;
}

async function bootLayout({ cli, log, pages }: Surroundings): Promise<void> {
  // It builds and runs what is in the workspace.
  if (!workspace.isTrusted) {
    await window.showWarningMessage(text('client.boot.untrusted'));
    return;
  }
  const folder = await pickFolder();
  if (folder === undefined) return;
  const choice = await pickNodes(folder, cli);
  if (!choice || !(await confirmed())) return;
  if (!(await workspace.saveAll())) return;
  log.clear();
  const words = ['boot', folder, '--format', 'markdown', '--verbose', ...settings(), ...choice];
  const ended = await window.withProgress(
    { location: ProgressLocation.Notification, title: progressTitle(), cancellable: true },
    (progress, token) =>
      cli(words, token, (line) => {
        log.append(line);
        if (!line.startsWith('| ')) progress.report({ message: line });
      }),
  );
  await show(ended, log, pages);
}

/** With a link to what is printed meanwhile. */
function progressTitle(): string {
  return text('client.boot.progress', {
    log: `[${text('client.boot.show-log')}](command:${SHOW_LOG_COMMAND})`,
  });
}

async function pickFolder(): Promise<string | undefined> {
  const folders = workspace.workspaceFolders ?? [];
  if (folders.length > 1) return (await window.showWorkspaceFolderPick())?.uri.fsPath;
  if (folders.length === 0) await window.showInformationMessage(text('client.project.no-folder'));
  return folders[0]?.uri.fsPath;
}

interface Choice extends QuickPickItem {
  readonly words: readonly string[];
}

/** The words of the command line that say which nodes, and whether the others' memory is written over. */
async function pickNodes(folder: string, cli: CommandLine): Promise<readonly string[] | undefined> {
  const map = await cli(['map', folder, '--format', 'json']);
  if (map.code !== 0) {
    await window.showErrorMessage(map.said);
    return undefined;
  }
  const { nodes }: { nodes: readonly { osid: number; source: string }[] } = JSON.parse(map.out);
  const items: readonly Choice[] = [
    { label: text('client.boot.all'), words: ['--all'] },
    ...nodes.map(({ osid, source }) => ({
      label: text('client.boot.node', { osid }),
      description: source,
      words: ['--node', `${osid}`],
    })),
  ];
  const title = text('client.boot.title');
  const which = await window.showQuickPick(items, { title, placeHolder: text('client.boot.which') });
  const ways: readonly Choice[] = [
    { label: text('client.boot.compare'), words: [] },
    {
      label: text('client.boot.overwrite'),
      detail: text('client.boot.overwrite.detail'),
      words: ['--overwrite', 'other-nodes'],
    },
  ];
  const way = which && (await window.showQuickPick(ways, { title, placeHolder: text('client.boot.how') }));
  return way && [...which.words, ...way.words];
}

async function confirmed(): Promise<boolean> {
  const boot = text('client.boot.confirm.yes');
  const detail = text('client.boot.confirm.detail');
  const options = { modal: true, detail };
  return (await window.showWarningMessage(text('client.boot.confirm'), options, boot)) === boot;
}

function settings(): readonly string[] {
  const own = workspace.getConfiguration(SETTINGS);
  const option = (name: string, value: string | undefined) => (value ? [name, value] : []);
  return [
    ...option('--kernel', own.get<string>('kernel')),
    ...option('--kexec-source', own.get<string>('kexecSource')),
  ];
}

async function show({ code, out, said }: Ended, log: BootLog, pages: Pages): Promise<void> {
  const openLog = text('client.boot.show-log');
  if (SHOWN.has(code)) {
    await commands.executeCommand(OPEN_MAP_COMMAND);
    await pages.showBelowCode(text('client.boot.page'), out);
    const answer = await (code === 0
      ? window.showInformationMessage(text('client.boot.agree'), openLog)
      : window.showWarningMessage(text('client.boot.differ'), openLog));
    if (answer === openLog) await log.show();
    return;
  }
  // Cancelled: whoever did so knows.
  if (said === '') return;
  const openSettings = text('client.boot.settings');
  const answer = await window.showErrorMessage(said, openLog, openSettings);
  if (answer === openLog) await log.show();
  if (answer === openSettings) await commands.executeCommand('workbench.action.openSettings', SETTINGS);
}
