/** The words of a call: each command says all about itself, and a wrong call what was wrong and what is right. */
import { afterEach, describe, expect, it } from 'vitest';
import { COMMANDS } from '../../server/src/cli/commands';
import { TestClient } from '../protocol/client';
import { CLI, run, temporaryFolder } from './command-line';

const folder = temporaryFolder();

describe('help', () => {
  it('lists every command', () => {
    const { status, stdout } = run(['--help']);
    expect(status).toBe(0);
    for (const { name } of COMMANDS) expect(stdout).toMatch(new RegExp(`^  ${name} +\\S`, 'm'));
    expect(run(['help']).stdout).toBe(stdout);
    expect(run(['-h', '--lang', 'ja']).stdout).toContain('コマンド:');
  });

  it.each(COMMANDS)('of $name has all of its options, and an example of it', ({ name, options }) => {
    const { status, stdout } = run([name, '--help']);
    expect(status).toBe(0);
    expect(stdout).toMatch(new RegExp(`^Usage: kexec-mint ${name} `));
    for (const option of Object.keys(options)) expect(stdout).toMatch(new RegExp(`^  --${option} `, 'm'));
    expect(stdout).toMatch(new RegExp(`^  kexec-mint ${name}`, 'm'));
    expect(stdout).toContain('Exit code: 0');
    expect(run(['help', name]).stdout).toBe(stdout);
  });
});

it('the folder is by default the current one', () => {
  folder.sample('three-nodes');
  const { status, stdout } = run(['map', '--format=json'], { cwd: folder.path });
  expect(status).toBe(0);
  expect(JSON.parse(stdout).nodes).toHaveLength(3);
  expect(run(['map', folder.path, '--format', 'json']).stdout).toBe(stdout);
});

it('the words of earlier versions still count', () => {
  folder.sample('three-nodes');
  expect(run(['map', folder.path, '--format', 'text'])).toEqual(run(['map', folder.path]));
});

describe('a wrong call', () => {
  it.each([
    [[], 'Say what to do: map, check'],
    [['maps'], 'There is no command maps. Did you mean map?'],
    [['frobnicate'], 'There is no command frobnicate. There are map, check'],
    [['help', 'chek'], 'There is no command chek. Did you mean check?'],
    [['map', '--fromat', 'json'], 'There is no option --fromat. Did you mean --format?'],
    [['map', '--format', 'jsn'], 'map does not know --format jsn. Did you mean json? It knows table, json'],
    [['map', '.', 'elsewhere'], 'elsewhere is one word too many for map.'],
    [['boot'], 'boot needs DIR: the folder of the source trees.'],
    [['lsp'], 'lsp needs --stdio: speak on standard input and output.'],
    [['lsp', '--stdio', '.'], '. is one word too many for lsp.'],
    [['extend', '--node', '0', '--to', 'windw'], 'windw is no place to end at'],
  ])('%j', (words, why) => {
    const { status, stdout, stderr } = run(words, { cwd: folder.path });
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(why);
    expect(stderr).toMatch(/kexec-mint(?: \w+)? --help tells all about it\.\n$/);
  });
});

describe('lsp', () => {
  let client: TestClient | undefined;
  afterEach(() => client?.dispose());

  it('is the language server', async () => {
    client = new TestClient('three-nodes', [CLI, 'lsp', '--stdio']);
    const { serverInfo, capabilities } = await client.initialize();
    expect(serverInfo?.name).toBe('kexec-mint');
    expect(capabilities.hoverProvider).toBeTruthy();
    expect(await client.shutdown()).toBe(0);
  });
});
