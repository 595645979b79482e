/** What is made of the table of commands for other programs: completions, and the manual page. */
import { spawnSync } from 'node:child_process';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../server/src/cli/commands';
import { completions } from '../../server/src/cli/words/completions';
import { CLI, ROOT, run, temporaryFolder } from './command-line';

const folder = temporaryFolder();

/** What bash offers for a line whose last word is being typed. */
function offeredByBash(line: string): readonly string[] {
  const program = join(folder.path, 'kexec-mint');
  writeFileSync(program, `#!/bin/sh\nexec '${process.execPath}' '${CLI}' "$@"\n`);
  chmodSync(program, 0o755);
  const script = `
    source <(kexec-mint completion bash)
    COMP_LINE=$1 COMP_POINT=\${#1}
    read -ra COMP_WORDS <<< "$1"
    [[ $1 == *' ' ]] && COMP_WORDS+=('')
    COMP_CWORD=$((\${#COMP_WORDS[@]} - 1))
    _kexec_mint 2> /dev/null
    printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr } = spawnSync('bash', ['--norc', '-c', script, 'bash', line], {
    cwd: ROOT,
    encoding: 'utf8',
    env: { PATH: `${folder.path}:${process.env.PATH}`, LC_ALL: 'C' },
  });
  expect(stderr).toBe('');
  return stdout.split('\n').filter((word) => word !== '');
}

describe('completion', () => {
  it.each([
    ['kexec-mint ex', ['explain', 'extend']],
    ['kexec-mint extend --node 0 --to ', ['window', 'kernel-text']],
    ['kexec-mint map --be', ['--before']],
    ['kexec-mint map sam', ['samples']],
    ['kexec-mint check --rule node-', ['node-overlap']],
  ])('bash offers for %j', (line, offered) => {
    expect(offeredByBash(line)).toEqual(offered);
  });

  it.each(['zsh', 'fish'])('%s has a script that asks the same way', (shell) => {
    const { status, stdout } = run(['completion', shell]);
    expect(status).toBe(0);
    expect(stdout).toContain('kexec-mint complete --');
  });

  it('tells what each word is for', () => {
    const offered = completions(['check', '--'], COMMANDS, 'ja').split('\n');
    expect(offered).toContain('--severity\t示して数える最も軽い重大度 (既定: hint)');
    expect(offered.at(-1)).toBe(':4');
    expect(completions(['check', '--format', 's'], COMMANDS, 'en')).toBe('sarif\t\n:4');
    expect(completions(['boot', '--kernel', ''], COMMANDS, 'en')).toBe(':0');
  });
});

describe.each([
  ['kexec-mint.1', 'SYNOPSIS'],
  ['kexec-mint.ja.1', '書式'],
])('the manual page %s', (name, heading) => {
  const page = join(ROOT, 'dist', name);

  /** As a terminal of that many columns gets it. */
  const formatted = (columns: number) => {
    const args = ['-Kutf8', '-Tutf8', '-man', '-ww', '-P-cbou', `-rLL=${columns}n`, page];
    const { status, stdout, stderr } = spawnSync('groff', args, { encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    return stdout;
  };

  it('fits an ordinary terminal without a complaint', () => {
    expect(formatted(78)).toContain(heading);
  });

  it('has every command and option', () => {
    const stdout = formatted(200);
    for (const command of COMMANDS) {
      expect(stdout).toContain(`kexec-mint ${command.name}`);
      for (const option of Object.keys(command.options)) expect(stdout).toContain(`--${option}`);
    }
  });

  it('has dashes that can be copied', () => {
    expect(readFileSync(page, 'utf8').match(/(?<!\\)-/g)).toBeNull();
  });
});
